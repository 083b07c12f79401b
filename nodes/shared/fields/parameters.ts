import type { IDataObject, IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { isObject } from '../json/objects';
import { isExpression } from './expression';
import { fieldOfInput } from './inputField';

/** The functions of n8n that parameters are read with. */
export type Parameters = Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter' | 'evaluateExpression'>;

/** The same, and those that tell what `$json` is. */
export type Source = Parameters & Pick<IExecuteFunctions, 'getInputData' | 'getWorkflowDataProxy'>;

/** Whether there is an expression in any part of a parameter. */
const holdsExpression = (written: unknown): boolean =>
	isObject(written) || Array.isArray(written)
		? Object.values(written).some(holdsExpression)
		: isExpression(written);

/**
 * The items of a run as `$json` shows them, one after the other. None where `$json` shows something else than the node's
 * input, as in a tool of an agent.
 */
function shownAsJson(ctx: Source): IDataObject[] {
	const items = ctx.getInputData().map(({ json }) => json);
	return items.length > 0 && ctx.getWorkflowDataProxy(0).$json === items[0] ? items : [];
}

/**
 * The parameters of a node for all items of a run. n8n copies the whole node each time it is asked for it, and looks
 * through all properties for each value. So the node is asked for once, and what is the same for all items, too. Where an
 * expression only names a field of the item, the field is read.
 */
export function parametersOf(ctx: Source): Parameters {
	const node = ctx.getNode();
	const items = shownAsJson(ctx);
	type Value = NodeParameterValueType | object;
	const fixed = new Map<string, Value>();
	const get = (name: string, itemIndex: number, otherwise?: unknown): Value => {
		if (fixed.has(name)) return deepCopy(fixed.get(name));
		const written = node.parameters[name];
		const json = items[itemIndex];
		const read = written !== undefined && json ? fieldOfInput(written, json) : undefined;
		if (read !== undefined) return read as Value;
		// n8n's own check looks through all properties of the node, and none of them asks for it.
		const value = ctx.getNodeParameter(name, itemIndex, otherwise, { skipValidation: true });
		const [top = ''] = name.split('.');
		if (holdsExpression(node.parameters[top])) return value;
		fixed.set(name, value);
		return deepCopy(value);
	};
	return {
		getNode: () => node,
		getNodeParameter: get as Parameters['getNodeParameter'],
		evaluateExpression: (code, itemIndex) => ctx.evaluateExpression(code, itemIndex),
	};
}
