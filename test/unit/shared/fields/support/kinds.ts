import type { Field, FieldKind } from '../../../../../nodes/shared/fields/field';
import { declared } from './declared.ts';

/*
 * What each kind of field takes and refuses, declared once: `kinds.test.ts` holds the nodes to it, and `npm run docs` makes
 * a page of it. A kind that only one service has stands in a table of that service. Dates, times and zones have a table of their own, `times/forms.ts`.
 */

type KindOfTime = 'dateTime' | 'timeOfDay' | 'timeZone' | 'dateFormat';

/** A value and how the docs write it, where that is not the value itself. */
export interface Given {
	value: unknown;
	shown?: string;
}

/** A value that is taken. */
export interface Taken {
	given: Given;
	/** What goes to the service. */
	sent: unknown;
	/** Why it is taken, where that is not plain. */
	because?: string;
}

/** A value that is refused before anything is sent. */
export interface Refused {
	given: Given;
	/** A part of the message, which completes "'Label' …". */
	message: string;
}

/** One kind of field. */
export interface KindRow {
	/** What the docs call it. */
	title: string;
	about: string;
	/** A field of this kind, with what the examples need. */
	field: Field;
	taken: Taken[];
	refused: Refused[];
}

const given = (value: unknown, shown?: string): Given => ({ value, ...(shown !== undefined && { shown }) });
/** Goes out as it is. */
const same = (value: unknown, because?: string): Taken => ({
	given: given(value),
	sent: value,
	because,
});
export const sent = (value: unknown, goes: unknown, because?: string, shown?: string): Taken => ({
	given: given(value, shown),
	sent: goes,
	because,
});
export const refused = (value: unknown, message: string, shown?: string): Refused => ({
	given: given(value, shown),
	message,
});

const options = [
	{ name: 'No Answer', value: 'NO_ANSWER', alsoTaken: ['missed'] },
	{ name: 'Answered', value: 'ANSWER', alsoTaken: ['completed'] },
	{ name: 'Contacted, Awaiting Information', value: 'Contacted, Awaiting Information' },
];

const SHORTENED = 'is a number that a spreadsheet or a program shortened';
const UNFILLED = 'holds an expression or a merge field that was not filled in';
const ROUNDED = 'is a number of more than 15 digits';
const WHOLE = 'must be one whole address such as https://example.com/calls/1.mp3 or s3://calls/1.mp3';
const ENCODED = `${WHOLE}, without spaces, brackets and letters with accents`;

/** 2^53 + 2: the first whole numbers that JavaScript cannot tell apart. */
const HUGE = 9_007_199_254_740_994;

