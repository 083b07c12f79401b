import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Condition, EmailField, PhoneField, RecordField, TextField } from '../../shared/fields/field';
import { segment } from '../../shared/http/credential';
import type { Columns } from '../../shared/read/columns';

/** How the editor lists records of a kind, so that one can be chosen. */
export interface Picker {
	/** What must be chosen before, so that only what belongs to it is listed. */
	of: 'everything' | 'integration' | 'property';
	/** Further parameters that the list depends on. */
	dependsOn?: string[];
	/** Further parts of the query; called when the rest is known. */
	query?(ctx: ILoadOptionsFunctions): IDataObject;
	/** Leaves records out that cannot be meant. */
	keeps?(row: IDataObject, ctx: ILoadOptionsFunctions): boolean;
	/** What a person calls the record. */
	name(row: IDataObject): string;
	/** What tells it from others of the name, such as an e-mail address; empty parts are left out. */
	details?(row: IDataObject): unknown[];
	/** What a search looks at besides what is shown. */
	hidden?(row: IDataObject): unknown[];
	/** Newest first, as the API gives it, rather than by name. */
	newestFirst?: true;
}

/** Something people hold by which the API finds a record. */
export interface Finder {
	/** The filter of the list; its `api` is the API's own name. */
	filter: (TextField | EmailField | PhoneField) & { api: string };
	/** The value of the filter for a text that is such a thing, undefined for any other text. */
	read(typed: string): string | undefined;
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
	finders?: Finder[];
	/** What *Simplify* gives. */
	columns?: Columns;
}

/** Reads one by its ID. */
export function pathOf({ path, slashAfterId }: RecordType, id: string): string {
	return `${path}${segment(id)}${slashAfterId ? '/' : ''}`;
}

const titleCase = (words: string): string => words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/** The `listSearch` method that fills its picker: `searchEventSubTypes`. */
export function searchMethodOf({ plural }: RecordType): string {
	return `search${titleCase(plural).replaceAll(' ', '')}`;
}

/** What a field that names a record says beyond the record itself. */
export interface OwnOfField {
	required?: true;
	local?: true;
	shownFor?: Condition;
	hint?: string;
	description?: string;
	/** Parameters its list depends on, instead of the ones beside it. */
	dependsOn?: string[];
}

/** A field that names a record of a kind: chosen from its picker, or typed. */
export function recordField(record: RecordType, { dependsOn, ...own }: OwnOfField = {}): RecordField {
	const { noun, id, picker, description, placeholder } = record;
	const label = titleCase(noun);
	const field = {
		name: `${noun.charAt(0)}${label.replaceAll(' ', '').slice(1)}Id`,
		label,
		kind: 'record' as const,
		record: id,
		description,
		...(placeholder !== undefined && { placeholder }),
		...own,
	};
	if (!picker) return field;
	const beside = picker.of === 'everything' ? [] : ['integrationId', ...(picker.dependsOn ?? [])];
	const depends = dependsOn ?? beside;
	return {
		...field,
		searchMethod: searchMethodOf(record),
		...(depends.length > 0 && { dependsOn: depends }),
	};
}
