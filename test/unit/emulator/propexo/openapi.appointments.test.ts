import fc from 'fast-check';
import { APPOINTMENT_KINDS, CANCEL_FIELDS } from '../../../../emulator/propexo/appointments/kinds.ts';
import { AVAILABILITY_FIELDS } from '../../../../emulator/propexo/appointments/availability.ts';
import { clientsOf, dig, list } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';
import { loadVendorSpec } from '../support/vendorSpec.ts';
import { verdict } from '../support/verdict.ts';
import { runs } from '../../../support/effort.ts';

const vendor = loadVendorSpec();
const emulator = useEmulator({ propexo: { limit: 1e9, slowMs: 0, jobMs: 0, redeliverTimes: 0 } });
const clients = clientsOf(emulator);

/** An event of somebody of each kind, of the integration whose PMS takes everything. */
function addEvent(): void {
	const { events } = emulator.propexo.data;
	const event = events.get('event_1');
	if (!event) throw new Error('There is no event');
	events.add({
		...event,
		...{ id: 'event_any', integration_id: 'int_any', integration_vendor: 'OTHER' },
		...{ associated_applicant_ids: ['applicant_1'], associated_resident_ids: ['resident_1'] },
	});
}
beforeEach(addEvent);
afterEach(() => emulator.propexo.webhooks.clear());

const WRITES = APPOINTMENT_KINDS.flatMap(({ events: { path }, fields, updateFields }) => {
	const url = `/v1/events/appointments/${path}`;
	const input = `_v1_events_appointments_${path}`;
	const base = { integration_id: 'int_any' };
	return [
		{ url, method: 'POST' as const, fields, input: `${input}_post_input`, base },
		{
			...{ url: `${url}/event_any`, method: 'PUT' as const, fields: updateFields },
			...{ input: `${input}_{event_id}_put_input`, base: {} },
		},
		{
			...{ url: `${url}/cancel`, method: 'POST' as const, fields: CANCEL_FIELDS },
			...{ input: `${input}_cancel_post_input`, base },
		},
	];
});
const ALL = [
	...WRITES,
	{
		url: '/v1/appointment-availability/',
		...{ method: 'POST' as const, fields: AVAILABILITY_FIELDS },
		...{
			input: '_v1_appointment-availability__post_input',
			base: { integration_id: 'int_any', property_id: 'prop_1' },
		},
	},
];

/** What the schema allows and the emulator refuses is one of the documented conditions. */
const DOCUMENTED =
	/^Integration not found$|^No such record in this integration|must have a role of LEASING_AGENT$/;

const value = fc.oneof(
	fc.constantFrom(
		'text',
		'',
		'2026-03-01T09:30:00Z',
		'2026-03-01',
		'03/01/2026',
		'09:30:00',
		'9:30',
		'25:00:00',
	),
	fc.constantFrom('OPEN', 'HIGH', 'TOUR', 'x'.repeat(50), 'x'.repeat(51), 'x'.repeat(256), 'x'.repeat(257)),
	fc.constantFrom(true, null, 0, 1, 7, 8, 30, -1, 1.5),
	fc.constantFrom('unit_1', 'emp_1', 'emp_2', 'lsrc_1', 'lead_1', 'applicant_1', 'resident_1', 'event_any'),
	fc.array(fc.constantFrom('LEASING', 'RESIDENT', 'TOURS'), { maxLength: 2 }),
);

describe.each(ALL)('$method $url', ({ url, method, fields, input, base }) => {
	const judge = vendor.judge(input);
	const send = async (body: unknown) => await clients.propexo(url, { method, body });
	const some = fc.dictionary(fc.constantFrom(...Object.keys(fields)), value, { maxKeys: 4 });

	it('is taken and refused as the schema says, but for the rules it gives in prose', async () => {
		const seen = { taken: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(some, async (drawn) => {
				const sent = { ...drawn, ...base };
				const reply = await send(sent);
				seen[reply.status === 200 ? 'taken' : 'refused']++;
				if (!judge(sent)) return expect(reply.status).toBe(400);
				if (reply.status === 200) return;
				const messages = list(reply.json, 'error.details.details.issues').map((issue) =>
					dig(issue, 'message'),
				);
				expect(messages.length).toBeGreaterThan(0);
				for (const message of messages) expect(message).toMatch(DOCUMENTED);
			}),
			runs(60),
		);
		expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(5);
	});

	it('is answered in the documented shape, be it taken or refused', async () => {
		const output = input.replace('_input', '_output');
		const taken = await send(base);
		expect(taken.status).toBe(200);
		expect(verdict(vendor.judge(output), taken.json)).toBe('valid');
		const refused = await send({ ...base, foo: 1 });
		expect(refused.status).toBe(400);
		expect(verdict(vendor.judge('errorResponse'), refused.json)).toBe('valid');
	});
});
