import type { IDataObject } from 'n8n-workflow';

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
 * Runs an operation with everything that is right, in all its variants, and tells where it may go from then on.
 *
 * @param judge looks at the run of parameters that are right
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
	for (const variant of variantsOf(operation)) {
		for (const filled of [false, true]) {
			const parameters = rightParameters(operation, variant, filled);
			judge(await go(parameters), parameters);
		}
	}
	const [first = {}] = variantsOf(operation);
	const known = new Set<unknown>(Object.values(operation.service.samples.ids));
	// What the nodes know of a record they do not ask for again; of a stranger they know nothing.
	for (const id of STRANGERS) {
		for (const filled of [false, true])
			await go(withIds(rightParameters(operation, first, filled), id, known));
	}
	await stage.fresh();
	return reach;
}
