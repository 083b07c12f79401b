import fc from 'fast-check';
import { EVENT_KINDS } from '../../../../emulator/propexo/events/kinds.ts';
import { YARDI_EVENT_NAMES } from '../../../../emulator/propexo/events/leads.ts';
import { idsAt } from '../support/propexoIds.ts';
import { clientsOf, dig, list, type Reply } from '../support/client.ts';
import { eventNames, loadVendorSpec } from '../support/vendorSpec.ts';
import { verdict } from '../support/verdict.ts';
import { useEmulator } from '../support/emulator.ts';
import { runs } from '../../../support/effort.ts';

const vendor = loadVendorSpec();

const emulator = useEmulator({ propexo: { limit: 1e9, slowMs: 0, jobMs: 0, redeliverTimes: 0 } });
const clients = clientsOf(emulator);
afterEach(() => emulator.propexo.webhooks.clear());

describe.each(EVENT_KINDS)('an event of one of the $path', ({ path, person, fields, personField }) => {
	const judge = vendor.judge(`_v1_events_${path}_post_input`);
	const create = async (sent: unknown) =>
		await clients.propexo(`/v1/events/${path}`, { method: 'POST', body: sent });
	const value = fc.oneof(
		fc.constantFrom(
			'text',
			'2026-03-01T09:30:00Z',
			'2026-03-01T09:30:00-07:00',
			'2026-03-01',
			'2026-02-30T09:30:00Z',
			'https://example.com/a.mp3',
			'ACTIVE',
			'ANSWER',
			'Show',
			'x'.repeat(256),
			'x'.repeat(257),
			'é'.repeat(256),
			true,
			false,
			null,
			0,
			-1,
			1.5,
			86_400,
			86_401,
		),
		fc.integer({ min: -10, max: 100_000 }),
		fc.constant([]),
		fc.constant({}),
	);
	const body = fc.dictionary(fc.constantFrom(...Object.keys(fields)), value, { maxKeys: 6 });

	it('is taken and refused as the schema says, but for the rules it gives in prose', async () => {
		await fc.assert(
			fc.asyncProperty(body, fc.boolean(), async (drawn, withIntegration) => {
				const sent = withIntegration ? { ...drawn, integration_id: 'int_any' } : drawn;
				const reply = await create(sent);
				const valid = judge(sent);
				if (!valid) return expect(reply.status).toBe(400);
				if (reply.status === 200) return;
				// What the schema allows and the emulator refuses is one of the documented conditions.
				const messages = list(reply.json, 'error.details.details.issues').map((issue) =>
					dig(issue, 'message'),
				);
				expect(messages.length).toBeGreaterThan(0);
				for (const message of messages)
					expect(message).toMatch(
						/^Required for |^Integration not found$|^No such record in this integration/,
					);
			}),
			runs(150),
		);
	});

	it('is answered in the documented shape, be it taken or refused', async () => {
		const taken = await create({ integration_id: 'int_any', [personField]: `${person}_1` });
		expect(verdict(vendor.judge(`_v1_events_${path}_post_output`), taken.json)).toBe('valid');
		const refused = await create({ integration_id: 'int_any', foo: 1 });
		expect(verdict(vendor.judge('errorResponse'), refused.json)).toBe('valid');
	});
});

it('The names of events at Yardi are those that the generic schema lists', () => {
	expect(eventNames()).toEqual(new Set(YARDI_EVENT_NAMES));
});

