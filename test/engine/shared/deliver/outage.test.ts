import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { MAX_IN_FLIGHT } from '../../../../nodes/shared/http/limiter';
import { part } from '../../../support/effort.ts';
import { DRIVEN } from '../../support/service.ts';
import { useOwnServices } from '../../support/ownServices.ts';
import { anotherProcess } from '../../support/services.ts';
import { accountOf, expectTrue } from '../../support/deliver/account.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, markOf, until } from '../../support/deliver/driven.ts';

const ITEMS = 4 * MAX_IN_FLIGHT;
/** Those that may be sent until it is known of as many items as may be under way that they are in trouble. */
const SOON_SENT = 3 * MAX_IN_FLIGHT;
const LAST = ITEMS - 1;

/** Each is about another person, so that none waits for another one. */
const items = Array.from({ length: ITEMS }, (_, index) => ({
	...itemAt(index),
	person: index + 1,
	event_id: `outage ${index}`,
}));

describe.each(part(DRIVEN, 2))('$title: a service that fails for a while', (driven: Driven) => {
	const timing = {
		rate: { requests: 100_000 },
		// Later than another process takes to deliver an item, however busy the machine.
		lookUpAfterMs: [10_000],
		retryAfterMs: [3_000, 3_000, 3_000],
	};
	const { services, test } = useOwnServices({
		timing,
		seed: 'large',
		[driven.service]: { limit: 100_000, checkReferences: false },
	});
	const emulated = () => driven.emulated(services.emulator);
	const posts = () => emulated().ledger.requests.filter(({ method }) => method === 'POST');
	const sent = () => posts().length;
	const looks = () =>
		emulated().ledger.requests.some(
			({ method, path }) => method === 'GET' && path.endsWith(driven.listPath),
		);
	const run = async (options: IDataObject, some: IDataObject[] = items) =>
		await driven.run(services, driven.parameters({ outcomeUnknown: 'lookUp', ...options }), {
			items: some,
			onError: 'continueRegularOutput',
			workflowId: driven.title,
		});

	test('gets no more than it has already while these are looked up; then each item is sent once, but for the one that another process has delivered meanwhile', async () => {
		const there = anotherProcess(services, timing);
		emulated().faults.add({
			match: { method: 'POST', body: (body) => !JSON.stringify(body ?? '').includes(markOf(LAST)) },
			status: 503,
			times: Infinity,
		});
		const keyed = { deduplicationKey: '={{ $json.event_id }}' };
		const running = run(keyed);
		await until(() => sent() >= MAX_IN_FLIGHT);
		await sleep(500);
		expect([sent() <= SOON_SENT, looks()]).toEqual([true, false]);
		// What waits for the end of the trouble has given its claim back.
		const elsewhere = await driven.run(there, driven.parameters(keyed), {
			items: items.slice(LAST),
			workflowId: driven.title,
		});
		expect(accountOf(driven, elsewhere, 1).outcomes).toEqual(['created']);
		await until(looks);
		emulated().faults.clear();
		const { outcomes } = accountOf(driven, await running, ITEMS);
		expect(outcomes).toEqual(items.map((_, index) => (index === LAST ? 'skipped' : 'created')));
		expect(emulated().ledger.created).toHaveLength(ITEMS);
	});

	test('goes on with all others while one item is looked up', async () => {
		emulated().faults.add({ match: { method: 'POST', bodyIncludes: markOf(0) }, status: 503 });
		const { outcomes } = accountOf(driven, await run({}), ITEMS);
		expect(outcomes).toEqual(items.map(() => 'created'));
		expect(looks()).toBe(true);
		// Each other item was sent once, before the one that failed was sent again.
		const isLookedUp = posts().map(({ body }) => JSON.stringify(body).includes(markOf(0)));
		expect([isLookedUp.length, isLookedUp.lastIndexOf(true)]).toEqual([ITEMS + 1, ITEMS]);
		expect(emulated().ledger.created).toHaveLength(ITEMS);
	});

	test('is not tried by all items while there is no connection', async () => {
		// What the node asks about before it sends is known.
		await run({}, [itemAt(ITEMS)]);
		await emulated().down();
		const running = run({ deliveryDetails: true });
		await sleep(2_000);
		await emulated().up();
		const result = await running;
		expectTrue(emulated(), accountOf(driven, result, ITEMS));
		const attempts = result.success.map(({ json }) => (json.delivery as IDataObject).attempts);
		expect(attempts.filter((count) => count !== 1).length).toBeLessThanOrEqual(SOON_SENT);
		expect(attempts).toHaveLength(ITEMS);
	});
});
