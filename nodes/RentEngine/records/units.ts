import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import type { Row } from './paging';

/** A unit's address in one line; '' where there is none. In practice it is an object, in the documents a number. */
export function addressLine({ address }: Row): string {
	return isObject(address) ? textOf(address.formatted_address) : '';
}

/** How a unit is named in a picker. */
export const unitName = (row: Row): string => addressLine(row) || `Unit ${textOf(row.id)}`;
