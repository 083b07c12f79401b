import { DateTime } from 'luxon';

import type { Problem, Remark } from '../../shared/fields/problem';
import { faultOfZone, iso } from '../../shared/fields/times/clock';
import type { Known } from './clockOfStart';
import { clockFor, repeated } from './clockOfStart';
import { inWords } from './moment';

/*
 * The time of an appointment. An item gives a moment; a PMS takes a date and a time of day without an offset, by a clock of
 * its own (`clockOfStart.ts`).
 */

/** The date and the time of day that are sent, and the time as the property's clocks show it. */
interface ConvertedStart {
	date: string;
	time: string;
	/** ISO, with the property's offset. */
	start: string;
	/** For a message to the renter: "Sunday, March 1, 2026, 2:30 PM CST". */
	text: string;
	/** The time zone of both. */
	zone: string;
	remarks: Remark[];
}

export const START_LABEL = 'Start';
/** What it puts into the request. */
export const START_PARTS = ['appointment_date', 'appointment_time'] as const;

/** Converts the time of an appointment to the clock of its PMS, and to that of the property. */
export function convertStart(known: Known): ConvertedStart | { problem: Problem } {
	const { start, property, zone } = known;
	const clock = clockFor(known);
	// No other start makes a clock known.
	if ('wrong' in clock) return { problem: { label: START_LABEL, needsPerson: true, ...clock } };
	const at = DateTime.fromISO(start, { zone: clock.zone });
	if (at.getPossibleOffsets().length > 1) {
		/**
		 * @cause In the time zone of the PMS the time comes twice on that day, because the clocks go back.
		 * @cure Choose another time.
		 */
		const wrong = `is ${at.toFormat('HH:mm')} in ${clock.zone}, the time zone of ${known.pms}, and comes twice that day: the clocks go back. Choose another time`;
		return { problem: { label: START_LABEL, wrong } };
	}
	const shownIn = 'zone' in property ? property.zone : faultOfZone(zone) === undefined ? zone : clock.zone;
	const shown = DateTime.fromISO(start, { zone: shownIn });
	return {
		date: at.toFormat('yyyy-MM-dd'),
		time: at.toFormat('HH:mm:ss'),
		start: iso(shown),
		text: inWords(shown),
		zone: shownIn,
		remarks: [clock.remark ?? repeated(known, shownIn)].flatMap((remark) =>
			remark === undefined ? [] : [{ label: START_LABEL, remark }],
		),
	};
}
