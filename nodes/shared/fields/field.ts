import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyMode,
	INodePropertyOptions,
	NodeParameterValue,
} from 'n8n-workflow';

import { textOf } from '../json/text';

/** What a field holds, which decides its editor control and how its value is checked (`values.ts`). */
export type FieldKind =
	| 'text'
	| 'record' // an ID, picked from a list or typed
	| 'dateTime'
	| 'timeOfDay'
	| 'wholeNumber'
	| 'number'
	| 'boolean'
	| 'choice'
	| 'choices' // any number of the options
	| 'url'
	| 'email'
	| 'emails' // one or several addresses, separated by commas
	| 'phone'
	| 'uuids' // a list, an array expression or a comma-separated text
	| 'json'
	| 'timeZone'
	| 'notice'; // no value: its label is a text shown among the fields

/** Parameter name → the values for which something holds, all of them at once. */
export type Condition = Record<string, string[]>;

/**
 * One field, declared once: the editor's property, the validation and the request body follow from it.
 */
export interface Field {
	/** Parameter name, camelCase of the API's name. */
	name: string;
	/** The API's own name, where it is not the snake_case of `name`. */
	api?: string;
	/** Shown in the editor and in messages, Title Case. */
	label: string;
	kind: FieldKind;
	description: string;
	hint?: string;
	placeholder?: string;
	default?: INodeProperties['default'];
	options?: INodePropertyOptions[];
	/** Inclusive limits of a number. */
	min?: number;
	max?: number;
	/** Most characters of a text. */
	maxLength?: number;
	/** What the service wants of a text beyond its kind: gives the text to send, or what is wrong with it. */
	refine?(text: string): { value: string } | { wrong: string };
	/** Rows of the text box. */
	rows?: number;
	/** A record is a positive whole number rather than a text. */
	numeric?: boolean;
	/** How it can be chosen from a list (a `listSearch` method), before *By ID*, or *By Name* if it is no record. */
	searchMethod?: string;
	/** Parameters the list depends on; the editor loads it anew when they change. */
	dependsOn?: string[];
	/** How the entries of a list can be chosen (a `loadOptions` method), instead of typing them. */
	optionsMethod?: string;
	/** What the record is, for messages: "a prospect's ID". */
	record?: string;
	/** Of a time of day: the date-time whose day and clocks it goes by. */
	dayOf?: string;
	/** When the field is shown and read; always, if left out. */
	shownFor?: Condition;
	/** When the field must have a value: always, or for one value of another field (of those it is shown for). */
	required?: true | Record<string, [string]>;
	/** Decides how items are handled rather than what is sent: not part of the request body. */
	local?: true;
	/** The same for all items: no expression can be given. */
	fixed?: true;
}

/** A set of fields in one collection of the editor ("Additional Fields"). */
export interface FieldCollection {
	name: string;
	label: string;
	placeholder: string;
	fields: Field[];
}

/** What an operation says about its fields. */
export interface FieldsOwner {
	fields: Field[];
	collections: FieldCollection[];
}

/** All fields of an operation, those of its collections among them. */
export function allFields({ fields, collections }: FieldsOwner): Field[] {
	return [...fields, ...collections.flatMap((collection) => collection.fields)];
}

/** The API's name of a field: `callPhoneNumberFrom` → `call_phone_number_from`. */
export function apiName(field: Field): string {
	return field.api ?? field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Whether the editor offers the field as a resource locator. */
export function isLocator(field: Field): boolean {
	return field.kind === 'record' || field.searchMethod !== undefined;
}

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
	return (sibling?.options ?? []).map(({ value }) => textOf(value));
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

function control(
	field: Field,
): Pick<INodeProperties, 'type' | 'typeOptions' | 'modes' | 'options' | 'default' | 'allowArbitraryValues'> {
	if (isLocator(field)) {
		return {
			type: 'resourceLocator',
			default: { mode: field.searchMethod ? 'list' : 'id', value: '' },
			modes: modes(field),
			...(field.dependsOn && {
				typeOptions: { loadOptionsDependsOn: field.dependsOn.map((name) => `${name}.value`) },
			}),
		};
	}
	switch (field.kind) {
		case 'dateTime':
			return { type: 'dateTime', default: '' };
		case 'wholeNumber':
			return {
				type: 'number',
				default: 0,
				typeOptions: { minValue: field.min, maxValue: field.max, numberPrecision: 0 },
			};
		case 'number':
			return { type: 'number', default: 0, typeOptions: { minValue: field.min, maxValue: field.max } };
		case 'boolean':
			return { type: 'boolean', default: false };
		case 'choice':
			return { type: 'options', default: '', options: field.options };
		case 'choices':
			return { type: 'multiOptions', default: [], options: field.options };
		case 'notice':
			return { type: 'notice', default: '' };
		case 'json':
			return { type: 'json', default: '{}' };
		case 'uuids':
			return field.optionsMethod
				? {
						type: 'multiOptions',
						default: [],
						typeOptions: { loadOptionsMethod: field.optionsMethod },
						allowArbitraryValues: true,
					}
				: { type: 'string', default: '' };
		default:
			return { type: 'string', default: '', ...(field.rows && { typeOptions: { rows: field.rows } }) };
	}
}

const BY_ID = { displayName: 'By ID', name: 'id' };
const BY_NAME = { displayName: 'By Name', name: 'name' };
const FROM_LIST = { displayName: 'From List', name: 'list' };

function modes(field: Field): INodePropertyMode[] {
	const typed = field.kind === 'record' ? BY_ID : BY_NAME;
	const byId: INodePropertyMode = { ...typed, type: 'string', placeholder: field.placeholder };
	if (!field.searchMethod) return [byId];
	const list = { searchListMethod: field.searchMethod, searchable: true };
	return [{ ...FROM_LIST, type: 'list', typeOptions: list }, byId];
}

function property(field: Field): INodeProperties {
	const { default: kindDefault, ...rest } = control(field);
	return {
		displayName: field.label,
		name: field.name,
		...rest,
		default: field.default ?? kindDefault,
		description: field.description,
		...(field.hint && { hint: field.hint }),
		...(field.placeholder && !isLocator(field) && { placeholder: field.placeholder }),
		...(field.fixed && { noDataExpression: true }),
	};
}

/**
 * The editor properties of one field.
 *
 * A field is hidden for what the parameters it depends on hold otherwise, rather than shown for what it belongs to:
 * the editor puts the value of the item at hand in place of an expression, and as long as there is none (no input
 * yet) it shows the fields of every value.
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
