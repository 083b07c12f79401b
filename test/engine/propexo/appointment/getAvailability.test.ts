import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import type { RunResult } from '../../support/engine.ts';
import { byId } from '../../support/services.ts';
import { book, bookingAt, leadsAt, shownAt } from '../support/appointments.ts';
import { calendar, FROM, hintsOf, useFreeTimes } from '../support/freeTimes.ts';
import { jsonOf } from '../support/run.ts';

const { answer, asked, free, placesAt, propexo, services } = useFreeTimes();
const rowsOf = (result: RunResult, item: number) =>
	result.success
		.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item)
		.map(({ json }) => json);

describe('Every free time', () => {
	it("is a row in the property's time zone, with the words of the PMS beside it", async () => {
		const places = ['int_entrata_1', 'int_appfolio_1', 'int_mri_1'].flatMap(placesAt);
		const result = await free(places.map((place) => ({ ...place, from: FROM })));
		for (const [index, { zone, xId }] of places.entries()) {
			const rows = rowsOf(result, index);
			expect(rows.length).toBeGreaterThan(18);
			expect(new Set(rows.map((row) => row.time_zone))).toEqual(new Set([zone]));
			expect(new Set(rows.map((row) => row.x_property_id))).toEqual(new Set([xId]));
			const starts = rows.map(({ start }) => DateTime.fromISO(String(start), { setZone: true }));
			// Every property is open from 9 to 6, by its own clocks.
			expect(starts[0]?.toFormat('HH:mm')).toBe('09:00');
			expect(starts.at(-1)?.toFormat('HH:mm')).toBe('17:30');
			expect(starts.map((at) => at.offset)).toEqual(starts.map((at) => at.setZone(zone).offset));
			expect(starts.map(Number)).toEqual([...starts.map(Number)].sort((a, b) => a - b));
		}
		const [first] = rowsOf(result, 0);
		expect(first).toEqual({
			start: '2030-03-05T09:00:00-05:00',
			end: '2030-03-05T09:30:00-05:00',
			start_text: 'Tuesday, March 5, 2030, 9:00 AM EST',
			time_zone: 'America/New_York',
			problem: null,
			agent_name: null,
			employee_id: null,
			x_agent_id: null,
			calendar_type: 'PROPERTY_CALENDAR',
			x_property_id: placesAt('int_entrata_1')[0]?.xId,
			date_raw: FROM,
			start_raw: '07:00:00',
			end_raw: '07:30:00',
			time_zone_raw: 'America/Denver',
			minimum_appointment_lead_time: 60,
		});
		const ofAgent = rowsOf(result, 0).find((row) => row.calendar_type === 'AGENT_CALENDAR');
		const agent = propexo().data.employees.rows.find(({ x_id }) => x_id === ofAgent?.x_agent_id);
		expect(ofAgent).toMatchObject({ agent_name: agent?.['name'], employee_id: agent?.id });
	});

	it('can be booked as it is told, also on both sides of a change of the clocks', async () => {
		const items = ['int_entrata_1', 'int_appfolio_1', 'int_mri_1'].flatMap((integration) => {
			const lead = leadsAt(services, integration)[0];
			const place = placesAt(integration).find(({ property }) => property === lead?.property_id);
			return ['2030-03-09', '2030-03-10', '2030-11-02', '2030-11-03'].map((from) => ({
				...{ ...place, from, booking: bookingAt(services, integration, '') },
			}));
		});
		const result = await free(items);
		const bookings = items.map(({ booking, from }, index) => {
			const row = rowsOf(result, index).find(
				({ calendar_type }) => calendar_type === 'PROPERTY_CALENDAR',
			);
			return { ...booking, start: String(row?.start), notes: `${booking.integration} ${from}` };
		});
		const { success } = await book(services, bookings);
		expect(success.map(({ json }) => json.error)).toEqual(bookings.map(() => undefined));
		const at = await shownAt(services);
		expect(bookings.map(({ notes }) => at(notes))).toEqual(
			bookings.map(({ start }) => new Date(start).toISOString()),
		);
		// What is booked is not free any more.
		const after = await free(items);
		items.forEach((_, index) => {
			const inCalendar = rowsOf(after, index).filter(
				({ calendar_type: type, start }) =>
					type === 'PROPERTY_CALENDAR' && start === bookings[index]?.start,
			);
			expect(inCalendar.length).toBeLessThanOrEqual(1);
		});
		expect(after.success.length).toBeLessThan(result.success.length);
	});

	it('of a longer range is asked for in parts of seven days, each day once', async () => {
		const [place] = placesAt('int_entrata_1');
		const result = await free([{ ...place, from: '2030-02-25', days: 16 }]);
		expect(
			asked().map((body) => [body.availability_start_date, body.availability_duration_days]),
		).toEqual([
			['2030-02-25', 7],
			['2030-03-04', 7],
			['2030-03-11', 2],
		]);
		const days = jsonOf(result).map(({ date_raw: day }) => String(day));
		expect([...new Set(days)]).toHaveLength(16);
		expect([...days].sort()).toEqual(days);
	});

	it('from today, for a week, if nothing else is said', async () => {
		const [place] = placesAt('int_appfolio_1');
		const result = await free([{ ...place }], {
			availabilityDurationDays: 7,
			additionalFields: {
				appointmentDurationMinutes: 60,
				calendarTypes: ['LEASING', 'GENERAL'],
			},
		});
		expect(asked()).toEqual([
			{
				integration_id: place?.integration,
				property_id: place?.property,
				availability_start_date: DateTime.now().setZone(place?.zone).toISODate(),
				availability_duration_days: 7,
				appointment_duration_minutes: 60,
				calendar_types: ['LEASING', 'GENERAL'],
			},
		]);
		const [row] = jsonOf(result);
		expect(Date.parse(String(row?.end)) - Date.parse(String(row?.start))).toBe(3_600_000);
	});

	it('of all properties is shown in the time zone of each, without a property', async () => {
		const places = placesAt('int_appfolio_1');
		const { success } = await free([{ integration: 'int_appfolio_1', from: FROM }], {
			propertyId: byId(''),
		});
		const zones = success.map(({ json }) => `${String(json.x_property_id)} ${String(json.time_zone)}`);
		expect(new Set(zones)).toEqual(new Set(places.map(({ xId, zone }) => `${xId} ${zone}`)));
	});

	it('of one employee is told of nobody else, although the PMS answers with those of all', async () => {
		const [place] = placesAt('int_appfolio_1');
		const [own, other] = propexo().data.employees.rows.filter(
			({ property_id }) => property_id === place?.property,
		);
		const slots = (hour: string) => [{ date: FROM, available_slots: [{ start: hour, end: null }] }];
		const there = { timezone: place?.zone, x_property_id: place?.xId };
		answer(
			calendar(slots('09:00:00'), { ...there, x_agent_id: own?.x_id }),
			calendar(slots('10:00:00'), { ...there, x_agent_id: other?.x_id }),
			calendar(slots('11:00:00'), { ...there, x_agent_id: 'as the PMS writes it' }),
			calendar(slots('12:00:00'), there),
		);
		const rows = jsonOf(
			await free([{ ...place, from: FROM }], { additionalFields: { employeeId: byId(own?.id) } }),
		);
		expect(rows.map(({ start_raw, employee_id }) => [start_raw, employee_id])).toEqual([
			['09:00:00', own?.id],
			['11:00:00', own?.id],
			['12:00:00', null],
		]);
	});

	it('of one employee is the same one, though Propexo lists the agent at two properties', async () => {
		const [place, elsewhere] = placesAt('int_appfolio_1');
		const { employees } = propexo().data;
		const own = employees.rows.find(({ property_id }) => property_id === place?.property);
		const twice = { id: 'emp_twice', property_id: elsewhere?.property, x_property_id: elsewhere?.xId };
		employees.add({ ...own!, ...twice } as SyncedRecord);
		const days = [{ date: FROM, available_slots: [{ start: '09:00:00', end: null }] }];
		answer(calendar(days, { timezone: place?.zone, x_agent_id: own?.x_id, x_property_id: place?.xId }));
		const rows = jsonOf(
			await free([{ ...place, from: FROM }], { additionalFields: { employeeId: byId('emp_twice') } }),
		);
		expect(rows.map(({ employee_id }) => employee_id)).toEqual(['emp_twice']);
	});

	it('in raw, as the PMS tells it', async () => {
		const [place] = placesAt('int_entrata_1');
		const [row] = jsonOf(await free([{ ...place, from: FROM }], { output: 'raw' }));
		expect(row).toMatchObject({
			calendar_type: 'PROPERTY_CALENDAR',
			date: FROM,
			start: '07:00:00',
			end: '07:30:00',
			opening_time: '07:00:00',
			timezone: 'America/Denver',
			max_simultaneous_appointments: expect.any(Number),
		});
		expect(row).not.toHaveProperty('start_text');
	});
});

