/** `npm run split`: writes the package of each service into build/. Needs a built dist/ (the README's tables, the output schemas). */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nodesOf } from './split/nodes.ts';
import { parts } from './split/parts.ts';
import { split } from './split/split.ts';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const load = (path: string) => require(join(root, path)) as Record<string, unknown>;

for (const part of parts) {
	const target = join(root, 'build', part.packageName);
	const tests = split(root, target, part, nodesOf(root, part, load));
	console.log(`build/${part.packageName}: ${tests.length} test files`);
}
