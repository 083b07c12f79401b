import { otherNames } from '../../../../../nodes/Propexo/leads/personNames';

/** Whether two people of one family have other first names, asked from both sides. */
const areOthers = (one: string, other: string): boolean[] => [
	otherNames({ first: one, last: 'Lee' }, { first: other, last: 'Lee' }).first,
	otherNames({ first: other, last: 'Lee' }, { first: one, last: 'Lee' }).first,
];

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
		// Short for the other, but more often a name of its own.
		['Sandra', 'Alexandra'],
		['Tina', 'Christina'],
		['Alexa', 'Alexandra'],
		['Beth', 'Elizabeth'],
		['Jack', 'John'],
	])('%s and %s are of two people: two short forms, or a name of its own', (one, other) => {
		expect(areOthers(one, other)).toEqual([true, true]);
	});
});
