import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../json/text';
import type { Findable, Finder } from './findable';

/** A record that was read, with no more of it than finding takes. */
export interface Candidate {
	id: string | number;
	/** The forms it is compared in, by mode. */
	keys: Record<string, string[]>;
	row: IDataObject;
}

/** A value in the form in which those that mean the same are equal. */
const keysOf = ({ of, alike }: Finder, row: IDataObject): string[] =>
	of(row)
		.map((held) => alike(textOf(held)))
		.filter((key) => key !== '');

/** A record as a candidate; undefined for one without an ID, which nobody can name. */
export function candidateOf({ modes, facts }: Findable, row: IDataObject): Candidate | undefined {
	const { id } = row;
	if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return undefined;
	return {
		id,
		keys: Object.fromEntries(modes.map((finder) => [finder.mode, keysOf(finder, row)])),
		row: Object.fromEntries(facts.filter((name) => name in row).map((name) => [name, row[name]])),
	};
}

/** Records that were read. */
export class Candidates {
	/** Mode → form of a value → the records that hold it. */
	private readonly indexes = new Map<string, Map<string, Candidate[]>>();

	/** @param more whether the service has others of the kind that was asked for */
	constructor(
		readonly rows: Candidate[],
		readonly more = false,
	) {}

	/** Those that hold a value. */
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
