import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { allFields } from '../fields/field';
import type { ReadItem } from '../fields/item';
import { readItem } from '../fields/item';
import { placeTimes } from '../fields/placeTimes';
import { textOf } from '../json/text';
import { itemName } from '../report/output';
import { optionsCollection } from './options';
import type { CheckTools, Verdict, Write } from './write';

/** One item with its options; everything that is wrong with them is among the problems of `read`. */
export interface Reading {
	/** "Item 3 of 300", for messages. */
	name: string;
	/** What the item brought along. */
	input: IDataObject;
	read: ReadItem;
	options: IDataObject;
}

/**
 * Reads and checks all items of a run. What an operation has to ask its service for is asked once for all of them, and
 * not at all when an item that is wrong already keeps every other from being sent.
 *
 * @param goOn items are sent although others are wrong
 */
export async function readItems(
	tools: CheckTools,
	write: Write,
	items: INodeExecutionData[],
	goOn: boolean,
): Promise<Reading[]> {
	const readings = items.map(({ json }, index): Reading => {
		const { read, options } = readOne(tools, write, index);
		return { name: itemName(index, items.length), input: json, read, options };
	});
	const right = readings.filter(({ read }) => read.problems.length === 0);
	const worthwhile = right.length > 0 && (goOn || right.length === items.length);
	const verdicts = worthwhile
		? await write.check?.(
				tools,
				right.map(({ read }) => read),
			)
		: undefined;
	const verdictOf = new Map<Reading, Verdict>();
	right.forEach((reading, index) => {
		const verdict = verdicts?.[index];
		if (verdict) verdictOf.set(reading, verdict);
	});
	const fields = allFields(write);
	for (const reading of readings) {
		const { problems = [], zone } = verdictOf.get(reading) ?? {};
		const { read, options } = reading;
		placeTimes(read, fields, textOf(options.timeZone ?? zone ?? tools.ctx.getTimezone()), zone);
		read.problems.push(...problems);
	}
	return readings;
}

function readOne({ ctx }: CheckTools, write: Write, index: number): Pick<Reading, 'read' | 'options'> {
	const options = readItem(ctx, index, [], [optionsCollection(write.options)]);
	const read = readItem(ctx, index, write.fields, write.collections);
	read.problems.push(...options.problems);
	return { read, options: options.values };
}
