/** `npm run docs`: fills the tables of docs/: fields from the nodes as they are built, faults and forms from their tests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { withFaults } from './docs/faults.ts';
import { withForms } from './docs/forms.ts';
import { filled, PAGES } from './docs/pages.ts';
import { tablesOf } from './docs/tables.ts';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** Fills a page of docs/ anew. */
function fill(page: string, tables: (text: string) => string): void {
	const file = join(root, 'docs', page);
	const before = readFileSync(file, 'utf8');
	const after = tables(before);
	if (after !== before) writeFileSync(file, after);
	console.log(`docs/${page}: ${after === before ? 'as it was' : 'filled anew'}`);
}

for (const [page, { node, class: name }] of Object.entries(PAGES)) {
	const module = require(join(root, 'dist', 'nodes', `${node}.js`)) as Record<string, new () => INodeType>;
	const Node = module[name];
	if (!Node) throw new Error(`dist/nodes/${node}.js has no class ${name}. Run npm run build first`);
	fill(page, (text) => filled(text, tablesOf(new Node().description)));
}
fill('reliability.md', withFaults);
fill('dates-and-times.md', withForms);
