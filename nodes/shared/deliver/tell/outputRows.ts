import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { resolvedOf } from '../../find/resolved';
import { isObject } from '../../json/objects';
import type { Schema } from '../../json/schema';
import { objectOf, TEXT, TEXT_OR_NULL, WHOLE_NUMBER } from '../../json/schema';
import { textOf } from '../../json/text';
import { DOES, OUTCOME_NAMES } from '../../report/outcome';
import type { Details, RowForm } from '../../report/output';
import { outputOf } from '../../report/output';
import type { EndedItem } from '../items';
import { isReady } from '../items';
import type { Trail } from '../memory/remembered';
import { isDetailed, isSimple, zoneOf } from '../options';
import type { Run } from '../run';

/*
 * What an output item of a write holds: first how it ended and who it is about, then the answer of the service, and last how it
 * was delivered (*Add Delivery Details*).
 */

/** What `delivery` holds in an output item: flat values, for a table or an email. */
const DELIVERY = objectOf({
	outcome: TEXT,
	item: WHOLE_NUMBER,
	key: TEXT_OR_NULL,
	found_by: TEXT_OR_NULL,
	record_ids: TEXT,
	attempts: WHOLE_NUMBER,
	sent_at: TEXT_OR_NULL,
	answered_at: TEXT_OR_NULL,
});

/** The schema of the output, given that of the service's answer. */
export const outputSchema = (row: Schema): Schema => ({
	...row,
	properties: { outcome: TEXT, ...row.properties, delivery: DELIVERY },
});

/** Columns that hold the ID of a record. */
const ID = /^id$|_id$/;

/** The output items of an item. */
export const outputRows = (run: Run, ended: EndedItem, index: number): INodeExecutionData[] =>
	outputOf(ended.outcome, index, { details: detailsOf(run, ended, index), form: rowFormOf(run, ended) });

/**
 * The outcome of an item as its output says it. A write that changes a record says so, instead of *created*.
 *
 * @param row left out: the first one of the item
 */
export function outcomeOf({ write }: Run, { outcome, item }: EndedItem, row?: IDataObject): string {
	if (outcome.state === 'previewed') return outcome.row.outcome;
	if (outcome.state !== 'created') return OUTCOME_NAMES[outcome.state];
	const does = (isReady(item) && write.does?.(item.request)) || 'creates';
	return write.did?.(row ?? outcome.rows[0] ?? {}) ?? DOES[does].done;
}

/** How the delivery of one item went; undefined if its output does not say that. */
function detailsOf(run: Run, ended: EndedItem, index: number): Details | undefined {
	const { item } = ended;
	const { read, options, key } = item;
	if (!isDetailed(options)) return undefined;
	const { ctx } = run;
	const { attempts, sentAt, answeredAt }: Trail = isReady(item) ? item.trail : { attempts: 0 };
	const zone = zoneOf(ctx, options);
	const time = (ms?: number) => (ms === undefined ? null : DateTime.fromMillis(ms, { zone }).toISO());
	const { found_by = null, ...found } = resolvedOf(read) ?? {};
	return {
		within: ctx.getNode().onError === 'continueErrorOutput',
		of: (row = {}) => ({
			outcome: outcomeOf(run, ended, row),
			item: index + 1,
			key: key?.key ?? null,
			found_by,
			record_ids: idsOf({ ...found, ...row }),
			attempts,
			sent_at: time(sentAt),
			answered_at: time(answeredAt),
		}),
	};
}

/** "lead_id: lead_1, job_id: cljob_1" */
function idsOf(row: IDataObject): string {
	const ids = Object.entries(row).filter(([name, value]) => ID.test(name) && textOf(value) !== '');
	return ids.map(([name, value]) => `${name}: ${textOf(value)}`).join(', ');
}

/**
 * The form of the rows of one item. Simplified, their columns have the order of the declared output, and nothing that
 * is null; otherwise the answer is as it came.
 */
function rowFormOf(run: Run, ended: EndedItem): RowForm {
	const { write } = run;
	const { item } = ended;
	// A record that was not found, because the item is skipped, has no ID.
	const who = withoutNulls(write.who?.(item.read) ?? {});
	return {
		who,
		row: (row) => {
			const outcome = outcomeOf(run, ended, row);
			if (!isSimple(item.options)) return { outcome, ...row };
			const told = write.asTold?.(row) ?? row;
			return simplified(write.output, { ...who, ...told, outcome });
		},
	};
}

function simplified({ properties = {} }: Schema, row: IDataObject): IDataObject {
	const names = new Set(['outcome', ...Object.keys(properties), ...Object.keys(row)]);
	const kept = [...names].filter((name) => name in row);
	return withoutNulls(Object.fromEntries(kept.map((name) => [name, row[name]])));
}

/** An object without what is null in it, and in the objects within. */
function withoutNulls(object: IDataObject): IDataObject {
	const entries = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
	return Object.fromEntries(
		entries.map(([name, value]) => [name, isObject(value) ? withoutNulls(value as IDataObject) : value]),
	);
}
