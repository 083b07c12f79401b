import type { IDataObject } from 'n8n-workflow';

import { canonical } from '../json/compare';
import { inOrder } from '../process/order';
import type { Candidate, Candidates } from './candidates';
import type { Wanted } from './choose';
import { isEnough } from './choose';
import type { Finder, Where } from './findable';
import type { Source } from './source';
import { isGood } from './source';

/** One value to be found in one place. */
export interface Ask {
	finder: Finder;
	where: Where;
	value: string;
	/** Its normal form. */
	key: string;
	/** Which of several records is meant; undefined if all of them are needed to decide. */
	wanted?: Wanted;
}

/**
 * The answer to an ask: all records that match, or why none could be read. `more`: the service has others that match
 * and were not read.
 */
export type Answered = { rows: Candidate[]; more?: boolean } | { failed: Error };

/**
 * Up to this many values are asked for one by one as long as nobody knows how long the list is. Only a page of the list
 * tells its length; if the list is too long, that page is one request more than there are values.
 */
const FEW = 50;
/** The same where a part of the list is meant, such as that of one property: it seldom takes more requests than this. */
const FEW_OF_PART = 4;
/** How many requests of a search are under way at the same time. */
const AT_ONCE = 8;

/** The query of the place of an ask. */
const placeOf = ({ where: { list, part } }: Ask): IDataObject => ({ ...list, ...part });

/** The query with which the service searches for the value of an ask; undefined if it cannot. */
const queryOf = (ask: Ask): IDataObject | undefined => ask.finder.query?.(ask.value, placeOf(ask));

const canBeAsked = (ask: Ask): boolean => queryOf(ask) !== undefined;

const sum = (left: number, right: number): number => left + right;

/** Groups the asks to which `name` gives the same name. */
function grouped(asks: Ask[], name: (ask: Ask) => string): Ask[][] {
	const groups = new Map<string, Ask[]>();
	for (const ask of asks) {
		const group = groups.get(name(ask)) ?? [];
		groups.set(name(ask), group);
		group.push(ask);
	}
	return [...groups.values()];
}

/**
 * Answers asks with as few requests as possible: from lists that were read a moment ago, from a list that is read now
 * if that takes fewer requests, and otherwise value by value.
 */
export class Search {
	private readonly answers = new Map<Ask, Answered>();
	private end?: Error;

	/** @param endsAt whether a failure ends the search */
	constructor(
		private readonly source: Source,
		private readonly endsAt: (cause: Error) => boolean,
	) {}

	/** Answers each ask. Never rejects: a failure is an answer too. */
	async answer(asks: Ask[]): Promise<Map<Ask, Answered>> {
		await this.each(
			asks.map((ask) => [ask]),
			async ([ask]) => ask && (await this.fromKeptLists(ask)),
		);
		const left = asks.filter((ask) => !this.answers.has(ask));
		const groups = grouped(left, (ask) => `${ask.finder.mode}\n${canonical(ask.where.list)}`);
		for (const group of groups) {
			await this.each([group], async () => await this.group(group));
		}
		return this.answers;
	}

	private async fromKeptLists(ask: Ask): Promise<void> {
		for (const query of [placeOf(ask), ask.where.list]) {
			const kept = await this.source.keptList(query);
			const rows = kept ? this.meant(ask, kept.is) : [];
			if (kept && isGood(kept.since, rows.length > 0)) {
				this.answers.set(ask, { rows });
				return;
			}
		}
		const [newest] = this.portionsOf([ask]);
		const kept = newest && (await this.source.keptList(newest));
		if (kept && isGood(kept.since, true)) this.takeIfEnough(ask, this.meant(ask, kept.is));
	}

	/** Answers asks that have the same mode and the same list. */
	private async group(asks: Ask[]): Promise<void> {
		const parts = grouped(asks, ({ where }) => canonical(where.part));
		const [first] = asks;
		if (first && parts.length > 1) {
			const otherwise = parts.map((part) => (part.every(canBeAsked) ? part.length : 1));
			const few = asks.every(canBeAsked) ? FEW : 1;
			if (await this.fromList(asks, first.where.list, otherwise.reduce(sum), few)) return;
		}
		await this.each(parts, async (part) => await this.part(part));
		const left = asks.filter((ask) => !this.answers.has(ask));
		await this.each(
			left.map((ask) => [ask]),
			async ([ask]) => ask && (await this.byValue(ask)),
		);
	}

