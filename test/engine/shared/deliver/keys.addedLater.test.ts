import type { IDataObject } from 'n8n-workflow';

import { part } from '../../../support/effort.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Fault } from '../../../../emulator/index.ts';
import { useOwnServices } from '../../support/ownServices.ts';
import { anotherProcess } from '../../support/services.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, until } from '../../support/deliver/driven.ts';

describe.each(part(DRIVEN, 2))('$title: an ID that an item gets for the retry', (driven: Driven) => {
	const { services, test } = useOwnServices({ timing: { lookUpAfterMs: [20] } });
	const emulated = () => driven.emulated(services.emulator);

	test.each(['report', 'lookUp'])(
		'keeps a redelivery from being sent, with If Outcome Is Unknown: %s',
		async (outcomeUnknown) => {
			const items = [0, 2, 3].map((index) => ({
				...itemAt(index),
				event_id: `${driven.title} added ${outcomeUnknown} ${index}`,
			}));
			const posts = () => emulated().ledger.requests.filter(({ method }) => method !== 'GET').length;
			// All are created, and of the first two nobody knows it; the look-ups of the retry tell nothing.
			for (const index of [0, 2]) emulated().faults.add(faultFor(index, { close: 'after' }));
			emulated().faults.add({
				match: { method: 'GET', path: driven.listPath },
				status: 403,
				times: Infinity,
			});
			const first = await driven.run(services, driven.parameters({}), { items });
			expect(first.thrown).toBeDefined();
			const keyed = driven.parameters({ deduplicationKey: '={{ $json.event_id }}', outcomeUnknown });
			const retried = await services.engine.retry(first, {
				parameters: { ...first.options.parameters, ...keyed },
				onError: 'continueRegularOutput',
			});
			expect(accountOf(driven, retried, 3).outcomes).toEqual(['unknown', 'unknown', 'created']);
			const before = posts();
			// With a look-up, the redelivery would wait for as long as the other execution may.
			const reporting = { ...keyed, options: { outcomeUnknown: 'report' } };
			const again = await driven.run(services, reporting, { items, onError: 'continueRegularOutput' });
			expect(accountOf(driven, again, 3).outcomes).toEqual(['unknown', 'unknown', 'skipped']);
			expect(posts()).toBe(before);
			expect(emulated().ledger.created).toHaveLength(3);
		},
	);

	test('sends nothing where a redelivery with other notes is in doubt: not finding its own proves nothing', async () => {
		const key = { deduplicationKey: '={{ $json.event_id }}' };
		const item = { ...itemAt(5), event_id: `${driven.title} later notes` };
		// The first request never arrives. Then the redelivery creates the event, and nobody knows it.
		for (const close of ['before', 'after'] as const)
			emulated().faults.add(faultFor(5, { close, times: 1 }));
		const first = await driven.run(services, driven.parameters({}), { items: [item] });
		expect(first.thrown).toBeDefined();
		const redelivered = { ...item, notes: `${item.notes} Received again` };
		const keyed = driven.parameters({ ...key, outcomeUnknown: 'report' });
		await driven.run(services, keyed, { items: [redelivered], onError: 'continueRegularOutput' });
		expect(emulated().ledger.created).toHaveLength(1);
		const retried = await services.engine.retry(first, {
			parameters: {
				...first.options.parameters,
				...driven.parameters({ ...key, outcomeUnknown: 'lookUp' }),
			},
			onError: 'continueRegularOutput',
		});
		expect(accountOf(driven, retried, 1).outcomes).toEqual(['unknown']);
		expect(emulated().ledger.created).toHaveLength(1);
	});

	test('that belongs to another event stays that of the other one', async () => {
		const [item, other, failing] = [6, 3, 9].map((index) => ({
			...itemAt(index),
			event_id: `${driven.title} of another`,
		}));
		const keyed = driven.parameters({ deduplicationKey: '={{ $json.event_id }}' });
		const deliverOther = async () =>
			accountOf(driven, await driven.run(services, keyed, { items: [other!] }), 1).outcomes;
		expect(await deliverOther()).toEqual(['created']);
		emulated().faults.add(faultFor(9, { status: 400, delayMs: 200 }));
		const items = [item!, { ...failing, event_id: `${driven.title} of its own` }];
		const first = await driven.run(services, driven.parameters({}), { items });
		expect(accountOf(driven, first, 2).outcomes).toEqual(['created', 'refused']);
		const retried = await services.engine.retry(first, {
			parameters: { ...first.options.parameters, ...keyed },
		});
		expect(accountOf(driven, retried, 2).outcomes).toEqual(['created', 'created']);
		expect(await deliverOther()).toEqual(['skipped']);
		expect(emulated().ledger.created).toHaveLength(3);
	});

	test.each([
		['report', /^It was not sent again/],
		['lookUp', /^The node could not find out whether it exists\. It was not sent again/],
	])(
		'that belongs to another event leaves what is in doubt unknown, with If Outcome Is Unknown: %s',
		async (outcomeUnknown, told) => {
			const [item, other] = [12, 15].map((index) => ({
				...itemAt(index),
				event_id: `${driven.title} of another, ${outcomeUnknown}`,
			}));
			const keyed = driven.parameters({ deduplicationKey: '={{ $json.event_id }}', outcomeUnknown });
			await driven.run(services, keyed, { items: [other!] });
			emulated().faults.add(faultFor(12, { close: 'after' }));
			const first = await driven.run(services, driven.parameters({}), { items: [item!] });
			const retried = await services.engine.retry(first, {
				parameters: { ...first.options.parameters, ...keyed },
			});
			expect(accountOf(driven, retried, 1).outcomes).toEqual(['unknown']);
			expect(retried.thrown?.description).toMatch(told);
			expect(emulated().ledger.created).toHaveLength(2);
		},
	);

	test('skips what a redelivery has delivered meanwhile, and a preview says so', async () => {
		const item = { ...itemAt(9), event_id: `${driven.title} delivered meanwhile` };
		emulated().faults.add(faultFor(9, { close: 'before', times: 1 }));
		const first = await driven.run(services, driven.parameters({}), { items: [item] });
		expect(first.thrown).toBeDefined();
		const options = { deduplicationKey: '={{ $json.event_id }}', outcomeUnknown: 'report' };
		await driven.run(services, driven.parameters(options), { items: [item] });
		const retriedWith = async (more: IDataObject) =>
			await services.engine.retry(first, {
				parameters: { ...first.options.parameters, ...driven.parameters({ ...options, ...more }) },
			});
		const preview = await retriedWith({ previewOnly: true });
		expect(preview.success.map(({ json }) => json.outcome)).toEqual(['would_skip']);
		expect(accountOf(driven, await retriedWith({}), 1).outcomes).toEqual(['skipped']);
		expect(emulated().ledger.created).toHaveLength(1);
	});
});

