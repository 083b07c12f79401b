import { nameAlike } from '../../shared/find/alike';
import type { RecordField } from '../../shared/fields/field';
import type { Findable, Finder } from '../../shared/find/findable';
import type { Get } from '../../shared/find/get';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { collect } from '../../shared/read/pages';
import type { Row } from './paging';
import { PAGE_ROWS, pagesOf, readPage, unlessRefused } from './paging';

/**
 * What opens the door of a unit, by its path in a row: n8n shows it in no execution. Source: the access instructions of
 * RentEngine's page "Create or update a unit"; whether it also gives them back is not documented.
 */
export const DOOR_CODES = ['structured_access_instructions.lockbox_code'];

/** A unit's address in one line; '' where there is none. In practice it is an object, in the documents a number. */
export function addressLine({ address }: Row): string {
	return isObject(address) ? textOf(address.formatted_address) : '';
}

/** How a unit is named in a picker. */
export const unitName = (row: Row): string => addressLine(row) || `Unit ${textOf(row.id)}`;

/** Adds the names of units by their IDs. A unit that cannot be read is named by its number. */
export async function unitNames(get: Get, ids: Set<string>, known: Map<string, string>): Promise<void> {
	const unknown = [...ids].filter((id) => id !== '' && !known.has(id));
	for (let start = 0; start < unknown.length; start += PAGE_ROWS) {
		const some = unknown.slice(start, start + PAGE_ROWS);
		for (const id of some) known.set(id, `Unit ${id}`);
		const page = await unlessRefused(readPage(get, '/units', { unitIds: some.join(',') }, 0), undefined);
		for (const row of page?.rows ?? []) known.set(textOf(row.id), unitName(row));
	}
}

/** The forms in which people write a unit's address: with and without the city, and in full. */
function addressForms({ address }: Row): string[] {
	if (!isObject(address)) return [];
	const [number, street, unit, city, state, zip] = [
		...[address.street_number, address.street_name, address.unit],
		...[address.city, address.state, address.zip_code],
	].map((part) => textOf(part).trim());
	if (!number || !street) return [textOf(address.formatted_address)];
	const line = `${number} ${street}${unit ? ` Unit ${unit}` : ''}`;
	return [textOf(address.formatted_address), line, `${line} ${city}`, `${line} ${city} ${state} ${zip}`];
}

/** Words before the number of a unit, one or several: they all mean the same. */
const UNIT_WORDS = /(?:(?:#|\b(?:apartment|apt|suite|ste|unit)(?=\b|\d))[\s.]*)+/gi;
const COUNTRY = /[\s,]+(?:usa|u\.s\.a\.|united states(?: of america)?)\s*$/i;

/** For addresses: letter case, accents, commas, the country and the word for a unit do not matter. */
const addressAlike = (text: string): string =>
	nameAlike(text.replace(COUNTRY, '').replace(UNIT_WORDS, ' unit ').replace(/[.,]/g, ' '));

const byAddress: Finder = {
	mode: 'address',
	is: 'the address',
	given: {
		name: 'address',
		label: 'Address',
		kind: 'text',
		placeholder: 'e.g. 101 Oak Street, Unit 2, Austin',
		description: 'The whole address of the unit',
	},
	alike: addressAlike,
	of: addressForms,
};

/** How units are found: their list has no filter by address, so it is read. */
export const findableUnit: Findable = {
	noun: 'unit',
	plural: 'units',
	path: '/units',
	modes: [byAddress],
	facts: ['status'],
	dependsOn: [],
	where: async () => ({ list: {}, part: {}, name: async () => undefined }),
	pathOf: (id) => `/units/${id}`,
	agrees: () => true,
	readAll: async (get) => ({ rows: await collect(pagesOf(get, '/units')) }),
	tellApart: async (rows) => rows.map(({ status }) => textOf(status)),
};

/** A field that names a unit. */
export const unitField = {
	kind: 'record',
	numeric: true,
	record: "a unit's ID",
	searchMethod: 'searchUnits',
	findable: findableUnit,
	placeholder: 'e.g. 501',
} satisfies Partial<RecordField>;
