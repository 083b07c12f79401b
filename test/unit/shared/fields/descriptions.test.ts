import { editorProperties } from '../../../../nodes/shared/fields/editor';
import type { Field } from '../../../../nodes/shared/fields/field';
import { checkValue } from '../../../../nodes/shared/fields/values';
import { declared } from './support/declared.ts';

/** What the panel says of a field; n8n's assistants read it, and who writes what a model is told. */
const described = (field: Field): string | undefined =>
	editorProperties({ ...field, description: 'What it is about' }, {}, [])[0]?.description;

const options = [
	{ name: 'Abandoned', value: 'ABANDONED' },
	{ name: 'No Answer', value: 'NO_ANSWER' },
];

/** Each kind, what is said of its form and limits, and values that are taken as they are said. */
const SAID: Array<[string, Field, string | undefined, unknown[]]> = [
	['a text', declared({ kind: 'text' }), undefined, []],
	['a short text', declared({ kind: 'text', maxLength: 5 }), 'Up to 5 characters.', ['12345']],
	['a letter', declared({ kind: 'text', maxLength: 1 }), 'Up to 1 character.', ['Q']],
	['a number', declared({ kind: 'number' }), undefined, []],
	['a rent', declared({ kind: 'number', min: 0 }), 'A number of at least 0.', [0, 1.5]],
	[
		'a duration',
		declared({ kind: 'wholeNumber', min: 0, max: 86_400 }),
		'A whole number from 0 to 86400.',
		[0, 86_400],
	],
	['a switch', declared({ kind: 'boolean' }), undefined, []],
	[
		'a choice',
		declared({ kind: 'choice', options }),
		'One of: Abandoned; No Answer.',
		['Abandoned', 'No Answer'],
	],
	[
		'several choices',
		declared({ kind: 'choices', options }),
		'One or several of: Abandoned; No Answer.',
		['Abandoned', 'No Answer', 'Abandoned; No Answer'],
	],
	[
		'a moment',
		declared({ kind: 'dateTime' }),
		"A date and time such as 2026-03-01T14:30:00-06:00. Without an offset it is in the workflow's time zone, unless another one is given.",
		['2026-03-01T14:30:00-06:00', '2026-03-01T14:30:00'],
	],
	[
		'a moment or a day',
		declared({ kind: 'dateTime', days: 'MRI' }),
		"A date and time such as 2026-03-01T14:30:00-06:00; MRI alone takes a date such as 2026-03-01 too. Without an offset it is in the workflow's time zone, unless another one is given.",
		['2026-03-01T14:30:00-06:00', '2026-03-01'],
	],
	['a day', declared({ kind: 'date' }), 'A date such as 2026-03-01.', ['2026-03-01']],
	[
		'a time of day',
		declared({ kind: 'timeOfDay' }),
		"A time of day such as 14:30 or 2:30 PM. Without an offset it is in the workflow's time zone, unless another one is given.",
		['14:30', '2:30 PM'],
	],
	[
		'a time zone',
		declared({ kind: 'timeZone' }),
		'An IANA name such as America/Chicago.',
		['America/Chicago'],
	],
	[
		'an address on the web',
		declared({ kind: 'url' }),
		'A whole address such as https://example.com/calls/1.mp3.',
		['https://example.com/calls/1.mp3'],
	],
	[
		'an email address',
		declared({ kind: 'email' }),
		'One address such as nathan@example.com.',
		['nathan@example.com'],
	],
	[
		'a phone number',
		declared({ kind: 'phone' }),
		'A phone number such as +1 212 555 0100, with the area code.',
		['+1 212 555 0100'],
	],
	[
		'IDs',
		declared({ kind: 'ids', record: "a unit's ID", most: 25 }),
		'Up to 25 IDs, separated by commas.',
		['unit_1, unit_2'],
	],
];

describe('The description of a field', () => {
	it.each(SAID)('says of %s how it is written and what its limits are', (_, field, said) => {
		expect(described(field)).toBe(said === undefined ? 'What it is about' : `What it is about. ${said}`);
	});

	it.each(SAID.filter(([, , , values]) => values.length > 0))(
		'says of %s what is taken',
		(_, field, _said, values) => {
			for (const value of values)
				expect(checkValue(field, value, { zone: 'America/Chicago' })).toHaveProperty('value');
		},
	);

	it('leaves a long list of choices to the list', () => {
		const many = Array.from({ length: 13 }, (_, index) => ({ name: `${index}`, value: `${index}` }));
		expect(described(declared({ kind: 'choice', options: many }))).toBe('What it is about');
	});
});

it.each([
	['a choice', declared({ kind: 'choice', options })],
	['several choices', declared({ kind: 'choices', options })],
])('the editor does not mark the word of another system as wrong: %s', (_, field) => {
	expect(editorProperties(field, {}, [])[0]).toMatchObject({ allowArbitraryValues: true });
});
