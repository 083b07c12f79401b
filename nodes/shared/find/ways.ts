import type { Finder } from './findable';

/*
 * In which order a value is looked for, for every kind of record: as it was typed, then as a record may spell it, then where else a record
 * may hold it. Each step is taken only where those before it found none.
 */

/** A value that is looked for: each spelling that an item has, and the normal form. */
export interface Sought {
	finder: Finder;
	values: string[];
	key: string;
}

/** Spellings of a value. */
export type Spellings = (sought: Sought) => string[];

/** Those that items have, and the normal form. Neither service says whether letter case matters to its filters. */
export const given: Spellings = ({ values, key }) => [...new Set([...values, key])];

/** Other ones that a record may have, if they can be counted. */
export const others: Spellings = ({ finder: { spellings }, key }) =>
	typeof spellings === 'function' ? [...new Set(spellings(key))] : [];

/** The same value where else a record may hold it; undefined if nowhere. */
export function secondOf<Value extends Sought>(sought: Value): Value | undefined {
	const { second } = sought.finder;
	return second && { ...sought, finder: second };
}

/** One step: with which finder, and by which spellings. */
export interface Way {
	finder: Finder;
	spellings: string[];
}

/** All steps, for a value that is looked for by itself. */
export function waysOf(sought: Sought): Way[] {
	const { finder } = sought;
	const own = [given, others].map((spellings) => ({ finder, spellings: spellings(sought) }));
	const second = secondOf(sought);
	return [...own.filter(({ spellings }) => spellings.length > 0), ...(second ? waysOf(second) : [])];
}
