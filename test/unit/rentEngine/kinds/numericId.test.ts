import { numericId } from '../../../../nodes/RentEngine/kinds/numericId';
import { checkValue } from '../../../../nodes/shared/fields/values';
import { declared } from '../../shared/fields/support/declared.ts';
import { SIGNS, spoiled } from '../../shared/fields/support/invisible.ts';

const field = declared({ kind: 'record', written: numericId, record: "a prospect's ID" });
const check = (raw: unknown) => checkValue(field, raw, { zone: 'America/Chicago' });

it('The ID of a prospect is a positive whole number, and sent as a number', () => {
	for (const raw of [1001, '1001', '1001.0', { __rl: true, mode: 'id', value: '1001' }]) {
		expect(check(raw)).toEqual({ value: 1001 });
	}
	for (const raw of [0, -1, 1.5, '1.5', '1001.00', '1e3', '12a', '9007199254740993']) {
		expect(check(raw)).toEqual({ wrong: expect.stringContaining("a prospect's ID") });
	}
	expect(check(true)).toEqual({ wrong: expect.stringContaining('is true instead of a value') });
});

it('Characters that show nothing do not go out with the ID of a prospect', () => {
	for (const sign of SIGNS) expect(check(spoiled('12345', sign))).toEqual({ value: 12_345 });
});
