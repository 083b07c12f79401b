import { DataDeduplicationService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INodeExecutionData,
	INodeType,
	IVersionedNodeType,
} from 'n8n-workflow';

import { additionalDataFor } from '../test/engine/support/additional-data.ts';
import type { CredentialSet } from '../test/engine/support/credentials.ts';
import { EngineCredentials } from '../test/engine/support/credentials.ts';
import { ProcessedDataStore } from '../test/engine/support/processed-data.ts';
import type { NodeSettings } from '../test/engine/support/workflow.ts';
import { EngineNodeTypes, INPUT, storedWorkflow, workflowOf } from '../test/engine/support/workflow.ts';

/** A node as it stands in the workflow, with all it needs to run. */
export interface Subject {
	type: INodeType | IVersionedNodeType;
	/** n8n's full name of the type; parts of the engine use it. */
	typeName: string;
	parameters: IDataObject;
	settings?: Pick<NodeSettings, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;
	credentialType: ICredentialType;
	credential: CredentialSet[string];
}

/** What an execution tells its user. */
export interface Told {
	/** Items that came out as done. */
	done: number;
	/** Items that came out as failed. */
	failed: number;
	/** Executions that ended with an error and no items. */
	stopped: number;
}

/** Where the node keeps the keys of events. */
const store = DataDeduplicationService.init(new ProcessedDataStore());

/**
 * Runs the node once over the items in n8n's own engine, as one execution started by a trigger. It is like the engine of the
 * tests, without the data that they look at afterwards.
 */
export async function execute(subject: Subject, items: INodeExecutionData[], id: string): Promise<Told> {
	const { type, typeName, parameters, settings, credentialType, credential } = subject;
	await store;
	const types = new EngineNodeTypes({ [typeName]: type }, items);
	const workflow = workflowOf({ node: typeName, parameters, ...settings }, types, [credentialType.name]);
	const credentials = new EngineCredentials([credentialType], { [credentialType.name]: credential });
	const hooks = new ExecutionLifecycleHooks('trigger', id, storedWorkflow(workflow));
	const { data } = await new WorkflowExecute(additionalDataFor(credentials, id, hooks), 'trigger').run({
		workflow,
		startNode: workflow.getNode(INPUT) ?? undefined,
	});
	const task = data.resultData.runData[type.description.displayName]?.at(-1);
	if (task === undefined || task.error) return { done: 0, failed: 0, stopped: 1 };
	const output = task.data?.main?.flatMap((branch) => branch ?? []) ?? [];
	const failed = output.filter(({ json, error }) => error !== undefined || 'error' in json).length;
	return { done: output.length - failed, failed, stopped: 0 };
}
