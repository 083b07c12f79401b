import type { IDataObject } from 'n8n-workflow';

import type { FieldsOwner } from '../fields/collections';
import type { Field, FoundBy } from '../fields/field';
import { allFields } from '../fields/collections';
import type { ReadItem } from '../fields/item';
import type { Get } from './get';

/*
 * How a kind of record can be found, declared once. The editor's modes, finding and its messages follow from it.
 */

/** One thing by which a record can be found, and how it is compared. */
export interface Finder extends FoundBy {
	/** What it is, in a sentence: "the email address". */
	is: string;
	/** The normal form: equal for values that mean the same, '' for a text that is no such value. */
	alike(text: string): string;
	/** The values of it that a record holds. */
	of(row: IDataObject): unknown[];
	/**
	 * The query with which the service searches for it; undefined if it cannot, so that the list is read instead.
	 *
	 * @param within the place: `list` and `part` of `Where` together
	 */
	query?(value: string, within: IDataObject): IDataObject | undefined;
	/**
	 * How else a record may spell the value: the service may compare it letter by letter, and is asked for these where it
	 * finds none. 'any': in more ways than can be asked for, so that the list of the place is read then.
	 */
	spellings?: 'any' | ((key: string) => string[]);
	/** Where else a record may hold such a value: looked for there if no record of the place holds it in the first. */
	second?: Finder;
	/** What the place lacks, so that the value may belong to several records; completes "'Label' …". */
	lacks?(within: IDataObject): string | undefined;
}

/**
 * The place: where the record of one item is looked for. `list` and `part` are queries, and every record that is found
 * must match both.
 */
export interface Where {
	/** The list of all records that may be meant, such as those of an integration. */
	list: IDataObject;
	/** What narrows that list down, such as a property. */
	part: IDataObject;
	/** Those of the records that were found which the item means, where their values alone do not tell it. */
	meant?(rows: IDataObject[]): Promise<IDataObject[]>;
	/**
	 * Checks the record that was chosen.
	 *
	 * @throws NothingThere when the item must not be about it
	 */
	expect?(row: IDataObject): void;
	/** Reads the name of the place, for a message: "Maple Court". Undefined if it has none. */
	name(): Promise<string | undefined>;
}

/** Reads a record that an item names by its ID. `noun` is what users call it. */
export type ReadById = (path: string, noun: string) => Promise<IDataObject>;

/** What decides, besides the item's fields, where its record is looked for. */
export interface About {
	/** The resource of the node, such as `leadEvent`. It says which people the operation is about. */
	resource: string;
	/** The item's options. */
	options: IDataObject;
	readById: ReadById;
	get: Get;
}

/** The records of a list, or how many requests it takes to read them all; where that is known, both. */
export type Listed = { rows: IDataObject[]; requests?: number } | { requests: number };

/** How to tell which of several records is the newest, and which are active. Declared for people only. */
export interface Ages {
	/** When a record was created, as ISO times, the most reliable first. */
	madeAt(row: IDataObject): unknown[];
	isActive(row: IDataObject): boolean;
	/** Whether all records that were found are one person. Then the newest is taken, even with *Refuse*. */
	areOne?(item: ReadItem, rows: IDataObject[]): boolean;
	/** Whether that holds for any records with the same value. */
	areAlwaysOne?(item: ReadItem, finder: Finder): boolean;
}

/** A kind of record that can be found by what people hold. */
export interface Findable {
	/** As users call one and several: "lead", "leads". */
	noun: string;
	plural: string;
	/** The path of the list of all of them. */
	path: string;
	modes: readonly Finder[];
	/** Fields of a record that are kept because this declaration reads them. */
	facts: string[];
	/** The values change from one event to the next, so a list that was read before this run does not count. */
	changing?: true;
	/** Parameters that decide the place of a record. Their own records are found first. */
	dependsOn: string[];
	ages?: Ages;
	/** Whether a record is out of use. Of several that match, those that are in use are meant. */
	isGone?(row: IDataObject): boolean;
	/** A remark about a record that may not be there any more. */
	doubt?(row: IDataObject): string | undefined;
	/** What the user can do if none is found; a sentence. */
	advice?: string;
	/**
	 * Gives the place of an item's record, from the other records that the item names.
	 *
	 * @throws NothingThere when one of those does not exist, or they do not fit together
	 */
	where(item: ReadItem, about: About): Promise<Where>;
	/** The path of one record; also its name in `RecordsById`. */
	pathOf(id: string): string;
	/** Whether a record matches a query. */
	agrees(row: IDataObject, query: IDataObject): boolean;
	/** Reads the records that match the query of a finder. `more`: there are others that were not read. */
	ask?(get: Get, query: IDataObject): Promise<{ rows: IDataObject[]; more: boolean }>;
	/**
	 * Reads all records that match a query.
	 *
	 * @param most the most requests for that; if more are needed, it gives their number instead of the records
	 */
	readAll(get: Get, query: IDataObject, most: number): Promise<Listed>;
	/**
	 * The queries of parts of a list, newest records first; together they give the whole list. Reading them ends as soon
	 * as the newest record is found, where no other one is meant. Left out if that saves nothing.
	 */
	portions?(query: IDataObject): IDataObject[];
	/**
	 * The query of those records that were added to a list since then, so that a list of people can be used for a while;
	 * undefined if no new record belongs into it. Left out if the service cannot tell it.
	 *
	 * @param since epoch ms by the machine's clock
	 */
	newer?(query: IDataObject, since: number): IDataObject | undefined;
	/**
	 * Reads one record by its path; `noun` is what users call it. Left out where no place depends on another record.
	 *
	 * @throws NothingThere when there is no such record
	 */
	readOne?(get: Get, path: string, noun: string): Promise<IDataObject>;
	/** For each row, in their order, what tells it from the others: "Maple Court, added 2026-03-01". */
	tellApart(rows: IDataObject[], readById: ReadById, get: Get): Promise<string[]>;
}

/** All finders of a kind: those that the editor offers as modes, and where else each one looks. */
export const allFinders = ({ modes }: Pick<Findable, 'modes'>): Finder[] =>
	modes.flatMap((finder) => (finder.second ? [finder, finder.second] : [finder]));

/** How the record of a field can be found; undefined if only by its ID. */
export function findableOf(field: Field): Findable | undefined {
	const findable = field.kind === 'record' ? field.findable : undefined;
	return findable && 'readAll' in findable ? (findable as Findable) : undefined;
}

/** Whether the place of a field's record depends on the record that a parameter names. */
export const isPlacedBy = (field: Field, parameter: string): boolean =>
	findableOf(field)?.dependsOn.includes(parameter) === true;

/** Whether an operation has a field that names a person, so that it offers *If Several Match*. */
export const hasAges = (owner: FieldsOwner): boolean =>
	allFields(owner).some((field) => findableOf(field)?.ages !== undefined);
