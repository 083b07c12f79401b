import type { IDataObject } from 'n8n-workflow';

import { TEXT_OR_NULL } from '../../shared/json/schema';
import type { Columns } from '../../shared/read/columns';

/** The times of a row as the clocks of its property show them. What could not be told is left out. */
export interface Shown {
	/** ISO with the offset of the property. */
	start?: string;
	end?: string;
	/** For a message to the renter. */
	text?: string;
	/** The time zone of all of them. */
	zone?: string;
	/** Why the start could not be told. */
	problem?: string;
	/** When the event of an appointment occurred, ISO with the offset of the property. */
	eventAt?: string;
	/** The Propexo ID of the agent. */
	employeeId?: string;
}

/** Kept beside the rows: in *Raw* they are as Propexo gave them. */
const shownTimes = new WeakMap<IDataObject, Shown>();

/** The times that were kept for a row; none, if it has none. */
export const shownOf = (row: IDataObject): Shown => shownTimes.get(row) ?? {};

/** Keeps the times of a row beside it. */
export const keepShown = (row: IDataObject, shown: Shown): void => void shownTimes.set(row, shown);

/** A column that holds a part of it. */
const part = (name: keyof Shown): Columns[string] => ({
	schema: TEXT_OR_NULL,
	of: (row) => shownOf(row)[name],
});

export const START = { start: part('start') };
export const END = { end: part('end') };
export const IN_WORDS = { start_text: part('text'), time_zone: part('zone'), problem: part('problem') };
export const EVENT_AT = { event_at: part('eventAt') };
export const EMPLOYEE = { employee_id: part('employeeId') };
