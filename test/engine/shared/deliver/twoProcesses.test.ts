import type { IDataObject } from 'n8n-workflow';

import { MAX_IN_FLIGHT } from '../../../../nodes/shared/http/limiter';
import type { RunResult } from '../../support/engine.ts';
import { part } from '../../../support/effort.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Services, Settings } from '../../support/services.ts';
import { anotherProcess } from '../../support/services.ts';
import { ProcessedDataStore } from '../../support/processed-data.ts';
import { accountOf } from '../../support/deliver/account.ts';
import { AT_ONCE, testsOn } from '../../support/deliver/atOnce.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, markOf, until } from '../../support/deliver/driven.ts';
import { Pool } from '../../support/deliver/pool.ts';

/*
 * One event is delivered to two n8n processes, as by a CRM that delivers again in queue mode. Both have the same
 * database; each has a rate and a knowledge of its own.
 */

const timing = { lookUpAfterMs: [20] };
const pool = new Pool(AT_ONCE, timing);
afterAll(async () => await pool.close());

// The last look is this long after the others; an answer has to come in this time, too.
const lookUp = { outcomeUnknown: 'lookUp', timeout: 3_000 };
const putOff = (seconds: number) => ({ status: 429, headers: { 'retry-after': String(seconds) } });
let tests = 0;

/** What each test gets: two n8n processes, and an event ID that no other test uses. */
const toolsOf = (driven: Driven) => (here: Services) => {
	const emulated = driven.emulated(here.emulator);
	const key = `${driven.service} on two, ${++tests}`;
	return {
		here,
		there: anotherProcess(here, timing),
		emulated,
		key,
		/** Delivers the event, to one of the processes. */
		deliver: async (services: Services, options: IDataObject = {}, settings: Settings = {}) =>
			await driven.run(
				services,
				driven.parameters({ deduplicationKey: '={{ $json.event_id }}', ...options }),
				{
					items: [{ ...itemAt(0), event_id: key }],
					onError: 'continueRegularOutput',
					...settings,
				},
			),
		created: () =>
			emulated.ledger.created.filter(({ body }) => JSON.stringify(body).includes(markOf(0))).length,
		answers: () =>
			emulated.ledger.requests.filter(({ method }) => method === 'POST').map(({ status }) => status),
		open: () => here.engine.processedData.holds(`open\n${key}`),
		seen: () => here.engine.processedData.holds(`seen\n${key}`),
	};
};

