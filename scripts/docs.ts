/** `npm run docs`: fills the tables of docs/: fields from the nodes as they are built, messages from their code, the others from their tests. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { withFaults } from './docs/faults.ts';
import { withForms } from './docs/forms.ts';
import { withKinds } from './docs/kinds.ts';
import { allMessages, withMessages } from './docs/messages.ts';
import { filled, PAGES } from './docs/pages.ts';
import { pmsPages, type PmsFacts } from './docs/pms.ts';
import { tablesOf } from './docs/tables.ts';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** Fills the tables of a page of docs/. */
function fill(page: string, tables: (text: string) => string): void {
	const file = join(root, 'docs', page);
	const before = readFileSync(file, 'utf8');
	const after = tables(before);
	if (after !== before) writeFileSync(file, after);
	console.log(`docs/${page}: ${after === before ? 'as it was' : 'filled anew'}`);
}

/** What the editor gets of a node as it is built. */
function described({ node, class: name }: { node: string; class: string }): INodeTypeDescription {
	const module = require(join(root, 'dist', 'nodes', `${node}.js`)) as Record<string, new () => INodeType>;
	const Node = module[name];
	if (!Node) throw new Error(`dist/nodes/${node}.js has no class ${name}. Run npm run build first`);
	return new Node().description;
}

for (const [page, node] of Object.entries(PAGES)) {
	fill(page, (text) => filled(text, tablesOf(described(node))));
}
fill('field-kinds.md', (text) => withKinds(text, Object.values(PAGES).map(described)));
fill('delivery.md', withFaults);
fill('dates-and-times.md', withForms);
fill('messages.md', (text) => withMessages(text, allMessages(root).messages));

const ofPropexo = (file: string): unknown => require(join(root, 'dist', 'nodes', 'Propexo', file)) as unknown;
const { knownPms } = ofPropexo('pms.js') as { knownPms(): PmsFacts['known'] };
const { AVAILABILITY_RULES: availability } = ofPropexo('rules/appointments.js') as {
	AVAILABILITY_RULES: PmsFacts['availability'];
};
const { resources } = ofPropexo('resources/index.js') as Pick<PmsFacts, 'resources'>;
mkdirSync(join(root, 'docs', 'pms'), { recursive: true });
for (const [page, text] of pmsPages({ known: knownPms(), resources, availability }))
	writeFileSync(join(root, 'docs', 'pms', page), text);
console.log('docs/pms: made anew');
