import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../fields/field';

/** @noMessage */
const NO_NUMBER = 'nobody knows how many are wanted';

/** *Return All* and *Limit*: the same on every *Get Many*. */
export const listingFields: Field[] = [
	{
		name: 'returnAll',
		label: 'Return All',
		kind: 'boolean',
		withoutIt: NO_NUMBER,
		description: 'Whether to return all results or only up to a given limit',
		local: true,
	},
	{
		name: 'limit',
		label: 'Limit',
		kind: 'wholeNumber',
		default: 50,
		min: 1,
		shownFor: { returnAll: ['false'] },
		withoutIt: NO_NUMBER,
		description: 'Max number of results to return',
		local: true,
	},
];

/** How many rows the *Return All* and *Limit* of an item ask for. */
export function wantedRows(values: IDataObject): number {
	return values.returnAll === true ? Infinity : Number(values.limit ?? 50);
}
