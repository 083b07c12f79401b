import type { IDataObject } from 'n8n-workflow';

import { canonical } from '../json/compare';
import { grouped } from '../json/objects';
import { eachOf } from '../process/order';
import type { Candidate, Candidates } from './candidates';
import type { Wanted } from './choose';
import { isEnough } from './choose';
import type { Where } from './findable';
import type { Source } from './source';
import { isGood } from './source';
import type { Sought, Spellings } from './ways';
import { given, others, secondOf } from './ways';

/** One value to be found in one place: each spelling of it that an item has, and their normal form. */
export interface Ask extends Sought {
	where: Where;
	/** The places of all items that ask: the same lists, of which not all may mean the same records. */
	wheres: Where[];
	/** Which of several records is meant; undefined if all of them are needed to decide. */
	wanted?: Wanted;
}

/**
 * The answer to an ask: all records that match, or why none could be read. `more`: the service has others that match
 * and were not read.
 */
export type Answered = { rows: Candidate[]; more?: boolean } | { failed: Error };

/**
 * Up to this many requests for single values are sent as long as nobody knows how long the list is. Only a page of the list
 * tells its length; if the list is too long, that page is one request more than there are values.
 */
const FEW = 50;
/** The same where a part of the list is meant, such as that of one property: it seldom takes more requests than this. */
const FEW_OF_PART = 4;

/** The query of where an ask looks. */
const queryOf = ({ where: { list, part } }: Ask): IDataObject => ({ ...list, ...part });

/** The queries with which the service searches for the value of an ask, one for each spelling; none if it cannot. */
const queriesOf = (ask: Ask, spellings: Spellings = given): IDataObject[] =>
	spellings(ask)
		.map((value) => ask.finder.query?.(value, queryOf(ask)))
		.filter((query) => query !== undefined);

/** Those of the records that were found which an item means. */
export async function meantOf({ meant }: Where, found: Candidate[]): Promise<Candidate[]> {
	if (!meant) return found;
	const rows = new Set(await meant(found.map(({ row }) => row)));
	return found.filter(({ row }) => rows.has(row));
}

/** Whether each item that asks finds its record among these. */
async function areThere({ wheres }: Ask, found: Candidate[]): Promise<boolean> {
	for (const where of wheres) if ((await meantOf(where, found)).length === 0) return false;
	return true;
}

const canBeAsked = (ask: Ask): boolean => queriesOf(ask).length > 0;

const sum = (left: number, right: number): number => left + right;

/** How many requests it takes to ask for one value after the other. */
const costOf = (asks: Ask[], spellings: Spellings = given): number =>
	asks.map((ask) => queriesOf(ask, spellings).length).reduce(sum, 0);

const byQuery = (asks: Ask[]): Ask[][] => [...grouped(asks, (ask) => canonical(queryOf(ask))).values()];

