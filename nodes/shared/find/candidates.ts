import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../json/text';
import type { Findable, Finder } from './findable';
import { allFinders } from './findable';

/** A record that was read, reduced to what finding needs. */
export interface Candidate {
	id: string | number;
	/** Mode → the normal forms of the record's values (`Finder.alike`). */
	keys: Record<string, string[]>;
	row: IDataObject;
}

/** The normal forms of what a record holds for one finder. */
const keysOf = ({ of, alike }: Finder, row: IDataObject): string[] =>
	of(row)
		.map((held) => alike(textOf(held)))
		.filter((key) => key !== '');

/** A record as a candidate; undefined if it has no ID, because then no item can name it. */
export function candidateOf(findable: Findable, row: IDataObject): Candidate | undefined {
	const { facts } = findable;
	const { id } = row;
	if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return undefined;
	return {
		id,
		keys: Object.fromEntries(allFinders(findable).map((finder) => [finder.mode, keysOf(finder, row)])),
		row: Object.fromEntries(facts.filter((name) => name in row).map((name) => [name, row[name]])),
	};
}

/** Candidates with an index by value. */
export class Candidates {
	/** Mode → form of a value → the records that hold it. */
	private readonly indexes = new Map<string, Map<string, Candidate[]>>();

	/** @param more whether the service has more records that match and were not read */
	constructor(
		readonly rows: Candidate[],
		readonly more = false,
	) {}

	/** The candidates that hold a value, given in its normal form. */
	holding(mode: string, key: string): Candidate[] {
		const index = this.indexes.get(mode) ?? this.indexBy(mode);
		return index.get(key) ?? [];
	}

	private indexBy(mode: string): Map<string, Candidate[]> {
		const index = new Map<string, Candidate[]>();
		for (const candidate of this.rows) {
			for (const key of new Set(candidate.keys[mode])) {
				const holders = index.get(key) ?? [];
				index.set(key, holders);
				holders.push(candidate);
			}
		}
		this.indexes.set(mode, index);
		return index;
	}
}
