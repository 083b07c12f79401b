import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

/*
 * Tables of a node's fields in Markdown, from the description that the editor shows.
 */

type Shown = Record<string, unknown[]>;

const shownFor = (property: INodeProperties): Shown => (property.displayOptions?.show ?? {}) as Shown;
const hiddenFor = (property: INodeProperties): Shown => (property.displayOptions?.hide ?? {}) as Shown;

/** Conditions on these are left out: the table's heading names the resource and the operation. */
const HEADINGS = ['resource', 'operation', '@version'];

/** A condition of n8n instead of a value. They are about expressions, except for "anything but this value". */
const isCondition = (value: unknown): value is { _cnd: { not?: unknown } } => typeof value === 'object';

const list = (words: string[]): string =>
	words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** All values that a parameter may hold, each with its name for people. */
function valuesOf(decider: INodeProperties | undefined): Array<{ name: string; value: unknown }> {
	if (decider?.type === 'boolean') {
		return [
			{ name: 'on', value: true },
			{ name: 'off', value: false },
		];
	}
	return (decider?.options ?? []) as INodePropertyOptions[];
}

/** Whether a property's `hide` rule for one parameter leaves it visible. */
function isLeft(value: unknown, hidden: unknown[]): boolean {
	const only = hidden.filter(isCondition).flatMap(({ _cnd }) => ('not' in _cnd ? [_cnd.not] : []));
	return !hidden.includes(value) && only.every((one) => one === value);
}

/** Whether a parameter is never shown: one that tells that an expression stands in another one. */
const isHidden = (name: string, all: INodeProperties[]): boolean =>
	all.some((one) => one.name === name && one.type === 'hidden');

/** Whether a property takes the place of another one while an expression decides what is shown. */
const isTwin = (property: INodeProperties, all: INodeProperties[]): boolean =>
	Object.keys(shownFor(property)).some((name) => isHidden(name, all));

