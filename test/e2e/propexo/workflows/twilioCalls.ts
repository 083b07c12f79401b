import type { IDataObject } from 'n8n-workflow';

import { FILE, notAnswered, OUTGOING, postOf } from '../../../engine/propexo/support/twilio.ts';
import { addRenter, publishSender } from '../../support/senders.ts';
import type { Shop } from '../../support/shipped.ts';

const PASSWORD = { user: 'twilio', password: 'onlyLettersAndDigits1' };

export function twilioCalls(shop: Shop): void {
	let webhook: string;

	beforeAll(async () => {
		const credential = { node: 'Call status', type: 'httpBasicAuth', data: PASSWORD };
		({ webhook } = await publishSender(shop(), FILE, credential));
	});

	beforeEach(() => addRenter(shop()));

	/** Posts as Twilio does: a form, first without a password, and with it once it was asked for. */
	async function post(fields: IDataObject): Promise<{ status: number; answer: IDataObject }> {
		const send = async (headers: Record<string, string> = {}) =>
			await fetch(webhook, {
				method: 'POST',
				headers,
				body: new URLSearchParams(fields as Record<string, string>),
			});
		const first = await send();
		await first.arrayBuffer();
		expect([first.status, first.headers.get('www-authenticate')]).toEqual([
			401,
			expect.stringMatching(/^Basic realm=/),
		]);
		const { user, password } = PASSWORD;
		const second = await send({
			authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
		});
		return { status: second.status, answer: (await second.json()) as IDataObject };
	}

	const created = () => shop().created('propexo');

	it('logs the end of a call, once, and nothing that comes before it', async () => {
		const began = ['queued', 'ringing', 'in-progress'].map((CallStatus, index) =>
			postOf('1', { CallStatus, SequenceNumber: `${index}` }),
		);
		for (const before of [...began, postOf('leg', { Direction: 'outbound-dial', ParentCallSid: 'CA1' })])
			expect(await post(before)).toMatchObject({ status: 200, answer: { recorded: false } });
		expect(created()).toEqual([]);
		expect(await post(postOf('1'))).toMatchObject({
			status: 202,
			answer: { recorded: null, repeated: false, job_id: expect.any(String) as string },
		});
		expect(await post(postOf('1'))).toMatchObject({ status: 202, answer: { repeated: true } });
		expect(await post(postOf('2', { ...OUTGOING, ...notAnswered('no-answer') }))).toMatchObject({
			status: 202,
			answer: { repeated: false },
		});
		expect(created()).toMatchObject([
			{
				...{ lead_id: 'lead_renter', call_status: 'ANSWER', call_duration: 184 },
				...{ call_phone_number_from: '+15125550161', event_datetime: '2026-03-01T14:30:00-06:00' },
			},
			{ lead_id: 'lead_renter', call_status: 'NO_ANSWER', call_phone_number_from: '+15125550199' },
		]);
		expect(shop().chat.said()).toEqual([]);
	});

	it('answers what does not help to repeat, and what does, and tells a person', async () => {
		addRenter(shop(), 'lead_austin', '7378742833');
		const stranger = { From: '+15125557777', Caller: '+15125557777' };
		const withheld = { From: '+7378742833', Caller: '+7378742833' };
		expect(await post(postOf('3', stranger))).toMatchObject({ status: 404, answer: { recorded: false } });
		expect(await post(postOf('4', withheld))).toMatchObject({ status: 422, answer: { recorded: false } });
		expect(await post(postOf('5', { Timestamp: 'yesterday' }))).toMatchObject({
			status: 422,
			answer: { reason: expect.stringContaining('Event Date and Time') as string },
		});
		const { faults } = shop().instance.emulator.propexo;
		faults.add({ match: { method: 'POST' }, status: 401, body: { error: 'No' } });
		expect(await post(postOf('6'))).toMatchObject({ status: 503, answer: { recorded: false } });
		faults.clear();
		expect(await post(postOf('6'))).toMatchObject({ status: 202, answer: { repeated: false } });
		expect(created()).toHaveLength(1);
		expect(shop().chat.said()).toEqual([
			expect.stringMatching(
				/^A call of Twilio was not logged: inbound, \+15125557777 → \+15125550199, completed, Sun, 01 Mar 2026 .* No lead of /,
			),
			...Array.from({ length: 3 }, () => expect.stringMatching(/^A call of Twilio was not logged: /)),
		]);
	});
}
