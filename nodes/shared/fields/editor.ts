import type { IDisplayOptions, INodeProperties, NodeParameterValue } from 'n8n-workflow';

import { textOf } from '../json/text';
import type { FieldCollection } from './collections';
import type { Condition, Field } from './field';
import { kindOf } from './kinds';
import { isLocator, locator } from './locator';
import { RAW_EXPRESSION, whereUseful } from './useless';

/*
 * The editor's properties of fields, as n8n describes them.
 */

type Rules = NonNullable<IDisplayOptions['show']>;
type Shown = Required<Pick<IDisplayOptions, 'show' | 'hide'>>;

/** The hidden parameter that says whether an expression stands in the given one. */
const expressionFlag = (name: string): string => `${name}ByExpression`;
const IS_MARKED = [true];

const flagsOf = (names: string[]): Rules =>
	Object.fromEntries(names.map((name) => [expressionFlag(name), IS_MARKED]));

/**
 * Hidden properties that tell whether an expression stands in a parameter that decides which fields are shown.
 *
 * The editor compares conditions with the value that an expression has for the first item, and drops the values of all
 * fields that are not shown for it. So a condition cannot see the expression itself. It can see this flag: one of two
 * properties of the same name, each with its own default. n8n chooses between them before it evaluates anything.
 *
 * @param show where the parameter belongs
 */
export function expressionFlags(name: string, show: Condition = {}): INodeProperties[] {
	const hidden = { displayName: 'By Expression', name: expressionFlag(name), type: 'hidden' as const };
	const whenWritten = { [name]: [RAW_EXPRESSION] };
	return [
		{ ...hidden, default: true, displayOptions: { show: { ...show, ...whenWritten } } },
		{ ...hidden, default: false, displayOptions: { show, hide: whenWritten } },
	];
}

/**
 * A property of a trigger that belongs to some of the choices of another one: for each of them that is chosen, and
 * for any expression.
 */
export function shownWith(name: string, choices: string[], property: INodeProperties): INodeProperties[] {
	const hide = flagsOf([name]);
	return [
		keptBeside([name], { ...property, displayOptions: { show: { [name]: choices }, hide } }),
		{ ...property, displayOptions: { show: hide } },
	];
}

/**
 * A property whose value stays when a parameter of its conditions is changed.
 *
 * The editor then empties a property with options, and saves it so, unless its value is one of the options. A list of several
 * never is, nor is an expression. It looks for the name of the changed parameter among the conditions, so they have its
 * path from the root instead, which means the same.
 *
 * @param names the parameters that the conditions speak of
 */
function keptBeside(names: string[], property: INodeProperties): INodeProperties {
	if (property.options === undefined) return property;
	const { show, hide } = property.displayOptions ?? {};
	const displayOptions = {
		...(show && { show: fromRoot(show, names) }),
		...(hide && { hide: fromRoot(hide, names) }),
	};
	return { ...property, displayOptions };
}

/** Conditions with the paths of some parameters from the root. */
const fromRoot = (conditions: Rules, names: string[]): Rules =>
	Object.fromEntries(
		Object.entries(conditions).map(([name, values]) => [
			names.includes(name) ? `/${name}` : name,
			values,
		]),
	);

/** The same names with other values. */
const mapped = <In, Out>(values: Record<string, In>, of: (value: In, name: string) => Out) =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value, name)]));

/** A condition as n8n compares it: a boolean parameter is no text. */
function rules(condition: Condition, siblings: Field[]): Rules {
	return mapped(condition, (values, name) => {
		const isBoolean = siblings.find((sibling) => sibling.name === name)?.kind === 'boolean';
		return isBoolean ? values.map((value) => value === 'true') : values;
	});
}

/** All values that a parameter may hold, as conditions write them. */
function valuesOf(name: string, siblings: Field[]): string[] {
	const sibling = siblings.find((other) => other.name === name);
	if (sibling?.kind === 'boolean') return ['true', 'false'];
	return sibling?.kind === 'choice' ? sibling.options.map(({ value }) => textOf(value)) : [];
}

/** What else the parameters of a condition may hold. */
function othersThan(condition: Condition, siblings: Field[]): Rules {
	const others = mapped(condition, (values, name) =>
		valuesOf(name, siblings).filter((value) => !values.includes(value)),
	);
	return rules(others, siblings);
}

/** Anything but the one value that the rules give each parameter: also nothing, or an expression. */
const anythingBut = (given: Rules): Rules =>
	mapped(given, (values = []) => values.map((value) => ({ _cnd: { not: value as NodeParameterValue } })));

/** All ways to choose some of the names, or none. */
const subsets = (names: string[]): string[][] =>
	names.reduce<string[][]>((chosen, name) => [...chosen, ...chosen.map((some) => [...some, name])], [[]]);

/** What a field is about, and how its values are written. n8n wants a full stop only after several sentences. */
function described(field: Field): string {
	const { description } = field;
	const format = kindOf(field).format?.(field);
	if (format === undefined) return description;
	return `${description}${description.endsWith('.') ? '' : '.'} ${format}`;
}

