import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../engine.ts';
import type { Services } from '../services.ts';
import { existing } from './account.ts';
import type { Driven } from './driven.ts';
import { faultFor, itemAt, itemsOf, markOf, until } from './driven.ts';
import type { Mode } from './faults.ts';

const ITEMS = 7;
/** The item under way when the execution is stopped; those before it are done, those after it wait. */
const UNDER_WAY = 3;

/** What is stored with the execution of each item, by item. */
function remembered({ saved }: RunResult): Record<number, string | undefined> {
	const { contextData = {} } = saved.executionData ?? {};
	const [context] = Object.entries(contextData).flatMap(([place, kept]) =>
		place.startsWith('node:') ? [kept] : [],
	);
	const delivered = ((context ?? {}) as IDataObject).delivered as
		Record<string, { state: string }> | undefined;
	return Object.fromEntries(
		Object.entries(delivered ?? {}).map(([place, { state }]) => [Number(place.split(':')[1]), state]),
	);
}

/**
 * Presses the stop button while one of the items is under way, with its event created and not yet confirmed. From then on
 * nothing may be sent, and the stored data must name every event that exists.
 */
export async function expectCleanStop(
	driven: Driven,
	services: Services,
	mode: Mode,
	tries: number,
	again: boolean,
): Promise<void> {
	const emulated = driven.emulated(services.emulator);
	emulated.faults.add(faultFor(UNDER_WAY, { hang: true, write: true }));
	const { notes: _, ...oneLead } = itemAt(0);
	const posts = () => emulated.ledger.requests.filter(({ method }) => method !== 'GET').length;
	const stop = new AbortController();
	const running = driven.run(services, driven.parameters({}), {
		items: itemsOf(ITEMS).map((item) => ({ ...item, ...oneLead })),
		onError: mode.onError,
		retryOnFail: tries > 1,
		maxTries: tries,
		waitBetweenTries: 1,
		signal: stop.signal,
	});
	await until(() =>
		emulated.ledger.created.some(({ body }) => JSON.stringify(body).includes(markOf(UNDER_WAY))),
	);
	stop.abort();
	const result = await running;
	// Time for further tries, if there were any.
	await sleep(300);

	expect(result.status).toBe('canceled');
	expect(posts()).toBe(UNDER_WAY + 1);
	expect(existing(emulated, ITEMS).map((ids) => ids.length)).toEqual([1, 1, 1, 1, 0, 0, 0]);
	expect(remembered(result)).toEqual({ 0: 'created', 1: 'created', 2: 'created', 3: 'begun' });
	if (again) {
		// So n8n stores an execution whose timeout is over. One that is stopped by hand, test/e2e/shared/deliver/retry.test.ts shows.
		await services.engine.retry(result);
		expect(posts()).toBe(UNDER_WAY + 1);
	}
}
