import type { IDataObject } from 'n8n-workflow';

import { anotherProcess, byId } from '../support/services.ts';
import { shippedNode } from '../support/shipped.ts';
import * as callRail from './support/callRail.ts';
import { statusOf, useCalls } from './support/calls.ts';
import * as hubSpot from './support/hubSpot.ts';
import * as twilio from './support/twilio.ts';

const { services, created, log } = useCalls();

/** The ID of an event in the words of the sender of a workflow. */
const keyOf = (file: string, key: string): IDataObject => ({
	[{ [callRail.FILE]: 'resource_id', [twilio.FILE]: 'CallSid' }[file] ?? 'hs_object_id']: key,
});

/** A call in and a call out, as each sender posts them. */
const BOTH_WAYS: Array<[file: string, incoming: IDataObject, outgoing: IDataObject]> = [
	[callRail.FILE, callRail.callOf('answered'), callRail.callOf('outgoing, answered')],
	[twilio.FILE, twilio.postOf('noteIn'), twilio.postOf('noteOut', twilio.OUTGOING)],
	[hubSpot.FILE, hubSpot.callOf(201), hubSpot.callOf(202, hubSpot.OUTGOING)],
];

it.each(BOTH_WAYS)('%s logs no call of a number that two leads have, and says so', async (file, ...calls) => {
	const { leads } = services.emulator.propexo.data;
	const LATER = { created_at: '2030-01-01T00:00:00Z' };
	leads.add({ ...leads.get('lead_renter')!, id: 'lead_son', first_name: 'Ben', ...LATER });
	const bodies = calls.map((body, index) => ({ ...body, ...keyOf(file, `${file}family${index}`) }));
	// For a few seconds a process believes that nobody else has the number.
	const later = anotherProcess(services);
	const { success, error } = await log(file, bodies, later);
	expect([success, created()]).toEqual([[], []]);
	expect(error.map(({ json }) => json.error)).toEqual(
		bodies.map(() => expect.stringContaining('2 leads of Any PMS have the phone number')),
	);
	if (file !== callRail.FILE) expect(error.map(({ json }) => statusOf(file, json))).toEqual([422, 422]);
});

describe.each(BOTH_WAYS)('%s, what the canvas says to fill in', (file, incoming, outgoing) => {
	const { content } = shippedNode(file, 'About event types').parameters;
	const [eventType, eventName] = [...String(content).matchAll(/`(\{\{ .+? \}\})`/g)].map(
		([, code]) => `=${code}`,
	);

	/** Logs a call in and a call out for a lead of an integration. */
	async function logBoth(integration: string, leadId: string, parameters: IDataObject) {
		const { parameters: shipped, onError } = shippedNode(file, 'Log the call');
		const { leads } = services.emulator.propexo.data;
		leads.add({ ...leads.get(leadId)!, phone_1: '5125550161' });
		const { success } = await services.run(
			'propexo',
			{ ...shipped, integrationId: byId(integration), ...parameters },
			{
				items: [incoming, outgoing].map((body, index) => ({
					body: { ...body, ...keyOf(file, `${file}${integration}${index}`) },
				})),
				...{ onError, timezone: 'America/Chicago' },
			},
		);
		expect(success.map(({ json }) => json.error)).toEqual([undefined, undefined]);
		return created();
	}

	it('makes a call in and a call out of it in Entrata', async () => {
		const events = await logBoth('int_entrata_1', 'lead_2', {
			eventTypeId: { __rl: true, mode: 'name', value: eventType },
		});
		const { rows } = services.emulator.propexo.data.eventTypes;
		expect(events.map(({ event_type_id: id }) => rows.find((row) => row.id === id)?.['name'])).toEqual([
			'Incoming Call',
			'Outgoing Call',
		]);
	});

	it('and in Yardi', async () => {
		const events = await logBoth('int_yardi_1', 'lead_1', {
			eventName,
			additionalFields: { agentName: 'Jordan Smith' },
		});
		expect(events.map(({ event_name }) => event_name)).toEqual(['CallFromProspect', 'CallToProspect']);
	});
});
