import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../emulator/index.ts';
import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import type { RunResult } from '../support/engine.ts';
import { useOwnServices } from '../support/ownServices.ts';
import { anotherProcess, useServices, withTiming } from '../support/services.ts';
import { triesAll } from '../../support/effort.ts';
import { accountOf } from '../support/deliver/account.ts';
import { faultFor, itemAt, itemsOf, markOf, until } from '../support/deliver/driven.ts';
import { describeLookUp } from '../support/deliver/lookUp.ts';
import { leasingEvent } from './support/run.ts';
import { driven } from './support/driven.ts';

// Most of it is about what all services share: `npm test` tries a part of it here.
describe('RentEngine: Look Up, Then Retry', () => describeLookUp(driven, triesAll));

describe('RentEngine: the events of a prospect', () => {
	const { services, test } = useOwnServices({ timing: { lookUpAfterMs: [20] } });

	test('go on after a full page that does not say so, so that none is created twice', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add(faultFor(0, { close: 'after' }));
		const others = Array.from({ length: 100 }, (_, id) => ({ id, event_type: 'Log Note' }));
		const ours = driven.listing([{ id: 777, index: 0, at: Date.now() }]);
		for (const body of [{ data: others }, ours])
			faults.add({
				match: { method: 'GET', path: driven.listPath },
				status: 200,
				body,
				times: 1,
			});
		const { success } = await leasingEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(1),
		});
		expect(success.map(({ json }) => json.id)).toEqual([777]);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test.each([
		['its prospect is gone by then', { error: 'Prospect 2 not found' }, 'unknown'],
		['its users are gone by then', { error: 'These users do not belong to the account' }, 'unknown'],
		[
			'a value has another form',
			{
				error: 'Invalid request parameters',
				details: [{ dataPath: '.prospect_id', params: {}, message: 'should be integer' }],
			},
			'refused',
		],
	])('are not there yet when the event is sent again and refused, as %s', async (_, body, outcome) => {
		const { faults } = services.emulator.rentEngine;
		faults.add(faultFor(0, { close: 'before' }));
		faults.add(faultFor(0, { status: 400, body }));
		const { success } = await leasingEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(1),
			onError: 'continueRegularOutput',
		});
		expect(success[0]?.json.details).toMatchObject({ outcome });
	});

	test('are searched from the first request on: what shows only after the second one is not sent a third time', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		// Longer than two clocks may differ.
		faults.add(faultFor(0, { close: 'after', delayMs: 4_000 }));
		faults.add(faultFor(0, { close: 'before' }));
		faults.add({
			match: { method: 'GET', path: driven.listPath },
			status: 200,
			body: driven.listing([]),
		});
		const { success } = await leasingEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(1),
		});
		expect(success.map((row) => driven.idIn(row.json))).toEqual(ledger.created.map(({ id }) => id));
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
	});

	test.each([
		['during the second one', 'saved'],
		['and the second one has ended in doubt', 'runData'],
	] as const)(
		'are searched from the first request on by a retry too, where the execution was stopped %s',
		async (_, known) => {
			const { faults, ledger } = services.emulator.rentEngine;
			const posts = () => ledger.requests.filter(({ method }) => method === 'POST').length;
			faults.add(faultFor(0, { close: 'after', delayMs: 4_000 }));
			faults.add(faultFor(0, { hang: true }));
			const onList = { match: { method: 'GET', path: driven.listPath } };
			faults.add({ ...onList, status: 200, body: driven.listing([]) });
			const stop = new AbortController();
			const running = leasingEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
				items: itemsOf(1),
				signal: stop.signal,
			});
			await until(() => posts() === 2);
			stop.abort();
			const stopped = await running;
			// As n8n stores an execution whose timeout is over: what the node knew, and the node as the next one to run.
			const { contextData = {} } = stopped[known].executionData ?? {};
			const executionData = { ...stopped.runData.executionData!, contextData };
			const saved = { ...stopped.runData, executionData };
			const retried = await services.engine.retry({ ...stopped, saved });
			expect(retried.success.map((row) => driven.idIn(row.json))).toEqual(
				ledger.created.map(({ id }) => id),
			);
			expect(posts()).toBe(2);
		},
	);

	/** Delivers the same event with the same ID again, each time in a new execution. */
	const deliveryUnder = (deduplicationKey: string) => async (outcomeUnknown: string) => {
		const parameters = driven.parameters({ deduplicationKey, timeout: 3_000, outcomeUnknown });
		return await leasingEvent(services, parameters, { items: itemsOf(1) });
	};

	test('are searched from the request of an earlier execution on: what shows only after the event was sent again is not sent a third time', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		const deliver = deliveryUnder('={{ $json.notes }} shows late');
		faults.add(faultFor(0, { close: 'after' }));
		expect(accountOf(driven, await deliver('report'), 1).outcomes).toEqual(['unknown']);
		// Longer than two clocks may differ.
		await sleep(3_000);
		const onList = { match: { method: 'GET', path: driven.listPath } };
		faults.add({ ...onList, status: 200, body: driven.listing([]), times: Infinity });
		faults.add(faultFor(0, { close: 'before' }));
		const sentAgain = () => ledger.requests.filter(({ method }) => method === 'POST').slice(1);
		const unlisten = ledger.listen(() => {
			// It shows once the second request is over.
			if (sentAgain()[0]?.status === 'closed') faults.clear();
		});
		expect(accountOf(driven, await deliver('lookUp'), 1).outcomes).toEqual(['created']);
		unlisten();
		expect(ledger.created).toHaveLength(1);
		expect(sentAgain()).toHaveLength(1);
	});

	test('decide nothing about an ID that an earlier execution began, where only the newer ones can be read', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		const deliver = deliveryUnder('={{ $json.notes }} older');
		faults.add(faultFor(0, { close: 'before' }));
		expect(accountOf(driven, await deliver('report'), 1).outcomes).toEqual(['unknown']);
		const onList = { match: { method: 'GET', path: driven.listPath } };
		faults.add({ ...onList, status: 200, body: driven.listing([]), times: 2 });
		faults.add({ ...onList, status: 403, times: Infinity });
		expect(accountOf(driven, await deliver('lookUp'), 1).outcomes).toEqual(['unknown']);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
});