it('Free times that have begun, and those of days that nobody asked for, do not come out', async () => {
	const [place] = placesAt('int_appfolio_1');
	const now = DateTime.now().setZone(place?.zone);
	const slot = (at: DateTime) => ({
		date: at.toFormat('yyyy-MM-dd'),
		available_slots: [{ start: at.toFormat('HH:mm:ss'), end: null }],
	});
	const soon = now.plus({ minutes: 5 });
	const noon = now.set({ hour: 12, minute: 0, second: 0 });
	const days = [now.minus({ minutes: 1 }), soon, noon.minus({ days: 2 }), noon.plus({ days: 2 })].map(slot);
	answer(calendar(days, { timezone: place?.zone }));
	const from = now.minus({ days: 1 }).toFormat('yyyy-MM-dd');
	const rows = jsonOf(await free([{ ...place, from, days: 3 }]));
	expect(rows.map(({ start }) => DateTime.fromISO(String(start)).toSeconds())).toEqual([
		Math.floor(soon.toSeconds()),
	]);
});

it.each<[unknown, number]>([
	[60, 1],
	[120, 2],
	[0, 0],
	[null, 0],
	[undefined, 0],
])(
	'Free times within the lead time of their calendar, %j minutes, come out, and are counted',
	async (lead, soon) => {
		const [place] = placesAt('int_appfolio_1');
		const now = DateTime.now().setZone(place?.zone);
		const days = [30, 90, 150].map((minutes) => {
			const at = now.plus({ minutes });
			const start = at.toFormat('HH:mm:ss');
			return { date: at.toFormat('yyyy-MM-dd'), available_slots: [{ start, end: null }] };
		});
		answer(calendar(days, { timezone: place?.zone, minimum_appointment_lead_time: lead as number }));
		const result = await free([{ ...place, from: now.toFormat('yyyy-MM-dd'), days: 2 }]);
		const rows = jsonOf(result);
		expect(rows.map((row) => row.minimum_appointment_lead_time)).toEqual(Array(3).fill(lead ?? null));
		if (soon === 0) expect(hintsOf(result)).not.toContain('minimum_appointment_lead_time');
		else
			expect(hintsOf(result)).toContain(
				`calendar's 'minimum_appointment_lead_time' for ${soon} of 3 free times`,
			);
	},
);

describe('No free time is told', () => {
	const FORM = 'Propexo answered in another form than documented';
	const slot = { start: '09:00:00', end: '09:30:00' };

	it.each<[string, IDataObject | string, string[]]>([
		['of a day without a list', calendar([{ date: FROM, available_slots: null }]), []],
		['of a calendar without days', calendar([], { calendar_days: null }), []],
		['where times are none', calendar([{ date: FROM, available_slots: ['09:00:00'] }]), [FORM]],
		['where days are no list', calendar([], { calendar_days: { [FROM]: [slot] } }), [FORM]],
		['where a calendar is none', 'closed', [FORM]],
	])('%s', async (_, one, errors) => {
		answer(one as IDataObject);
		const [place] = placesAt('int_appfolio_1');
		const rows = jsonOf(await free([{ ...place, from: FROM }]));
		expect(rows.map(({ error }) => error)).toEqual(errors);
	});
});
