import { timeZoneOption, writeOptions } from '../../shared/deliver/options';
import type { FieldsOwner } from '../../shared/fields/collections';
import type { Field, TimeZoneField } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/collections';
import type { Waiting } from './waitForResult';
import { waitOptions } from './waitForResult';

const ignoreUnknownFields: Field = {
	name: 'ignoreUnknownFields',
	label: 'Ignore Unknown Fields',
	kind: 'boolean',
	description:
		'Whether Propexo should leave out what the PMS does not accept, instead of refusing the write',
	local: true,
};

/** *Time Zone*. */
export const timeZone: TimeZoneField = { ...timeZoneOption, searchMethod: 'searchTimeZones' };

/** The options of a write: the shared ones, and those that its fields need. */
export function optionsFor(write: FieldsOwner, waiting?: Waiting): Field[] {
	const sendsFields = allFields(write).some(({ local }) => !local);
	return [
		...(sendsFields ? [ignoreUnknownFields] : []),
		...waitOptions(waiting),
		...writeOptions.map((option) => (option === timeZoneOption ? timeZone : option)),
	];
}
