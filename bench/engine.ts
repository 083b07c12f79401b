import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
	IWorkflowBase,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import { additionalDataFor } from '../test/engine/support/additional-data.ts';
import type { CredentialSet } from '../test/engine/support/credentials.ts';
import { EngineCredentials } from '../test/engine/support/credentials.ts';

/** A node as it stands in the workflow, with all it needs to run. */
export interface Subject {
	type: INodeType | IVersionedNodeType;
	/** n8n's full name of the type; some of the engine goes by it. */
	typeName: string;
	parameters: IDataObject;
	settings?: Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;
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

const INPUT = 'Input';
const INPUT_TYPE = 'bench.input';

/** Hands out the items, as whatever comes before the node would. */
function inputType(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: INPUT,
			name: 'input',
			group: ['input'],
			version: 1,
			description: 'Hands out the items of the bench',
			defaults: { name: INPUT },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => await Promise.resolve([items]),
	};
}

function typesFor(subject: Subject, items: INodeExecutionData[]): INodeTypes {
	const types: Record<string, INodeType | IVersionedNodeType> = {
		[INPUT_TYPE]: inputType(items),
		[subject.typeName]: subject.type,
	};
	const byName = (name: string) => {
		const type = types[name];
		if (!type) throw new Error(`There is no node type ${name} in the bench`);
		return type;
	};
	return {
		getByName: byName,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(byName(name), version),
		getKnownTypes: () => ({}),
	};
}

function workflowOf(subject: Subject, items: INodeExecutionData[]): Workflow {
	const { displayName, defaultVersion } = subject.type.description;
	const node: INode = {
		id: 'contestant',
		name: displayName,
		type: subject.typeName,
		typeVersion: defaultVersion ?? 1,
		position: [200, 0],
		parameters: structuredClone(subject.parameters) as INodeParameters,
		credentials: { [subject.credentialType.name]: { id: '1', name: 'Bench' } },
		...subject.settings,
	};
	const input: INode = {
		id: 'input',
		name: INPUT,
		type: INPUT_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	return new Workflow({
		id: 'bench',
		name: 'Bench',
		nodes: [input, node],
		connections: {
			[INPUT]: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		active: true,
		nodeTypes: typesFor(subject, items),
		settings: { executionOrder: 'v1' },
	});
}

/** The workflow as n8n's database would hold it; nothing here looks into it. */
function storedForm({ id, nodes, settings }: Workflow): IWorkflowBase {
	const now = new Date();
	return {
		id,
		name: 'Bench',
		nodes: Object.values(nodes),
		connections: {},
		settings,
		active: true,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
	};
}

/** Runs the node once over the items in n8n's own engine, as one execution started by a trigger. */
export async function execute(subject: Subject, items: INodeExecutionData[], id: string): Promise<Told> {
	const workflow = workflowOf(subject, items);
	const credentials = new EngineCredentials([subject.credentialType], {
		[subject.credentialType.name]: subject.credential,
	});
	const hooks = new ExecutionLifecycleHooks('trigger', id, storedForm(workflow));
	const { data } = await new WorkflowExecute(additionalDataFor(credentials, id, hooks), 'trigger').run({
		workflow,
		startNode: workflow.getNode(INPUT) ?? undefined,
	});
	const task = data.resultData.runData[subject.type.description.displayName]?.at(-1);
	if (task === undefined || task.error) return { done: 0, failed: 0, stopped: 1 };
	const output = task.data?.main?.flatMap((branch) => branch ?? []) ?? [];
	const failed = output.filter(({ json, error }) => error !== undefined || 'error' in json).length;
	return { done: output.length - failed, failed, stopped: 0 };
}
