import type { IDataObject } from 'n8n-workflow';

import type { ChoiceField } from '../fields/field';
import type { ReadItem } from '../fields/item';
import type { Candidate } from './candidates';
import type { Ages, Finder } from './findable';
import { choicesOf } from '../fields/choices';

/** Values of *If Several Match*. */
type IfSeveral = 'refuse' | 'newest' | 'newestActive';

/** For writes about people: a service may hold several records of one person. */
export const ifSeveralOption: ChoiceField = {
	name: 'ifSeveralMatch',
	label: 'If Several Match',
	kind: 'choice',
	default: 'refuse',
	options: choicesOf(
		{
			value: 'newest',
			description: 'Take the one that was added last',
		},
		{
			name: 'Newest Active',
			value: 'newestActive',
			description: 'Take the one that was added last of those that are still active',
		},
		{
			value: 'refuse',
			description: 'Fail the item and say what tells them apart',
		},
	),
	description: 'What to do when several people match an email address or a phone number',
	local: true,
};

/** The *If Several Match* of an item with these options. */
export const ifSeveralOf = ({ ifSeveralMatch }: IDataObject): IfSeveral =>
	(ifSeveralMatch ?? ifSeveralOption.default) as IfSeveral;

/** Which one of several records is meant, if all of them are one person or the user has chosen it. */
export type Wanted = 'newest' | 'newestActive';

/**
 * Which of several records will be taken, known before any is read; undefined if all of them decide.
 *
 * @param finder by which they are found
 */
export function wantedOf(
	ages: Ages | undefined,
	ifSeveral: IfSeveral,
	item: ReadItem,
	finder: Finder,
): Wanted | undefined {
	if (!ages) return undefined;
	if (ifSeveral !== 'refuse') return ifSeveral;
	return ages.areAlwaysOne?.(item, finder) ? 'newest' : undefined;
}

/** Whether older records need not be read. */
export function isEnough(ages: Ages | undefined, wanted: Wanted, newest: Candidate[]): boolean {
	return newest.some(({ row }) => wanted === 'newest' || ages?.isActive(row));
}

/** The chosen record, or why none was chosen. */
type Chosen = { one: Candidate } | 'several' | 'noneActive';

/** When each record was created, in epoch ms: the most reliable time that all of them have. */
function agesOf({ madeAt }: Ages, candidates: Candidate[]): Map<Candidate, number> {
	const times = candidates.map(({ row }) =>
		madeAt(row).map((time) => (typeof time === 'string' ? Date.parse(time) : Number.NaN)),
	);
	const surest = (times[0] ?? []).findIndex((_, place) =>
		times.every((told) => !Number.isNaN(told[place] ?? Number.NaN)),
	);
	return new Map(candidates.map((candidate, index) => [candidate, times[index]?.[surest] ?? Number.NaN]));
}

/** The newest record; undefined if two are equally new, or their ages are not known. */
function newestOf(ages: Ages, candidates: Candidate[]): Candidate | undefined {
	const made = agesOf(ages, candidates);
	const newest = Math.max(...made.values());
	const those = candidates.filter((candidate) => made.get(candidate) === newest);
	return those.length === 1 ? those[0] : undefined;
}

/**
 * Chooses the one record that is meant.
 *
 * @param found at least one; with `more`, the service has others that were not read
 * @param ages undefined for records that are not people: then none of several is preferred
 */
export function choose(
	{ rows: candidates, more }: { rows: Candidate[]; more?: boolean },
	ages: Ages | undefined,
	ifSeveral: IfSeveral,
	item: ReadItem,
): Chosen {
	const [first] = candidates;
	if (first && candidates.length === 1 && !more) return { one: first };
	if (!ages || more) return 'several';
	const rows = candidates.map(({ row }) => row);
	const areOne = ages.areOne?.(item, rows) === true;
	if (ifSeveral === 'refuse' && !areOne) return 'several';
	const eligible =
		ifSeveral === 'newestActive' ? candidates.filter(({ row }) => ages.isActive(row)) : candidates;
	if (eligible.length === 0) return 'noneActive';
	// Those that are one person may have come at one moment: then it does not matter which one is named.
	const one = newestOf(ages, eligible) ?? (areOne ? eligible[0] : undefined);
	return one ? { one } : 'several';
}
