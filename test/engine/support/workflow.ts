import type {
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
	IWorkflowBase,
	OnError,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

export const INPUT = 'Input';
const INPUT_TYPE = 'engine-support.input';
export const BACK = 'Back';
const BACK_TYPE = 'engine-support.back';
export const AGENT = 'Agent';
const AGENT_TYPE = 'engine-support.agent';

/** The node under test as it stands in the workflow. */
export interface NodeSettings {
	/** `name` of the node type's description, e.g. `propexo`; of another package, n8n's full name of the type. */
	node: string;
	/** Name in the workflow; by default the type's display name. */
	nodeName?: string;
	typeVersion?: number;
	parameters?: IDataObject;
	onError?: OnError;
	retryOnFail?: boolean;
	/** 2 to 5, as in the editor. */
	maxTries?: number;
	/** In ms, up to 5000; n8n takes 0 for 1000. */
	waitBetweenTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	/** How many times the error output leads back to the node, which then runs again on the items that failed. */
	leadsBack?: number;
	/** The items of further runs of the node, one after the other, as a loop brings them. */
	rounds?: IDataObject[][];
	/** The node is the tool of an agent of such a version, which calls it once for each item. */
	ofAgent?: AgentType;
}

export interface WorkflowSettings {
	/** `null` for a workflow that was never saved. */
	workflowId?: string | null;
	/** IANA name of the workflow's time zone; n8n's own default when missing. */
	timezone?: string;
	/** The static data: what n8n keeps with the workflow between executions. Pass that of a result to the next run. */
	staticData?: IDataObject;
}

type NodeType = INodeType | IVersionedNodeType;

/** Node types as n8n holds them: by `<package>.<name>`. */
export class EngineNodeTypes implements INodeTypes {
	private readonly types: Map<string, NodeType>;

	/** @param nodeTypes of this package; those of others by n8n's full names of them */
	constructor(
		nodeTypes: INodeType[] | Record<string, NodeType>,
		items: INodeExecutionData[],
		leadsBack = 0,
		rounds: IDataObject[][] = [],
	) {
		const named = Array.isArray(nodeTypes)
			? nodeTypes.flatMap((type): Array<[string, NodeType]> => {
					const name = typeName(type.description.name);
					// n8n offers the same node as the tool of an agent.
					return [
						[name, type],
						[`${name}Tool`, asTool(type)],
					];
				})
			: Object.entries(nodeTypes);
		this.types = new Map(named);
		const further = rounds.map((round) => round.map((json) => ({ json })));
		// n8n runs first what the last output leads to.
		this.types.set(INPUT_TYPE, inputType([items, ...further].reverse()));
		this.types.set(BACK_TYPE, backType(leadsBack));
		for (const [version, type] of Object.entries(AGENTS))
			this.types.set(`${AGENT_TYPE}.${version}`, type);
	}

	getByName(name: string): NodeType {
		const type = this.types.get(name);
		if (!type) throw new Error(`The engine was not given the node type ${name}`);
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

/** A workflow of two nodes: `Input` with the given items → the node under test. */
export function workflowOf(
	settings: NodeSettings & WorkflowSettings,
	nodeTypes: EngineNodeTypes,
	credentialNames: string[],
): Workflow {
	const type = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(typeName(settings.node)));
	const { displayName, defaultVersion, version } = type.description;
	const newest = Array.isArray(version) ? version.at(-1) : version;
	const input: INode = {
		id: 'input-node',
		name: INPUT,
		type: INPUT_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const tested: INode = {
		id: 'tested-node',
		name: settings.nodeName ?? displayName,
		type: typeName(settings.node),
		typeVersion: settings.typeVersion ?? defaultVersion ?? newest ?? 1,
		position: [200, 0],
		parameters: structuredClone(settings.parameters ?? {}) as INodeParameters,
		credentials: Object.fromEntries(credentialNames.map((name) => [name, { id: name, name }])),
		onError: settings.onError,
		retryOnFail: settings.retryOnFail,
		maxTries: settings.maxTries,
		waitBetweenTries: settings.waitBetweenTries,
		executeOnce: settings.executeOnce,
		alwaysOutputData: settings.alwaysOutputData,
	};
	const back: INode = { ...input, id: 'back-node', name: BACK, type: BACK_TYPE };
	const agent: INode = {
		...input,
		id: 'agent-node',
		name: AGENT,
		type: `${AGENT_TYPE}.${settings.ofAgent}`,
	};
	const to = (name: string) => ({ node: name, type: NodeConnectionTypes.Main, index: 0 });
	const id = settings.workflowId === null ? undefined : (settings.workflowId ?? 'tested-workflow');
	return new Workflow({
		id,
		name: 'Tested workflow',
		nodes: [input, tested, ...(settings.leadsBack ? [back] : []), ...(settings.ofAgent ? [agent] : [])],
		connections: {
			[INPUT]: {
				main: [INPUT, ...(settings.rounds ?? [])].map(() => [
					to(settings.ofAgent ? AGENT : tested.name),
				]),
			},
			...(settings.ofAgent && {
				[tested.name]: {
					[NodeConnectionTypes.AiTool]: [
						[{ node: AGENT, type: NodeConnectionTypes.AiTool, index: 0 }],
					],
				},
			}),
			...(settings.leadsBack && {
				[tested.name]: { main: [[], [to(BACK)]] },
				[BACK]: { main: [[to(tested.name)]] },
			}),
		},
		active: true,
		staticData: structuredClone(settings.staticData ?? {}),
		nodeTypes,
		settings: { executionOrder: 'v1', ...(settings.timezone ? { timezone: settings.timezone } : {}) },
	});
}

function typeName(name: string): string {
	return name.includes('.') ? name : `n8n-nodes-leasing-events.${name}`;
}

/** A workflow as n8n's database would hold it; nothing here reads it. */
export function storedWorkflow({ id, name, nodes, settings }: Workflow): IWorkflowBase {
	return {
		id,
		name: name ?? '',
		nodes: Object.values(nodes),
		connections: {},
		settings,
		active: true,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
	};
}

/** Passes on what the error output gave, for some runs of the node; then it ends the loop. */
function backType(times: number): INodeType {
	return {
		description: {
			...inputType([[]]).description,
			displayName: BACK,
			name: 'back',
			inputs: [NodeConnectionTypes.Main],
		},
		async execute(this: IExecuteFunctions) {
			const runs = this.getWorkflowDataProxy(0).$runIndex as number;
			return [runs < times ? this.getInputData() : []];
		},
	};
}

/** The node as n8n offers it to agents. */
function asTool(type: INodeType): INodeType {
	const { description } = type;
	const outputs = [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool];
	return Object.assign(Object.create(type) as INodeType, { description: { ...description, outputs } });
}

const agentType = (execute: INodeType['execute']): INodeType => ({
	description: {
		...inputType([[]]).description,
		displayName: AGENT,
		name: 'agent',
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	},
	execute,
});

interface Tool {
	invoke(given: unknown): Promise<string>;
}

/** An agent that has n8n call the tool once for each item, and gives out the answers. */
const callingAgent = (
	call: (given: IDataObject, itemIndex: number) => { input: IDataObject; itemIndex: number },
): INodeType =>
	agentType(async function (this: IExecuteFunctions, response?: EngineResponse) {
		const answers = response?.actionResponses ?? [];
		if (answers.length > 0)
			return [
				answers.map(({ data }) => data.data?.[NodeConnectionTypes.AiTool]?.[0]?.[0] ?? { json: {} }),
			];
		const [tool] = this.getParentNodes(AGENT, { connectionType: NodeConnectionTypes.AiTool });
		return {
			actions: this.getInputData().map(({ json }, position) => {
				const { input, itemIndex } = call(json.given as IDataObject, position);
				return {
					actionType: 'ExecutionNodeAction' as const,
					nodeName: tool?.name ?? '',
					input,
					type: NodeConnectionTypes.AiTool,
					id: `call_${position}`,
					metadata: { itemIndex },
				};
			}),
			metadata: {},
		};
	});

/**
 * Agents that call their tool once for each item, with what the model has `given`. One up to version 2 with *Batch Processing*
 * gets the tool for all items before the first call.
 */
const AGENTS = {
	older: agentType(async function (this: IExecuteFunctions) {
		const calls = await Promise.all(
			this.getInputData().map(async ({ json }, index) => {
				const tools = await this.getInputConnectionData(NodeConnectionTypes.AiTool, index);
				return { json, tool: (tools as Tool[])[0] };
			}),
		);
		const answers: INodeExecutionData[] = [];
		for (const { json, tool } of calls) {
			const [answer] = JSON.parse((await tool?.invoke(json.given)) ?? '[]') as IDataObject[];
			answers.push({ json: answer ?? {} });
		}
		return [answers];
	}),
	newer: callingAgent((given, itemIndex) => ({ input: given, itemIndex })),
	/** A newer one whose calls a person has approved: n8n adds the tool, and makes them all with the first item. */
	approved: callingAgent((given) => ({ input: { ...given, tool: 'Tool' }, itemIndex: 0 })),
};

export type AgentType = keyof typeof AGENTS;

/** Replaces the nodes before the node under test. */
function inputType(rounds: INodeExecutionData[][]): INodeType {
	return {
		description: {
			displayName: INPUT,
			name: 'input',
			group: ['input'],
			version: 1,
			description: 'Hands out the items of a test',
			defaults: { name: INPUT },
			inputs: [],
			outputs: rounds.map(() => NodeConnectionTypes.Main),
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return rounds;
		},
	};
}
