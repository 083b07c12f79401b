import { isSecret } from '../../../../nodes/RentEngine/trigger/secret';

describe('a shared secret', () => {
	it('is the very same text', () => {
		expect(isSecret('secret ü', 'secret ü')).toBe(true);
	});

	it.each([undefined, null, '', 'secre', 'secret ', 'Secret', ['secret'], 0])('is not %j', (given) => {
		expect(isSecret('secret', given)).toBe(false);
	});

	it('matches nothing while it is empty', () => {
		expect(isSecret('', '')).toBe(false);
		expect(isSecret('', undefined)).toBe(false);
	});
});
