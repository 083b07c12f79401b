import type { INode } from 'n8n-workflow';

import { placeOf } from '../../../../nodes/shared/process/place';

const at = (workflow: string | undefined, node: string) =>
	placeOf({ getWorkflow: () => ({ id: workflow as string }), getNode: () => ({ id: node }) as INode });

describe('the place of a node', () => {
	it('is the same for the same node of the same workflow alone', () => {
		expect(at('w1', 'n1')).toBe(at('w1', 'n1'));
		expect(new Set([at('w1', 'n1'), at('w2', 'n1'), at('w1', 'n2'), at(undefined, 'n1')]).size).toBe(4);
	});
});
