import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../json/objects';
import type { Schema } from '../json/schema';
import { TEXT } from '../json/schema';
import type { Outcome } from '../report/outcome';
import type { RowForm } from '../report/output';
import { outcomeOf } from './details';
import { isSimple } from './options';
import type { InputItem } from './inputItem';
import type { ReadyItem, Run } from './run';

/*
 * What an output item of a write holds. First how it ended and who it is about, then the answer of the service.
 */

/** The schema of an output row that begins with its outcome. */
export const withOutcome = (row: Schema): Schema => ({
	...row,
	properties: { outcome: TEXT, ...row.properties },
});

/**
 * The form of the rows of one item. Simplified, their columns have the order of the declared output, and nothing that
 * is null; otherwise the answer is as it came.
 *
 * @param ready undefined if it was not ready to be sent
 */
export function rowFormOf(run: Run, item: InputItem, outcome: Outcome, ready?: ReadyItem): RowForm {
	const { write } = run;
	// A record that was not found, because the item is skipped, has no ID.
	const who = withoutNulls(write.who?.(item.read) ?? {});
	return {
		who,
		row: (row) => {
			const ended = outcomeOf(run, outcome, row, ready);
			if (!isSimple(item.options)) return { outcome: ended, ...row };
			return simplified(write.output, { ...who, ...row, outcome: ended }, write.onlyWhole);
		},
	};
}

function simplified({ properties = {} }: Schema, row: IDataObject, leftOut: string[] = []): IDataObject {
	const names = new Set(['outcome', ...Object.keys(properties), ...Object.keys(row)]);
	const kept = [...names].filter((name) => name in row && !leftOut.includes(name));
	return withoutNulls(Object.fromEntries(kept.map((name) => [name, row[name]])));
}

/** An object without what is null in it, and in the objects within. */
function withoutNulls(object: IDataObject): IDataObject {
	const entries = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
	return Object.fromEntries(
		entries.map(([name, value]) => [name, isObject(value) ? withoutNulls(value as IDataObject) : value]),
	);
}
