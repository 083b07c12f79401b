import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { portion } from '../../../support/effort.ts';
import type { Settings } from '../services.ts';
import { accountOf, expectTrue } from './account.ts';
import type { Driven } from './driven.ts';
import { faultFor, itemsOf, TIMEOUT, withTimeouts } from './driven.ts';
import type { FaultRow } from './faults.ts';
import { PACE, ROWS_OF_ONE_ITEM } from './faults.ts';
import { Pool } from './pool.ts';

/** Items without a fault. */
const UNHARMED = ['No fault', 'No fault either'];
/** The fault of each item. The first one fails: only then n8n runs a node again that goes on when an item fails. */
const NAMES = [
	'400',
	...UNHARMED,
	...ROWS_OF_ONE_ITEM.map(({ name }) => name).filter((name) => name !== '400'),
];

const ITEMS = withTimeouts(
	itemsOf(NAMES.length),
	(index) => ROWS_OF_ONE_ITEM.find(({ name }) => name === NAMES[index])?.timeout,
);

const wanted = (of: (row: FaultRow) => string): Record<string, string> =>
	Object.fromEntries([
		...UNHARMED.map((name) => [name, 'created']),
		...ROWS_OF_ONE_ITEM.map((row) => [row.name, of(row)]),
	]) as Record<string, string>;

/** With and without further tries: these send what was refused, and nothing else. */
const RUNS: Array<[title: string, settings: Settings, outcomes: Record<string, string>]> = [
	['once', {}, wanted(({ outcome }) => outcome)],
	[
		'in up to three tries',
		{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		wanted(({ outcome, tried }) => tried ?? outcome),
	],
];

/**
 * Tests every fault that one item can meet in one execution, with all others beside it: a further write of a service costs
 * one execution by day, with further tries or without, in turn. All of them run together, because they wait for timeouts.
 * Rows about all items at once are left to `describeMatrix`.
 *
 * @param tries one for a write that goes another way when it is tried again
 */
export function describeFaultsAtOnce(writes: Driven[], tries: 'any' | 'one' = 'any'): void {
	const runs = writes.flatMap((driven, turn) =>
		(tries === 'one' ? RUNS.slice(0, 1) : turn === 0 ? RUNS : portion(RUNS, RUNS.length, turn)).map(
			([how, settings, outcomes]) => [driven.title, how, { driven, settings, outcomes }] as const,
		),
	);
	const pool = new Pool(runs.length, { rate: PACE, retryAfterMs: [100, 200, 400] });
	const heard: string[] = [];
	const stranger = createServer((request, response) => {
		heard.push(String(request.url));
		response.writeHead(201, { 'content-type': 'application/json' }).end('{"id": 1, "job_id": "x"}');
	});
	const address = new Promise<string>((resolve) => {
		stranger.listen(0, '127.0.0.1', () =>
			resolve(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`),
		);
	});

	afterAll(async () => {
		stranger.close();
		await pool.close();
	});

	it.concurrent.each(runs)(
		'%s: every fault of one item has its outcome beside all others, %s',
		async (_title, _how, { driven, settings, outcomes }) =>
			await pool.use(async (services) => {
				const emulated = driven.emulated(services.emulator);
				for (const { name, fault, redirect } of ROWS_OF_ONE_ITEM) {
					const itsFault = redirect ? { redirectTo: await address } : (fault ?? {});
					emulated.faults.add(faultFor(NAMES.indexOf(name), itsFault));
				}
				const result = await driven.run(services, driven.parameters({ timeout: TIMEOUT }), {
					items: ITEMS,
					onError: 'continueRegularOutput',
					...settings,
				});
				const account = accountOf(driven, result, NAMES.length);
				expectTrue(emulated, account);
				const told = NAMES.map((name, index) => [name, account.outcomes[index] ?? '']);
				expect(Object.fromEntries(told)).toEqual(outcomes);
				expect(heard).toEqual([]);
			}),
	);
}
