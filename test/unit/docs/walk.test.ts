import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * docs/first-ten-minutes.md promises how little an automation takes. A browser builds each and counts
 * (test/browser/editor/walk.ts); this holds what is promised, and what the ready ones have more.
 */

const root = join(__dirname, '..', '..', '..');
const page = readFileSync(join(root, 'docs', 'first-ten-minutes.md'), 'utf8');

/** Nodes and typed expressions, by the page. */
function promised(automation: string): { nodes: number; expressions: number } {
	const row = page.split('\n').find((line) => line.startsWith(`| ${automation} `)) ?? '';
	const [nodes = NaN, , , , expressions = NaN] = row
		.split('|')
		.slice(2)
		.map((cell) => Number(cell.trim()));
	return { nodes, expressions };
}

const nodesIn = (file: string): number => {
	const { nodes } = JSON.parse(readFileSync(join(root, 'workflows', file), 'utf8')) as {
		nodes: Array<{ type: string }>;
	};
	return nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length;
};

it.each([
	['Call log', 'propexo-call-log.json', { nodes: 2, expressions: 2 }],
	['Tours from CSV', 'propexo-tours-spreadsheet.json', { nodes: 5, expressions: 2 }],
	['Round robin', 'rentengine-new-prospects-round-robin.json', { nodes: 3, expressions: 2 }],
])('%s takes few nodes and expressions, and ready to import at most two nodes more', (name, file, most) => {
	const { nodes, expressions } = promised(name);
	expect(nodes).toBeLessThanOrEqual(most.nodes);
	expect(expressions).toBeLessThanOrEqual(most.expressions);
	expect(nodesIn(file)).toBeLessThanOrEqual(nodes + 2);
});
