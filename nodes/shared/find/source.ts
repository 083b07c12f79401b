import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { canonical } from '../json/compare';
import { BoundedMap } from '../process/boundedMap';
import { steadyNow, wallTimeOf } from '../process/steadyNow';
import type { Candidate } from './candidates';
import { candidateOf, Candidates } from './candidates';
import type { Findable, Finder } from './findable';
import { allFinders } from './findable';
import type { Get } from './get';
import type { Answer, Asked } from './sharedAnswers';
import { FOUND_MS, MISSING_MS, SharedAnswers } from './sharedAnswers';

/** The service gave records that do not match the query. */
export class OtherRecords extends Error {}

/** Bounds the memory of this process: how many answers to single values it keeps, and how many lists. */
const MOST_VALUES = 5_000;
const MOST_LISTS = 20;
/** The most records of a list that is kept: a longer one would take several megabytes. */
const LONGEST_KEPT = 20_000;
/** How long it is remembered how many requests a list takes, in ms, and of how many lists. */
const LENGTH_MS = 600_000;
const MOST_LENGTHS = 1_000;

/** Whether an answer may still be used. One that holds the record lasts longer than one that does not. */
export const isGood = (since: number, isThere: boolean): boolean =>
	steadyNow() - since <= (isThere ? FOUND_MS : MISSING_MS);

/** Whether an answer is too old for any use. */
const isOver = ({ since }: Asked<unknown>): boolean => !isGood(since, true);

/** Undefined for a list that is too long to be read. */
const keptLists = new BoundedMap<Asked<Candidates | undefined>>({ most: MOST_LISTS, isOver });
const keptValues = new BoundedMap<Asked<Candidates>>({ most: MOST_VALUES, isOver });
const lengths = new BoundedMap<{ requests: number; until: number }>({
	most: MOST_LENGTHS,
	isOver: ({ until }) => until <= steadyNow(),
});

/** A list that was read a moment ago: in parts, the newest first. */
interface KeptList {
	lists: Candidates[];
	/** When the oldest part was asked for, as `steadyNow` counts. */
	since: number;
}

/** Reads records of one kind from one account, and shares what it read with the other executions of this process. */
export class Source {
	private readonly lists = new SharedAnswers(keptLists);
	private readonly values = new SharedAnswers(keptValues);
	private readonly begun = steadyNow();

	/** @param signal fires when the execution is stopped */
	constructor(
		readonly findable: Findable,
		private readonly connection: Connection,
		private readonly get: Get,
		private readonly signal: AbortSignal,
	) {}

	/**
	 * Whether an answer about people is new enough: it was asked for after this search began, or just before. Somebody who
	 * contacts the property twice gets a second record at once. How long the answer took does not matter.
	 */
	private isNew(since: number): boolean {
		return this.begun - since <= MISSING_MS;
	}

	/**
	 * Lets the service search for one value.
	 *
	 * @param sought the value, in its normal form
	 * @param isThere whether an answer holds the records that are looked for
	 * @param place the query of the place
	 * @param query what the finder adds to it for one spelling of the value
	 * @throws OtherRecords when the service gives records that do not match
	 */
	async byValue(
		{ finder, key }: { finder: Finder; key: string },
		isThere: (answer: Candidates) => Promise<boolean>,
		place: IDataObject,
		query: IDataObject,
	): Promise<Candidates> {
		const read = async () => {
			const asked = await this.findable.ask?.(this.get, { ...place, ...query });
			const { rows, more } = asked ?? { rows: [], more: true };
			const holds = ({ keys }: Candidate) => keys[finder.mode]?.includes(key) === true;
			return this.candidates(rows, place, more, holds);
		};
		const isStillGood = async ({ is, since }: Answer<Candidates>) =>
			this.findable.ages ? this.isNew(since) : isGood(since, await isThere(is));
		const name = `${this.nameOf(place)}\n${finder.mode}\n${canonical(query)}`;
		return (await this.values.get(name, isStillGood, read, this.signal)).is;
	}

	/**
	 * Reads a whole list.
	 *
	 * @returns undefined if that takes more than `most` requests
	 * @throws OtherRecords when the service gives records that do not match
	 */
	async list(query: IDataObject, most: number): Promise<Candidates | undefined> {
		const name = this.nameOf(query);
		if ((this.lengthOf(query) ?? 0) > most) return undefined;
		const read = async (): Promise<Candidates | undefined> => {
			const listed = await this.findable.readAll(this.get, query, most);
			const { requests } = listed;
			if (requests !== undefined) lengths.set(name, { requests, until: steadyNow() + LENGTH_MS });
			return 'rows' in listed ? this.candidates(listed.rows, query) : undefined;
		};
		const isStillGood = ({ is, since }: Answer<Candidates | undefined>) =>
			!this.findable.changing && is !== undefined && isGood(since, false);
		const { is } = await this.lists.get(name, isStillGood, read, this.signal);
		if (is === undefined || is.rows.length > LONGEST_KEPT) this.lists.drop(name);
		return is;
	}

	/** How many requests the list takes; undefined if nobody has read it lately. */
	lengthOf(query: IDataObject): number | undefined {
		return lengths.get(this.nameOf(query))?.requests;
	}

	/**
	 * The list that was read a moment ago, by this execution or another one; undefined when there is none. Of people, it
	 * also holds those who were added since.
	 *
	 * @throws OtherRecords when the service gives records that do not match
	 */
	async keptList(query: IDataObject): Promise<KeptList | undefined> {
		const { changing, ages, newer } = this.findable;
		if (changing) return undefined;
		const known = await this.lists.known(this.nameOf(query), this.signal).catch(() => undefined);
		if (!known?.is) return undefined;
		const { is, since } = known;
		if (!ages || this.isNew(since)) return { lists: [is], since };
		if (!newer || !isGood(since, true)) return undefined;
		const ofNewer = newer(query, wallTimeOf(since));
		const added = ofNewer && (await this.list(ofNewer, Infinity));
		return { lists: [...(added ? [added] : []), is], since };
	}

	/**
	 * Names a query. The name holds what is kept of a record, because two declarations of a list may keep different
	 * parts.
	 */
	private nameOf(query: IDataObject): string {
		const { path, facts } = this.findable;
		const kept = [...allFinders(this.findable).map(({ mode }) => mode), ...facts];
		return [this.connection.account, path, kept.join(','), canonical(query)].join('\n');
	}

	private candidates(
		rows: IDataObject[],
		query: IDataObject,
		more = false,
		isRight: (candidate: Candidate) => boolean = () => true,
	): Candidates {
		const candidates = rows.flatMap((row) => {
			const candidate = candidateOf(this.findable, row);
			if (!candidate) return [];
			if (!this.findable.agrees(candidate.row, query) || !isRight(candidate)) throw new OtherRecords();
			return [candidate];
		});
		return new Candidates(candidates, more);
	}
}
