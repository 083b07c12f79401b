/*
 * What each property management system (PMS) requires and takes of a write. Source of all rules in this folder: the pages
 * of each PMS in Propexo's reference. Rules that were only concluded from other pages are marked as inferred.
 *
 * A write names its rules; `checkPms.ts` checks items against them.
 */

/** The rules of one PMS for one write. */
export interface PmsRules {
	/** Parameters that must be filled in, besides those that say who the write is about. */
	required?: string[];
	/** Every other parameter that it takes; it refuses the rest. Left out: not known, so Propexo decides. */
	takes?: string[];
	/** It has no such write. */
	noSuchWrite?: true;
	/** Parameters that it refuses, if it takes all others, or the others are not known. */
	lacks?: string[];
	/**
	 * What its page lists besides `required`, where no page says that it refuses the rest (`takes` is left out): another field
	 * goes out with a hint, and Propexo decides. The generated pages show it.
	 */
	lists?: string[];
	/** Texts of which it takes only so many characters. */
	longest?: Readonly<Record<string, number>>;
	/** The employee must be a leasing agent. */
	leasingAgent?: true;
	/** It also takes a day without a time of day, unlike Propexo's generic endpoint; `'perhaps'` where that was only inferred. */
	takesDays?: true | 'perhaps';
	/**
	 * The rules that were concluded from other pages than the one about this write. A broken one is told in a hint, and
	 * Propexo decides.
	 */
	inferred?: 'required' | 'takes' | 'all';
}

/** The rules of the PMSs for one write, by the `vendor` of an integration. */
export type WriteRules = Readonly<Record<string, PmsRules>>;

/** Whether a PMS takes a parameter, by what its pages say. */
export const isTaken = ({ required = [], takes, noSuchWrite, lacks = [] }: PmsRules, name: string): boolean =>
	noSuchWrite !== true &&
	!lacks.includes(name) &&
	(takes === undefined || required.includes(name) || takes.includes(name));