describe('RentEngine: an event in doubt, without an option', () => {
	const { services, test } = useOwnServices({ timing: { lookUpAfterMs: [20, 120] } });

	test.each([
		['is found', { close: 'after' }, 1],
		['is sent again when it is not there', { close: 'before' }, 2],
	] as const)('%s', async (_, fault, posts) => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add(faultFor(0, fault));
		const { success } = await leasingEvent(services, driven.parameters({ outcomeUnknown: undefined }), {
			items: itemsOf(1),
		});
		expect(success).toHaveLength(1);
		expect(ledger.created).toHaveLength(1);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(posts);
	});
});

describe('RentEngine: an assignment in bulk of which nobody knows', () => {
	const { services, test } = useOwnServices({ timing: { lookUpAfterMs: [20] } });

	test.each([true, false])(
		'says, when its event is found, that others may have none: in bulk %s',
		async (inBulk) => {
			services.emulator.rentEngine.faults.add(faultFor(0, { close: 'after' }));
			const parameters = {
				...driven.parameters({ outcomeUnknown: 'lookUp' }),
				applyActionInBulk: inBulk,
			};
			const { success, hints } = await leasingEvent(services, parameters, { items: itemsOf(1) });
			expect(success).toHaveLength(1);
			const told =
				"'Apply Action in Bulk' may have reached only some of the prospects with the phone number: RentEngine gave no clear answer. Look at the others in RentEngine.";
			expect(hints.map(({ message }) => message).filter((hint) => hint === told)).toHaveLength(
				inBulk ? 1 : 0,
			);
		},
	);

	/** The person of the item is prospect 1002; 1001 and 1003 have the same phone number. */
	const assigned = (prospect: number, more: IDataObject = {}) =>
		services.emulator.rentEngine.rows.insert('leasing_events', {
			prospect,
			event_type: 'Assign to User',
			notes: itemAt(0).notes,
			context: { assignedToUserIds: [RENTENGINE_USERS[0]?.id] },
			created_at: new Date(Date.now() + 60_000).toISOString(),
			...more,
		});

	test.each<[string, 'created' | 'unknown', () => void]>([
		['is sent again where nobody with the phone number has it', 'created', () => assigned(1004)],
		['is not sent again where another one with the phone number has it', 'unknown', () => assigned(1003)],
		[
			'is not sent again where another one has an event that may be it',
			'unknown',
			() => assigned(1001, { context: {} }),
		],
		[
			'is sent again where another one has an event of another kind',
			'created',
			() => assigned(1001, { event_type: 'Log Note' }),
		],
		[
			'is not sent again where nobody can read who else has the phone number',
			'unknown',
			() =>
				services.emulator.rentEngine.faults.add({
					match: { path: '/prospects' },
					status: 200,
					body: { rows: [] },
				}),
		],
		[
			'is not sent again where there is no end to the prospects',
			'unknown',
			() => {
				const { faults } = services.emulator.rentEngine;
				const list = { match: { path: '/prospects' }, status: 200 };
				const others = new Array<IDataObject>(100).fill({ id: 9, phone: '+12125550199' });
				faults.add({ ...list, body: [{ id: 1002, phone: '+12125550100' }, ...others.slice(1)] });
				faults.add({ ...list, body: others, times: Infinity });
			},
		],
		[
			'is not sent again where the prospect is not among those that are read',
			'unknown',
			() => services.emulator.rentEngine.data.prospects.replace([]),
		],
	])('%s: %s', async (_, outcome, happen) => {
		const { faults, ledger } = services.emulator.rentEngine;
		happen();
		faults.add(faultFor(0, { close: 'before' }));
		const parameters = { ...driven.parameters({ outcomeUnknown: 'lookUp' }), applyActionInBulk: true };
		const { success } = await leasingEvent(services, parameters, {
			items: itemsOf(1),
			onError: 'continueRegularOutput',
		});
		const told = success.map(({ json }) => json.outcome ?? (json.details as IDataObject).outcome);
		expect(new Set(told)).toEqual(new Set([outcome]));
		expect(ledger.created.map(({ body }) => (body as IDataObject).prospect_id).sort()).toEqual(
			outcome === 'created' ? [1001, 1002, 1003] : [],
		);
	});
});

