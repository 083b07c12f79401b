import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { book, bookingAt, leadsAt, shownAt } from '../support/appointments.ts';
import { jsonOf, run } from '../support/run.ts';

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });
const propexo = () => services.emulator.propexo;

const ZONES: Record<string, string> = {
	...{ Austin: 'America/Chicago', Denver: 'America/Denver' },
	...{ Phoenix: 'America/Phoenix', Atlanta: 'America/New_York' },
};
/** The properties of an integration, with the time zone in which each is. */
const placesAt = (integration: string) =>
	propexo()
		.data.properties.rows.filter(({ integration_id }) => integration_id === integration)
		.map(({ id, x_id, city }) => ({
			integration,
			property: id,
			xId: x_id,
			zone: ZONES[String(city)] ?? '',
		}));

const PLACE = {
	integrationId: byId('={{ $json.integration }}'),
	propertyId: byId('={{ $json.property }}'),
	availabilityStartDate: '={{ $json.from }}',
	availabilityDurationDays: '={{ $json.days ?? 1 }}',
};

async function free(items: IDataObject[], more: IDataObject = {}, timezone = 'America/New_York') {
	return await run(
		services,
		'appointment',
		'getAvailability',
		{ ...PLACE, ...more },
		{ items, onError: 'continueRegularOutput', timezone },
	);
}

type Result = Awaited<ReturnType<typeof free>>;
const asked = () =>
	propexo()
		.ledger.requests.filter(({ path }) => path.includes('appointment-availability'))
		.map(({ body }) => body as IDataObject);
const paths = () => propexo().ledger.requests.map(({ path }) => path);
const hintsOf = ({ hints }: Result) => hints.map(({ message }) => message).join('\n');
const rowsOf = (result: Result, item: number) =>
	result.success
		.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item)
		.map(({ json }) => json);
const FROM = '2030-03-05';

/** The answer of a PMS with one calendar. */
const calendar = (days: IDataObject[], more: IDataObject = {}): IDataObject => ({
	last_seen: '2026-11-26T00:00:00Z',
	calendar_type: 'PROPERTY_CALENDAR',
	...{ x_agent_id: null, agent_first_name: null, agent_last_name: null },
	...{
		default_appointment_length: 30,
		minimum_appointment_lead_time: 60,
		timezone: null,
		x_property_id: null,
	},
	calendar_days: days.map((day) => ({
		day_of_week: 'SUNDAY',
		...{ opening_time: null, closing_time: null },
		...{ simultaneous_appointment_mode: 'SINGLE', max_simultaneous_appointments: 1 },
		...day,
	})),
	...more,
});
const answer = (...result: IDataObject[]) =>
	propexo().faults.add({
		match: { path: '/v1/appointment-availability/' },
		status: 200,
		body: { meta: { job_id: 'x' }, result },
	});

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

describe('A property of which nobody tells where it is', () => {
	const item = () => ({ ...placesAt('int_realpage_rpx_1')[0], from: FROM });

	it("is shown in the option's time zone, or else in the workflow's, with a hint", async () => {
		const own = await free([item()], { additionalFields: { timeZone: 'America/Denver' } });
		expect(jsonOf(own)[0]).toMatchObject({
			start: expect.stringMatching(/-07:00$/),
			time_zone: 'America/Denver',
			time_zone_raw: null,
		});
		expect(hintsOf(own)).not.toContain("'Start'");
		const workflows = await free([item()]);
		expect(jsonOf(workflows)[0]).toMatchObject({ start: expect.stringMatching(/-05:00$/) });
		expect(hintsOf(workflows)).toContain("'Start' is shown in America/New_York");
	});

	it("is not guessed where the workflow's time zone is UTC", async () => {
		const result = await free([item()], {}, 'UTC');
		expect(jsonOf(result)[0]).toMatchObject({
			start: null,
			end: null,
			problem: expect.stringContaining("Set 'Time Zone'"),
			start_raw: expect.any(String),
		});
	});

	it('is shown in the time zone that Propexo knows, also of its whole integration', async () => {
		const whole = {
			...(propexo().data.timezones.rows[0] as SyncedRecord),
			...{ id: 'tz_whole', integration_id: 'int_realpage_rpx_1', property_id: '', x_property_id: '' },
			...{ offset: '-07:00', observes_daylight_savings: false },
		};
		propexo().data.timezones.add(whole);
		expect(jsonOf(await free([item()]))[0]).toMatchObject({ time_zone: 'America/Phoenix' });
	});

	it('is not told where the token may not read time zones; the rest is', async () => {
		propexo().faults.add({ match: { path: '/v1/timezones/' }, status: 403, times: Infinity });
		propexo().faults.add({ match: { path: '/v1/employees/' }, status: 403, times: Infinity });
		const result = await free([{ ...placesAt('int_entrata_1')[0], from: FROM }]);
		// By the clock of Entrata: the moment is right.
		expect(jsonOf(result)[0]).toMatchObject({
			start: '2030-03-05T07:00:00-07:00',
			time_zone: 'America/Denver',
			employee_id: null,
		});
	});
});

