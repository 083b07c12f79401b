import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { OWN_KINDS } from '../../test/unit/rentEngine/kinds/table.ts';
import type { Given } from '../../test/unit/shared/fields/support/kinds.ts';
import { KINDS } from '../../test/unit/shared/fields/support/kinds.ts';
import { between } from './between.ts';
import { table } from './markdown.ts';

/*
 * The tables of docs/field-kinds.md: what each kind of field takes, as its tests demand, between `<!-- kinds -->` and
 * `<!-- /kinds -->`; the words of other systems that choices take, as the nodes show them, between `<!-- words -->` and
 * `<!-- /words -->`.
 */

/** As code; invisible characters are written out. */
function code(value: unknown): string {
	const text = typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
	return `\`${text
		.replaceAll('\\"', '"')
		.replace(/\p{Cc}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.replaceAll('|', '\\|')}\``;
}

const shown = ({ value, shown: words }: Given): string => words ?? code(value);

/** What is sent: "as it is", the words for a long text, or the value as code. */
const goes = (given: Given, sent: unknown): string => {
	if (given.value === sent) return 'as it is';
	return given.shown !== undefined && typeof sent === 'string' && sent.length > 100
		? given.shown
		: code(sent);
};

function kindTables(): string {
	return Object.values({ ...KINDS, ...OWN_KINDS })
		.map(({ title, about, taken, refused }) => {
			const rows = taken.map(({ given, sent, because }) => [
				shown(given),
				because === undefined ? goes(given, sent) : `${goes(given, sent)} (${because})`,
			]);
			const wrong = refused.map(({ given, message }) => [shown(given), message]);
			return [
				`### ${title}`,
				about,
				table(['Given', 'Sent'], rows),
				...(wrong.length > 0 ? [table(['Given', 'Refused, because it …'], wrong)] : []),
			].join('\n\n');
		})
		.join('\n\n');
}

const ALSO = /Also accepted: (.*)$/;

/** Every choice of a node, including those in its collections. */
const choicesOf = (properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) =>
		property.type === 'collection'
			? choicesOf((property.options ?? []) as INodeProperties[])
			: property.type === 'options' || property.type === 'multiOptions'
				? [property]
				: [],
	);

function wordTables(nodes: INodeTypeDescription[]): string {
	const rows = nodes.flatMap(({ displayName, properties }) =>
		choicesOf(properties).flatMap((field) =>
			((field.options ?? []) as INodePropertyOptions[]).flatMap(({ name, value, description }) => {
				const [, words] = ALSO.exec(description ?? '') ?? [];
				return words === undefined
					? []
					: [[`${displayName}, *${field.displayName}*`, name, code(value), words]];
			}),
		),
	);
	// A field that is required only for some values is several properties.
	const unlike = new Map(rows.map((row) => [row.join('|'), row]));
	return table(['Field', 'Option', "The API's word", 'Also accepted'], [...unlike.values()]);
}

/** The page about kinds of fields with its tables as they are now. */
export const withKinds = (page: string, nodes: INodeTypeDescription[]): string =>
	between(between(page, 'kinds', kindTables), 'words', () => wordTables(nodes));
