import { hourOfDay } from '../fields/times/written';
import { readServiceTime } from '../http/serviceTime';
import { isObject } from '../json/objects';
import { entriesOf, HTML_NAMES, opened, textOf } from '../json/text';
import { DAY_MS, HOUR_MS } from '../json/time';
import { INCIDENTAL, phoneAlike } from './alike';

/*
 * Whether a record that was read says something other than what was sent. A service may leave values out, name them in
 * another spelling, write them in another form, or shorten them: such a record may still be the one that was sent.
 */

/** Clocks of two time zones differ by 26 hours at most. */
const ZONES_APART_MS = 26 * HOUR_MS;
/** How far a time and a day may be apart that mean the same. */
const DAY_APART_MS = ZONES_APART_MS + DAY_MS;
/** A service may leave out the seconds of a time. */
const MINUTE_MS = 60_000;
/** A text of which a service keeps only the beginning is at least this long, in letters and digits. Names and IDs are shorter. */
const SHORTEST_CUT = 40;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const OFFSET = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
const TIME_OF_DAY = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:([ap])\.?m\.?)?$/i;
const TIME_WITH_ZONE = /^\d{1,2}:\d{2}\S*(?:Z|[+-]\d{2}:?\d{2})$/i;
const HAS_DIGITS = /\d/;
const PHONE = /^[\d\s()+./-]+$/;

/**
 * Whether a record cannot be the one that was sent: both tell a value, and the two cannot mean the same. A value that is
 * missing on either side, or has a form that cannot be compared, contradicts nothing.
 *
 * @param record as it was read; its names may have another spelling, and parts of it may be JSON in a text
 * @param sent of a list, one common entry is enough
 */
export function contradicts(record: unknown, sent: unknown): boolean {
	const [told, said] = [opened(record), opened(sent)];
	if (Array.isArray(told) || Array.isArray(said)) {
		const [all, others] = [listOf(told), listOf(said)];
		return (
			all.length > 0 &&
			others.length > 0 &&
			all.every((one) => others.every((other) => contradicts(one, other)))
		);
	}
	if (isObject(told) && isObject(said)) {
		return Object.entries(said).some(([name, value]) => contradicts(valueNamed(told, name), value));
	}
	// What is missing, and an object, is ''.
	return areDifferent(textOf(told), textOf(said));
}

/** The value of this name, also in another spelling: `lead_id` and `leadId` are the same. */
export function valueNamed(record: Record<string, unknown>, name: string): unknown {
	if (record[name] !== undefined) return record[name];
	const wanted = lettersOf(name);
	const isMeant = ([other, value]: [string, unknown]) => value !== undefined && lettersOf(other) === wanted;
	return Object.entries(record).find(isMeant)?.[1];
}

/** A text may be the whole entry, or several with commas between them. */
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value, ...entriesOf(value)]);

/** Whether two plain values cannot mean the same. */
function areDifferent(one: string, other: string): boolean {
	const [moment, otherMoment] = [momentOf(one), momentOf(other)];
	if (moment && otherMoment) return areOtherTimes(moment, otherMoment);
	// A date in another notation, such as 03/01/2026, cannot be compared.
	if (moment ? HAS_DIGITS.test(other) : otherMoment && HAS_DIGITS.test(one)) return false;
	if (Number(one) === Number(other)) return false;
	const [form, otherForm] = [formOf(one), formOf(other)];
	return form !== '' && otherForm !== '' && form !== otherForm && !isCut(form, otherForm);
}

interface Moment {
	/** Epoch ms; by UTC, if no zone is known. */
	at: number;
	isDay: boolean;
	hasZone: boolean;
}

function momentOf(text: string): Moment | undefined {
	const isDay = DAY.test(text);
	const at = isDay ? Date.parse(text) : readServiceTime(text);
	return Number.isNaN(at) ? undefined : { at, isDay, hasZone: OFFSET.test(text) };
}

function areOtherTimes(one: Moment, other: Moment): boolean {
	const apart = Math.abs(one.at - other.at);
	if (one.isDay !== other.isDay) return apart > DAY_APART_MS;
	return apart >= (one.hasZone === other.hasZone ? MINUTE_MS : ZONES_APART_MS);
}

/** A normal form: equal for what means the same. '' for what cannot be compared. */
function formOf(text: string): string {
	if (TIME_WITH_ZONE.test(text.trim())) return '';
	const [, hour, minutes, half] = TIME_OF_DAY.exec(text.trim()) ?? [];
	if (hour !== undefined) return `${half ? hourOfDay(Number(hour), half) : Number(hour)}:${minutes}`;
	return (PHONE.test(text) && phoneAlike(text)) || lettersOf(text);
}

/** The letters and digits of a text, without the tags and entities of HTML. */
const lettersOf = (text: string): string =>
	text
		.replace(/&(#?\w+);/g, (whole, name: string) => HTML_NAMES[name.toLowerCase()] ?? whole)
		.replace(/<[^<>]*>/g, '')
		.normalize('NFKD')
		.replace(INCIDENTAL, '')
		// A mark behind something else than a letter belongs to an emoji.
		.replace(/[^\p{L}\p{M}\p{N}]+|(?<![\p{L}\p{M}])\p{M}+/gu, '')
		.toLowerCase();

function isCut(one: string, other: string): boolean {
	const [short, long] = one.length < other.length ? [one, other] : [other, one];
	return short.length >= SHORTEST_CUT && long.startsWith(short);
}
