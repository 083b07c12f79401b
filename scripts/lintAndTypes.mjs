/**
 * Lints the project and checks its types, with one program of the compiler for both: to read and check all files takes
 * longer than everything else that lint does. `npm run lint` and `npm run typecheck` do the same one by one. Exits 1 on any
 * finding.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.tools.json'), undefined, {
	...ts.sys,
	onUnRecoverableConfigFileDiagnostic: (problem) => {
		throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
	},
});
if (!config) throw new Error('tsconfig.tools.json could not be read');
const program = ts.createProgram(config.fileNames, config.options);

const wrong = [...config.errors, ...ts.getPreEmitDiagnostics(program)];
const host = {
	getCanonicalFileName: (/** @type {string} */ name) => name,
	getCurrentDirectory: () => ROOT,
	getNewLine: () => '\n',
};
process.stdout.write(ts.formatDiagnostics(wrong, host));

const eslint = new ESLint({
	cwd: ROOT,
	overrideConfig: {
		files: ['**/*.ts'],
		languageOptions: { parserOptions: { programs: [program] } },
	},
});
const results = await eslint.lintFiles('.');
const { format } = await eslint.loadFormatter('stylish');
process.stdout.write(await format(results, {}));
const found = results.reduce((sum, { errorCount, warningCount }) => sum + errorCount + warningCount, 0);

process.exitCode = wrong.length + found > 0 ? 1 : 0;
