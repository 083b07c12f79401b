import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

/** How long one may take: n8n is downloaded and its database driver compiled. */
const PATIENCE_S = 800;

/**
 * Does something while no other worker of this run of Jest does it: two test files that start at the same moment must not
 * both install n8n, or both build the package.
 *
 * @param name of what is done; others wait for their turn at the same name
 */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
	const lock = join(String(process.env['N8N_USER_FOLDER']), `${name}.lock`);
	await until(`the turn at: ${name}`, () => take(lock), PATIENCE_S);
	try {
		return await work();
	} finally {
		rmdirSync(lock);
	}
}

/** Making a folder is the one step that only one process can do. */
function take(lock: string): boolean {
	try {
		mkdirSync(lock);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}
