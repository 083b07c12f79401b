import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { textOf } from '../../json/text';
import type { Field, TimeOfDayField } from '../field';
import { put } from '../names';
import type { ReadItem } from '../item';
import { faultOfZone, iso, placeIn } from './clock';
import { isWhole } from './timeOfDay';

/** Minutes between a visit and its *Time From* that are no sign of a mistake; a wrong zone costs an hour or more. */
const NEAR_MINUTES = 30;

/** A date and time with its offset, as the clocks of a zone show it. */
const at = (time: string, zone: string): DateTime => DateTime.fromISO(time, { zone });

/** The date that a time of day belongs to. */
interface Day {
	/** The label of the date field. */
	label: string;
	/** Its value, with an offset. */
	time: string;
}

function dayOf(field: TimeOfDayField, values: IDataObject, fields: readonly Field[]): Day {
	const owner = fields.find(({ name }) => name === field.dayOf);
	return { label: owner?.label ?? '', time: textOf(values[field.dayOf ?? '']) };
}

/** The offset that a time of day was given with; '' for a wall-clock time. */
const offsetOf = (time: string): string => /(Z|[+-]\d{2}:\d{2})$/.exec(time)?.[0] ?? '';

/**
 * The moment of a time of day on the day of its date, in the time zone that the time was given in. An end with an offset may be
 * on the next day there: in UTC, an evening in America goes over midnight.
 */
function momentOf(
	{ isStart }: TimeOfDayField,
	time: string,
	day: Day,
	zone: string,
): DateTime | { wrong: string } {
	const offset = offsetOf(time);
	if (offset !== '') {
		const date = at(day.time, offset === 'Z' ? 'UTC' : `UTC${offset}`).toISODate();
		const moment = DateTime.fromISO(`${date}T${time}`, { setZone: true });
		const visit = at(day.time, zone);
		const next = moment.plus({ days: 1 });
		return !isStart && moment < visit && next.setZone(zone).hasSame(visit, 'day') ? next : moment;
	}
	const wall = DateTime.fromISO(`${at(day.time, zone).toISODate()}T${time}`, { zone: 'utc' });
	const placed = placeIn(zone, wall);
	if ('time' in placed) return placed.time;
	return {
		/**
		 * @cause The time of day lies in an hour that is left out or comes twice when the clocks change.
		 * @cure Give it an offset, such as `02:30:00-05:00`, or choose another time.
		 */
		wrong: `does not exist on that day in ${zone}, or exists twice: its clocks change then. Give it an offset, such as ${time}${wall.setZone(zone, { keepLocalTime: true }).toFormat('ZZ')}`,
	};
}

const CLOCK = 'HH:mm:ss';

/** The remark about a *Time From* that is far from the time of its date, or a *Time To* before it; undefined for others. */
function farFrom({ isStart }: TimeOfDayField, moment: DateTime, day: Day, zone: string): string | undefined {
	const visit = at(day.time, zone);
	const later = moment.diff(visit).as('minutes');
	const apart = Math.abs(later);
	if (isStart ? Math.min(apart, Math.abs(24 * 60 - apart)) <= NEAR_MINUTES : later >= 0) return undefined;
	return notTheSame(moment.setZone(zone), visit, 'HH:mm', day);
}

/**
 * @cause A hint: _Time From_ and the date and time of the same event are far apart, or _Time To_ is before them. Both were
 * sent.
 * @cure Check both: most often one of them is in another time zone, or is written without PM.
 */
const notTheSame = (from: DateTime, visit: DateTime, format: string, { label }: Day): string =>
	`is ${from.toFormat(format)}, and '${label}' is ${visit.toFormat(format)}, both in the time zone ${visit.zoneName}. Check that they are the time of the same visit`;

/** A time of day as it is sent, or what is wrong with it, and its remark. */
interface Converted {
	value?: string;
	wrong?: string;
	/** It may be right another time. */
	passing?: true;
	remark?: string;
}

/**
 * The time of day of a whole date and time. On the day of its date it is that moment; on another day, only what the
 * clocks of the zone show then.
 */
