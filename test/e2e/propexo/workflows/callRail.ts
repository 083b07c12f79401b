import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { callOf, FILE } from '../../../engine/propexo/support/callRail.ts';
import { idle } from '../../../support/executions.ts';
import { addRenter, publishSender } from '../../support/senders.ts';
import type { Shop } from '../../support/shipped.ts';

const KEY = 'the secret token of a company';

/** As CallRail writes JSON: some characters by their numbers, so that only the bytes that came have its signature. */
const written = (call: IDataObject): string => JSON.stringify(call).replaceAll('&', '\\u0026');

/** A call that is posted without the field for a recording. */
const withoutRecording = (kind: string, more: IDataObject): IDataObject => {
	const { recording: _, ...call } = callOf(kind, more);
	return call;
};

export function callRail(shop: Shop): void {
	let webhook: string;
	let id: string;
	let posts = 0;

	beforeAll(async () => {
		const credential = { node: 'Signature', type: 'crypto', data: { hmacSecret: KEY } };
		({ id, webhook } = await publishSender(shop(), FILE, credential));
	});

	beforeEach(() => addRenter(shop()));

	/** Posts calls at once, signed with a key, and waits until n8n is done with them; gives what was answered. */
	async function post(calls: IDataObject[], key = KEY): Promise<number[]> {
		const send = async (call: IDataObject) => {
			const body = written(call);
			const signature = createHmac('sha1', key).update(body).digest('base64');
			const headers = { 'content-type': 'application/json', signature };
			return (await fetch(webhook, { method: 'POST', headers, body })).status;
		};
		const answers = await Promise.all(calls.map(send));
		posts += calls.length;
		await idle(shop().instance.session, id, posts);
		return answers;
	}

	const created = () => shop().created('propexo');

	it('logs what CallRail has signed, in and out, once, and answers 200 at once', async () => {
		const answered = callOf('answered');
		const calls = [
			answered,
			callOf('missed'),
			callOf('voicemail'),
			callOf('outgoing, answered'),
			// Marked as spam, and what comes before the call has ended.
			callOf('answered', { resource_id: 'CAL spam', spam: true }),
			withoutRecording('missed', { resource_id: 'CAL before', duration: '0' }),
			// Of some calls CallRail has no recording in time.
			withoutRecording('outgoing, not answered', { resource_id: 'CAL unrecorded', duration: '20' }),
		];
		expect(await post(calls)).toEqual(calls.map(() => 200));
		// *Call Modified*.
		expect(await post([{ ...answered, tags: ['Tour'], changes: ['tags'] }])).toEqual([200]);
		expect(
			created()
				.map((event) => String(event['call_status']))
				.sort(),
		).toEqual([...['ANSWER', 'ANSWER', 'NO_ANSWER', 'NO_ANSWER', 'VOICEMAIL']]);
		for (const event of created()) expect(event['lead_id']).toBe('lead_renter');
		expect(shop().chat.said()).toEqual([]);
	});

	it('tells a person of a caller whom nobody knows, or who withholds the number', async () => {
		const stranger = callOf('missed', {
			...{ resource_id: 'CAL stranger', customer_phone_number: '+15125557777' },
		});
		const withheld = { ...stranger, resource_id: 'CAL withheld', customer_phone_number: '+7378742833' };
		addRenter(shop(), 'lead_austin', '7378742833');
		expect(await post([stranger])).toEqual([200]);
		expect(await post([withheld])).toEqual([200]);
		expect(shop().chat.said()).toEqual([
			expect.stringMatching(
				/^A call of CallRail was not logged: WIRELESS CALLER, \+15125557777, Missed Call, 2026-03-01T.*https:.* No lead of .* has the phone number/,
			),
			expect.stringContaining("'Lead' must be a number in the USA or Canada"),
		]);
		expect(created()).toEqual([]);
	});

	it('logs nothing that CallRail has not signed, and tells a person of it and of what the PMS refuses', async () => {
		await fetch(webhook, { method: 'POST', body: 'no call' });
		posts++;
		await post([callOf('answered', { resource_id: 'CAL forged' })], 'another key');
		expect(shop().chat.said()).toEqual([1, 2].map(() => expect.stringContaining('was not signed')));
		expect(created()).toEqual([]);
		await post([callOf('answered', { resource_id: 'CAL refused', note: '[fail]' })]);
		expect(shop().chat.said()[2]).toContain('The PMS refused it');
		await post([{ resource_id: 'SCI message', customer_phone_number: '+15125550161', content: 'Hello' }]);
		expect(shop().chat.said()[3]).toMatch(/not the end of a call.* SCI message, \+15125550161$/);
		expect(created()).toHaveLength(1);
	});
}