describe('A time that the clocks skip, or show twice,', () => {
	const of = (date: string, ...starts: string[]) => ({
		date,
		available_slots: starts.map((start) => ({ start, end: null })),
	});

	it('has no start, and says why; all others have theirs', async () => {
		const [place] = placesAt('int_appfolio_1');
		const inChicago = { timezone: 'America/Chicago' };
		answer(calendar([of('2030-03-10', '01:30:00', '02:30:00', '03:00:00')], inChicago));
		const spring = await free([{ ...place, from: '2030-03-10', days: 1 }]);
		const autumnDay = '2030-11-03T00:00:00.000Z';
		answer(calendar([of(autumnDay, '00:59:00', '01:00:00', '01:30:00', '02:00:00')], inChicago));
		const autumn = await free([{ ...place, from: '2030-11-03', days: 1 }]);
		expect(hintsOf(spring)).toContain("'Start' is empty for 1 free time: its column 'problem' says why");
		expect(hintsOf(autumn)).toContain(
			"'Start' is empty for 2 free times: their column 'problem' says why",
		);
		const rows = [...jsonOf(spring), ...jsonOf(autumn)];
		expect(
			rows.map(({ date_raw, start_raw, start, problem }) => [date_raw, start_raw, start, problem]),
		).toEqual([
			['2030-03-10', '01:30:00', '2030-03-10T01:30:00-06:00', null],
			['2030-03-10', '03:00:00', '2030-03-10T03:00:00-05:00', null],
			[
				'2030-03-10',
				'02:30:00',
				null,
				'2030-03-10 02:30 does not exist in America/Chicago: the clocks go forward over it.',
			],
			[autumnDay, '00:59:00', '2030-11-03T00:59:00-05:00', null],
			[autumnDay, '02:00:00', '2030-11-03T02:00:00-06:00', null],
			[
				autumnDay,
				'01:00:00',
				null,
				'2030-11-03 01:00 exists twice in America/Chicago: 2030-11-03T01:00:00-05:00 and 2030-11-03T01:00:00-06:00.',
			],
			[autumnDay, '01:30:00', null, expect.stringContaining('exists twice')],
		]);
		const hints = hintsOf(await free([{ ...place, from: FROM }]));
		expect(hints).not.toContain('free times');
	});

	it('is left out by the time zone of the PMS, not by that of the property', async () => {
		const [place] = placesAt('int_entrata_1');
		answer(
			calendar([of('2030-03-10', '02:30:00', '03:00:00')]),
			calendar([of('2030-03-10', '03:30:00')], { timezone: 'US/Mountain' }),
			calendar([
				{ date: '2030-03-09', available_slots: [{ start: '23:30:00', end: '00:00:00' }, null] },
			]),
			calendar([{ date: 'soon', available_slots: [{ start: '9', end: null }] }]),
		);
		const rows = jsonOf(await free([{ ...place, from: '2030-03-09', days: 2 }]));
		expect(rows.map(({ start, end, problem, time_zone: zone }) => [start, end, problem, zone])).toEqual([
			['2030-03-10T01:30:00-05:00', '2030-03-10T03:00:00-04:00', null, 'America/New_York'],
			['2030-03-10T05:00:00-04:00', null, null, 'America/New_York'],
			['2030-03-10T05:30:00-04:00', null, null, 'America/New_York'],
			[null, null, expect.stringContaining('America/Denver'), 'America/New_York'],
			[null, null, 'The PMS wrote it in a form that cannot be read.', 'America/New_York'],
		]);
	});
});

