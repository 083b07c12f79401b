import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import { resources as ofPropexo } from '../../../nodes/Propexo/resources';
import { resources as ofRentEngine } from '../../../nodes/RentEngine/resources';
import { isObject } from '../../../nodes/shared/json/objects';
import { allMessages } from '../../../scripts/docs/messages.ts';

/* A message names a field as the panel shows it: who reads it looks for that name. */

const root = join(__dirname, '..', '..', '..');

/** What n8n itself shows. */
const OF_N8N = [
	'Expression',
	'Fixed',
	'Loop Over Items',
	'On Error',
	'Stop Workflow',
	'Retry',
	'Webhook',
	'Webhook URLs',
];

/** The names that the panel shows: of fields, of collections and of choices. */
function shownIn(part: unknown): string[] {
	if (Array.isArray(part)) return part.flatMap(shownIn);
	if (!isObject(part)) return [];
	const { displayName, name } = part;
	const shown = displayName ?? (part['value'] === undefined ? undefined : name);
	const inside = ['properties', 'options', 'values', 'modes'].flatMap((key) => shownIn(part[key]));
	return [...(typeof shown === 'string' ? [shown] : []), ...inside];
}

type Declared = new () => INodeType | ICredentialType;

const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};
const declared = [...n8n.nodes, ...n8n.credentials].flatMap((path) => {
	const source = join(root, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const own = Object.values(jest.requireActual<Record<string, Declared>>(source));
	return own.map((Class) => new Class());
});
const operations = [...ofPropexo, ...ofRentEngine].flatMap(({ name, operations: own }) =>
	own.map((operation) => `${name}: ${operation.name}`),
);
const SHOWN = new Set([
	...OF_N8N,
	...operations,
	...declared.flatMap((one) => shownIn('description' in one ? one.description : one)),
]);

const unknownIn = (texts: string[], names: RegExp): string[] =>
	texts
		.flatMap((text) => [...text.replace(/\s+/g, ' ').matchAll(names)].map(([, name = '']) => name))
		.filter((name) => !name.split(' → ').every((one) => SHOWN.has(one)));

it('every name that a text in the code quotes is in the panel', () => {
	const files = globSync('nodes/**/*.ts', { cwd: root }).map((file) =>
		readFileSync(join(root, file), 'utf8'),
	);
	const texts = files
		.map((file) => file.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '').replace(/\$\{[^{}]*\}/g, '…'))
		.flatMap((file) => file.match(/"[^"\n]*"|`[^`]*`/g) ?? []);
	expect(texts.length).toBeGreaterThan(500);
	expect(unknownIn(texts, /(?<![\w'])'([A-Z][a-z][^'…]*)'(?!\w)/g)).toEqual([]);
});

it('every name in a cause or a cure is in the panel', () => {
	const said = allMessages(root).messages.flatMap(({ cause, cure }) => [cause, cure]);
	expect(unknownIn(said, /(?<!\w)_([A-Z][^_]*)_(?!\w)/g)).toEqual([]);
});
