import { request } from 'node:http';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Door } from '../../support/trigger/doors.ts';
import { SERVICES } from '../../support/service.ts';
import { useTriggers, post } from '../../support/trigger/triggers.ts';
import { useCanary } from '../../support/hostile/canary.ts';
import { expectNoHarm, expectReadable, requestsTo } from '../../support/hostile/expectations.ts';
import { runs } from '../../../support/effort.ts';
import {
	deepened,
	nastyJson,
	nastyTexts,
	nested,
	spoiled,
	WRONG_REPLIES,
} from '../../support/hostile/values.ts';

const triggers = useTriggers();
const canary = useCanary();

/** Posts bytes as they are, with headers that `fetch` would not take. */
async function postRaw(url: string, body: string | Buffer, headers: Record<string, string>) {
	return await new Promise<{ status: number; text: string }>((resolve, reject) => {
		const sent = request(url, { method: 'POST', headers }, (reply) => {
			const chunks: Buffer[] = [];
			reply.on('data', (chunk: Buffer) => chunks.push(chunk));
			reply.on('end', () =>
				resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
			);
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

/** Header values that a server takes; no more than these come through. */
const isSendable = (value: string): boolean =>
	/^[\t\x20-\x7e\x80-\xff]*$/.test(value) && value.length < 8_000;

describe.each(SERVICES)('$title Trigger, with hostile webhooks', ({ door: open }) => {
	let door: Door;
	let asked: number;
	const requests = () => requestsTo(triggers.emulator);
	beforeEach(async () => {
		door = await open(triggers);
		asked = requests();
	});

	/** Answered in one of the ways there are, with a readable word, and without asking anybody anything. */
	function expectAnswered({ status, text }: { status: number; text: string }, statuses: number[]): void {
		expect(statuses).toContain(status);
		expectReadable(text);
		expect(Object.keys(JSON.parse(text) as IDataObject)).toEqual(['message']);
		expectNoHarm({ canary });
		expect(requests()).toBe(asked);
		expect(Object.keys(door.host.saved).filter((key) => /proto|constructor/.test(key))).toEqual([]);
		for (const [item, ...others] of door.host.runs.splice(0)) {
			expect(status).toBe(200);
			expect(others).toEqual([]);
			expect(typeof item).toBe('object');
			// n8n saves it so.
			JSON.stringify(item);
		}
	}

	const send = async (body: string) => await post(door.host.url, body, door.proof(body));

	it('takes any JSON in any place of an event', async () => {
		let n = 0;
		await fc.assert(
			fc.asyncProperty(fc.gen(), async (gen) => {
				const body = gen(() => spoiled(JSON.parse(door.event(++n)), canary.host));
				expectAnswered(await send(body), [200, 400]);
			}),
			runs(120),
		);
	});

	it('refuses what is no event, and what is nested too deep', async () => {
		const event = JSON.parse(door.event(1)) as unknown;
		const bodies = [...WRONG_REPLIES, '[]', 'null', '1e999', deepened(event)];
		for (const body of bodies) expectAnswered(await send(body), [400]);
		for (const depth of [1_000, 3_000, 8_000, 100_000]) {
			const deep = door.event(1).replace(/\}(\}?)$/, (end) => `,"deep":${nested(depth)}${end}`);
			expectAnswered(await send(deep), [400]);
		}
		expect(door.host.runs).toEqual([]);
	});

	it('takes no bytes that are no text, and none without end', async () => {
		const headers = { 'content-type': 'application/json', ...door.proof('\u00ff') };
		expectAnswered(await postRaw(door.host.url, Buffer.from([0xff, 0xfe, 0x00]), headers), [400, 401]);
		const huge = door.event(1).replace(/\}$/, `,"x":"${'x'.repeat(10_000_000)}"}`);
		expectAnswered(await send(huge), [413]);
	});

	it('takes no proof but the right one, whatever the headers hold', async () => {
		const texts = nastyTexts(canary.host).filter(isSendable);
		const value = fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 200 }).filter(isSendable));
		const name = fc.constantFrom(
			door.header,
			'x-forwarded-for',
			'x-forwarded-host',
			'origin',
			'__proto__',
			'constructor',
		);
		await fc.assert(
			fc.asyncProperty(name, value, fc.boolean(), async (header, text, proven) => {
				const body = door.event(0);
				const headers = {
					'content-type': 'application/json',
					...(proven && door.proof(body)),
					[header]: text,
				};
				const reply = await postRaw(door.host.url, body, headers);
				expectAnswered(reply, proven && header !== door.header ? [200] : [401]);
			}),
			runs(80),
		);
	});

	it('takes no type of content but JSON', async () => {
		const body = door.event(1);
		for (const type of nastyTexts(canary.host).filter(isSendable)) {
			expectAnswered(
				await postRaw(door.host.url, body, { ...door.proof(body), 'content-type': type }),
				[415],
			);
		}
	});

	it('takes any JSON under names of its own', async () => {
		await fc.assert(
			fc.asyncProperty(nastyJson(canary.host), async (value) => {
				expectAnswered(
					await send(JSON.stringify({ ...(JSON.parse(door.event(2)) as object), other: value })),
					[200],
				);
			}),
			runs(60),
		);
	});
});