function convertWhole(
	field: TimeOfDayField,
	whole: string,
	day: Day,
	{ zone, serviceZone = zone }: Clocks,
): Converted {
	const fault = faultOfZone(zone);
	if (fault !== undefined) {
		/**
		 * @cause A time of day is given as a whole date and time, and the workflow's time zone is not clear, such as
		 * EST.
		 * @cure Choose a place such as America/Chicago in the settings of the workflow, or set the option _Time Zone_.
		 */
		return { wrong: `is a whole date and time, and the time zone of the workflow ${fault}` };
	}
	const moment = at(whole, zone);
	const value = moment.setZone(serviceZone).toFormat(CLOCK);
	if (day.time === '') return { value };
	const visit = at(day.time, zone);
	if (moment.hasSame(visit, 'day')) return { value, remark: farFrom(field, moment, day, zone) };
	const time = moment.toFormat(CLOCK);
	return {
		value: time,
		...convertTime(field, time, day, { zone, serviceZone }),
		remark: notTheSame(moment, visit, 'yyyy-MM-dd HH:mm', day),
	};
}

function convertTime(
	field: TimeOfDayField,
	time: string,
	day: Day,
	{ zone, serviceZone }: Clocks,
): Converted {
	const changes = serviceZone !== undefined && (serviceZone !== zone || offsetOf(time) !== '');
	if (day.time === '') {
		/**
		 * @cause The time has to be converted to the time zone of the PMS, and that depends on the day.
		 * @cure Fill in the date and time that the message names.
		 */
		const wrong = `cannot be converted to the time zone ${serviceZone} without its day. Fill in '${day.label}' too`;
		return changes ? { wrong } : {};
	}
	const moment = momentOf(field, time, day, zone);
	if ('wrong' in moment) return changes ? moment : {};
	const remark = farFrom(field, moment, day, zone);
	return changes ? { value: moment.setZone(serviceZone).toFormat(CLOCK), remark } : { remark };
}

/** A time zone that a service may write its times in, if that could not be found out. */
export interface DoubtfulZone {
	/** Its IANA name. */
	zone: string;
	/** Completes "'Time From' …", and says what to do. */
	because: string;
}

function convertTimeOfDay(field: TimeOfDayField, time: string, day: Day, clocks: Clocks): Converted {
	const { zone, doubtful } = clocks;
	const convert = isWhole(time) ? convertWhole : convertTime;
	const plain = convert(field, time, day, clocks);
	if (!doubtful || plain.wrong !== undefined) return plain;
	const there = convert(field, time, day, { zone, serviceZone: doubtful.zone });
	const isSame = there.wrong === undefined && (there.value ?? time) === (plain.value ?? time);
	return isSame ? plain : { wrong: doubtful.because, passing: true };
}

/** The time zones of the times of an item. */
interface Clocks {
	/** IANA zone that wall-clock times were read in. */
	zone: string;
	/** The IANA time zone that the service writes its times in, if it has its own. */
	serviceZone?: string;
	/** A time zone that it may write its times in. A time of day that would differ there is refused. */
	doubtful?: DoubtfulZone;
}

/**
 * Writes the times of an item in the time zone of its service. A time of day belongs to a date; if it is far from the
 * time of that date, a hint says so. If a whole date and time was given for a time of day, only its time of day is
 * kept.
 *
 * @param fields all fields of the item
 */
export function convertTimes(read: ReadItem, fields: readonly Field[], clocks: Clocks): void {
	const given = { ...read.values };
	// A field that stands at the top and in a collection is one.
	for (const field of new Map(fields.map((one) => [one.name, one])).values()) {
		const time = textOf(given[field.name]);
		if (time === '') continue;
		if (field.kind === 'dateTime' && clocks.serviceZone !== undefined && time.includes('T')) {
			put(read, field, iso(at(time, clocks.serviceZone)));
		}
		if (field.kind === 'timeOfDay') {
			const { label } = field;
			const { value, wrong, passing, remark } = convertTimeOfDay(
				field,
				time,
				dayOf(field, given, fields),
				clocks,
			);
			if (wrong !== undefined) read.problems.push({ label, wrong, passing });
			if (remark !== undefined) read.remarks.push({ label, remark });
			if (value !== undefined) put(read, field, value);
		}
	}
}
