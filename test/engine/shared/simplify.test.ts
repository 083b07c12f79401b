import type { IDataObject } from 'n8n-workflow';

import { useStage } from '../support/hostile/stage.ts';
import { OPERATIONS, rightParameters, variantsOf } from '../support/operations.ts';
import { SERVICES } from '../support/service.ts';

const stage = useStage();

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The places of what is null, also within objects. */
const nullsIn = (row: IDataObject, place = ''): string[] =>
	Object.entries(row).flatMap(([name, value]) => {
		if (value === null) return [`${place}${name}`];
		return isObject(value) ? nullsIn(value, `${place}${name}.`) : [];
	});

/** What the name of a column is about that says an ID, or whom the item is about. */
const IS_ID = /^(id|prospect|email|unitId)$|_id$/;

const WRITES = OPERATIONS.filter(({ writes }) => writes);

it('There are writes of every service', () => {
	expect(new Set(WRITES.map(({ service }) => service.name))).toEqual(
		new Set(SERVICES.map(({ name }) => name)),
	);
});

describe.each(WRITES)('The output of $title', (operation) => {
	const [variant = {}] = variantsOf(operation);
	const parameters = () => rightParameters(operation, variant, true);
	async function rowsOf(given: IDataObject): Promise<IDataObject[]> {
		await stage.fresh();
		// A preview sends nothing.
		const {
			previewOnly: _,
			deliveryDetails: __,
			...others
		} = (parameters().options ?? {}) as IDataObject;
		const { success } = await stage.run(operation, { ...parameters(), options: { ...others, ...given } });
		return success.map(({ json }) => json);
	}

	it('begins with the outcome, IDs and whom it is about, and holds no nulls', async () => {
		const rows = await rowsOf({ simplify: true });
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			const [first, second] = Object.keys(row);
			expect(first).toBe('outcome');
			expect(row.outcome).toMatch(/^(created|updated|cancelled|unchanged|pending)$/);
			expect([second, IS_ID.test(second ?? '') || second === 'action']).toEqual([second, true]);
			expect(nullsIn(row)).toEqual([]);
			expect(Object.keys(row).length).toBeLessThanOrEqual(15);
			if ('data' in row) expect(Object.keys(row).at(-1)).toBe('data');
		}
	});

	it('is simplified unless that is turned off, and then it is the whole answer', async () => {
		const [simple = {}] = await rowsOf({});
		const [whole = {}] = await rowsOf({ simplify: false });
		expect(nullsIn(simple)).toEqual([]);
		expect(Object.keys(whole)[0]).toBe('outcome');
		// Nothing but nulls, and few columns that nobody asks for, is left out.
		const lost = Object.entries(whole).filter(([name, value]) => value !== null && !(name in simple));
		expect(lost.map(([name]) => name).sort()).toEqual(lost.length === 0 ? [] : ['created_by', 'deleted']);
	});
});
