import fc from 'fast-check';

import { quoter } from '../../../../nodes/shared/report/redact';
import { runs } from '../../../support/effort.ts';

/** What cannot be seen, or hides and reorders what can. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const token = 'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0';
const sent = {
	lead_id: 'lead_1',
	notes: 'Nathan Fletcher called,\nwants "two" bedrooms',
	call_phone_number_from: '+1 512 555 0100',
	email_to: 'nathan.fletcher@example.com',
	call_duration: 95,
	nested: [{ deep: { name: 'Fletcher-Jones' } }],
};

/** The time of the processor that some work takes, in ms: other work on a busy machine does not count. */
function timeOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

/** One text of a service after a request with these values, by the API's names of their fields. */
const quote = (words: string, values: object = {}) => quoter([words], Object.values(values))(words);
const quoted = (words: string) => quote(words, { ...sent, token });

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
		'never hold a phone number, of any person: %s',
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

	it.each(['061c', 'ad', '180e', 'fff9', 'e0041', 'feff', '200d', '2028', '0', '9b', 'd800', 'dc00'])(
		'hold no character that cannot be seen: U+%s',
		(code) => {
			const character = String.fromCodePoint(Number.parseInt(code, 16));
			expect(quoted(`a${character}b`)).toBe('a b');
			expect(quoted(`a\\u${code.padStart(4, '0').slice(0, 4)}b`)).not.toMatch(UNREADABLE);
			expect(quoted(`a&#x${code};b`)).toBe('a b');
		},
	);

	it('end with a whole character', () => {
		expect(quoted(`${'x'.repeat(299)}😀😀`)).toBe(`${'x'.repeat(299)}😀…`);
	});

	it('lose an ID of letters and digits as a whole', () => {
		expect(quote('We know no cljob00000000000000000001 here', { id: 'cljob00000000000000000001' })).toBe(
			'We know no […] here',
		);
	});

	it('lose a value that holds such characters', () => {
		const hidden = { notes: 'Nathan\u200bFletcher\u202eof flat 12' };
		expectNothingPrivate(quote(`bad: ${hidden.notes}`, hidden));
	});

	it('keep what stands before a short value at their end', () => {
		expect(quote('we know no Anna', { name: 'Anna' })).toBe('we know no […]');
	});

	it('keep short values, which stand in ordinary sentences', () => {
		expect(quote('is not on the list of 12', { a: 'on', b: 12, c: 'not' })).toBe(
			'is not on the list of 12',
		);
	});

	it.each([
		[
			'another form of the same letters',
			'José Núñez Ibáñez'.normalize('NFC'),
			'José Núñez Ibáñez'.normalize('NFD'),
		],
		['the other way round', 'José Núñez Ibáñez'.normalize('NFD'), 'José Núñez Ibáñez'.normalize('NFC')],
		['no accents', 'José Núñez Ibáñez', 'JOSE NUNEZ IBANEZ'],
		['HTML', "Zoë O'Neil & Sons <zoe>", 'Zo&euml; O&#39;Neil &amp; Sons &lt;zoe&gt;'],
		['HTML with other numbers', "Zoë O'Neil", 'Zo&#235; O&#x27;Neil'],
		['HTML within HTML', "Zoë O'Neil", 'Zo&amp;#235; O&amp;#39;Neil'],
		['JSON', 'Jörg "Jo" Müller', 'J\\u00f6rg \\"Jo\\" M\\u00FCller'],
		['an address', 'Anna Núñez, 12/B', 'GET /v1/leads/Anna%20N%C3%BA%C3%B1ez%2C%2012%2fB'],
		['a query', 'Anna Núñez', '?name=Anna+N%c3%ba%c3%b1ez'],
		['a short value in HTML', "O'Neil", 'O&apos;Neil'],
	])('lose a value in %s', (_, value, written) => {
		const shown = quote(`Not allowed: ${written} - ok`, { value });
		expect(shown).toMatch(/^Not allowed: .*\[…\] - ok$/);
		expect(shown.normalize('NFKD').toLowerCase()).not.toMatch(
			/jos|nun|iban|zo|neil|sons|jo|rg|muller|anna|12|%|&/,
		);
	});

	it('lose what lies deep in a value, and the keys of its objects', () => {
		let deep: object = { 'Nathan Fletcher': ['Fletcher-Jones', { n: 5_550_100 }] };
		for (let depth = 0; depth < 100; depth++) deep = depth % 2 ? [deep] : { a: deep };
		const words = 'unknown key Nathan Fletcher, unknown agent "Fletcher-Jones", unknown 5550100';
		expect(quote(words, { context: deep })).toBe('unknown key […], unknown agent "[…]", unknown […]');
	});

	it('survive a value that is too deep for any recursion', () => {
		let deep: unknown = 'Fletcher-Jones';
		for (let depth = 0; depth < 100_000; depth++) deep = [deep];
		expect(quote('unknown name Fletcher-Jones', { deep })).toBe('unknown name […]');
	});

	it('are there at once, however many they are and however much was sent', () => {
		const notes = 'Nathan Fletcher called about the flat, and wants "two" bedrooms. '.repeat(160_000);
		const words = Array.from(
			{ length: 20 },
			(_, index) => `${index}: Nathan Fletcher ${'is wrong '.repeat(500)}`,
		);
		const one = timeOf(() => quoter(['', words[0] ?? ''], [notes]));
		let shown: string[] = [];
		const twenty = timeOf(() => (shown = words.map(quoter(words, [notes]))));
		expect(twenty / one).toBeLessThan(6);
		shown.forEach((text, index) => expect(text).toMatch(new RegExp(`^${index}: \\[…\\] is wrong`)));
	});

	it.each(['a', 'a ', '1', '%41', '&#65;', '\\u0041', '(', 'a@', '1-', '+', '\u0301'])(
		'are read in no time, whatever they repeat: %j',
		(piece) => {
			const words = piece.repeat(Math.floor(5_000 / piece.length));
			expect(timeOf(() => quoted(words))).toBeLessThan(1_000);
		},
	);

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
					expect([...text].length).toBeLessThanOrEqual(301);
					expect(text).not.toMatch(UNREADABLE);
					expect(text).not.toContain(token);
					expect(text).not.toMatch(/\w@\w/);
					for (const one of values.filter((given) => /^[\w ]{8,}$/.test(given.trim()))) {
						expect(text.toLowerCase()).not.toContain(
							one.trim().replace(/\s+/g, ' ').toLowerCase(),
						);
					}
				},
			),
			{ ...runs(700), seed: 20_261_120 },
		);
	});
});
