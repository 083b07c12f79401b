import type { IDataObject } from 'n8n-workflow';

import { damage } from '../support/damage.ts';
import type { RunResult } from '../support/engine.ts';
import { anotherProcess, byId, useServices } from '../support/services.ts';
import { evaluated, inOrder, shippedNode } from '../support/shipped.ts';
import * as callRail from './support/callRail.ts';
import * as hubSpot from './support/hubSpot.ts';
import * as twilio from './support/twilio.ts';

/*
 * The node that logs a call in the workflows for CallRail, Twilio and HubSpot, on what these post; test/e2e runs the whole
 * workflows in a real n8n.
 */

const services = useServices({
	timing: { rate: { requests: 100_000 }, lookUpAfterMs: [50, 50] },
	propexo: { jobMs: 20 },
});

/** The renter of these calls, in a PMS that takes everything, and others whose numbers look like withheld ones. */
beforeEach(() => {
	const { leads } = services.emulator.propexo.data;
	for (const [id, phone_1] of [
		['lead_renter', '5125550161'],
		['lead_austin', '7378742833'],
		['lead_office', '5125550199'],
		['lead_tracking', '5125550198'],
	] as const)
		leads.add({ ...leads.get('lead_1')!, integration_id: 'int_any', id, phone_1 });
});

const created = () => services.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);
/** How each call that was logged ended, from whom to whom, and its seconds. */
const calls = () =>
	created().map((event) => [
		event.call_status,
		event.call_phone_number_from,
		event.call_phone_number_to,
		event.call_duration,
	]);

async function log(file: string, bodies: IDataObject[], on = services): Promise<RunResult> {
	const { parameters, onError } = shippedNode(file, 'Log the call');
	const items = bodies.map((body) => ({ body }));
	const settings = { items, onError, timezone: 'America/Chicago' };
	return await on.run('propexo', { ...parameters, integrationId: byId('int_any') }, settings);
}

/** The HTTP status that the sender hears. */
const statusOf = (file: string, json: IDataObject): unknown =>
	evaluated((shippedNode(file, 'Answer').parameters.options as IDataObject).responseCode, json);
const answerOf = (file: string, json: IDataObject): unknown =>
	JSON.parse(String(evaluated(shippedNode(file, 'Answer').parameters.responseBody, json)));

/** The ID of an event in the words of the sender of a workflow. */
const keyOf = (file: string, key: string): IDataObject => ({
	[{ [callRail.FILE]: 'resource_id', [twilio.FILE]: 'CallSid' }[file] ?? 'hs_object_id']: key,
});

/** Bodies with one damaged input each, and a key of their own. */
function damaged(body: IDataObject, key: string, fields: readonly string[]) {
	return damage(body, fields).map((one, index) => ({
		...one,
		body: (one.field === key
			? one.body
			: { ...one.body, [key]: `${key}-damaged-${index}` }) as IDataObject,
	}));
}

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