describe('RentEngine: an event that the list shows in another form than it was sent in', () => {
	const { services, test } = useOwnServices({ timing: { lookUpAfterMs: [20, 60] } });
	/** Notes that begin and end with blanks, hold two lines, and letters that HTML writes in another way. */
	const NOTES = "={{ ` Tom & Ann's call:\\r\\n${ $json.notes } ` }}";

	test.each([
		['with the context as JSON in a text', { listedContext: 'text' }, 'created'],
		['with trimmed notes', { listedNotes: 'trimmed' }, 'created'],
		['without its context', { listedContext: 'null' }, 'unknown'],
		['with other names in its context', { listedContext: 'snake_case' }, 'unknown'],
		['with notes as HTML', { listedNotes: 'escaped' }, 'unknown'],
	] as const)('%s is never sent twice', async (_, settings, outcome) => {
		const { rentEngine } = services.emulator;
		Object.assign(rentEngine.settings, settings);
		// The fourth one was not created, and nothing in the list may be it: it is sent again.
		for (const index of [0, 2]) rentEngine.faults.add(faultFor(index, { status: 502, write: true }));
		rentEngine.faults.add(faultFor(3, { status: 502 }));
		const parameters = driven.parameters({ outcomeUnknown: undefined }, NOTES);
		const result = await driven.run(services, parameters, {
			items: itemsOf(4),
			onError: 'continueRegularOutput',
		});
		expect(accountOf(driven, result, 4).outcomes).toEqual([outcome, 'created', outcome, 'created']);
		const bodies = rentEngine.ledger.created.map(({ body }) => JSON.stringify(body));
		const times = [0, 1, 2, 3].map(
			(index) => bodies.filter((body) => body.includes(markOf(index))).length,
		);
		expect(times).toEqual([1, 1, 1, 1]);
	});
});

