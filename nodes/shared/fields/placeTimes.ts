import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../json/text';
import type { Checked } from './checked';
import { hasOffset, isWholeTime, readDateTime, timeOfDayIn, toldIn } from './dateTimes';
import type { Field } from './field';
import { apiName } from './field';
import type { ReadItem } from './item';

/**
 * Gives the times that were read without an offset the one they have in a time zone. A time of day goes along with the
 * date-time it belongs to.
 *
 * @param fields all fields of the item
 * @param zone IANA zone whose clocks they were read from
 * @param told IANA zone whose clocks the service goes by; every time is told in it
 */
export function placeTimes(read: ReadItem, fields: Field[], zone: string, told?: string): void {
	const given = { ...read.values };
	for (const field of fields) {
		const checked = placed(field, given, fields, zone, told);
		if (checked === undefined) continue;
		if ('wrong' in checked) {
			read.problems.push({ label: field.label, wrong: checked.wrong });
			continue;
		}
		read.values[field.name] = checked.value;
		if (!field.local) read.body[apiName(field)] = checked.value;
	}
}

/** The time of a field as it is to be sent; undefined where there is none, or it stays as it is. */
function placed(
	field: Field,
	given: IDataObject,
	fields: Field[],
	zone: string,
	told?: string,
): Checked | undefined {
	const time = textOf(given[field.name]);
	if (time === '' || (field.kind !== 'dateTime' && field.kind !== 'timeOfDay')) return undefined;
	if (field.kind === 'dateTime' || isWholeTime(time)) {
		const checked = readDateTime(time, zone);
		return 'wrong' in checked || told === undefined
			? checked
			: { value: toldIn(told, textOf(checked.value)) };
	}
	if (told === undefined) return undefined;
	const day = textOf(given[field.dayOf ?? '']);
	const owner = fields.find(({ name }) => name === field.dayOf)?.label ?? '';
	if (zone === told && !hasOffset(day)) return undefined;
	if (day === '') {
		return { wrong: `cannot be told by the clocks of ${told} without its day. Fill in '${owner}' too` };
	}
	return (
		timeOfDayIn(told, time, day, zone) ?? {
			wrong: `does not exist in ${zone} on that day, or twice: its clocks change then. Give '${owner}' an offset such as -05:00`,
		}
	);
}
