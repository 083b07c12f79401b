import type { FieldKind } from '../../../../nodes/shared/fields/field';
import { check } from './support/check.ts';

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

describe('the ID of a record', () => {
	it.each(['lead_1,lead_2', 'lead_1;lead_2', '"lead_1"', '[lead_1]', '{lead_1}', '<lead_1>', "'lead_1'"])(
		'is a single one: not %s',
		(raw) => expect(check('record', raw)).toEqual(wrong),
	);

	it.each(['lead_1', 'clx0a1b2c3', 'a-b.c:d', '123', 'x=='])('may be %s', (raw) =>
		expect(check('record', raw)).toEqual({ value: raw }),
	);

	it('is a text, bare or in a resource locator', () => {
		expect(check('record', ' lead_1 ')).toEqual({ value: 'lead_1' });
		expect(check('record', { __rl: true, mode: 'id', value: 'lead_1' })).toEqual({ value: 'lead_1' });
		expect(check('record', { id: 'lead_1' })).toEqual(wrong);
		for (const raw of ['None', 'nan', 'NIL', '0', 0, '-', '****', '?'])
			expect(check('record', raw)).toEqual({ wrong: 'must be an ID' });
		for (const raw of ['none_1', '00', 'n', '-1', 'Лид'])
			expect(check('record', raw)).toEqual({ value: raw });
	});
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

	it.each([2, -1, 'maybe', 'yes, no', [], {}])('is not %p', (raw) =>
		expect(check('boolean', raw)).toEqual(wrong),
	);
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

	it('is also taken without what its name has in brackets, if no other has that name then', () => {
		const some = [
			{ name: 'Rent (Dollars)', value: 'rent' },
			{ name: 'Visit', value: 'V1' },
			{ name: 'Visit (Return)', value: 'V2' },
			{ name: 'Tour (Virtual)', value: 'T1' },
			{ name: 'Tour (Self-Guided)', value: 'T2' },
		];
		for (const raw of ['Rent', 'rent', 'Rent (Dollars)', 'rent dollars']) {
			expect(check('choice', raw, { options: some })).toEqual({ value: 'rent' });
			expect(check('choices', raw, { options: some })).toEqual({ value: ['rent'] });
		}
		expect(check('choice', 'visit', { options: some })).toEqual({ value: 'V1' });
		for (const raw of ['Tour', 'Dollars', '-'])
			expect(check('choice', raw, { options: some })).toEqual(wrong);
	});

	it.each([
		['nathan@example.com'],
		['+1 512 555 0100'],
		['512-555-0100'],
		['Asked for a two-bedroom with parking and wants to come by on Friday'],
		['{"status":"busy"}'],
		['unit 12345'],
		['Maria Alvarez'],
		['maria alvarez'],
		['Maria'],
		['O’Brien'],
		['12 Main Street'],
		['Müller, Ann'],
	])('is not repeated in the message where it may be something private: %s', (raw) => {
		expect(check('choice', raw, { options })).toEqual({ wrong: 'must be one of: Busy; Answered' });
		expect(check('choices', [raw], { options })).toEqual({
			wrong: 'must be one or several of: Busy; Answered',
		});
		expect(check('boolean', raw)).toEqual({
			wrong: 'must be true or false, as in {{ ({ Agreed: true, Refused: false })[$json.answer] }}',
		});
	});

	it.each(['ringing', 'in-progress', 'NOT_BUSY', 'roundRobin', '404'])(
		'is repeated where it is a word of a program: %s',
		(raw) =>
			expect(check('choice', raw, { options })).toEqual({
				wrong: `is '${raw}' and must be one of: Busy; Answered`,
			}),
	);

	it('names the value and the options when it is not', () => {
		expect(check('choice', 'OTHER', { options })).toEqual({
			wrong: "is 'OTHER' and must be one of: Busy; Answered",
		});
	});
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

describe('a time zone', () => {
	it('is one that exists', () => {
		expect(check('timeZone', ' America/Denver ')).toEqual({ value: 'America/Denver' });
		for (const raw of ['Mars/Olympus', 'Denver', '12']) expect(check('timeZone', raw)).toEqual(wrong);
	});
});
