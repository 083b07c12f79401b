import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import type { FieldCollection } from '../fields/collections';
import { allFields } from '../fields/collections';
import type { Field } from '../fields/field';
import type { Parameters } from '../fields/parameters';
import { parametersOf } from '../fields/parameters';
import type { ReadItem } from '../fields/item';
import { readItem } from '../fields/item';
import type { Problem } from '../fields/problem';
import type { Manner } from '../fields/kinds/kind';
import type { ToFind } from '../find/find';
import { findRecords } from '../find/find';
import { isPlacedBy } from '../find/findable';
import type { ItemConnection } from '../http/connection';
import { textOf } from '../json/text';
import { itemName } from '../report/itemName';
import { checkAll, decideAll } from './checkItems';
import { doneBefore } from './doneBefore';
import type { EventKey } from './eventKey';
import { refusesOtherEvent } from './eventKey';
import { keyFieldOf } from './keyField';
import type { Memory } from './memory';
import { hasLimitedTexts, isPreview, optionsCollection, outcomeUnknownOf, zoneOf } from './options';
import { KEY_LABEL, readKey, sameKeyAs } from './readKey';
import type { InputItem } from './inputItem';
import type { Run } from './run';
import { eventOf, steadyOf } from './sameEvent';
import type { Write } from './write';

/**
 * Reads and checks all items of a run. What a check has to ask the service is asked once for all items of a connection.
 * It is not asked when, in *Stop* mode, an item already has a problem: then no item is sent. An item that is only
 * previewed stops no other. For an item whose event is done, nothing is asked.
 *
 * @param connections one per item
 * @param memory what earlier tries of the execution came to
 * @param signal fires when the execution is stopped
 * @param goOn whether the other items are sent when one has a problem
 */
export async function readItems(
	run: Run,
	connections: ItemConnection[],
	memory: Memory,
	signal: AbortSignal,
	goOn: boolean,
): Promise<InputItem[]> {
	const { ctx, write } = run;
	const offered = optionsCollection(write);
	const parameters = parametersOf(ctx);
	const steady = steadyOf(ctx.getNode(), write);
	const items = ctx.getInputData().map((given, index): InputItem => {
		const one = readOne(ctx, parameters, write, offered, given, index, connections[index]);
		const item = { ...one, steady: steady(one.read) };
		const stays = [item.steady?.beforeFinding];
		return { ...item, isCreated: memory.hasCreated({ itemIndex: index, ...item, stays }) };
	});
	for (const { item, problem } of repeatedKeys(items)) item.read.problems.push(problem);
	// What an earlier try of the execution came to goes before what its key says.
	const isNew = new Set(items.filter((_, index) => !memory.has(index)));
	const asking = sendable(items, goOn).filter((item) => isNew.has(item));
	for (const [item, outcome] of await doneBefore(run, asking, signal)) item.skipped = outcome;
	const finding = { resource: resourceOf(ctx), signal, goOn: goOn || items.some(stopsNoOther) };
	const { first, placed } = fieldsOf(write);
	await findRecords(first, toFind(sendable(items, goOn)), finding);
	await decideAll(run, sendable(items, goOn), finding, placed);
	const toSend = sendable(items, goOn).filter(({ decision }) => !decision?.rows);
	await checkAll(run, items, toSend, signal);
	return items;
}

/** The fields of a write; `placed`: those whose records lie in the place of the record that it decides about. */
function fieldsOf(write: Write): Record<'first' | 'placed', Field[]> {
	const { decidesAbout } = write;
	const isPlaced = (field: Field) => decidesAbout !== undefined && isPlacedBy(field, decidesAbout);
	const fields = allFields(write);
	return { first: fields.filter((field) => !isPlaced(field)), placed: fields.filter(isPlaced) };
}

/** Whether the others are sent although it has a problem. */
const stopsNoOther = (item: InputItem): boolean => item.isPreview || item.isCreated;
const isRight = ({ read }: InputItem): boolean => read.problems.length === 0;

/**
 * The items without problems whose event is not known to be done. In *Stop* mode, if any item has a problem that stops the
 * run, only those that are previewed: a preview tells all problems at once.
 */
function sendable(items: InputItem[], goOn: boolean): InputItem[] {
	const isSent = goOn || items.every((item) => stopsNoOther(item) || isRight(item));
	return items.filter((item) => isRight(item) && !item.skipped && (isSent || item.isPreview));
}

const resourceOf = (ctx: IExecuteFunctions): string => textOf(ctx.getNode().parameters.resource);

const toFind = (items: InputItem[]): ToFind[] =>
	items.flatMap(({ read, connection, options }) => (connection ? [{ read, connection, options }] : []));

function readOne(
	ctx: IExecuteFunctions,
	parameters: Parameters,
	write: Write,
	offered: FieldCollection,
	{ json = {} }: INodeExecutionData,
	index: number,
	connected: ItemConnection | undefined,
): Omit<InputItem, 'isCreated'> {
	const options = readItem(parameters, index, keyFieldOf(write), [offered], { zone: ctx.getTimezone() });
	options.values.outcomeUnknown ??= outcomeUnknownOf(write);
	const read = readItem(
		parameters,
		index,
		write.fields,
		write.collections,
		mannerOf(ctx, write, options.values),
	);
	const isKeyRead = !options.problems.some(({ label }) => label === KEY_LABEL);
	const key = isKeyRead ? readKey(ctx, parameters, index, options.values) : { none: true };
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
		...('key' in key && { key: eventKey(parameters.getNode(), write, key.key, read) }),
	};
}

function eventKey(node: INode, write: Write, key: string, read: ReadItem): EventKey {
	return {
		key,
		event: eventOf(node, write, read),
		repeatedBy: (rows) => {
			const other = write.repeatedBy?.(key, read, rows);
			return other ? [eventKey(node, write, other.key, other.item)] : [];
		},
	};
}

/** How the fields of an item with these options are read. */
const mannerOf = (ctx: IExecuteFunctions, write: Write, options: IDataObject): Manner => ({
	zone: zoneOf(ctx, options),
	...(options.dateFormat !== undefined && { format: textOf(options.dateFormat) }),
	offersFormat: true,
	...(hasLimitedTexts(write) && { shorten: options.shortenNotes === true }),
});

/** Items whose key an earlier item of the run has for another event, if their options refuse that. */
function repeatedKeys(items: InputItem[]): Array<{ item: InputItem; problem: Problem }> {
	const first = new Map<string, InputItem>();
	return items.flatMap((item) => {
		if (!item.key || item.read.problems.length > 0) return [];
		const other = first.get(item.key.key) ?? item;
		first.set(item.key.key, other);
		if (other.key?.event === item.key.event || !refusesOtherEvent(item.options)) return [];
		return [{ item, problem: sameKeyAs(other.name) }];
	});
}
