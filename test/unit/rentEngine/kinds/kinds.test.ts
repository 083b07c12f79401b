import { json } from '../../../../nodes/RentEngine/kinds/json';
import { names } from '../../../../nodes/RentEngine/kinds/names';
import { listedUserIds, userIds } from '../../../../nodes/RentEngine/kinds/userIds';
import { editorProperties } from '../../../../nodes/shared/fields/editor';
import type { OwnField } from '../../../../nodes/shared/fields/field';
import type { Kind } from '../../../../nodes/shared/fields/kinds/kind';
import { holdTo } from '../../shared/fields/support/holdTo.ts';
import { SIGNS, spoiled } from '../../shared/fields/support/invisible.ts';
import { checkOwn, ownField, ownKinds } from './fields.ts';

holdTo(ownKinds);

const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';

describe.each([
	['names', names, 'Key Returned'],
	['user IDs', userIds, USER],
])('A field of %s', (_what, own, text) => {
	it('takes no true and no false, nor a list of them', () => {
		for (const raw of [false, true])
			expect(checkOwn(own, raw)).toEqual({
				wrong: expect.stringMatching(
					raw
						? /^is true instead of a value\. If yes or no is meant, put it into words$/
						: /^is false instead of a value\. Some systems give false for an empty field\. Leave such a value out/,
				),
			});
		expect(checkOwn(own, [false])).toEqual({ wrong: expect.stringContaining('holds false') });
	});

	it('leaves out characters that show nothing', () => {
		for (const sign of SIGNS)
			for (const raw of [spoiled(text, sign), [spoiled(text, sign)]])
				expect(checkOwn(own, raw)).toEqual({ value: [text] });
	});
});

it.each([
	'The \u{1f469}\u200d\u{1f469}\u200d\u{1f467} family',
	'Love \u2764\ufe0f\u200d\u{1f525}',
	'\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
])('Characters that show nothing stay where a name needs them: %s', (text) =>
	expect(checkOwn(names, text)).toEqual({ value: [text] }),
);

const SAID: Array<[what: string, own: Kind<OwnField>, said: string, taken: unknown[]]> = [
	['names', names, 'Names, separated by semicolons.', ['Maria; Jordan']],
	['users', userIds, `User IDs such as ${USER}, separated by commas, or a list of them.`, [USER, [USER]]],
	['JSON', json, 'A JSON object such as {"key": "value"}.', ['{"key": "value"}']],
];

/** What the panel says of a field. */
const described = (own: Kind<OwnField>) =>
	editorProperties({ ...ownField(own), description: 'About it' }, {}, [])[0]?.description;

it.each(SAID)(
	'The description says of %s how it is written, and that is taken',
	(_what, own, said, taken) => {
		expect(described(own)).toBe(`About it. ${said}`);
		for (const raw of taken) expect(checkOwn(own, raw)).toHaveProperty('value');
	},
);

it('The description says nothing of users that are chosen from a list: n8n has fixed words for that', () =>
	expect(described(listedUserIds)).toBe('About it'));
