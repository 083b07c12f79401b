import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The most nodes from the trigger to the answer that a workflow for a sender may have. */
const MOST_NODES = 5;

/** The workflows in the table of docs/senders.md. */
const files = read('docs/senders.md')
	.split('\n')
	.filter((line) => line.startsWith('| '))
	.flatMap((line) =>
		[...line.matchAll(/\(\.\.\/(workflows\/[\w-]+\.json)\)/g)].map(([, file]) => file ?? ''),
	);

it('docs/senders.md lists workflows', () => {
	expect(files.length).toBeGreaterThan(2);
});

interface WorkflowFile {
	nodes: Array<{ type: string; name: string }>;
	connections: Record<string, Record<string, Array<Array<{ node: string }>>> | undefined>;
}

/** The longest way from a node to the answer, or to the end where there is none, as the names of its nodes. */
function wayFrom(workflow: WorkflowFile, name: string, before: string[] = []): string[] {
	const node = workflow.nodes.find((one) => one.name === name);
	const way = [...before, name];
	if (node?.type.endsWith('.respondToWebhook')) return way;
	const next = Object.values(workflow.connections[name] ?? {})
		.flat(2)
		.map((one) => one.node)
		.filter((one) => !way.includes(one));
	const ways = next.map((one) => wayFrom(workflow, one, way));
	return ways.reduce((longest, one) => (one.length > longest.length ? one : longest), way);
}

it.each(files)(
	'%s, for a sender: has no Code node, and at most five nodes from trigger to answer',
	(file) => {
		const workflow = JSON.parse(read(file)) as WorkflowFile;
		expect(workflow.nodes.filter(({ type }) => /\.(code|function)\b/.test(type))).toEqual([]);
		const ways = workflow.nodes.map(({ name }) => wayFrom(workflow, name));
		expect(ways.filter(({ length }) => length > MOST_NODES)).toEqual([]);
	},
);
