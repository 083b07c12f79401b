import './environment.ts';
import 'reflect-metadata';

import { DataDeduplicationService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	ExecutionStatus,
	ICredentialType,
	IDataDeduplicator,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IRunExecutionData,
	NodeExecutionHint,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { jsonParse, jsonStringify } from 'n8n-workflow';

import { additionalDataFor } from './additional-data.ts';
import type { CredentialSet } from './credentials.ts';
import { EngineCredentials } from './credentials.ts';
import { ProcessedDataStore } from './processed-data.ts';
import type { NodeSettings, WorkflowSettings } from './workflow.ts';
import { AGENT, BACK, EngineNodeTypes, INPUT, storedWorkflow, workflowOf } from './workflow.ts';

export interface EngineOptions {
	nodeTypes: INodeType[];
	credentialTypes?: ICredentialType[];
	/** n8n's deduplication store; engines that share one are n8n processes on the same database. */
	processedData?: ProcessedDataStore;
}

export interface RunOptions extends NodeSettings, WorkflowSettings {
	credentials?: CredentialSet;
	/** The node's input: items, or the JSON of items. One empty item by default. */
	items?: Array<INodeExecutionData | IDataObject>;
	executionId?: string;
	/** How the execution was started; `manual` is the editor's button. */
	mode?: WorkflowExecuteMode;
	/** Aborting it is pressing n8n's stop button. */
	signal?: AbortSignal;
}

export interface RunResult {
	/** Items on the node's first output; none when the run failed. */
	success: INodeExecutionData[];
	/** Items on the error output. */
	error: INodeExecutionData[];
	/** Both outputs of every run of the node, in the order of the runs. */
	runs: Array<Pick<RunResult, 'success' | 'error'>>;
	/** The error that stopped the node, as n8n shows and stores it. */
	thrown?: ExecutionError;
	/** As n8n stores it. */
	status: ExecutionStatus;
	hints: NodeExecutionHint[];
	/** Everything the engine knows at the end, live objects. */
	runData: IRunExecutionData;
	/** What n8n writes to its database: the data at the moment the execution ended or was cancelled, as JSON. */
	saved: IRunExecutionData;
	/** The workflow's static data as n8n has it stored after the run; a run in the editor does not change it. */
	staticData: IDataObject;
	options: RunOptions;
}

export interface Engine {
	/**
	 * Runs one node in n8n's own engine, in a workflow `Input` → node.
	 *
	 * @throws WorkflowHasIssuesError when n8n would refuse to start the workflow
	 */
	run(options: RunOptions): Promise<RunResult>;
	/**
	 * n8n's "Retry execution" of a failed run: goes on at the failed node with the stored data.
	 *
	 * @param changes settings changed and saved since ("with currently saved workflow"); without them, "with
	 * original workflow"
	 */
	retry(previous: RunResult, changes?: Partial<RunOptions>): Promise<RunResult>;
	readonly processedData: ProcessedDataStore;
}

export function createEngine({ nodeTypes, credentialTypes = [], ...options }: EngineOptions): Engine {
	const processedData = options.processedData ?? new ProcessedDataStore();
	/** A workflow is in one database. */
	const inWorkflow = ({ workflowId = '', ...settings }: RunOptions): RunOptions => ({
		...settings,
		workflowId: workflowId === null ? null : `${processedData.workflowId}${workflowId}`,
	});

	async function execute(settings: RunOptions, resumed?: IRunExecutionData): Promise<RunResult> {
		const credentials = settings.credentials ?? {};
		const types = new EngineNodeTypes(
			nodeTypes,
			asItems(settings.items ?? [{}]),
			settings.leadsBack,
			settings.rounds,
		);
		const workflow = workflowOf(inWorkflow(settings), types, Object.keys(credentials));
		const tested = testedNode(workflow);
		await useStore(workflow, processedData);

		const mode = resumed ? 'retry' : (settings.mode ?? 'trigger');
		const executionId = settings.executionId ?? '1';
		const hooks = new ExecutionLifecycleHooks(mode, executionId, storedWorkflow(workflow));
		let stored: { status: ExecutionStatus; data: IRunExecutionData } | undefined;
		let staticData = settings.staticData ?? {};
		hooks.addHandler('workflowExecuteAfter', ({ status, data }: IRun, changed?: IDataObject) => {
			stored ??= { status, data: asStored(data) };
			if (changed && mode !== 'manual') staticData = jsonParse(jsonStringify(changed));
		});

		const helper = new EngineCredentials(credentialTypes, credentials);
		const additionalData = additionalDataFor(helper, executionId, hooks);
		const execution = resumed
			? new WorkflowExecute(additionalData, mode, resumed).processRunExecutionData(workflow)
			: new WorkflowExecute(additionalData, mode).run({
					workflow,
					startNode: workflow.getNode(INPUT) ?? undefined,
				});
		const stop = () => execution.cancel();
		if (settings.signal?.aborted) stop();
		settings.signal?.addEventListener('abort', stop, { once: true });
		try {
			const { data, status } = await execution;
			// What an agent is told is its own output here.
			const told = settings.ofAgent ? AGENT : tested.name;
			const tasks = data.resultData.runData[told] ?? [];
			const task = tasks.at(-1);
			const runs = tasks.map((one) => ({
				success: one.data?.main?.[0] ?? [],
				error: one.data?.main?.[1] ?? [],
			}));
			return {
				...(runs.at(-1) ?? { success: [], error: [] }),
				runs,
				thrown: task?.error,
				status: stored?.status ?? status,
				hints: task?.hints ?? [],
				runData: data,
				saved: stored?.data ?? asStored(data),
				staticData,
				options: settings,
			};
		} finally {
			settings.signal?.removeEventListener('abort', stop);
		}
	}

	return {
		processedData,
		run: async (settings) => await execute(settings),
		retry: async (previous, changes) => {
			const { staticData } = previous;
			const settings = { ...previous.options, signal: undefined, staticData, ...changes };
			const types = new EngineNodeTypes(nodeTypes, [], settings.leadsBack);
			const replacement = changes
				? testedNode(workflowOf(inWorkflow(settings), types, Object.keys(settings.credentials ?? {})))
				: undefined;
			return await execute(settings, readyForRetry(previous.saved, replacement));
		},
	};
}

function asItems(items: Array<INodeExecutionData | IDataObject>): INodeExecutionData[] {
	return structuredClone(items).map((item) =>
		typeof item.json === 'object' ? (item as INodeExecutionData) : { json: item as IDataObject },
	);
}

function testedNode(workflow: Workflow): INode {
	const [node] = Object.values(workflow.nodes).filter(({ name }) => ![INPUT, BACK, AGENT].includes(name));
	if (!node) throw new Error('The workflow lost its node');
	return node;
}

function asStored(data: IRunExecutionData): IRunExecutionData {
	return jsonParse(jsonStringify(data, { replaceCircularRefs: true }));
}

/** What n8n does with the stored data of a failed execution before it runs it again. */
function readyForRetry(saved: IRunExecutionData, replacement?: INode): IRunExecutionData {
	const data = asStored(saved);
	const { resultData, executionData } = data;
	if (!executionData) throw new Error('Without its execution data n8n refuses the retry');
	if (resultData.lastNodeExecuted) {
		delete resultData.error;
		const tasks = resultData.runData[resultData.lastNodeExecuted];
		if (tasks?.at(-1)?.error !== undefined) tasks.pop();
	}
	for (const entry of replacement ? executionData.nodeExecutionStack : []) {
		if (replacement && entry.node.name === replacement.name) entry.node = replacement;
	}
	return data;
}

/** The stores of all workflows, and n8n-core's service in front of them. The test files of a worker share n8n-core. */
const shared = globalThis as {
	deduplication?: { stores: WeakMap<object, ProcessedDataStore>; service: Promise<void> };
};

/** n8n-core takes one deduplicator for each process; behind it each workflow has its own store. */
async function useStore(workflow: Workflow, store: ProcessedDataStore): Promise<void> {
	const { stores, service } = (shared.deduplication ??= startDeduplication());
	stores.set(workflow, store);
	await service;
}

function startDeduplication() {
	const stores = new WeakMap<object, ProcessedDataStore>();
	const of = (context: { workflow: object }): ProcessedDataStore => {
		const found = stores.get(context.workflow);
		if (!found) throw new Error('No deduplication store for this workflow');
		return found;
	};
	const deduplicator: IDataDeduplicator = {
		checkProcessedAndRecord: async (items, scope, context, options) =>
			await of(context).checkProcessedAndRecord(items, scope, context, options),
		removeProcessed: async (items, scope, context, options) =>
			await of(context).removeProcessed(items, scope, context, options),
		clearAllProcessedItems: async (scope, context) =>
			await of(context).clearAllProcessedItems(scope, context),
		getProcessedDataCount: async (scope, context) =>
			await of(context).getProcessedDataCount(scope, context),
	};
	return { stores, service: DataDeduplicationService.init(deduplicator) };
}
