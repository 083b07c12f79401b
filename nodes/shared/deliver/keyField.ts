import type { IDataObject } from 'n8n-workflow';

import type { ChoiceField, Field, TextField } from '../fields/field';
import { choicesOf } from '../fields/choices';

/*
 * What the user enters about the key of an event: its ID in the system it comes from.
 */

/** A main field of every write whose events have keys. */
export const keyField: TextField = {
	name: 'deduplicationKey',
	label: 'Event ID in Your System',
	kind: 'text',
	isId: true,
	maxLength: 500,
	placeholder: 'e.g. {{ $json.body.event_id }}',
	hint: 'Without it, an event that is delivered or run twice is sent twice',
	builderHint:
		'If the event comes from another system, set it to the ID that the event has there. The workflow then needs no step that removes duplicates.',
	description:
		'The ID that the event has in the system it comes from, such as the ID of the call. An event whose ID was delivered before, in this or an earlier execution of the workflow, is skipped.',
	local: true,
};

/** How the user knows the key. */
export const KEY_LABEL = keyField.label;

/** The key that an item gives, as it stands in its evaluated options. */
export const givenKey = (options: IDataObject): IDataObject[string] | undefined => options[keyField.name];

/** The option for an ID that was already used for another event. */
export const sameKeyOption: ChoiceField = {
	name: 'sameKeyOtherEvent',
	label: 'Same ID, Other Event',
	kind: 'choice',
	default: 'refuse',
	options: choicesOf(
		{
			value: 'refuse',
			description: 'Fail it: two events with one ID are most likely a mistake',
		},
		{
			value: 'send',
			description: 'Send it: your system may give several events one ID',
		},
		{
			value: 'skip',
			description: 'Skip it: what comes again with the ID is the same event after a change',
		},
	),
	description:
		"What to do with an item whose 'Event ID in Your System' was already used for another event: another person, kind or time",
	local: true,
};

/** The options for events whose ID comes twice or is missing. */
export const keyOptions: Field[] = [
	sameKeyOption,
	{
		name: 'itemsWithoutKey',
		label: 'Items Without ID',
		kind: 'choice',
		default: 'send',
		options: choicesOf(
			{
				value: 'refuse',
				description: 'Fail it, so that nothing goes out without protection',
			},
			{
				value: 'send',
				description: 'Send it without protection; a hint says how many there were',
			},
		),
		withoutIt: 'such items would be sent',
		description: "What to do with an item whose 'Event ID in Your System' is empty",
		local: true,
	},
];

/** Whether the events of an operation have keys. */
export const offersKeys = ({ options }: { options: Field[] }): boolean =>
	keyOptions.some((option) => options.includes(option));

/** The field for the key, where an operation has one. */
export const keyFieldOf = (write: { options: Field[] }): Field[] => (offersKeys(write) ? [keyField] : []);
