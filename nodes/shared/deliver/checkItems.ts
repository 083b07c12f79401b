import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../fields/field';
import { allFields } from '../fields/collections';
import { apiName } from '../fields/names';
import type { ReadItem } from '../fields/item';
import { convertTimes } from '../fields/times/convertTimes';
import type { Finding } from '../find/find';
import { findRecords } from '../find/find';
import type { Connection } from '../http/connection';
import { picked, grouped } from '../json/objects';
import { textOf } from '../json/text';
import type { Known } from '../report/errors';
import type { EventKey } from './eventKey';
import type { InputItem } from './inputItem';
import { zoneOf } from './options';
import type { Run } from './run';
import type { DecideTools, RecordClaim, Verdict } from './write';

/*
 * What is asked of the service about items whose records have been found: what there is to do about each, and whether it
 * takes it. Each is asked once for all items of a connection.
 */

/** Items of one connection, as `Write` is asked about them. */
interface Group {
	items: InputItem[];
	reads: ReadItem[];
	options: IDataObject[];
}

/**
 * Asks about the items of each connection together.
 *
 * @param ask gives one answer per item, or undefined where the write has nothing to say
 * @param take gets the answer about an item
 */
async function askTogether<Answer>(
	all: InputItem[],
	ask: (connection: Connection, group: Group) => Promise<Answer[]> | undefined,
	take: (item: InputItem, answer: Answer) => void,
): Promise<void> {
	const askAbout = async ([connection, items]: [Connection, InputItem[]]) => {
		const reads = items.map(({ read }) => read);
		const answers = await ask(connection, {
			items,
			reads,
			options: items.map((one) => one.options),
		});
		answers?.forEach((answer, position) => {
			const item = items[position];
			if (item) take(item, answer);
		});
	};
	await Promise.all([...grouped(all, ({ connection }) => connection)].map(askAbout));
}

/**
 * Finds out what there is to do about each item, and puts it into them.
 *
 * @param placed the fields whose records lie in the place of the record that is decided about
 */
export async function decideAll(
	{ ctx, write }: Run,
	items: InputItem[],
	finding: Finding,
	placed: readonly Field[],
): Promise<void> {
	const decide = (connection: Connection, { items: group, reads, options }: Group) => {
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
		return write.decide?.(tools, reads, options);
	};
	await askTogether(items, decide, (item, decision) => {
		item.decision = decision;
		if (decision.problem) item.read.problems.push(decision.problem);
		if (decision.claim) item.key = claimOf(decision.claim);
	});
}

/** A claim of a record, kept like a key: only the item that holds it may make the record. */
const claimOf = ({ keys: [key = '', ...others], marks }: RecordClaim): EventKey => ({
	key,
	others,
	event: '',
	repeatedBy: (rows) => marks(rows).map((mark) => ({ key: mark, event: '' })),
});

/**
 * Checks items by what the service says of them, and puts what it finds out into them: problems, remarks, what is
 * added to their requests, and the clock of their times.
 *
 * @param items all items of the run
 * @param asking those that are asked about
 */
export async function checkAll(
	run: Run,
	items: InputItem[],
	asking: InputItem[],
	signal: AbortSignal,
): Promise<void> {
	const verdicts = await verdictsOf(run, asking, signal);
	const fields = allFields(run.write);
	for (const item of items) {
		const verdict = verdicts.get(item);
		const {
			problems = [],
			remarks = [],
			leaveOut = [],
			zone,
			doubtfulZone,
			adds,
			columns,
		} = verdict ?? {};
		const { read, options } = item;
		convertTimes(read, fields, {
			zone: zoneOf(run.ctx, options),
			serviceZone: zone,
			doubtful: doubtfulZone,
		});
		read.problems.push(...problems);
		read.remarks.push(...remarks);
		item.read = { ...read, body: { ...without(read.body, fields, leaveOut), ...adds }, columns };
		item.known = verdict && { system: verdict.system, takes: takenOf(read, fields, verdict) };
	}
}

/** What the checks found out about the items, asked once for each connection. */
async function verdictsOf(
	{ ctx, write }: Run,
	items: InputItem[],
	signal: AbortSignal,
): Promise<Map<InputItem, Verdict>> {
	const verdicts = new Map<InputItem, Verdict>();
	await askTogether(
		items,
		(connection, { reads, options }) => write.check?.({ ...connection, ctx, signal }, reads, options),
		(item, verdict) => verdicts.set(item, verdict),
	);
	return verdicts;
}

/** What the system takes in the fields that the item fills in, by the API's names. */
function takenOf({ values }: ReadItem, fields: readonly Field[], { takes = {} }: Verdict): Known['takes'] {
	const known = fields.flatMap((field) => {
		const taken = takes[field.name];
		const given = textOf(values[field.name]);
		return taken && given !== '' ? [[apiName(field), { given, takes: taken }] as const] : [];
	});
	return Object.fromEntries(known);
}

/** A request body without some fields, given by their parameter names. */
export function without(body: IDataObject, fields: readonly Field[], names: string[]): IDataObject {
	const left = new Set(fields.filter(({ name }) => names.includes(name)).map(apiName));
	return picked(body, (name) => !left.has(name));
}
