import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { validateNodeDescription } from 'n8n-core/dist/nodes-loader/validate-node-description';
import type { INodeProperties, INodeType } from 'n8n-workflow';

/* What n8n's AI that builds workflows learns of the nodes. */

const root = join(__dirname, '..', '..', '..');
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };

const NODES = n8n.nodes.map((path) => {
	const source = path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const exported = jest.requireActual<Record<string, new () => INodeType>>(join(root, source));
	const Class = exported[basename(source, '.node.ts')];
	if (!Class) throw new Error(`${source} does not export its node`);
	return new Class().description;
});

const withNested = (property: INodeProperties): INodeProperties[] => [
	property,
	...(property.options ?? []).flatMap((option) => ('type' in option ? withNested(option) : [])),
];

describe.each(NODES)('$displayName', (description) => {
	const properties = description.properties.flatMap(withNested);
	const hintOf = ({ builderHint }: INodeProperties) => builderHint?.propertyHint;

	it('says what it is for, and has no hint where n8n would show none', () => {
		expect(description.builderHint?.searchHint).toMatch(/^[A-Z].{60,}\.$/);
		expect(() => validateNodeDescription(description)).not.toThrow();
	});

	it("has no expression and no connection in n8n's own form in its hints", () => {
		const hints = [description.builderHint?.searchHint, ...properties.map(hintOf)];
		expect(hints.filter((hint) => /=\{\{|\bai_[a-z]/.test(hint ?? ''))).toEqual([]);
	});

	it('tells of each record that can be found by what people know of it', () => {
		const locators = properties.filter(({ type }) => type === 'resourceLocator');
		for (const locator of locators) {
			const known = (locator.modes ?? []).filter(({ name }) => !['list', 'id'].includes(name));
			if (known.length === 0 || !locator.modes?.some(({ name }) => name === 'id')) continue;
			for (const { name } of known) expect(hintOf(locator)).toContain(`"${name}"`);
		}
	});

	it('tells when to set the ID by which an event is recorded once', () => {
		const keys = properties.filter(({ name }) => name === 'deduplicationKey');
		if (description.group.includes('transform')) expect(keys).not.toEqual([]);
		for (const key of keys) expect(hintOf(key)).toMatch(/the ID that the event has there/);
	});
});