/** "Event Kind is Call": the conditions other than resource and operation. */
function whenShown(property: INodeProperties, all: INodeProperties[]): string {
	const deciderOf = (name: string) => all.find((one) => one.name === name.replace(/^\//, ''));
	const isTold = ([name]: [string, unknown]) => !HEADINGS.includes(name) && !isHidden(name, all);
	const told = (name: string, isAllowed: (value: unknown) => boolean): string => {
		const decider = deciderOf(name);
		const allowed = valuesOf(decider).filter(({ value }) => isAllowed(value));
		return `*${decider?.displayName ?? name}* is ${list(allowed.map((one) => one.name))}`;
	};
	return [
		...Object.entries(shownFor(property))
			.filter(isTold)
			.map(([name, shown]) => told(name, (value) => shown.includes(value))),
		...Object.entries(hiddenFor(property))
			.filter(isTold)
			.map(([name, hidden]) => told(name, (value) => isLeft(value, hidden))),
	].join(' and ');
}

/** When it must be filled in. */
function whenRequired(property: INodeProperties, all: INodeProperties[]): string {
	const when = whenShown({ ...property, displayOptions: { hide: property.displayOptions?.hide } }, all);
	return when === '' ? 'yes' : `when ${when}`;
}

const KINDS: Record<string, string> = {
	boolean: 'on or off',
	collection: 'collection',
	dateTime: 'date and time',
	json: 'JSON',
	number: 'number',
	resourceLocator: 'record',
	string: 'text',
};

function limits(property: INodeProperties): string {
	const { minValue, maxValue } = property.typeOptions ?? {};
	if (minValue !== undefined && maxValue !== undefined) return ` from ${minValue} to ${maxValue}`;
	if (minValue !== undefined) return ` from ${minValue} up`;
	return '';
}

/** The choices, unless there are many or the description names them. */
function choices({ options = [], description = '' }: INodeProperties): string {
	const names = (options as INodePropertyOptions[]).map(({ name }) => name);
	const isTold = names.length === 0 || names.length > 12 || /One (?:or several )?of: /.test(description);
	return isTold ? ' of a list' : ` of: ${names.join(', ')}`;
}

/** What a field takes. */
function takes(property: INodeProperties): string {
	switch (property.type) {
		case 'options':
			return `one${choices(property)}`;
		case 'multiOptions':
			return `any${choices(property)}`;
		case 'resourceLocator':
			return list(
				(property.modes ?? []).map(({ displayName }) =>
					displayName.replace(/^[FB]/, (first) => first.toLowerCase()),
				),
			);
		default:
			return `${KINDS[property.type] ?? property.type}${limits(property)}`;
	}
}

/** Texts are one line of a table; HTML links become Markdown. */
function cell(text: string): string {
	return text
		.replace(/<a href=["']([^"']+)["'][^>]*>([^<]*)<\/a>/g, '[$2]($1)')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ')
		.replace(/\|/g, '\\|')
		.trim();
}

/** Adds a full stop: in n8n, descriptions of one sentence have none. */
const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

function about(property: INodeProperties, when: string): string {
	const parts = [
		when === '' ? '' : `Shown when ${when}.`,
		sentence(cell(property.description ?? '')),
		sentence(cell(property.hint ?? '')),
	];
	return parts.filter((part) => part !== '').join(' ');
}

/** One row of each parameter; properties that share a name are one field to the user. */
function rows(properties: INodeProperties[], all: INodeProperties[]): string[] {
	const names = [...new Set(properties.map(({ name }) => name))];
	return names.flatMap((name) => {
		const same = properties.filter((property) => property.name === name && !isTwin(property, all));
		const strict = same.find(({ required }) => required);
		const shown = same.find((property) => !property.required) ?? strict;
		if (!shown || shown.type === 'notice' || shown.type === 'hidden') return [];
		const required = strict ? whenRequired(strict, all) : '';
		// When it is required, it is shown.
		const when = required.startsWith('when') ? '' : whenShown(shown, all);
		return [
			`| ${cell(shown.displayName)} | \`${name}\` | ${takes(shown)} | ${required} | ${about(shown, when)} |`,
		];
	});
}

const HEAD = ['| Field | Parameter | Takes | Required | |', '| --- | --- | --- | --- | --- |'];

/** The fields of one set of properties, with a table of its own for each collection. */
function fieldTables(properties: INodeProperties[], all: INodeProperties[]): string {
	const collections = properties.filter(({ type }) => type === 'collection');
	const fields = properties.filter(({ type }) => type !== 'collection');
	const top = rows(fields, all);
	const parts = top.length > 0 ? [[...HEAD, ...top].join('\n')] : [];
	for (const { displayName, options } of collections) {
		const inner = rows((options ?? []) as INodeProperties[], all);
		parts.push(`**${displayName}**\n\n${[...HEAD, ...inner].join('\n')}`);
	}
	return parts.join('\n\n');
}

/**
 * The tables of a node by name: `leadEvent:create` of each operation, or `fields` of a node without operations.
 *
 * @param description of the node, as the editor gets it
 */
export function tablesOf({ properties }: INodeTypeDescription): Map<string, string> {
	const tables = new Map<string, string>();
	const resources = (properties.find(({ name }) => name === 'resource')?.options ??
		[]) as INodePropertyOptions[];
	if (resources.length === 0) return tables.set('fields', fieldTables(properties, properties));
	for (const { value: resource } of resources) {
		const operation = properties.find(
			(property) => property.name === 'operation' && shownFor(property)['resource']?.includes(resource),
		);
		for (const { value } of (operation?.options ?? []) as INodePropertyOptions[]) {
			const own = properties.filter((property) => {
				const shown = shownFor(property);
				return shown['resource']?.includes(resource) && shown['operation']?.includes(value);
			});
			tables.set(`${String(resource)}:${String(value)}`, fieldTables(own, own));
		}
	}
	return tables;
}
