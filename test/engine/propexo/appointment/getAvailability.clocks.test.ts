import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import { calendar, FROM, hintsOf, useFreeTimes } from '../support/freeTimes.ts';
import { jsonOf } from '../support/run.ts';

const { answer, free, placesAt, propexo } = useFreeTimes();

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
			problem: expect.stringContaining("Set it in 'Time Zone'"),
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
