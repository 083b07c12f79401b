import { createHmac, randomBytes } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { triesAll } from '../../../support/effort.ts';
import { remembered } from '../../support/trigger/doors.ts';
import type { TriggerHost } from '../../support/trigger/host.ts';
import { SERVICES } from '../../support/service.ts';
import { useTriggers, post } from '../../support/trigger/triggers.ts';

const triggers = useTriggers();
const MANY = triesAll ? 1_000 : 300;

describe.each(SERVICES)(`$title Trigger, of ${MANY} mixed deliveries`, ({ door: open }) => {
	it('starts a run for each true one, once', async () => {
		const { host, header, proof, event, eventOf } = await open(triggers);
		const forgeries: Array<(text: string) => Record<string, string>> = [
			() => ({}),
			() => ({ [header]: '' }),
			() => ({ [header]: randomBytes(32).toString('hex') }),
			(text) => ({ [header]: createHmac('sha256', randomBytes(32)).update(text).digest('hex') }),
			(text) => ({ [header]: `${proof(text)[header]?.slice(0, -1)}` }),
			(text) => ({ [header]: `${proof(text)[header]}0` }),
		];
		// Of every five: three new ones, one that repeats an earlier one, one that is forged.
		let made = 0;
		const isTrue: number[] = [];
		const deliveries = Array.from({ length: MANY }, (_, index) => {
			const kind = index % 5;
			if (kind === 2) {
				const text = event(1_000_000 + index);
				return { text, headers: forgeries[index % forgeries.length]?.(text), status: 401 };
			}
			const n = kind === 4 ? Math.floor(made / 2) : made++;
			if (kind !== 4) isTrue.push(n);
			return { text: event(n), headers: proof(event(n)), status: 200 };
		});
		const statuses: number[] = [];
		for (let start = 0; start < deliveries.length; start += 20) {
			const together = deliveries.slice(start, start + 20);
			const replies = together.map(async ({ text, headers }) => await post(host.url, text, headers));
			statuses.push(...(await Promise.all(replies)).map(({ status }) => status));
		}
		expect(statuses).toEqual(deliveries.map(({ status }) => status));
		expect(isTrue).toHaveLength((MANY / 5) * 3);
		const started = host.runs.map(([item]) => eventOf(item) as number);
		expect(started.sort((a, b) => a - b)).toEqual(isTrue);
	});
});

