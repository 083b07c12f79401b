import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * n8n's list of what n8n 3 removes, without what no workflow can have:
 * https://docs.n8n.io/changelog/v30-breaking-changes
 */

const root = join(__dirname, '..', '..', '..');

interface Node {
	name: string;
	type: string;
	typeVersion: number;
	alwaysOutputData?: boolean;
	parameters: Record<string, unknown>;
}

const REMOVED_NODES = [
	'n8n-nodes-base.function',
	'n8n-nodes-base.functionItem',
	'n8n-nodes-base.itemLists',
	'n8n-nodes-base.aiTransform',
	'@n8n/n8n-nodes-langchain.code',
];
/** Nodes with several outputs, which no longer give an item to each of them. */
const BRANCHING = ['n8n-nodes-base.if', 'n8n-nodes-base.switch'];
const REMOVED_HELPERS = /\$getPairedItem\b|\$evaluateExpression\b/;

/** What n8n 3 would not run as it is. */
const gone = ({ type, typeVersion, parameters, alwaysOutputData }: Node): boolean =>
	REMOVED_NODES.includes(type) ||
	(type === '@n8n/n8n-nodes-langchain.agent' && typeVersion < 2) ||
	(type === 'n8n-nodes-base.executeWorkflow' && parameters['mode'] === 'each') ||
	(BRANCHING.includes(type) && alwaysOutputData === true) ||
	REMOVED_HELPERS.test(JSON.stringify(parameters));

const FILES = readdirSync(join(root, 'workflows')).filter((file) => file.endsWith('.json'));

it.each(FILES)('%s uses nothing that n8n 3 removes', (file) => {
	const { nodes } = JSON.parse(readFileSync(join(root, 'workflows', file), 'utf8')) as { nodes: Node[] };
	expect(nodes.length).toBeGreaterThan(1);
	expect(nodes.filter(gone).map(({ name }) => name)).toEqual([]);
});

const NODE: Node = { name: 'Node', type: 'n8n-nodes-base.set', typeVersion: 1, parameters: {} };

it.each<[boolean, Partial<Node>]>([
	[false, {}],
	[true, { type: 'n8n-nodes-base.functionItem' }],
	[true, { type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 1.9 }],
	[false, { type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3 }],
	[true, { type: 'n8n-nodes-base.executeWorkflow', parameters: { mode: 'each' } }],
	[true, { type: 'n8n-nodes-base.if', alwaysOutputData: true }],
	[true, { parameters: { value: '={{ $getPairedItem("A", 0) }}' } }],
])('is told of a node: %s for %j', (is, node) => {
	expect(gone({ ...NODE, ...node })).toBe(is);
});
