/**
 * `npm run test:split`: installs, builds, lints, scans and tests each package that `npm run split` wrote, as if there were
 * only that package. Exits 1 when one fails.
 *
 * `--borrow` takes the tools installed here instead of installing them anew, which saves a minute a package.
 */
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../demo/programs.ts';
import { parts } from './split/parts.ts';

const root = join(import.meta.dirname, '..');
const borrow = process.argv.includes('--borrow');

/** @returns whether npm ended well */
async function run(folder: string, ...args: string[]): Promise<boolean> {
	// Not inside the package: its folder is pushed to its repository.
	const log = `${folder}.log`;
	const { code, output } = await npm({ args, cwd: folder, log });
	if (code !== 0) console.log(output.split('\n').slice(-60).join('\n'));
	return code === 0;
}

for (const { packageName } of parts) {
	const folder = join(root, 'build', packageName);
	const tools = join(folder, 'node_modules');
	rmSync(tools, { recursive: true, force: true });
	if (borrow) symlinkSync(join(root, 'node_modules'), tools);
	const installed = existsSync(tools) || (await run(folder, 'ci', '--no-audit', '--no-fund'));
	const passed =
		installed &&
		(await run(folder, 'test')) &&
		(await run(folder, 'run', 'test:long')) &&
		(await run(folder, 'run', 'check'));
	console.log(`${passed ? 'ok    ' : 'FAIL  '}${packageName}: npm ci, all tests, npm run check`);
	if (!passed) process.exitCode = 1;
}