describe('propexo-twilio-calls', () => {
	const { FILE, postOf } = twilio;

	it('logs every end of a call for the renter, when it began', async () => {
		const posts = [
			postOf('1'),
			...twilio.ENDS.map((end) => postOf(end, twilio.notAnswered(end))),
			postOf('out', twilio.OUTGOING),
			postOf('recorded', {
				RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
			}),
		];
		const { success, error } = await log(FILE, posts);
		expect(error).toEqual([]);
		const [renter, office] = ['+15125550161', '+15125550199'];
		expect(calls()).toEqual([
			['ANSWER', renter, office, 184],
			['BUSY', renter, office, 0],
			['NO_ANSWER', renter, office, 0],
			['FAILURE_TO_CONNECT', renter, office, 0],
			['ABANDONED', renter, office, 0],
			['ANSWER', office, renter, 184],
			['ANSWER', renter, office, 184],
		]);
		for (const event of created()) expect(event.lead_id).toBe('lead_renter');
		const moments = created().map(({ event_datetime: at }) => new Date(String(at)).toISOString());
		expect([moments[0], moments[1]]).toEqual(['2026-03-01T20:30:00.000Z', '2026-03-01T20:33:04.000Z']);
		expect(created().map(({ call_audio_link: link }) => link)).toEqual([
			expect.stringContaining('/Calls/CA1.json') as string,
			...Array.from({ length: 5 }, () => expect.stringContaining('/Calls/') as string),
			expect.stringContaining('/Recordings/RE1') as string,
		]);
		expect(success.map(({ json }) => statusOf(FILE, json))).toEqual(posts.map(() => 202));
		expect(answerOf(FILE, success[0]?.json ?? {})).toMatchObject({
			recorded: null,
			reason: expect.stringContaining('not yet in the PMS') as string,
		});
	});

	it('answers 404 for an unknown number, 422 for a withheld one, 503 when nobody could be asked', async () => {
		const numbers = ['+15125557777', ...twilio.WITHHELD];
		const posts = numbers.map((From, index) => postOf(`withheld${index}`, { From, Caller: From }));
		const { success, error } = await log(FILE, posts);
		expect([success, created()]).toEqual([[], []]);
		expect(error.map(({ json }) => statusOf(FILE, json))).toEqual([
			404,
			...twilio.WITHHELD.map(() => 422),
		]);
		services.emulator.propexo.faults.add({ match: { path: '/v1/leads/' }, status: 500, times: Infinity });
		const unasked = await log(FILE, [postOf('unasked', { From: '+15125558888' })]);
		expect(unasked.error.map(({ json }) => statusOf(FILE, json))).toEqual([503]);
	});

	it('logs nothing when what it needs is missing, empty or of a wrong type', async () => {
		const cases = damaged(postOf('whole'), 'CallSid', twilio.NEEDED);
		const { error } = await log(FILE, [
			...cases.map(({ body }) => body),
			postOf('leg', { Direction: 'outbound-dial' }),
			postOf('odd', { Direction: 'constructor' }),
			postOf('soon', { CallStatus: 'in-progress' }),
		]);
		expect(error.map(({ json }, index) => [cases[index]?.what, statusOf(FILE, json)])).toEqual(
			[...cases, ...[1, 2, 3].map(() => undefined)].map((one) => [one?.what, 422]),
		);
		expect(created()).toEqual([]);
	});
});

