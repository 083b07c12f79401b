import type { IDisplayOptions, INodeProperties, NodeParameterValue } from 'n8n-workflow';

import { textOf } from '../json/text';
import type { Condition, Field, FieldCollection } from './field';
import { isLocator } from './field';
import { kindOf } from './kinds';
import { locator } from './locator';

/*
 * The editor's properties of fields, as n8n describes them.
 */

const RAW_EXPRESSION = { _cnd: { startsWith: '=' } };

type Rules = NonNullable<IDisplayOptions['show']>;

/** A condition as n8n compares it: a boolean parameter is no text. */
function rules(condition: Condition, siblings: Field[]): Rules {
	return Object.fromEntries(
		Object.entries(condition).map(([name, values]) => {
			const isBoolean = siblings.find((sibling) => sibling.name === name)?.kind === 'boolean';
			return [name, isBoolean ? values.map((value) => value === 'true') : values];
		}),
	);
}

/** All values that a parameter may hold, as conditions write them. */
function valuesOf(name: string, siblings: Field[]): string[] {
	const sibling = siblings.find((other) => other.name === name);
	if (sibling?.kind === 'boolean') return ['true', 'false'];
	return sibling?.kind === 'choice' ? sibling.options.map(({ value }) => textOf(value)) : [];
}

/** What else the parameters of a condition may hold. */
function othersThan(condition: Condition, siblings: Field[]): Rules {
	const others = Object.entries(condition).map(([name, values]): [string, string[]] => [
		name,
		valuesOf(name, siblings).filter((value) => !values.includes(value)),
	]);
	return rules(Object.fromEntries(others), siblings);
}

/** Anything but the one value that the rules give each parameter: also nothing, or an expression. */
function anythingBut(given: Rules): Rules {
	return Object.fromEntries(
		Object.entries(given).map(([name, values]) => [
			name,
			(values ?? []).map((value) => ({ _cnd: { not: value as NodeParameterValue } })),
		]),
	);
}

/** Adds expressions to what each parameter of the rules may hold. */
function orExpressions(given: Rules): Rules {
	return Object.fromEntries(
		Object.entries(given).map(([name, values]) => [name, [...(values ?? []), RAW_EXPRESSION]]),
	);
}

/** Only expressions. */
const onlyExpressions = (condition: Condition): Rules =>
	orExpressions(Object.fromEntries(Object.keys(condition).map((name) => [name, []])));

function property(field: Field): INodeProperties {
	return {
		displayName: field.label,
		name: field.name,
		...(isLocator(field) ? locator(field) : kindOf(field).control(field)),
		description: field.description,
		...(field.hint && { hint: field.hint }),
		...(field.fixed && { noDataExpression: true }),
	};
}

/**
 * The editor properties of one field.
 *
 * A field is hidden for all other values of the parameters it depends on, rather than shown for the right ones: the
 * editor replaces an expression by its value for the current item, and as long as there is no input, it shows the
 * fields of every value.
 *
 * A field that is required for some values gives several properties of the same name, one of which is shown. n8n
 * refuses to run while a required one is empty, and looks at the expression itself there, so the required property
 * hides from expressions, and an optional twin stands in for it. Each item is then judged by the value its own
 * expression has.
 *
 * @param show where the field belongs, e.g. `{ resource: ['leadEvent'], operation: ['create'] }`
 * @param siblings the fields its conditions speak of
 */
export function editorProperties(field: Field, show: Condition, siblings: Field[]): INodeProperties[] {
	const base = property(field);
	const isFixed = (name: string) => siblings.some((sibling) => sibling.name === name && sibling.fixed);
	const entries = Object.entries(field.shownFor ?? {});
	// No expression can stand there.
	const fixed = Object.fromEntries(entries.filter(([name]) => isFixed(name)));
	const shownFor = Object.fromEntries(entries.filter(([name]) => !isFixed(name)));
	const always = { ...show, ...rules(fixed, siblings) };
	const elsewhere = othersThan(shownFor, siblings);
	const shown = (hide: Rules): INodeProperties => ({
		...base,
		displayOptions: { show: always, ...(Object.keys(hide).length > 0 && { hide }) },
	});
	if (!field.required) return [shown(elsewhere)];
	const elsewhereOrExpression = orExpressions(elsewhere);
	const forExpressions = { show: { ...always, ...onlyExpressions(shownFor) } };
	const twins = Object.keys(shownFor).length > 0 ? [{ ...base, displayOptions: forExpressions }] : [];
	if (field.required === true) return [{ ...shown(elsewhereOrExpression), required: true }, ...twins];
	const demanded = rules(field.required, siblings);
	return [
		{ ...shown({ ...elsewhereOrExpression, ...anythingBut(demanded) }), required: true },
		shown({ ...elsewhereOrExpression, ...demanded }),
		...twins,
	];
}

/** The editor property of a collection of optional fields. */
export function collectionProperty(collection: FieldCollection, show: Condition): INodeProperties {
	return {
		displayName: collection.label,
		name: collection.name,
		type: 'collection',
		placeholder: collection.placeholder,
		default: {},
		displayOptions: { show },
		options: collection.fields
			.map((field) => {
				const base = property(field);
				// Within a collection a field may depend on parameters beside the collection.
				const outside = Object.entries(field.shownFor ?? {}).map(([name, values]) => [
					`/${name}`,
					values,
				]);
				return outside.length > 0
					? { ...base, displayOptions: { show: Object.fromEntries(outside) } }
					: base;
			})
			.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
