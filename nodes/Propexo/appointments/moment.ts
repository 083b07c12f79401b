import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { hasOffset, iso, isoWall } from '../../shared/fields/times/clock';
import { TEXT_OR_NULL } from '../../shared/json/schema';
import { textOf } from '../../shared/json/text';
import type { Columns } from '../../shared/read/output';
import type { PropertyClock } from './timezones';

/*
 * Times as a PMS writes them, which have no offset: which moment they are, by whose clock, and how rows show them.
 */

/** A moment, or why there is none. */
type Moment = { at: DateTime } | { problem: string };

/**
 * @cause In the column `problem`: the PMS wrote no time, only a date, or something in another form.
 * @cure Look the time up in the PMS.
 */
const UNREADABLE = { problem: 'The PMS wrote it in a form that cannot be read.' };

/** "2027-03-14 02:30" */
const wallShown = (wall: DateTime): string => wall.toFormat('yyyy-MM-dd HH:mm');

/**
 * The moment at which a clock shows this.
 *
 * @param wall ISO without an offset; '' if what the PMS wrote cannot be read
 */
export function momentOf(wall: string, { zone, errorSeconds }: PropertyClock): Moment {
	const shown = DateTime.fromISO(wall, { zone: 'utc' });
	if (!shown.isValid) return UNREADABLE;
	const at = shown.setZone(zone, { keepLocalTime: true });
	if (isoWall(at) !== isoWall(shown)) {
		/**
		 * @cause In the column `problem`: the PMS wrote a time in the hour that is left out when the clocks go forward.
		 * @cure Look the time up in the PMS.
		 */
		return { problem: `${wallShown(shown)} does not exist in ${zone}: the clocks go forward over it.` };
	}
	const both = at.getPossibleOffsets();
	if (both.length > 1) {
		/**
		 * @cause In the column `problem`: the PMS wrote a time in the hour that comes twice.
		 * @cure Look the time up in the PMS.
		 */
		return { problem: `${wallShown(shown)} exists twice in ${zone}: ${both.map(iso).join(' and ')}.` };
	}
	if (errorSeconds === 0) return { at };
	const readings = [0, errorSeconds, -errorSeconds].map((seconds) => iso(at.plus({ seconds })));
	/**
	 * @cause In the column `problem`: Propexo says that the server clock of the PMS is wrong, but not in which direction.
	 * @cure Look the time up in the PMS.
	 */
	return {
		problem: `It is not certain: ${clockOff('the PMS', errorSeconds)}, but not in which direction. It may be ${readings.join(', or ')}.`,
	};
}

/**
 * What is said of a server whose clock is wrong.
 *
 * @param whose the PMS
 * @param seconds whole minutes
 * @noMessage A part of two messages.
 */
export function clockOff(whose: string, seconds: number): string {
	const minutes = Math.abs(seconds) / 60;
	return `Propexo says that the server clock of ${whose} is wrong by ${minutes} minute${minutes === 1 ? '' : 's'}`;
}

const DATE_AND_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/**
 * The moment of a date and time in a record. With an offset it says itself which moment it is.
 *
 * @param clock of the PMS, or why it is not known
 * @returns undefined for none
 */
export function momentIn(written: unknown, clock: PropertyClock | { problem: string }): Moment | undefined {
	const text = textOf(written).trim();
	if (text === '') return undefined;
	if (!DATE_AND_TIME.test(text)) return UNREADABLE;
	const asIso = text.replace(' ', 'T').replace(/ (?=[+-]\d)/, '');
	if (hasOffset(asIso)) {
		const at = DateTime.fromISO(asIso, { setZone: true });
		return at.isValid ? { at } : UNREADABLE;
	}
	return 'problem' in clock ? clock : momentOf(asIso, clock);
}

/**
 * For a message to the renter: "Sunday, March 1, 2026, 2:30 PM CST".
 *
 * @noMessage
 */
export const inWords = (at: DateTime): string =>
	at.toFormat('cccc, LLLL d, yyyy, h:mm a ZZZZ', { locale: 'en-US' });

/** The times of a row as the clocks of its property show them. What could not be told is left out. */
export interface Shown {
	/** ISO with the offset of the property. */
	start?: string;
	end?: string;
	/** For a message to the renter. */
	text?: string;
	/** The time zone of all of them. */
	zone?: string;
	/** Nobody but the workflow gives the time zone. */
	isGuessed?: boolean;
	/** Why the start could not be told. */
	problem?: string;
	/** When the event of an appointment occurred, ISO with the offset of the property. */
	eventAt?: string;
	/** The Propexo ID of the agent. */
	employeeId?: string;
}

/** Kept beside the rows: in *Raw* they are as Propexo gave them. */
const shownTimes = new WeakMap<IDataObject, Shown>();

/** The times that were kept for a row; none, if it has none. */
export const shownOf = (row: IDataObject): Shown => shownTimes.get(row) ?? {};

/** Keeps the times of a row beside it. */
export const keepShown = (row: IDataObject, shown: Shown): void => void shownTimes.set(row, shown);

/** A column that holds a part of it. */
const part = (name: keyof Shown): Columns[string] => ({
	schema: TEXT_OR_NULL,
	of: (row) => shownOf(row)[name],
});

export const START = { start: part('start') };
export const END = { end: part('end') };
export const IN_WORDS = { start_text: part('text'), time_zone: part('zone'), problem: part('problem') };
export const EVENT_AT = { event_at: part('eventAt') };
export const EMPLOYEE = { employee_id: part('employeeId') };
