import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import type { Row } from './paging';

/** A unit's address in one line. It is an object in practice and a number in the documents: then there is none. */
export function addressLine({ address }: Row): string {
	return isObject(address) ? textOf(address.formatted_address) : '';
}

/** What a unit is called in a list. */
export const unitName = (row: Row): string => addressLine(row) || `Unit ${textOf(row.id)}`;
