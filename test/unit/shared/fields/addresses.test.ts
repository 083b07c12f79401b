import { check } from './support/check.ts';

const wrong = { wrong: expect.any(String) };

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

	it.each([
		'recording 17',
		'example.com/a b.mp3',
		'https://',
		'C:\\rec\\1.wav',
		'https://example.com/1 https://example.com/2',
		'https://example.com/1|https://example.com/2',
	])('that is none is not told how to encode it, which would not make it one: %p', (raw) =>
		expect(check('url', raw)).toEqual({ wrong: expect.not.stringContaining('encodeURI') }),
	);

	it.each([
		['https://example.com/a b/ü[1]', 'https://example.com/a%20b/%C3%BC%5B1%5D'],
		['https://example.com/a%20b c', 'https://example.com/a%20b%20c'],
		[
			'https://example.com/a%2520b 100%.mp3?x=%c3%bc',
			'https://example.com/a%2520b%20100%25.mp3?x=%c3%bc',
		],
	])(
		'that is not encoded, or only in parts, is right with the expression in its message: %s',
		(link, right) => {
			const { wrong: told } = check('url', link) as { wrong: string };
			const [, code] = /\{\{ (.*) \}\}/.exec(told) ?? [];
			const made = new Function('$json', `return ${code}`) as (json: object) => string;
			expect(made({ link })).toBe(right);
			expect(check('url', right)).toEqual({ value: right });
		},
	);

	it.each([
		['https://example.com/{{call_id}}', 'holds an expression or a merge field'],
		['https://example.com/[object Object]', 'holds [object Object]'],
	])('on the web that is damaged is told so, rather than how to rewrite it: %s', (raw, told) =>
		expect(check('url', raw)).toEqual({ wrong: expect.stringContaining(told) }),
	);

	it.each([
		'nathan@example.com',
		"o'brien+tag@mail.example.co.uk",
		'a@b.cd',
		'nathan@my_host.example.com',
		'nathan@[192.0.2.1]',
		'nathan@[IPv6:2001:db8::1]',
	])('of mail is %p', (raw) => {
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
		'a@_b.cd',
		'a@[b cd]',
		'a@[]',
	])('of mail is not %p', (raw) => expect(check('email', raw)).toEqual(wrong));

	it.each([
		'Nathan <nathan@example.com>',
		'"Fletcher, Nathan" <nathan@example.com>',
		'mailto:nathan@example.com',
		'Email: nathan@example.com',
		'E-mail (work) : nathan@example.com',
		'Home: nathan@example.com',
		'Email address: Nathan <nathan@example.com>',
		'Email: mailto:nathan@example.com',
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
		'Home: alice@x.com, Work: bob@x.com',
		'mailto:alice@x.com%2Cbob@x.com',
	])('of mail is not taken out of several: %s', (raw) => expect(check('email', raw)).toEqual(wrong));

	it.each([
		'nathan@example.com.',
		'nathan@example.com!',
		'nathan@example.com/',
		'nathan@example.com?subject=Tour',
		'nathan@example.com|work',
		'nathan@.example.com',
		'nathan@example..com',
		'nathan@-example.com',
		'nathan@example-.com',
		'nathan@example_.com',
		'nathan@example.com=',
		'nathan@example.com&#39',
	])('of mail ends where its domain ends: %s', (raw) => expect(check('email', raw)).toEqual(wrong));

	it.each([
		"o'brien@example.com",
		'nathan+tour@mail.example.co.uk',
		'mobile.nathan@example.com',
		'work-7@example.com',
		'home@example.com',
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
		['phone', '%2B15125550100'],
		['email', 'nathan%2Btour@example.com'],
	] as const)('of %s with letters that were lost has a remark: %s', (kind, raw) =>
		expect(check(kind, raw)).toEqual({
			value: raw,
			remark: expect.stringContaining('holds damaged letters'),
		}),
	);

	it.each(['n****n@example.com', 'n•••n@example.com', 'nath…@example.com'])(
		'of mail that is hidden in part has a remark: %s',
		(raw) =>
			expect(check('email', raw)).toEqual({
				value: raw,
				remark: expect.stringContaining('is hidden in part'),
			}),
	);

	it.each(['maxxx@example.com', 'maxxx@163.com', 'maxxx.7@example.com', 'max@xxx-1.com'])(
		'of mail may have x in it: %s',
		(raw) => expect(check('email', raw)).toEqual({ value: raw }),
	);

	it('on the web has %20 by right', () => {
		for (const raw of ['https://example.com/a%20b', 's3://calls/1%20.mp3', 'urn:call:1%40'])
			expect(check('url', raw)).toEqual({ value: raw });
	});

	it.each([
		'https://example.com/1.mp3,https://example.com/2.mp3',
		's3://calls/1.mp3;S3://calls/2.mp3',
		'C:/rec/1.mp3',
	])('on the web that may be several, or a file, has a remark: %s', (raw) =>
		expect(check('url', raw)).toEqual({
			value: raw,
			remark: 'may be several links, or a file. Check it',
		}),
	);

	it.each(['https://example.com/a,b;c', 'https://example.com/?x=https://example.com/2', 'c://calls/1'])(
		'on the web that is one has none: %s',
		(raw) => expect(check('url', raw)).toEqual({ value: raw }),
	);

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
		'sip:maxxx@163.com',
		'call 1 2 me',
	])('is any text, such as %p', (raw) => {
		expect(check('phone', raw)).toEqual({ value: String(raw) });
	});

	it.each([
		...["'+15125550100", '’+15125550100', '="+15125550100"', '+15125550100.0'],
		...['tel:+15125550100', 'p:+15125550100', 'p:+15125550100.0'],
		...['whatsapp:+15125550100', 'Mobile: +15125550100', '"Cell - +15125550100"', '+15125550100 (home)'],
	])('is sent without what a spreadsheet, a link or a list puts around it: %s', (raw) =>
		expect(check('phone', raw)).toEqual({ value: '+15125550100' }),
	);

	it.each([
		...['***-***-1234', '(***) ***-1234', '+1512*****00'],
		...['•••-•••-1234', 'XXX-XXX-1234', '(xxx) xxx-1234'],
	])('that is hidden in part has a remark: %s', (raw) =>
		expect(check('phone', raw)).toEqual({
			value: raw,
			remark: 'is hidden in part. Have it come as a whole',
		}),
	);

	it.each(['["+15125550100"]', '[15125550100]', '{"number": "+15125550100"}'])(
		'is no list and no object that is written as JSON: %s',
		(raw) => expect(check('phone', raw)).toEqual({ wrong: 'must be a text, not a list or an object' }),
	);

	it.each([...['tel:', '[512] 555-0100', '[withheld]', '1.0', '555.0'], ...['512.555.0100', "'"]])(
		'that only looks like that stays as it is: %s',
		(raw) => expect(check('phone', raw)).toEqual({ value: raw }),
	);

	it.each(['3.108207129E9', '4.47900E+11', 4.479e21, '+1undefined', 'client:null', 'NaN', ['911'], {}])(
		'is not %p',
		(raw) => expect(check('phone', raw)).toEqual(wrong),
	);
});
