import { checkValue } from '../../../../nodes/shared/fields/values';
import { check } from './support/check.ts';
import { declared } from './support/declared.ts';

const wrong = { wrong: expect.any(String) };

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
					remark: 'holds damaged letters (Ã). Have it read as UTF-8, HTML or a link where it comes from',
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

	it.each([
		['Maria%20Lopez', '%20'],
		['O%27Brien', '%27'],
		['Jos%C3%A9', '%C3%A9'],
		['%7Bfirst%7D', '%7B'],
	])(
		'of one line with the signs of a link has it too, for a text of several may hold one: %s',
		(text, sign) => {
			const remark = `holds damaged letters (${sign}). Have it read as UTF-8, HTML or a link where it comes from`;
			expect(check('text', text)).toEqual({ value: text, remark });
			expect(check('text', text, { rows: 3 })).toEqual({ value: text });
		},
	);

	it.each([
		...['Tour https://example.com/a%20b', '20 % off', '100%', '50%/50%', '%2', '100%.'],
		...['Up 5%, down 3%', '10%-20%'],
	])('with other percent signs has none: %s', (text) =>
		expect(check('text', text)).toEqual({ value: text }),
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

	it.each(['""', "''", '" "', '“”', ` '"\n`])('of quotes with nothing in them is no value: %j', (raw) => {
		for (const kind of ['text', 'phone', 'email', 'record', 'url', 'dateTime', 'wholeNumber'] as const)
			expect([kind, check(kind, raw)]).toEqual([kind, {}]);
		expect(check('text', raw, { rows: 3 })).toEqual({});
	});

	it.each([
		'(null)',
		'<null>',
		'"null"',
		"'NULL'",
		'<undefined>',
		'(NaN)',
		'"#N/A"',
		'[NULL]',
		'{null}',
		'(\\N)',
	])('of a word for nothing in quotes or brackets is refused: %s', (raw) => {
		for (const more of [{}, { rows: 3 }, { isId: true }])
			expect(check('text', raw, more)).toEqual({
				wrong: expect.stringMatching(/^is the text [\w#/\\]+ instead of a value: /),
			});
		expect(check('phone', raw)).toEqual(wrong);
	});

	it.each(['(nullable)', '"null and void"', '<3', "'", '(1)'])(
		'with such signs around another word is sent: %s',
		(raw) => expect(check('text', raw)).toEqual({ value: raw }),
	);

	it.each([
		...['#BUSY!', '#BLOCKED!', '#CONNECT!', '#UNKNOWN!'],
		...['#EXTERNAL!', '#PYTHON!', '#TIMEOUT!'],
		...['#¡REF!', '#¿NOMBRE?', '#¡DIV/0!', '#N/D', '#¡DESBORDAMIENTO!', '#¡VALOR!', '#OBTENIENDO_DATOS'],
		...['#NV', '#WERT!', '#BEZUG!', '#ZAHL!', '#ÜBERLAUF!', '#KALK!', '#FELD!', '#DATEN_ABRUFEN'],
		...['#VALEUR!', '#NOM?', '#NOMBRE!', '#NUL!', '#EPARS!', '#CHAMP!', '#OBTENTION_DONNEES'],
	])('of a spreadsheet that shows no value is refused: %s', (raw) =>
		expect(check('text', raw, { rows: 3 })).toEqual({
			wrong: expect.stringContaining('the cell of the spreadsheet shows no value'),
		}),
	);

	it.each(['\\N', '[object File]', '[object HTMLInputElement]'])(
		'that a program wrote for a missing value or an object is refused in every kind of field: %s',
		(raw) => {
			for (const more of [{}, { rows: 3 }, { isId: true }])
				expect(check('text', raw, more)).toEqual({
					wrong: expect.stringContaining(`is the text ${raw} instead of a value: `),
				});
			for (const kind of ['phone', 'email', 'record', 'url', 'dateTime', 'wholeNumber', 'ids'] as const)
				expect([kind, check(kind, raw)]).toEqual([kind, wrong]);
		},
	);

	it('that holds an object among its words is refused, and a path with \\N in it is not', () => {
		expect(check('text', 'From [object File]', { rows: 3 })).toEqual({
			wrong: expect.stringMatching(/^holds \[object File\]: /),
		});
		for (const raw of ['C:\\New folder', '[object lesson]', '[File]'])
			expect(check('text', raw, { rows: 3 })).toEqual({ value: raw });
	});

	it('in place of one of several IDs is refused', () =>
		expect(check('ids', 'unit_1, #REF!')).toEqual({ wrong: expect.stringContaining('the text #REF!') }));

	it.each([['a, null'], [['a', 'undefined']], [['a', null, 'NaN']]])(
		'for a missing one of several IDs is refused, with a way that works for a list: %j',
		(raw) => expect(check('ids', raw)).toEqual({ wrong: expect.stringContaining('.filter(Boolean)') }),
	);

	it.each([[12345678901234567890], [[1, 12345678901234567890]], ['unit_1, 4.479E+11']])(
		'of which the last digits are lost is refused in a list of IDs too: %j',
		(raw) => expect(check('ids', raw)).toEqual({ wrong: expect.stringMatching(/digits/) }),
	);

	it.each(['#VIP!', '#tour', '#204', '¡Hola!', '#HELP!', '#HELP?', '#TBD?', '#A/D!', '#NVC'])(
		'that only looks like that is sent: %s',
		(raw) => expect(check('text', raw, { rows: 3 })).toEqual({ value: raw }),
	);

	it.each(['false', 'False', 'TRUE'])(
		'that is no more than %s has a remark, since it may be meant',
		(raw) => {
			for (const more of [{}, { rows: 3 }])
				expect(check('text', raw, more)).toEqual({
					value: raw,
					remark: expect.stringContaining(`is the text ${raw}. Check that it is meant`),
				});
			expect(check('text', `${raw} alarm`)).toEqual({ value: `${raw} alarm` });
			expect(check('text', raw, { isId: true })).toEqual(wrong);
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

	it.each([
		'Maria {{last_name}}',
		'{{ contact.first_name }} Lopez',
		'Hi *|FNAME|*,',
		'Hi %%FirstName%%,',
		'{{1}} Lopez',
		'Hi ~Contact.FirstName~,',
		'From [your-name]',
		'{Name (First):1.3} {Name (Last):1.6}',
	])('with a merge field among its words is refused in one line, and told in several: %s', (given) => {
		const told = expect.stringMatching(/^holds an expression or a merge field that was not filled in/);
		expect(check('text', given)).toEqual({ wrong: told });
		expect(check('text', given, { rows: 3 })).toEqual({ value: given, remark: told });
	});

	it.each([
		'Use {{ and }}',
		'{{ }} of n8n',
		'a {b} c',
		'5 * |x| * 2',
		'Save 20 % now, 30 % later',
		'{Tour: 10:30}',
		'~ 5.30 ~',
		'[no-show]',
	])('with such signs and no merge field is sent, and nothing is told: %s', (given) =>
		expect(check('text', given)).toEqual({ value: given }),
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
