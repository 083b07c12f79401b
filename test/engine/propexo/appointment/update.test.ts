import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { byId, useNewServices } from '../../support/services.ts';
import { book, bookingAt, shownAt, writesTo, zoneOf } from '../support/appointments.ts';
import { run } from '../support/run.ts';

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });
const propexo = () => services.emulator.propexo;

const FIRST = '2027-07-15T14:30:00-05:00';
const LATER = '2027-07-16T20:45:00-05:00';

/** Books an appointment of a lead, and gives its ID. */
async function booked(integration: string, start = FIRST, position = 0): Promise<string> {
	const notes = `${integration} ${start} ${position}`;
	const { success } = await book(
		services,
		[{ ...bookingAt(services, integration, start, position), notes }],
		{
			appointmentClock: 'utc',
		},
	);
	expect(success.map(({ json }) => json.error)).toEqual([undefined]);
	await shownAt(services);
	return propexo().data.events.rows.find((event) => event['notes'] === notes)?.id ?? '';
}

const move = async (parameters: IDataObject) =>
	await run(services, 'appointment', 'update', { for: 'lead', ...parameters });

/** When an appointment takes place, as its PMS shows it. */
async function timeOf(id: string): Promise<unknown> {
	await shownAt(services);
	return propexo().data.events.get(id)?.['appointment_datetime'];
}

it.each([
	['int_entrata_1', { notes: 'Moved on request' }],
	['int_rentmanager_1', {}],
	['int_resman_1', { options: { appointmentClock: 'utc' } }],
	['int_yardi_1', {}],
	['int_appfolio_1', {}],
] as Array<[string, IDataObject]>)(
	'Moves an appointment at %s to the time that was asked for',
	async (integration, says) => {
		const id = await booked(integration);
		const { success, thrown } = await move({ eventId: byId(id), start: LATER, ...says });
		expect([thrown?.message, success[0]?.json.write_status]).toEqual([undefined, 'SUCCESS']);
		expect(await timeOf(id)).toBe(new Date(LATER).toISOString());
		expect(new Date(String(success[0]?.json.start)).toISOString()).toBe(new Date(LATER).toISOString());
	},
);

it("Moves one at RealPage Exchange by the option 'Time Zone', because Propexo tells no other", async () => {
	const timeZone = 'America/Denver';
	const item = bookingAt(services, 'int_realpage_rpx_1', FIRST);
	const { success } = await book(services, [item], { timeZone });
	const id = String(success[0]?.json.created_record_id);
	const { thrown } = await move({ eventId: byId(id), start: LATER, options: { timeZone } });
	expect(thrown).toBeUndefined();
	expect(await timeOf(id)).toBe(new Date(LATER).toISOString());
});

it.each([
	['int_entrata_1', { start: LATER }, "'Notes'"],
	['int_rentmanager_1', { notes: 'Moved' }, "'Start'"],
	['int_resman_1', { notes: 'Moved' }, "'Start'"],
	['int_entrata_1', { notes: 'x', additionalFields: { priority: 'HIGH' } }, "'Priority'"],
])('At %s, nothing is sent with %j: the message names %s', async (integration, says, field) => {
	const id = await booked(integration);
	const before = writesTo(services).length;
	const { thrown } = await move({ eventId: byId(id), ...says });
	expect(thrown?.message).toContain(field);
	expect(writesTo(services)).toHaveLength(before);
});

it('Changes the notes alone where the PMS takes that, and says no time', async () => {
	const id = await booked('int_entrata_1');
	const { success } = await move({ eventId: byId(id), notes: 'Brings a dog' });
	expect(propexo().ledger.created.at(-1)?.body).toEqual({ notes: 'Brings a dog' });
	expect(success[0]?.json).not.toHaveProperty('start');
	expect(await timeOf(id)).toBe(new Date(FIRST).toISOString());
});

it('A time that another one has is told as taken, and the appointment stays where it was', async () => {
	const id = await booked('int_yardi_1');
	await booked('int_yardi_1', LATER);
	const { thrown } = await move({ eventId: byId(id), start: LATER });
	expect(thrown?.message).toMatch(/^Slot taken: the PMS refused it: The time slot/);
	expect(await timeOf(id)).toBe(new Date(FIRST).toISOString());
});

describe('An appointment that Propexo does not show yet', () => {
	it('is not moved by a guessed clock', async () => {
		const { thrown } = await move({ eventId: byId('event_gone'), start: LATER });
		expect(thrown?.message).toMatch(/Propexo does not show this appointment.*'Look In'/);
		expect(writesTo(services)).toEqual([]);
	});

	it("is moved by the clock of the place under 'Look In'", async () => {
		const lead = bookingAt(services, 'int_yardi_1', FIRST).lead;
		const property = propexo().data.leads.get(lead)?.property_id;
		await move({
			...{ eventId: byId('event_gone'), start: LATER },
			filters: { integrationId: byId('int_yardi_1'), propertyId: byId(property) },
		});
		// The emulator does not know it either, so that only the request shows the time.
		expect(writesTo(services).map(({ body }) => body)).toMatchObject([
			{ appointment_date: '2027-07-16' },
		]);
	});

	it("is moved by the option 'Time Zone' where its property is not known", async () => {
		const filters = { integrationId: byId('int_yardi_1') };
		const options = { timeZone: 'America/Denver' };
		await move({ eventId: byId('event_gone'), start: LATER, filters, options });
		expect(writesTo(services).map(({ body }) => body)).toMatchObject([
			{ appointment_date: '2027-07-16', appointment_time: '19:45:00' },
		]);
	});
});

it('An appointment without a property is not moved; the message says what to fill in, and Time Zone helps', async () => {
	const id = await booked('int_rentmanager_1');
	const moved = propexo().data.events.get(id);
	const lead = String((moved?.['associated_lead_ids'] as string[])[0]);
	const timeZone = zoneOf(services, lead);
	Object.assign(moved ?? {}, { property_id: null });
	const { thrown } = await move({ eventId: byId(id), start: LATER });
	expect(thrown?.message).toContain(
		"the appointment has no property in Propexo. Choose 'Property' under 'Look In', or set the option 'Time Zone'",
	);
	const again = await move({ eventId: byId(id), start: LATER, options: { timeZone } });
	expect(again.thrown).toBeUndefined();
	expect(writesTo(services).at(-1)?.body).toMatchObject({
		appointment_time: DateTime.fromISO(LATER, { zone: timeZone }).toFormat('HH:mm:ss'),
	});
});
