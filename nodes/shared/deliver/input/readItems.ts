import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { FieldsOwner } from '../../fields/collections';
import type { Parameters } from '../../fields/parameters';
import { parametersOf } from '../../fields/parameters';
import type { ReadItem } from '../../fields/item';
import { readItem } from '../../fields/item';
import type { Manner } from '../../fields/kinds/kind';
import type { ItemConnection } from '../../http/connection';
import { textOf } from '../../json/text';
import { itemName } from '../../report/itemName';
import type { EventKey } from '../eventKey';
import { refusesOtherEvent } from '../eventKey';
import { KEY_LABEL, keyFieldOf } from '../keyField';
import type { Memory } from '../memory/memory';
import { hasLimitedTexts, isPreview, optionsCollection, outcomeUnknownOf, zoneOf } from '../options';
import type { ReadKey } from './readKey';
import { readKey, sameKeyAs } from './readKey';
import type { InputItem } from '../items';
import type { Run } from '../run';
import { eventHash, steadyOf } from './sameEvent';
import type { Write } from '../write';

/**
 * Reads all items of a run.
 *
 * @param connections one per item
 * @param memory what earlier tries of the execution came to
 */
export function readItems(run: Run, connections: ItemConnection[], memory: Memory): InputItem[] {
	const { ctx, write } = run;
	const offered = { fields: keyFieldOf(write), collections: [optionsCollection(write)] };
	const reading = { run, parameters: parametersOf(ctx), offered };
	const steady = steadyOf(ctx.getNode(), write);
	const items = ctx.getInputData().map(({ json = {} }, index): InputItem => {
		const item = readOne(reading, index, json, connections[index]);
		const kept = steady(item.read);
		const wasSent = memory.wasSent({ itemIndex: index, ...item, stays: [kept?.beforeFinding] });
		return { ...item, steady: kept, wasSent };
	});
	refuseRepeatedKeys(items);
	return items;
}

/** What the items of a run are read with. */
interface Reading {
	run: Run;
	parameters: Parameters;
	/** The field of the key, and *Options*. */
	offered: FieldsOwner;
}

function readOne(
	{ run: { ctx, write }, parameters, offered }: Reading,
	index: number,
	input: IDataObject,
	{ connection, problem }: Partial<ItemConnection> = {},
): Omit<InputItem, 'wasSent'> {
	const options = readItem(parameters, index, offered, { zone: ctx.getTimezone() });
	options.values.outcomeUnknown ??= outcomeUnknownOf(write);
	const read = readItem(parameters, index, write, mannerOf(ctx, write, options.values));
	const isKeyRead = !options.problems.some(({ label }) => label === KEY_LABEL);
	const keyed: ReadKey = isKeyRead ? readKey(ctx, parameters, index, options.values) : {};
	read.remarks.push(...options.remarks);
	// The hint about items without a key comes from `tellKeyless`.
	read.emptied.push(...options.emptied.filter((label) => label !== KEY_LABEL));
	const others = [keyed.problem, problem].filter((one) => one !== undefined);
	read.problems.push(...options.problems, ...others);
	const eventIn = (one: ReadItem) => eventHash(parameters.getNode(), write, one, connection?.baseUrl);
	return {
		name: itemName(index, ctx.getInputData().length),
		input,
		read,
		options: options.values,
		isPreview: isPreview(options.values),
		...(connection && { connection }),
		...(keyed.key !== undefined && { key: eventKey(write, keyed.key, read, eventIn) }),
	};
}

function eventKey(write: Write, key: string, read: ReadItem, eventIn: (read: ReadItem) => string): EventKey {
	return {
		key,
		event: eventIn(read),
		repeatedBy: (rows) => {
			const other = write.repeatedBy?.(key, read, rows);
			return other ? [{ key: other.key, event: eventIn(other.item) }] : [];
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

/** Refuses items whose key an earlier item of the run has for another event, or in another account, if their options say so. */
function refuseRepeatedKeys(items: InputItem[]): void {
	const first = new Map<string, InputItem>();
	for (const item of items) {
		const { key, connection, options, read } = item;
		if (!key || read.problems.length > 0) continue;
		const other = first.get(key.key) ?? item;
		first.set(key.key, other);
		const isSame = other.key?.event === key.event && other.connection === connection;
		if (!isSame && refusesOtherEvent(options)) read.problems.push(sameKeyAs(other.name));
	}
}
