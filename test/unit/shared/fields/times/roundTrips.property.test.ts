import fc from 'fast-check';
import { DateTime } from 'luxon';

import type { Field } from '../../../../../nodes/shared/fields/field';
import type { ReadItem } from '../../../../../nodes/shared/fields/item';
import { readDateTime } from '../../../../../nodes/shared/fields/times/dateTime';
import { readDateFormat } from '../../../../../nodes/shared/fields/times/dateFormat';
import { convertTimes } from '../../../../../nodes/shared/fields/times/convertTimes';
import { readTimeOfDay } from '../../../../../nodes/shared/fields/times/timeOfDay';
import { partOfRuns } from '../../../../support/effort.ts';

const settings = { ...partOfRuns(400), seed: 20_261_126 };

/** Clocks of the US, with and without summer time, and such as change by half an hour, at midnight, or not at all. */
const ZONES = [
	'America/New_York',
	'America/Chicago',
	'America/Denver',
	'America/Phoenix',
	'America/Los_Angeles',
	'America/Anchorage',
	'Pacific/Honolulu',
	'America/St_Johns',
	'America/Havana',
	'Europe/London',
	'Africa/Casablanca',
	'Asia/Kolkata',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Auckland',
	'UTC',
];
const zones = fc.constantFrom(...ZONES);

/** The seconds around 2 o'clock at which US clocks change, and any others since 2000. */
const CHANGES = ['2007-03-11', '2025-11-02', '2026-03-08', '2026-11-01', '2027-03-14', '2027-11-07'].map(
	(day) => DateTime.fromISO(`${day}T08:00:00Z`).toSeconds(),
);
const moments = fc
	.oneof(
		fc
			.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -14_400, max: 14_400 }))
			.map(([a, b]) => a + b),
		fc.integer({ min: 946_684_800, max: 1_900_000_000 }),
	)
	.map((seconds) => DateTime.fromSeconds(seconds, { zone: 'utc' }));

const millisOf = (checked: { value?: unknown }): number => new Date(checked.value as string).getTime();

describe('A moment', () => {
	it('is read from what the clock on the wall shows, unless that comes twice', () => {
		fc.assert(
			fc.property(moments, zones, (moment, zone) => {
				const wall = moment.setZone(zone).toFormat("yyyy-MM-dd'T'HH:mm:ss");
				const checked = readDateTime(wall, { zone });
				if ('wrong' in checked) {
					expect(checked.wrong).toContain('exists twice');
					expect(moment.setZone(zone).getPossibleOffsets()).toHaveLength(2);
				} else expect(millisOf(checked)).toBe(moment.toMillis());
			}),
			settings,
		);
	});

	it('is the same in every way of writing it down with an offset, in any zone', () => {
		fc.assert(
			fc.property(moments, zones, zones, (moment, there, zone) => {
				const local = moment.setZone(there);
				const writings: unknown[] = [
					local,
					local.toJSDate(),
					local.toISO(),
					local.toISO()?.toLowerCase(),
					local.toFormat('yyyy-MM-dd HH:mm:ss ZZZ'),
					local.toFormat("yyyy-MM-dd HH:mm:ss.SSS'123456'ZZ"),
					moment.toFormat("yyyy-MM-dd HH:mm:ss 'UTC'"),
					local.toRFC2822(),
					local.toHTTP(),
					moment.toSeconds(),
					`${moment.toMillis()}`,
				];
				for (const writing of writings) {
					expect([writing, millisOf(readDateTime(writing, { zone }) as object)]).toEqual([
						writing,
						moment.toMillis(),
					]);
				}
			}),
			{ ...settings, ...partOfRuns(150) },
		);
	});

	const FORMATS = [
		'MM/dd/yyyy h:mm:ss a',
		'M/d/yy HH:mm:ss',
		'dd.MM.yyyy HH:mm:ss',
		'yyyyMMddHHmmss',
		"d MMMM yyyy 'at' h:mm:ss a",
		'EEE, MMM d, yyyy H:mm:ss',
	];

	it('is read as its Date Format says, and never as another one', () => {
		fc.assert(
			fc.property(moments, zones, fc.constantFrom(...FORMATS), (moment, zone, format) => {
				expect(readDateFormat(format)).toEqual({ value: format });
				const text = moment.setZone(zone).toFormat(format, { locale: 'en-US' });
				const checked = readDateTime(text, { zone, format });
				if ('wrong' in checked) expect(checked.wrong).toContain('exists twice');
				else expect(millisOf(checked)).toBe(moment.toMillis());
			}),
			settings,
		);
	});

	it('is what the cell of a spreadsheet shows', () => {
		fc.assert(
			fc.property(moments, zones, (moment, zone) => {
				const wall = moment.setZone(zone).setZone('utc', { keepLocalTime: true });
				const serial = wall.toSeconds() / 86_400 + 25_569;
				if (Number.isInteger(serial)) return;
				const checked = readDateTime(serial, { zone, format: 'serial' });
				if ('wrong' in checked) expect(checked.wrong).toContain('exists twice');
				else expect(millisOf(checked)).toBe(moment.toMillis());
			}),
			settings,
		);
	});
});

