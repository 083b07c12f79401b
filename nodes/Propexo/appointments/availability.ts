import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { faultOfZone, iso } from '../../shared/fields/times/clock';
import { isPlace, readTimeZone } from '../../shared/fields/times/zones';
import type { Get } from '../../shared/find/get';
import { UndocumentedReply } from '../../shared/find/get';
import { isObject, listOfObjects } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { pmsOf, ruleOf, vendorName } from '../pms';
import type { Shown } from './moment';
import { inWords, momentOf } from './moment';
import { clockOfPms } from './propertyClocks';
import type { ClockOfProperty, PropertyClock } from './timezones';

/*
 * Free times. Source: POST /v1/appointment-availability/ of Propexo's OpenAPI file: it reads, in the form of a POST.
 */

/** The most days that one request may ask for. Source: `availability_duration_days` of its schema. */
const MOST_DAYS = 7;

/** Days that one request may ask for. */
interface Part {
	from: string;
	days: number;
}

const dayAfter = (from: string, days: number): string =>
	DateTime.fromISO(from, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');

/** The days of a range in parts that one request may ask for. */
export function partsOf(from: string, days: number): Part[] {
	return Array.from({ length: Math.ceil(days / MOST_DAYS) }, (_, index) => ({
		from: dayAfter(from, index * MOST_DAYS),
		days: Math.min(MOST_DAYS, days - index * MOST_DAYS),
	}));
}

/** Whether a free time is on one of these days; true where its day cannot be read. */
export function isWithin({ from, days }: Part, row: IDataObject): boolean {
	const day = dayOf(row);
	return day === undefined || (day >= from && day < dayAfter(from, days));
}

/**
 * One row for each free time: what its calendar and its day say, and its own start and end.
 *
 * @throws UndocumentedReply when the reply has another form
 */
export async function readSlots(get: Get, body: IDataObject): Promise<IDataObject[]> {
	const reply = await get({ method: 'POST', path: '/v1/appointment-availability/', body });
	return entriesIn(isObject(reply) && reply.result).flatMap(({ calendar_days, ...calendar }) =>
		entriesIn(calendar_days ?? []).flatMap(({ available_slots, ...day }) =>
			entriesIn(available_slots ?? []).map((slot) => ({ ...calendar, ...day, ...slot })),
		),
	);
}

/** What cannot be read must not look as if there were no free time. An entry that is null is no time. */
function entriesIn(list: unknown): IDataObject[] {
	const entries = listOfObjects(Array.isArray(list) ? list.filter((entry) => entry !== null) : list);
	if (!entries) throw new UndocumentedReply();
	return entries;
}

/** With an offset it is not known by which clock the date beside it is: that may be the day before or after. */
const TIME = /^((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.\d+)?$/;

/** The day of a free time; undefined if it cannot be read. */
const dayOf = ({ date }: IDataObject): string | undefined => /^\d{4}-\d{2}-\d{2}/.exec(textOf(date))?.[0];

/** A date and a time of day of the reply as ISO, without an offset; undefined if one of them cannot be read. */
function wallOf(row: IDataObject, time: unknown): string | undefined {
	const day = dayOf(row);
	const [, clock] = TIME.exec(textOf(time)) ?? [];
	return day === undefined || clock === undefined ? undefined : `${day}T${clock}`;
}

/** What decides by which clock free times are told. */
export interface Clocks {
	/** The `vendor` of the PMS; undefined if Propexo did not give it. */
	vendor?: string;
	/** What Propexo says of the clock of the property. */
	own: ClockOfProperty;
	/** The option *Time Zone*: where the property is, if nobody else tells it. */
	option?: string;
	/** The workflow's time zone. */
	workflow: string;
}

/** The time zones of a free time. */
interface Zones {
	/** By whose clock it is written. */
	clock: PropertyClock;
	/** The property's own. */
	shown: string;
	/** The clock by which it is written by the documents, where the calendar names one that shows another time. */
	documented?: string;
	/** Nobody but the workflow gives it. */
	isGuessed?: boolean;
}

/** The time zone that the calendar names; undefined if it names none, or one that cannot be read. */
const toldBy = ({ timezone }: IDataObject): string | undefined => {
	const read = readTimeZone(textOf(timezone));
	return 'value' in read ? read.value : undefined;
};

function zoneOfPms(vendor: unknown): string | undefined {
	const rule = ruleOf(pmsOf(vendor)?.appointments);
	return rule.by === 'ownZone' ? rule.zone : undefined;
}

/** Whether the clocks of two time zones show this start at the same moment: US/Mountain is another name of America/Denver. */
function areAlike(row: IDataObject, zone: string, other: string): boolean {
	const at = (one: string) => {
		const moment = momentOf(wallOf(row, row.start) ?? '', { zone: one, errorSeconds: 0 });
		return 'at' in moment ? +moment.at : one;
	};
	return at(zone) === at(other);
}

/**
 * The time zone that the calendar names of its property. A PMS that has one clock for all properties names that one, and not
 * the property's.
 */
export function propertyToldBy(row: IDataObject, vendor: unknown): string | undefined {
	const told = toldBy(row);
	const documented = zoneOfPms(vendor);
	if (told === undefined || documented === undefined) return told;
	return areAlike(row, told, documented) ? undefined : told;
}

/** The time zones of a free time; undefined if nobody gives them. */
function zonesOf(row: IDataObject, clocks: Clocks): Zones | undefined {
	const { vendor, own } = clocks;
	const told = propertyToldBy(row, vendor);
	if (told !== undefined)
		return { clock: { zone: told, errorSeconds: 0 }, shown: told, documented: zoneOfPms(vendor) };
	const known = clockOfPms(vendor, own);
	const clock = 'zone' in known ? known : clockOtherwise(clocks);
	const isGuessed = !('zone' in known) && clocks.option === undefined;
	return clock && { clock, shown: 'zone' in own ? own.zone : clock.zone, isGuessed };
}

/** The clock of a property whose place is not known: the option's, or the workflow's if that is a place. */
export function clockOtherwise({ own, option, workflow }: Omit<Clocks, 'vendor'>): PropertyClock | undefined {
	if ('zone' in own) return undefined;
	const zone = option ?? workflow;
	if (faultOfZone(zone) !== undefined || !isPlace(zone)) return undefined;
	if (own.why === 'unclear') return option === undefined ? undefined : own.clockIn(zone);
	return option === undefined && own.why === 'notAllowed' ? undefined : { zone, errorSeconds: 0 };
}

/**
 * @cause Nobody says in which time zone the property is.
 * @cure Set _Time Zone_ to that of the property.
 */
const UNKNOWN_ZONE =
	"Neither the PMS nor Propexo gives the property's time zone for sure. Set it in 'Time Zone', under 'Additional Fields'.";

/**
 * Why a start is not certain where the calendar and the documents name different clocks.
 *
 * @cause In the column `problem`: the calendar and Propexo's documents name different time zones.
 * @cure Look the time up in the PMS.
 */
function doubtOf(wall: string, at: DateTime, { clock, documented }: Zones, vendor: unknown) {
	if (documented === undefined) return undefined;
	const other = momentOf(wall, { zone: documented, errorSeconds: 0 });
	/** @noMessage A part of the text below. */
	const there = 'at' in other ? iso(other.at) : 'a time that does not exist, or exists twice';
	return `The time is not certain. By the calendar's time zone, ${clock.zone}, it is ${iso(at)}. By ${documented}, which Propexo's documents name for ${vendorName(vendor)}, it is ${there}. Look it up there.`;
}

/** The forms in which people in the US name a clock: EST, "Eastern Standard Time", ET, "Eastern Time". */
const NAMINGS = ['short', 'long', 'shortGeneric', 'longGeneric'] as const;
/** A day in winter, and one in summer. */
const SEASONS = [Date.UTC(2027, 0, 1), Date.UTC(2027, 6, 1)];

/** Whether this is what people call the clock of a time zone, in winter or in summer. */
function isNameOf(name: string, zone: string): boolean {
	const names = NAMINGS.flatMap((timeZoneName) => {
		const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName });
		const partsOfAll = SEASONS.flatMap((at) => format.formatToParts(at));
		return partsOfAll.flatMap(({ type, value }) =>
			type === 'timeZoneName' ? [value.toLowerCase()] : [],
		);
	});
	return [name, `${name} time`].some((one) => names.includes(one.toLowerCase()));
}

