import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Field } from '../fields/field';
import { allFields, apiName } from '../fields/field';
import type { Problem, ReadItem } from '../fields/item';
import { readItem } from '../fields/item';
import type { Manner } from '../fields/kinds/kind';
import { tellTimes } from '../fields/times/tellTimes';
import type { ToFind } from '../find/find';
import { findRecords } from '../find/find';
import type { Connection, ItemConnection } from '../http/connection';
import { textOf } from '../json/text';
import type { Known } from '../report/errors';
import { itemName } from '../report/itemName';
import { keyFieldOf } from './keyField';
import type { Memory } from './memory';
import { hasLimitedTexts, isPreview, optionsCollection, outcomeUnknownOf } from './options';
import { isRefused, KEY_LABEL, readKey, sameKeyAs } from './readKey';
import type { EventKey, Run } from './run';
import { eventOf } from './sameEvent';
import type { Decision, RecordClaim, Verdict, Write } from './write';

/** One item with its options; everything that is wrong with them is among the problems of `read`. */
export interface Reading {
	/** "Item 3 of 300", for messages. */
	name: string;
	/** What the item brought along. */
	input: IDataObject;
	/** None when its credential cannot be used. */
	connection?: Connection;
	read: ReadItem;
	options: IDataObject;
	/** It is only previewed. */
	isPreview: boolean;
	key?: EventKey;
	/** The system behind the service that it goes to, and what that system takes. */
	known?: Known;
	/** What there is to do about it; left out, its record is made. */
	decision?: Decision;
	/** An earlier try of the execution created it: it fails no more, so that its problems stop no other item. */
	isCreated: boolean;
}

/**
 * Reads and checks all items of a run. What a check has to ask the service is asked once for all items of a connection.
 * It is not asked when, in *Stop* mode, an item already has a problem: then no item is sent. An item that is only
 * previewed stops no other.
 *
 * @param connections one per item
 * @param memory what earlier tries of the execution came to
 * @param signal fires when the execution is stopped
 * @param goOn whether the other items are sent when one has a problem
 */
export async function readItems(
	{ ctx, write }: Run,
	connections: ItemConnection[],
	memory: Memory,
	signal: AbortSignal,
	goOn: boolean,
): Promise<Reading[]> {
	const items = ctx.getInputData();
	const readings = items.map((item, index) => {
		const reading = readOne(ctx, write, item, index, connections[index]);
		return { ...reading, isCreated: memory.hasCreated(index, reading.input, reading.connection) };
	});
	for (const { reading, problem } of repeatedKeys(readings)) reading.read.problems.push(problem);
	const finding = { resource: resourceOf(ctx), signal, goOn: goOn || readings.some(stopsNoOther) };
	await findRecords(write, toFind(sendable(readings, goOn)), finding);
	await decideAll(ctx, write, sendable(readings, goOn), signal);
	const toSend = sendable(readings, goOn).filter(({ decision }) => !decision?.rows);
	const verdicts = await verdictsOf(ctx, write, toSend, signal);
	const fields = allFields(write);
	for (const reading of readings) {
		const verdict = verdicts.get(reading);
		const { problems = [], remarks = [], leaveOut = [], zone, doubtfulZone, adds, tells } = verdict ?? {};
		const { read, options } = reading;
		tellTimes(read, fields, { zone: zoneOf(ctx, options), told: zone, doubtful: doubtfulZone });
		read.problems.push(...problems);
		read.remarks.push(...remarks);
		reading.read = { ...read, body: { ...without(read.body, fields, leaveOut), ...adds }, tells };
		reading.known = verdict && { system: verdict.system, takes: takenOf(read, fields, verdict) };
	}
	return readings;
}

/** What the system takes in the fields that the item fills in, by the API's names. */
function takenOf({ values }: ReadItem, fields: Field[], { takes = {} }: Verdict): Known['takes'] {
	const known = fields.flatMap((field) => {
		const taken = takes[field.name];
		const given = textOf(values[field.name]);
		return taken && given !== '' ? [[apiName(field), { given, takes: taken }] as const] : [];
	});
	return Object.fromEntries(known);
}

const isPreviewed = (reading: Reading): boolean => reading.isPreview;
/** Whether the others are sent although it has a problem. */
const stopsNoOther = ({ isPreview, isCreated }: Reading): boolean => isPreview || isCreated;
const isRight = ({ read }: Reading): boolean => read.problems.length === 0;

/**
 * The items without problems. In *Stop* mode, if any item has a problem that stops the run, only those that are previewed: a
 * preview tells all problems at once.
 */
function sendable(readings: Reading[], goOn: boolean): Reading[] {
	const isSent = goOn || readings.every((reading) => stopsNoOther(reading) || isRight(reading));
	return readings.filter((reading) => isRight(reading) && (isSent || reading.isPreview));
}

const resourceOf = (ctx: IExecuteFunctions): string => textOf(ctx.getNode().parameters.resource);

const toFind = (readings: Reading[]): ToFind[] =>
	readings.flatMap(({ read, connection, options }) => (connection ? [{ read, connection, options }] : []));

