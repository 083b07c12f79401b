import './environment.ts';
import 'reflect-metadata';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import type { ICredentialDataDecryptedObject, ICredentialType, INode, INodeType } from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import { additionalDataFor } from './additional-data.ts';
import { EngineCredentials } from './credentials.ts';

export interface CredentialTestResult {
	/** As the editor shows it: green or red. */
	status: 'OK' | 'Error';
	message: string;
	/** The service's HTTP status when it refused. */
	statusCode?: number;
}

/**
 * Sends a credential's own `test` request, as the editor does when a credential is saved. It goes to the base URL in the
 * credential's data.
 *
 * @throws when the credential type has no test request
 */
export async function testCredential(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialTestResult> {
	const { test } = type;
	if (!test) throw new Error(`${type.name} has no test request`);
	const nodeType: INodeType = {
		description: {
			displayName: 'Credential Test',
			name: 'credentialTest',
			group: ['input'],
			version: 1,
			description: 'Carries the test request',
			defaults: { name: 'Credential Test' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Request',
					name: 'request',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
	const node: INode = {
		id: 'credential-test',
		name: 'Credential Test',
		type: 'credentialTest',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type.name]: { id: type.name, name: type.name } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const credentials = new EngineCredentials([type], { [type.name]: data });
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataFor(credentials, 'credential-test'),
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const filled = NodeHelpers.getNodeParameters(
		type.properties,
		{ ...data } as never,
		true,
		false,
		null,
		null,
	);
	try {
		await new RoutingNode(context, nodeType, {
			id: type.name,
			name: type.name,
			type: type.name,
			data: filled as ICredentialDataDecryptedObject,
		}).runNode();
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return refusal(error, type);
	}
}

/** The message n8n's editor shows for a failed test. */
function refusal(error: unknown, { test }: ICredentialType): CredentialTestResult {
	const { message, cause } = error as Error & {
		cause?: { code?: string; response?: { status: number; statusText?: string } };
	};
	const response = cause?.response;
	if (!response) return { status: 'Error', message: cause?.code ?? message };
	const rule = test?.rules?.find(
		({ type, properties }) => type === 'responseCode' && properties.value === response.status,
	);
	return {
		status: 'Error',
		message:
			rule?.properties.message ??
			(response.statusText || `Received HTTP status code: ${response.status}`),
		statusCode: response.status,
	};
}
