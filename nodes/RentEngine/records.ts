import { isObject } from '../shared/match';
import { textOf } from '../shared/text';
import type { Row } from './lists';

/** The named fields of a row, in this order, as far as it has them. */
export function pick(row: Row, names: string[]): Row {
	return Object.fromEntries(
		names.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
	);
}

/** A unit's address in one line. It is an object in practice and a number in the documents: then there is none. */
export function addressLine({ address }: Row): string {
	return isObject(address) ? textOf(address.formatted_address) : '';
}

/** What a unit is called in a list. */
export const unitName = (row: Row): string => addressLine(row) || `Unit ${textOf(row.id)}`;
