import fc from 'fast-check';
import { DateTime } from 'luxon';

import { runs } from '../../../support/effort.ts';
import { useNewServices } from '../../support/services.ts';
import type { Booking } from '../support/appointments.ts';
import { book, bookingAt, shownAt, zoneOf } from '../support/appointments.ts';

/*
 * Whatever the PMS, the date, and the time zone and the form in which the time is given: what the PMS shows its user is what
 * was asked for, to the minute. All of it is booked in one execution.
 */

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });

const PMSS = [
	...['entrata', 'realpage', 'realpage_rpx', 'rentmanager', 'resman'],
	...['yardi', 'appfolio', 'mri', 'propertyware'],
].map((name) => `int_${name}_1`);
/** Where the one who writes the time is. */
const ZONES = [
	...['America/New_York', 'America/Denver', 'America/Phoenix', 'America/St_Johns', 'Pacific/Honolulu'],
	...['Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'UTC'],
];
/** Mar 12 and Nov 5, 2027: two days before the clocks change in America. */
const CHANGES = [Date.UTC(2027, 2, 12), Date.UTC(2027, 10, 5)];
const DAY_MS = 86_400_000;

/** Minutes of the epoch between two times in epoch ms. */
const minutesIn = (min: number, max: number) => fc.integer({ min: min / 60_000, max: max / 60_000 });

const moments = fc.oneof(
	{ weight: 10, arbitrary: minutesIn(Date.UTC(2027, 0, 1), Date.UTC(2029, 0, 1)) },
	...CHANGES.map((day) => ({ weight: 5, arbitrary: minutesIn(day, day + 5 * DAY_MS) })),
	// The hours that come twice.
	{ weight: 1, arbitrary: minutesIn(Date.UTC(2027, 10, 7, 6), Date.UTC(2027, 10, 7, 9)) },
);

type Form = (at: DateTime) => string;

/** Ways to write a moment down. */
const FORMS: Form[] = [
	(at) => at.toISO({ suppressMilliseconds: true }) ?? '',
	(at) => at.toFormat('yyyy-MM-dd h:mm a ZZ'),
	(at) => at.toUTC().toISO() ?? '',
	(at) => at.toRFC2822() ?? '',
	(at) => `${at.toUnixInteger()}`,
	(at) => `${at.toMillis()}`,
];

const asked = fc.record({
	integration: fc.constantFrom(...PMSS),
	position: fc.constantFrom(0, 1),
	minute: moments,
	zone: fc.constantFrom(...ZONES),
	form: fc.constantFrom(...FORMS),
});

/** The clock by which the emulated PMS takes the time; by a time that it shows twice, nobody can tell which is meant. */
function clockOf({ integration, lead }: Booking): string {
	if (integration.includes('entrata')) return 'America/Denver';
	if (integration.includes('resman')) return 'UTC';
	const { leads, timezones } = services.emulator.propexo.data;
	const property = leads.get(lead)?.property_id;
	const isTold = timezones.rows.some(({ property_id }) => property_id === property);
	return integration.includes('rentmanager') && !isTold ? 'America/New_York' : zoneOf(services, lead);
}

it('Every PMS shows the time that was asked for, to the minute', async () => {
	const { numRuns } = runs(250);
	const taken = new Set<string>();
	const items = fc.sample(asked, { numRuns, seed: 20_261_126 }).flatMap((one, index): Booking[] => {
		const at = DateTime.fromMillis(one.minute * 60_000, { zone: one.zone });
		const item = bookingAt(services, one.integration, one.form(at), one.position);
		// One appointment an hour and integration, so that the PMS has room for all of them.
		const hours = [0, 1].map((more) => `${one.integration} ${Math.floor(one.minute / 30) + more}`);
		if (hours.some((hour) => taken.has(hour))) return [];
		for (const hour of hours) taken.add(hour);
		const clock = one.integration.includes('resman') ? 'utc' : undefined;
		const known = {
			at: at.toUTC().toISO() ?? '',
			notes: `n${index}.`,
			zone: zoneOf(services, item.lead),
		};
		return [{ ...item, ...known, clock }];
	});
	expect(items.length).toBeGreaterThan(numRuns / 2);
	const { success } = await book(services, items, {
		appointmentClock: '={{ $json.clock }}',
		timeZone: '={{ $json.zone }}',
	});
	const shown = await shownAt(services);
	const came = success.map(({ json }, index) => [
		items[index]?.start,
		json.error ?? shown(items[index]?.notes),
	]);
	const isTwice = (item: Booking) =>
		DateTime.fromISO(String(item.at), { zone: clockOf(item) }).getPossibleOffsets().length > 1;
	expect(items.some(isTwice)).toBe(true);
	expect(came).toEqual(
		items.map((item) => [
			item.start,
			isTwice(item) ? expect.stringContaining('comes twice that day') : item.at,
		]),
	);
	// The output says the same moment, by the clock of the property.
	for (const [index, { json }] of success.entries()) {
		if (json.error !== undefined) continue;
		const start = DateTime.fromISO(String(json.start), { setZone: true });
		expect(start.toUTC().toISO()).toBe(items[index]?.at);
		expect(start.offset).toBe(start.setZone(String(json.time_zone)).offset);
	}
});