function readOne(
	ctx: IExecuteFunctions,
	write: Write,
	{ json }: INodeExecutionData,
	index: number,
	connected: ItemConnection | undefined,
): Omit<Reading, 'isCreated'> {
	const options = readItem(ctx, index, keyFieldOf(write), [optionsCollection(write)], {
		zone: ctx.getTimezone(),
	});
	options.values.outcomeUnknown ??= outcomeUnknownOf(write);
	const read = readItem(ctx, index, write.fields, write.collections, mannerOf(ctx, write, options.values));
	const isKeyRead = !options.problems.some(({ label }) => label === KEY_LABEL);
	const key = isKeyRead ? readKey(ctx, index, options.values) : { none: true };
	read.remarks.push(...options.remarks);
	// The hint about items without a key comes from `tellKeyless`.
	read.emptied.push(...options.emptied.filter((label) => label !== KEY_LABEL));
	read.problems.push(...options.problems, ...('problem' in key ? [key.problem] : []));
	if (connected && 'problem' in connected) read.problems.push(connected.problem);
	return {
		name: itemName(index, ctx.getInputData().length),
		input: json,
		read,
		options: options.values,
		isPreview: isPreview(options.values),
		...(connected && 'connection' in connected && { connection: connected.connection }),
		...('key' in key && { key: eventKey(ctx, write, key.key, read) }),
	};
}

function eventKey(ctx: IExecuteFunctions, write: Write, key: string, read: ReadItem): EventKey {
	return {
		key,
		event: eventOf(ctx.getNode(), write, read),
		repeatedBy: (rows) => {
			const other = write.repeatedBy?.(key, read, rows);
			return other ? [eventKey(ctx, write, other.key, other.item)] : [];
		},
	};
}

/** The time zone of an item's wall-clock times. */
export const zoneOf = (ctx: IExecuteFunctions, { timeZone }: IDataObject): string =>
	textOf(timeZone ?? ctx.getTimezone());

/** How the fields of an item with these options are read. */
const mannerOf = (ctx: IExecuteFunctions, write: Write, options: IDataObject): Manner => ({
	zone: zoneOf(ctx, options),
	...(options.dateFormat !== undefined && { format: textOf(options.dateFormat) }),
	offersFormat: true,
	...(hasLimitedTexts(write) && { shorten: options.shortenNotes === true }),
});

/** Items whose key an earlier item of the run has for another event, if their options refuse that. */
function repeatedKeys(readings: Reading[]): Array<{ reading: Reading; problem: Problem }> {
	const first = new Map<string, Reading>();
	return readings.flatMap((reading) => {
		if (!reading.key || reading.read.problems.length > 0) return [];
		const other = first.get(reading.key.key) ?? reading;
		first.set(reading.key.key, other);
		if (other.key?.event === reading.key.event || !isRefused(reading.options)) return [];
		return [{ reading, problem: sameKeyAs(other.name) }];
	});
}

/** The items of each connection. */
function byConnection(readings: Reading[]): Array<[Connection, Reading[]]> {
	const groups = new Map<Connection, Reading[]>();
	for (const reading of readings) {
		if (!reading.connection) continue;
		const group = groups.get(reading.connection) ?? [];
		groups.set(reading.connection, group);
		group.push(reading);
	}
	return [...groups];
}

/** Finds out what there is to do about each item, and puts it into the readings. */
async function decideAll(
	ctx: IExecuteFunctions,
	write: Write,
	readings: Reading[],
	signal: AbortSignal,
): Promise<void> {
	const decide = async ([connection, group]: [Connection, Reading[]]) => {
		// A preview does not wait for what other executions are about to make.
		const pausesMs = group.every(isPreviewed) ? [] : write.lookUpAfterMs;
		const tools = { ...connection, ctx, signal, pausesMs };
		const reads = group.map(({ read }) => read);
		const options = group.map((reading) => reading.options);
		const decisions = (await write.decide?.(tools, reads, options)) ?? [];
		decisions.forEach((decision, position) => {
			const reading = group[position];
			if (!reading) return;
			reading.decision = decision;
			if (decision.problem) reading.read.problems.push(decision.problem);
			if (decision.claim) reading.key = claimOf(decision.claim);
		});
	};
	await Promise.all(byConnection(readings).map(decide));
}

/** A claim of a record, kept like a key: only the item that holds it may make the record. */
const claimOf = ({ keys: [key = '', ...others], marks }: RecordClaim): EventKey => ({
	...{ key, others, event: '' },
	repeatedBy: (rows) => marks(rows).map((mark) => ({ key: mark, event: '' })),
});

/** What the checks found out about the items, asked once for each connection. */
async function verdictsOf(
	ctx: IExecuteFunctions,
	write: Write,
	readings: Reading[],
	signal: AbortSignal,
): Promise<Map<Reading, Verdict>> {
	const verdicts = new Map<Reading, Verdict>();
	const ask = async ([connection, group]: [Connection, Reading[]]) => {
		const reads = group.map(({ read }) => read);
		const options = group.map((reading) => reading.options);
		const answers = (await write.check?.({ ...connection, ctx, signal }, reads, options)) ?? [];
		answers.forEach((answer, position) => {
			const reading = group[position];
			if (reading) verdicts.set(reading, answer);
		});
	};
	await Promise.all(byConnection(readings).map(ask));
	return verdicts;
}

/** A request body without some fields, given by their parameter names. */
function without(body: IDataObject, fields: Field[], names: string[]): IDataObject {
	const left = new Set(fields.filter(({ name }) => names.includes(name)).map(apiName));
	return Object.fromEntries(Object.entries(body).filter(([name]) => !left.has(name)));
}
