/**
 * `npm run test:n8n3`: the packed package in n8n 3, which comes only as a container image. Needs Docker.
 *
 *   npm run test:n8n3                        # the newest release candidate of n8n 3
 *   npm run test:n8n3 -- n8nio/n8n:3.0.0     # any image
 *
 * n8n runs with the package in one container. A second one of the same image shares its network, so that n8n reaches the
 * emulated services on loopback, the only place that a token is sent to without https. It runs `n8n3/inside.ts`.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, messageOf } from '../demo/failure.ts';
import { SETTINGS } from '../demo/n8n.ts';
import { buildAndPack, installPackage } from '../demo/package.ts';
import { run } from '../demo/programs.ts';

/** Source of the tag: n8n's own workflow build-v3-nightly.yml. */
const NEWEST = 'n8nio/n8n:v3-rc';
const MAIN_VERSION = '3';
const ENVIRONMENT = {
	...SETTINGS,
	// The emulated services are on loopback.
	N8N_SSRF_PROTECTION_ENABLED: 'false',
};

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'n8n3-'));
const log = join(folder, 'log');
const container = `leasing-events-${process.pid}`;

/** Runs a command of Docker to its end; gives what it wrote. */
async function docker(...args: string[]): Promise<{ ended: boolean; output: string }> {
	const { code, output } = await run({ command: 'docker', args, cwd: folder, log });
	if (code === 127)
		throw new Failure('docker was not found: it is needed, since n8n 3 comes as a container');
	return { ended: code === 0, output };
}

/** For n8n, whose user in the container is another one than here. */
function openToAll(path: string): void {
	chmodSync(path, 0o777);
	for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
		chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o777 : 0o666);
	}
}

/** @returns whether all checks passed */
async function main(image: string): Promise<boolean> {
	const { ended, output } = await docker('version');
	if (!ended) throw new Failure(`docker does not run: ${output}`);
	const packed = await buildAndPack({ root, folder, log });
	const home = join(folder, 'home');
	await installPackage(packed, home, { log });
	const nodes = join(home, '.n8n', 'nodes');
	openToAll(nodes);
	const settings = Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
	const mounted = ['--volume', `${nodes}:/home/node/.n8n/nodes`];
	const started = await docker('run', '--detach', '--name', container, ...mounted, ...settings, image);
	if (!started.ended) throw new Failure(`n8n cannot be started from ${image}: ${started.output}`);
	try {
		const checked = await docker(
			...['run', '--rm', '--network', `container:${container}`, '--volume', `${root}:/checkout:ro`],
			...['--entrypoint', 'node', image, '/checkout/scripts/n8n3/inside.ts', MAIN_VERSION],
		);
		console.log(checked.output);
		if (!checked.ended)
			console.log(`n8n wrote:\n${(await docker('logs', container)).output.slice(-5_000)}`);
		return checked.ended;
	} finally {
		await docker('rm', '--force', '--volumes', container);
	}
}

try {
	process.exitCode = (await main(process.argv[2] ?? NEWEST)) ? 0 : 1;
} catch (error) {
	console.log(`FAIL  ${messageOf(error)}`);
	process.exitCode = 1;
} finally {
	try {
		rmSync(folder, { recursive: true, force: true });
	} catch {
		// What n8n wrote there belongs to its user.
	}
}
