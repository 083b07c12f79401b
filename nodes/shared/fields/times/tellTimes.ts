import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { textOf } from '../../json/text';
import type { Field, TimeOfDayField } from '../field';
import { apiName } from '../field';
import type { ReadItem } from '../item';
import { iso, placeIn } from './clock';
import { isWhole } from './timeOfDay';

/** Minutes between a visit and its *Time From* that are no sign of a mistake; a wrong zone costs an hour or more. */
const NEAR_MINUTES = 30;

/** A date and time with its offset, as the clocks of a zone show it. */
const at = (time: string, zone: string): DateTime => DateTime.fromISO(time, { zone });

/** What a time of day goes by. */
interface Day {
	/** The label of the date field. */
	label: string;
	/** Its value, with an offset. */
	time: string;
}

function dayOf(field: TimeOfDayField, values: IDataObject, fields: Field[]): Day {
	const owner = fields.find(({ name }) => name === field.dayOf);
	return { label: owner?.label ?? '', time: textOf(values[field.dayOf ?? '']) };
}

/** The offset that a time of day was given with; '' for a wall-clock time. */
const offsetOf = (time: string): string => /(Z|[+-]\d{2}:\d{2})$/.exec(time)?.[0] ?? '';

/** The moment of a time of day on the day of its date: the day that the clocks show which the time was read from. */
function momentOf(time: string, day: Day, zone: string): DateTime | { wrong: string } {
	const offset = offsetOf(time);
	if (isWhole(time)) return DateTime.fromISO(time, { setZone: true });
	if (offset !== '') {
		const date = at(day.time, offset === 'Z' ? 'UTC' : `UTC${offset}`).toISODate();
		return DateTime.fromISO(`${date}T${time}`, { setZone: true });
	}
	const wall = DateTime.fromISO(`${at(day.time, zone).toISODate()}T${time}`, { zone: 'utc' });
	const placed = placeIn(zone, wall);
	if ('time' in placed) return placed.time;
	return {
		wrong: `does not exist in ${zone} on that day, or twice: its clocks change then. Give it an offset, such as ${time}-05:00`,
	};
}

/** What is told of a *Time From* that is not near its date; undefined for one that is. */
function farFrom(moment: DateTime, time: string, day: Day, zone: string): string | undefined {
	const visit = at(day.time, zone);
	const apart = Math.abs(moment.diff(visit).as('minutes'));
	const minutes = isWhole(time) ? apart : Math.min(apart, Math.abs(24 * 60 - apart));
	if (minutes <= NEAR_MINUTES) return undefined;
	const clock = (of: DateTime) => of.setZone(zone).toFormat(isWhole(time) ? 'yyyy-MM-dd HH:mm' : 'HH:mm');
	return `is ${clock(moment)}, and '${day.label}' is ${clock(visit)}, both by the clocks of ${zone}. They were taken as they are; check that both are the time of the same visit`;
}

/** A time of day as it is to be sent, or what is wrong with it; and what is only told of it. */
interface Told {
	value?: string;
	wrong?: string;
	remark?: string;
}

function tellTimeOfDay(field: TimeOfDayField, time: string, day: Day, zone: string, told?: string): Told {
	const changes = told !== undefined && (told !== zone || offsetOf(time) !== '');
	if (day.time === '' && !isWhole(time)) {
		const wrong = `cannot be told by the clocks of ${told} without its day. Fill in '${day.label}' too`;
		return changes ? { wrong } : {};
	}
	const moment = momentOf(time, day, zone);
	if ('wrong' in moment) return changes ? moment : {};
	const remark = field.isStart && day.time !== '' ? farFrom(moment, time, day, zone) : undefined;
	if (!changes) return { remark };
	const there = moment.setZone(told);
	return { value: isWhole(time) ? iso(there) : there.toFormat('HH:mm:ss'), remark };
}

/**
 * Tells the times of an item by the clocks of its service. A time of day goes along with the date it belongs to, and one
 * that is far from it is told in a hint.
 *
 * @param fields all fields of the item
 * @param zone IANA zone that wall-clock times were read in
 * @param told IANA zone whose clocks the service goes by, if it has its own
 */
export function tellTimes(read: ReadItem, fields: Field[], zone: string, told?: string): void {
	const given = { ...read.values };
	for (const field of fields) {
		const time = textOf(given[field.name]);
		if (time === '') continue;
		if (field.kind === 'dateTime' && told !== undefined && time.includes('T')) {
			put(read, field, iso(at(time, told)));
		}
		if (field.kind === 'timeOfDay') {
			const { label } = field;
			const { value, wrong, remark } = tellTimeOfDay(
				field,
				time,
				dayOf(field, given, fields),
				zone,
				told,
			);
			if (wrong !== undefined) read.problems.push({ label, wrong });
			if (remark !== undefined) read.remarks.push({ label, remark });
			if (value !== undefined) put(read, field, value);
		}
	}
}

function put(read: ReadItem, field: Field, value: string): void {
	read.values[field.name] = value;
	if (!field.local) read.body[apiName(field)] = value;
}
