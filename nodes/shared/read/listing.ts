import type { IDataObject } from 'n8n-workflow';

import type { FieldsOwner } from '../fields/collections';
import type { BooleanField, DateTimeField, Field, NumberField } from '../fields/field';
import type { ReadItem } from '../fields/item';
import type { Problem } from '../fields/problem';
import { textOf } from '../json/text';

/** @noMessage */
const NO_NUMBER = 'nobody knows how many are wanted';

const returnAll: BooleanField = {
	name: 'returnAll',
	label: 'Return All',
	kind: 'boolean',
	withoutIt: NO_NUMBER,
	description: 'Whether to return all results or only up to a given limit',
	local: true,
};

const limit: NumberField & { default: number } = {
	name: 'limit',
	label: 'Limit',
	kind: 'wholeNumber',
	default: 50,
	min: 1,
	shownFor: { returnAll: ['false'] },
	withoutIt: NO_NUMBER,
	description: 'Max number of results to return',
	local: true,
};

/** *Return All* and *Limit*: the same on every *Get Many*. */
export const listingFields: Field[] = [returnAll, limit];

/** How many rows the *Return All* and *Limit* of an item ask for. */
export const wantedRows = (values: IDataObject): number =>
	values[returnAll.name] === true ? Infinity : Number(values[limit.name] ?? limit.default);

/** Whether a read of a list gave as many rows as were asked for, so that there may be more. */
export const isAtLimit = (owner: FieldsOwner, values: IDataObject, rows: IDataObject[]): boolean =>
	owner.fields.includes(limit) && rows.length === wantedRows(values);

type SpanField = Pick<DateTimeField, 'description' | 'hint' | 'local'>;

/** The filters by a span of time: `…After` is its first moment, `…Before` the first one behind it. */
interface Span {
	fields: [after: DateTimeField, before: DateTimeField];
	/** A span that ends before it begins is a problem: nothing would be in it. */
	check(item: ReadItem): { problems: Problem[] };
}

/**
 * Whether a moment is in a span of checked times: from the first one on, and before the other; one that is left out bounds
 * nothing.
 *
 * @param time epoch ms; NaN is in no span with bounds
 */
export const isInSpan = (time: number, after: unknown, before: unknown): boolean =>
	(after === undefined || time >= Date.parse(textOf(after))) &&
	(before === undefined || time < Date.parse(textOf(before)));

/**
 * @param title as the labels of the fields begin
 * @param ofAfter what else the field `…After` declares
 */
export function spanOf(
	title: 'Created' | 'Starts' | 'Updated',
	ofAfter: SpanField,
	ofBefore: SpanField,
): Span {
	const field = (side: 'After' | 'Before', more: SpanField): DateTimeField => ({
		name: `${title.toLowerCase()}${side}`,
		label: `${title} ${side}`,
		kind: 'dateTime',
		anyAge: true,
		...more,
	});
	const [after, before] = [field('After', ofAfter), field('Before', ofBefore)];
	const timeOf = (item: ReadItem, { name }: DateTimeField) => Date.parse(textOf(item.values[name]));
	/**
	 * @cause The filter asks for what is before a time and after a later one: there is no such thing.
	 * @cure Swap the two times, or correct the one that is wrong.
	 */
	const wrong = `is earlier than '${after.label}', so nothing could be found. Swap the two, or correct one`;
	return {
		fields: [after, before],
		check: (item) => ({
			problems: timeOf(item, after) > timeOf(item, before) ? [{ label: before.label, wrong }] : [],
		}),
	};
}
