import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../../shared/fields/field';
import type { Ages, Finder } from '../../shared/find/findable';
import { segment } from '../../shared/http/service';
import { isObject } from '../../shared/json/objects';
import type { Schema } from '../../shared/json/schema';
import { TEXT, TEXT_OR_NULL } from '../../shared/json/schema';
import { nounsOf, textOf, titleCase } from '../../shared/json/text';
import type { Columns } from '../../shared/read/output';

/** @noMessage It ends descriptions of fields. */
export const BY_ID = "'By ID' takes the Propexo ID, not the one that the PMS shows.";

/** A text without spaces around it. */
export const trimmed = (value: unknown): string => textOf(value).trim();

/** Gives the ID of the record that is chosen in a parameter; '' for none. */
export type Chosen = (parameter: string) => string;

/** How the editor lists records of a kind, so that one can be chosen. */
export interface Picker {
	/** What must be chosen first. Only records that belong to it are listed. */
	of: 'everything' | 'integration' | 'property';
	/** Further parameters that the list depends on. */
	dependsOn?: string[];
	/** Adds to the query; called when the rest is known. */
	query?(chosen: Chosen): IDataObject;
	/** Whether a record can be meant. `resource` is that of the node, such as `leadEvent`. */
	keeps?(row: IDataObject, resource: string, chosen: Chosen): boolean;
	/** What users call the record. */
	name(row: IDataObject): string;
	/** What tells it from others of the same name, such as an email address. Empty parts are left out. */
	details?(row: IDataObject): unknown[];
	/** What tells things of the same name apart in a message: nothing about a person. */
	apart?(row: IDataObject): unknown[];
	/** What a search looks at besides what is shown. */
	hidden?(row: IDataObject): unknown[];
	/** Newest first, as the API gives it, rather than by name. */
	newestFirst?: true;
}

/** One thing by which a record of Propexo can be found. Its `field` has an `api` if the list has that filter. */
export interface RecordFinder extends Finder {
	/**
	 * What the API's filter needs as well. A PMS ID means nothing without its integration, not even in a list that was
	 * read.
	 */
	needs?: 'Integration' | 'Property';
	/** The value of the filter, if a text typed into the picker is such a thing; undefined for any other text. */
	typed?(text: string): string | undefined;
}

/** A kind of record of Propexo, declared once: fields, pickers, lists, filters and columns follow from it. */
export interface RecordType {
	/** As users call one, in lower case: "event sub type". The names of fields follow from it. */
	noun: string;
	/** As users call several, where that does not follow from `noun` (`pluralOf`). */
	plural?: string;
	/** What its ID is, for messages; left out, it is that of Propexo: "a lead's Propexo ID". */
	id?: string;
	/** The path of the list; the ID of one is put behind it. */
	path: string;
	/** The path of one ends with a slash too. */
	slashAfterId?: true;
	/** The description of a field that names one. */
	description: string;
	picker?: Picker;
	/** How it can be found, the most reliable first. */
	finders?: RecordFinder[];
	/** How to tell which of several people is the newest, and which are active. */
	ages?: Ages;
	/** Whether it is out of use in the PMS. Of several that match, one that is in use is meant. */
	isGone?(row: IDataObject): boolean;
	/** A remark about one that may not be in the PMS any more. */
	doubt?(row: IDataObject): string | undefined;
	/** Fields that are kept of a record, besides those of all records (`FACTS`). */
	facts?: string[];
	/** What the user can do if none is found; a sentence. */
	advice?: string;
	/** What *Simplified* gives. */
	columns?: Columns;
	/** Its other fields in Propexo's OpenAPI file. */
	others?: readonly string[];
	/** What its list can be narrowed by, besides what it is found by. */
	filters?: Field[];
}

/** What the box for the ID of a record shows: all IDs of Propexo look alike. */
export const EXAMPLE_ID = 'e.g. clwktsp9v000108l3aq7f3k2m';

/** "a lead", "an event type" */
export const withArticle = (noun: string): string => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** As users call several: "event sub types", "properties". */
export const pluralOf = ({ noun, plural = nounsOf(noun) }: RecordType): string => plural;

/** The path by which one is read. */
export function pathOf({ path, slashAfterId }: RecordType, id: string): string {
	return `${path}${segment(id)}${slashAfterId ? '/' : ''}`;
}

/** Whether what was read by a path is the record that was asked for. */
export const isAt = (path: string, row: unknown): row is IDataObject =>
	isObject(row) &&
	(row.id === undefined ||
		path
			.toLowerCase()
			.split('/')
			.includes(segment(textOf(row.id)).toLowerCase()));

/** The parts that are texts, with a space between. */
export const words = (...parts: unknown[]): string =>
	parts.filter((part) => typeof part === 'string' && part !== '').join(' ');

/** For records that have a name and belong to a property. */
export const named: Picker = { of: 'property', name: ({ name }) => words(name) };

/** A note beside a record whose state is off. */
export const unless = (state: unknown, note: string): string | undefined =>
	state === false ? note : undefined;

/** The parameter that names one: `eventSubTypeId`. */
export function parameterOf({ noun }: RecordType): string {
	return `${noun.charAt(0)}${titleCase(noun).replaceAll(' ', '').slice(1)}Id`;
}

/** The `listSearch` method that fills its picker: `searchEventSubTypes`. */
export function searchMethodOf(record: RecordType): string {
	return `search${titleCase(pluralOf(record)).replaceAll(' ', '')}`;
}

/** Columns that hold texts. Propexo guarantees only `id` and `integration_id`; all others may be null. */
export const texts = (...names: string[]): Columns =>
	Object.fromEntries(
		names.map((name) => [name, name === 'id' || name === 'integration_id' ? TEXT : TEXT_OR_NULL]),
	);

/** Columns of other kinds, which may be null like all others. */
export const YES_NO: Schema = { type: ['boolean', 'null'] };
export const WORDS: Schema = { type: ['array', 'null'], items: TEXT };
