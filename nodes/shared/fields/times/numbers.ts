import { DateTime } from 'luxon';

import type { Clock, Read } from './clock';
import { isoWall } from './clock';
import { isPlausible } from './plausible';
import { serialExpression, wallOfSerial } from './serials';
import { sourceOf, waysOut } from './waysOut';

const IS_NUMBER = /^-?\d+(\.\d+)?$/;

/** Whether a text is a number in digits. */
export const isNumber = (text: string): boolean => IS_NUMBER.test(text);

/** The serial number of January 1, 2000; numbers below are told as what they are in seconds: the beginning of 1970. */
const FIRST_SERIAL = 36_526;

/** @noMessage It begins the messages below. */
const NO_DATE =
	'is a number that is no date: seconds and milliseconds since 1970 are read, from the year 2000 to five years from now. Check where the value comes from';

/**
 * Reads seconds or milliseconds since 1970. The size shows which, because a leasing event lies between 2000 and a few
 * years from now. Date numbers of spreadsheets are far smaller; they are refused, with the right way to read them.
 */
export function readNumber(text: string, clock: Clock): Read {
	const number = Number(text);
	for (const ms of [number * 1_000, number]) {
		const time = DateTime.fromMillis(Math.trunc(ms), { zone: 'utc' });
		if (isPlausible(time)) return { time };
	}
	const wall = wallOfSerial(number);
	if (isPlausible(wall)) return { wrong: spreadsheets(text, wall, clock) };
	if (Math.abs(number) < FIRST_SERIAL) return { time: DateTime.fromSeconds(number, { zone: 'utc' }) };
	return {
		/**
		 * @cause The number counts neither seconds nor milliseconds since 1970.
		 * @cure Check which field the expression names. If it is the right one, its digits are a date in another form: say in the
		 * option _Date Format_ which.
		 */
		wrong: clock.offersFormat
			? `${NO_DATE}. For digits such as 20260301143000 set the option 'Date Format' to yyyyMMddHHmmss, for a spreadsheet's number to serial`
			: NO_DATE,
	};
}

/**
 * What is wrong with a spreadsheet's date number, and the right way to read it.
 *
 * @cause The column holds the date numbers of a spreadsheet.
 * @cure Set the option _Date Format_ to `serial`, or use the expression in the message. A number without a fraction is
 * a day: add the time.
 */
function spreadsheets(text: string, wall: DateTime, clock: Clock): string {
	if (!text.includes('.')) {
		const day = wall.toISODate();
		return `has no time of day: ${text} is the day ${day} in a spreadsheet. Add the time, such as ${day}T14:30:00`;
	}
	const expression = serialExpression(sourceOf(clock, text), clock.zone);
	return `is ${text}, which is ${isoWall(wall)} in a spreadsheet. To send that, ${waysOut(clock, 'serial', expression)}`;
}