describe('propexo-hubspot-calls', () => {
	const { FILE, callOf, OUTCOMES, OUTGOING } = hubSpot;

	it('logs every end of a call for the renter; the outcome that a person chose counts more than the status', async () => {
		const calls: Array<[string, IDataObject]> = [
			['ANSWER', {}],
			['ANSWER', { hs_call_disposition: OUTCOMES.leftLiveMessage }],
			['ANSWER', { hs_call_disposition: OUTCOMES.own }],
			['ANSWER', { hs_call_disposition: null }],
			['ANSWER', { hs_call_status: '', ...OUTGOING }],
			['NO_ANSWER', { hs_call_disposition: OUTCOMES.noAnswer, ...OUTGOING }],
			['BUSY', { hs_call_disposition: OUTCOMES.busy, ...OUTGOING }],
			['VOICEMAIL', { hs_call_disposition: OUTCOMES.leftVoicemail, ...OUTGOING }],
			[
				'VOICEMAIL',
				{ hs_call_status: 'MISSED', hs_call_has_voicemail: 'true', hs_call_disposition: null },
			],
			...(['BUSY', 'NO_ANSWER'] as const).map((status): [string, IDataObject] => [
				status,
				{ hs_call_status: status, hs_call_duration: null, hs_call_disposition: null },
			]),
			[
				'FAILURE_TO_CONNECT',
				{ hs_call_status: 'FAILED', hs_call_duration: '', hs_call_disposition: '' },
			],
			['ABANDONED', { hs_call_status: 'CANCELED', hs_call_duration: 0, hs_call_disposition: '' }],
			// Outcomes by the names that people read.
			['NO_ANSWER', { hs_call_disposition: 'No answer' }],
			['VOICEMAIL', { hs_call_disposition: 'Left voicemail' }],
			['BUSY', { hs_call_disposition: 'Busy' }],
		];
		const { success } = await log(
			FILE,
			calls.map(([, more], index) => callOf(index + 1, more)),
		);
		expect(success.map(({ json }) => statusOf(FILE, json))).toEqual(calls.map(() => 200));
		expect(created().map(({ call_status }) => call_status)).toEqual(calls.map(([status]) => status));
		for (const event of created()) expect(event.lead_id).toBe('lead_renter');
		expect(created()[0]).toMatchObject({
			call_duration: 184,
			notes: 'Asked for parking',
			call_audio_link: hubSpot.CONNECTED.hs_call_recording_url,
		});
		expect(new Date(String(created()[0]?.event_datetime)).toISOString()).toBe('2026-03-01T20:30:00.000Z');
		expect(
			created()
				.slice(9, 13)
				.map(({ call_duration }) => call_duration),
		).toEqual([0, 0, 0, 0]);
	});

	it('writes the notes of a call as people read them in HubSpot', async () => {
		const written = {
			'<p>Tom &amp; Ann</p><p>It&#39;s &quot;urgent&quot;&#x21;</p>': 'Tom & Ann\nIt\'s "urgent"!',
			'<ul><li>Two cats</li>\n<li>May<br>or June</li></ul>': 'Two cats\nMay\nor June',
			'rent &lt; 1500, &gt; 1200; 5 &amp;lt; 6 &#128512;': 'rent < 1500, > 1200; 5 &lt; 6 😀',
			'rent < 1500 and > 1200': 'rent < 1500 and > 1200',
			'<p>&nbsp;</p>': 'COMPLETED',
		};
		const calls = Object.keys(written).map((hs_call_body, index) =>
			callOf(300 + index, { hs_call_body }),
		);
		await log(FILE, calls);
		expect(created().map(({ notes }) => notes)).toEqual(Object.values(written));
	});

	it('logs no wrong number, no call that goes on, and nothing that is damaged', async () => {
		const cases = [
			...damaged(callOf(50), 'hs_object_id', [...hubSpot.NEEDED, ...hubSpot.FREE]),
			...[
				{ hs_call_disposition: OUTCOMES.wrongNumber },
				{ hs_call_disposition: 'Wrong number' },
				{ hs_call_status: 'RINGING' },
				{ hs_call_status: 'IN_PROGRESS' },
				{ hs_call_direction: 'INTERNAL' },
				{ hs_call_duration: '3 minutes' },
			].map((more, index) => ({
				...{ what: JSON.stringify(more), field: '', isBlank: false },
				body: callOf(1_000 + index, more),
			})),
		];
		const answers = inOrder(
			await log(
				FILE,
				cases.map(({ body }) => body),
			),
		);
		const isLogged = ({ isBlank, field }: (typeof cases)[number]) =>
			isBlank && hubSpot.FREE.includes(field);
		expect(answers.map((json, index) => [cases[index]?.what, statusOf(FILE, json)])).toEqual(
			cases.map((one) => [one.what, isLogged(one) ? 200 : 422]),
		);
		expect(created()).toHaveLength(cases.filter(isLogged).length);
	});

	it('tells the truth of a call that comes again, of one that was refused, and of one that is under way', async () => {
		const refused = callOf(101, { hs_call_body: '[fail]' });
		const told = (json: IDataObject) => [statusOf(FILE, json), answerOf(FILE, json)];
		const hear = async (call: IDataObject) => told(inOrder(await log(FILE, [call]))[0] ?? {});
		const heard = (status: number, answer: object) => [status, expect.objectContaining(answer)];
		expect(await hear(refused)).toEqual(heard(422, { recorded: false, outcome: 'refused' }));
		expect(await hear(refused)).toEqual(heard(422, { recorded: false, repeated: true }));
		expect(await hear(callOf(102))).toEqual(heard(200, { recorded: true, repeated: false }));
		expect(await hear(callOf(102))).toEqual(heard(202, { recorded: null, repeated: true }));
		// What the node gives when the time for waiting is up.
		expect(told({ job_id: 'job_1', write_status: 'PENDING' })).toEqual(
			heard(202, { recorded: null, repeated: false, write_status: 'PENDING' }),
		);
		expect(await hear(callOf(104, { hs_call_from_number: '+15125557777' }))).toEqual(
			heard(404, { recorded: false }),
		);
	});
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
