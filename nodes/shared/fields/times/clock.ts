import type { DateTime } from 'luxon';

import { readTimeZone } from './zones';

/** How the dates and times of one item are read. */
export interface Clock {
	/** Time zone of wall-clock times: the option *Time Zone*, or else the workflow's. */
	zone: string;
	/** The option *Date Format*, where it is set; its luxon tokens say how dates are written that are not ISO. */
	format?: string;
	/** Whether the operation has the options *Date Format* and *Time Zone*, so that messages may name them. */
	offersFormat?: boolean;
	/** The expression that the value comes from, without its braces, such as `$json.when`; for messages. */
	expression?(): string | undefined;
}

/** What a date field takes beyond a date and time of a leasing event. */
export interface Allowed {
	/** A day without a time of day, where the API takes one; a field says in which cases. */
	days?: boolean | string;
	/** Dates of any age, such as a day of birth or the beginning of a search. */
	anyAge?: boolean;
	/** The field holds a day and no time of day. */
	dayAlone?: boolean;
	/** It is a day of birth: it cannot lie in the future, and no message repeats it. */
	past?: true;
}

/** A moment; a day, where no time of day was given; or what is wrong. */
export type ReadTime = { time: DateTime } | { day: DateTime } | { wrong: string };

/** "March 4, 2026" */
export const dayInWords = (day: DateTime): string => day.toFormat('MMMM d, yyyy', { locale: 'en-US' });

/** Whether a date and time ends with its offset, so that it says itself which moment it is. */
export const hasOffset = (text: string): boolean => /(?:z|[+-]\d{2}:?\d{2}|:[\d.]+ ?[+-]\d{2})$/i.test(text);

/** ISO without fractions of a second where there are none. */
export const iso = (time: DateTime): string => time.toISO({ suppressMilliseconds: true }) ?? '';

/** A wall-clock time as messages show it, without an offset. */
export const isoWall = (time: DateTime): string =>
	time.toISO({ suppressMilliseconds: true, includeOffset: false }) ?? '';

/**
 * What is wrong with the zone of the clock, where a value needs one; completes "the time zone of the workflow …".
 *
 * @param hasOption whether the operation has the option *Time Zone*
 *
 * @cause A time without an offset needs a time zone, and that of the workflow is not clear, such as EST.
 * @cure Choose a place such as America/Chicago in the settings of the workflow, or do what the message says.
 */
export function faultOfZone(zone: string, hasOption = true): string | undefined {
	const checked = readTimeZone(zone);
	if (!('wrong' in checked)) return undefined;
	/** @noMessage It ends the message below. */
	const other = hasOption ? "set the option 'Time Zone'" : 'give the time an offset such as -05:00';
	return `${checked.wrong}. Change it in the workflow's settings, or ${other}`;
}

/**
 * The moment at which the clocks of a time zone show a wall-clock time.
 *
 * @param wall the wall-clock time, as a time in UTC, where every time of the clock exists, and once
 * @param hasOption whether the operation has the option *Time Zone*
 */
export function placeIn(zone: string, wall: DateTime, hasOption = true): ReadTime {
	const fault = faultOfZone(zone, hasOption);
	/**
	 * @cause The time has no offset, and the workflow's time zone is not clear, such as EST.
	 * @cure Choose a place such as America/Chicago in the settings of the workflow, or do what the message says.
	 */
	if (fault !== undefined) return { wrong: `has no offset, and the time zone of the workflow ${fault}` };
	return placeOn(zone, wall);
}

/** The same, for a time zone that is known to be one, such as the one that a date is written with. */
export function placeOn(zone: string, wall: DateTime): ReadTime {
	const time = wall.setZone(zone, { keepLocalTime: true });
	/**
	 * @cause The time lies in the hour that is left out when the clocks go forward.
	 * @cure Choose another time, or add an offset.
	 */
	if (isoWall(time) !== isoWall(wall)) {
		return {
			wrong: `does not exist in ${zone}: the clocks go forward over ${dayInWords(wall)}, ${wall.toFormat('HH:mm')}. Choose another time, or add an offset such as ${time.toFormat('ZZ')}`,
		};
	}
	const offsets = time.getPossibleOffsets().map((one) => one.toFormat('ZZ'));
	/**
	 * @cause The time lies in the hour that comes twice when the clocks go back.
	 * @cure Add the offset that is meant: the message names both.
	 */
	if (offsets.length > 1) {
		return {
			wrong: `exists twice in ${zone}: the clocks go back over ${dayInWords(wall)}, ${wall.toFormat('HH:mm')}. Add the offset ${offsets.join(' or ')}`,
		};
	}
	return { time };
}
