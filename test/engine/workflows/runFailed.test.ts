import type { IDataObject } from 'n8n-workflow';

import { evaluated, shippedNode } from '../support/shipped.ts';

/** What a person is told, by what n8n hands to an error workflow. */
function told(given: IDataObject): string {
	const { jsonBody } = shippedNode('run-failed.json', 'Tell a person').parameters;
	return (JSON.parse(String(evaluated(jsonBody, given))) as { text: string }).text;
}

const workflow = { id: '1', name: 'Tours' };

describe('run-failed', () => {
	it('tells which workflow failed, why, at which node, and where the run is', () => {
		const execution = {
			...{ id: '231', url: 'https://n8n.example.com/workflow/1/executions/231', mode: 'webhook' },
			...{ error: { message: 'A tour was not recorded' }, lastNodeExecuted: 'Tell the team' },
		};
		expect(told({ workflow, execution })).toBe(
			'A run of "Tours" failed: A tour was not recorded\nNode: Tell the team\nhttps://n8n.example.com/workflow/1/executions/231',
		);
	});

	it('tells of a run that could not start, and of one without a reason', () => {
		const trigger = { error: { message: 'The address is taken' }, mode: 'trigger' };
		expect(told({ workflow, trigger })).toBe('A run of "Tours" failed: The address is taken');
		expect(told({ workflow })).toBe('A run of "Tours" failed: n8n does not say why');
	});
});
