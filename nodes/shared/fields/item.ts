import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { textOf } from '../json/text';
import type { Condition, Field, FieldCollection, FieldsOwner } from './field';
import { allFields, apiName } from './field';
import type { Clock } from './times/clock';
import { checkValue } from './values';

/** What is wrong with one field of one item. */
export interface Problem {
	label: string;
	/** Completes "'Label' …". */
	wrong: string;
	/**
	 * Given for a field that is only empty: what needs it, e.g. "'Event Kind' Call" or "Yardi"; '' for a field that is
	 * always needed. Fields that are needed by the same are told in one sentence.
	 */
	neededBy?: string;
	/** The collection under which such a field is added. */
	under?: string;
}

/** What is told of one field of one item, although it was sent. */
export interface Remark {
	label: string;
	/** Completes "'Label' …". */
	remark: string;
}

/** The fields of one item, read and checked. */
export interface ReadItem {
	/** Checked values by parameter name; nothing that was not filled in. */
	values: IDataObject;
	/** The part of `values` that belongs into the request, by the API's names. */
	body: IDataObject;
	problems: Problem[];
	/** What is told of the item and stops nothing. */
	remarks: Remark[];
}

function holds(condition: Condition, values: IDataObject): boolean {
	return Object.entries(condition).every(([name, wanted]) => wanted.includes(textOf(values[name])));
}

/** The values of an item that no message repeats: all but choices from a list, which are the API's own words. */
export function privateValues({ values }: ReadItem, owner: FieldsOwner): unknown[] {
	return allFields(owner)
		.filter(({ kind }) => kind !== 'choice' && kind !== 'choices')
		.map(({ name }) => values[name]);
}

/** How a required field that is empty is told, with the choice that makes it required. */
function missing(field: Field, values: IDataObject, fields: Field[]): Problem {
	const choices = Object.keys(field.required === true ? (field.shownFor ?? {}) : { ...field.required })
		.map((name) => {
			const owner = fields.find((other) => other.name === name);
			if (owner?.kind !== 'choice') return undefined;
			const option = owner.options.find(({ value }) => value === values[name]);
			return option && { owner: owner.label, option: option.name };
		})
		.filter((choice) => choice !== undefined);
	const when = choices.map(({ owner, option }) => `'${owner}' is ${option}`).join(' and ');
	return {
		label: field.label,
		wrong: `is empty and must be filled in${when === '' ? '' : ` when ${when}`}`,
		neededBy: choices.map(({ owner, option }) => `'${owner}' ${option}`).join(' and '),
	};
}

/**
 * Reads and checks the fields of one item. Nothing is thrown: every field that is wrong is in `problems`, so that
 * one run shows the user all of them.
 *
 * @param fields in an order in which a field comes after those its conditions speak of
 * @param collections sets of optional fields; a field in one of them yields to a top-level field of the same name
 * @param clock how dates and times are read
 */
export function readItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	fields: Field[],
	collections: FieldCollection[],
	clock: Clock,
): ReadItem {
	const read: ReadItem = { values: {}, body: {}, problems: [], remarks: [] };
	const take = (field: Field, get: () => unknown, collection?: string) => {
		const expression = () => expressionOf(ctx, field.name, collection);
		const checked = safely(() => checkValue(field, get(), { ...clock, expression }));
		if ('wrong' in checked) {
			read.problems.push({ label: field.label, wrong: checked.wrong });
		} else if (checked.value !== undefined) {
			read.values[field.name] = checked.value;
			if (!field.local) read.body[apiName(field)] = checked.value;
		} else if (field.required && (field.required === true || holds(field.required, read.values))) {
			read.problems.push(missing(field, read.values, fields));
		}
	};
	for (const field of fields) {
		if (field.shownFor && !holds(field.shownFor, read.values)) continue;
		// Whatever stands in a resource locator is unwrapped when it is checked.
		take(field, () => ctx.getNodeParameter(field.name, itemIndex, undefined));
	}
	for (const collection of collections) {
		const given = readCollection(ctx, itemIndex, collection.name);
		if (!given) {
			read.problems.push({
				label: collection.label,
				wrong: 'could not be read. Check its expressions',
			});
			continue;
		}
		for (const field of collection.fields) {
			if (!(field.name in given) || field.name in read.values) continue;
			if (field.shownFor && !holds(field.shownFor, read.values)) continue;
			take(field, () => given[field.name], collection.name);
		}
	}
	return read;
}

/** The expression of a parameter without its braces, where it is one expression and nothing else. */
function expressionOf(ctx: IExecuteFunctions, name: string, collection?: string): string | undefined {
	const { parameters } = ctx.getNode();
	const owner = collection === undefined ? parameters : (parameters[collection] as IDataObject | undefined);
	const [, expression] = /^=\s*\{\{((?:(?!\}\}).)+)\}\}\s*$/s.exec(textOf(owner?.[name])) ?? [];
	return expression?.trim();
}

function readCollection(ctx: IExecuteFunctions, itemIndex: number, name: string): IDataObject | undefined {
	try {
		return ctx.getNodeParameter(name, itemIndex, {}) as IDataObject;
	} catch {
		return undefined;
	}
}

/** An expression that cannot be evaluated is this item's problem, not the end of the run. */
function safely(check: () => ReturnType<typeof checkValue>): ReturnType<typeof checkValue> {
	try {
		return check();
	} catch {
		return { wrong: 'could not be read. Check its expression' };
	}
}
