import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../../fields/field';
import { allFields } from '../../fields/collections';
import { apiName, panelWordsOf } from '../../fields/names';
import type { ReadItem } from '../../fields/item';
import { convertTimes } from '../../fields/times/convertTimes';
import type { Finding, ToFind } from '../../find/find';
import { findRecords } from '../../find/find';
import { isPlacedBy } from '../../find/findable';
import type { Connection } from '../../http/connection';
import { picked, grouped } from '../../json/objects';
import { textOf } from '../../json/text';
import type { Known } from '../../report/errors';
import { doneBefore } from './doneBefore';
import type { CheckedItem, InputItem } from '../items';
import type { Memory } from '../memory/memory';
import { zoneOf } from '../options';
import type { Run } from '../run';
import type { Decision, DecideTools, Verdict } from '../beforeSending';
import type { Write } from '../write';

/**
 * Finds out all that has to be known of the items before one of them is sent: which of their events are done, which records
 * they name, what to do about each, and whether the service takes it. What has to be asked is asked once for all
 * items of a connection. It is not asked when, in *Stop* mode, an item already has a problem: then no item is sent. An item
 * that is only previewed stops no other. For an item whose event is done, nothing is asked.
 *
 * @param memory what earlier tries of the execution came to
 * @param signal fires when the execution is stopped
 */
export async function checkItems(
	run: Run,
	items: InputItem[],
	memory: Memory,
	signal: AbortSignal,
): Promise<CheckedItem[]> {
	const { ctx, write, goOn } = run;
	// What an earlier try of the execution came to goes before what its key says.
	const isNew = new Set(items.filter((_, index) => !memory.has(index)));
	const asking = sendable(items, goOn).filter((item) => isNew.has(item));
	const done = await doneBefore(run, asking, signal);
	const open = () => sendable(items, goOn).filter((item) => !done.has(item));
	const finding = {
		resource: textOf(ctx.getNode().parameters.resource),
		signal,
		goOn: goOn || items.some(stopsNoOther),
		hasOptions: true,
	};
	const { all, first, placed } = fieldsOf(write);
	await findRecords(first, toFind(open()), finding);
	const decisions = await decideAll(run, open(), finding, placed);
	const toSend = open().filter((item) => !decisions.get(item)?.rows);
	const verdicts = await askTogether(toSend, (connection, group) =>
		write.check?.({ ...connection, ctx, signal }, group),
	);
	const panelWords = panelWordsOf(write);
	return items.map((item) => {
		const verdict = verdicts.get(item);
		return {
			...item,
			read: withVerdict(run, item, all, verdict),
			known: {
				...panelWords,
				ifRefused: write.ifRefused,
				system: verdict?.system,
				takes: takenOf(item.read, all, verdict),
			},
			decision: decisions.get(item) ?? {},
			skipped: done.get(item),
		};
	});
}

/** The fields of a write; `placed`: those whose records lie in the place of the record that it decides about. */
function fieldsOf(write: Write): Record<'all' | 'first' | 'placed', readonly Field[]> {
	const { decidesAbout } = write;
	const isPlaced = (field: Field) => decidesAbout !== undefined && isPlacedBy(field, decidesAbout);
	const all = allFields(write);
	return { all, first: all.filter((field) => !isPlaced(field)), placed: all.filter(isPlaced) };
}

/** Whether the others are sent although it has a problem. */
const stopsNoOther = (item: InputItem): boolean => item.isPreview || item.wasSent;
const isRight = ({ read }: InputItem): boolean => read.problems.length === 0;

/**
 * The items without problems. In *Stop* mode, if any item has a problem that stops the run, only those that are previewed: a
 * preview tells all problems at once.
 */
function sendable(items: InputItem[], goOn: boolean): InputItem[] {
	const isSent = goOn || items.every((item) => stopsNoOther(item) || isRight(item));
	return items.filter((item) => isRight(item) && (isSent || item.isPreview));
}

const toFind = (items: InputItem[]): ToFind[] =>
	items.flatMap(({ read, connection, options }) => (connection ? [{ read, connection, options }] : []));

/**
 * Asks about the items of each connection together.
 *
 * @param ask gives one answer per item, or undefined where the write has nothing to say
 */
async function askTogether<Answer>(
	all: InputItem[],
	ask: (connection: Connection, items: InputItem[]) => Promise<Answer[]> | undefined,
): Promise<Map<InputItem, Answer>> {
	const told = new Map<InputItem, Answer>();
	const askAbout = async ([connection, items]: [Connection, InputItem[]]) => {
		const answers = await ask(connection, items);
		answers?.forEach((answer, position) => {
			const item = items[position];
			if (item) told.set(item, answer);
		});
	};
	await Promise.all([...grouped(all, ({ connection }) => connection)].map(askAbout));
	return told;
}

/**
 * Finds out what to do about each item.
 *
 * @param placed the fields whose records lie in the place of the record that is decided about
 */
async function decideAll(
	{ ctx, write }: Run,
	items: InputItem[],
	finding: Finding,
	placed: readonly Field[],
): Promise<Map<InputItem, Decision>> {
	const decide = (connection: Connection, group: InputItem[]) => {
		// A preview does not wait for what other executions are about to make.
		const pausesMs = group.every(({ isPreview }) => isPreview) ? [] : write.lookUpAfterMs;
		const findPlaced: DecideTools['findPlaced'] = async (wanted, known) =>
			await findRecords(
				placed,
				wanted.map((one) => ({ ...one, connection })),
				finding,
				known,
			);
		const tools = { ...connection, ctx, signal: finding.signal, pausesMs, findPlaced };
		return write.decide?.(tools, group);
	};
	const decisions = await askTogether(items, decide);
	for (const [{ read }, { problem }] of decisions) if (problem) read.problems.push(problem);
	return decisions;
}

/**
 * What an item says once the service was asked about it: with its times by the clock of the service, what the check adds to its
 * request, and what it has found wrong.
 *
 * @param verdict left out for an item that nothing was asked about
 */
function withVerdict(
	{ ctx, write }: Run,
	{ read, options }: InputItem,
	fields: readonly Field[],
	verdict?: Verdict,
): ReadItem {
	const { problems = [], remarks = [], leaveOut = [], zone, doubtfulZone, adds, columns } = verdict ?? {};
	convertTimes(read, fields, { zone: zoneOf(ctx, options), serviceZone: zone, doubtful: doubtfulZone });
	read.problems.push(...problems);
	read.remarks.push(...remarks);
	const whole = { ...read, body: { ...without(read.body, fields, leaveOut), ...adds }, columns };
	const wrong = verdict && read.problems.length === 0 ? write.wrongWith?.(whole) : undefined;
	if (wrong) read.problems.push(wrong);
	return whole;
}

/** What the system takes in the fields that the item fills in, by the API's names. */
function takenOf({ values }: ReadItem, fields: readonly Field[], verdict?: Verdict): Known['takes'] {
	const known = fields.flatMap((field) => {
		const taken = verdict?.takes?.[field.name];
		const given = textOf(values[field.name]);
		return taken && given !== '' ? [[apiName(field), { given, takes: taken }] as const] : [];
	});
	return Object.fromEntries(known);
}

/** A request body without some fields, given by their parameter names. */
function without(body: IDataObject, fields: readonly Field[], names: string[]): IDataObject {
	const left = new Set(fields.filter(({ name }) => names.includes(name)).map(apiName));
	return picked(body, (name) => !left.has(name));
}
