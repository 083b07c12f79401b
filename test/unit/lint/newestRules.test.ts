import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';

/*
 * Rules of the main branch of n8n's lint plugin (packages/@n8n/eslint-plugin-community-nodes) that no published version
 * has, and rules that only look at what stands in a node's file as it is: here a node's properties are put together.
 *
 * Three warnings are left out on purpose. `non-required-fields-in-collection` and `open-ended-node-fields` want
 * every optional field in a collection; here those that make an event complete stand beside the required ones.
 * `options-sorted-alphabetically` wants every list sorted by name; here a list of two to four choices begins with its default, and
 * *Record Type* with the types that most people want.
 */

const root = join(__dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
	license: string;
	keywords: string[];
	repository: object;
	n8n: { nodes: string[]; credentials: string[] };
};

/** The class in a file that package.json lists, from its source. */
function made<T>(path: string): T {
	const source = path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const name = basename(source).split('.')[0] ?? '';
	const exported = jest.requireActual<Record<string, new () => T>>(join(root, source));
	const Class = exported[name];
	if (!Class) throw new Error(`${source} does not export ${name}`);
	return new Class();
}

const sourceOf = (path: string) => path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
const NODES = manifest.n8n.nodes.map((path) => ({
	source: sourceOf(path),
	description: made<INodeType>(path).description,
}));
const CREDENTIALS = manifest.n8n.credentials.map((path) => ({
	source: sourceOf(path),
	credential: made<ICredentialType>(path),
}));

const isProperty = (one: object): one is INodeProperties => 'type' in one && 'displayName' in one;

/** A property with all that are nested in it. */
const withNested = (property: INodeProperties): INodeProperties[] => [
	property,
	...(property.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values.flatMap(withNested);
		return isProperty(option) ? withNested(option) : [];
	}),
];

const PROPERTIES = [
	...NODES.map(({ source, description }) => ({ source, properties: description.properties })),
	...CREDENTIALS.map(({ source, credential }) => ({ source, properties: credential.properties })),
].map(({ source, properties }) => ({ source, properties: properties.flatMap(withNested) }));

/** Characters of a hint, which stands below its field: a longer one pushes the others down. */
const LONGEST_HINT = 120;

describe.each(PROPERTIES)('The properties of $source', ({ properties }) => {
	it('have hints of at most 120 characters', () => {
		const hints = properties.flatMap(({ name, hint = '', modes = [] }) =>
			[hint, ...modes.map((mode) => mode.hint ?? '')].map((text) => ({ name, text })),
		);
		expect(hints.filter(({ text }) => text.length > LONGEST_HINT)).toEqual([]);
	});

	it('have a default, each', () => {
		expect(properties.filter((property) => property.default === undefined)).toEqual([]);
	});

	it('name no choice and no value twice, and none with an asterisk', () => {
		for (const { name, type, options = [] } of properties) {
			if (type !== 'options' && type !== 'multiOptions') continue;
			const choices = options as Array<{ name: string; value: unknown }>;
			for (const all of [choices.map((one) => one.name), choices.map(({ value }) => value)]) {
				expect({ name, all }).toEqual({ name, all: [...new Set(all)] });
			}
			expect(choices.filter((one) => one.name.includes('*'))).toEqual([]);
		}
	});
});

/** Source: n8n's list of node categories for codex files. */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

describe.each(NODES)('The node of $source', ({ source, description }) => {
	it('is called after its file, in camel case', () => {
		const { name } = description;
		expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
		expect(basename(source)).toBe(`${name.charAt(0).toUpperCase()}${name.slice(1)}.node.ts`);
	});

	it('uses one credential, and has no color', () => {
		expect(description.credentials).toHaveLength(1);
		expect(description.defaults).toEqual({ name: description.displayName });
	});

	it("has n8n's categories and no subcategories", () => {
		const codex = JSON.parse(read(source.replace(/\.ts$/, '.json'))) as Record<string, unknown>;
		expect(codex).not.toHaveProperty('subcategories');
		expect(codex['categories']).not.toEqual([]);
		expect(CATEGORIES).toEqual(expect.arrayContaining(codex['categories'] as string[]));
	});
});

/** Of WCAG: from 0 for black to 1 for white. */
function luminance(color: string): number {
	const hex = color.length === 4 ? color.replace(/[\da-f]/gi, '$&$&') : color;
	const [red = 0, green = 0, blue = 0] = [1, 3, 5]
		.map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
		.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

/** What an icon stands on in the editor, and how much it must differ from that: WCAG's ratio for graphics. */
const BACKGROUNDS = { light: '#ffffff', dark: '#2b2b2b' } as const;
const LEAST_CONTRAST = 3;

const ICONS = [
	...NODES.map(({ source, description }) => ({ source, icon: description.icon })),
	...CREDENTIALS.map(({ source, credential }) => ({ source, icon: credential.icon })),
].flatMap(({ source, icon }) =>
	(['light', 'dark'] as const).map((theme) => ({
		source,
		theme,
		file: (icon as Record<typeof theme, string>)[theme].replace(/^file:/, ''),
	})),
);

it.each(ICONS)('the icon of $source stands out in the $theme theme', ({ source, theme, file }) => {
	const svg = readFileSync(join(root, dirname(source), file), 'utf8');
	const colors = [...svg.matchAll(/(?:fill|stroke)="(#[\da-f]{3,6})"/gi)].map(([, color = '']) => color);
	const best = Math.max(...colors.map((color) => contrast(color, BACKGROUNDS[theme])));
	expect(best).toBeGreaterThan(LEAST_CONTRAST);
});

it.each(CREDENTIALS)('the credential of $source is called after its file', ({ source, credential }) => {
	const name = basename(source, '.credentials.ts');
	expect(name).toMatch(/^[A-Z]\w*Api$/);
	expect(credential.name).toBe(`${name.charAt(0).toLowerCase()}${name.slice(1)}`);
});

it('the package is under the MIT license, in a repository of its own, with the keyword of community nodes', () => {
	expect(manifest.license).toBe('MIT');
	expect(manifest.repository).not.toHaveProperty('directory');
	expect(manifest.keywords).toContain('n8n-community-node-package');
});

it('no identifier of an account is fixed in the sources', () => {
	const FIXED =
		/\b(?:partner|affiliate|reseller|account|tenant|customer|client)_?id\b['"]?\s*[:=]\s*['"`]/i;
	const files = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' });
	const sources = files.filter((path) => path.endsWith('.ts'));
	expect(sources.length).toBeGreaterThan(100);
	expect(sources.filter((path) => FIXED.test(read(join('nodes', path))))).toEqual([]);
});

it.each(PROPERTIES)(
	'$source: no condition is a regular expression, which n8n breaks off on a busy machine, and the run with it',
	({ properties }) => {
		const conditions = JSON.stringify(properties.map(({ displayOptions }) => displayOptions));
		expect(conditions).not.toContain('"regex"');
	},
);
