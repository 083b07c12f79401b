import { idsAt } from '../support/propexoIds.ts';
import { clientsOf, complaints, dig } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

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

const emulator = useEmulator({ propexo: { limit: 100_000, slowMs: 0 } });
const { createLeadEvent } = clientsOf(emulator);

describe('an accepted lead event', () => {
	it.each(['int_any', 'int_entrata_1'])('may carry every field at %s', async (integration_id) => {
		const own = idsAt(emulator, integration_id === 'int_any' ? 'int_yardi_1' : integration_id);
		const lead = emulator.propexo.data.leads.get(own.lead_id);
		const body = { ...EVERY_FIELD, integration_id, ...own, email_to: lead?.email_1 };
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
			'an offset without its colon',
			{ ...BASE, event_datetime: '2026-03-01T09:30:00-0700' },
			['event_datetime invalid_string'],
		],
		[
			'an offset in hours alone',
			{ ...BASE, event_datetime: '2026-03-01T09:30:00-07' },
			['event_datetime invalid_string'],
		],
		[
			'a link with a bracket',
			{ ...BASE, call_audio_link: 'https://calls.example.com/[1].mp3' },
			['call_audio_link invalid_string'],
		],
		[
			'a day that no month has',
			{ ...BASE, event_datetime: '2026-02-30T09:30:00Z' },
			['event_datetime invalid_string'],
		],
		['notes that are too long in UTF-16', { ...BASE, notes: '😀'.repeat(129) }, ['notes too_big']],
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

	it.each([
		{ call_audio_link: 's3://recordings/1.mp3', call_recording_url: 'urn:recording:1' },
		{ event_datetime: '2026-03-01t09:30:00.123456z' },
		{ email_from: 'Maria <maria@example.com>', email_cc: 'a@example.com, b@example.com' },
		{ time_from: '2:30 PM', time_to: '15:00:00-06:00' },
		{ call_phone_number_from: 'anonymous', call_phone_number_to: 'sip:agent@example.com' },
		{ notes: '' },
	])('takes all that the document allows: %j', async (fields) => {
		expect((await createLeadEvent({ ...BASE, ...fields })).status).toBe(200);
	});

	it('fails for a text with a NUL, which PostgreSQL does not take', async () => {
		const reply = await createLeadEvent({ ...BASE, notes: 'Called\0 back' });
		expect(reply.status).toBe(500);
		expect(emulator.propexo.ledger.created).toEqual([]);
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
	it('need all five call fields for a call, which its name tells', async () => {
		const { call_status, call_duration, ...rest } = EVERY_FIELD;
		expect(complaints(await createLeadEvent(rest))).toEqual([
			'call_duration invalid_type',
			'call_status invalid_type',
		]);
		expect(complaints(await createLeadEvent({ ...BASE, event_name: 'CallFromProspect' }))).toHaveLength(
			5,
		);
		// A tour that was arranged by telephone is no call event.
		const tour = { ...BASE, event_name: 'Appointment', call_status, call_duration };
		expect((await createLeadEvent(tour)).status).toBe(200);
	});

	it('need the sender of an email that goes out', async () => {
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
		const { lead_id } = idsAt(emulator, 'int_rentmanager_1');
		expect((await createLeadEvent({ ...rentManager, lead_id })).status).toBe(200);
	});

	it.each([
		'lead_id',
		'event_type_id',
		'event_sub_type_id',
		'event_result_id',
		'employee_id',
		'unit_id',
		'lead_source_id',
	] as const)('must belong to the same integration: %s', async (field) => {
		const own = {
			integration_id: 'int_entrata_1',
			event_datetime: '2026-03-01T09:30:00Z',
			...idsAt(emulator, 'int_entrata_1'),
		};
		expect((await createLeadEvent(own)).status).toBe(200);
		for (const id of [idsAt(emulator, 'int_yardi_1')[field], 'none']) {
			const reply = await createLeadEvent({ ...own, [field]: id });
			expect([reply.status, complaints(reply)]).toEqual([400, [`${field} custom`]]);
		}
		emulator.propexo.settings.checkReferences = false;
		expect((await createLeadEvent({ ...own, [field]: 'none' })).status).toBe(200);
	});

	it('may be of any integration at the one that stands for any PMS, but must exist', async () => {
		expect((await createLeadEvent({ ...BASE, unit_id: 'unit_40' })).status).toBe(200);
		expect(complaints(await createLeadEvent({ ...BASE, unit_id: 'none' }))).toEqual(['unit_id custom']);
	});
});

describe("a PMS's own rules", () => {
	const at = '2026-03-01T09:30:00Z';
	const own = (integration: string) => idsAt(emulator, integration);
	it.each([
		['int_yardi_1', { event_name: 'Show', event_datetime: at, agent_name: 'Avery' }],
		['int_resman_1', { event_name: 'TextToProspect', event_datetime: at }],
		['int_realpage_1', { event_name: 'Visit (return)' }],
		[
			'int_realpage_rpx_1',
			{ employee_id: 'own', event_type_id: 'own', event_datetime: at, status: 'LOST' },
		],
		['int_rentmanager_1', { event_name: 'VISIT', notes: 'Came by' }],
		['int_propertyware_1', { event_name: 'Anything at all', notes: 'Came by' }],
		['int_mri_1', { event_type_id: 'own', event_datetime: at }],
	])('are met at %s', async (integration_id, drawn) => {
		const ids = own(integration_id);
		const event: Record<string, unknown> = { integration_id, lead_id: ids.lead_id, ...drawn };
		for (const field of ['event_type_id', 'employee_id'] as const)
			if (event[field] === 'own') event[field] = ids[field];
		expect((await createLeadEvent(event)).status).toBe(200);
		const [field] = Object.keys(drawn);
		const without = { ...event, [field as string]: undefined };
		expect(complaints(await createLeadEvent(without))).toContain(`${field} invalid_type`);
		const unsupported = { ...event, email_subject: 'Hello' };
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
		const { lead_id } = own(integration_id);
		const reply = await createLeadEvent({ integration_id, lead_id, event_name });
		expect(complaints(reply)).toContain('event_name invalid_enum_value');
	});

	it('refuse every lead event where the PMS takes none', async () => {
		const reply = await createLeadEvent({ integration_id: 'int_appfolio_1', lead_id: 'lead_9' });
		expect(reply.status).toBe(405);
		expect(dig(reply.json, 'error.message')).toMatch(/does not support/);
	});

	it.each([
		['int_mri_1', { status: 'ACTIVE' }, 'status invalid_enum_value'],
		['int_realpage_rpx_1', { status: 'OPEN' }, 'status invalid_enum_value'],
		['int_mri_1', { event_datetime: '01/03/2026' }, 'event_datetime invalid_union'],
		['int_yardi_1', { event_datetime: null }, 'event_datetime invalid_type'],
	])('refuse at %s what is a value of others: %j', async (integration_id, event, expected) => {
		const reply = await createLeadEvent({ integration_id, ...own(integration_id), ...event });
		expect(complaints(reply)).toContain(expected);
	});

	it.each([
		['int_mri_1', ['event_type_id'], { event_datetime: at, status: 'OPEN' }],
		['int_mri_1', ['event_type_id', 'employee_id'], { event_datetime: '2026-03-01' }],
		['int_realpage_1', [], { event_name: 'Visit', event_datetime: null }],
	] as const)('take at %s with %j values of its own: %j', async (integration_id, named, event) => {
		const ids = own(integration_id);
		const references = Object.fromEntries(named.map((field) => [field, ids[field]]));
		const body = { integration_id, lead_id: ids.lead_id, ...references, ...event };
		expect((await createLeadEvent(body)).status).toBe(200);
	});

	it('take at MRI no employee who is no leasing agent', async () => {
		const { data } = emulator.propexo;
		const other = data.employees.rows.find(
			({ integration_id, roles }) =>
				integration_id === 'int_mri_1' && !(roles as string[]).includes('LEASING_AGENT'),
		);
		const { lead_id, event_type_id, employee_id } = own('int_mri_1');
		const event = { integration_id: 'int_mri_1', lead_id, event_type_id, event_datetime: at };
		const refused = await createLeadEvent({ ...event, employee_id: other?.id });
		expect(complaints(refused)).toEqual(['employee_id custom']);
		expect((await createLeadEvent({ ...event, employee_id })).status).toBe(200);
	});
});
