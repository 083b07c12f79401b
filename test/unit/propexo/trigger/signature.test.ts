import { isSignedWith } from '../../../../nodes/Propexo/trigger/receive';

// RFC 4231, test case 2.
const KEY = 'Jefe';
const BYTES = Buffer.from('what do ya want for nothing?');
const HEX = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

describe('a signature', () => {
	it('is the HMAC-SHA256 of the bytes in hex, in letters of either case', () => {
		expect(isSignedWith(KEY, BYTES, HEX)).toBe(true);
		expect(isSignedWith(KEY, BYTES, HEX.toUpperCase())).toBe(true);
	});

	it.each([
		['nothing', undefined],
		['no text', 7],
		['an empty text', ''],
		['one digit too few', HEX.slice(1)],
		['one digit too many', `${HEX}0`],
		['another digit at the end', `${HEX.slice(0, -1)}4`],
		['another digit at the beginning', `0${HEX.slice(1)}`],
		['a prefix', `sha256=${HEX}`],
		['two of them', `${HEX}, ${HEX}`],
		['a list', [HEX]],
		['something else of the same length', 'z'.repeat(64)],
	])('is wrong when it is %s', (_, given) => {
		expect(isSignedWith(KEY, BYTES, given)).toBe(false);
	});

	it('is wrong for other bytes, another secret, and for none', () => {
		expect(isSignedWith(KEY, BYTES.subarray(1), HEX)).toBe(false);
		expect(isSignedWith('Jeff', BYTES, HEX)).toBe(false);
		// HMAC-SHA256 of nothing with an empty key.
		const empty = 'b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad';
		expect(isSignedWith('', new Uint8Array(), empty)).toBe(false);
	});
});
