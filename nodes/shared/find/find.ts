import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../fields/field';
import { listMethodOf } from '../fields/locator';
import { apiName, put } from '../fields/names';
import type { ReadItem, Sought } from '../fields/item';
import type { Problem } from '../fields/problem';
import type { Connection } from '../http/connection';
import { canonical } from '../json/compare';
import { grouped } from '../json/objects';
import { eachOf } from '../process/order';
import { choose, ifSeveralOf, wantedOf } from './choose';
import type { Findable, Finder, ReadById } from './findable';
import { findableOf } from './findable';
import type { Get } from './get';
import { DENIED, reader, ReadFailed, RecordsById } from './get';
import { failureProblem, ifPlaceholder, noneProblem, outOfUse, severalProblem } from './messages';
import type { Answered, Ask } from './search';
import { meantOf, Search } from './search';
import { Source } from './source';

/** An item whose records are to be found. */
export interface ToFind {
	read: ReadItem;
	connection: Connection;
	options: IDataObject;
}

/** What finding depends on besides the items. */
export interface Finding {
	/** The resource of the node. */
	resource: string;
	/** Fires when the execution is stopped. */
	signal: AbortSignal;
	/** Whether the other items are sent when one fails. */
	goOn: boolean;
	/** Whether the operation has the options of a write, such as *If Several Match*. */
	hasOptions?: boolean;
}

interface FindTools extends Finding {
	connection: Connection;
	byId: RecordsById;
}

/**
 * Finds the records that items name by what people hold, and adds their IDs to the values of the items. If no record
 * matches, or more than one, the item gets a problem and is not sent.
 *
 * Each distinct value is asked for once. Changes the items; throws nothing. What was found before is found again.
 *
 * @param items items without problems so far
 * @param known records of their account that need not be read by their IDs; the items are of one account then
 */
export async function findRecords(
	fields: readonly Field[],
	items: ToFind[],
	given: Finding,
	known?: RecordsById,
): Promise<void> {
	const seeking = items.filter(({ read }) => Object.keys(read.sought).length > 0);
	const find = async ([connection, group]: [Connection, ToFind[]]) => {
		const tools = { ...given, connection, byId: known ?? new RecordsById() };
		// One field after the other: the place of a record may depend on records that were found before.
		for (const { field, findable } of inOrderOfNeed(fields)) {
			await new FieldFinder(field, findable, tools).find(group);
		}
	};
	await Promise.all([...grouped(seeking, ({ connection }) => connection)].map(find));
}

interface FindableField {
	field: Field;
	findable: Findable;
}

/** The fields whose records can be found, each after the fields that decide its place. */
function inOrderOfNeed(fields: readonly Field[]): FindableField[] {
	const left = fields.flatMap((field) => {
		const findable = findableOf(field);
		return findable ? [{ field, findable }] : [];
	});
	const ordered: FindableField[] = [];
	while (left.length > 0) {
		const names = new Set(left.map(({ field }) => field.name));
		const next = left.findIndex(({ findable }) => !findable.dependsOn.some((name) => names.has(name)));
		ordered.push(...left.splice(Math.max(next, 0), 1));
	}
	return ordered;
}

/** An item with the place where its record is looked for. */
interface Placed {
	item: ToFind;
	ask: Ask;
}

/** Finds the records of one field, for the items of one connection. */
class FieldFinder {
	private readonly get: Get;

	constructor(
		private readonly field: Field,
		private readonly findable: Findable,
		private readonly tools: FindTools,
	) {
		/**
		 * @cause The service did not answer, or refused, when the node looked for the record.
		 * @cure Read the rest of the message, and run it again. Nothing was sent.
		 */
		const name = `'${field.label}' could not be looked up`;
		this.get = reader(tools.connection, tools.signal, name);
	}

	async find(items: ToFind[]): Promise<void> {
		const { name } = this.field;
		const wanted = items.filter(({ read }) => name in read.sought && read.problems.length === 0);
		if (wanted.length === 0) return;
		const placed = await this.place(wanted);
		const asks = oneForEachName(placed.map(({ ask }) => ask));
		const source = new Source(this.findable, this.tools.connection, this.get, this.tools.signal);
		const answers = await new Search(source, (cause) => this.endsAt(cause)).answer([...asks.values()]);
		await this.each(placed, async ({ item, ask }) => {
			const answered = answers.get(asks.get(nameOf(ask)) ?? ask);
			if (answered) await this.take(item, ask, inUse(this.findable, await meantIn(ask, answered)));
		});
	}