it('Free times of Entrata are not guessed where the calendar names another time zone than the documents', async () => {
	const [place] = placesAt('int_entrata_1');
	const winter = { date: '2030-01-15', available_slots: [{ start: '09:00:00', end: '09:30:00' }] };
	answer(
		calendar([winter], { timezone: 'America/Chicago' }),
		// By both clocks it is the same.
		calendar([winter], { timezone: 'America/Phoenix' }),
	);
	const result = await free([{ ...place, from: '2030-01-15' }]);
	expect(jsonOf(result).map(({ start, end, problem }) => [start, end, problem])).toEqual([
		['2030-01-15T11:00:00-05:00', '2030-01-15T11:30:00-05:00', null],
		[
			null,
			null,
			expect.stringMatching(
				/America\/Chicago, it is 2030-01-15T09:00:00-06:00\. .*America\/Denver.*Entrata, it is 2030-01-15T09:00:00-07:00/,
			),
		],
	]);
	expect(hintsOf(result)).toContain("'Start' is empty for 1 free time: its column");
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

describe('A calendar', () => {
	const day = { date: '2030-07-15', available_slots: [{ start: '09:00:00', end: '09:30:00' }] };
	const AT_NINE = '2030-07-15T09:00:00-06:00';
	/** The start and the problem of a free time of AppFolio in Denver, or of the PMS that is given. */
	const told = async (timezone: string, place = placesAt('int_appfolio_1').find(inDenver)) => {
		answer(calendar([day], { timezone }));
		const [row] = jsonOf(await free([{ ...place, from: day.date }]));
		return [row?.start, row?.problem];
	};
	const inDenver = ({ zone }: { zone: string }) => zone === 'America/Denver';

	it.each(['EST', 'Eastern', 'Eastern Standard Time', 'UTC-5', 'PT', 'Mars/Olympus', 'local'])(
		'whose time zone cannot be read tells no start, and says why: %s',
		async (timezone) => {
			expect(await told(timezone)).toEqual([
				null,
				expect.stringContaining(`${timezone}, cannot be read`),
			]);
		},
	);

	it.each(['MST', 'mdt', 'Mountain Standard Time', 'Mountain Time', 'Mountain', 'MT', 'US/Mountain', ''])(
		"that names the property's clock in another way is read by that: %j",
		async (timezone) => {
			expect(await told(timezone)).toEqual([AT_NINE, null]);
		},
	);

	it.each(['MST', 'Mountain Time', 'US/Mountain', 'Navajo'])(
		"of Entrata may name Mountain Time in any way, and is shown by the property's clocks: %s",
		async (timezone) => {
			const [inNewYork] = placesAt('int_entrata_1');
			expect(await told(timezone, inNewYork)).toEqual(['2030-07-15T11:00:00-04:00', null]);
		},
	);
});

it.each(['09:00:00Z', '09:00:00-05:00', '2030-03-05T09:00:00Z', '109:00:00', '09:00:000'])(
	'A free time is not read by the property’s clocks where it says something else: %s',
	async (start) => {
		answer(calendar([{ date: FROM, available_slots: [{ start, end: null }] }]));
		const [row] = jsonOf(await free([{ ...placesAt('int_appfolio_1')[0], from: FROM }]));
		expect(row).toMatchObject({
			...{ start: null, start_raw: start },
			problem: 'The PMS wrote it in a form that cannot be read.',
		});
	},
);

describe('What cannot be asked for', () => {
	it('is told by the name of the PMS before anything is sent', async () => {
		const items = [
			...['int_rentmanager_1', 'int_resman_1'].map((integration) => placesAt(integration)[0]),
			{ ...placesAt('int_entrata_1')[0], employee: 'emp_1' },
			{ ...placesAt('int_appfolio_1')[0] },
			{ ...placesAt('int_appfolio_1')[0], days: 0 },
			{ integration: 'int_nowhere', property: 'prop_1' },
		].map((item) => ({ from: FROM, ...item }));
		const { success } = await free(items, {
			additionalFields: { employeeId: byId('={{ $json.employee }}') },
		});
		const errors = success.map(({ json }) => json.error).filter((error) => error !== undefined);
		expect(errors).toEqual([
			expect.stringContaining(
				"'Integration' belongs to Rent Manager, and Propexo cannot ask Rent Manager for free times",
			),
			expect.stringContaining(
				"'Integration' belongs to ResMan, and Propexo cannot ask ResMan for free times",
			),
			expect.stringMatching(/'Employee' is not accepted by Entrata: empty it$/),
			expect.stringContaining("'Days'"),
			expect.stringContaining("'Integration' does not exist in this Propexo account"),
		]);
		expect(asked()).toHaveLength(1);
	});

	it.each([
		['int_entrata_1', 'Entrata'],
		['int_realpage_rpx_1', 'RealPage Exchange'],
	])('is told without a property, which %s needs', async (integration, pms) => {
		const { success } = await free([{ integration, from: FROM }], { propertyId: byId('') });
		expect(success[0]?.json.error).toMatch(`'Property' is empty, and ${pms} requires it`);
		expect(asked()).toEqual([]);
	});

	it.each([undefined, null, '', ' '])(
		'is an expression that finds no property: those of all others would be offered (%j)',
		async (nothing) => {
			const { success } = await free([
				{ ...placesAt('int_appfolio_1')[0], property: nothing, from: FROM },
			]);
			expect(success.map(({ json }) => json.error)).toEqual([
				expect.stringMatching(
					/'Property' is empty and must be filled in.* of all properties would be found$/,
				),
			]);
			expect(asked()).toEqual([]);
		},
	);

	it('stops the run before anything is asked, in Stop mode', async () => {
		const items = [placesAt('int_appfolio_1')[0], placesAt('int_rentmanager_1')[0]];
		const { thrown } = await run(services, 'appointment', 'getAvailability', PLACE, {
			items: items.map((item) => ({ ...item, from: FROM })),
		});
		expect(thrown?.message).toContain('Item 2 of 2');
		expect(thrown?.message).toContain('Rent Manager');
		expect(asked()).toEqual([]);
	});

	it('is told in the words of the PMS, and is asked again while Propexo is busy', async () => {
		const item = { ...placesAt('int_appfolio_1')[0], from: FROM };
		propexo().faults.add({ match: { method: 'POST' }, status: 503, times: 2 });
		propexo().faults.add({ match: { method: 'POST' }, close: 'after' });
		expect((await free([item])).success.length).toBeGreaterThan(18);
		propexo().faults.add({ match: { method: 'POST' }, status: 405, body: { error: { message: 'No' } } });
		expect(jsonOf(await free([item]))[0]?.error).toContain('does not support this (HTTP 405)');
		propexo().faults.add({ match: { method: 'POST' }, status: 200, body: { result: {} } });
		expect(jsonOf(await free([item]))[0]?.error).toContain('another form than documented');
	});

	it('costs no request that the reply makes needless', async () => {
		await free([{ ...placesAt('int_appfolio_1')[0], from: FROM }]);
		expect(paths().filter((path) => path.includes('timezones'))).toEqual([]);
	});

	it('asks for the time zones once, for today and for the times', async () => {
		await free([{ ...placesAt('int_realpage_rpx_1')[0], days: 7 }]);
		expect(paths().filter((path) => path.includes('timezones'))).toHaveLength(1);
	});
});
