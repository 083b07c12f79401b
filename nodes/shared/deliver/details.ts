import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { resolvedOf } from '../find/resolved';
import type { Schema } from '../json/schema';
import { objectOf, TEXT, TEXT_OR_NULL, WHOLE_NUMBER } from '../json/schema';
import { textOf } from '../json/text';
import type { Outcome } from '../report/outcome';
import { DOES, OUTCOME_NAMES } from '../report/outcome';
import type { Details } from '../report/output';
import { isDetailed, zoneOf } from './options';
import type { InputItem } from './inputItem';
import type { ReadyItem, Run } from './run';
import type { Trail } from './trail';

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

/** The schema of an output row with `delivery`. */
export const withDelivery = (row: Schema): Schema => ({
	...row,
	properties: { ...row.properties, delivery: DELIVERY },
});

/** Columns that hold the ID of a record. */
const ID = /^id$|_id$/;

/** The outcome of an item as its output says it. A write that changes a record says so, instead of *created*. */
export function outcomeOf({ write }: Run, outcome: Outcome, row: IDataObject, ready?: ReadyItem): string {
	if (outcome.state === 'previewed') return outcome.row.outcome;
	if (outcome.state !== 'created') return OUTCOME_NAMES[outcome.state];
	const does = (ready && write.does?.(ready.request)) ?? 'creates';
	return write.did?.(row) ?? DOES[does].done;
}

/**
 * How the delivery of one item went (*Add Delivery Details*); undefined if its output does not tell that.
 *
 * @param ready undefined if it was not ready to be sent
 */
export function detailsOf(
	run: Run,
	{ read, options, key, decision }: InputItem,
	outcome: Outcome,
	index: number,
	ready?: ReadyItem,
): Details | undefined {
	if (!isDetailed(options)) return undefined;
	const { ctx } = run;
	const { attempts, sentAt, answeredAt }: Trail = ready?.trail ?? { attempts: 0 };
	const zone = zoneOf(ctx, options);
	const time = (ms?: number) => (ms === undefined ? null : DateTime.fromMillis(ms, { zone }).toISO());
	const { found_by = null, ...found } = resolvedOf(read) ?? {};
	return {
		within: ctx.getNode().onError === 'continueErrorOutput',
		of: (row = {}) => ({
			outcome: outcomeOf(run, outcome, row, ready),
			item: index + 1,
			// The claim of a record is no key that a user knows.
			key: decision?.claim ? null : (key?.key ?? null),
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
