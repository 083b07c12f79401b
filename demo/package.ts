import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { npm } from './programs.ts';

/** The package as it would be published. */
export interface Packed {
	name: string;
	version: string;
	/** The tarball that `npm pack` made. */
	file: string;
	/** Its size in bytes. */
	bytes: number;
}

export interface PackOptions {
	/** The checkout. */
	root: string;
	/** Folder the tarball goes into. */
	folder: string;
	/** File that gets the output of npm. */
	log: string;
	signal?: AbortSignal | undefined;
}

/**
 * Builds the package and packs it.
 * @throws Failure when it does not build
 */
export async function buildAndPack({ root, folder, log, signal }: PackOptions): Promise<Packed> {
	const built = await npm({ args: ['run', 'build'], cwd: root, log, signal });
	if (built.code !== 0) {
		const complaint = /^.*error.*$/im.exec(built.output)?.[0] ?? 'see the log';
		throw new Failure(
			`The package does not build: ${complaint.trim().replace(/\.$/, '')}. All of it is in ${log}`,
		);
	}
	return await pack({ root, folder, log, signal });
}

/**
 * Packs the package as it was built last.
 * @throws Failure when npm cannot pack it
 */
export async function pack({ root, folder, log, signal }: PackOptions): Promise<Packed> {
	mkdirSync(folder, { recursive: true });
	const args = ['pack', '--json', '--foreground-scripts=false', `--pack-destination=${folder}`];
	const packed = await npm({ args, cwd: root, log, signal });
	if (packed.code !== 0) throw new Failure(`The package cannot be packed. What npm said is in ${log}`);
	const [about] = JSON.parse(packed.stdout) as Array<{ name: string; version: string; filename: string }>;
	if (!about) throw new Failure(`npm pack named no tarball. What it said is in ${log}`);
	const file = join(folder, about.filename);
	return { name: about.name, version: about.version, file, bytes: statSync(file).size };
}

/**
 * Installs the packed package as community nodes of an n8n, as n8n does it itself: by npm, from the tarball, without
 * peers and scripts. Other packages stay.
 * @param userFolder the `N8N_USER_FOLDER`
 * @returns the folder of the installed package
 */
export async function installPackage(
	packed: Packed,
	userFolder: string,
	options: Omit<PackOptions, 'root' | 'folder'>,
): Promise<string> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', packed.name);
	mkdirSync(nodes, { recursive: true });
	// Otherwise npm would use an earlier build of the same version.
	rmSync(target, { recursive: true, force: true });
	rmSync(join(nodes, 'node_modules', '.package-lock.json'), { force: true });
	const manifest = join(nodes, 'package.json');
	if (!existsSync(manifest)) writeFileSync(manifest, '{ "name": "installed-nodes", "private": true }\n');
	const args = [
		'install',
		packed.file,
		'--offline',
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--no-package-lock',
	];
	const { code } = await npm({ args: [...args, '--no-audit', '--no-fund'], cwd: nodes, ...options });
	if (code !== 0)
		throw new Failure(
			`${packed.name} could not be installed into n8n. What npm said is in ${options.log}`,
		);
	return target;
}
