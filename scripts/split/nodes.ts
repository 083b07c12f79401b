import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Part } from './parts.ts';
import { factsOf, type Description, type NodeFacts } from './readme.ts';

/**
 * What the nodes of a service say about themselves.
 *
 * @param load gives what the module of a node exports, by its path in package.json
 */
export function nodesOf(
	root: string,
	{ service }: Part,
	load: (path: string) => Record<string, unknown>,
): NodeFacts[] {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	return n8n.nodes
		.filter((path) => path.includes(`/${service}/`))
		.map((path) => {
			const Node = load(path)[basename(path, '.node.js')];
			if (!Node) throw new Error(`${path} does not export its node`);
			return factsOf(new (Node as new () => { description: Description })().description);
		});
}
