import { refused, sent, type KindRow } from '../../shared/fields/support/kinds.ts';

/** What each kind of field takes and refuses that only RentEngine has; `fields.ts` has the fields. */
export const OWN_KINDS: Record<'names' | 'userIds' | 'json', Omit<KindRow, 'field'>> = {
	names: {
		title: 'Names',
		about: 'Names with semicolons or line breaks between them, or a list; they may have commas in them.',
		taken: [
			sent('Key Returned; Contacted, Awaiting Information', [
				'Key Returned',
				'Contacted, Awaiting Information',
			]),
			sent(['Key Returned', 'Log Note'], ['Key Returned', 'Log Note'], undefined, 'a list of texts'),
			sent('["Key Returned", "Contacted, Awaiting Information"]', [
				'Key Returned',
				'Contacted, Awaiting Information',
			]),
		],
		refused: [
			refused([{ name: 'Log Note' }], 'must be names, separated by semicolons', 'a list of objects'),
			refused('[{"name": "Log Note"}]', 'must be names, separated by semicolons'),
			refused('Log Note; undefined', 'is the text undefined instead of a value'),
		],
	},
	userIds: {
		title: 'User IDs',
		about: 'One or several UUIDs: a list, or a text with commas, spaces or line breaks.',
		taken: [
			sent('1259EF6E-61ee-42cb-b6bd-7fe547569d7c', ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c']),
			sent('{1259EF6E-61EE-42CB-B6BD-7FE547569D7C}', ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c']),
			sent(
				'1259ef6e-61ee-42cb-b6bd-7fe547569d7c, 6f9619ff-8b86-4d01-b42d-00c04fc964ff',
				['1259ef6e-61ee-42cb-b6bd-7fe547569d7c', '6f9619ff-8b86-4d01-b42d-00c04fc964ff'],
				undefined,
				'two IDs with a comma',
			),
		],
		refused: [
			refused('Jordan Smith', 'must hold user IDs'),
			refused([{ id: 1 }], 'must hold user IDs', 'a list of objects'),
		],
	},
	json: {
		title: 'JSON',
		about: 'A JSON object, up to 100 levels deep; its texts are cleaned as those of text fields. A few fields take a list of objects instead, or anything; they say so.',
		taken: [
			sent('{"a": [1, null]}', { a: [1, null] }),
			sent('{"a": "b\\u0000c"}', { a: 'bc' }),
			sent({ a: 'null and void' }, { a: 'null and void' }, undefined, 'an object'),
		],
		refused: [
			refused('{a: 1}', 'is not valid JSON'),
			refused('[1]', 'must be a JSON object'),
			refused('{"id": 9007199254740993}', 'holds a number of more than 15 digits'),
			refused('{"rent": -1e400}', 'holds Infinity instead of a value'),
			refused('{"a": "[object Object]"}', 'holds [object Object]'),
			refused('{"a": [{"b": "undefined"}]}', 'holds the text undefined'),
		],
	},
};
