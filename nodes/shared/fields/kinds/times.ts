import type { DateField, DateFormatField, DateTimeField, TimeOfDayField, TimeZoneField } from '../field';
import { readDateFormat } from '../times/dateFormat';
import { readDate, readDateTime } from '../times/dateTime';
import { readTimeOfDay } from '../times/timeOfDay';
import { readTimeZone } from '../times/zones';
import type { Kind } from './kind';
import { box, line } from './kind';

/** @noMessage */
const WITHOUT_OFFSET = "Without an offset it is in the workflow's time zone, unless another one is given.";

export const dateTime: Kind<DateTimeField> = {
	onlyWhole: true,
	control: () => ({ type: 'dateTime', default: '' }),
	format: ({ days }) =>
		`A date and time such as 2026-03-01T14:30:00-06:00${days === undefined ? '' : `; ${days} alone takes a date such as 2026-03-01 too`}. ${WITHOUT_OFFSET}`,
	read: (raw, field, clock) => readDateTime(raw, clock, field),
};

export const date: Kind<DateField> = {
	onlyWhole: true,
	control: () => ({ type: 'dateTime', default: '', typeOptions: { dateOnly: true } }),
	format: () => 'A date such as 2026-03-01.',
	read: (raw, field, clock) => readDate(raw, clock, field),
};

export const timeOfDay: Kind<TimeOfDayField> = {
	onlyWhole: true,
	control: box,
	format: () => `A time of day such as 14:30 or 2:30 PM. ${WITHOUT_OFFSET}`,
	read: (raw, _field, clock) => readTimeOfDay(raw, clock),
};

export const timeZone: Kind<TimeZoneField> = {
	control: box,
	format: () => 'An IANA name such as America/Chicago.',
	read: (raw) => line(raw, readTimeZone),
};

export const dateFormat: Kind<DateFormatField> = {
	control: box,
	read: (raw) => line(raw, readDateFormat),
};
