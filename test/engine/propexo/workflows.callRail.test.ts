import type { IDataObject } from 'n8n-workflow';

import { anotherProcess } from '../support/services.ts';
import { evaluated, inOrder, shippedNode } from '../support/shipped.ts';
import * as callRail from './support/callRail.ts';
import { damaged, useCalls } from './support/calls.ts';
import * as twilio from './support/twilio.ts';

const { services, created, calls, log } = useCalls();

describe('propexo-callrail-calls', () => {
	const { FILE, callOf, CALLS } = callRail;

	it('logs every end of a call for the customer, whether the customer or the office called', async () => {
		const kinds = Object.keys(CALLS);
		const { error } = await log(
			FILE,
			kinds.map((kind) => callOf(kind)),
		);
		expect(error).toEqual([]);
		const [customer, tracking] = ['+15125550161', '+15125550198'];
		expect(calls()).toEqual([
			['ANSWER', customer, tracking, 184],
			['NO_ANSWER', customer, tracking, 15],
			['ABANDONED', customer, tracking, 15],
			['VOICEMAIL', customer, tracking, 15],
			['ANSWER', tracking, customer, 184],
			['NO_ANSWER', tracking, customer, 0],
		]);
		for (const event of created()) expect(event.lead_id).toBe('lead_renter');
		expect(created()[0]).toMatchObject({
			event_datetime: '2026-03-01T14:30:00.236-06:00',
			call_audio_link: callRail.ANSWERED.recording,
			notes: 'Asked for parking',
		});
		expect(created()[1]).toMatchObject({
			...{ call_audio_link: callRail.ANSWERED.timeline_url, notes: 'Missed Call' },
		});
		expect(created()[3]).toMatchObject({ notes: 'Please call me back about the two-bedroom' });
	});

	it('skips a call that comes again with tags and another note', async () => {
		await log(FILE, [callOf('missed', { resource_id: 'CAL again' })]);
		const { success } = await log(FILE, [
			callOf('missed', {
				resource_id: 'CAL again',
				tags: ['Tour'],
				note: 'Called back',
				changes: ['tags', 'note'],
			}),
		]);
		expect(success).toMatchObject([{ json: { skipped: true } }]);
		expect(created()).toHaveLength(1);
	});

	it('logs no call of an unknown or withheld number, and says so', async () => {
		const numbers = ['+15125557777', ...twilio.WITHHELD, '', 'Unknown'];
		const { success, error } = await log(
			FILE,
			numbers.map((customer_phone_number, index) =>
				callOf('answered', { resource_id: `CAL ${index}`, customer_phone_number }),
			),
		);
		expect([success, created()]).toEqual([[], []]);
		const said = error.map(({ json }) => String(json.error));
		expect(said[0]).toContain("No lead of Any PMS has the phone number in 'Lead'");
		for (const one of said.slice(1)) expect(one).toContain("'Lead'");
	});

	it('logs the call of a person who was added since, when CallRail sends it again', async () => {
		const call = callOf('missed', { resource_id: 'CAL new', customer_phone_number: '+15125556666' });
		expect((await log(FILE, [call])).error).toHaveLength(1);
		const { leads } = services.emulator.propexo.data;
		leads.add({ ...leads.get('lead_renter')!, id: 'lead_new', phone_1: '5125556666' });
		// For a few seconds a process believes that nobody has the number.
		const later = anotherProcess(services);
		await log(FILE, [{ ...call, tags: ['Known now'], changes: ['tags'] }], later);
		expect(created()).toMatchObject([{ lead_id: 'lead_new', call_status: 'NO_ANSWER' }]);
	});

	it('logs no call whose end is not told, and none of which something else is damaged', async () => {
		const cases = [
			...damaged(callOf('answered'), 'resource_id', [...callRail.NEEDED, ...callRail.FREE]),
			...[
				{ answered: null, call_type: 'inbound' },
				{ answered: 'yes', call_type: '' },
			].map((more) => ({
				...{ what: JSON.stringify(more), field: 'answered', isBlank: false },
				body: callOf('answered', { resource_id: JSON.stringify(more), ...more }),
			})),
		];
		const outputs = inOrder(
			await log(
				FILE,
				cases.map(({ body }) => body),
			),
		);
		const isLogged = ({ isBlank, field }: (typeof cases)[number]) =>
			isBlank && callRail.FREE.includes(field);
		expect(outputs.map(({ error }, index) => [cases[index]?.what, error === undefined])).toEqual(
			cases.map((one) => [one.what, isLogged(one)]),
		);
		expect(created()).toHaveLength(cases.filter(isLogged).length);
	});
});

describe('what CallRail posts', () => {
	/** The outputs that a post goes to, by the switch of the workflow; none lets it pass. */
	function waysOf(body: unknown, signature = 'signed'): unknown[] {
		const { rules } = shippedNode(callRail.FILE, 'From CallRail?').parameters as {
			rules: { values: Array<{ outputKey: string; conditions: IDataObject }> };
		};
		const item = { body, headers: { signature }, signature: 'signed' } as IDataObject;
		const holds = ({ leftValue, rightValue, operator }: IDataObject): boolean => {
			const left = evaluated(leftValue, item);
			if ((operator as IDataObject).type === 'boolean')
				return left === ((operator as IDataObject).operation === 'true');
			return (
				(left === evaluated(rightValue, item)) === ((operator as IDataObject).operation === 'equals')
			);
		};
		return rules.values
			.filter(({ conditions: { combinator, conditions } }) =>
				combinator === 'and'
					? (conditions as IDataObject[]).every(holds)
					: (conditions as IDataObject[]).some(holds),
			)
			.map(({ outputKey }) => outputKey);
	}

	const { recording: _, ...unrecorded } = callRail.callOf('missed');
	const { duration: __, ...unmeasured } = unrecorded;

	it.each<[string, unknown, string | undefined]>([
		['the end of a call', callRail.callOf('answered'), 'A call that ended'],
		['a call without a recording', unrecorded, 'A call that ended'],
		['a call of no length', callRail.callOf('outgoing, not answered'), 'A call that ended'],
		['spam', callRail.callOf('answered', { spam: true }), undefined],
		['spam without a length', { ...unmeasured, spam: true }, undefined],
		['what comes before the end', { ...unrecorded, duration: '0' }, undefined],
		['a call without a length', unmeasured, 'Not signed, or no call'],
		['a text message', { resource_id: 'SCI1', content: 'Hello' }, 'Not signed, or no call'],
		['a form', { resource_id: 'FRI1', form_data: { name: 'Ana' } }, 'Not signed, or no call'],
		['nothing', undefined, 'Not signed, or no call'],
	])('%s is logged, left out or told', (_what, body, way) => {
		expect(waysOf(body)).toEqual(way === undefined ? [] : [way]);
		expect(waysOf(body, 'forged')).toEqual(['Not signed, or no call']);
	});
});
