import type { IDataObject } from 'n8n-workflow';

import { until } from '../../support/deliver/driven.ts';
import { anotherProcess } from '../../support/services.ts';
import { NEW, next, rowsOf, stranger, timing, useUpsert } from '../support/upsert.ts';

const { madeLeads, services, propexo, test, upsert, writes } = useUpsert();

const BOTH = { ...NEW, phone1: '={{ $json.phone }}' };

/** A person with two values that a lead is recognized by; both are claimed. */
const withBoth = (): IDataObject => ({ ...stranger(), phone: `+1 303 555 ${7400 + next()}` });

/** The keys that were claimed in this test. */
const claimed = () => {
	const values = services.engine.processedData.calls.flatMap((call) => call.values.map(String));
	return [...new Set(values.filter((value) => value.startsWith('seen\n')))].map((value) => value.slice(5));
};
/** How many calls of the store were about the claims so far: the first makes them, the second looks at them. */
const callsOfClaims = () =>
	services.engine.processedData.calls.filter(
		({ method, values }) =>
			method === 'check' && values.some((value) => String(value).startsWith('seen\n')),
	).length;
const isKept = () =>
	claimed().some((key) =>
		['seen', 'open', 'busy'].some((entry) => services.engine.processedData.holds(`${entry}\n${key}`)),
	);

/** Stops an execution at the moment when a call of the store about the claims begins: the first, the second … */
function stopAt(nth: number, stop: AbortController): void {
	const { calls } = services.engine.processedData;
	const note = calls.push.bind(calls);
	calls.push = (...made) => {
		const length = note(...made);
		if (callsOfClaims() >= nth) stop.abort();
		return length;
	};
}

describe('A new person whose execution is stopped', () => {
	test.each([
		['while both values are being claimed', 1],
		['while both claims are looked at', 2],
	])(
		'%s is not sent, and neither value stays claimed: the next execution makes the lead',
		async (_, calls) => {
			const items = [withBoth()];
			const stop = new AbortController();
			stopAt(calls, stop);
			await upsert(BOTH, { items, signal: stop.signal });
			await until(() => !isKept());
			expect(claimed()).toHaveLength(2);
			expect(writes()).toEqual([]);
			const there = anotherProcess(services, timing);
			expect(rowsOf(await upsert(BOTH, { items }, there))).toMatchObject([{ action: 'created' }]);
			expect(madeLeads()).toHaveLength(1);
		},
	);

	test('while it waits for another one that has one of the values leaves that one its lead, and claims none', async () => {
		const [first, second] = [withBoth(), withBoth()];
		propexo().faults.add({ match: { method: 'POST' }, delayMs: 1_500, write: true });
		const made = upsert(BOTH, { items: [first] });
		await until(() => writes().length === 1);
		const stop = new AbortController();
		const there = anotherProcess(services, timing);
		const shared = { ...second, phone: first.phone };
		const before = callsOfClaims();
		const stopped = upsert(BOTH, { items: [shared], signal: stop.signal }, there);
		await until(() => callsOfClaims() > before);
		stop.abort();
		await stopped;
		expect(rowsOf(await made)).toMatchObject([{ action: 'created' }]);
		// The email address was only in the claim of the one that was stopped.
		expect(rowsOf(await upsert(NEW, { items: [second] }, there))).toMatchObject([{ action: 'created' }]);
		expect(madeLeads()).toHaveLength(2);
	});

	test('while its request is under way makes no second lead when the person comes again', async () => {
		const items = [withBoth()];
		propexo().faults.add({ match: { method: 'POST' }, delayMs: 1_000, write: true });
		const stop = new AbortController();
		const stopped = upsert(BOTH, { items, signal: stop.signal });
		await until(() => madeLeads().length === 1);
		stop.abort();
		await stopped;
		const there = anotherProcess(services, timing);
		const again = await upsert(BOTH, { items, onError: 'continueRegularOutput' }, there);
		expect(rowsOf(again)).toHaveLength(1);
		expect(madeLeads()).toHaveLength(1);
	});
});
