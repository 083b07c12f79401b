import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../shared/fields/item';
import type { About, Findable, ReadById, Where } from '../../shared/find/findable';
import { textOf, titleCase, withCommas } from '../../shared/json/text';
import { NothingThere } from '../../shared/find/get';
import { event } from './events';
import { askList, readNamed, readOne, wholeList } from './paging';
import { applicant, lead, resident } from './people';
import { integration, property } from './places';
import type { Chosen, RecordFinder, RecordType } from './record';
import { parameterOf, pathOf, pluralOf, trimmed } from './record';

/*
 * How records are found by what people hold, and where they are looked for.
 */

/**
 * Records that decide the property: if an operation names one of them, everything else belongs to the same property.
 */
export const OWNERS: RecordType[] = [lead, applicant, resident, event];

/** The chosen person, event or property that decides a place: its label and its row. */
interface Owner {
	label: string;
	row: IDataObject;
}

/** The queries of a place: `list` for all records of an integration, and `part`, which narrows them down. */
interface PlaceQueries {
	list: IDataObject;
	part: IDataObject;
	owner?: Owner;
}

/**
 * The place of the records that can be meant, from the other records that are chosen.
 *
 * @param chosen gives the ID chosen in a parameter
 * @throws NothingThere when what is chosen does not fit together
 */
export async function placeQueries(
	{ noun, picker }: RecordType,
	chosen: Chosen,
	readById: ReadById,
): Promise<PlaceQueries> {
	if (picker?.of === 'everything') return { list: {}, part: {} };
	const owner = picker?.of === 'property' ? await ownerOf(chosen, readById) : undefined;
	const integration_id = placeIn(integration, chosen, owner);
	const property_id = noun === property.noun ? '' : placeIn(property, chosen, owner);
	return {
		list: integration_id === '' ? {} : { integration_id },
		part: property_id === '' ? {} : { property_id },
		owner,
	};
}

/**
 * The ID of the integration or the property: the chosen one, or else that of the owner; '' for none.
 *
 * @throws NothingThere when the owner is of another one
 */
function placeIn(place: RecordType, chosen: Chosen, owner: Owner | undefined): string {
	const { noun } = place;
	const given = chosen(parameterOf(place));
	const owned = trimmed(owner?.row[`${noun}_id`]);
	if (owner && given !== '' && owned !== '' && owned !== given) {
		/**
		 * @example The chosen 'Lead' belongs to another property than the chosen 'Property'
		 * @cause The person, the event or the property that is chosen is of another integration or property than the one that
		 * is chosen.
		 * @cure Choose it again, from the list of this integration or property, or choose the place that it belongs to.
		 */
		throw new NothingThere(
			`The chosen '${owner.label}' belongs to another ${noun} than the chosen '${titleCase(noun)}'`,
			`Choose the ${owner.label.toLowerCase()} again, from the list of this ${noun}.`,
		);
	}
	return given || owned;
}

/** Reads a record that an item names by its ID, in order to find another one. */
const readChosen = async (record: RecordType, id: unknown, readById: ReadById): Promise<IDataObject> =>
	await readNamed(readById(pathOf(record, textOf(id)), record.noun), record.noun);

/** The chosen person, or the event that is updated. It decides the property. */
async function ownerOf(chosen: Chosen, readById: ReadById): Promise<Owner | undefined> {
	for (const owner of OWNERS) {
		const id = chosen(parameterOf(owner));
		if (id !== '') return { label: titleCase(owner.noun), row: await readChosen(owner, id, readById) };
	}
	return undefined;
}

/** The fields that are kept of every kind of record. */
const FACTS = ['id', 'integration_id', 'property_id', 'created_at', 'x_created_at', 'last_seen'];

/** The parameters that decide the place of a record, each after those that its own place depends on. */
export function dependsOn({ picker, noun }: RecordType): string[] {
	if (picker?.of === 'everything') return [];
	const places = [integration, property].filter((place) => place.noun !== noun);
	const owners = picker?.of === 'property' ? OWNERS : [];
	return [...[...places, ...owners].map(parameterOf), ...(picker?.dependsOn ?? [])];
}

const nameOf = ({ name }: IDataObject): string => trimmed(name);

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
		meant: async (rows) => rows.filter((row) => record.picker?.keeps?.(row, resource, chosen) ?? true),
		name: async () => {
			const id = part.property_id ?? list.integration_id;
			if (id === undefined) return undefined;
			const place = part.property_id === undefined ? integration : property;
			const row = await readChosen(place, id, readById);
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
			: await readChosen(property, row.property_id, readById).then(nameOf, () => undefined);
	const [made] = (ages?.madeAt(row) ?? [])
		.map((time) => textOf(time).slice(0, 10))
		.filter((day) => day !== '');
	const details = ages ? [] : (picker?.apart?.(row) ?? []);
	return withCommas(place, ...details, made && `added ${made}`);
}

/** How the records of a kind are found. */
export function findableRecord(record: RecordType & { finders: RecordFinder[] }): Findable {
	const { noun, path, finders, facts = [], ages, isGone, doubt, advice } = record;
	return {
		noun,
		plural: pluralOf(record),
		path,
		ages,
		isGone,
		doubt,
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
