import type { INodePropertyOptions } from 'n8n-workflow';

/*
 * The events of the trigger, in people's words. RentEngine tells which table a row belongs to and what happened to it.
 */

export const LEASING_EVENTS = 'leasing_events';

/** What the rows of a table are to people. `value` begins the values of its events. */
interface RowKind {
	noun: string;
	value: string;
	/** Left out for the tables that the user names. */
	table?: string;
}

const LEASING_EVENT: RowKind = { noun: 'Leasing Event', value: 'leasingEvent', table: LEASING_EVENTS };
const OTHER: RowKind = { noun: 'Other Record', value: 'otherRecord' };
const ROW_KINDS: RowKind[] = [
	LEASING_EVENT,
	OTHER,
	{ noun: 'Prospect', value: 'prospect', table: 'prospects' },
	{ noun: 'Rental Application Group', value: 'applicationGroup', table: 'rental_application_groups' },
	{ noun: 'Unit', value: 'unit', table: 'units' },
];

/** What happens to a row, and what RentEngine calls it. */
const HAPPENINGS = [
	{ name: 'Changed', action: 'UPDATE' },
	{ name: 'Created', action: 'INSERT' },
	{ name: 'Deleted', action: 'DELETE' },
];

/** @noMessage */
const ABOUT: Record<string, string> = {
	leasingEventChanged:
		'One moved on, such as from Showing Scheduled to Showing Complete: RentEngine changes it in place',
	leasingEventDeleted: 'Its row is removed, or marked as deleted: RentEngine tells that as an update',
	otherRecordChanged: 'In a table that you name',
	otherRecordCreated: 'In a table that you name',
	otherRecordDeleted: 'In a table that you name',
	unitChanged: 'Such as one that goes on hold or becomes available',
};

const eventsOf = ({ value }: RowKind): string[] => HAPPENINGS.map(({ name }) => value + name);

/** The events that can be chosen. */
export const EVENTS: INodePropertyOptions[] = ROW_KINDS.flatMap(({ noun, value }) =>
	HAPPENINGS.map(({ name }) => {
		const event = value + name;
		const description = ABOUT[event];
		return { name: `${noun} ${name}`, value: event, ...(description !== undefined && { description }) };
	}),
);

/** The events about which the fields of leasing events say more. */
export const ABOUT_LEASING_EVENTS = eventsOf(LEASING_EVENT);
/** The events of tables that the user names. */
export const ABOUT_OTHERS = eventsOf(OTHER);

const keyOf = (table: string, action: string) => JSON.stringify([table.toLowerCase(), action]);

/**
 * Tells whether an action on a row of a table is one of the chosen events.
 *
 * @param others names of the tables that the user named, in any letter case
 */
export function isChosen(events: string[], others: string[]): (table: string, action: string) => boolean {
	const chosen = new Set(
		ROW_KINDS.flatMap(({ value, table }) =>
			HAPPENINGS.filter(({ name }) => events.includes(value + name)).flatMap(({ action }) =>
				(table === undefined ? others : [table]).map((one) => keyOf(one, action)),
			),
		),
	);
	return (table, action) => chosen.has(keyOf(table, action));
}