/** Up to how many requests for the values of a place are sent as long as nobody knows how long its list is. */
const fewOf = ({ where }: Ask): number => (Object.keys(where.part).length > 0 ? FEW_OF_PART : FEW);

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
		await this.first(asks);
		const seconds = new Map<Ask, Ask>();
		for (const ask of asks.filter((one) => this.isNone(one))) {
			const second = secondOf(ask);
			if (second) seconds.set(second, ask);
		}
		await this.first([...seconds.keys()]);
		for (const [second, ask] of seconds) {
			const answer = this.answers.get(second);
			if (answer) this.answers.set(ask, answer);
		}
		return this.answers;
	}

	/** Answers asks by where their finders look first. */
	private async first(asks: Ask[]): Promise<void> {
		await this.eachAsk(asks, async (ask) => await this.fromKeptLists(ask));
		const left = asks.filter((ask) => !this.answers.has(ask));
		const groups = [
			...grouped(left, (ask) => `${ask.finder.mode}\n${canonical(ask.where.list)}`).values(),
		];
		for (const group of groups) {
			await this.each([group], async () => await this.group(group));
		}
	}

	private async fromKeptLists(ask: Ask): Promise<void> {
		for (const query of [queryOf(ask), ask.where.list]) {
			const kept = await this.source.keptList(query);
			const rows = kept ? this.meantIn(ask, kept.lists) : [];
			if (kept && isGood(kept.since, await areThere(ask, rows))) {
				this.answers.set(ask, { rows });
				return;
			}
		}
		const [newest] = this.portionsOf([ask]);
		const kept = newest && (await this.source.keptList(newest));
		if (kept && isGood(kept.since, true)) this.takeIfEnough(ask, this.meantIn(ask, kept.lists));
	}

	/** Answers asks that have the same mode and the same list. */
	private async group(asks: Ask[]): Promise<void> {
		const parts = byQuery(asks);
		const [first] = asks;
		if (first && parts.length > 1) {
			const otherwise = parts.map((part) => (part.every(canBeAsked) ? costOf(part) : 1));
			const few = asks.every(canBeAsked) ? FEW : 1;
			if (await this.fromList(asks, first.where.list, otherwise.reduce(sum), few)) return;
		}
		await this.each(parts, async (part) => await this.samePlace(part));
		const left = asks.filter((ask) => !this.answers.has(ask));
		await this.byValues(left, given);
		await this.again(left.filter((ask) => this.maySpell(ask)));
	}

	/** Answers asks that have the same place, unless their values are to be asked for one by one. */
	private async samePlace(asks: Ask[]): Promise<void> {
		const [first] = asks;
		if (!first) return;
		const portions = this.portionsOf(asks);
		if (portions.length > 0) return await this.fromPortions(asks, portions);
		const [otherwise, few] = asks.every(canBeAsked) ? [costOf(asks), fewOf(first)] : [Infinity, 0];
		await this.fromList(asks, queryOf(first), otherwise, few);
	}

	/** Whether no record has the value of an ask, as it was asked for. */
	private isNone(ask: Ask): boolean {
		const answer = this.answers.get(ask);
		return answer !== undefined && 'rows' in answer && answer.rows.length === 0 && !answer.more;
	}

	/** Whether an ask found none, and a record may spell its value otherwise. */
	private maySpell(ask: Ask): boolean {
		return this.isNone(ask) && ask.finder.spellings !== undefined;
	}

	/** Answers asks once more, by other spellings of their values. */
	private async again(asks: Ask[]): Promise<void> {
		for (const ask of asks) this.answers.delete(ask);
		await this.each(byQuery(asks), async (part) => {
			const [first] = part;
			if (!first) return;
			const isEndless = first.finder.spellings === 'any';
			const [otherwise, few] = isEndless ? [Infinity, 0] : [costOf(part, others), fewOf(first)];
			await this.fromList(part, queryOf(first), otherwise, few);
		});
		await this.byValues(
			asks.filter((ask) => !this.answers.has(ask)),
			others,
		);
	}

	private async byValues(asks: Ask[], spellings: Spellings): Promise<void> {
		await this.eachAsk(asks, async (ask) => await this.byValue(ask, spellings));
	}

	private async byValue(ask: Ask, spellings: Spellings): Promise<void> {
		const areIn = async ({ rows }: Candidates) => await areThere(ask, rows);
		const asked = queriesOf(ask, spellings).map(
			async (query) => await this.source.byValue(ask, areIn, queryOf(ask), query),
		);
		const found = await Promise.all(asked);
		this.answers.set(ask, { rows: this.meantIn(ask, found), more: found.some(({ more }) => more) });
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
		const isOneWanted = asks.every(({ wanted }) => wanted !== undefined);
		return (first && isOneWanted && this.source.findable.portions?.(queryOf(first))) || [];
	}

	/** Reads a list, newest records first, until each ask has the one that it wants. */
	private async fromPortions(asks: Ask[], portions: IDataObject[]): Promise<void> {
		const read: Candidates[] = [];
		const left = new Set(asks);
		for (const portion of portions) {
			const list = await this.source.list(portion, Infinity);
			if (list) read.push(list);
			for (const ask of left) if (this.takeIfEnough(ask, this.meantIn(ask, read))) left.delete(ask);
			if (left.size === 0) return;
		}
		for (const ask of left) this.answers.set(ask, { rows: this.meantIn(ask, read) });
	}

	/** Answers an ask if older records than these need not be read. */
	private takeIfEnough(ask: Ask, rows: Candidate[]): boolean {
		if (!ask.wanted || !isEnough(this.source.findable.ages, ask.wanted, rows)) return false;
		this.answers.set(ask, { rows });
		return true;
	}

	/** The candidates of some lists that match an ask, each once. */
	private meantIn(ask: Ask, lists: Candidates[]): Candidate[] {
		const found = new Map<unknown, Candidate>();
		for (const candidate of lists.flatMap((list) => this.meant(ask, list))) {
			if (!found.has(candidate.id)) found.set(candidate.id, candidate);
		}
		return [...found.values()];
	}

	/** The candidates that match an ask. */
	private meant(ask: Ask, candidates: Candidates): Candidate[] {
		const query = queryOf(ask);
		return candidates
			.holding(ask.finder.mode, ask.key)
			.filter(({ row }) => this.source.findable.agrees(row, query));
	}

	private async eachAsk(asks: Ask[], work: (ask: Ask) => Promise<void>): Promise<void> {
		const alone = asks.map((ask): [Ask] => [ask]);
		await this.each(alone, async ([ask]) => await work(ask));
	}

	/** Works on several groups at the same time. If the work fails, its asks fail. */
	private async each<Group extends Ask[]>(
		groups: Group[],
		work: (group: Group) => Promise<void>,
	): Promise<void> {
		const fail = (group: Ask[], failed: Error) => {
			for (const ask of group) if (!this.answers.has(ask)) this.answers.set(ask, { failed });
		};
		await eachOf(groups, async (group) => {
			if (this.end) return fail(group, this.end);
			await work(group).catch((cause: Error) => {
				if (this.endsAt(cause)) this.end = cause;
				fail(group, cause);
			});
		});
	}
}
