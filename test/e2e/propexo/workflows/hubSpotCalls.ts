import type { IDataObject } from 'n8n-workflow';

import { callOf, FILE, OUTCOMES, OUTGOING } from '../../../engine/propexo/support/hubSpot.ts';
import { eventually } from '../../../support/until.ts';
import { addRenter, publishSender } from '../../support/senders.ts';
import type { Shop } from '../../support/shipped.ts';

const KEY = { name: 'X-Api-Key', value: 'a long random value' };

export function hubSpotCalls(shop: Shop): void {
	let webhook: string;

	beforeAll(async () => {
		const credential = { node: 'HubSpot call', type: 'httpHeaderAuth', data: KEY };
		({ webhook } = await publishSender(shop(), FILE, credential));
	});

	beforeEach(() => addRenter(shop()));

	async function post(
		call: IDataObject,
		key = KEY.value,
	): Promise<{ status: number; answer?: IDataObject }> {
		const headers = { 'content-type': 'application/json', [KEY.name]: key };
		const response = await fetch(webhook, { method: 'POST', headers, body: JSON.stringify(call) });
		const text = await response.text();
		return {
			status: response.status,
			...(key === KEY.value && { answer: JSON.parse(text) as IDataObject }),
		};
	}

	it('logs calls in and out, each once, and answers with the ID that the PMS gave it', async () => {
		const calls = [callOf(1), callOf(2, { ...OUTGOING, hs_call_disposition: OUTCOMES.noAnswer })];
		for (const call of calls) {
			expect(await post(call)).toMatchObject({
				status: 200,
				answer: { recorded: true, repeated: false, record_id: expect.any(String) as string },
			});
			expect(await post(call)).toMatchObject({ status: 202, answer: { repeated: true } });
		}
		expect(shop().created('propexo')).toMatchObject([
			{ lead_id: 'lead_renter', call_status: 'ANSWER', call_duration: 184, notes: 'Asked for parking' },
			{ lead_id: 'lead_renter', call_status: 'NO_ANSWER', call_phone_number_from: '+15125550199' },
		]);
	});

	it('answers 404 for a stranger, 422 for a wrong number and what is refused, and tells a person; 403 to anybody else', async () => {
		addRenter(shop(), 'lead_mother', '5125550162');
		addRenter(shop(), 'lead_son', '5125550162');
		expect(await post(callOf(3, { hs_call_from_number: '+15125557777' }))).toMatchObject({ status: 404 });
		expect(await post(callOf(7, { hs_call_from_number: '+15125550162' }))).toMatchObject({
			status: 422,
			answer: { reason: expect.stringContaining('2 leads of') as string },
		});
		expect(await post(callOf(4, { hs_call_disposition: OUTCOMES.wrongNumber }))).toMatchObject({
			status: 422,
			answer: { reason: expect.stringContaining('Call Status') as string },
		});
		expect(await post(callOf(5), 'a guess')).toEqual({ status: 403 });
		expect(shop().created('propexo')).toEqual([]);
		expect(await post(callOf(6, { hs_call_body: '[fail]' }))).toMatchObject({
			status: 422,
			answer: { recorded: false, outcome: 'refused' },
		});
		await eventually(() => expect(shop().chat.said()).toHaveLength(4));
		const [stranger, family, , refused] = shop().chat.said();
		expect(stranger).toMatch(
			/^A call of HubSpot was not logged: INBOUND, \+15125557777 → \+15125550199, COMPLETED, 2026-03-01T.*, call 3\. No lead of/,
		);
		expect(family).toContain('2 leads of');
		expect(refused).toMatch(/The PMS refused it.*it is tried once more/);
	});
}
