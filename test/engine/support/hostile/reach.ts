import type { IDataObject } from 'n8n-workflow';

import { hasTime } from '../../../support/effort.ts';
import type { RunResult } from '../index.ts';
import type { TestedOperation } from '../operations.ts';
import { fieldsOf, rightParameters, variantsOf } from '../operations.ts';
import { sampleOf } from '../samples.ts';
import { Reach } from './expectations.ts';
import type { Stage } from './stage.ts';

/** IDs of records that do not exist, as text and as a number. */
const STRANGERS = ['harmless1', 987_654];

/** The same parameters with every ID of a record replaced; other texts of resource locators are left as they are. */
function withIds(parameters: IDataObject, id: unknown, known: Set<unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) return [name, value];
			const inner = value as IDataObject;
			if (!inner.__rl) return [name, withIds(inner, id, known)];
			return [name, known.has(inner.value) ? { ...inner, value: id } : inner];
		}),
	) as IDataObject;
}

/**
 * Runs an operation with valid parameters, in all its variants, and gives the addresses that it may use from then on.
 *
 * @param judge checks the run with valid parameters
 */
export async function reachOf(
	stage: Stage,
	operation: TestedOperation,
	judge: (result: RunResult, parameters: IDataObject) => void = () => undefined,
): Promise<Reach> {
	const reach = new Reach();
	const samples = fieldsOf(operation).map(({ property }) => sampleOf(property, operation));
	const named = samples.map((sample) => (sample as IDataObject | undefined)?.value);
	const ids = new Set<string>([...STRANGERS, ...named].filter(Boolean).map(String));
	const go = async (parameters: IDataObject) => {
		await stage.fresh();
		const result = await stage.run(operation, parameters);
		for (const id of stage.created(operation.service)) ids.add(id);
		reach.allow(stage.asked(operation.service), ids);
		return result;
	};
	const variants = variantsOf(operation);
	const [first = {}] = variants;
	for (const variant of variants) {
		// With everything filled in it asks for whatever it asks for without.
		for (const filled of hasTime || variant === first ? [false, true] : [true]) {
			const parameters = rightParameters(operation, variant, filled);
			judge(await go(parameters), parameters);
		}
	}
	const known = new Set<unknown>(Object.values(operation.service.samples.ids));
	// The nodes do not ask again for a record that they know; an unknown record they do ask for.
	for (const id of STRANGERS) {
		for (const filled of [false, true])
			await go(withIds(rightParameters(operation, first, filled), id, known));
	}
	await stage.fresh();
	return reach;
}
