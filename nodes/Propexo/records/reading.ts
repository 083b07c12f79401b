import type { IDataObject } from 'n8n-workflow';

import { filtersOf } from '../../shared/fields/collections';
import type { FieldCollection } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem, Remark } from '../../shared/fields/problem';
import type { Get } from '../../shared/find/get';
import { NothingThere } from '../../shared/find/get';
import { nounsOf, textOf, titleCase } from '../../shared/json/text';
import type { Operation } from '../../shared/operation';
import { readOperation } from '../../shared/operation';
import type { RecordFields } from '../../shared/read/output';
import type { Examined } from '../../shared/read/read';
import { listingFields, wantedRows } from '../../shared/read/listing';
import { propexo } from '../api';
import { recordField } from './field';
import type { Complete } from './paging';
import { newest, readOne } from './paging';
import { integration, property } from './places';
import type { RecordType } from './record';
import { BY_ID, parameterOf, pathOf } from './record';
import { COLUMN_OF } from './whose';

/*
 * Reading records: one by its ID, or many by filters. Filters and columns follow from the declaration of the record.
 */

/** What a read declares besides the record. */
interface Reads {
	/** The resource's word for the record, if it is another one: "lead event". */
	noun?: string;
	/** The label of the field for the record, if it is not named after the record: "Appointment". */
	label?: string;
	/** The error for a record that exists but cannot be meant. */
	refuses?(row: IDataObject): NothingThere | undefined;
	/** Gives the function that finds out what the columns show and the rows do not hold. */
	completes?(get: Get): Complete;
}

/** A kind of record that is read. */
export type Readable = RecordType & RecordFields;

const lookInFields = (fields: Field[]): FieldCollection => ({
	name: 'filters',
	label: 'Look In',
	placeholder: 'Add Place',
	empty: 'refused',
	fields,
});

/** The place of a record that is given by what people hold. A record given by its ID needs no place. */
export const lookIn = (record: RecordType): FieldCollection =>
	lookInFields([
		recordField(integration, { local: true }),
		...(record.noun === property.noun ? [] : [recordField(property, { local: true })]),
	]);

/** The same for an operation with an integration of its own. */
export const lookInProperty = lookInFields([recordField(property, { local: true })]);

/** *Get*: one record as Propexo last saw it in the PMS. */
export function getOne(record: Readable, about: Reads = {}): Operation {
	const { noun = record.noun, label = titleCase(record.noun) } = about;
	const field = recordField(record, {
		label,
		required: true,
		local: true,
		description: `The ${noun} to read. ${BY_ID}`,
	});
	return readOperation(
		{ value: 'get', name: 'Get', action: `Get ${noun}`, description: `Read one ${noun}` },
		{
			service: propexo,
			fields: [field],
			collections: field.findable ? [lookIn(record)] : [],
			rows: async (get, { values, sought, remarks }) => {
				const row = await readOne(get, pathOf(record, textOf(values[field.name])), noun);
				// Of one that was found, it is told already.
				const remark = sought[field.name] ? undefined : record.doubt?.(row);
				if (remark !== undefined) remarks.push({ label, remark });
				const refusal = about.refuses?.(row);
				if (refusal) throw refusal;
				await about.completes?.(get)([row]);
				return [row];
			},
			output: record,
		},
	);
}

/** What a read of many records declares besides the record. */
interface Lists extends Reads {
	description: string;
	/** Filters besides those that follow from the record. */
	filters?: Field[];
	/** What there is to say of an item whose fields are right by themselves. */
	check?(item: ReadItem): Examined;
	/** Whether a row is wanted; the API lists others too. */
	keeps?(row: IDataObject, query: IDataObject, values: IDataObject): boolean;
	/** Whether a record that is not kept may match all the same: how many there are is told in a hint. */
	isUntold?(row: IDataObject, values: IDataObject): boolean;
}

