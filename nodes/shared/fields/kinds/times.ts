import type { DateField, DateFormatField, DateTimeField, TimeOfDayField, TimeZoneField } from '../field';
import { readDate } from '../times/date';
import { readDateFormat } from '../times/dateFormat';
import { readDateTime } from '../times/dateTime';
import { readTimeOfDay } from '../times/timeOfDay';
import { readTimeZone } from '../times/zones';
import type { Kind } from './kind';
import { box, line } from './kind';

export const dateTime: Kind<DateTimeField> = {
	control: () => ({ type: 'dateTime', default: '' }),
	read: (raw, field, clock) => readDateTime(raw, clock, field),
};

export const date: Kind<DateField> = {
	control: () => ({ type: 'dateTime', default: '', typeOptions: { dateOnly: true } }),
	read: (raw, _field, clock) => readDate(raw, clock),
};

export const timeOfDay: Kind<TimeOfDayField> = {
	control: box,
	read: (raw, _field, clock) => readTimeOfDay(raw, clock),
};

export const timeZone: Kind<TimeZoneField> = {
	control: box,
	read: (raw) => line(raw, readTimeZone),
};

export const dateFormat: Kind<DateFormatField> = {
	control: box,
	read: (raw) => line(raw, readDateFormat),
};
