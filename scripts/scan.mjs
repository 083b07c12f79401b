/**
 * Runs n8n's own package scanner on the sources and on the tarball that npm would publish, and checks what
 * the tarball holds. Prints one line a check; exits 1 on any finding. Needs a built dist/.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/**
 * Bytes of a tarball with one service, and those that each further one may add, because most code is shared. More means that
 * something is packed by mistake.
 */
const MAX_BYTES = { ofOne: 200_000, ofFurther: 50_000 };
/** Files that npm may pack beside dist/. */
const TOP_LEVEL = new Set(['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']);
const NEEDED = ['package.json', 'README.md', 'LICENSE'];

let findings = 0;

/**
 * @param {string} what the check, as a reader would name it
 * @param {string} [finding] what is wrong; nothing when all is well
 */
function report(what, finding) {
	if (finding) findings += 1;
	console.log(finding ? `FAIL  ${what}\n${finding}` : `ok    ${what}`);
}

/**
 * @param {string} what
 * @param {string} directory
 * @param {string[]} patterns files to lint, relative to the directory
 */
async function scan(what, directory, patterns) {
	const result = await analyzePackage(directory, patterns);
	const nothing = result.message === 'No files found to analyze';
	report(what, result.passed && !nothing ? undefined : (result.details ?? result.message));
}

/**
 * Packs the project as `npm publish` would.
 *
 * @param {string} folder where the tarball goes
 * @returns {{ tarball: string, files: string[] }}
 */
function pack(folder) {
	const answer = execFileSync(
		'npm',
		['pack', '--json', '--foreground-scripts=false', '--pack-destination', folder],
		{
			cwd: ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		},
	);
	const [packed] = JSON.parse(answer);
	/** @type {{ path: string }[]} */
	const files = packed.files;
	return { tarball: join(folder, packed.filename), files: files.map((file) => file.path) };
}

/** @type {{ n8n: { nodes: string[], credentials: string[] } }} */
const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/**
 * @param {string[]} files paths inside the tarball
 * @returns {string | undefined} what is missing or too much
 */
function contentsFinding(files) {
	const missing = [...NEEDED, ...n8n.nodes, ...n8n.credentials].filter((path) => !files.includes(path));
	const foreign = files.filter((path) => !path.startsWith('dist/') && !TOP_LEVEL.has(path));
	const lines = [
		...missing.map((path) => `  missing: ${path}`),
		...foreign.map((path) => `  does not belong in the package: ${path}`),
	];
	return lines.length > 0 ? lines.join('\n') : undefined;
}

if (!existsSync(join(ROOT, 'dist'))) {
	console.error('There is no dist/ to scan: run `npm run build` first.');
	// All that follows looks at it.
	process.exit(1);
}

const temporary = mkdtempSync(join(tmpdir(), 'scan-'));
try {
	await scan('scanner on the sources', ROOT, SOURCE_FILE_PATTERNS);

	const { tarball, files } = pack(temporary);
	const { size } = statSync(tarball);
	// Each service has one credential.
	const most = MAX_BYTES.ofOne + MAX_BYTES.ofFurther * (n8n.credentials.length - 1);
	const kilobytes = `${(size / 1000).toFixed(1)} kB of ${most / 1000}`;
	report(`tarball size: ${kilobytes}`, size > most ? '  too large' : undefined);
	report(`tarball contents: ${files.length} files`, contentsFinding(files));

	const unpacked = join(temporary, 'package');
	mkdirSync(unpacked);
	execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
	// The same two file sets the scanner looks at after publishing.
	await scan('scanner on the tarball', unpacked, ['**/*.js', 'package.json']);
} finally {
	rmSync(temporary, { recursive: true, force: true });
}

process.exitCode = findings > 0 ? 1 : 0;