/** How a record can be given: for an AI that builds workflows, which would search for its ID in a step of its own. */
function waysToFind(field: Field): string | undefined {
	const modes = field.kind === 'record' ? (field.findable?.modes ?? []) : [];
	if (modes.length === 0) return undefined;
	const named = modes.map(({ mode }) => `"${mode}"`).join(', ');
	/** @noMessage It is for AIs that build workflows. */
	return `Mode "id" takes the ID of the record; ${named} find it by what people know of it, without a step that searches for it.`;
}

function property(field: Field): INodeProperties {
	const propertyHint = [field.builderHint, waysToFind(field)].filter(Boolean).join(' ');
	return {
		displayName: field.label,
		name: field.name,
		...(isLocator(field) ? locator(field) : kindOf(field).control(field)),
		description: described(field),
		...(field.hint && { hint: field.hint }),
		...(propertyHint && { builderHint: { propertyHint } }),
		...(field.fixed && { noDataExpression: true }),
	};
}

/** Names of the parameters that the conditions of fields speak of. */
const decidingNames = (fields: Field[]): string[] =>
	fields.flatMap(({ shownFor, required }) =>
		Object.keys({ ...shownFor, ...(required === true ? {} : required) }),
	);

/**
 * The editor properties of one field.
 *
 * A field is hidden for all other values of the parameters it depends on, rather than shown for the right ones, so that
 * one without a value shows the fields of all. While an expression stands in such a parameter, the field is shown
 * whatever its value is; then a twin of the same name takes the place of the property (`expressionFlags`).
 *
 * A field that is required for some values also gives several properties of the same name, one of which is shown. n8n
 * refuses to run while a required one is empty, so the twins for expressions are optional. Each item is judged by the
 * value that its own expression has.
 *
 * @param show where the field belongs, e.g. `{ resource: ['leadEvent'], operation: ['create'] }`
 * @param siblings the fields its conditions speak of
 */
export function editorProperties(field: Field, show: Condition, siblings: Field[]): INodeProperties[] {
	const deciding = decidingNames(siblings);
	const flags = deciding.includes(field.name) && !field.fixed;
	return [
		...whereUseful(
			field,
			twins(field, show, siblings).map((one) => keptBeside(deciding, one)),
			show,
		),
		...(flags ? expressionFlags(field.name, show) : []),
	];
}

function twins(field: Field, show: Condition, siblings: Field[]): INodeProperties[] {
	const base = property(field);
	const isFixed = (name: string) => siblings.some((sibling) => sibling.name === name && sibling.fixed);
	const entries = Object.entries(field.shownFor ?? {});
	// No expression can stand there.
	const fixed = Object.fromEntries(entries.filter(([name]) => isFixed(name)));
	const always = { ...show, ...rules(fixed, siblings) };
	const elsewhere = othersThan(Object.fromEntries(entries.filter(([name]) => !isFixed(name))), siblings);
	const names = Object.keys(elsewhere);
	/** Where expressions stand in these parameters, and in none of the others. */
	const where = (marked: string[]): Shown => {
		const others = names.filter((name) => !marked.includes(name));
		const hide = Object.fromEntries(others.map((name) => [name, elsewhere[name]]));
		return { show: { ...always, ...flagsOf(marked) }, hide: { ...hide, ...flagsOf(others) } };
	};
	const [byValue = where([]), ...byExpression] = subsets(names).map(where);
	const shown = ({ show: when, hide }: Shown, more: Partial<INodeProperties> = {}): INodeProperties => ({
		...base,
		...more,
		displayOptions: { show: when, ...(Object.keys(hide).length > 0 && { hide }) },
	});
	const demanding = byValues(byValue, field.required, siblings);
	return [
		...demanding.required.map((one) => shown(one, { required: true })),
		...[...demanding.optional, ...byExpression].map((one) => shown(one)),
	];
}

/** Where a field is required, and where it is optional, among the places where it is shown by values. */
function byValues(
	place: Shown,
	required: Field['required'],
	siblings: Field[],
): { required: Shown[]; optional: Shown[] } {
	if (!required) return { required: [], optional: [place] };
	if (required === true) return { required: [place], optional: [] };
	const demanded = rules(required, siblings);
	const flags = flagsOf(Object.keys(demanded));
	return {
		required: [{ ...place, hide: { ...place.hide, ...anythingBut(demanded), ...flags } }],
		optional: [
			{ ...place, hide: { ...place.hide, ...demanded, ...flags } },
			{ ...place, show: { ...place.show, ...flags } },
		],
	};
}

/** The editor property of a collection of optional fields. */
export function collectionProperty(collection: FieldCollection, show: Condition): INodeProperties {
	return {
		displayName: collection.label,
		name: collection.name,
		type: 'collection',
		placeholder: collection.placeholder ?? 'Add Field',
		default: {},
		displayOptions: { show },
		options: collection.fields
			.map((field) => {
				const { shownFor } = field;
				// Within a collection a field may depend on parameters beside the collection.
				const show = shownFor && fromRoot(shownFor, Object.keys(shownFor));
				return { ...property(field), ...(show && { displayOptions: { show } }) };
			})
			.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