describe('other bodies are taken and refused as their schemas say', () => {
	const hook = { url: 'http://127.0.0.1:9/hook', triggers: ['DATA_NEW'] };
	const bodies: unknown[] = [
		{},
		hook,
		{
			...hook,
			active: true,
			secret: '0123456789',
			model: 'events',
			headers: [{ header: 'a', value: 'b' }],
		},
		{ ...hook, url: 'nowhere' },
		{ ...hook, url: 5 },
		{ ...hook, triggers: [] },
		{ ...hook, triggers: ['JOB_SUCCESS'] },
		{ ...hook, triggers: 'DATA_NEW' },
		{ ...hook, secret: '012345678' },
		{ ...hook, model: 'tours' },
		{ ...hook, headers: [{ header: 'a' }] },
		{ ...hook, active: 'yes' },
	];
	it.each(bodies)('a webhook that is made: %j', async (body) => {
		const reply = await clients.propexo('/v1/webhooks/', { method: 'POST', body });
		expect(reply.status === 200).toBe(vendor.judge('_v1_webhooks__post_input')(body));
		const output = reply.status === 200 ? '_v1_webhooks__post_output' : 'errorResponse';
		expect(verdict(vendor.judge(output), reply.json)).toBe('valid');
	});

	it.each(bodies)('a webhook that is changed: %j', async (body) => {
		const made = await clients.propexo('/v1/webhooks/', { method: 'POST', body: hook });
		const path = `/v1/webhooks/${String(dig(made.json, 'result.id'))}`;
		const reply = await clients.propexo(path, { method: 'PUT', body });
		expect(reply.status === 200).toBe(vendor.judge('_v1_webhooks_{webhook_id}_put_input')(body));
		const output = reply.status === 200 ? '_v1_webhooks_{webhook_id}_put_output' : 'errorResponse';
		expect(verdict(vendor.judge(output), reply.json)).toBe('valid');
	});

	it.each([
		{
			event_datetime: '2026-03-01T09:30:00Z',
			event_type_id: 'own',
			status: 'OPEN',
			employee_id: 'own',
		},
		{ event_datetime: '2026-03-01T09:30:00Z', event_type_id: 'own', status: 'ACTIVE' },
		{ event_datetime: '2026-03-01T09:30:00Z', event_type_id: 'own', notes: 'x'.repeat(300) },
		{ event_datetime: '2026-03-01T09:30:00Z', event_type_id: 7 },
	])('an event that is updated: %j', async (drawn) => {
		const ids = idsAt(emulator, 'int_mri_1');
		const body: Record<string, unknown> = { ...drawn };
		if (body['event_type_id'] === 'own') body['event_type_id'] = ids.event_type_id;
		if (body['employee_id'] === 'own') body['employee_id'] = ids.employee_id;
		const id = emulator.propexo.data.events.rows.find(
			(event) => event.integration_id === 'int_mri_1',
		)?.id;
		const reply = await clients.propexo(`/v1/events/leads/${id}`, { method: 'PUT', body });
		expect(reply.status === 200).toBe(vendor.judge('_v1_events_leads_{event_id}_put_input')(body));
		const output = reply.status === 200 ? '_v1_events_leads_{event_id}_put_output' : 'errorResponse';
		expect(verdict(vendor.judge(output), reply.json)).toBe('valid');
	});
});

