import { DateTime } from 'luxon';

import { textOf } from '../../json/text';
import type { Checked } from '../checked';
import type { Clock } from './clock';
import { isDay, readDateTime } from './dateTime';
import { isNumber } from './numbers';

/** Where the clocks never change: each time of day exists there, once. */
const UTC = 'UTC';

/**
 * Reads a day, in any form that a date and time may have. A time of day is cut off. A text keeps the day that is written in
 * it; its offset changes nothing. A date object or a number names a moment: midnight in UTC gives the day in UTC, any other
 * moment gives the day in the item's time zone.
 *
 * @returns `2026-03-01`
 */
export function readDate(raw: unknown, clock: Clock): Checked {
	const read = readDateTime(raw, { ...clock, zone: UTC }, { days: true, anyAge: true, dayAlone: true });
	if ('wrong' in read || isDay(read.value)) return read;
	const time = textOf(read.value);
	if (typeof raw === 'string' && !isNumber(raw.trim())) return { value: time.slice(0, 10) };
	const moment = DateTime.fromISO(time, { zone: UTC });
	const isMidnight = moment.equals(moment.startOf('day'));
	return { value: (isMidnight ? moment : moment.setZone(clock.zone)).toFormat('yyyy-MM-dd') };
}
