import type { INode, INodeParameters, IWorkflowDataProxyData } from 'n8n-workflow';

import type { Parameters, Source } from '../../../../nodes/shared/fields/parameters';
import { parametersOf } from '../../../../nodes/shared/fields/parameters';

/** A context that counts what is asked of it, and gives another object each time for what holds an expression. */
function contextOf(parameters: INodeParameters): { asked: string[]; ctx: Source } {
	const asked: string[] = [];
	const get = (name: string, itemIndex: number, otherwise?: unknown): unknown => {
		asked.push(`${name} ${itemIndex}`);
		const [top = '', inner] = name.split('.');
		const whole = parameters[top] ?? otherwise;
		const value = inner === undefined ? whole : (whole as INodeParameters)[inner];
		return JSON.parse(
			JSON.stringify(value).replaceAll('={{ $json.it }}', `item ${itemIndex}`),
		) as unknown;
	};
	return {
		asked,
		ctx: {
			getNode: () => {
				asked.push('node');
				return { parameters } as INode;
			},
			getNodeParameter: get as Parameters['getNodeParameter'],
			evaluateExpression: (code, itemIndex) => `${code} ${itemIndex}`,
			getInputData: () => [],
			getWorkflowDataProxy: () => ({}) as IWorkflowDataProxyData,
		},
	};
}

const EXPRESSION = '={{ $json.it }}';

describe('Reading parameters', () => {
	it('asks n8n once for the node and for a value that is the same for all items', () => {
		const { asked, ctx } = contextOf({ kind: 'call', where: { __rl: true, mode: 'id', value: 'a' } });
		const parameters = parametersOf(ctx);
		for (const item of [0, 1, 2]) {
			expect(parameters.getNode().parameters).toMatchObject({ kind: 'call' });
			expect(parameters.getNodeParameter('kind', item)).toBe('call');
			expect(parameters.getNodeParameter('where', item)).toMatchObject({ value: 'a' });
			expect(parameters.getNodeParameter('absent', item, {})).toEqual({});
		}
		expect(asked).toEqual(['node', 'kind 0', 'where 0', 'absent 0']);
	});

	it.each<[string, string, INodeParameters, unknown]>([
		['a value', 'one', { one: EXPRESSION }, 'item 1'],
		['a part of a text', 'one', { one: `=Tour of ${EXPRESSION.slice(1)}` }, undefined],
		[
			'a resource locator',
			'one',
			{ one: { __rl: true, mode: 'id', value: EXPRESSION } },
			{ value: 'item 1' },
		],
		['a collection', 'one', { one: { fixed: 'a', open: EXPRESSION } }, { fixed: 'a', open: 'item 1' }],
		['a list', 'one', { one: { rows: [{ cell: EXPRESSION }] } }, { rows: [{ cell: 'item 1' }] }],
		['one field of a collection', 'one.open', { one: { open: EXPRESSION } }, 'item 1'],
		['a fixed field beside it', 'one.fixed', { one: { fixed: 'a', open: EXPRESSION } }, 'a'],
	])('asks n8n for each item where an expression stands in %s', (_, name, set, expected) => {
		const { asked, ctx } = contextOf(set);
		const parameters = parametersOf(ctx);
		parameters.getNodeParameter(name, 0);
		const value = parameters.getNodeParameter(name, 1);
		expect(asked).toEqual(['node', `${name} 0`, `${name} 1`]);
		if (typeof expected === 'object') expect(value).toMatchObject(expected as object);
		else if (expected !== undefined) expect(value).toBe(expected);
	});

	it('gives each item a value of its own, which may be changed', () => {
		const parameters = parametersOf(contextOf({ added: { tags: ['a'] } }).ctx);
		for (const item of [0, 1, 2]) {
			const added = parameters.getNodeParameter('added', item) as { tags: string[] };
			expect(added).toEqual({ tags: ['a'] });
			added.tags.push('b');
		}
	});

	it('asks again for what n8n could not give', () => {
		const { ctx } = contextOf({ one: 'there' });
		let tries = 0;
		const get = (name: string, itemIndex: number): unknown => {
			if (tries++ === 0) throw new Error('not yet');
			return ctx.getNodeParameter(name, itemIndex);
		};
		const parameters = parametersOf({ ...ctx, getNodeParameter: get as Parameters['getNodeParameter'] });
		expect(() => parameters.getNodeParameter('one', 0)).toThrow('not yet');
		expect(parameters.getNodeParameter('one', 1)).toBe('there');
	});
});
