/** `npm run split`: writes the package of each service into build/. Needs a built dist/ (the README's tables). */
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { parts } from './split/parts.ts';
import { factsOf, type Description, type NodeFacts } from './split/readme.ts';
import { split } from './split/split.ts';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** The nodes of a service, described by themselves. */
function nodesOf(service: string): NodeFacts[] {
	const { n8n } = require(join(root, 'package.json')) as { n8n: { nodes: string[] } };
	return n8n.nodes
		.filter((path) => path.includes(`/${service}/`))
		.map((path) => {
			const exported = require(join(root, path)) as Record<
				string,
				new () => { description: Description }
			>;
			const Node = exported[basename(path, '.node.js')];
			if (!Node) throw new Error(`${path} does not export its node`);
			return factsOf(new Node().description);
		});
}

for (const part of parts) {
	const target = join(root, 'build', part.packageName);
	const tests = split(root, target, part, nodesOf(part.service));
	console.log(`build/${part.packageName}: ${tests.length} test files`);
}