	/** Answers asks that have the same place, unless their values are to be asked for one by one. */
	private async part(asks: Ask[]): Promise<void> {
		const [first] = asks;
		if (!first) return;
		const portions = this.portionsOf(asks);
		if (portions.length > 0) return await this.fromPortions(asks, portions);
		const isNarrow = Object.keys(first.where.part).length > 0;
		const [otherwise, few] = asks.every(canBeAsked)
			? [asks.length, isNarrow ? FEW_OF_PART : FEW]
			: [Infinity, 0];
		await this.fromList(asks, placeOf(first), otherwise, few);
	}

	private async byValue(ask: Ask): Promise<void> {
		const { finder, key } = ask;
		const found = await this.source.byValue(finder, key, placeOf(ask), queryOf(ask) ?? {});
		this.answers.set(ask, { rows: this.meant(ask, found), more: found.more });
	}

	/**
	 * Answers asks from a list that takes fewer requests than there are otherwise; false if it takes more.
	 *
	 * @param few up to this many requests otherwise, a list of unknown length is not read
	 */
	private async fromList(
		asks: Ask[],
		query: IDataObject,
		otherwise: number,
		few: number,
	): Promise<boolean> {
		const length = this.source.lengthOf(query);
		if (length === undefined ? otherwise <= few : length >= otherwise) return false;
		const list = await this.source.list(query, otherwise);
		if (!list) return false;
		for (const ask of asks) this.answers.set(ask, { rows: this.meant(ask, list) });
		return true;
	}

	/** The parts of the list to read one after the other; none where the asks need the whole list. */
	private portionsOf(asks: Ask[]): IDataObject[] {
		const [first] = asks;
		const isEnough = asks.every(({ wanted }) => wanted !== undefined);
		return (first && isEnough && this.source.findable.portions?.(placeOf(first))) || [];
	}

	/** Reads a list, newest records first, until each ask has the one that it wants. */
	private async fromPortions(asks: Ask[], portions: IDataObject[]): Promise<void> {
		const found = new Map(asks.map((ask) => [ask, new Map<unknown, Candidate>()]));
		for (const portion of portions) {
			const list = await this.source.list(portion, Infinity);
			for (const [ask, rows] of found) {
				for (const row of list ? this.meant(ask, list) : []) rows.set(row.id, row);
				if (this.takeIfEnough(ask, [...rows.values()])) found.delete(ask);
			}
			if (found.size === 0) return;
		}
		for (const [ask, rows] of found) this.answers.set(ask, { rows: [...rows.values()] });
	}

	/** Answers an ask if older records than these need not be read. */
	private takeIfEnough(ask: Ask, rows: Candidate[]): boolean {
		if (!ask.wanted || !isEnough(this.source.findable.ages, ask.wanted, rows)) return false;
		this.answers.set(ask, { rows });
		return true;
	}

	/** The candidates that match an ask. */
	private meant(ask: Ask, candidates: Candidates): Candidate[] {
		const place = placeOf(ask);
		return candidates
			.holding(ask.finder.mode, ask.key)
			.filter(({ row }) => this.source.findable.agrees(row, place) && (ask.where.keeps?.(row) ?? true));
	}

	/** Works on up to `AT_ONCE` groups at the same time. If the work fails, its asks fail. */
	private async each(groups: Ask[][], work: (group: Ask[]) => Promise<void>): Promise<void> {
		const fail = (group: Ask[], failed: Error) => {
			for (const ask of group) if (!this.answers.has(ask)) this.answers.set(ask, { failed });
		};
		const keys = groups.map((_, index) => `${index}`);
		await inOrder(keys, AT_ONCE, async (index) => {
			const group = groups[index] ?? [];
			if (this.end) return fail(group, this.end);
			await work(group).catch((cause: Error) => {
				if (this.endsAt(cause)) this.end = cause;
				fail(group, cause);
			});
		});
	}
}
