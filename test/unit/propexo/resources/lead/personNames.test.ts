import { otherNames } from '../../../../../nodes/Propexo/leads/personNames';

/** Whether two people of one family have other first names, asked from both sides. */
const areOthers = (one: string, other: string): boolean[] => [
	otherNames({ first: one, last: 'Lee' }, { first: other, last: 'Lee' }).first,
	otherNames({ first: other, last: 'Lee' }, { first: one, last: 'Lee' }).first,
];

describe('Two whole names', () => {
	const are = (one: [string, string], other: [string, string]) => {
		const [left, right] = [one, other].map(([first, last]) => ({ first, last }));
		return [left && right && otherNames(left, right), left && right && otherNames(right, left)];
	};

	it.each<[string, [string, string], [string, string], boolean]>([
		['father and son', ['John', 'Smith'], ['John', 'Smith Jr.'], true],
		['in the other field', ['John', 'Smith'], ['John, III', 'Smith'], true],
		['two generations', ['John', 'Smith II'], ['John', 'Smith IV'], true],
		...['Junior', 'Jnr.', 'Senior', 'Snr', '2nd', '3rd', '4th'].map(
			(mark): [string, [string, string], [string, string], boolean] => [
				`father and son, as ${mark}`,
				['John', 'Smith'],
				['John', `Smith ${mark}`],
				true,
			],
		),
		['father and son in the first name', ['John', 'Smith'], ['John Junior', 'Smith'], true],
		['one generation in two spellings', ['John', 'Smith Jr'], ['John', 'Smith Junior'], false],
		['the second in two spellings', ['John', 'Smith II'], ['John', 'Smith 2nd'], false],
		['a first name like a spelling of one', ['Junior', 'Smith'], ['Junior', 'Smith'], false],
		['one generation', ['John', 'Smith, Jr.'], ['John Jr', 'Smith'], false],
		['no last name', ['John', ''], ['John', 'Smith Jr'], false],
		['no name', ['Unknown', 'Caller'], ['John', 'Smith Jr'], false],
		['a first name like one', ['JR', 'Smith'], ['J.', 'Smith'], false],
	])('%s: %s and %s are others by their generation: %s', (_, one, other, generation) => {
		const expected = { first: false, last: false, generation };
		expect(are(one, other)).toEqual([expected, expected]);
	});
});

describe('Two first names', () => {
	it.each([
		['Mike', 'Michael'],
		['Chris', 'Christina'],
		['Chris', 'Christopher'],
		['Alex', 'Alexandra'],
		['Katherine', 'Catherine'],
		['Liz', 'Elizabeth'],
		['Nathan', 'Nathaniel'],
		['Mike', 'MIKE'],
		['Артём', 'Артем'],
	])('%s and %s may be one: written out and short, or two spellings', (one, other) => {
		expect(areOthers(one, other)).toEqual([false, false]);
	});

	it.each([
		['Chris', 'Tina'],
		['Alex', 'Sandra'],
		['Alex', 'Alexa'],
		['Alexander', 'Alexandra'],
		['Will', 'Bill'],
		['Jack', 'Johnny'],
		['Beth', 'Liz'],
		['Frank', 'Paco'],
		['Pat', 'Tricia'],
		// A short form of the other that is also a full name.
		['Sandra', 'Alexandra'],
		['Tina', 'Christina'],
		['Alexa', 'Alexandra'],
		// Two names, although both are short for Tony.
		['Anthony', 'Antonio'],
		// The mark is a vowel, or makes another letter.
		['अमित', 'अमिता'],
		['राम', 'रमा'],
		['タイキ', 'ダイキ'],
		['சுனில்', 'சுனிலா'],
		['Beth', 'Elizabeth'],
		['Jack', 'John'],
	])('%s and %s are of two people: two short forms, or a name of its own', (one, other) => {
		expect(areOthers(one, other)).toEqual([true, true]);
	});

	it.each([
		['J.', 'Jose'],
		['J', 'Jose Luis'],
		['M. Elena', 'Maria'],
		['M. Elena', 'Maria Elena'],
		['J.B.', 'John'],
		['Maria J', 'Maria'],
		['Maria J', 'Maria Jose'],
		['Maria J', 'Maria K.'],
		['Maria J', 'M.'],
	])('%s and %s may be one: an initial at the beginning, or of a further name', (one, other) => {
		expect(areOthers(one, other)).toEqual([false, false]);
	});

	it.each([
		['Maria J', 'Jose'],
		['Diana', 'John D.'],
		['Mary', 'John M'],
		['J.', 'Maria Jose'],
		['R.', 'J. R.'],
		['M. J.', 'Jose'],
		['Maria J', 'Jose M'],
		['J. Carlos', 'Jose Luis'],
		// A name of one letter, not an initial.
		['明', '明华'],
		['小 明', '小 红'],
	])('%s and %s are of two people: an initial stands only for a name in its place', (one, other) => {
		expect(areOthers(one, other)).toEqual([true, true]);
	});
});
