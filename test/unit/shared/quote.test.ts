import fc from 'fast-check';

import { quote } from '../../../nodes/shared/errors';

const token = 'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0';
const sent = {
	lead_id: 'lead_1',
	notes: 'Nathan Fletcher called,\nwants "two" bedrooms',
	call_phone_number_from: '+1 512 555 0100',
	email_to: 'nathan.fletcher@example.com',
	call_duration: 95,
	nested: [{ deep: { name: 'Fletcher-Jones' } }],
};

const quoted = (words: string) => quote(words, [sent, token]);

/** No part of a renter's record that could tell who it is. */
function expectNothingPrivate(text: string): void {
	for (const part of ['Nathan', 'Fletcher', 'bedrooms', '555', '0100', '@example', token.slice(0, 12)]) {
		expect(text).not.toContain(part);
	}
}

describe('the words of a service', () => {
	it('are shown as they are when they repeat nothing', () => {
		expect(quoted('String must contain at most 256 character(s)')).toBe(
			'String must contain at most 256 character(s)',
		);
		expect(quoted("Invalid enum value. Expected 'BUSY' | 'ANSWER', received 'X'")).toContain(
			"'BUSY' | 'ANSWER'",
		);
	});

	it.each(['+1 512 555 0199', '(512) 555-0199', '512-555-0199', '512.555.0199', '+44 20 7946 0958'])(
		'never hold a phone number, whoever it belongs to: %s',
		(number) => {
			expect(quoted(`Guest card with phone ${number} is locked`)).toBe(
				'Guest card with phone […] is locked',
			);
		},
	);

	it('keep numbers that are IDs', () => {
		expect(quoted('Prospect 5125550199 of property 1234567 is locked')).toBe(
			'Prospect 5125550199 of property 1234567 is locked',
		);
	});

	it.each([
		['a value as it was sent', `Invalid value: ${sent.notes}`],
		['a value in other letters', 'invalid: NATHAN FLETCHER CALLED, WANTS "TWO" BEDROOMS'],
		['a value in JSON', `received ${JSON.stringify(sent.notes)}`],
		['a value cut short', "received 'Nathan Fletcher call…'"],
		['a value with more spaces', 'Nathan  Fletcher\tcalled, wants "two"  bedrooms'],
		['a value deep in the request', "unknown name 'Fletcher-Jones'"],
		['the whole request', JSON.stringify(sent)],
		['a phone number', 'call_phone_number_from +1 512 555 0100 is not valid'],
		[
			'a phone number written in another way',
			'from (512) 555-0100, 5125550100, 512.555.0100, 15125550100',
		],
		['an email address', 'nathan.fletcher@example.com is not the primary address'],
		['an email address that was not sent', 'the primary address is n.fletcher.2@mail.example.org'],
		['the token', `Invalid token ${token}`],
		['the header', `Authorization: Bearer ${token} was rejected`],
	])('lose %s', (_, words) => expectNothingPrivate(quoted(words)));

	it('lose a value however often it is repeated, wherever the text is cut', () => {
		for (let length = 1_100; length < 1_300; length += 7) {
			const long = { notes: 'Nathan Fletcher of apartment 12 '.repeat(8).trim() };
			expectNothingPrivate(quote(`x${long.notes}`.repeat(8).slice(0, length), long));
		}
	});

	it('lose another token than the one that was sent, behind the word that goes before it', () => {
		expect(quoted('bearer abc.def.ghi is expired')).toBe('Bearer […] is expired');
	});

	it('lose what hides or reorders text', () => {
		const text = quoted('a\u0000b\u202ec\u200bd\u001b[31me\r\nf\u2066g');
		expect(text).toBe('a b c d [31me f g');
	});

	it('lose a value that holds such characters', () => {
		const hidden = { notes: 'Nathan\u200bFletcher\u202eof flat 12' };
		expectNothingPrivate(quote(`bad: ${hidden.notes}`, hidden));
	});

	it('keep short values, which stand in ordinary sentences', () => {
		expect(quote('is not on the list of 12', { a: 'on', b: 12, c: 'not' })).toBe(
			'is not on the list of 12',
		);
	});

	it('end after a while', () => {
		expect(quote('word '.repeat(200)).length).toBeLessThanOrEqual(301);
		expect(quote('word '.repeat(200))).toMatch(/…$/);
		expect(quote('x'.repeat(1_000_000))).toBe('');
	});

	it('are one short line without any value, token or address, whatever was sent and answered', () => {
		const value = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 60 });
		const piece = fc.oneof(
			value,
			fc.constantFrom('{sent}', '"{sent}"', 'Bearer {token}', 'a.b@c.de', ' '),
		);
		fc.assert(
			fc.property(
				fc.array(value, { minLength: 1, maxLength: 4 }),
				fc.array(piece),
				(values, pieces) => {
					const words = pieces
						.map((text, index) =>
							text.replace('{sent}', () => values[index % values.length] ?? ''),
						)
						.join(' ')
						.replaceAll('{token}', token);
					const text = quote(words, { values, token });
					expect(text.length).toBeLessThanOrEqual(301);
					expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
					expect(text).not.toContain(token);
					expect(text).not.toMatch(/\w@\w/);
					for (const one of values.filter((given) => /^[\w ]{8,}$/.test(given.trim()))) {
						expect(text.toLowerCase()).not.toContain(
							one.trim().replace(/\s+/g, ' ').toLowerCase(),
						);
					}
				},
			),
			{ numRuns: 2_000, seed: 20_261_120 },
		);
	});
});
