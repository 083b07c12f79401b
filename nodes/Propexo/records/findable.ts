import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../shared/fields/item';
import type { About, Findable, ReadById, Where } from '../../shared/find/findable';
import { textOf, withCommas } from '../../shared/json/text';
import { askList, readNamed, readOne, wholeList } from './paging';
import { OWNERS, placeIn, placeQueries } from './searchPlace';
import { integration, property } from './places';
import type { RecordFinder, RecordType } from './record';
import { parameterOf, pathOf, pluralOf, titleCase } from './record';

/** The fields that are kept of every kind of record. */
const FACTS = ['id', 'integration_id', 'property_id', 'created_at', 'x_created_at'];

/** The parameters that decide the place of a record, each after those that its own place depends on. */
export function dependsOn({ picker, noun }: RecordType): string[] {
	if (!picker || picker.of === 'everything') return [];
	const places = [integration, property].filter((place) => place.noun !== noun);
	const owners = picker.of === 'property' ? OWNERS : [];
	return [...[...places, ...owners].map(parameterOf), ...(picker.dependsOn ?? [])];
}

/** Reads a property or an integration. */
const readPlace = async (place: RecordType, id: unknown, readById: ReadById): Promise<IDataObject> =>
	await readNamed(readById(pathOf(place, textOf(id)), place.noun), place.noun);

const nameOf = ({ name }: IDataObject): string => textOf(name).trim();

async function whereIn(
	record: RecordType,
	{ values }: ReadItem,
	{ resource, readById }: About,
): Promise<Where> {
	const chosen = (parameter: string) => textOf(values[parameter]);
	const { list, part } = await placeQueries(record, chosen, readById);
	return {
		list,
		part: { ...part, ...record.picker?.query?.(chosen) },
		keeps: (row) => record.picker?.keeps?.(row, resource, chosen) ?? true,
		name: async () => {
			const id = part.property_id ?? list.integration_id;
			if (id === undefined) return undefined;
			const place = part.property_id === undefined ? integration : property;
			const row = await readPlace(place, id, readById);
			placeIn(integration, chosen, { label: titleCase(place.noun), row });
			return nameOf(row);
		},
	};
}

/** "Maple Court, added 2026-03-01": where a record is and since when, but nothing that says who the person is. */
async function tellApart(
	{ ages, picker }: RecordType,
	row: IDataObject,
	readById: ReadById,
): Promise<string> {
	const place =
		row.property_id === undefined || row.property_id === null
			? undefined
			: await readPlace(property, row.property_id, readById).then(nameOf, () => undefined);
	const [made] = (ages?.madeAt(row) ?? [])
		.map((time) => textOf(time).slice(0, 10))
		.filter((day) => day !== '');
	const details = ages ? [] : (picker?.apart?.(row) ?? []);
	return withCommas(place, ...details, made && `added ${made}`);
}

/** How the records of a kind are found. */
export function findableRecord(record: RecordType & { finders: RecordFinder[] }): Findable {
	const { noun, path, finders, facts = [], ages, isGone, advice } = record;
	return {
		noun,
		plural: pluralOf(record),
		path,
		ages,
		isGone,
		advice,
		modes: finders,
		facts: [...FACTS, ...facts],
		dependsOn: dependsOn(record),
		where: async (item, about) => await whereIn(record, item, about),
		pathOf: (id) => pathOf(record, id),
		agrees: (row, query) => Object.entries(query).every(([name, value]) => row[name] === value),
		ask: async (get, query) => await askList(get, path, query),
		readAll: async (get, query, most) => await wholeList(get, path, query, most),
		readOne,
		tellApart: async (rows, readById) =>
			await Promise.all(rows.map(async (row) => await tellApart(record, row, readById))),
	};
}