/**
 * Why a start is not certain where the calendar's time zone cannot be read, and is no name of the clock that is known.
 *
 * @cause In the column `problem`: the calendar names its time zone in a form that may mean several, such as EST.
 * @cure Look the time up in the PMS.
 */
function unreadZone(row: IDataObject, zones: Zones | undefined): string | undefined {
	const name = textOf(row.timezone).trim();
	if (name === '' || toldBy(row) !== undefined) return undefined;
	if (zones && isPlace(zones.clock.zone) && isNameOf(name, zones.clock.zone)) return undefined;
	return `The calendar's time zone, ${name}, cannot be read for sure. Look the time up in the PMS.`;
}

/** The times of a row as the clocks of its property show them. */
export function shownSlot(row: IDataObject, clocks: Clocks): Shown {
	const zones = zonesOf(row, clocks);
	const unread = unreadZone(row, zones);
	if (!zones) return { problem: unread ?? UNKNOWN_ZONE };
	const { clock, shown: zone, isGuessed } = zones;
	if (unread !== undefined) return { zone, isGuessed, problem: unread };
	const at = (wall = '') => momentOf(wall, clock);
	const from = wallOf(row, row.start);
	const until = wallOf(row, row.end);
	const start = at(from);
	// One that ends at midnight ends on the next day.
	const isOver = from !== undefined && until !== undefined && until <= from;
	const end =
		until === undefined ? undefined : at(isOver ? `${dayAfter(until, 1)}${until.slice(10)}` : until);
	if ('problem' in start) return { zone, isGuessed, problem: start.problem };
	const doubt = doubtOf(from ?? '', start.at, zones, clocks.vendor);
	if (doubt !== undefined) return { zone, isGuessed, problem: doubt };
	const starts = start.at.setZone(zone);
	return {
		zone,
		isGuessed,
		start: iso(starts),
		text: inWords(starts),
		...(end && 'at' in end && { end: iso(end.at.setZone(zone)) }),
	};
}
