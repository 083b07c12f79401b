import type { IDataObject } from 'n8n-workflow';

import { nameAlike, UNIT_WORDS } from '../../shared/find/alike';
import { isPlaceholderId } from '../../shared/find/placeholders';
import type { RecordField } from '../../shared/fields/field';
import type { Findable, Finder } from '../../shared/find/findable';
import type { Get } from '../../shared/find/get';
import { isObject } from '../../shared/json/objects';
import { textOf, withCommas } from '../../shared/json/text';
import { collect } from '../../shared/read/pages';
import { numericId } from '../kinds/numericId';
import { COUNTRY, DIRECTIONS, isUnitNamed, STREETS } from './namedInAddress';
import { PAGE_ROWS, pagesOf, readPage, unlessRefused } from './paging';

/**
 * What opens the door of a unit, by its path in a row: n8n shows it in no execution. Source: the access instructions of
 * RentEngine's page "Create or update a unit"; whether it also gives them back is not documented.
 */
export const DOOR_CODES = ['structured_access_instructions.lockbox_code'];

/** The number of a unit in its building; '' for none, and for a placeholder such as N/A. */
function numberOf(address: Record<string, unknown>): string {
	const number = textOf(address.unit).replace(UNIT_WORDS, ' ').trim();
	return isPlaceholderId(number) ? '' : number;
}

/**
 * A unit's address in one line; '' where there is none. In practice it is an object, in the documents a number. Where the
 * formatted one is that of the building, the unit is added: it tells the units of the building apart.
 */
export function addressLine({ address }: IDataObject): string {
	if (!isObject(address)) return '';
	const whole = textOf(address.formatted_address);
	const unit = numberOf(address);
	if (whole === '' || unit === '' || isUnitNamed(whole, unit, address)) return whole;
	return whole.replace(/(?=,|$)/, `, Unit ${unit}`);
}

/** How a unit is named in a picker. */
export const unitName = (row: IDataObject): string => addressLine(row) || `Unit ${textOf(row.id)}`;

/** Adds the names of units by their IDs. A unit that cannot be read is named by its number. */
export async function unitNames(get: Get, ids: Set<string>, known: Map<string, string>): Promise<void> {
	const unknown = [...ids].filter((id) => id !== '' && !known.has(id));
	for (let start = 0; start < unknown.length; start += PAGE_ROWS) {
		const some = unknown.slice(start, start + PAGE_ROWS);
		for (const id of some) known.set(id, `Unit ${id}`);
		const page = await unlessRefused(
			readPage(get, '/units', { unitIds: some.join(',') }, { page: 0 }),
			undefined,
		);
		for (const row of page?.rows ?? []) known.set(textOf(row.id), unitName(row));
	}
}

/** A ZIP code behind the short form of a state. */
const ZIP = /(?<=[\s,][a-z]{2})[\s,]+\d{5}(?:-\d{4})?\s*$/i;

/**
 * The last four digits of a ZIP code behind the short form of a state: they tell no unit from another that has the
 * same address.
 */
const ZIP_PLUS_4 = /(?<=[\s,][a-z]{2}[\s,]+\d{5})-\d{4}\b/i;

/** The forms in which people write a unit's address: with and without the city, the state, and the ZIP code. */
function addressForms(row: IDataObject): string[] {
	const { address } = row;
	if (!isObject(address)) return [];
	const unit = numberOf(address);
	const [number, street, city, state, zip] = [
		address.street_number,
		address.street_name,
		address.city,
		address.state,
		address.zip_code,
	].map((part) => textOf(part).trim());
	const whole = addressLine(row);
	const formatted = [whole, whole.replace(COUNTRY, '').replace(ZIP, '')];
	if (!number || !street) return formatted;
	const line = `${number} ${street}${unit ? ` Unit ${unit}` : ''}`;
	return [
		...formatted,
		line,
		`${line} ${city}`,
		`${line} ${city} ${state}`,
		`${line} ${city} ${state} ${zip}`,
	];
}

const STREET = new RegExp(`\\b(?:${Object.keys(STREETS).join('|')})\\b`, 'gi');
/** Not the name of a unit, and not that of a street, as in `12 N Street`: it is not `12 North Street`. */
const DIRECTION = new RegExp(
	`(?<!\\bunit )\\b(?:${Object.keys(DIRECTIONS).join('|')})\\b(?! (?:${Object.values(STREETS).join('|')})\\b)`,
	'gi',
);

/**
 * For addresses: letter case, accents, commas, the country, the last four digits of a ZIP code, the word for a unit, if
 * there is one, and the usual short forms do not matter. Those are written out, because without its space `E Aster`
 * would be `Easter`.
 */
const addressAlike = (text: string): string =>
	nameAlike(
		text
			.replace(COUNTRY, '')
			.replace(UNIT_WORDS, ' unit ')
			.replace(ZIP_PLUS_4, '')
			.replace(/[.,\s]+/g, ' ')
			.replace(STREET, (word) => STREETS[word.toLowerCase()] ?? word)
			.replace(DIRECTION, (word) => DIRECTIONS[word.toLowerCase()] ?? word)
			.replace(/\bunit /g, ''),
	);

const byAddress: Finder = {
	mode: 'address',
	is: 'the address',
	field: {
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
	facts: ['id', 'status'],
	dependsOn: [],
	where: async () => ({ list: {}, part: {}, name: async () => undefined }),
	pathOf: (id) => `/units/${id}`,
	agrees: () => true,
	readAll: async (get) => ({ rows: await collect(pagesOf(get, '/units')) }),
	tellApart: async (rows) => rows.map(({ id, status }) => withCommas(status, `#${textOf(id)}`)),
};

/** A field that names a unit. */
export const unitField = {
	kind: 'record',
	written: numericId,
	record: "a unit's ID",
	searchMethod: 'searchUnits',
	findable: findableUnit,
	placeholder: 'e.g. 501',
} satisfies Partial<RecordField>;
