import { readDateTime, readTimeOfDay, readTimeZone } from '../dateTimes';
import type { DateTimeField, TimeOfDayField, TimeZoneField } from '../field';
import type { Kind } from './kind';
import { box, line } from './kind';

export const dateTime: Kind<DateTimeField> = {
	control: () => ({ type: 'dateTime', default: '' }),
	read: (raw, _field, { zone }) => readDateTime(raw, zone),
};

export const timeOfDay: Kind<TimeOfDayField> = {
	control: box,
	read: (raw) => line(raw, readTimeOfDay),
};

export const timeZone: Kind<TimeZoneField> = {
	control: box,
	read: (raw) => line(raw, readTimeZone),
};
