/**
 * Runs in a container that shares the network of n8n's, and checks the package in it. Prints one line a check; exits 1
 * on any finding, and when n8n is not the version that was meant.
 *
 *   node inside.ts <main version of n8n>
 */
import { join } from 'node:path';
import { messageOf } from '../../demo/failure.ts';
import { answers } from '../../demo/n8n.ts';
import { checkIn } from './check.ts';

const URL_OF_N8N = 'http://127.0.0.1:5678';
/** ms for n8n to migrate its database and to answer. */
const PATIENCE_MS = 180_000;

async function untilReady(): Promise<void> {
	const giveUp = Date.now() + PATIENCE_MS;
	while (!(await answers(URL_OF_N8N))) {
		if (Date.now() > giveUp) throw new Error(`n8n did not answer within ${PATIENCE_MS / 1000} s`);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

try {
	await untilReady();
	const [, , main] = process.argv;
	const { version, findings } = await checkIn(URL_OF_N8N, join(import.meta.dirname, '..', '..'));
	const isMeant = version.split('.')[0] === main;
	const all = [
		{ what: `n8n ${version}`, wrong: isMeant ? undefined : `it is not n8n ${main}` },
		...findings,
	];
	for (const { what, wrong } of all) console.log(wrong ? `FAIL  ${what}\n      ${wrong}` : `ok    ${what}`);
	process.exitCode = all.some(({ wrong }) => wrong !== undefined) ? 1 : 0;
} catch (error) {
	console.log(`FAIL  ${messageOf(error)}`);
	process.exitCode = 1;
}
