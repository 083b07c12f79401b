import type { IDataObject } from 'n8n-workflow';

import type { Schema } from '../../../nodes/shared/json/schema';
import { triesAll } from '../../support/effort.ts';
import { useStage } from '../support/hostile/stage.ts';
import { OPERATIONS, rightParameters, variantsOf } from '../support/operations.ts';

const stage = useStage();

const typeOf = (value: unknown): string => {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
};

/** What in a value is not as the schema says, by its place. */
function strayIn(value: unknown, { type, properties, items }: Schema, place = ''): string[] {
	const is = typeOf(value);
	const types = [type].flat();
	if (!types.includes(is) && !(is === 'integer' && types.includes('number'))) return [`${place} is ${is}`];
	if (Array.isArray(value))
		return value.flatMap((one, at) => (items ? strayIn(one, items, `${place}[${at}]`) : []));
	if (is !== 'object' || !properties) return [];
	return Object.entries(value as IDataObject).flatMap(([name, inner]) => {
		const schema = properties[name];
		return schema ? strayIn(inner, schema, `${place}.${name}`) : [];
	});
}

describe.each(OPERATIONS)('The output of $title', (operation) => {
	const { service, resource, operation: name } = operation;
	const declared = service.resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === name);

	it('is as the editor shows it before the node has run', async () => {
		const schema = declared?.output ?? { type: 'none' };
		const rows: IDataObject[] = [];
		// The editor shows one form before the node has run: the simplified one, which a new node has.
		const shown = variantsOf(operation).filter(({ output = 'simple' }) => output === 'simple');
		for (const variant of shown) {
			for (const filled of triesAll || variant === shown[0] ? [false, true] : [true]) {
				await stage.fresh();
				const { success } = await stage.run(operation, rightParameters(operation, variant, filled));
				rows.push(...success.map(({ json }) => json));
			}
		}
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.flatMap((row) => strayIn(row, schema))).toEqual([]);
		const told = Object.keys(schema.properties ?? {});
		expect(rows.flatMap((row) => Object.keys(row)).filter((column) => !told.includes(column))).toEqual(
			[],
		);
	});
});
