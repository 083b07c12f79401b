import { timeZoneOption, writeOptions } from '../../shared/deliver/options';
import type { Field, TimeZoneField } from '../../shared/fields/field';
import { waitOptions } from './waitForResult';

const ignoreUnknownFields: Field = {
	name: 'ignoreUnknownFields',
	label: 'Ignore Unknown Fields',
	kind: 'boolean',
	description: 'Whether Propexo should leave out what the PMS does not take, instead of refusing the event',
	local: true,
};

const timeZone: TimeZoneField = {
	...timeZoneOption,
	searchMethod: 'searchTimeZones',
	description:
		"Where a date and time without an offset is meant. Left out, it is Mountain Time for Entrata, and the workflow's time zone for all others.",
};

/** The options of every write of Propexo. */
export const propexoOptions: Field[] = [
	ignoreUnknownFields,
	...waitOptions,
	...writeOptions.map((option) => (option === timeZoneOption ? timeZone : option)),
];
