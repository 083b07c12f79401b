import fc from 'fast-check';
import { DateTime } from 'luxon';

import { shownSlot } from '../../../../nodes/Propexo/appointments/availability';
import { momentIn, momentOf } from '../../../../nodes/Propexo/appointments/moment';
import { partOfRuns } from '../../../support/effort.ts';

const settings = { ...partOfRuns(100), seed: 20_261_126 };

const zones = fc.constantFrom(
	...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles'],
	...['America/St_Johns', 'Pacific/Honolulu', 'Australia/Lord_Howe', 'UTC-05:00', 'UTC'],
);
/** To the minute, around the changes of the clocks and anywhere else. */
const walls = fc
	.oneof(
		fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2031, 0) }),
		fc
			.constantFrom(
				Date.UTC(2027, 2, 14),
				Date.UTC(2027, 10, 7),
				Date.UTC(2027, 3, 4),
				Date.UTC(2027, 9, 3),
			)
			.chain((day) => fc.integer({ min: day, max: day + 6 * 3_600_000 })),
	)
	.map((ms) => DateTime.fromMillis(ms - (ms % 60_000), { zone: 'utc' }));
const isoWall = (time: DateTime): string => time.toFormat("yyyy-MM-dd'T'HH:mm:ss");

/** All moments at which a zone shows a wall-clock time, found by trying. */
function allMoments(wall: DateTime, zone: string): number[] {
	const found = new Set<number>();
	for (let minutes = -15 * 60; minutes <= 15 * 60; minutes += 30) {
		const at = wall.plus({ minutes });
		if (isoWall(at.setZone(zone)) === isoWall(wall)) found.add(at.toMillis());
	}
	return [...found];
}

describe('A time that a PMS writes without an offset', () => {
	it('is the one moment at which its clock shows it, or none at all', () => {
		fc.assert(
			fc.property(walls, zones, fc.constantFrom(0, 60, -3_600), (wall, zone, errorSeconds) => {
				const moments = allMoments(wall, zone);
				const told = momentOf(isoWall(wall), { zone, errorSeconds });
				if (moments.length === 1 && errorSeconds === 0) {
					expect('at' in told && told.at.toMillis()).toBe(moments[0]);
				} else if (moments.length === 1) {
					expect('problem' in told && told.problem).toContain('It is not certain');
				} else {
					const word = moments.length === 0 ? 'does not exist' : 'exists twice';
					expect('problem' in told && told.problem).toContain(word);
				}
			}),
			settings,
		);
	});

	it('with an offset is that moment, whatever the clock of the PMS', () => {
		fc.assert(
			fc.property(walls, zones, zones, (wall, written, zone) => {
				const at = wall.setZone(written);
				for (const text of [
					at.toISO() ?? '',
					(at.toISO() ?? '').replace('T', ' '),
					wall.toISO() ?? '',
				]) {
					const told = momentIn(text, { zone, errorSeconds: 0 });
					expect(told && 'at' in told && told.at.toMillis()).toBe(wall.toMillis());
				}
			}),
			settings,
		);
	});
});

describe('A free time', () => {
	it("is the same moment in the property's zone as by the clock of its PMS", () => {
		fc.assert(
			fc.property(walls, zones, (wall, property) => {
				const row = {
					timezone: null,
					date: wall.toFormat('yyyy-MM-dd'),
					start: wall.toFormat('HH:mm:ss'),
					end: wall.plus({ minutes: 30 }).toFormat('HH:mm:ss'),
				};
				const own = { zone: property, errorSeconds: 0 };
				const { start, problem, zone } = shownSlot(row, { own, vendor: 'ENTRATA', workflow: 'UTC' });
				expect(zone).toBe(property);
				const moments = allMoments(wall, 'America/Denver');
				if (moments.length !== 1) {
					expect([start, typeof problem]).toEqual([undefined, 'string']);
					return;
				}
				const shown = DateTime.fromISO(start ?? '', { setZone: true });
				expect([shown.toMillis(), shown.offset]).toEqual([
					moments[0],
					DateTime.fromMillis(moments[0] ?? 0, { zone: property }).offset,
				]);
			}),
			settings,
		);
	});
});
