import type { IDataObject, INode } from 'n8n-workflow';

import type { Problem, Remark } from '../../shared/fields/problem';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';

/*
 * IDs of prospects, units and leasing events that are taken for each other: all are numbers. A prospect holds its own and
 * that of its unit, an event its own and those of both.
 */

interface Kind {
	noun: string;
	/** Under which names a prospect and a leasing event hold the ID, as a message names them. */
	inProspect?: string;
	inEvent: string;
	/** Names under which other items hold it: RentEngine's name, and some common ones. */
	names: string[];
	/** Whether a row is one itself. */
	is(row: IDataObject): boolean;
}

const EVENT: Kind = {
	noun: 'leasing event',
	inEvent: "'id'",
	names: ['leasing_event_id', 'leasingEventId', 'leasing_event'],
	// The list says `prospect_id`, a creation and a webhook `prospect`. Other systems have types of events, too.
	is: ({ event_type, prospect, prospect_id = prospect }) =>
		event_type !== undefined && Number(textOf(prospect_id)) > 0,
};

export const PROSPECT: Kind = {
	noun: 'prospect',
	inProspect: "'id'",
	/** @noMessage A part of the messages below. */
	inEvent: "'prospect_id' or 'prospect'",
	names: ['prospect_id', 'prospectId', 'prospect'],
	// Prospects and their events name the unit.
	is: (row) => 'unit_of_interest' in row && !EVENT.is(row),
};

export const UNIT: Kind = {
	noun: 'unit',
	inProspect: "'unit_of_interest'",
	inEvent: "'unit_of_interest'",
	names: ['unit_of_interest', 'unit_id', 'unitId', 'unit'],
	// Units have bedrooms, prospects have a phone number.
	is: (row) => 'bedrooms' in row && 'address' in row && !('phone' in row),
};

const KINDS = [UNIT, PROSPECT, EVENT];

/** A row, and the name under which an item holds it. */
type Row = [held: string, row: IDataObject];

/** Under which names a row holds an ID, and the row's own name, if each of them says that it is the ID of this kind. */
function namesOf({ names, is }: Kind, id: number, [held, row]: Row): Array<[key: string, held: string]> {
	const isId = (value: unknown) => typeof value === 'string' || typeof value === 'number';
	const holders = Object.keys(row).filter((key) => isId(row[key]) && textOf(row[key]) === textOf(id));
	const isOne = names.includes(held) || is(row);
	const areAll = holders.every((key) => names.includes(key) || (key === 'id' && isOne));
	return areAll ? holders.map((key) => [key, held]) : [];
}

/** How deep in an item rows are looked for: n8n's own Webhook node has one in `body.data.record`. */
const DEEPEST_ROW = 3;

/** An item and the objects in it, each of which may be a row. */
const rowsIn = (row: IDataObject, deepest = DEEPEST_ROW, held = ''): Row[] => [
	[held, row],
	...Object.entries(row).flatMap(([name, part]) =>
		deepest > 0 && isObject(part) ? rowsIn(part as IDataObject, deepest - 1, name) : [],
	),
];

/** The text of an expression, '' for a fixed value. */
function expressionOf({ parameters }: INode, name: string): string {
	const given: unknown = parameters[name];
	const text = textOf(isObject(given) ? given.value : given);
	return text.startsWith('=') ? text : '';
}

/** Where an ID comes from. */
interface Origin {
	/** The field that names the record, and its label. */
	name: string;
	label: string;
	item: IDataObject;
	node: INode;
}

/**
 * Finds an ID that the item also holds as one of another kind. If the expression reads it from there, it is the ID of the
 * other, and a problem. If it is only the same number, it may be right, and gives a remark.
 */
export function mistakenId(
	id: number,
	kind: Kind,
	{ name, label, item, node }: Origin,
): Problem | Remark | undefined {
	const rows = rowsIn(item);
	const namesAs = (one: Kind) => rows.flatMap((row) => namesOf(one, id, row));
	if (namesAs(kind).length > 0) return undefined;
	const expression = expressionOf(node, name);
	const isRead = ([key, held]: [key: string, held: string]) =>
		new RegExp(`\\b${key}\\b`).test(expression) && (key !== 'id' || expression.includes(held));
	const others = KINDS.filter((one) => namesAs(one).length > 0);
	const taken = others.find((one) => namesAs(one).some(isRead));
	const other = taken ?? others[0];
	if (!other) return undefined;
	const [row, place] = other.inProspect
		? (['prospect', 'inProspect'] as const)
		: (['leasing event', 'inEvent'] as const);
	/** @noMessage It ends the messages below. */
	const which = `in a ${row} from RentEngine it is ${kind[place]}, not ${other[place]}`;
	/**
	 * @example 'Prospect' is the ID of a unit in this item. Use the ID of the prospect: in a prospect from RentEngine it is 'id', not 'unit_of_interest'
	 * @cause _Prospect_ was given the unit that the prospect asks about, or _Unit_ the prospect, or one of them a leasing event;
	 * or a number that is the ID of both.
	 * @cure Use the ID that the message names. The number alone is only a hint: it may be right.
	 */
	return taken
		? {
				label,
				wrong: `is the ID of a ${other.noun} in this item. Use the ID of the ${kind.noun}: ${which}`,
			}
		: {
				label,
				remark: `has the number of a ${other.noun} in this item. Check that it is the ID of the ${kind.noun}: ${which}`,
			};
}
