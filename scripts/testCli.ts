/**
 * `npm run test:cli`: builds and lints each package that `npm run split` wrote with n8n's own tool, `n8n-node` of
 * @n8n/node-cli. Prints one line a check; exits 1 on any finding:
 *
 * - `n8n-node build` makes the same tarball as the package's own build: modules, codex files, icons and output schemas,
 *   nothing else, and no more bytes than `MAX_BYTES`
 * - `n8n-node lint` passes
 * - so does it in n8n's strict mode, with n8n's own unchanged configuration, on what is published
 *
 * The tool is installed in `scripts/n8nCli/`, which pins it: it needs `overrides`, and no published package may have any.
 */
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../demo/failure.ts';
import { buildAndPack, pack } from '../demo/package.ts';
import { npm, npmEnvironment, run } from '../demo/programs.ts';
import { contentsOf, differences, listDifferences, wantedFiles, type Contents } from './n8nCli/contents.ts';
import { filesBelow } from './split/files.ts';
import { parts } from './split/parts.ts';

const root = join(import.meta.dirname, '..');
const TOOL = join(import.meta.dirname, 'n8nCli');
const tools = join(TOOL, 'node_modules');
const program = join(tools, '@n8n', 'node-cli');
/** What n8n's strict mode demands as `eslint.config.mjs`, to the letter. */
const STRICT_CONFIG = join(program, 'dist/template/templates/shared/default/eslint.config.mjs');
/** Bytes of a tarball. More means that something is packed by mistake. */
const MAX_BYTES = 200_000;

const temporary = mkdtempSync(join(tmpdir(), 'n8n-cli-'));
const log = join(temporary, 'log');

/** Says how a check ended; `findings` are what is wrong. */
function report(what: string, findings: string[]): void {
	const lines = findings.map((finding) => `      ${finding}`);
	console.log([`${findings.length === 0 ? 'ok    ' : 'FAIL  '}${what}`, ...lines].join('\n'));
	if (findings.length > 0) process.exitCode = 1;
}

/** Installs the pinned tool, unless it is there already. */
async function installTool(): Promise<void> {
	const pinned = readFileSync(join(TOOL, 'package-lock.json'), 'utf8');
	const installed = join(tools, '.pinned');
	if (existsSync(installed) && readFileSync(installed, 'utf8') === pinned) return;
	const { code, output } = await npm({
		args: ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'],
		cwd: TOOL,
		log,
	});
	if (code !== 0) throw new Error(`@n8n/node-cli cannot be installed: ${output.slice(-2_000)}`);
	writeFileSync(installed, pinned);
}

/** Runs the tool in a folder; gives what it said, if it failed. */
async function n8nNode(cwd: string, command: 'build' | 'lint'): Promise<string[]> {
	const script = join(program, 'bin', 'n8n-node.mjs');
	const { code, output } = await run({
		args: [script, command],
		cwd,
		env: npmEnvironment(process.env),
		log,
	});
	return code === 0 ? [] : [`exit code ${code}`, ...output.trim().split('\n').slice(-40)];
}

/** The contents of a tarball, and its size in bytes. */
async function unpack(tarball: string): Promise<Contents> {
	const folder = join(temporary, 'unpacked');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder);
	const { code } = await run({
		command: 'tar',
		args: ['-xzf', tarball, '-C', folder, '--strip-components=1'],
		cwd: temporary,
		log,
	});
	if (code !== 0) throw new Error(`${tarball} cannot be unpacked`);
	return contentsOf(folder);
}

/** What is published of a package, and no more of its repository, in n8n's strict mode. */
function strictCopy(folder: string, name: string): string {
	const copy = join(temporary, `${name}-strict`);
	for (const what of ['nodes', 'credentials', 'tsconfig.json']) {
		cpSync(join(folder, what), join(copy, what), { recursive: true });
	}
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { n8n: object };
	const strict = { ...manifest, n8n: { ...manifest.n8n, strict: true } };
	writeFileSync(join(copy, 'package.json'), JSON.stringify(strict, undefined, 2));
	cpSync(STRICT_CONFIG, join(copy, 'eslint.config.mjs'));
	symlinkSync(tools, join(copy, 'node_modules'));
	return copy;
}

async function check(name: string): Promise<void> {
	const folder = join(root, 'build', name);
	// The tools that its lock file pins; they are the same as here.
	rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

	const own = await buildAndPack({ root: folder, folder: join(temporary, 'own'), log });
	const ownContents = await unpack(own.file);
	const sources = [...filesBelow(folder, 'nodes'), ...filesBelow(folder, 'credentials')];
	report(
		`${name}: its own build, ${ownContents.size} files, ${(own.bytes / 1000).toFixed(1)} kB of ${MAX_BYTES / 1000}`,
		[
			...listDifferences(wantedFiles(sources), [...ownContents.keys()]),
			...(own.bytes > MAX_BYTES ? ['it is too big'] : []),
		],
	);

	report(`${name}: n8n-node build`, await n8nNode(folder, 'build'));
	const theirs = await pack({ root: folder, folder: join(temporary, 'theirs'), log });
	report(
		`${name}: the tarball of n8n-node build is that of its own build`,
		differences(ownContents, await unpack(theirs.file)),
	);

	report(`${name}: n8n-node lint`, await n8nNode(folder, 'lint'));
	report(`${name}: n8n-node lint in strict mode`, await n8nNode(strictCopy(folder, name), 'lint'));
}

try {
	await installTool();
	for (const { packageName } of parts) await check(packageName);
} catch (error) {
	report(messageOf(error), ['see above']);
} finally {
	rmSync(temporary, { recursive: true, force: true });
}
