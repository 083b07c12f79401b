import { startEmulator, type Emulator } from '../../../../emulator/index.ts';
import { clientsOf, complaints, dig, type Reply } from '../support/client.ts';

/** A value for every field of the API's document and the two newer ones. */
const EVERY_FIELD = {
	integration_id: 'int_any',
	lead_id: 'lead_1',
	event_type_id: 'etype_1',
	event_result_id: 'eres_1',
	event_sub_type_id: 'esub_1',
	employee_id: 'emp_1',
	unit_id: 'unit_1',
	event_datetime: '2026-03-01T09:30:00-07:00',
	reasons_for_event: 'Wants two bedrooms',
	notes: 'Called back',
	appointment_datetime: '2026-03-02T10:00:00Z',
	time_from: '09:30:00',
	time_to: '10:00:00',
	title: 'Tour',
	call_phone_number_from: '2125550100',
	call_phone_number_to: '2125550101',
	call_status: 'ANSWER',
	call_duration: 0,
	call_audio_link: 'https://calls.example.com/1.mp3',
	email_body: 'Hello',
	email_subject: 'Your tour',
	email_from: 'agent@example.com',
	email_to: 'maria.alvarez1@example.com',
	email_cc: 'cc@example.com',
	email_bcc: 'bcc@example.com',
	email_send: false,
	status: 'ACTIVE',
	event_name: 'CallToProspect',
	call_recording_url: 'https://calls.example.com/1.wav',
	lead_source_id: 'lsrc_1',
	agent_name: 'Avery Cole',
	rent_amount_in_cents: 150000,
};
const BASE = { integration_id: 'int_any', lead_id: 'lead_1' };

let emulator: Emulator;
let createLeadEvent: (body: unknown, query?: string) => Promise<Reply>;

