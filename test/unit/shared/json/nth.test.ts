import { nth } from '../../../../nodes/shared/json/text';

describe('the place of an entry', () => {
	it('is told as a person says it', () => {
		expect([0, 1, 9, 10, 11, 12, 20, 21, 22, 110].map(nth)).toEqual([
			...['first', 'second', 'tenth', '11th', '12th', '13th', '21st', '22nd', '23rd', '111th'],
		]);
	});
});
