import type { FieldKind } from '../../../../nodes/shared/fields/field';
import { checkValue } from '../../../../nodes/shared/fields/values';
import { declared } from './support/declared.ts';

const check = (kind: FieldKind, raw: unknown, more: object = {}) =>
	checkValue(
		declared({ kind, record: 'an ID', options: [], ...more } as Parameters<typeof declared>[0]),
		raw,
		{ zone: 'America/Chicago' },
	);

const wrong = { wrong: expect.any(String) };

const KINDS: FieldKind[] = [
	'text',
	'record',
	'dateTime',
	'timeOfDay',
	'wholeNumber',
	'number',
	'dollars',
	'boolean',
	'choice',
	'url',
	'email',
	'phone',
	'timeZone',
];

describe('a value that was not filled in', () => {
	it.each(KINDS)('is no value of kind %s', (kind) => {
		for (const raw of [undefined, null, '', '   ', '\n\t']) expect(check(kind, raw)).toEqual({});
	});

	it('is an empty resource locator', () => {
		expect(check('record', { __rl: true, mode: 'id', value: '' })).toEqual({});
	});
});

/** What a text becomes that is written in UTF-8 and read as Windows-1252. */
const misread = (text: string): string =>
	new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

describe('a text', () => {
	it.each(['é', 'ñ', 'ü', 'ç', 'É', 'Ñ', 'Ó', 'Ü', '°', '½', '’', '“', '–', '…'])(
		'with %s that was read in another encoding is sent, and a remark says so',
		(letter) => {
			const text = misread(`a${letter}b`);
			expect(check('text', text)).toEqual({
				value: text,
				remark: expect.stringMatching(/^holds damaged letters \(.{1,2}\)\. Have it read as UTF-8/),
			});
		},
	);

	it.each(['í', 'Á', 'Í', 'à'])(
		'with %s has the remark, of which the second sign shows nothing',
		(letter) => {
			for (const rows of [undefined, 3])
				expect(check('text', misread(`Mar${letter}a`), { rows })).toMatchObject({
					remark: 'holds damaged letters (Ã). Have it read as UTF-8 or HTML where it comes from',
				});
		},
	);

	it.each(['O&#39;Brien', 'O&#x27;Brien', 'Maria &amp; Jose', 'Mar&iacute;a', '&nbsp;Maria'])(
		'of one line with the signs of HTML has it too, for a text of several may be written so: %s',
		(text) => {
			expect(check('text', text)).toEqual({
				value: text,
				remark: expect.stringMatching(/^holds damaged letters \(&[#\w]+;\)\. Have it read as/),
			});
			expect(check('text', text, { rows: 3 })).toEqual({ value: text });
		},
	);

	it.each(['<b>Maria</b>', 'Maria</SPAN>', 'Maria<br>Alvarez', 'Maria<br />'])(
		'of one line with the tags of HTML has it too, and does not repeat the text: %s',
		(text) => {
			expect(check('text', text)).toEqual({
				value: text,
				remark: expect.stringMatching(
					/^holds damaged letters \((?:<\/\w+>|<br)\)\. Have it read as/i,
				),
			});
			expect(check('text', text, { rows: 3 })).toEqual({ value: text });
		},
	);

	it.each([
		'Maria <maria@example.com>',
		'<3',
		'a <b and c> d',
		'</>',
		'Rent < $1,850',
		'A&B',
		'AT&T;',
		'&;',
		'R&D; sales',
	])('without them has none: %s', (text) => expect(check('text', text)).toEqual({ value: text }));

	it.each(['First Name', 'FIRSTNAME', 'first name'])(
		'that is the name of its field in plain words has a remark, since it may be meant: %s',
		(text) => {
			const remark = expect.stringMatching(
				/^holds an expression or a merge field that was not filled in/,
			);
			expect(check('text', text, { label: 'First Name' })).toEqual({ value: text, remark });
			expect(check('text', text, { label: 'Notes' })).toEqual({ value: text });
		},
	);

	it.each(['[First Name]', '[FIRSTNAME]', 'first_name', '<First Name>', '%%First Name%%', '#FirstName#'])(
		'that is the name of its field is none: %s',
		(text) => {
			const told = expect.stringMatching(
				/^holds an expression or a merge field that was not filled in/,
			);
			expect(check('text', text, { label: 'First Name' })).toEqual({ wrong: told });
			expect(check('text', text, { label: 'Notes' })).toEqual({ value: text });
			expect(check('text', text, { label: 'First Name', rows: 3 })).toEqual({
				value: text,
				remark: told,
			});
		},
	);

	it('that shows nothing but signs is not taken for the name of a field', () =>
		expect(check('text', '-', { label: 'First Name' })).toEqual({ value: '-' }));

	it('with letters that were lost has the remark too', () => {
		expect(check('text', 'Jos\ufffd')).toMatchObject({
			value: 'Jos\ufffd',
			remark: expect.stringContaining('damaged letters (\ufffd)'),
		});
	});

	it.each(['JOÃO', 'AMANHÃ, ÀS 10', 'Ângela', 'São Tomé', 'CHÂTEAU', 'Núñez', 'Łukasz', 'Nguyễn'])(
		'in a language with such letters has none: %s',
		(text) => expect(check('text', text)).toEqual({ value: text }),
	);

	it.each(['Maria {{last_name}}', '{{ contact.first_name }} Lopez', 'Hi *|FNAME|*,', '{{1}} Lopez'])(
		'with a merge field among its words is refused in one line, and told in several: %s',
		(given) => {
			const told = expect.stringMatching(
				/^holds an expression or a merge field that was not filled in/,
			);
			expect(check('text', given)).toEqual({ wrong: told });
			expect(check('text', given, { rows: 3 })).toEqual({ value: given, remark: told });
		},
	);

	it.each(['Use {{ and }}', '{{ }} of n8n', 'a {b} c', '5 * |x| * 2', 'Save 20 % now, 30 % later'])(
		'with such signs and no merge field is sent, and nothing is told: %s',
		(given) => expect(check('text', given)).toEqual({ value: given }),
	);

	it('of several rows is taken as it is, with its spaces and lines', () => {
		expect(check('text', '  Asked for\nparking ', { rows: 3 })).toEqual({
			value: '  Asked for\nparking ',
		});
	});

	it('keeps the line breaks of all programs', () => {
		for (const sign of ['\n', '\v', '\f', '\u0085'])
			expect(check('text', `Line 1${sign}Line 2`)).toEqual({ value: 'Line 1\nLine 2' });
	});

	it.each([
		[12, '12'],
		[0, '0'],
		[10n, '10'],
	])('may come as %p', (raw, value) => expect(check('text', raw)).toEqual({ value }));

	it.each(['["Maria"]', ' [{"name": "Maria"}]', '{"name": "Maria"}', '[]', '[12]'])(
		'of one line is no list and no object that is written as JSON: %s',
		(raw) => {
			expect(check('text', raw)).toEqual({ wrong: 'must be a text, not a list or an object' });
			for (const more of [{ rows: 3 }, { isId: true }])
				expect(check('text', raw, more)).toEqual({ value: more.isId ? raw.trim() : raw });
		},
	);

	it.each(['[NO SHOW]', '[1] and [2]', '{left voicemail}', '["'])(
		'of one line may have brackets: %s',
		(raw) => expect(check('text', raw)).toEqual({ value: raw }),
	);

	it('that is an ID is sent without the decimals that programs add to a column of numbers', () => {
		expect(check('text', '10432.0', { isId: true })).toEqual({ value: '10432' });
		for (const raw of ['10432.5', '10432.00', 'v10432.0', '1.10432.0'])
			expect(check('text', raw, { isId: true })).toEqual({ value: raw });
		expect(check('text', '10432.0')).toEqual({ value: '10432.0' });
	});

	it('that is an ID loses no half of the quotes around it', () => {
		expect(check('text', "'10432'", { isId: true })).toEqual({ value: "'10432'" });
		expect(check('text', "'10432", { isId: true })).toEqual({ value: '10432' });
	});

	it.each([[['a']], [{ a: 1 }], [new Map()], [Symbol('a')], [() => 'a']])('is not %p', (raw) => {
		expect(check('text', raw)).toEqual(wrong);
	});

	it('counts UTF-16 units as the services do, and says how many are too many', () => {
		expect(check('text', '🙂'.repeat(128), { maxLength: 256 })).toEqual({ value: '🙂'.repeat(128) });
		expect(check('text', '🙂'.repeat(129), { maxLength: 256 })).toEqual(wrong);
		const { wrong: told } = check('text', 'x'.repeat(257), { maxLength: 256 }) as { wrong: string };
		expect(told).toContain('257');
		expect(told).toContain('256');
	});
});

describe('Shorten Notes, where a single letter is taken', () => {
	const initial = (raw: string) =>
		checkValue(declared({ kind: 'text', maxLength: 1 }), raw, { zone: 'America/Chicago', shorten: true });

	it.each([
		['E\u0301', 'É'],
		['E\u0301mile', 'É'],
		['Eva', 'E'],
	])('keeps its accent: %j', (raw, value) => expect(initial(raw)).toMatchObject({ value }));

	it('leaves no emoji as nothing', () =>
		expect(initial('🙂')).toEqual({ wrong: 'is 2 characters long, and the limit is 1. Shorten it' }));
});

describe('the ID of a record', () => {
	it.each(['lead_1,lead_2', 'lead_1;lead_2', '"lead_1"', '[lead_1]', '{lead_1}', '<lead_1>', "'lead_1'"])(
		'is a single one: not %s',
		(raw) => expect(check('record', raw)).toEqual(wrong),
	);

	it.each(['lead_1', 'clx0a1b2c3', 'a-b.c:d', '123', 'x=='])('may be %s', (raw) =>
		expect(check('record', raw)).toEqual({ value: raw }),
	);
});

describe('a number', () => {
	it.each([
		[7, 7],
		['7', 7],
		[' -3 ', -3],
		["'-3", -3],
		['+4', 4],
		['2.50', 2.5],
		[0, 0],
	])('is read from %p', (raw, value) => expect(check('number', raw)).toEqual({ value }));

	it.each([
		'1e3',
		'0x10',
		'1,5',
		'1 000',
		'NaN',
		'Infinity',
		Infinity,
		Number.NaN,
		true,
		[1],
		'7px',
		'.5',
		'5.',
	])('is not %p', (raw) => expect(check('number', raw)).toEqual(wrong));

	it('that must be whole is', () => {
		expect(check('wholeNumber', '95')).toEqual({ value: 95 });
		for (const raw of [95.5, '95.5', '9007199254740993'])
			expect(check('wholeNumber', raw)).toEqual(wrong);
	});

	it('keeps within its limits, which the complaint names', () => {
		const limits = { min: 0, max: 86_400 };
		for (const raw of [0, 86_400]) expect(check('wholeNumber', raw, limits)).toEqual({ value: raw });
		for (const raw of [-1, 86_401]) {
			const { wrong: told } = check('wholeNumber', raw, limits) as { wrong: string };
			expect(told).toContain('from 0 to 86400');
		}
		expect(check('number', -0.01, { min: 0 })).toEqual({ wrong: expect.stringContaining('at least 0') });
		expect(check('number', 5.01, { min: 1, max: 5 })).toEqual({
			wrong: expect.stringContaining('from 1 to 5'),
		});
	});
});

describe('a choice of yes or no', () => {
	it.each([
		[true, true],
		[false, false],
		['TRUE', true],
		[' false ', false],
	])('is read from %p', (raw, value) => expect(check('boolean', raw)).toEqual({ value }));

	it.each([1, 0, 'yes', 'no', [], {}])('is not %p', (raw) => expect(check('boolean', raw)).toEqual(wrong));
});

describe('a choice', () => {
	const options = [
		{ name: 'Busy', value: 'BUSY' },
		{ name: 'Answered', value: 'ANSWER' },
	];

	it('is one of its options', () => {
		expect(check('choice', ' BUSY ', { options })).toEqual({ value: 'BUSY' });
		for (const raw of ['busy', 'Busy', 'b-u_s y']) {
			expect(check('choice', raw, { options })).toEqual({ value: 'BUSY' });
		}
		expect(check('choice', 'Answered', { options })).toEqual({ value: 'ANSWER' });
		for (const raw of ['BUSY,ANSWER', ['BUSY'], 'BUS', '-']) {
			expect(check('choice', raw, { options })).toEqual(wrong);
		}
	});

	it.each([
		['nathan@example.com'],
		['+1 512 555 0100'],
		['512-555-0100'],
		['Asked for a two-bedroom with parking and wants to come by on Friday'],
		['{"status":"busy"}'],
		['unit 12345'],
	])('is not repeated in the message where it may be something private: %s', (raw) => {
		expect(check('choice', raw, { options })).toEqual({ wrong: 'must be one of: Busy; Answered' });
	});

	it('names the value and the options when it is not', () => {
		expect(check('choice', 'OTHER', { options })).toEqual({
			wrong: "is 'OTHER' and must be one of: Busy; Answered",
		});
	});
});

describe('an address', () => {
	it.each([
		'https://example.com/a?b=c#d',
		'http://127.0.0.1:8080/x',
		's3://calls/1.mp3',
		'ftp://example.com',
		'data:text/plain,x',
		'urn:uuid:1259ef6e-61ee-42cb-b6bd-7fe547569d7c',
	])('on the web is %p', (raw) => expect(check('url', ` ${raw} `)).toEqual({ value: raw }));

	it.each([
		'example.com',
		'https://',
		'https://exämple.com/ü',
		'https://example.com/a b',
		'https://example.com/[1]',
		'https://example.com/%zz',
		'//x',
	])('on the web is not %p', (raw) => expect(check('url', raw)).toEqual(wrong));

	it.each(['recording 17', 'example.com/a b.mp3', 'https://'])(
		'that is none is not told how to encode it, which would not make it one: %p',
		(raw) => expect(check('url', raw)).toEqual({ wrong: expect.not.stringContaining('encodeURI') }),
	);

	it.each([
		['https://example.com/{{call_id}}', 'holds an expression or a merge field'],
		['https://example.com/[object Object]', 'holds [object Object]'],
	])('on the web that is damaged is told so, rather than how to rewrite it: %s', (raw, told) =>
		expect(check('url', raw)).toEqual({ wrong: expect.stringContaining(told) }),
	);

	it.each(['nathan@example.com', "o'brien+tag@mail.example.co.uk", 'a@b.cd'])('of mail is %p', (raw) => {
		expect(check('email', ` ${raw} `)).toEqual({ value: raw });
	});

	it.each([
		'nathan',
		'nathan@',
		'@example.com',
		'nathan@example',
		'a@b..c',
		'a b@c.de',
		'a@b.cd, e@f.gh',
		'a@b@c.de',
	])('of mail is not %p', (raw) => expect(check('email', raw)).toEqual(wrong));

	it.each([
		'Nathan <nathan@example.com>',
		'"Fletcher, Nathan" <nathan@example.com>',
		'mailto:nathan@example.com',
	])('of mail is in %p', (raw) => expect(check('email', raw)).toEqual({ value: 'nathan@example.com' }));

	it('of mail is one: the API takes no list', () => {
		for (const raw of ['a@b.cd,e@f.gh', 'a@b.cd; e@f.gh', 'A <a@b.cd>, E <e@f.gh>', ['a@b.cd']])
			expect(check('email', raw)).toEqual(wrong);
	});

	it.each([
		['Nathan <nathan@example.com>'],
		['"nathan@example.com" <NATHAN@example.com>'],
		["'nathan@example.com' via Leasing <nathan@example.com>"],
		['Nathan @ Maple Court <nathan@example.com>'],
		['<mailto:nathan@example.com>'],
		['mailto:nathan@example.com?subject=Tour&body=Hi'],
		['MAILTO:nathan%40example.com'],
	])('of mail is the one in %s', (raw) => {
		const { value } = check('email', raw) as { value: string };
		expect(value.toLowerCase()).toBe('nathan@example.com');
	});

	it.each([
		'alice@x.com, Bob <bob@x.com>',
		'alice@x.com; Bob <bob@x.com>',
		'alice@x.com <bob@x.com>',
		'"alice@x.com" <bob@x.com>',
		'Bob (alice@x.com) <bob@x.com>',
		'Bob <bob@x.com>, alice@x.com',
		'mailto:alice@x.com?cc=bob@x.com',
		'mailto:alice@x.com,bob@x.com',
		'mailto:alice@x.com%2Cbob@x.com',
	])('of mail is not taken out of several: %s', (raw) => expect(check('email', raw)).toEqual(wrong));

	it.each([
		"'nathan@example.com'",
		'nathan@example.com.',
		'nathan@example.com!',
		'nathan@example.com/',
		'nathan@example.com?subject=Tour',
		'nathan@example.com|work',
		'nathan@.example.com',
		'nathan@example..com',
		'nathan@-example.com',
		'nathan@example-.com',
		'nathan@exa_mple.com',
		'nathan@example.com=',
		'nathan@example.com&#39',
	])('of mail ends where its domain ends: %s', (raw) => expect(check('email', raw)).toEqual(wrong));

	it.each([
		"o'brien@example.com",
		'nathan+tour@mail.example.co.uk',
		'nathan@xn--bcher-kva.example',
		'nathan@bücher.example',
		'nathan@3com.com',
		'n_f-1@a-b.museum',
		'"nathan fletcher"@example.com',
		'用户@例子.公司',
		'nathan@उदाहरण.भारत',
	])('of mail may be %s', (raw) => expect(check('email', raw)).toEqual({ value: raw }));

	it.each(["'nathan@example.com", '’nathan@example.com', " 'nathan@example.com"])(
		'of mail is sent without the apostrophe of a spreadsheet: %s',
		(raw) => expect(check('email', raw)).toEqual({ value: 'nathan@example.com' }),
	);

	it.each([
		['email', 'josÃ©@example.com'],
		['phone', '512&nbsp;555&nbsp;0100'],
	] as const)('of %s with letters that were lost has a remark: %s', (kind, raw) =>
		expect(check(kind, raw)).toEqual({
			value: raw,
			remark: expect.stringContaining('holds damaged letters'),
		}),
	);

	it('of mail that is hidden in part has a remark', () => {
		expect(check('email', 'n****n@example.com')).toEqual({
			value: 'n****n@example.com',
			remark: expect.stringContaining('is hidden in part'),
		});
	});

	it('on the web that was taken out of HTML as it stands there has a remark', () => {
		const raw = 'https://example.com/calls?id=1&amp;x=2';
		expect(check('url', raw)).toEqual({
			value: raw,
			remark: expect.stringContaining('holds damaged letters (&amp;)'),
		});
	});

	it('of mail is told from a long text in no time', () => {
		expect(check('email', `${'a.'.repeat(50_000)}@`)).toEqual(wrong);
		expect(check('email', `a@${'a.'.repeat(50_000)}`)).toEqual(wrong);
		expect(check('email', `a@${'a'.repeat(100_000)}`)).toEqual(wrong);
		expect(check('email', `a@${'a-'.repeat(50_000)}`)).toEqual(wrong);
	});
});

describe('a phone number', () => {
	it.each([
		'+1 512 555 0100',
		'(512) 555-0100',
		'5125550100',
		'911',
		5_125_550_100,
		'anonymous',
		'Restricted',
		'+266696687',
		'client:agent_7',
		'sip:front-desk@example.com',
		'call 1 2 me',
	])('is any text, such as %p', (raw) => {
		expect(check('phone', raw)).toEqual({ value: String(raw) });
	});

	it.each([
		...["'+15125550100", '’+15125550100', '="+15125550100"', '+15125550100.0'],
		...['tel:+15125550100', 'p:+15125550100'],
	])('is sent without what a spreadsheet or a link puts around it: %s', (raw) =>
		expect(check('phone', raw)).toEqual({ value: '+15125550100' }),
	);

	it.each(['***-***-1234', '(***) ***-1234', '+1512*****00'])(
		'that is hidden in part has a remark: %s',
		(raw) =>
			expect(check('phone', raw)).toEqual({
				value: raw,
				remark: 'is hidden in part (**). Have it come as a whole',
			}),
	);

	it.each(['["+15125550100"]', '[15125550100]', '{"number": "+15125550100"}'])(
		'is no list and no object that is written as JSON: %s',
		(raw) => expect(check('phone', raw)).toEqual({ wrong: 'must be a text, not a list or an object' }),
	);

	it.each([
		...['tel:', '[512] 555-0100', '[withheld]', '1.0', '555.0'],
		...['512.555.0100', 'whatsapp:+15125550100', "'"],
	])('that only looks like that stays as it is: %s', (raw) =>
		expect(check('phone', raw)).toEqual({ value: raw }),
	);

	it.each(['3.108207129E9', '4.47900E+11', 4.479e21, '+1undefined', 'client:null', 'NaN', ['911'], {}])(
		'is not %p',
		(raw) => expect(check('phone', raw)).toEqual(wrong),
	);
});

describe('a time of day', () => {
	it.each([
		['14:30', '14:30:00'],
		['9:05', '09:05:00'],
		['9:05:07', '09:05:07'],
		['23:59:59', '23:59:59'],
		['2 pm', '14:00:00'],
		['2\u202fPM', '14:00:00'],
		['12 a. m.', '00:00:00'],
		['9 AM -06:00', '09:00:00-06:00'],
		['2026-03-01T09:00:00', '2026-03-01T09:00:00-06:00'],
	])('%p is sent as %p', (raw, value) => expect(check('timeOfDay', raw)).toEqual({ value }));

	it.each(['24:00', '9', '9:5', '12:60', '0 pm', '12:00:60', '2026-99-99T99:99', '2026-02-30T10:00'])(
		'is not %p',
		(raw) => {
			expect(check('timeOfDay', raw)).toEqual(wrong);
		},
	);
});

describe('the ID of a record', () => {
	it('is a text, bare or in a resource locator', () => {
		expect(check('record', ' lead_1 ')).toEqual({ value: 'lead_1' });
		expect(check('record', { __rl: true, mode: 'id', value: 'lead_1' })).toEqual({ value: 'lead_1' });
		expect(check('record', { id: 'lead_1' })).toEqual(wrong);
		for (const raw of ['None', 'nan', 'NIL', '0', 0, '-', '****', '?'])
			expect(check('record', raw)).toEqual({ wrong: 'must be an ID' });
		for (const raw of ['none_1', '00', 'n', '-1', 'Лид'])
			expect(check('record', raw)).toEqual({ value: raw });
	});

	it('that is a number is a positive whole one, and sent as a number', () => {
		const numeric = { numeric: true, record: "a prospect's ID" };
		for (const raw of [1001, '1001', '1001.0', { __rl: true, mode: 'id', value: '1001' }]) {
			expect(check('record', raw, numeric)).toEqual({ value: 1001 });
		}
		for (const raw of [0, -1, 1.5, '1.5', '1001.00', '1e3', '12a', '9007199254740993']) {
			expect(check('record', raw, numeric)).toEqual({
				wrong: expect.stringContaining("a prospect's ID"),
			});
		}
		expect(check('record', true, numeric)).toEqual(wrong);
	});
});

describe('a time zone', () => {
	it('is one that exists', () => {
		expect(check('timeZone', ' America/Denver ')).toEqual({ value: 'America/Denver' });
		for (const raw of ['Mars/Olympus', 'Denver', '12']) expect(check('timeZone', raw)).toEqual(wrong);
	});
});
