import type { IDataObject } from 'n8n-workflow';

import type { Field, FieldsOwner, FoundBy } from '../fields/field';
import { allFields } from '../fields/field';
import type { ReadItem } from '../fields/item';
import type { Get } from './get';

/*
 * By what a kind of record can be found, declared once: the modes of the editor, the look-up and its messages follow.
 */

/** Something people hold of a record, and how it is compared. */
export interface Finder extends FoundBy {
	/** What it is, in a sentence: "the e-mail address". */
	is: string;
	/** The form in which two that mean the same are equal; '' for what is none. */
	alike(text: string): string;
	/** What a record holds of it. */
	of(row: IDataObject): unknown[];
	/**
	 * The query that has the service look for it; undefined where it cannot, so that the list is read.
	 *
	 * @param within where it is looked for: `list` and `part` of the place
	 */
	query?(value: string, within: IDataObject): IDataObject | undefined;
	/** What else must be known for it to tell one record from others; completes "'Label' …". */
	lacks?(within: IDataObject): string | undefined;
}

/** Where the record of one item is looked for. Both are queries of the list, and every record must agree with them. */
export interface Where {
	/** The list of all records that may be meant, such as those of an integration. */
	list: IDataObject;
	/** What narrows that list down, such as a property. */
	part: IDataObject;
	/** Leaves out records that cannot be meant. */
	keeps?(row: IDataObject): boolean;
	/** Reads the name of the place, for a message: "Maple Court". Undefined where there is none to tell. */
	name(): Promise<string | undefined>;
}

/** How one record is read that an item names by its ID. */
export type ReadById = (path: string, noun: string) => Promise<IDataObject>;

/** What besides the fields of an item says where its record is looked for. */
export interface About {
	/** The resource of the node, such as `leadEvent`: whom the operation is about. */
	resource: string;
	/** The item's options. */
	options: IDataObject;
	readById: ReadById;
}

/** The records of a list, or how many requests it would take to read them all. */
export type Listed = { rows: IDataObject[] } | { requests: number };

/** What tells which of several records is the newest, and which are active; declared for people alone. */
export interface Ages {
	/** ISO times of when a record came into being, the surest first. */
	madeAt(row: IDataObject): unknown[];
	isActive(row: IDataObject): boolean;
	/** All records that were found are one person, however many there are, so that the newest is meant. */
	areOne?(item: ReadItem, rows: IDataObject[]): boolean;
}

/** A kind of record that can be found by what people hold. */
export interface Findable {
	/** As users call one and several: "lead", "leads". */
	noun: string;
	plural: string;
	/** Where all are listed. */
	path: string;
	modes: readonly Finder[];
	/** Fields of a record that are kept beside those it is found by: what the rest of the declaration looks at. */
	facts: string[];
	/** Parameters on which it depends where a record is looked for: they are found before. */
	dependsOn: string[];
	ages?: Ages;
	/** What the user can do where none is found; a sentence. */
	advice?: string;
	/**
	 * Tells where the record of an item is looked for, by what else the item names.
	 *
	 * @throws NothingThere when the item names what does not exist or does not fit
	 */
	where(item: ReadItem, about: About): Promise<Where>;
	/** The path of one record, by which it is known again. */
	pathOf(id: string): string;
	/** Whether a record is one of those that a query asks for. */
	agrees(row: IDataObject, query: IDataObject): boolean;
	/** The records that a query gives, where a finder has one; `more` when there are others behind them. */
	ask?(get: Get, query: IDataObject): Promise<{ rows: IDataObject[]; more: boolean }>;
	/**
	 * Reads all records that a query gives.
	 *
	 * @param most gives the number of requests instead where it would take more of them
	 */
	readAll(get: Get, query: IDataObject, most: number): Promise<Listed>;
	/** Reads one record by its path; `noun` is what users call it. Left out where none can be read so. */
	readOne?(get: Get, path: string, noun: string): Promise<IDataObject>;
	/** What tells the records of several apart, in the order of the rows: "Maple Court, added 2026-03-01". */
	tellApart(rows: IDataObject[], readById: ReadById, get: Get): Promise<string[]>;
}

/** By what a field's record can be found. */
export function findableOf(field: Field): Findable | undefined {
	const findable = field.kind === 'record' ? field.findable : undefined;
	return findable && 'readAll' in findable ? (findable as Findable) : undefined;
}

/** Whether an operation has a field whose record can be one of several of different age. */
export const hasAges = (owner: FieldsOwner): boolean =>
	allFields(owner).some((field) => findableOf(field)?.ages !== undefined);
