import type { INode } from 'n8n-workflow';

import type { Field } from '../../fields/field';
import { allFields } from '../../fields/collections';
import type { ReadItem } from '../../fields/item';
import { withoutCaseAndSigns } from '../../fields/kinds/choice';
import { NEW_EACH_TIME } from '../../fields/newEachTime';
import { hasOffset } from '../../fields/times/clock';
import { emailForm, phoneAlike } from '../../find/alike';
import { findableOf } from '../../find/findable';
import { canonical } from '../../json/compare';
import { hash } from '../../json/hash';
import { isObject } from '../../json/objects';
import { textOf } from '../../json/text';
import type { Write } from '../write';

/*
 * Whether two items are the same event, although some expressions give another value each time they are evaluated.
 */

/** An expression that holds such a value, or one that changes from day to day. */
const CHANGES_EACH_TIME = new RegExp(String.raw`${NEW_EACH_TIME}|\$today\b`);

/** The same in all tries of one run. It may choose what each round of a loop is about. */
const RUN_INDEX = /\$runIndex\b/;

/** An expression whose value may be another one in a later run of the node, also for an item that says the same. */
export const CHANGES_WITH_RUNS = new RegExp(
	String.raw`${CHANGES_EACH_TIME.source}|${RUN_INDEX.source}|\$itemIndex\b`,
);

/** A field as the workflow holds it, before n8n evaluates it. One in a collection stands under the collection. */
function written({ parameters }: INode, write: Write, name: string): unknown {
	const places = [parameters, ...write.collections.map((collection) => parameters[collection.name])];
	// A collection that is one expression as a whole holds its fields in that.
	return places.map((place) => (isObject(place) ? (place as Record<string, unknown>)[name] : place));
}

/** Whether the expression of a field has one of these in it. */
const has = (pattern: RegExp, node: INode, write: Write, name: string): boolean =>
	pattern.test(canonical(written(node, write, name)));

const changesEachTime = (...field: [INode, Write, string]): boolean =>
	has(CHANGES_EACH_TIME, ...field) || has(RUN_INDEX, ...field);

/**
 * What stays of an item when it is read again: its fields, without those whose value changes each time. A field with `$runIndex`
 * stays, whatever else its expression holds: all tries of one run read the same there, and it may tell what the item is about.
 */
export interface Steady {
	/** Their values before records are found: one that it names may be found no more by then. */
	beforeFinding: unknown[];
	/** The same afterwards: by then, it may name them in another way. Undefined if the request holds all of it. */
	afterFinding(read: ReadItem): unknown[] | undefined;
}

/** Tells what stays of an item; undefined if its request holds all of it: then no field changes, and no record is found. */
export function steadyOf(node: INode, write: Write): (read: ReadItem) => Steady | undefined {
	const { resource, operation } = node.parameters;
	const names = allFields(write).map(({ name }) => name);
	const steady = names.filter(
		(name) => !has(CHANGES_EACH_TIME, node, write, name) || has(RUN_INDEX, node, write, name),
	);
	return ({ values, sought, problems }) => {
		const changes = steady.length < names.length;
		if (problems.length > 0 || !(changes || Object.keys(sought).length > 0)) return undefined;
		const asSought = (name: string) => sought[name] && [sought[name].by.mode, sought[name].value];
		return {
			beforeFinding: [resource, operation, ...steady.map((name) => asSought(name) ?? values[name])],
			afterFinding: (read) =>
				changes ? [resource, operation, ...steady.map((name) => read.values[name])] : undefined,
		};
	};
}

/** A value in a form that is the same for equal values. */
function comparable(field: Field | undefined, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((entry) => canonical(comparable(field, entry))).sort();
	// One of a list may be sent in the spelling of the list.
	if (field?.kind === 'text' && field.searchMethod !== undefined)
		return withoutCaseAndSigns(textOf(value)) || value;
	if (field?.kind === 'email') return emailForm(textOf(value));
	if (field?.kind === 'phone') return phoneAlike(textOf(value)) || value;
	// Without an offset a time is compared as it is written.
	const isMoment = field?.kind === 'dateTime' && typeof value === 'string' && hasOffset(value);
	const time = isMoment ? Date.parse(value) : Number.NaN;
	return Number.isNaN(time) ? value : time;
}

/**
 * What an item says about a record that is to be found, in the form in which such values are compared. A redelivery says the
 * same, even if another record is found for it.
 */
function soughtIn({ sought }: ReadItem, field: Field | undefined): unknown {
	const given = field && sought[field.name];
	if (!given) return undefined;
	const finder = findableOf(field)?.modes.find(({ mode }) => mode === given.by.mode);
	return { by: given.by.mode, value: finder?.alike(given.value) || given.value.trim() };
}

/**
 * A hash of what makes two items with one key the same event: who, what kind, when (`Write.sameEvent`), and the address it
 * is sent to. Fields whose expression gives another value each time, such as `{{ $now }}`, are left out.
 *
 * @param read the fields as they were read, before records are found and times get an offset
 * @param address of the service: an event in the sandbox is not in production
 */
export function eventHash(node: INode, write: Write, read: ReadItem, address: string | undefined): string {
	const fields = allFields(write);
	const telling = write
		.sameEvent(read)
		.filter((name) => !changesEachTime(node, write, name))
		.map((name) => {
			const field = fields.find((one) => one.name === name);
			return [name, comparable(field, read.values[name] ?? soughtIn(read, field))];
		});
	return hash(canonical([address, telling]));
}
