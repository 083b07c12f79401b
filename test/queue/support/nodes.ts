import type { WorkflowNode } from '../../../demo/example.ts';
import type { Emulator } from '../../../emulator/index.ts';
import { propexoCreate } from '../../support/workflows.ts';

/** This package's node as the README recommends it for webhooks; `options` in place of the recommended ones. */
export const leadEventNode = (options: object = {}): WorkflowNode =>
	propexoCreate({ outcomeUnknown: 'lookUp', ...options });

/** The same request by n8n's HTTP Request node, with the most retries and the longest pause that n8n offers. */
export function httpRequestNode({ propexo }: Emulator): WorkflowNode {
	return {
		id: 'c0a1f6e2-1111-4a4e-9d3c-000000000003',
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [200, 0],
		parameters: {
			method: 'POST',
			url: `${propexo.url}/v1/events/leads`,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${propexo.token}` }] },
			sendBody: true,
			specifyBody: 'json',
			jsonBody:
				'={{ JSON.stringify({ integration_id: "int_any", lead_id: $json.body.lead_id, notes: $json.body.notes }) }}',
			options: { timeout: 30_000 },
		},
		retryOnFail: true,
		maxTries: 5,
		waitBetweenTries: 5_000,
	};
}
