import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installN8n, type N8nInstall } from '../../demo/install.ts';
import { silent } from '../../demo/progress.ts';

/** The checkout. */
export const ROOT = join(__dirname, '..', '..');

const DEMO = join(ROOT, 'demo');

/** The version that the demo pins. All tests use it unless they are told otherwise. */
export function pinnedVersion(): string {
	const { dependencies } = JSON.parse(readFileSync(join(DEMO, 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	return dependencies.n8n;
}

/**
 * A whole n8n of any version, installed once and kept: the pinned one where the demo keeps it, others in `.cache`.
 *
 * @param log file that gets the output of npm
 */
export async function n8nOf(version: string, log: string): Promise<N8nInstall> {
	if (version === pinnedVersion()) {
		const folder = process.env.LEASING_EVENTS_N8N_DIR ?? join(ROOT, '.demo', 'n8n');
		return await installN8n({ manifest: DEMO, folder, log, progress: silent });
	}
	const folder = join(ROOT, '.cache', `n8n-${version}`);
	return await installN8n({
		manifest: manifestOf(version, join(folder, 'manifest')),
		folder,
		log,
		progress: silent,
	});
}

/**
 * Packages for which an older n8n needs other versions than its own ranges give today. This package uses none of them: n8n
 * takes the spreadsheet reader from another host, and the newest version of the AI nodes' library no longer fits.
 */
const OF_OLDER_VERSIONS = {
	xlsx: '0.18.5',
	'@langchain/langgraph-checkpoint': '1.0.0',
	sqlite3: { 'node-gyp': '^12.0.0' },
};

/** Pins another version as the demo pins its own. */
function manifestOf(version: string, folder: string): string {
	const pinned = JSON.parse(readFileSync(join(DEMO, 'package.json'), 'utf8')) as { overrides: object };
	const isOld = Number(version.split('.')[1]) < 20;
	const overrides = isOld ? OF_OLDER_VERSIONS : pinned.overrides;
	const manifest = { name: 'another-n8n', private: true, dependencies: { n8n: version }, overrides };
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	// Empty: npm fills it.
	writeFileSync(join(folder, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": {} }');
	return folder;
}
