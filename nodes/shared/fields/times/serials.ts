import { DateTime } from 'luxon';

/*
 * Spreadsheet programs keep a date as the days since December 30, 1899, and the time of day as a part of a day.
 */

/** The word of the option *Date Format* for them, which have no luxon tokens. */
export const SERIAL = 'serial';

const EPOCH = DateTime.utc(1899, 12, 30);
const DAY_MS = 86_400_000;

/** The wall-clock time of a serial number, to the second, as a time in UTC. */
export const wallOfSerial = (serial: number): DateTime =>
	DateTime.fromMillis(EPOCH.toMillis() + Math.round(serial * 86_400) * 1_000, { zone: 'utc' });

/** March 1, 1900; spreadsheet programs differ about the days before it. */
const FIRST = 61;
/** The end of the year 9999, where spreadsheets end. */
const END = 2_958_466;

/** Whether a number can be a date of a spreadsheet. */
export const isSerial = (number: number): boolean => number >= FIRST && number < END;

/** The code of an expression as one operand of a calculation: `$json.when`, `($json.when || $json.date)`. */
const operand = (source: string): string => (/^[\w$.[\]'"]+$/.test(source) ? source : `(${source})`);

/** The expression that gives the moment of a serial number in a time zone. */
export const serialExpression = (source: string, zone: string): string =>
	`{{ DateTime.fromMillis(Math.round((${operand(source)} - ${-EPOCH.toMillis() / DAY_MS}) * 86400) * 1000, { zone: 'utc' }).setZone('${zone}', { keepLocalTime: true }) }}`;

/** The time of day of a number that is a part of a day, to the second; undefined for any other number. */
export function timeOfSerial(number: number): string | undefined {
	const seconds = Math.round(number * 86_400);
	return number > 0 && seconds < 86_400 ? wallOfSerial(seconds / 86_400).toFormat('HH:mm:ss') : undefined;
}

/** The expression that gives the time of day of a part of a day. */
export const timeExpression = (source: string): string =>
	`{{ DateTime.fromMillis(Math.round(${operand(source)} * 86400) * 1000, { zone: 'utc' }).toFormat('HH:mm:ss') }}`;
