import type { IDataObject } from 'n8n-workflow';

import { canonical } from '../../shared/json/compare';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { withZones } from '../records/times';

/** What the RentEngine Trigger gives to the workflow. */
export interface Change extends IDataObject {
	/** `INSERT`, `UPDATE` or `DELETE`. */
	action: string;
	table: string;
	/** The row as it is now; null when it was deleted. */
	record: IDataObject | null;
	/** The row as it was before; null when it is new, or RentEngine did not say. */
	old_record: IDataObject | null;
	/** The fields of an update that both rows tell, with different values. */
	changed: string[];
}

/** One webhook of RentEngine. */
export interface Delivery {
	change: Change;
	/** RentEngine's ID of the event. Not every form of a webhook has one. */
	eventId?: string;
}

function row(value: unknown): IDataObject | null {
	return isObject(value) ? withZones(value as IDataObject) : null;
}

/** A field that one of the rows leaves out is not told there: databases may give no more of the old row than its ID. */
function changedFields(before: IDataObject | null, now: IDataObject | null): string[] {
	if (!before || !now) return [];
	const told = Object.keys(before).filter((field) => Object.hasOwn(now, field));
	return told.filter((field) => canonical(before[field]) !== canonical(now[field]));
}

/**
 * Reads `{ type, table, record, old_record }`, or the same in `{ event_id, data }`. Source: RentEngine's page of the
 * units webhook for `record` and `old_record`; public receivers for the rest and for the second form.
 *
 * @returns undefined for anything that is not a webhook of RentEngine
 */
export function readDelivery(body: Record<string, unknown>): Delivery | undefined {
	const data = isObject(body.data) ? body.data : body;
	const { type, table } = data;
	if (typeof type !== 'string' || typeof table !== 'string' || type === '' || table === '')
		return undefined;
	const record = row(data.record);
	const old = row(data.old_record);
	if (!record && !old) return undefined;
	const action = type.toUpperCase();
	const changed = action === 'UPDATE' ? changedFields(old, record) : [];
	const eventId = body.event_id ?? data.event_id;
	const isId = typeof eventId === 'string' || typeof eventId === 'number';
	return {
		change: { action, table, record, old_record: old, changed },
		...(isId && { eventId: textOf(eventId) }),
	};
}