export const KINDS: Record<Exclude<FieldKind, 'notice' | 'own' | KindOfTime>, KindRow> = {
	text: {
		title: 'Text',
		about: 'Any text, up to the limit of the field, counted in UTF-16 units: most letters are one, an emoji is two or more. Control characters and halves of characters are left out; line breaks and tabs stay. In a box of one line, such as a name, spaces around the text and characters that show nothing are left out too; emoji and words stay whole. Letters that were damaged on the way, such as Ã© in place of é, go out with a hint, and so do the signs and tags of HTML in one line, such as &#39; and </b>, and the signs of a link, such as %20. So does N/A, unknown or - as the address of a lead, or the name that an update writes. The name of the field in place of its value, such as [First Name], is refused in one line; in plain words, it goes out with a hint. A list or an object that is written as JSON is refused in one line too. An ID of another system loses the decimals that programs add to a column of numbers: 10432.0 is sent as 10432.',
		field: declared({ kind: 'text', maxLength: 256, rows: 3 }),
		taken: [
			same('The old lease is null and void'),
			same('Write {{ and }} around it'),
			same('20 % to 30 % [off]'),
			same('<<call dropped>>'),
			same('{left voicemail}'),
			same('[[NO SHOW]]'),
			same('[call-back]'),
			same('See https://example.com/a%20b'),
			same('Loading dock, 20%off%'),
			...['#A', '#N', '#204', '#A/B', '#NO_SHOW', '#SOLD', '#SOLD!'].map((unit) => same(unit)),
			same('Confirmed with {{agent_name}}', 'in one line it is refused; here a hint says so'),
			same('  a\n\tb '),
			sent(12, '12', 'as a text'),
			sent('a\u0000b\u001bc', 'abc'),
			sent('Line 1\u000bLine 2', 'Line 1\nLine 2', 'a line break of Word and Outlook'),
			sent('half an emoji \ud83d', 'half an emoji '),
			sent('🙂'.repeat(128), '🙂'.repeat(128), '256 units', '128 emojis'),
		],
		refused: [
			refused('🙂'.repeat(129), 'is 258 characters long, and the limit is 256', '129 emojis'),
			refused('undefined', 'is the text undefined instead of a value'),
			refused('null', 'is the text null instead of a value'),
			refused('NaN', 'is the text NaN instead of a value'),
			refused('#REF!', 'is the text #REF! instead of a value'),
			refused('#N/A', 'is the text #N/A instead of a value'),
			refused('#SPILL!', 'is the text #SPILL! instead of a value'),
			refused('#GETTING_DATA', 'is the text #GETTING_DATA instead of a value'),
			refused('Err:508', 'is the text Err:508 instead of a value'),
			refused('Loading...', 'is the text Loading... instead of a value'),
			refused(
				'########',
				'is the text ######## instead of a value: the cell of the spreadsheet shows no value',
			),
			refused(HUGE, ROUNDED, '9007199254740993 as a number'),
			refused(
				Infinity,
				'is Infinity instead of a value',
				'Infinity as a number, as of a division by 0',
			),
			refused('NULL', 'is the text NULL instead of a value: the field that it comes from is empty'),
			refused('null, null', 'is the text null instead of a value'),
			refused('\\N', 'is the text \\N instead of a value: the field that it comes from is empty'),
			...[
				...['#WERT!', '#VALOR!', '#VALORE!', '#ЗНАЧ!', '#NÚM!', '#ÜBERLAUF!', '#¡DIV/0!', '#ДЕЛ/0!'],
				...['#NOME?', '#ИМЯ?', '#RIF!', '#ССЫЛКА!', '#N/D', '#Н/Д', '#N/B', '#I/T', '#N/D!'],
			].map((error) => refused(error, `is the text ${error} instead of a value`)),
			refused('(null)', 'is the text null instead of a value'),
			refused('undefined undefined', 'is the text undefined instead of a value'),
			refused('Hello {{ $json.name }}', UNFILLED),
			...[
				'{{contact.name}}',
				'%FIRST_NAME%',
				'%%FirstName%%',
				'%recipient.name%',
				'<%= name %>',
				'*|FNAME|*',
				'${contact.name}',
				'[[First Name]]',
				'<<name>>',
				'«First_Name»',
				'$json.name',
				'$node["Webhook"].json.name',
				'{{first_name}} {{last_name}}',
				'%FIRST_NAME% %LAST_NAME%',
				'#{name}',
				'@{name}',
				'{$name}',
				'%%first_name%%',
				'${Leads.First Name}',
				'~Contact.FirstName~',
				'[your-name]',
				'[tel-123]',
				"$fromAI('name')",
			].map((field) => refused(field, UNFILLED)),
			refused('Tour with [object Object]', 'holds [object Object]'),
			refused('Invalid DateTime', 'is the text Invalid DateTime instead of a value'),
			refused(false, 'is false instead of a value. Some systems give false for an empty field'),
			refused(['a'], 'must be a text, not a list or an object', 'a list'),
		],
	},
	record: {
		title: 'Record',
		about: "The ID of a record, from a list or typed; Propexo's are texts, RentEngine's are numbers.",
		field: declared({ kind: 'record', record: "a lead's ID" }),
		taken: [
			same('clwktsp9v000108l3aq7f3k2m'),
			sent(' lead_1 ', 'lead_1'),
			sent(12_345, '12345', 'as a text'),
			same('12e5', 'an ID may look like this'),
			same('1E-101', 'an ID may look like this'),
			same('11111111-550e-8400-a716-446655440000'),
			same('9007199254740993', 'as a text it keeps all its digits'),
			sent('lead_1\u200b', 'lead_1', 'without characters that show nothing'),
			sent("'10432", '10432', 'without the marks of a spreadsheet'),
			sent('="10432"', '10432', 'as a CSV file keeps zeros'),
			same('20260301143000.4E12345678'),
			same('INV-1.2E5'),
		],
		refused: [
			refused('undefined', 'is the text undefined instead of a value'),
			refused('lead_undefined', 'holds the text undefined'),
			refused('{{ $json.lead_id }}', UNFILLED),
			refused(false, 'is false instead of a value'),
			refused('False', 'is the text False instead of a value'),
			refused('2.19E+26', SHORTENED),
			refused('1E+11', SHORTENED),
			refused('1.23E-05', SHORTENED),
			refused('lead-3.108207129E9', 'holds a number that a spreadsheet or a program shortened'),
			refused('lead-2.19E+26', 'holds a number that a spreadsheet or a program shortened'),
			refused(HUGE, ROUNDED, '9007199254740993 as a number'),
			refused(
				Infinity,
				'is Infinity instead of a value',
				'Infinity as a number, as of a division by 0',
			),
			refused('None', "must be a lead's ID"),
			refused('0', "must be a lead's ID"),
			refused('lead_1, lead_2', "must be a lead's ID: a single one"),
			refused('../leads', "must be a lead's ID: a single one"),
		],
	},
	number: {
		title: 'Number',
		about: 'A number, or the digits of one, within the limits of the field. It is empty until it is filled in.',
		field: declared({ kind: 'number', min: 0 }),
		taken: [
			same(0),
			same(149_950.5),
			sent(1.125, 1.125, 'as a number it is no text that may mean thousands'),
			sent(' 2.50 ', 2.5),
			sent('0.125', 0.125),
			sent('1.5000', 1.5),
		],
		refused: [
			refused(
				'1,500',
				'may mean thousands or a fraction, as 1.500 may be 1500 or 1.5. Write the one that is meant',
			),
			refused(
				'1.000',
				'may mean thousands or a fraction, as 1.500 may be 1500 or 1.5. Write the one that is meant',
			),
			refused('1.000,50', 'must be a number of at least 0, in digits without commas and units'),
			refused('1 000', 'must be a number of at least 0, in digits without commas and units'),
			refused('$1500', 'must be a number of at least 0'),
			refused(-1, 'must be a number of at least 0'),
			refused(false, 'is false instead of a value'),
		],
	},
	dollars: {
		title: 'Dollars',
		about: 'An amount of money. The services take cents, to the cent what was given. An amount of more than $50,000 a month is sent, and a hint asks whether it is in cents.',
		field: declared({ kind: 'dollars', min: 0 }),
		taken: [
			sent(1850, 185_000),
			sent(1850.1, 185_010, 'although a computer calculates 185009.99999999997'),
			sent('$1,850.50', 185_050),
			sent('$ 1,850.50', 185_050, 'as spreadsheets write amounts'),
			sent('1850.5', 185_050),
			sent("'$1,850.50", 185_050, 'without the marks of a spreadsheet'),
			sent(0.1 + 0.2, 30, 'the computer calculates 0.30000000000000004'),
			sent('1850.0000', 185_000, 'as databases write amounts'),
			sent('$1,850.000', 185_000, 'the comma stands before thousands, so the dot does not'),
			sent('1850.500', 185_050),
			sent('950.0000', 95_000),
			sent('0.000', 0),
			sent(0, 0),
		],
		refused: [
			refused(1850.125, 'must be an amount in dollars of at least 0'),
			refused(
				'1.850',
				'may mean thousands or a fraction, as 1.500 may be 1500 or 1.5. Write the one that is meant',
			),
			refused('$1.850', 'may mean thousands or a fraction'),
			refused('950.000', 'may mean thousands or a fraction'),
			refused('-$1.850', 'may mean thousands or a fraction'),
			refused('1850.1250', 'must be an amount in dollars of at least 0'),
			refused('1.850,00', 'must be an amount in dollars'),
			refused('1,85', 'must be an amount in dollars'),
			refused('1850 EUR', 'must be an amount in dollars'),
			refused(-1, 'must be an amount in dollars'),
		],
	},
	wholeNumber: {
		title: 'Whole number',
		about: 'A number without a fraction. A _Call Duration_ of more than 1 hour is sent, and a hint asks whether it is milliseconds. So is an appointment of more than 8 hours: it may be in seconds.',
		field: declared({ kind: 'wholeNumber', min: 0, max: 86_400 }),
		taken: [same(95), sent('95', 95, 'as a number'), sent('95.0', 95), sent('95.000000', 95)],
		refused: [
			refused(
				'1.000',
				'may mean thousands or a fraction, as 1.500 may be 1500 or 1.5. Write the one that is meant',
			),
			refused("'-1,000", 'may mean thousands or a fraction'),
			refused(95.5, 'must be a whole number from 0 to 86400'),
			refused('1:35', 'must be a whole number from 0 to 86400, in digits'),
			refused(86_401, 'must be a whole number from 0 to 86400'),
		],
	},
	boolean: {
		title: 'On or off',
		about: 'What means the same to every program: `true`, `yes`, `on`, 1 or the letters `t` and `y`, and their opposites, also as a text.',
		field: declared({ kind: 'boolean' }),
		taken: [
			same(true),
			sent(' FALSE ', false),
			sent('Yes', true),
			sent('no', false),
			...['y', 'ON', 't', 1, '1.0'].map((on) => sent(on, true)),
			...['N', 'off', 'f', '0', '0.0'].map((off) => sent(off, false)),
		],
		refused: [
			refused(
				'maybe',
				"is 'maybe' and must be true or false, as in {{ ({ Agreed: true, Refused: false })[$json.answer] }}",
			),
			refused(2, "is '2' and must be true or false"),
			refused('Agreed', 'must be true or false'),
			refused('none', "is 'none' and must be true or false"),
			refused([true], 'must be true or false', 'a list'),
		],
	},
	choice: {
		title: 'Choices',
		about: "One of the options by its name in the panel, by the API's word, or by a word that another system has for it. Letter case, spaces and punctuation do not matter, nor does what stands in brackets, such as a unit, where no other option has the same name without it.",
		field: declared({ kind: 'choice', options }),
		taken: [
			same('NO_ANSWER'),
			sent('No Answer', 'NO_ANSWER'),
			sent('no-answer', 'NO_ANSWER'),
			sent('Completed', 'ANSWER', 'the word of a phone system'),
		],
		refused: [
			refused('ringing', "is 'ringing' and must be one of: No Answer; Answered"),
			refused('NO_ANSWER, ANSWER', 'must be one of: No Answer; Answered'),
			refused('undefined', 'is the text undefined instead of a value'),
		],
	},
	choices: {
		title: 'Several choices',
		about: 'Any number of options, as a list or as a text with commas, semicolons or line breaks.',
		field: declared({ kind: 'choices', options }),
		taken: [
			sent('no answer, Answered', ['NO_ANSWER', 'ANSWER']),
			sent('Contacted, Awaiting Information; missed', ['Contacted, Awaiting Information', 'NO_ANSWER']),
			sent(['Answered'], ['ANSWER'], undefined, 'a list of texts'),
		],
		refused: [
			refused(
				'Answered, ringing',
				"holds 'ringing' and must be one or several of: No Answer; Answered",
			),
		],
	},
	url: {
		title: 'Link',
		about: 'Any address that `format: uri` of an OpenAPI file allows (RFC 3986): with a scheme, and without spaces, brackets and letters with accents, unless they are written in their `%` form. A hint asks about what may be several links, or the path of a file: `C:/calls/1.mp3`.',
		field: declared({ kind: 'url' }),
		taken: [
			same('https://example.com/calls/1.mp3?x=1#t=5'),
			same('s3://calls/2026/1.mp3'),
			same('https://example.com/calls/%5B1%5D.mp3'),
			same('urn:call:1'),
		],
		refused: [
			refused('example.com/1.mp3', WHOLE),
			refused('recording 17', WHOLE),
			refused('https://example.com/100%.mp3', ENCODED),
			refused('https://example.com/call 1.mp3', ENCODED),
			refused('https://example.com/[1].mp3', ENCODED),
			refused('https://example.com/é.mp3', ENCODED),
			refused('https:///1.mp3', WHOLE),
		],
	},
	email: {
		title: 'Email address',
		about: 'One address; Propexo takes one in _Email CC_ and _Email BCC_ too. Of a lead or a showing, a hint asks about a placeholder such as `noemail@noemail.com`.',
		field: declared({ kind: 'email' }),
		taken: [
			same('nathan@example.com'),
			sent('Nathan Fletcher <nathan@example.com>', 'nathan@example.com'),
			sent('mailto:nathan@example.com?subject=Tour', 'nathan@example.com'),
			sent('"nathan@example.com"', 'nathan@example.com', 'without the quotes of a cell'),
			sent('nathan@example.com;', 'nathan@example.com'),
			sent('nathan@example.com (Nathan Fletcher)', 'nathan@example.com'),
			sent('Work Email: nathan@example.com', 'nathan@example.com'),
			sent('\ufeffnathan@example.com', 'nathan@example.com', 'without characters that show nothing'),
			same('dev-null@example.com'),
		],
		refused: [
			refused('Nathan', 'must be one email address'),
			refused('a@example.com, b@example.com', 'must be one email address'),
			refused('a@example.com, Bob <b@example.com>', 'must be one email address'),
			refused('nathan@example', 'must be one email address'),
			refused('"a@example.com, b@example.com"', 'must be one email address'),
			refused('a@example.com (b@example.com)', 'must be one email address'),
			refused('{{user}}@example.com', UNFILLED),
		],
	},
	phone: {
		title: 'Phone number',
		about: 'Any text: the API has no rule for it. If the caller withholds the number, send what the phone system says. Of a lead or a showing, a hint asks about a placeholder, about several numbers, and about a number without its area code.',
		field: declared({ kind: 'phone' }),
		taken: [
			same('+1 (512) 555-0100'),
			sent(5_125_550_100, '5125550100', 'as a text'),
			sent('5125550100.0', '5125550100', 'as programs write a column of numbers'),
			sent('+442079460000.00', '+442079460000', 'as spreadsheets write a column of numbers'),
			sent("'+15125550100", '+15125550100', 'without the marks of a spreadsheet'),
			sent("'+1 512 555 0100'", '+1 512 555 0100', 'without the quotes around it'),
			sent('“+15125550100”', '+15125550100'),
			sent('="5125550100"', '5125550100'),
			sent('tel:+1-512-555-0100', '+1-512-555-0100'),
			sent('Mobile: (512) 555-0100', '(512) 555-0100', 'without the word that says which phone it is'),
			sent('512-555-0100 (cell)', '512-555-0100'),
			same(
				'Mobile: 512-555-0100, Home: 512-555-0101',
				'which of several numbers is meant, nobody knows',
			),
			sent('\u202a512 555 0100\u202c', '512 555 0100', 'as phones copy it from a contact'),
			same('anonymous'),
			same('+266696687', 'what Twilio sends for "anonymous"'),
			same('client:agent_7'),
			same('sip:front-desk@example.com'),
		],
		refused: [
			refused('3.108207129E9', SHORTENED),
			refused('4.47900E+11', SHORTENED),
			refused('["+15125550100"]', 'must be a text, not a list or an object'),
			refused('+1undefined', 'holds the text undefined'),
			refused('client:null', 'holds the text null'),
			refused('+1null', 'holds the text null'),
			refused('+1{{ $json.phone }}', UNFILLED),
			refused('false', 'is the text false instead of a value'),
		],
	},
	ids: {
		title: 'IDs',
		about: 'Several IDs: a list, or a text with commas, semicolons or line breaks; each as an ID of its own.',
		field: declared({ kind: 'ids', record: 'Propexo IDs of units', most: 3 }),
		taken: [
			sent('unit_1, unit_2', ['unit_1', 'unit_2']),
			sent('["unit_1","unit_2"]', ['unit_1', 'unit_2']),
			sent(['unit_1', 7, 'unit_1'], ['unit_1', '7'], 'each one once', 'a list with an ID twice'),
		],
		refused: [
			refused('a, b, c, d', 'holds 4 IDs, and the limit is 3'),
			refused('unit 1', 'must hold Propexo IDs of units'),
			refused('../units', 'must hold Propexo IDs of units'),
			refused([{ id: 1 }], 'must hold Propexo IDs of units', 'a list of objects'),
			refused('unit_1, None', 'must hold Propexo IDs of units'),
			refused('unit_1, unit_undefined', 'holds the text undefined'),
			refused('unit_1, 2.19E+26', SHORTENED),
		],
	},
	date: {
		title: 'Day',
		about: "A day, in all forms of [dates and times](dates-and-times.md). A time of day is cut off: a text keeps the day that it is written with. For a number or a date object, midnight in UTC or by the clock of n8n's server is that day, and for a DateTime also midnight in its own time zone; any other moment is read in the item's time zone. A day of birth is not in the future, and no message repeats it; an unlikely year is sent, and a hint asks about it.",
		field: declared({ kind: 'date' }),
		taken: [
			same('2026-03-01'),
			sent('2026-03-01T23:30:00-06:00', '2026-03-01'),
			sent('2026-03-01T02:00:00Z', '2026-03-01', 'as it is written'),
			sent('2026-03-08T02:30:00', '2026-03-08', 'also where the clocks go forward'),
			sent('1987-05-20', '1987-05-20'),
			sent(new Date('2026-03-01T00:00:00Z'), '2026-03-01', undefined, 'a Date of midnight in UTC'),
			sent(new Date('2026-03-01T02:00:00Z'), '2026-02-28', undefined, 'a Date of 8 pm in Chicago'),
			sent(1_772_323_200, '2026-03-01', undefined, 'epoch seconds of midnight in UTC'),
			sent(486_086_400_000, '1985-05-28', 'as HubSpot keeps a day of birth'),
		],
		refused: [
			refused('2026-02-30', 'is not a date that exists'),
			refused('0026-03-04', 'is read as a date of the year 26'),
			refused(46_082, 'is 46082, which is the day 2026-03-01 in a spreadsheet'),
			refused('soon', 'must be a date such as 2026-03-01'),
			refused('31/02/2026', 'is 31/02/2026, which is not a date that exists'),
			refused(
				'12/31/2026',
				"is 12/31/2026, which is no ISO date. If 2026-12-31 is meant, write {{ DateTime.fromFormat('12/31/2026', 'M/d/yyyy', { zone: 'utc' }).toFormat('yyyy-MM-dd') }}",
			),
			refused('03/04/2026', 'is 03/04/2026, which may be March 4, 2026 or April 3, 2026'),
			refused(['2026-03-01'], 'must be a date such as 2026-03-01, not a list', 'a list'),
		],
	},
};
