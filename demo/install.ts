import { createHash } from 'node:crypto';
import {
	appendFileSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from './failure.ts';
import { npm, run } from './programs.ts';
import type { Progress } from './progress.ts';

/** An n8n that is ready to be started. */
export interface N8nInstall {
	/** The n8n command, a Node script. */
	command: string;
	version: string;
	/** Environment its programs need on this machine. */
	env: NodeJS.ProcessEnv;
}

export interface InstallOptions {
	/** Folder with the package.json and package-lock.json that pin n8n. */
	manifest: string;
	/** Folder n8n goes into. It is kept, and may be shared by several checkouts. */
	folder: string;
	/** File that gets the output of npm. */
	log: string;
	progress: Progress;
	signal?: AbortSignal | undefined;
}

/** Written when npm is done: all of n8n is there, but perhaps no driver. */
const DOWNLOADED = 'downloaded.json';
/** Written last. */
const COMPLETE = 'complete.json';
const PINS = ['package.json', 'package-lock.json'];

/**
 * Installs the pinned n8n, unless it is there already. An install that was interrupted, or made from other pins or
 * for another Node, is replaced.
 *
 * npm runs no install scripts (n8n has dozens of optional ones); only the SQLite driver is built.
 * @throws Failure when there is no network, no compiler, no room, or another install under way
 */
export async function installN8n(options: InstallOptions): Promise<N8nInstall> {
	const { manifest, folder, progress, signal } = options;
	const version = pinnedVersion(manifest);
	const wanted = fingerprint(manifest);
	if (readText(join(folder, COMPLETE)) !== wanted) {
		mkdirSync(folder, { recursive: true });
		const release = lock(folder);
		try {
			rmSync(join(folder, COMPLETE), { force: true });
			if (readText(join(folder, DOWNLOADED)) !== wanted) await downloadAnew(options, version, wanted);
			await progress.step('Building its SQLite driver (once)', () => buildDriver(options));
			writeFileSync(join(folder, COMPLETE), wanted);
		} finally {
			release();
		}
	}
	const command = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	if (!existsSync(command)) {
		for (const marker of [DOWNLOADED, COMPLETE]) rmSync(join(folder, marker), { force: true });
		throw new Failure(`The n8n in ${folder} has been damaged. Start again, and it is installed again`);
	}
	return { command, version, env: await expressionEngine(folder, options.log, signal) };
}

function readText(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

function pinnedVersion(manifest: string): string {
	const { dependencies } = JSON.parse(readFileSync(join(manifest, 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	return dependencies.n8n;
}

/** Everything that decides what is installed. */
function fingerprint(manifest: string): string {
	const hash = createHash('sha256');
	for (const file of PINS) hash.update(readFileSync(join(manifest, file)));
	const pins = hash.digest('hex');
	return JSON.stringify({
		pins,
		platform: process.platform,
		arch: process.arch,
		abi: process.versions.modules,
	});
}

/**
 * Keeps others from installing into the same folder at the same time. The lock names this process and the npm it
 * runs, which goes on if this process is killed.
 */
function lock(folder: string): () => void {
	const file = lockOf(folder);
	const holders = (readText(file) ?? '').split('\n').map(Number);
	const holder = holders.find((pid) => pid > 0 && pid !== process.pid && isAlive(pid));
	if (holder !== undefined) {
		throw new Failure(
			`Process ${holder} is installing n8n into ${folder}. Wait for it; if it is another program, remove ${file}`,
		);
	}
	writeFileSync(file, `${process.pid}\n`);
	return () => rmSync(file, { force: true });
}

const lockOf = (folder: string): string => join(folder, 'installing.pid');

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Replaces what is there by a full n8n. */
async function downloadAnew(options: InstallOptions, version: string, wanted: string): Promise<void> {
	const { manifest, folder, progress } = options;
	const modules = join(folder, 'node_modules');
	rmSync(join(folder, DOWNLOADED), { force: true });
	if (existsSync(modules)) {
		await progress.step('Removing an n8n that is incomplete or of another version', () =>
			rm(modules, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 }),
		);
	}
	for (const file of PINS) copyFileSync(join(manifest, file), join(folder, file));
	await progress.step(`Installing n8n ${version} (once, 2 to 5 minutes, 2.3 GB)`, () =>
		download(options, version),
	);
	writeFileSync(join(folder, DOWNLOADED), wanted);
}

async function download({ folder, log, signal }: InstallOptions, version: string): Promise<void> {
	// Asks for one package first: without a network, npm would try for a quarter of an hour to get all of n8n.
	const question = [
		'view',
		`n8n@${version}`,
		'version',
		'--prefer-online',
		'--fetch-retries=1',
		'--fetch-retry-mintimeout=1000',
		'--fetch-timeout=15000',
	];
	const asked = await npm({ args: question, cwd: folder, log, signal });
	if (asked.code !== 0) throw notInstalled(asked.output, log);
	const { code, output } = await npm({
		args: [
			'install',
			// n8n's peer ranges contradict each other; this gives the versions that it is tested with.
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--omit=dev',
			'--no-audit',
			'--no-fund',
			'--no-progress',
			'--fetch-retry-mintimeout=2000',
			'--fetch-retry-maxtimeout=10000',
		],
		cwd: folder,
		log,
		signal,
		onStart: (pid) => appendFileSync(lockOf(folder), `${pid}\n`),
	});
	if (code !== 0) throw notInstalled(output, log);
}

function notInstalled(output: string, log: string): Failure {
	return new Failure(`n8n could not be installed: ${reasonOf(output)}. All that npm said is in ${log}`);
}

/** The complaint of an npm that failed, in a few words. */
function reasonOf(output: string): string {
	const code = /^npm error code (\S+)/m.exec(output)?.[1] ?? '';
	if (
		[
			'ENOTFOUND',
			'EAI_AGAIN',
			'ECONNREFUSED',
			'ECONNRESET',
			'ETIMEDOUT',
			'ENETUNREACH',
			'ERR_SOCKET_TIMEOUT',
		].includes(code)
	) {
		return `the npm registry cannot be reached (${code}). Check the network and start again`;
	}
	if (code === 'ENOSPC') return 'the disk is full; about 3 GB are needed';
	const line = /^npm error (?!code |errno |syscall |type |path )(.+)$/m.exec(output)?.[1];
	return line ?? 'npm gave no reason';
}

/** n8n's SQLite driver: npm's script fetches a ready one, or compiles it where there is none. */
async function buildDriver({ folder, log, signal }: InstallOptions): Promise<void> {
	const { code } = await npm({
		args: ['rebuild', 'sqlite3', '--foreground-scripts'],
		cwd: folder,
		env: compilerEnvironment(),
		log,
		signal,
	});
	const loaded = await run({ args: ['-e', "require('sqlite3')"], cwd: folder, log, signal });
	if (code === 0 && loaded.code === 0) return;
	const missing = await missingTools(folder, log, signal);
	throw new Failure(
		missing.length > 0
			? `n8n's SQLite driver must be compiled here, and ${missing.join(' and ')} cannot be found. Install python3, make and g++ (Debian: apt-get install python3 make g++) and start again`
			: `n8n's SQLite driver cannot be built. What the compiler said is in ${log}`,
	);
}

/** For node-gyp: the headers of this very Node, all cores, and the optimisation that compiles twice as fast. */
function compilerEnvironment(): NodeJS.ProcessEnv {
	const { npm_config_nodedir: _, ...env } = process.env;
	const headers = headersFolder();
	return {
		...env,
		JOBS: 'max',
		CFLAGS: '-O1',
		CXXFLAGS: '-O1',
		...(headers && { npm_config_nodedir: headers }),
	};
}

/** The folder of this Node that holds include/node; none where node-gyp has to fetch the headers. */
function headersFolder(): string | undefined {
	const prefix = dirname(dirname(realpathSync(process.execPath)));
	const platform = `node-${process.platform}-${process.arch}`;
	// The npm package `node` keeps all but the program itself in a package per platform.
	const candidates = [prefix, join(prefix, 'node_modules', platform), join(dirname(prefix), platform)];
	return candidates.find((folder) => {
		const text = readText(join(folder, 'include', 'node', 'node_version.h')) ?? '';
		const [major = '', minor = ''] = process.versions.node.split('.');
		return (
			new RegExp(`NODE_MAJOR_VERSION ${major}\\b`).test(text) &&
			new RegExp(`NODE_MINOR_VERSION ${minor}\\b`).test(text)
		);
	});
}

async function missingTools(cwd: string, log: string, signal: AbortSignal | undefined): Promise<string[]> {
	const tools = ['python3', 'make', 'g++'];
	const missing: string[] = [];
	for (const command of tools) {
		const { code } = await run({ command, args: ['--version'], cwd, log, signal });
		if (code === 127) missing.push(command);
	}
	return missing;
}

/**
 * n8n evaluates expressions in an isolate of isolated-vm. On machines where that crashes, n8n's older engine does it.
 */
async function expressionEngine(
	folder: string,
	log: string,
	signal: AbortSignal | undefined,
): Promise<NodeJS.ProcessEnv> {
	const probe =
		"const v = require('isolated-vm'); const i = new v.Isolate(); i.compileScriptSync('1').runSync(i.createContextSync());";
	const { code } = await run({ args: ['-e', probe], cwd: folder, log, signal });
	return code === 0 ? {} : { N8N_EXPRESSION_ENGINE: 'legacy' };
}