describe.each(SERVICES)('$title Trigger, a delivery that is repeated', ({ door: open }) => {
	it('starts one run, however often and however close together it comes', async () => {
		const { host, proof, event } = await open(triggers);
		const replies = Array.from(
			{ length: 11 },
			async () => await post(host.url, event(1), proof(event(1))),
		);
		for (const { status } of await Promise.all(replies)) expect([200, 503]).toContain(status);
		expect((await post(host.url, event(1), proof(event(1)))).status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	it('is to be sent again while n8n is starting the run: it may yet fail', async () => {
		const { host, proof, event } = await open(triggers);
		const send = async () => (await post(host.url, event(1), proof(event(1)))).status;
		for (const [failing, status] of [
			[1, 500],
			[0, 200],
		] as const) {
			const { first, go } = await begin(host, send);
			expect([await send(), await send()]).toEqual([503, 503]);
			host.failingStarts = failing;
			go();
			expect(await first).toBe(status);
		}
		expect(await send()).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	it.each([
		['starts no second run when n8n started the first after all', 0],
		['starts a run when n8n could not start the first', 1],
	])('%s, though nobody waited for the answer', async (__, failing) => {
		const { host, proof, event } = await open(triggers);
		const send = async (signal?: AbortSignal) =>
			(await post(host.url, event(1), proof(event(1)), signal)).status;
		const hangUp = new AbortController();
		const { first, go } = await begin(host, async () => await send(hangUp.signal));
		hangUp.abort();
		await expect(first).rejects.toThrow('aborted');
		expect(await send()).toBe(503);
		host.failingStarts = failing;
		go();
		expect([await send(), await send()]).toEqual([200, 200]);
		expect(host.runs).toHaveLength(1);
	});

	it('counts as the same in another order of its fields', async () => {
		const { host, proof, event } = await open(triggers);
		const reversed = JSON.stringify(backwards(JSON.parse(event(1))));
		expect(reversed).not.toBe(event(1));
		await post(host.url, event(1), proof(event(1)));
		await post(host.url, reversed, proof(reversed));
		expect(host.runs).toHaveLength(1);
	});

	it('starts a run after all when n8n could not start it the first time', async () => {
		const { host, proof, event } = await open(triggers);
		host.failingStarts = 1;
		expect((await post(host.url, event(1), proof(event(1)))).status).toBe(500);
		expect(host.runs).toEqual([]);
		await post(host.url, event(2), proof(event(2)));
		expect((await post(host.url, event(1), proof(event(1)))).status).toBe(200);
		expect((await post(host.url, event(1), proof(event(1)))).status).toBe(200);
		expect(host.runs).toHaveLength(2);
	});

	it('is still known after 1,999 others, of which n8n keeps the latest with the workflow', async () => {
		const { host, proof, event } = await open(triggers);
		const tomorrow = Math.floor(Date.now() / 1_000) + 86_400;
		const earlier = Array.from({ length: 2_000 }, (__, n) => `hash${n}:${tomorrow.toString(36)}`);
		setRemembered(host, earlier);
		await post(host.url, event(1), proof(event(1)));
		const kept = remembered(host);
		expect(kept.slice(0, -1)).toEqual(earlier.slice(1));
		expect(kept).toHaveLength(2_000);
		await post(host.url, event(1), proof(event(1)));
		expect(host.runs).toHaveLength(1);
	});

	it('is not hindered by static data that was damaged', async () => {
		const { host, proof, event } = await open(triggers);
		for (const [n, damaged] of [':', ' : x:y  =', 'hash:', ':zzzz'].entries()) {
			setRemembered(host, [damaged]);
			expect((await post(host.url, event(n), proof(event(n)))).status).toBe(200);
			expect(host.runs).toHaveLength(n + 1);
		}
	});
});

describe.each(SERVICES)('$title Trigger, 100 deliveries at once', ({ door: open }) => {
	it('all start a run, and are stored together', async () => {
		const { host, proof, event } = await open(triggers);
		let go: () => void = () => undefined;
		const allAreHere = new Promise<void>((resolve) => (go = resolve));
		let here = 0;
		host.beforeStart = async () => {
			if (++here === 100) go();
			await allAreHere;
		};
		// All within the second in which they are stored once, however long this machine takes for them.
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		const before = host.saves;
		const numbers = Array.from({ length: 100 }, (__, index) => index);
		const send = async (n: number) => (await post(host.url, event(n), proof(event(n)))).status;
		expect(new Set(await Promise.all(numbers.map(send)))).toEqual(new Set([200]));
		expect(host.runs).toHaveLength(100);
		expect(host.saves - before).toBeLessThanOrEqual(5);
		expect(remembered(host)).toHaveLength(100);
	});

	it('are stored every second while the burst goes on', async () => {
		const { host, proof, event } = await open(triggers);
		const send = async (n: number) => (await post(host.url, event(n), proof(event(n)))).status;
		// One run that n8n does not get started: the burst seems to have no end.
		const { first, go } = await begin(host, async () => await send(0));
		host.beforeStart = () => undefined;
		const now = Date.now();
		for (const n of [1, 2]) {
			jest.spyOn(Date, 'now').mockReturnValue(now + n * 1_000);
			const before = host.saves;
			expect(await send(n)).toBe(200);
			expect(await send(100 + n)).toBe(200);
			expect(host.saves - before).toBe(1);
		}
		go();
		expect(await first).toBe(200);
		expect(remembered(host)).toHaveLength(5);
	});
});

describe.each(SERVICES)('$title Trigger, in n8n', ({ trigger }) => {
	it('has a version above 1, so that no expression is evaluated with each webhook', () => {
		expect(trigger.description.version).toBeGreaterThan(1);
	});
});

/** Sends something that n8n starts a run for, or fails to, only when told to go. */
async function begin<T>(host: TriggerHost, send: () => Promise<T>) {
	let go: () => void = () => undefined;
	const told = new Promise<void>((resolve) => (go = resolve));
	let first: Promise<T> | undefined;
	await new Promise<void>((resolve) => {
		host.beforeStart = async () => {
			resolve();
			await told;
		};
		first = send();
	});
	return { first, go };
}

function setRemembered(host: TriggerHost, entries: string[]): void {
	const data = JSON.parse(host.database.staticData) as Record<string, IDataObject>;
	const node = `node:${host.nodeName}`;
	host.database.staticData = JSON.stringify({
		...data,
		[node]: { ...data[node], seen: entries.join(' ') },
	});
}

/** The same value with the fields of each object the other way round. */
function backwards(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, backwards(inner)] as const);
	return Object.fromEntries(entries.reverse());
}
