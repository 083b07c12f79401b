import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A reason to stop that the user can do something about. */
export class Missing extends Error {}

const root = join(import.meta.dirname, '..');

function versionIn(folder: string): string | undefined {
	const file = join(folder, 'package.json');
	if (!existsSync(file)) return undefined;
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** @throws Missing when the package has not been built */
export function needBuild(): void {
	if (existsSync(join(root, 'dist/nodes/Propexo/Propexo.node.js'))) return;
	throw new Missing(
		'The bench runs what is published, and dist/ is not there. Build it first: npm run build',
	);
}

/**
 * The HTTP Request node comes from the n8n that the demo installs: as a dependency of this package it would also bring
 * its build tools.
 *
 * @throws Missing when that n8n is not installed
 */
export function needHttpRequest(): { folder: string; version: string } {
	const n8n = process.env['LEASING_EVENTS_N8N_DIR'] ?? join(root, '.demo', 'n8n');
	const folder = join(n8n, 'node_modules', 'n8n-nodes-base');
	const version = versionIn(folder);
	if (version !== undefined) return { folder, version };
	throw new Missing(
		`The HTTP Request node is taken from the n8n that the demo installs, and there is none in ${n8n}. Install it: npm run demo -- --once`,
	);
}

/** The version of the installed n8n-core, which runs the nodes. */
export function n8nCoreVersion(): string {
	const main = createRequire(import.meta.url).resolve('n8n-core');
	return versionIn(join(main, '..', '..')) ?? 'unknown';
}
