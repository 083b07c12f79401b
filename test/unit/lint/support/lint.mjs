/*
 * Lints texts as if they were files of the project: a list of `{ path, text }` comes in as JSON, a list of the messages
 * of each goes out. A program of its own, because Jest cannot load the configuration, which is an ES module.
 */
import { join } from 'node:path';
import { text as read } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = join(import.meta.dirname, '..', '..', '..', '..');
// The files do not exist, so the compiler knows no types in them.
const overrideConfig = { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] };
/** The rules of rooms, of the network, of texts and of patterns; all others would take most of the time. */
const ruleFilter = ({ ruleId }) => /^(?:no-restricted-|regexp\/no-super-linear)/.test(ruleId);
const eslint = new ESLint({ cwd: root, overrideConfig, ruleFilter });

/** @type {Array<{ path: string; text: string }>} */
const planted = JSON.parse(await read(process.stdin));
const messages = [];
for (const { path, text } of planted) {
	const [result] = await eslint.lintText(text, { filePath: join(root, path) });
	messages.push(result?.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`) ?? []);
}
process.stdout.write(JSON.stringify(messages));