describe('RentEngine: an event that shows later than the usual looks, of a request that nobody waits for any more', () => {
	const timing = { lookUpAfterMs: [20], goesOnForMs: 5_000 };
	const { services, test } = useOwnServices({ timing });
	const emulated = () => services.emulator.rentEngine;
	const posts = () => emulated().ledger.requests.filter(({ method }) => method === 'POST').length;
	/** The list does not show the event at first. */
	const hideFor = (looks: number) =>
		emulated().faults.add({
			match: { method: 'GET', path: driven.listPath },
			status: 200,
			body: driven.listing([]),
			times: looks,
		});
	const lookUp = { outcomeUnknown: 'lookUp' };
	const run = async (options: IDataObject, on = services) =>
		await driven.run(on, driven.parameters(options), { items: itemsOf(1) });
	const retry = async (stopped: RunResult, options: IDataObject) =>
		await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...driven.parameters(options) },
		});
	const outcomes = (result: RunResult) => accountOf(driven, result, 1).outcomes;

	test('is found where it was sent again', async () => {
		emulated().faults.add(faultFor(0, { status: 502 }));
		emulated().faults.add(faultFor(0, { status: 502, write: true }));
		// Two looks for the first request, and one for the second.
		hideFor(3);
		expect(outcomes(await run(lookUp))).toEqual(['created']);
		expect([posts(), emulated().ledger.created.length]).toEqual([2, 1]);
	});

	test('is found by a retry that comes at once', async () => {
		emulated().faults.add(faultFor(0, { status: 502, write: true }));
		const stopped = await run({});
		hideFor(1);
		expect(outcomes(await retry(stopped, lookUp))).toEqual(['created']);
		expect(posts()).toBe(1);
	});

	test('is found by a retry that comes at once after it was sent again', async () => {
		const { faults } = emulated();
		// By then, the service is not at work on the first request any more.
		faults.add(faultFor(0, { status: 502, delayMs: timing.goesOnForMs }));
		faults.add(faultFor(0, { status: 502, write: true }));
		hideFor(1);
		faults.add({ match: { method: 'GET', path: driven.listPath }, status: 403, times: Infinity });
		const stopped = await run(lookUp, withTiming(services, { ...timing, goesOnForMs: 0 }));
		expect(outcomes(stopped)).toEqual(['unknown']);
		faults.clear();
		hideFor(1);
		expect(outcomes(await retry(stopped, lookUp))).toEqual(['created']);
		expect([posts(), emulated().ledger.created.length]).toEqual([2, 1]);
	});

	test('is found by an execution to which it is delivered again', async () => {
		const keyed = { deduplicationKey: '={{ $json.notes }} goes on', timeout: 2_000 };
		emulated().faults.add(faultFor(0, { status: 502, write: true }));
		expect(outcomes(await run(keyed))).toEqual(['unknown']);
		hideFor(2);
		expect(outcomes(await run({ ...keyed, ...lookUp }))).toEqual(['created']);
		expect(posts()).toBe(1);
	});

	// It takes longest; when to look is tested in test/unit/shared/deliver/pausesOf.test.ts, too.
	if (!triesAll) return;

	test('is found by a retry that has waited for it', async () => {
		emulated().faults.add(faultFor(0, { close: 'before' }));
		const stopped = await run({});
		// The service is not at work on that one any more.
		await sleep(timing.goesOnForMs);
		emulated().faults.add(faultFor(0, { status: 502, delayMs: timing.goesOnForMs, write: true }));
		hideFor(1);
		const keyed = { deduplicationKey: '={{ $json.notes }} waited for' };
		const delivering = run(keyed, anotherProcess(services, timing));
		await until(() => posts() === 2);
		expect(outcomes(await retry(stopped, { ...keyed, ...lookUp }))).toEqual(['created']);
		expect(outcomes(await delivering)).toEqual(['unknown']);
		expect([posts(), emulated().ledger.created.length]).toEqual([2, 1]);
	});
});

// By the clock: these tests run one after the other.
describe('RentEngine: a request that nobody waits for any more', () => {
	const services = useServices({ timing: { lookUpAfterMs: [20, 60], goesOnForMs: 700 } });

	it('may still be carried out long after the last look, and is looked for until then', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		const late: Fault[] = [
			{ close: 'before' },
			...[408, 499, 502, 503, 504, 520, 524].map((status) => ({ status })),
		];
		late.forEach((fault, index) => faults.add(faultFor(index, { ...fault, lateMs: 250 })));
		// Far later than they are carried out.
		const patient = withTiming(services, { lookUpAfterMs: [20, 60], goesOnForMs: 3_000 });
		const result = await driven.run(patient, driven.parameters({ outcomeUnknown: undefined }), {
			items: late.map((_, index) => ({ ...itemAt(index), person: index + 1 })),
			onError: 'continueRegularOutput',
		});
		expect(accountOf(driven, result, late.length).outcomes).toEqual(late.map(() => 'created'));
		expect(ledger.created).toHaveLength(late.length);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(late.length);
	});

	it('is not waited for again in a try that comes later', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add(faultFor(0, { status: 502 }));
		faults.add({ match: { method: 'GET', path: driven.listPath }, status: 403, times: Infinity });
		const parameters = driven.parameters({ outcomeUnknown: undefined });
		const stopped = await driven.run(services, parameters, { items: itemsOf(1) });
		expect(accountOf(driven, stopped, 1).outcomes).toEqual(['unknown']);
		faults.clear();
		const from = ledger.requests.length;
		expect(accountOf(driven, await services.engine.retry(stopped), 1).outcomes).toEqual(['created']);
		// Two looks, and no third one for a request that was sent so long ago.
		const asked = ledger.requests.slice(from).map(({ method }) => method);
		expect(asked).toEqual(['GET', 'GET', 'POST']);
	});

	it('is waited for from when it was sent, and not at all when the service says that it failed', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		// The gateway gives up only after the time in which the service may be at work.
		faults.add(faultFor(0, { status: 504, delayMs: 800 }));
		faults.add(faultFor(1, { status: 500 }));
		const result = await driven.run(services, driven.parameters({ outcomeUnknown: undefined }), {
			items: [0, 1].map((index) => ({ ...itemAt(index), person: index + 1 })),
			onError: 'continueRegularOutput',
		});
		expect(accountOf(driven, result, 2).outcomes).toEqual(['created', 'created']);
		const looks = ledger.requests.filter(({ path }) => path.endsWith(driven.listPath));
		expect(looks.filter(({ method }) => method === 'GET')).toHaveLength(2 + 2);
	});
});
