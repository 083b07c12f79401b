import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { isObject } from '../json/objects';
import { isExpression } from './expression';

/** The functions of n8n that parameters are read with. */
export type Parameters = Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter' | 'evaluateExpression'>;

/** Whether there is an expression in any part of a parameter. */
const holdsExpression = (written: unknown): boolean =>
	isObject(written) || Array.isArray(written)
		? Object.values(written).some(holdsExpression)
		: isExpression(written);

/**
 * The parameters of a node for all items of a run. n8n copies the whole node each time it is asked for it, and looks
 * through all properties for each value. So the node is asked for once, and what is the same for all items, too.
 */
export function parametersOf(ctx: Parameters): Parameters {
	const node = ctx.getNode();
	type Value = NodeParameterValueType | object;
	const fixed = new Map<string, Value>();
	const get = (name: string, itemIndex: number, otherwise?: unknown): Value => {
		if (fixed.has(name)) return deepCopy(fixed.get(name));
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
