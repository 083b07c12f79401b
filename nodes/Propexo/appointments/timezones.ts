import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { textOf } from '../../shared/json/text';

/*
 * The time zones of properties. Source: GET /v1/timezones/ of Propexo's OpenAPI file. It gives no name of a zone, but the
 * offset of its standard time, and whether the clocks change in summer.
 */

export const TIMEZONES = '/v1/timezones/';

/** The clock of a property. */
export interface PropertyClock {
	/** Its time zone: an IANA name or, where the clocks never change, an offset such as `UTC-05:00`. */
	zone: string;
	/** By how many seconds the server of the PMS is off, in whole minutes; nobody knows in which direction. */
	errorSeconds: number;
	/** Never given: it tells a clock from the reason why there is none. */
	why?: undefined;
}

/** The time zones of the US and Canada whose clocks change in summer, by the offset of their standard time. */
const WITH_SUMMER_TIME: Record<string, string> = {
	'-03:30': 'America/St_Johns',
	'-04:00': 'America/Halifax',
	'-05:00': 'America/New_York',
	'-06:00': 'America/Chicago',
	'-07:00': 'America/Denver',
	'-08:00': 'America/Los_Angeles',
	'-09:00': 'America/Anchorage',
	'-10:00': 'America/Adak',
};

/** Those whose clocks never change, where people know them by a name. */
const WITHOUT: Record<string, string> = {
	'-04:00': 'America/Puerto_Rico',
	'-07:00': 'America/Phoenix',
	'-10:00': 'Pacific/Honolulu',
};

const OFFSET = /^[-+]\d{2}:\d{2}$/;

/**
 * The time zone of a row. Undefined if the row does not say whether the clocks change, or they change where nobody said
 * when.
 */
export function zoneOfRow({ offset, observes_daylight_savings: changes }: IDataObject): string | undefined {
	const standard = textOf(offset);
	if (!OFFSET.test(standard) || typeof changes !== 'boolean') return undefined;
	return changes ? WITH_SUMMER_TIME[standard] : (WITHOUT[standard] ?? `UTC${standard}`);
}

/** What Propexo says of the clock of a property: the clock, or why there is none. */
export type ClockOfProperty = PropertyClock | NoClock;

/** Why the clock of a property is not known. */
type NoClock =
	/** Propexo has no time zone of it. */
	| { why: 'none' }
	/** It is not known which property it is: the person may be too new to be read. */
	| { why: 'unknown' }
	/** The token may not read time zones. */
	| { why: 'notAllowed' }
	/** Its time zones cannot be read, or differ, as those of two locations. */
	| {
			why: 'unclear';
			/** The clock in a time zone that the user names; undefined if the rows cannot mean that zone. */
			clockIn(zone: string): PropertyClock | undefined;
	  };

/**
 * By how many seconds the server of the PMS is off, in whole minutes: a tour is shown to the minute. Undefined for what
 * cannot be read. Source: `server_time_error_seconds` of Propexo's OpenAPI file, "The number of seconds the server is off
 * by".
 */
function errorOf({ server_time_error_seconds: seconds }: IDataObject): number | undefined {
	const given = Number(seconds ?? 0);
	return Number.isFinite(given) ? Math.round(given / 60) * 60 : undefined;
}

/** Whether a row may mean this time zone; what it does not say, it leaves open. */
function mayMean({ offset, observes_daylight_savings: changes }: IDataObject, zone: string): boolean {
	const first = (month: number) => DateTime.fromObject({ year: 2027, month }, { zone });
	const [january, july] = [first(1), first(7)];
	const standard = january.offset < july.offset ? january : july;
	return (
		(!OFFSET.test(textOf(offset)) || offset === standard.toFormat('ZZ')) &&
		(typeof changes !== 'boolean' || changes === (january.offset !== july.offset))
	);
}

/** The one value of all; undefined if they differ. */
function same<T>(values: Array<T | undefined>): T | undefined {
	return new Set(values).size === 1 ? values[0] : undefined;
}

/**
 * The clock that the rows of a property agree on.
 *
 * @param mayBeOff whether the server of the PMS may be off
 */
export function clockOfRows(rows: IDataObject[], mayBeOff: boolean): ClockOfProperty {
	if (rows.length === 0) return { why: 'none' };
	const active = rows.filter(({ is_active }) => is_active !== false);
	const clockIn = (zone: string | undefined, its: IDataObject[]): PropertyClock | undefined => {
		if (its.length === 0) return undefined;
		const errorSeconds = mayBeOff ? same(its.map(errorOf)) : 0;
		return zone === undefined || errorSeconds === undefined ? undefined : { zone, errorSeconds };
	};
	return (
		clockIn(same(active.map(zoneOfRow)), active) ?? {
			why: 'unclear',
			clockIn: (zone) =>
				clockIn(
					zone,
					rows.filter((row) => mayMean(row, zone)),
				),
		}
	);
}