	/** Finds out where each item's record is looked for. An item whose place cannot be found out gets a problem. */
	private async place(items: ToFind[]): Promise<Placed[]> {
		const placed: Placed[] = [];
		await this.each(
			items.map((item) => ({ item })),
			async ({ item }) => {
				const sought = item.read.sought[this.field.name];
				const finder = sought && finderOf(this.findable, sought);
				if (!sought || !finder) return;
				const { resource } = this.tools;
				const about = { resource, options: item.options, readById: this.readById, get: this.get };
				const where = await this.findable.where(item.read, about);
				const { label } = this.field;
				const key = finder.alike(sought.value);
				const wrong = finder.lacks?.({ ...where.list, ...where.part }) ?? ifPlaceholder(finder, key);
				if (wrong !== undefined) return this.fail(item, { label, wrong });
				const { ages } = this.findable;
				const wanted = wantedOf(ages, ifSeveralOf(item.options), item.read, finder);
				const values = [sought.value.trim()];
				placed.push({ item, ask: { finder, where, wheres: [where], wanted, values, key } });
			},
		);
		return placed;
	}

	private readonly readById: ReadById = async (path, noun) => {
		const { readOne } = this.findable;
		if (!readOne) throw new Error(`No place depends on a ${noun}`);
		return await this.tools.byId.read(path, async () => await readOne(this.get, path, noun));
	};

	/** Puts the answer into one item: the ID of the record, or a problem. */
	private async take(item: ToFind, ask: Ask, answered: Answered): Promise<void> {
		const { findable } = this;
		const { finder, where } = ask;
		const hasList = listMethodOf(this.field) !== undefined;
		const lookedFor = { findable, finder, label: this.field.label, where, hasList };
		if ('failed' in answered) {
			return this.fail(item, failureProblem(lookedFor, this.tools.connection, answered.failed));
		}
		if (answered.rows.length === 0) return this.fail(item, await noneProblem(lookedFor));
		const ifSeveral = ifSeveralOf(item.options);
		const chosen = choose(answered, findable.ages, ifSeveral, item.read);
		if (typeof chosen === 'string') {
			const { readById, get } = this;
			const mayChoose = this.tools.hasOptions === true && ifSeveral === 'refuse';
			const tools = { readById, get, mayChoose };
			return this.fail(item, await severalProblem(lookedFor, answered, chosen, tools));
		}
		where.expect?.(chosen.one.row);
		this.tools.byId.know(findable.pathOf(`${chosen.one.id}`), chosen.one.row);
		putFound(item.read, this.field, chosen.one.id, finder);
		const remark = findable.isGone?.(chosen.one.row)
			? outOfUse(findable.noun)
			: findable.doubt?.(chosen.one.row);
		if (remark !== undefined) item.read.remarks.push({ label: this.field.label, remark });
	}

	private fail({ read }: ToFind, problem: Problem): void {
		read.problems.push(problem);
	}

	/** Works on several items at the same time. If the work fails, its item gets a problem. */
	private async each<One extends { item: ToFind }>(
		all: One[],
		work: (one: One) => Promise<void>,
	): Promise<void> {
		await eachOf(all, async (one) => {
			await work(one).catch((cause: Error) => {
				const { label } = this.field;
				this.fail(one.item, failureProblem({ label }, this.tools.connection, cause));
			});
		});
	}

	/**
	 * Whether a failure ends the search: in *Stop* mode nothing is sent after it, and a refused token is refused for
	 * every value.
	 */
	private endsAt(cause: Error): boolean {
		if (!(cause instanceof ReadFailed)) return false;
		return !this.tools.goOn || cause.hasStatus(DENIED);
	}
}

/** The records of an answer that the item of the ask means. */
async function meantIn({ where }: Ask, answered: Answered): Promise<Answered> {
	return 'failed' in answered ? answered : { ...answered, rows: await meantOf(where, answered.rows) };
}

/** Those records of an answer that are in use, if any are: nobody means a colleague of the same name who has left. */
function inUse({ isGone }: Findable, answered: Answered): Answered {
	if ('failed' in answered || !isGone) return answered;
	const rows = answered.rows.filter(({ row }) => !isGone(row));
	return rows.length === 0 ? answered : { ...answered, rows };
}

/** Adds the ID of a record that was found to the values of its item, in the form in which the service takes it. */
function putFound(read: ReadItem, field: Field, told: string | number, { mode }: Finder): void {
	const id = (field.kind === 'record' && field.written?.read(`${told}`)) || told;
	put(read, field, id);
	read.found[apiName(field)] = { id, by: mode };
}

const finderOf = ({ modes }: Findable, { by }: Sought): Finder | undefined =>
	modes.find(({ mode }) => mode === by.mode);

/** One ask for all that have the same name, with the spellings and the places of all of them. */
function oneForEachName(asks: Ask[]): Map<string, Ask> {
	const named = new Map<string, Ask>();
	for (const ask of asks) {
		const one = named.get(nameOf(ask)) ?? { ...ask, wheres: [] };
		one.values = [...new Set([...one.values, ...ask.values])];
		one.wheres.push(ask.where);
		named.set(nameOf(ask), one);
	}
	return named;
}

/** Names an ask. Asks with the same name share one answer. */
const nameOf = ({ finder, where: { list, part }, wanted, key }: Ask): string =>
	[finder.mode, canonical(list), canonical(part), wanted ?? '', key].join('\n');
