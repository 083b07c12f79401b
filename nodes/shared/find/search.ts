import type { IDataObject } from 'n8n-workflow';

import { canonical } from '../json/compare';
import { inOrder } from '../process/order';
import type { Candidate, Candidates } from './candidates';
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
}

/**
 * The answer to an ask: all records that match, or why none could be read. `more`: the service has others that match
 * and were not read.
 */
export type Answered = { rows: Candidate[]; more?: boolean } | { failed: Error };

/**
 * From this many values on, the first page of the list is read to learn whether the whole list takes fewer requests.
 */
const WORTH_A_LIST = 5;
/** How many requests of a search are under way at the same time. */
const AT_ONCE = 8;

/** The query of the place of an ask. */
const placeOf = ({ where: { list, part } }: Ask): IDataObject => ({ ...list, ...part });

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
	}

	/** Answers asks that have the same mode and the same list. */
	private async group(asks: Ask[]): Promise<void> {
		const parts = grouped(asks, ({ where }) => canonical(where.part));
		const [first] = asks;
		const whole = first && (parts.length === 1 ? placeOf(first) : first.where.list);
		const singly = asks.map((ask) => ask.finder.query?.(ask.value, placeOf(ask)));
		const canAsk = singly.every((query) => query !== undefined);
		const most = canAsk ? asks.length : parts.length;
		if (whole && most >= (canAsk ? WORTH_A_LIST : 2) && (await this.fromList(asks, whole, most))) return;
		if (!canAsk) {
			await this.each(parts, async (part) => {
				if (part[0]) await this.fromList(part, placeOf(part[0]), Infinity);
			});
			return;
		}
		await this.each(
			asks.map((ask) => [ask]),
			async ([ask]) => {
				if (!ask) return;
				const { finder, key, value } = ask;
				const query = finder.query?.(value, placeOf(ask)) ?? {};
				const found = await this.source.byValue(finder, key, placeOf(ask), query);
				this.answers.set(ask, { rows: this.meant(ask, found), more: found.more });
			},
		);
	}

	/** Reads a list and answers asks from it; false if the list takes more than `most` requests. */
	private async fromList(asks: Ask[], query: IDataObject, most: number): Promise<boolean> {
		const list = await this.source.list(query, most);
		if (!list) return false;
		for (const ask of asks) this.answers.set(ask, { rows: this.meant(ask, list) });
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
