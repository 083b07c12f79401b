import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The pages that README.md leads to, link by link. */
function reached(): Set<string> {
	const pages = new Set(['README.md']);
	for (const page of pages)
		for (const [, link = ''] of read(page).matchAll(/\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)/g))
			pages.add(normalize(join(dirname(page), link)));
	return pages;
}

it('README.md leads to every page of the docs', () => {
	const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file));
	expect(pages.length).toBeGreaterThan(30);
	const found = reached();
	expect(pages.filter((page) => !found.has(page))).toEqual([]);
});

it('CONTRIBUTING.md says what is in every room of nodes/', () => {
	const [, section = ''] = read('CONTRIBUTING.md').split('\n## Where things are\n');
	const told = section.split('\n## ')[0] ?? '';
	const folders = (path: string): string[] =>
		readdirSync(join(root, path), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => `${path}/${name}/`);
	const rooms = [
		...folders('nodes/shared'),
		...folders('nodes').filter((room) => room !== 'nodes/shared/'),
	];
	expect(rooms.filter((room) => !told.includes(`| \`${room}\` `))).toEqual([]);
});
