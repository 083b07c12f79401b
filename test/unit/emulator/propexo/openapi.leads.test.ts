import fc from 'fast-check';
import { LEAD_CREATION, LEAD_UPDATE } from '../../../../emulator/propexo/leads/routes.ts';
import { clientsOf, dig, list } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';
import { loadVendorSpec, schemaOf, type Schema } from '../support/vendorSpec.ts';
import { verdict } from '../support/verdict.ts';
import { runs } from '../../../support/effort.ts';

const vendor = loadVendorSpec();
const emulator = useEmulator({ propexo: { limit: 1e9, slowMs: 0, jobMs: 0, redeliverTimes: 0 } });
const clients = clientsOf(emulator);
afterEach(() => emulator.propexo.webhooks.clear());

const WRITES = [
	{
		title: 'a new lead',
		...LEAD_CREATION,
		url: '/v1/leads/',
		input: '_v1_leads__post_input',
		base: { integration_id: 'int_any' },
	},
	{
		title: 'the update of a lead',
		...LEAD_UPDATE,
		url: '/v1/leads/lead_1',
		input: '_v1_leads_{id}_put_input',
		base: {},
	},
];

/** What the schema allows and the emulator refuses is one of the documented conditions. */
const DOCUMENTED =
	/^Required for updating the address$|^Integration not found$|^No such record in this integration/;

const event = fc.record(
	{
		employee_id: fc.constantFrom('emp_1', 7),
		x_type_id: fc.constantFrom('T1', null),
		event_name: fc.constantFrom('Show', 'Text', 3),
		event_datetime: fc.constantFrom('2026-03-01T09:30:00Z', '2026-03-01'),
		notes: fc.constantFrom('x'.repeat(256), 'x'.repeat(257)),
		unit_id: fc.constantFrom('unit_1', 'unit_none'),
	},
	{ requiredKeys: [] },
);
const value = fc.oneof(
	fc.constantFrom('text', 'x', '', '2026-03-01T09:30:00Z', '2026-03-01', '03/01/2026', 'ACTIVE', 'MOBILE'),
	fc.constantFrom(true, false, null, 0, -1, 1.5, 200_000),
	fc.constantFrom('prop_1', 'unit_1', 'emp_1', 'lsrc_1', 'lrel_1', 'plan_1', 'atype_1', 'lead_1'),
	fc.array(fc.constantFrom<unknown>('unit_1', 'unit_none', 1), { maxLength: 27 }),
);

describe.each(WRITES)('$title', ({ fields, method, url, input, base }) => {
	const judge = vendor.judge(input);
	const send = async (body: unknown) => await clients.propexo(url, { method, body });
	const drawn = fc.record(
		Object.fromEntries(
			Object.keys(fields).map((name) => [name, name === 'events' ? fc.array(event) : value]),
		),
		{ requiredKeys: [] },
	);
	/** A few fields of all. */
	const some = fc
		.tuple(drawn, fc.subarray(Object.keys(fields), { maxLength: 6 }))
		.map(([body, names]) =>
			Object.fromEntries(names.filter((name) => name in body).map((name) => [name, body[name]])),
		);

	it('is taken and refused as the schema says, but for the rules it gives in prose', async () => {
		const seen = { taken: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(some, async (body) => {
				const sent = { ...base, ...body };
				// An event of a new lead has more fields here than the schema knows of updates, and the other way round.
				const own = Object.keys(
					(schemaOf(input).properties?.['events'] as { items: Schema }).items.properties ?? {},
				);
				const foreign = list(sent, 'events').some((one) =>
					Object.keys(one as object).some((name) => !own.includes(name)),
				);
				const reply = await send(sent);
				seen[reply.status === 200 ? 'taken' : 'refused']++;
				if (!judge(sent) || foreign) return expect(reply.status).toBe(400);
				if (reply.status === 200) return;
				const messages = list(reply.json, 'error.details.details.issues').map((issue) =>
					dig(issue, 'message'),
				);
				expect(messages.length).toBeGreaterThan(0);
				for (const message of messages) expect(message).toMatch(DOCUMENTED);
			}),
			runs(150),
		);
		expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(20);
	});

	it('is answered in the documented shape, be it taken or refused', async () => {
		const output = input.replace('_input', '_output');
		expect(verdict(vendor.judge(output), (await send(base)).json)).toBe('valid');
		const refused = await send({ ...base, foo: 1 });
		expect(refused.status).toBe(400);
		expect(verdict(vendor.judge('errorResponse'), refused.json)).toBe('valid');
	});
});

it('A lead that was written can be read as the schema says', async () => {
	const body = {
		integration_id: 'int_any',
		...{
			property_id: 'prop_1',
			unit_id: 'unit_1',
			desired_unit_ids: ['unit_2'],
			floor_plan_id: 'plan_1',
		},
		...{ first_name: 'Ada', middle_initial: 'K', last_name: 'Novak', date_of_birth: '1990-01-31' },
		...{ email_1: 'ada@example.com', phone_1: '(212) 555-0147', phone_1_type: 'MOBILE' },
		...{ lead_source_id: 'lsrc_1', employee_id: 'emp_1', status: 'ACTIVE', number_of_occupants: 2 },
		...{ desired_num_bedrooms: 1.5, desired_min_rent_in_cents: null, desired_bathrooms: '2' },
		target_move_in_date: '2026-12-01T00:00:00Z',
		events: [
			{
				employee_id: 'emp_1',
				event_name: 'Show',
				event_datetime: '2026-03-01T09:30:00Z',
				notes: 'Came',
			},
		],
	};
	expect((await clients.propexo('/v1/leads/', { method: 'POST', body })).status).toBe(200);
	const leads = await clients.propexo('/v1/leads/?limit=1');
	expect(verdict(vendor.judge('_v1_leads__get_output'), leads.json)).toBe('valid');
	expect(dig(leads.json, 'results.0')).toMatchObject({
		...{ first_name: 'Ada', middle_name: 'K', last_name: 'Novak', phone_1: '2125550147' },
		...{ unit_id_preferred: ['unit_1', 'unit_2'], target_move_in_date: '2026-12-01' },
		...{ desired_num_bathrooms: 2, desired_floor_plan_name: 'Aspen' },
	});
	const events = await clients.propexo('/v1/events/?limit=1');
	expect(verdict(vendor.judge('_v1_events__get_output'), events.json)).toBe('valid');
	expect(dig(events.json, 'results.0')).toMatchObject({
		...{ event_name: 'Show', notes: 'Came' },
		associated_lead_ids: [dig(leads.json, 'results.0.id')],
	});
});
