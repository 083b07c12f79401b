import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { extract, KEYWORDS, USED, type Contract } from '../../../../scripts/contract/extract.ts';

const KEPT = readFileSync(join(__dirname, '..', '..', 'emulator', 'fixtures', 'propexo.json'), 'utf8');

/** Propexo's OpenAPI file or most of it, not ours to keep here: named by the environment, or beside the checkout. */
const FILE =
	process.env.PROPEXO_OPENAPI ??
	join(__dirname, '..', '..', '..', '..', '..', 'shared', 'reference', 'propexo-openapi.yml');

/** All keywords of a schema and of those inside it. */
function keywordsOf(schema: unknown): string[] {
	if (Array.isArray(schema)) return schema.flatMap(keywordsOf);
	if (typeof schema !== 'object' || schema === null) return [];
	return Object.entries(schema).flatMap(([keyword, value]) => [
		keyword,
		...(keyword === 'properties'
			? Object.values(value as object).flatMap(keywordsOf)
			: keywordsOf(value)),
	]);
}

describe("what is kept of Propexo's OpenAPI file", () => {
	it('is data, without a description or an example', () => {
		const { paths, components } = JSON.parse(KEPT) as Contract;
		const parameters = Object.values(paths).flatMap((methods) =>
			Object.values(methods).flatMap((operation) => operation.parameters),
		);
		const schemas = [...Object.values(components.schemas), ...parameters.map(({ schema }) => schema)];
		expect(keywordsOf(schemas).filter((keyword) => !KEYWORDS.has(keyword))).toEqual([]);
		for (const parameter of parameters) {
			expect(Object.keys(parameter).sort()).toEqual(['in', 'name', 'required', 'schema']);
		}
	});

	it('lacks no schema that it refers to', () => {
		const { components } = JSON.parse(KEPT) as Contract;
		const referred = [...KEPT.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
		expect(referred.length).toBeGreaterThan(0);
		expect(referred.filter((name) => !(String(name) in components.schemas))).toEqual([]);
	});

	if (existsSync(FILE)) {
		it('is what the file says of each path that it has', () => {
			const text = readFileSync(FILE, 'utf8');
			const { paths: there } = parse(text) as Contract;
			const used = Object.entries(USED).filter(([path]) => path in there);
			expect(used.length).toBeGreaterThan(40);
			const { paths, components } = extract(text, Object.fromEntries(used));
			const kept = JSON.parse(KEPT) as Contract;
			expect(kept.paths).toMatchObject(paths);
			for (const [name, schema] of Object.entries(components.schemas))
				expect([name, kept.components.schemas[name]]).toEqual([name, schema]);
		});
	}
});