describe('A visit', () => {
	const fields: Field[] = [
		{ name: 'at', label: 'At', kind: 'dateTime', description: '' },
		{ name: 'from', label: 'From', kind: 'timeOfDay', dayOf: 'at', isStart: true, description: '' },
	];
	const visit = (at: unknown, from: unknown, zone: string): ReadItem => {
		const values = [readDateTime(at, { zone }), readTimeOfDay(from, { zone })].map((checked) =>
			'wrong' in checked ? undefined : checked.value,
		);
		return {
			values: { at: values[0], from: values[1] },
			body: {},
			problems: [],
			remarks: [],
			emptied: [],
			sought: {},
			found: {},
		};
	};

	it('begins at the same moment in the time zone of the PMS as in the one it was entered in', () => {
		fc.assert(
			fc.property(moments, zones, zones, zones, (moment, there, zone, serviceZone) => {
				const from = moment.setZone(zone).toFormat('h:mm:ss a');
				// The date comes with any offset; the time of day is one of the zone.
				const read = visit(moment.setZone(there).toISO(), from, zone);
				convertTimes(read, fields, { zone, serviceZone });
				const expected = moment.setZone(serviceZone);
				expect(millisOf({ value: read.body.at })).toBe(moment.toMillis());
				if (read.problems.length > 0) {
					expect(moment.setZone(zone).getPossibleOffsets()).toHaveLength(2);
				} else if (zone !== serviceZone) {
					expect(read.body.from).toBe(expected.toFormat('HH:mm:ss'));
					expect(read.remarks).toEqual([]);
				}
			}),
			settings,
		);
	});

	it('that was entered with an offset begins at that moment, whatever the zone', () => {
		fc.assert(
			fc.property(moments, zones, zones, zones, (moment, there, zone, serviceZone) => {
				const local = moment.setZone(there);
				const read = visit(moment.toISO(), local.toFormat('HH:mm:ssZZ'), zone);
				convertTimes(read, fields, { zone, serviceZone });
				expect([read.problems, read.remarks]).toEqual([[], []]);
				expect(read.body.from).toBe(moment.setZone(serviceZone).toFormat('HH:mm:ss'));
			}),
			settings,
		);
	});

	it('that was entered as a whole date and time begins at that moment', () => {
		fc.assert(
			fc.property(moments, zones, zones, zones, (moment, there, zone, serviceZone) => {
				const read = visit(moment.toISO(), moment.setZone(there).toISO(), zone);
				convertTimes(read, fields, { zone, serviceZone });
				expect([read.problems, read.remarks]).toEqual([[], []]);
				expect(read.body.from).toBe(moment.setZone(serviceZone).toFormat('HH:mm:ss'));
			}),
			settings,
		);
	});
});
