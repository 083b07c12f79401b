import { DateTime } from 'luxon';

import { isObject } from '../../json/objects';
import { textOf } from '../../json/text';

type Zone = { value: string } | { wrong: string };

/*
 * A property is at a place, and its clocks change with the seasons. `EST` names a clock without summer time: as the zone
 * of New York it is an hour off from March to November. An offset such as UTC-6 means Chicago in winter and Denver in
 * summer. Both are refused with the places that may be meant.
 */

/**
 * What people in the US call their time zones, with the place that is meant: "Eastern", "Eastern Time", "Eastern Standard
 * Time", "Eastern Time (US & Canada)", "EST".
 */
const US_ZONES = Object.entries({
	'America/New_York': 'e[sd]?t|eastern',
	'America/Chicago': 'c[sd]?t|central',
	'America/Denver (in Arizona America/Phoenix)': 'm[sd]?t|mountain',
	'America/Los_Angeles': 'p[sd]?t|pacific',
	'America/Anchorage': 'ak[sd]t|alaskan?',
	'Pacific/Honolulu': 'h[sd]?t|hawaii(?:an)?',
	'America/Puerto_Rico (in Canada America/Halifax)': 'a[sd]t|atlantic',
}).map(([place, names]) => ({
	pattern: new RegExp(`^(${names})( (standard|daylight|summer))?( time)?( \\(us.*\\))?$`, 'i'),
	place,
}));

/** UTC-6, GMT+05:30, -06:00, IANA's own Etc/GMT+6, whose sign is the other way round, and SystemV/EST5 of old systems. */
const OFFSET_ZONE = /^(?:(etc\/)?(utc|gmt)? ?[+-] ?\d{1,2}(:?\d{2})?|systemv\/\w+\d)$/i;

/**
 * Short names that n8n's server reads as one place, and that other people have for another: BST is Dhaka there and London in
 * Britain, IST India and Israel.
 */
const AMBIGUOUS =
	/^(?:act|aet|agt|art|bet|bst|cat|cnt|ctt|eat|ect|iet|ist|jst|mit|net|nst|plt|pnt|prt|sst|vst|[ce]est|ae[sd]t)$/i;

const THIS_MACHINE = /^(local|localtime|system|default)$/i;

/** By its name in lower case, each time zone as it is written. */
const written = new Map(Intl.supportedValuesOf('timeZone').map((name) => [name.toLowerCase(), name]));

/** The place that is meant by what people in the US call a time zone: EST, "Central Time"; undefined for any other text. */
export const placeOf = (text: string): string | undefined =>
	US_ZONES.find(({ pattern }) => pattern.test(text))?.place;

/** Whether a name of a time zone may mean several clocks. */
export const isSeveral = (name: string): boolean => placeOf(name) !== undefined || AMBIGUOUS.test(name);

/** @noMessage It ends the messages below. */
const ITS_PLACE = 'its place, such as America/Chicago';

/** Words behind a date or a time, and behind its AM or PM. */
const BEHIND = /(?<=\d(?: ?[ap]\.?m\.?)?) ?\(?((?![ap]m?\b)[a-z][a-z ]{1,30})\)?$/i;

/** A date or a time that ends with the name of a time zone, which may mean several clocks: `2:30 PM EST`, `14:30 (CEST)`. */
export interface Named {
	/** Without it. */
	bare: string;
	zone: string;
	/** The zone and the signs around it. */
	tail: string;
}

/** Reads the time zone behind a date or a time; undefined where there is none. */
export function zoneBehind(text: string): Named | undefined {
	const [tail = '', zone = ''] = BEHIND.exec(text) ?? [];
	// In other letters, Art and Cat are names of people.
	const isShort = AMBIGUOUS.test(zone) && zone === zone.toUpperCase();
	return isShort || placeOf(zone) !== undefined
		? { bare: text.slice(0, -tail.length), zone, tail }
		: undefined;
}

