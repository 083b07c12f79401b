import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { knownPms } from '../../../nodes/Propexo/pms';
import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { resources } from '../../../nodes/Propexo/resources';
import { AVAILABILITY_RULES } from '../../../nodes/Propexo/rules/appointments';
import { withKinds } from '../../../scripts/docs/kinds.ts';
import { filled, PAGES, placesIn } from '../../../scripts/docs/pages.ts';
import { pmsPages } from '../../../scripts/docs/pms.ts';
import { tablesOf } from '../../../scripts/docs/tables.ts';

const root = join(__dirname, '..', '..', '..');
const docs = join(root, 'docs');
const read = (page: string): string => readFileSync(join(docs, page), 'utf8');

const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };

function descriptionOf(node: string, name: string): INodeTypeDescription {
	const module = jest.requireActual<Record<string, new () => INodeType>>(join(root, `nodes/${node}.ts`));
	const Node = module[name];
	if (!Node) throw new Error(`${node} does not export ${name}`);
	return new Node().description;
}

describe.each(Object.entries(PAGES))('docs/%s', (page, { node, class: name }) => {
	const tables = tablesOf(descriptionOf(node, name));

	it('has a place for the fields of every operation', () => {
		expect(placesIn(read(page)).sort()).toEqual([...tables.keys()].sort());
	});

	it('holds the fields as the node declares them (npm run docs)', () => {
		expect(read(page)).toBe(filled(read(page), tables));
	});
});

it('docs/field-kinds.md holds what the tests of the kinds demand, and the words that choices take (npm run docs)', () => {
	const page = read('field-kinds.md');
	const nodes = Object.values(PAGES).map(({ node, class: name }) => descriptionOf(node, name));
	expect(page).toBe(withKinds(page, nodes));
	expect(page).toMatch(/Call Status\* \| No Answer \| `NO_ANSWER` \| .*missed call/);
});

it('docs/pms/ says of each PMS what the node checks (npm run docs)', () => {
	const pages = pmsPages({ known: knownPms(), resources, availability: AVAILABILITY_RULES });
	const folder = join(docs, 'pms');
	expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
	for (const [page, text] of pages) expect([page, read(`pms/${page}`)]).toEqual([page, text]);
});

it('every node has a page', () => {
	const described = Object.values(PAGES).map(({ node }) => `dist/nodes/${node}.js`);
	expect(described.sort()).toEqual([...n8n.nodes].sort());
});

describe('tables of fields', () => {
	const tables = tablesOf(new Propexo().description);
	const row = (operation: string, parameter: string): string =>
		tables
			.get(operation)
			?.split('\n')
			.find((line) => line.includes(`\`${parameter}\``)) ?? '';

	it('tell when a field is shown, what it takes and when it is required', () => {
		expect(row('leadEvent:create', 'callDuration')).toMatch(
			/^\| Call Duration \(Seconds\) .*\*Event Kind\* is Call.*number from 0 to 86400/,
		);
		expect(row('leadEvent:create', 'emailFrom')).toMatch(/when .*\*Email Direction\* is Outgoing/);
		expect(row('leadEvent:create', 'leadId')).toMatch(/\| yes \|/);
	});
});

/** Lines of a page that are seen before anybody scrolls. */
const SCREEN = 12;

describe('links between the pages', () => {
	const below = readdirSync(docs, { recursive: true, encoding: 'utf8' }).map((page) => `docs/${page}`);
	const pages = ['README.md', 'CONTRIBUTING.md', ...below].filter(
		(page) => page.endsWith('.md') && existsSync(join(root, page)),
	);

	it.each(pages)('of %s lead to files and headings that exist', (page) => {
		const text = readFileSync(join(root, page), 'utf8');
		const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link]) => link ?? '');
		const broken = links.filter((link) => {
			const [path = '', heading] = link.split('#');
			const file = path === '' ? join(root, page) : join(root, dirname(page), path);
			if (!existsSync(file)) return true;
			return heading !== undefined && !headings(readFileSync(file, 'utf8')).includes(heading);
		});
		expect(broken).toEqual([]);
	});

	it('answer each question of the README within the first screen of a page', () => {
		const [, after = ''] = readFileSync(join(root, 'README.md'), 'utf8').split('\n## Questions\n');
		const [section = ''] = after.split('\n## ');
		const answers = [...section.matchAll(/^\| [^|]+\? +\| \[[^\]]+\]\(([^)#]+)\)/gm)];
		expect(answers.length).toBeGreaterThanOrEqual(5);
		for (const [, page = ''] of answers) {
			const first = readFileSync(join(root, page), 'utf8').split('\n').slice(0, SCREEN).join('\n');
			expect([page, first]).toEqual([page, expect.stringContaining('**In short')]);
		}
	});

	it('show every picture that the browser tests take', () => {
		const texts = pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n');
		const unseen = readdirSync(join(docs, 'images')).filter(
			(image) => !texts.includes(`images/${image})`),
		);
		expect(unseen).toEqual([]);
	});

	/** As GitHub makes them: lower case, punctuation gone, spaces as hyphens. */
	function headings(text: string): string[] {
		return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
			heading
				.toLowerCase()
				.replace(/[^\p{L}\p{N}\s_-]/gu, '')
				.replace(/ /g, '-'),
		);
	}
});
