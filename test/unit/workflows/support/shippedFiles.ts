import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The shipped workflows as files, and what their expressions give.
 */

const folder = join(__dirname, '..', '..', '..', '..', 'workflows');

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
}

export interface Shipped {
	file: string;
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

export const shipped: Shipped[] = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => ({
		...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Shipped, 'file'>),
		file,
	}));

/** The codes of a parameter, without their braces. */
export const codesIn = (parameter: string): string[] =>
	[...parameter.matchAll(/\{\{ (.*?) \}\}/gs)].map(([, code = '']) => code);

/** What a code gives with these values, as n8n names them: `$json`, `DateTime`. */
export const given = (code: string, values: Record<string, unknown>): unknown =>
	(new Function(...Object.keys(values), `return (${code})`) as (...all: unknown[]) => unknown)(
		...Object.values(values),
	);