/** *Get Many*: the newest records that meet the filters. */
export function getMany(record: Readable, about: Lists): Operation {
	const { noun = record.noun, description, keeps } = about;
	const plural = nounsOf(noun);
	const filters = filtersOf([
		...(about.filters ?? record.filters ?? []),
		...(record.finders ?? []).map(({ field }) => field).filter(({ api }) => api !== undefined),
		recordField(integration),
		...(record.noun === property.noun ? [] : [recordField(property)]),
	]);
	return readOperation(
		{ value: 'getAll', name: 'Get Many', action: `Get many ${plural}`, description },
		{
			service: propexo,
			fields: listingFields,
			collections: [filters],
			check: (item) => ({
				problems: [...withoutPlace(record, item), ...(about.check?.(item).problems ?? [])],
				remarks: record.noun === property.noun ? [] : pmsIdAnywhere(item),
			}),
			rows: async (get, item) => {
				const query = { ...item.body };
				const { values } = item;
				let untold = 0;
				const kept =
					keeps &&
					((row: IDataObject) => {
						const isKept = keeps(row, query, values);
						if (!isKept && about.isUntold?.(row, values)) untold++;
						return isKept;
					});
				const rows = await newest(get, record.path, query, {
					wanted: wantedRows(values),
					keeps: kept,
					complete: about.completes?.(get),
				});
				if (rows.some((row) => isOther(record, row, query))) throw othersThanAsked(plural);
				if (untold > 0)
					item.remarks.push({ label: 'Filters', remark: leftOut(untold, noun, plural) });
				return rows;
			},
			output: record,
		},
	);
}

/** Whether a record is another one than the filters ask for. What else than people hold a record need not tell. */
const isOther = ({ finders = [] }: RecordType, row: IDataObject, query: IDataObject): boolean =>
	Object.entries(query).some(([name, value]) => {
		const finder = finders.find(({ field }) => field.api === name);
		const held = finder ? finder.of(row) : [row[COLUMN_OF[name] ?? name] ?? []].flat();
		const formOf = (one: unknown) => (finder ? finder.alike(textOf(one)) : textOf(one));
		return (finder ?? held.length > 0) && !held.some((one) => formOf(one) === formOf(value));
	});

/**
 * @cause Propexo ignored a filter, so its answer is about others. Nothing was taken from it.
 * @cure Run it again. If it goes on, ask Propexo why.
 */
const othersThanAsked = (plural: string): NothingThere =>
	new NothingThere(
		`Propexo answered with other ${plural} than the filters ask for`,
		'None of them was taken. Run it again. If this goes on, ask Propexo why.',
	);

/**
 * @cause A hint: a filter asks for appointments of a certain time, and the times of some are not certain.
 * @cure Read them without the filter: their column `problem` says why; where `start` and `problem` are empty, Propexo gives no time.
 */
const leftOut = (count: number, noun: string, plural: string): string =>
	`left out ${count} ${count === 1 ? `${noun} whose time is` : `${plural} whose times are`} not certain. Read without the filter: the columns 'start' and 'problem' say why`;

const PMS_ID = 'PMS ID';

/**
 * The problems of filters without the place that they need. Source: `unit_number` of Propexo's OpenAPI file, and for an
 * ID of a PMS its guide on filtering.
 */
function withoutPlace({ finders = [] }: RecordType, { values }: ReadItem): Problem[] {
	return finders.flatMap(({ field: { name, label }, needs }) => {
		if (needs === undefined || values[name] === undefined) return [];
		const place = needs === 'Integration' ? integration : property;
		if (values[parameterOf(place)] !== undefined) return [];
		const article = needs === 'Integration' ? 'an' : 'a';
		/**
		 * @cause A PMS ID or a unit number is only clear together with its integration or property.
		 * @cure Add that filter.
		 */
		return [{ label, wrong: `needs ${article} '${needs}' beside it. Add it under 'Filters'` }];
	});
}

/**
 * A remark about a PMS ID without a property. The guide demands the property, but the OpenAPI file calls that parameter
 * deprecated or has none, so Propexo decides.
 */
function pmsIdAnywhere({ values }: ReadItem): Remark[] {
	if (values.xId === undefined || values.propertyId !== undefined) return [];
	/**
	 * @cause A hint: some PMSs number the records of each property separately, so the same ID may come several times.
	 * @cure Add the filter _Property_.
	 */
	const remark =
		"was looked for in all properties of the integration. If each has its own numbers, add a 'Property' under 'Filters'";
	return [{ label: PMS_ID, remark }];
}