beforeAll(async () => {
	emulator = await startEmulator({ propexo: { limit: 100_000, slowMs: 0 } });
	({ createLeadEvent } = clientsOf(emulator));
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());

describe('an accepted lead event', () => {
	it.each(['int_any', 'int_entrata_1'])('may carry every field at %s', async (integration_id) => {
		const body = { ...EVERY_FIELD, integration_id };
		const reply = await createLeadEvent(body);
		expect(reply.status).toBe(200);
		expect(dig(reply.json, 'data')).toEqual(body);
		expect(emulator.propexo.ledger.created.map((entry) => entry.body)).toEqual([body]);
	});

	it('is echoed with null for what was not given, under the ID of its job', async () => {
		const reply = await createLeadEvent(BASE);
		expect(Object.keys(dig(reply.json, 'data') as object).sort()).toEqual(
			Object.keys(EVERY_FIELD).sort(),
		);
		expect(dig(reply.json, 'data.notes')).toBeNull();
		expect(dig(reply.json, 'job_id')).toBe(emulator.propexo.ledger.created[0]?.id);
	});

	it('is answered in the other documented shape when that is set', async () => {
		emulator.propexo.settings.replyShape = 'meta';
		const reply = await createLeadEvent(BASE);
		expect(Object.keys(reply.json as object)).toEqual(['meta', 'result']);
		expect(dig(reply.json, 'meta.job_id')).toBe(emulator.propexo.ledger.created[0]?.id);
	});
});

describe('a body that does not keep to the schema', () => {
	it.each([
		['an unknown key', { ...BASE, foo: 1 }, ['unrecognized_keys']],
		['a text that is too long', { ...BASE, notes: 'x'.repeat(257) }, ['notes too_big']],
		['a number as text', { ...BASE, title: 7 }, ['title invalid_type']],
		['null', { ...BASE, title: null }, ['title invalid_type']],
		['a value that is not in the list', { ...BASE, status: 'GONE' }, ['status invalid_enum_value']],
		[
			'a date without time and offset',
			{ ...BASE, event_datetime: '2026-03-01' },
			['event_datetime invalid_string'],
		],
		[
			'a time without offset',
			{ ...BASE, event_datetime: '2026-03-01T09:30:00' },
			['event_datetime invalid_string'],
		],
		[
			'a blank between date and time',
			{ ...BASE, event_datetime: '2026-03-01 09:30:00Z' },
			['event_datetime invalid_string'],
		],
		[
			'a link that is none',
			{ ...BASE, call_recording_url: 'nowhere' },
			['call_recording_url invalid_string'],
		],
		['a negative rent', { ...BASE, rent_amount_in_cents: -1 }, ['rent_amount_in_cents too_small']],
		['an empty event name', { ...BASE, event_name: '' }, ['event_name too_small']],
		['a text for a boolean', { ...BASE, email_send: 'true' }, ['email_send invalid_type']],
		['no integration', { lead_id: 'lead_1' }, ['integration_id invalid_type']],
	])('is refused: %s', async (_what, body, expected) => {
		const reply = await createLeadEvent(body);
		expect(reply.status).toBe(400);
		expect(complaints(reply)).toEqual(expected);
		expect(emulator.propexo.ledger.created).toEqual([]);
	});

	it.each([
		[-1, 'too_small'],
		[86_401, 'too_big'],
		[1.5, 'invalid_type'],
		['30', 'invalid_type'],
	])('is refused for a call duration of %p', async (call_duration, code) => {
		const reply = await createLeadEvent({ ...EVERY_FIELD, call_duration });
		expect(complaints(reply)).toEqual([`call_duration ${code}`]);
	});

	it('takes the bounds themselves', async () => {
		const longest = { ...EVERY_FIELD, call_duration: 86_400, notes: 'x'.repeat(256) };
		expect((await createLeadEvent(longest)).status).toBe(200);
	});

	it('tells every violation at once, in the documented shape', async () => {
		const reply = await createLeadEvent({ integration_id: 'int_any', foo: 1, bar: 2, notes: 5 });
		expect(reply.json).toEqual({
			error: {
				code: 'invalid_request',
				message: 'invalid request',
				details: {
					details: {
						issues: [
							{
								code: 'invalid_type',
								expected: 'string',
								received: 'number',
								path: ['notes'],
								message: 'Expected string, received number',
							},
							{
								code: 'unrecognized_keys',
								keys: ['foo', 'bar'],
								path: [],
								message: "Unrecognized key(s) in object: 'foo', 'bar'",
							},
						],
						name: 'ZodError',
					},
				},
			},
		});
	});

	it('loses its unknown keys instead when it asks for that', async () => {
		const reply = await createLeadEvent({ ...BASE, foo: 1 }, '?ignore_unknown_fields=true');
		expect(reply.status).toBe(200);
		expect(emulator.propexo.ledger.created[0]?.body).toEqual(BASE);
	});

	it.each(['{bad', '[1]', '"text"', ''])('is refused when it is no object: %p', async (body) => {
		const reply = await createLeadEvent(body);
		expect(reply.status).toBe(400);
		expect(dig(reply.json, 'error.code')).toBe('invalid_request');
	});
});

describe('the rules that the documents give in prose', () => {
	it('need all five call fields for a call, by its name or by any of the five', async () => {
		const { call_status, call_duration, ...rest } = EVERY_FIELD;
		expect(complaints(await createLeadEvent(rest))).toEqual([
			'call_duration invalid_type',
			'call_status invalid_type',
		]);
		expect(complaints(await createLeadEvent({ ...BASE, event_name: 'CallFromProspect' }))).toHaveLength(
			5,
		);
		expect(complaints(await createLeadEvent({ ...BASE, call_status, call_duration }))).toHaveLength(3);
	});

	it('need the sender of an e-mail that goes out', async () => {
		expect(complaints(await createLeadEvent({ ...BASE, email_send: true }))).toEqual([
			'email_from invalid_type',
		]);
		expect(
			(await createLeadEvent({ ...BASE, email_send: true, email_from: 'a@example.com' })).status,
		).toBe(200);
	});

	it("take no other address in email_to than the lead's own", async () => {
		expect(complaints(await createLeadEvent({ ...BASE, email_to: 'other@example.com' }))).toEqual([
			'email_to custom',
		]);
	});

	it('need the rent for a signed lease', async () => {
		const reply = await createLeadEvent({ ...BASE, event_name: 'LeaseSign' });
		expect(complaints(reply)).toEqual(['rent_amount_in_cents invalid_type']);
	});
});

describe('what a body refers to', () => {
	it('must be an integration and a lead that exist', async () => {
		expect(complaints(await createLeadEvent({ ...BASE, integration_id: 'int_none' }))).toEqual([
			'integration_id custom',
		]);
		const rentManager = { integration_id: 'int_rentmanager_1', event_name: 'NOTE' };
		expect(complaints(await createLeadEvent({ ...rentManager, lead_id: 'lead_0' }))).toEqual([
			'lead_id custom',
		]);
		expect((await createLeadEvent({ ...rentManager, lead_id: 'lead_1' })).status).toBe(200);
	});

	it('must belong to the same integration when that is set', async () => {
		emulator.propexo.settings.references = 'integration';
		const entrata = { integration_id: 'int_entrata_1', event_datetime: '2026-03-01T09:30:00Z' };
		const own = emulator.propexo.data.eventTypes.rows.find(
			(type) => type.integration_id === 'int_entrata_1',
		);
		const foreign = await createLeadEvent({ ...entrata, lead_id: 'lead_1', event_type_id: 'etype_1' });
		expect(complaints(foreign)).toEqual(['event_type_id custom', 'lead_id custom']);
		expect(
			(await createLeadEvent({ ...entrata, lead_id: 'lead_2', event_type_id: own?.id })).status,
		).toBe(200);
	});
});

describe("a PMS's own rules", () => {
	const at = '2026-03-01T09:30:00Z';
	it.each([
		['int_yardi_1', { event_name: 'Show', event_datetime: at, agent_name: 'Avery' }],
		['int_resman_1', { event_name: 'TextToProspect', event_datetime: at }],
		['int_realpage_1', { event_name: 'Visit (return)' }],
		[
			'int_realpage_rpx_1',
			{ employee_id: 'emp_1', event_type_id: 'etype_1', event_datetime: at, status: 'LOST' },
		],
		['int_rentmanager_1', { event_name: 'VISIT', notes: 'Came by' }],
		['int_propertyware_1', { event_name: 'Anything at all', notes: 'Came by' }],
		['int_mri_1', { event_type_id: 'etype_1', event_datetime: at }],
	])('are met at %s', async (integration_id, event) => {
		expect((await createLeadEvent({ integration_id, lead_id: 'lead_1', ...event })).status).toBe(200);
		const [field] = Object.keys(event);
		const without = { integration_id, lead_id: 'lead_1', ...event, [field as string]: undefined };
		expect(complaints(await createLeadEvent(without))).toContain(`${field} invalid_type`);
		const unsupported = { integration_id, lead_id: 'lead_1', ...event, email_subject: 'Hello' };
		expect(complaints(await createLeadEvent(unsupported))).toEqual(['unrecognized_keys']);
		expect((await createLeadEvent(unsupported, '?ignore_unknown_fields=true')).status).toBe(200);
		emulator.propexo.settings.vendorRules = false;
		expect((await createLeadEvent(unsupported)).status).toBe(200);
	});

	it.each([
		['int_yardi_1', 'Visit'],
		['int_resman_1', 'SelfGuidedTour'],
		['int_realpage_1', 'Show'],
		['int_rentmanager_1', 'Note'],
	])('refuse at %s the event name %s', async (integration_id, event_name) => {
		const reply = await createLeadEvent({ integration_id, lead_id: 'lead_1', event_name });
		expect(complaints(reply)).toContain('event_name invalid_enum_value');
	});

	it('refuse every lead event where the PMS takes none', async () => {
		const reply = await createLeadEvent({ integration_id: 'int_appfolio_1', lead_id: 'lead_9' });
		expect(reply.status).toBe(400);
		expect(dig(reply.json, 'error.message')).toMatch(/does not support/);
	});
});
