import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The most nodes from the trigger to the answer that a workflow for a sender may have; notes do not count. */
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

it.each(files)('%s, for a sender: has no Code node and at most five nodes', (file) => {
	const { nodes } = JSON.parse(read(file)) as { nodes: Array<{ type: string; name: string }> };
	const working = nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
	expect(working.filter(({ type }) => /\.(code|function)\b/.test(type))).toEqual([]);
	expect(working.map(({ name }) => name).slice(MOST_NODES)).toEqual([]);
});
