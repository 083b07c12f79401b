import type { IDataObject } from 'n8n-workflow';

import type { Ages, Finder } from '../../shared/find/findable';
import { segment } from '../../shared/http/credential';
import type { Columns } from '../../shared/read/columns';

/** The ID of a record that has been chosen in a parameter; '' for none. */
export type Chosen = (parameter: string) => string;

/** How the editor lists records of a kind, so that one can be chosen. */
export interface Picker {
	/** What must be chosen before, so that only what belongs to it is listed. */
	of: 'everything' | 'integration' | 'property';
	/** Further parameters that the list depends on. */
	dependsOn?: string[];
	/** Further parts of the query; called when the rest is known. */
	query?(chosen: Chosen): IDataObject;
	/** Leaves records out that cannot be meant. `resource` is that of the node, such as `leadEvent`. */
	keeps?(row: IDataObject, resource: string): boolean;
	/** What a person calls the record. */
	name(row: IDataObject): string;
	/** What tells it from others of the name, such as an e-mail address; empty parts are left out. */
	details?(row: IDataObject): unknown[];
	/** What tells things of the same name apart in a message: nothing about a person. */
	apart?(row: IDataObject): unknown[];
	/** What a search looks at besides what is shown. */
	hidden?(row: IDataObject): unknown[];
	/** Newest first, as the API gives it, rather than by name. */
	newestFirst?: true;
}

/** Something people hold of a record. What is given of it has an `api` where the list has that filter. */
export interface RecordFinder extends Finder {
	/** What the API's filter needs beside it; without an integration it tells nothing, even in a list that was read. */
	needs?: 'Integration' | 'Property';
	/** The value of the filter for a text that is such a thing, undefined for any other text. */
	typed?(text: string): string | undefined;
}

/** A kind of record of Propexo, declared once: fields, pickers, lists, filters and columns follow from it. */
export interface RecordType {
	/** As users call one, in lower case: "event sub type". The names of fields follow from it. */
	noun: string;
	/** As users call several. */
	plural: string;
	/** What its ID is, for messages: "a lead's Propexo ID". */
	id: string;
	/** Where all are listed; one is read by its ID behind it. */
	path: string;
	/** The path of one ends with a slash too. */
	slashAfterId?: true;
	/** Of a field that names one. */
	description: string;
	placeholder?: string;
	picker?: Picker;
	/** By what it can be found, the surest first. */
	finders?: RecordFinder[];
	/** Of several people, which is the newest, and which are active. */
	ages?: Ages;
	/** Fields of a record, besides those of all records, that tell it from others or what it belongs to. */
	facts?: string[];
	/** What to do where none is found; a sentence. */
	advice?: string;
	/** What *Simplify* gives. */
	columns?: Columns;
}

/** Reads one by its ID. */
export function pathOf({ path, slashAfterId }: RecordType, id: string): string {
	return `${path}${segment(id)}${slashAfterId ? '/' : ''}`;
}

/** As labels are written: "Event Sub Type". */
export const titleCase = (words: string): string =>
	words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/** The parameter that names one: `eventSubTypeId`. */
export function parameterOf({ noun }: RecordType): string {
	return `${noun.charAt(0)}${titleCase(noun).replaceAll(' ', '').slice(1)}Id`;
}

/** The `listSearch` method that fills its picker: `searchEventSubTypes`. */
export function searchMethodOf({ plural }: RecordType): string {
	return `search${titleCase(plural).replaceAll(' ', '')}`;
}
