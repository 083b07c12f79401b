import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, OnError } from 'n8n-workflow';

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
	const text = readFileSync(join(__dirname, '..', '..', '..', 'workflows', file), 'utf8');
	const { nodes } = JSON.parse(text.replaceAll(/\$\('[^']+'\)/g, `$('${INPUT}')`)) as {
		nodes: ShippedNode[];
	};
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`${file} has no node "${name}"`);
	return found;
}

/** The value of an expression of a shipped workflow for an item. */
export function evaluated(expression: unknown, $json: IDataObject): unknown {
	const [, code] = /^=\{\{(.*)\}\}$/s.exec(String(expression)) ?? [];
	if (code === undefined) throw new Error(`Not one expression: ${String(expression)}`);
	return (new Function('$json', `return (${code})`) as (json: IDataObject) => unknown)($json);
}

/**
 * Runs the JavaScript of a Code node on items.
 * @param before what a node gave that the code refers to; none: that node did not run
 */
export function codeRun(
	file: string,
	name: string,
	items: IDataObject[],
	before: IDataObject[] = [],
): IDataObject[] {
	const { jsCode } = shippedNode(file, name).parameters;
	const $input = { all: () => items.map((json) => ({ json })) };
	const nodeBefore = {
		isExecuted: before.length > 0,
		all: () => before.map((json) => ({ json })),
		first: () => ({ json: before[0] }),
	};
	const $ = () => nodeBefore;
	const run = new Function('$input', '$', String(jsCode)) as (
		...given: unknown[]
	) => Array<{ json: IDataObject }>;
	return run($input, $).map(({ json }) => json);
}