describe('every reply', () => {
	const made = async (notes: string): Promise<string> => {
		const reply = await clients.createLeadEvent({
			integration_id: 'int_any',
			lead_id: 'lead_1',
			notes,
		});
		return String(dig(reply.json, 'job_id'));
	};
	const ask = (path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET'): Promise<Reply> =>
		clients.propexo(path, method === 'POST' ? { method, body: {} } : { method });

	it.each([
		['/v1/admin/integrations/', '_v1_admin_integrations__get_output'],
		['/v1/admin/integrations/int_yardi_1/', '_v1_admin_integrations_{integration_id}__get_output'],
		['/v1/properties/', '_v1_properties__get_output'],
		['/v1/properties/prop_1', '_v1_properties_{id}_get_output'],
		['/v1/leads/', '_v1_leads__get_output'],
		['/v1/leads/lead_1', '_v1_leads_{id}_get_output'],
		['/v1/applicants/', '_v1_applicants__get_output'],
		['/v1/applicants/applicant_1', '_v1_applicants_{id}_get_output'],
		['/v1/residents/', '_v1_residents__get_output'],
		['/v1/residents/resident_1', '_v1_residents_{id}_get_output'],
		['/v1/events/', '_v1_events__get_output'],
		['/v1/events/event_1', '_v1_events_{event_id}_get_output'],
		['/v1/event-types/', '_v1_event-types__get_output'],
		['/v1/event-types/etype_1', '_v1_event-types_{event_type_id}_get_output'],
		['/v1/event-sub-types/', '_v1_event-sub-types__get_output'],
		['/v1/event-sub-types/esub_1', '_v1_event-sub-types_{event_sub_type_id}_get_output'],
		['/v1/event-results/', '_v1_event-results__get_output'],
		['/v1/event-results/eres_1', '_v1_event-results_{event_result_id}_get_output'],
		['/v1/employees/', '_v1_employees__get_output'],
		['/v1/employees/emp_1', '_v1_employees_{employee_id}_get_output'],
		['/v1/lead-sources/', '_v1_lead-sources__get_output'],
		['/v1/lead-sources/lsrc_1', '_v1_lead-sources_{lead_source_id}_get_output'],
		['/v1/lead-relationships/', '_v1_lead-relationships__get_output'],
		['/v1/address-types/', '_v1_address-types__get_output'],
		['/v1/address-types/atype_1', '_v1_address-types_{address_type_id}_get_output'],
		['/v1/applications/', '_v1_applications__get_output'],
		['/v1/applications/application_1', '_v1_applications_{id}_get_output'],
		['/v1/floor-plans/', '_v1_floor-plans__get_output'],
		['/v1/floor-plans/plan_1', '_v1_floor-plans_{floor_plan_id}_get_output'],
		['/v1/appointments/', '_v1_appointments__get_output'],
		['/v1/timezones/', '_v1_timezones__get_output'],
		['/v1/units/', '_v1_units__get_output'],
		['/v1/units/unit_1', '_v1_units_{id}_get_output'],
	])('to %s keeps to the schema', async (path, name) => {
		await made('an event that can be listed');
		const reply = await ask(path);
		expect(reply.status).toBe(200);
		expect(verdict(vendor.judge(name), reply.json)).toBe('valid');
	});

	it('about writes keeps to the schema', async () => {
		const statusSchema = vendor.judge('_v1_admin_write-status_{root_job_id}_get_output');
		for (const notes of ['', '[fail]', '[partial]', '[pending]']) {
			const status = await ask(`/v1/admin/write-status/${await made(notes)}`);
			expect(verdict(statusSchema, status.json)).toBe('valid');
		}
		const retried = await ask(`/v1/admin/retry-write/${await made('[fail]')}`, 'POST');
		expect(verdict(vendor.judge('_v1_admin_retry-write_{root_job_id}_post_output'), retried.json)).toBe(
			'valid',
		);
		const logs = await ask('/v1/admin/logs/writes/');
		expect(list(logs.json, 'results.logs').length).toBeGreaterThan(2);
		expect(verdict(vendor.judge('_v1_admin_logs_writes__get_output'), logs.json)).toBe('valid');
	});

	it('about webhooks keeps to the schema', async () => {
		const body = {
			url: 'http://127.0.0.1:9/hook',
			triggers: ['DATA_NEW'],
			active: true,
			model: 'leads',
		};
		const hook = await clients.propexo('/v1/webhooks/', { method: 'POST', body });
		const path = `/v1/webhooks/${String(dig(hook.json, 'result.id'))}`;
		expect(verdict(vendor.judge('_v1_webhooks__get_output'), (await ask('/v1/webhooks/')).json)).toBe(
			'valid',
		);
		expect(verdict(vendor.judge('_v1_webhooks_{webhook_id}_get_output'), (await ask(path)).json)).toBe(
			'valid',
		);
		const gone = await ask(path, 'DELETE');
		expect(verdict(vendor.judge('_v1_webhooks_{webhook_id}_delete_output'), gone.json)).toBe('valid');
	});

	it('that refuses keeps to the schema', async () => {
		const refused = [
			await ask('/v1/leads/?limit=251'),
			await ask('/v1/leads/none'),
			await ask('/v1/nowhere'),
			await clients.propexo('/v1/leads/', { token: 'other' }),
			await clients.createLeadEvent('{half'),
		];
		for (const reply of refused) expect(verdict(vendor.judge('errorResponse'), reply.json)).toBe('valid');
	});
});

describe('every documented query parameter is taken', () => {
	const cases = Object.entries(vendor.paths).flatMap(([path, operations]) =>
		(operations['get']?.parameters ?? [])
			.filter((parameter) => parameter.in === 'query')
			.map((parameter) => [path, parameter.name, parameter.schema] as const),
	);

	it.each(cases)('%s: %s', async (path, name, schema) => {
		const types = [schema.type].flat();
		const samples: Record<string, string> = { 'order-by': 'updated_at:desc', phone_1: '2125550100' };
		const value =
			samples[name] ??
			String(schema.enum?.[0] ?? (types.includes('integer') ? 1 : types.includes('boolean')));
		const query = new URLSearchParams({ [name]: value });
		// By the guide these need a second parameter.
		if (name.startsWith('x_')) query.set('integration_id', 'int_yardi_1');
		if (name === 'unit_number') query.set('property_id', 'prop_1');
		// An ID that there is not: known by then are the parameters, not the record.
		const reply = await clients.propexo(`${path.replace(/\{\w+\}/, 'none')}?${query.toString()}`);
		expect(reply.status).toBe(path.includes('{') ? 404 : 200);
	});
});
