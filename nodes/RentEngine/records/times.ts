import type { IDataObject } from 'n8n-workflow';

import { hasOffset } from '../../shared/fields/times/clock';
import { readServiceTime } from '../../shared/http/serviceTime';
import { textOf } from '../../shared/json/text';
import { isInSpan } from '../../shared/read/listing';

/*
 * Times as RentEngine writes them.
 */

/** How the names of fields end that hold a moment. */
const MOMENT = /_(at|time|up)$/;

/**
 * A row as it is given out: a time without a zone is in UTC, and says so, or the next node would read it in the workflow's time
 * zone. Source: public clients of RentEngine, which read it so.
 */
export const withZones = (row: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(row).map(([name, value]) => {
			const time = MOMENT.test(name) && !hasOffset(textOf(value)) ? readServiceTime(value) : Number.NaN;
			return [name, Number.isNaN(time) ? value : new Date(time).toISOString()];
		}),
	);

/** A checked date and time in UTC, as RentEngine itself writes it. */
export const utc = (time: unknown): string | undefined =>
	typeof time === 'string' ? new Date(time).toISOString() : undefined;

/**
 * Whether a row was created between two checked times, including the first.
 *
 * @param unread whether one counts that has no readable time: where RentEngine itself was asked for the time, it does
 */
export function createdWithin(
	after: unknown,
	before: unknown,
	unread: boolean,
): (row: IDataObject) => boolean {
	return ({ created_at }) => {
		const time = readServiceTime(created_at);
		return isInSpan(time, after, before) || (unread && Number.isNaN(time));
	};
}