describe.each(part(DRIVEN, 2))('$title: one ID on two n8n processes', (driven: Driven) => {
	const { test } = testsOn(pool, toolsOf(driven));
	const outcome = (result: RunResult) => accountOf(driven, result, 1).outcomes[0];

	test('is created by the one while the other waits for the rate, which then skips it', async ({
		here,
		there,
		emulated,
		deliver,
		created,
		answers,
		seen,
	}) => {
		// Far longer than the other takes.
		emulated.faults.add(faultFor(0, putOff(15)));
		const waiting = deliver(here);
		await until(() => answers().includes(429) && !seen());
		expect(outcome(await deliver(there))).toBe('created');
		expect(outcome(await waiting)).toBe('skipped');
		expect(created()).toBe(1);
	});

	test('stays done when the other is stopped while it waits', async ({
		here,
		there,
		emulated,
		deliver,
		created,
		answers,
		open,
		seen,
	}) => {
		emulated.faults.add(faultFor(0, putOff(60)));
		const stop = new AbortController();
		// A new process: after such a 429, this one would hold up the next tests.
		const first = anotherProcess(here, timing);
		const waiting = deliver(first, {}, { signal: stop.signal });
		await until(() => answers().includes(429) && !seen());
		expect(outcome(await deliver(there, lookUp))).toBe('created');
		stop.abort();
		await waiting;
		expect([seen(), open()]).toEqual([true, false]);
		expect(outcome(await deliver(there))).toBe('skipped');
		expect(created()).toBe(1);
	});

	test('is created once when the other gets it while the request is under way, and the other skips it', async ({
		here,
		there,
		emulated,
		deliver,
		created,
	}) => {
		emulated.faults.add(faultFor(0, { delayMs: 2_000, write: true }));
		const first = deliver(here);
		await until(() => created() === 1);
		expect(outcome(await deliver(there))).toBe('skipped');
		expect(outcome(await first)).toBe('created');
		expect(created()).toBe(1);
	});

	test('is created once when the one waits so long for its turn that the other takes the ID over', async ({
		here,
		there,
		emulated,
		deliver,
		created,
		answers,
		seen,
	}) => {
		// All that may be under way at a time is, until the other has ended.
		const slow = { method: 'POST', bodyIncludes: 'slow' };
		emulated.faults.add({ match: slow, hang: true, times: MAX_IN_FLIGHT });
		const items = Array.from({ length: MAX_IN_FLIGHT }, (_, index) => ({
			person: index + 5,
			notes: `slow ${index}`,
		}));
		const stop = new AbortController();
		const before = driven.run(here, driven.parameters({ timeout: 300_000 }), {
			items,
			signal: stop.signal,
		});
		await until(() => answers().length === MAX_IN_FLIGHT);
		const waiting = deliver(here);
		await until(seen);
		expect(outcome(await deliver(there, lookUp))).toBe('created');
		stop.abort();
		expect(outcome(await waiting)).toBe('skipped');
		await before;
		expect(created()).toBe(1);
	});

	test('is created once when both find nothing of a request that failed, and send again', async ({
		here,
		there,
		emulated,
		deliver,
		created,
		answers,
		open,
		seen,
	}) => {
		emulated.faults.add(faultFor(0, { status: 502 }));
		emulated.faults.add(faultFor(0, putOff(6)));
		emulated.faults.add(faultFor(0, { delayMs: 1_500, write: true }));
		// Here: 502, looked up, sent again, put off.
		const first = deliver(here, lookUp);
		await until(() => answers().includes(429));
		// There: waits while the key is under way here; about when it would look for itself, it is tried here again.
		const outcomes = (await Promise.all([first, deliver(there, lookUp)])).map(outcome);
		expect(outcomes).toContain('created');
		for (const one of outcomes) expect(['created', 'skipped']).toContain(one);
		expect(created()).toBe(1);
		expect(answers().slice(0, -1)).toEqual([502, 429]);
		expect([seen(), open()]).toEqual([true, false]);
	});

	test('is never sent twice, and never lost, where a process that gets it again is killed at any call on the store', async ({
		here,
		there,
		emulated,
		key,
	}) => {
		const lives = [0, 1, 2, 3];
		const items = lives.map((life) => ({ ...itemAt(2 * life), event_id: `${key}, ${life}` }));
		const deliverAll = async (services: Services, options: IDataObject, some = items) => {
			const keyed = { deduplicationKey: '={{ $json.event_id }}', timeout: lookUp.timeout, ...options };
			const settings = { items: some, onError: 'continueRegularOutput' as const };
			return await driven.run(services, driven.parameters(keyed), settings);
		};
		const outcomes = (result: RunResult) => accountOf(driven, result, lives.length).outcomes;
		expect(outcomes(await deliverAll(here, {}))).toEqual(lives.map(() => 'created'));

		for (const [index, life] of lives.entries()) {
			const processedData = new Killed(here.engine.processedData, life);
			const killed = anotherProcess({ ...here, engine: { ...here.engine, processedData } }, timing);
			const running = deliverAll(killed, {}, items.slice(index, index + 1));
			await Promise.race([running, processedData.killed]);
		}
		// A process that is killed between its look and the end of it leaves the key in doubt.
		const told = outcomes(await deliverAll(there, { outcomeUnknown: 'report' }));
		expect(told).toEqual(lives.map(() => expect.stringMatching(/^(skipped|unknown)$/)));
		const found = outcomes(await deliverAll(there, { outcomeUnknown: 'lookUp' }));
		expect(found).toEqual(lives.map(() => expect.stringMatching(/^(skipped|created)$/)));
		expect(emulated.ledger.created).toHaveLength(lives.length);
	});

	test('stays begun when the run ends after a look-up that found nothing, and before it was sent again', async ({
		here,
		there,
		emulated,
		deliver,
		created,
		open,
		seen,
	}) => {
		emulated.faults.add(faultFor(0, { status: 502 }));
		emulated.faults.add(faultFor(0, putOff(3_600)));
		const ended = await deliver(here, lookUp, { onError: 'stopWorkflow' });
		expect(outcome(ended)).toBe('unknown');
		expect(ended.thrown?.description).toContain('A look-up did not find it');
		expect([seen(), open()]).toEqual([true, true]);
		// The service lets nothing through to this process for an hour; the other goes by what it sees.
		expect(outcome(await deliver(there))).toBe('unknown');
		expect(outcome(await deliver(there, lookUp))).toBe('created');
		expect(created()).toBe(1);
	});
});

/** The database of a process that is killed at one of its calls: nothing comes back, and it does nothing more. */
class Killed extends ProcessedDataStore {
	private kill = () => {};
	readonly killed = new Promise<void>((resolve) => (this.kill = resolve));

	private readonly whole: ProcessedDataStore;
	private left: number;

	/** @param left how many calls it makes before */
	constructor(whole: ProcessedDataStore, left: number) {
		super(whole.workflowId);
		this.whole = whole;
		this.left = left;
	}

	override async checkProcessedAndRecord(
		...call: Parameters<ProcessedDataStore['checkProcessedAndRecord']>
	) {
		return await this.unlessKilled(async () => await this.whole.checkProcessedAndRecord(...call));
	}

	override async removeProcessed(...call: Parameters<ProcessedDataStore['removeProcessed']>) {
		return await this.unlessKilled(async () => await this.whole.removeProcessed(...call));
	}

	private async unlessKilled<T>(call: () => Promise<T>): Promise<T> {
		if (this.left-- > 0) return await call();
		this.kill();
		return await new Promise<never>(() => {});
	}
}
