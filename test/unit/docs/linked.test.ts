import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = (folder: string, ending: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => join(folder, file));

/** The pages that README.md leads to, link by link. */
function reached(): Set<string> {
	const pages = new Set(['README.md']);
	for (const page of pages)
		for (const [, link = ''] of read(page).matchAll(/\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)/g))
			pages.add(normalize(join(dirname(page), link)));
	return pages;
}

it('README.md leads to every page of the docs', () => {
	const pages = files('docs', '.md');
	expect(pages.length).toBeGreaterThan(30);
	const found = reached();
	expect(pages.filter((page) => !found.has(page))).toEqual([]);
});

const HOME = 'https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events/blob/main/';

/** What people read on a page, or on the canvas of a workflow, without blocks of code. */
function textOf(file: string): string {
	if (file.endsWith('.md')) return read(file).replaceAll(/^ *```[^]*?^ *```/gm, '');
	const { nodes } = JSON.parse(read(file)) as { nodes: Array<{ parameters: { content?: string } }> };
	return nodes.map(({ parameters: { content = '' } }) => content).join('\n');
}

/** The headings of a page, as GitHub writes them in an address: "Look Up, Then Retry" is `look-up-then-retry`. */
const headingsOf = (page: string): string[] =>
	[...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
		heading
			.replaceAll(/\]\([^)]*\)/g, '')
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
			.replaceAll(' ', '-'),
	);

/** Whether a link stays in this repository, and there is nothing at its end. */
function leadsNowhere(page: string, link: string): boolean {
	const isWhole = link.startsWith(HOME);
	if (!isWhole && /^[a-z]+:/.test(link)) return false;
	const [path = '', heading] = (isWhole ? link.slice(HOME.length) : link).split('#');
	const file = path === '' ? page : join(isWhole ? '' : dirname(page), path);
	if (!existsSync(join(root, file))) return true;
	return heading !== undefined && !headingsOf(file).includes(heading);
}

it.each([
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...files('docs', '.md'),
	...files('workflows', '.json'),
])('every link of %s leads to a file, a picture or a heading that is there', (page) => {
	const links = [...textOf(page).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, link = '']) => link);
	expect(links.filter((link) => leadsNowhere(page, link))).toEqual([]);
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
	const ofServices = folders('nodes').filter((room) => room !== 'nodes/shared/');
	const untold = ofServices.flatMap((service) => {
		const row = told.split('\n').find((line) => line.startsWith(`| \`${service}\` `)) ?? '';
		return folders(service.slice(0, -1)).filter(
			(room) => !row.includes(`\`${room.slice(service.length)}\``),
		);
	});
	expect(untold).toEqual([]);
});
