import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';
import type { IDataObject, OnError } from 'n8n-workflow';

import type { RunResult } from './engine.ts';
import { INPUT } from './workflow.ts';

interface ShippedNode {
	name: string;
	parameters: IDataObject;
	onError?: OnError;
	alwaysOutputData?: boolean;
}

/**
 * One node of a shipped workflow. Data of nodes further up comes from the engine's input here, since the engine does not have
 * their packages.
 */
export function shippedNode(file: string, name: string): ShippedNode {
	return nodeOf(textOf(file).replaceAll(/\$\('[^']+'\)/g, `$('${INPUT}')`), file, name);
}

const textOf = (file: string): string =>
	readFileSync(join(__dirname, '..', '..', '..', 'workflows', file), 'utf8');

function nodeOf(text: string, file: string, name: string): ShippedNode {
	const { nodes } = JSON.parse(text) as { nodes: ShippedNode[] };
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`${file} has no node "${name}"`);
	return found;
}

/** A parameter of a node of a shipped workflow, with the names of nodes as they are. */
export const parameterOf = (file: string, node: string, name: string): unknown =>
	nodeOf(textOf(file), file, node).parameters[name];

/** What came out of both outputs of a node, in the order of the input. */
export const inOrder = ({ success, error }: RunResult): IDataObject[] =>
	[...success, ...error]
		.sort((a, b) => itemOf(a.pairedItem) - itemOf(b.pairedItem))
		.map(({ json }) => json);
const itemOf = (paired: unknown): number => (paired as { item: number }).item;

/** What nodes gave, by their names. */
type Given = Record<string, IDataObject[]>;

/**
 * The value of an expression of a shipped workflow for an item.
 * @param nodes what nodes before gave; one that is left out did not run
 */
export function evaluated(expression: unknown, $json: IDataObject, nodes: Given = {}): unknown {
	const [, code] = /^=\{\{(.*)\}\}$/s.exec(String(expression)) ?? [];
	if (code === undefined) throw new Error(`Not one expression: ${String(expression)}`);
	const $ = (name: string) => ({
		isExecuted: name in nodes,
		all: () => (nodes[name] ?? []).map((json) => ({ json })),
		item: { json: nodes[name]?.[0] ?? {} },
	});
	const read = new Function('$json', '$', 'DateTime', `return (${code})`) as (
		...given: unknown[]
	) => unknown;
	return read($json, $, DateTime);
}

/** The expression of a column that a Set node makes, with the names of nodes as they are. */
export function columnOf(file: string, name: string, column: string): string {
	const { assignments } = nodeOf(textOf(file), file, name).parameters.assignments as {
		assignments: Array<{ name: string; value: string }>;
	};
	const found = assignments.find((one) => one.name === column);
	if (!found) throw new Error(`"${name}" of ${file} makes no "${column}"`);
	return found.value;
}
