import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import type { KeyedEvent } from '../../../../nodes/shared/deliver/keys/entries';
import { Limiter } from '../../../../nodes/shared/http/limiter';
import { startOnce } from '../../../../nodes/shared/webhook/repeats';
import { hasTime } from '../../../support/effort.ts';
import { World } from '../deliver/keys/support/world.ts';

/*
 * What one n8n process keeps in the course of 100,000 webhooks (40,000 where there is less time). Each part is driven as fast as it goes, in two halves: what
 * the second half adds to the memory would be added without end.
 */
const WEBHOOKS = hasTime ? 100_000 : 40_000;
const MOST_GROWN_MB = 3;

let collect: () => void;
beforeAll(() => {
	setFlagsFromString('--expose-gc');
	collect = runInNewContext('gc') as () => void;
});

async function usedMb(): Promise<number> {
	for (let turns = 0; turns < 5; turns++) {
		await new Promise(setImmediate);
		collect();
	}
	return process.memoryUsage().heapUsed / 2 ** 20;
}

/** By how many MB the memory grew in the second half. */
async function grown(
	work: (from: number, to: number) => Promise<void>,
	webhooks = WEBHOOKS,
): Promise<number> {
	await work(0, webhooks / 2);
	const before = await usedMb();
	await work(webhooks / 2, webhooks);
	return (await usedMb()) - before;
}

it('keys: memory stays flat', async () => {
	const world = new World();
	world.database.most = 6_000;
	const process = world.process();
	const about: KeyedEvent = { event: 'event', request: 'request' };
	const deliver = async (name: string) => {
		const keys = process.keys();
		const letGo = await keys.hold(name, new AbortController().signal);
		const item = keys.keyOf(name, about, 30_000);
		if ((await item.claim()) === 'free' && item.maySend()) item.finish();
		await item.end();
		letGo();
		await keys.confirm();
	};
	const work = async (from: number, to: number) => {
		for (let at = from; at < to; at += 500) {
			const names = Array.from({ length: 500 }, (_, index) => `call ${at + index}`);
			await world.until(Promise.all(names.map(deliver)));
			await world.pause(2_000);
		}
	};
	// As many as are watched at most have come and gone by the middle.
	expect(await grown(work, 50_000)).toBeLessThan(MOST_GROWN_MB);
	expect(process.store.recent.size).toBeLessThanOrEqual(20_500);
});

it('a trigger: memory stays flat, and so does what is stored with the workflow', async () => {
	const data: IDataObject = {};
	const ctx = {
		getMode: () => 'webhook',
		getWorkflow: () => ({ id: 'long' }),
		getNode: () => ({ id: 'run' }),
		getWorkflowStaticData: () => data,
		getResponseObject: () => ({ writableEnded: false }),
	} as unknown as IWebhookFunctions;
	// One that n8n does not get started: a burst without end, in which all others are stored once a second.
	startOnce(ctx, { content: 'never started', withinMs: 3_600_000 }, {});
	let answered = 0;
	const work = async (from: number, to: number) => {
		for (let at = from; at < to; at++) {
			const started = startOnce(ctx, { content: `delivery ${at}`, withinMs: 3_600_000 }, {});
			if (started.webhookResponse) answered++;
			if (at % 1_000 === 0) await new Promise(setImmediate);
		}
	};
	expect(await grown(work)).toBeLessThan(MOST_GROWN_MB);
	expect(answered).toBe(WEBHOOKS);
	expect(String(data.seen).length).toBeLessThan(100_000);
});

it('the rate of an account: memory stays flat', async () => {
	jest.useFakeTimers({ now: 1_780_000_000_000, doNotFake: ['setImmediate'] });
	const { signal } = new AbortController();
	const limiter = new Limiter({ requests: 1_000, windowMs: 60_000, patienceMs: 300_000 });
	const work = async (from: number, to: number) => {
		for (let at = from; at < to; at++) {
			if (at % 1_000 === 0) jest.advanceTimersByTime(61_000);
			(await limiter.slot(signal)).count({ status: 200, headers: {} });
		}
	};
	expect(await grown(work)).toBeLessThan(MOST_GROWN_MB);
	jest.useRealTimers();
});
