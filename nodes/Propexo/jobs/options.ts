import { dateFormatOption, timeZoneOption, writeOptions } from '../../shared/deliver/options';
import type { Field, FieldsOwner, TimeZoneField } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/field';
import { waitOptions } from './waitForResult';

const ignoreUnknownFields: Field = {
	name: 'ignoreUnknownFields',
	label: 'Ignore Unknown Fields',
	kind: 'boolean',
	description: 'Whether Propexo should leave out what the PMS does not take, instead of refusing the event',
	local: true,
};

const timeZone: TimeZoneField = { ...timeZoneOption, searchMethod: 'searchTimeZones' };

/** The options of a write: the shared ones, and those that its fields call for. */
export function optionsFor(write: FieldsOwner): Field[] {
	const sent = allFields(write).filter(({ local }) => !local);
	const hasTimes = sent.some(({ kind }) => kind === 'dateTime' || kind === 'timeOfDay');
	return [
		...(sent.length > 0 ? [ignoreUnknownFields] : []),
		...waitOptions,
		...writeOptions
			.filter((option) => hasTimes || !(option === timeZoneOption || option === dateFormatOption))
			.map((option) => (option === timeZoneOption ? timeZone : option)),
	];
}