describe.each(part(DRIVEN, 2))('$title: an ID that an item in doubt gets for the retry', (driven: Driven) => {
	const timing = { lookUpAfterMs: [20] };
	const { services, test } = useOwnServices({ timing });

	test.each<[string, Fault, string, string]>([
		['is refused for its form', driven.wrongForm, 'refused', 'created'],
		['is refused for any other reason', { status: 400, body: { error: 'No' } }, 'unknown', 'unknown'],
		['cannot be sent', { status: 429, headers: { 'retry-after': '3600' } }, 'unknown', 'unknown'],
	])(
		'is in doubt or free as its item, where the look-up finds nothing and then it %s',
		async (how, fault, outcome, redelivered) => {
			const emulated = driven.emulated(services.emulator);
			const items = [{ ...itemAt(0), event_id: `${driven.title} again ${how}` }];
			emulated.faults.add(faultFor(0, { close: 'before' }));
			const first = await driven.run(services, driven.parameters({}), { items });
			emulated.faults.add(faultFor(0, fault));
			const deliveredWith = (outcomeUnknown: string) =>
				driven.parameters({ deduplicationKey: '={{ $json.event_id }}', outcomeUnknown });
			const retried = await services.engine.retry(first, {
				parameters: { ...first.options.parameters, ...deliveredWith('lookUp') },
			});
			expect(accountOf(driven, retried, 1).outcomes).toEqual([outcome]);
			expect(emulated.ledger.created).toEqual([]);
			// Another process knows nothing but what is in the store.
			const other = anotherProcess(services, timing);
			const again = await driven.run(other, deliveredWith('report'), { items });
			expect(accountOf(driven, again, 1).outcomes).toEqual([redelivered]);
			expect(emulated.ledger.created).toHaveLength(redelivered === 'created' ? 1 : 0);
		},
	);

	test.each<[string, Fault, string]>([
		['creates it: that is skipped', { write: true }, 'skipped'],
		['never knows whether it did: nothing is sent', { close: 'after' }, 'unknown'],
		['is refused: it is sent', { status: 400 }, 'created'],
	])(
		'waits for another process that sends the event at that moment with other notes, and %s',
		async (_, fault, outcome) => {
			const emulated = driven.emulated(services.emulator);
			const item = { ...itemAt(0), event_id: `${driven.title} under way ${outcome}` };
			emulated.faults.add(faultFor(0, { close: 'before' }));
			const first = await driven.run(services, driven.parameters({}), { items: [item] });
			emulated.faults.add(faultFor(0, { ...fault, delayMs: 3_000 }));
			const deliveredWith = (outcomeUnknown: string) =>
				driven.parameters({ deduplicationKey: '={{ $json.event_id }}', outcomeUnknown });
			const redelivering = driven.run(anotherProcess(services, timing), deliveredWith('report'), {
				items: [{ ...item, notes: `${item.notes} Received again` }],
			});
			const posts = () => emulated.ledger.requests.filter(({ method }) => method !== 'GET').length;
			await until(() => posts() === 2);
			const retried = await services.engine.retry(first, {
				parameters: { ...first.options.parameters, ...deliveredWith('lookUp') },
			});
			expect(accountOf(driven, retried, 1).outcomes).toEqual([outcome]);
			await redelivering;
			expect(emulated.ledger.created).toHaveLength(1);
		},
	);
});