/**
 * What is wrong with a date or a time that has the name of a time zone in it.
 *
 * @param hasOption whether the operation has the option *Time Zone*
 *
 * @example 'Event Date and Time' is 2026-03-01 14:30 EST, and EST may mean several clocks. Leave it out, as in {{ $json.time.replace(' EST', '') }}, and for the items with EST set the option 'Time Zone' to America/New_York
 * @cause The value has a zone such as EST in it, which may mean a clock without summer time, or several places.
 * @cure Leave it out of the value and set the option _Time Zone_. If items have several zones, set it by an expression, such as `{{
 * $json.time.endsWith('CST') ? 'America/Chicago' : 'America/New_York' }}`. Where there is no such option, write an offset in its place.
 */
export function namedZone(
	text: string,
	{ zone, tail }: Pick<Named, 'zone' | 'tail'>,
	hasOption = false,
): { wrong: string } {
	/** @noMessage It ends the message below. */
	const way = hasOption
		? `Leave it out, as in {{ $json.time.replace('${tail}', '') }}, and for the items with ${zone} set the option 'Time Zone' to ${placeOf(zone) ?? ITS_PLACE}`
		: 'Write an offset such as -05:00 in its place';
	return { wrong: `is ${text}, and ${zone} may mean several clocks. ${way}` };
}

/**
 * Reads the name of a time zone. Spaces and letter case do not matter.
 *
 * @returns the IANA name, or what is wrong, completing "'Time Zone' …"
 */
export function readTimeZone(given: string): Zone {
	const name = given.trim().replace(/\s+/g, ' ');
	if (THIS_MACHINE.test(name)) {
		/**
		 * @cause The time zone is `local`, which is that of n8n's server.
		 * @cure Write a place such as America/Chicago, or leave _Time Zone_ out.
		 */
		return {
			wrong: `is ${name}, the clock of n8n's computer. Write a place such as America/Chicago`,
		};
	}
	const us = placeOf(name);
	if (isSeveral(name)) {
		/**
		 * @cause A zone such as EST or Central may mean a clock without summer time, and IST may mean India, Israel and Ireland.
		 * @cure Write the place that the message names, or that you mean.
		 */
		return { wrong: `is ${name}, which may mean several clocks. Write ${us ?? ITS_PLACE}` };
	}
	if (OFFSET_ZONE.test(name)) {
		/**
		 * @cause A zone such as UTC-6 is right only in one half of the year.
		 * @cure Write a place such as America/Chicago.
		 */
		return {
			wrong: `is ${name}, an offset, which does not change in summer. Write a place such as America/Chicago, or give each time its offset`,
		};
	}
	const id = name.replace(/ /g, '_');
	if (DateTime.local({ zone: id }).isValid) return { value: written.get(id.toLowerCase()) ?? id };
	/**
	 * @cause There is no time zone of this name.
	 * @cure Write an IANA name, a continent and a city: America/Chicago.
	 */
	return { wrong: 'must be the name of a time zone such as America/Chicago' };
}

/**
 * A remark about the time zone of a date object; undefined for any other value, and where the zone is a place or an offset.
 *
 * @cause A hint: the expression makes the date in a zone such as EST, whose clock may be an hour off in summer, or which may mean
 * several places. The moment was sent as it is.
 * @cure Write the place in the expression, such as `{ zone: 'America/New_York' }`.
 */
export function zoneOf(raw: unknown): string | undefined {
	const name = isObject(raw) && 'isValid' in raw ? textOf(raw.zoneName) : '';
	const us = placeOf(name);
	return isSeveral(name)
		? `is in the time zone ${name}, which may mean several clocks. Check its hour, and write ${us ?? ITS_PLACE}`
		: undefined;
}

/** The names that IANA has for UTC. */
const UTC_NAMES = /^(etc\/)?(utc|uct|gmt|gmt0|universal|zulu|greenwich)$/i;

/** Whether a text names UTC in one of the ways in which dates end. */
export const isUtc = (text: string): boolean =>
	UTC_NAMES.test(text) || /^(?:z|coordinated universal time|greenwich mean time)$/i.test(text);

/** Whether something can be in this time zone; nothing is in UTC. */
export const isPlace = (zone: string): boolean => !UTC_NAMES.test(zone) && !OFFSET_ZONE.test(zone);
