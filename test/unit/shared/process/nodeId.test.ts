import type { INode } from 'n8n-workflow';

import { nodeIdOf } from '../../../../nodes/shared/process/nodeId';

const at = (workflow: string | undefined, node: string) =>
	nodeIdOf({ getWorkflow: () => ({ id: workflow as string }), getNode: () => ({ id: node }) as INode });

describe('the ID of a node in this process', () => {
	it('is the same for the same node of the same workflow alone', () => {
		expect(at('w1', 'n1')).toBe(at('w1', 'n1'));
		expect(new Set([at('w1', 'n1'), at('w2', 'n1'), at('w1', 'n2'), at(undefined, 'n1')]).size).toBe(4);
	});
});
