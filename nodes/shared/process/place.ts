import type { INode, IWorkflowBase } from 'n8n-workflow';

/** What knows the node that it works for: a running node, a webhook, a trigger being switched on or off. */
interface NodeContext {
	getWorkflow(): { id?: IWorkflowBase['id'] };
	getNode(): INode;
}

/**
 * Names one node of one workflow, the same in all its executions. In a workflow that was never saved there is no ID, so
 * the node's own alone tells.
 */
export function placeOf(ctx: NodeContext): string {
	return `${ctx.getWorkflow().id ?? ''}\n${ctx.getNode().id}`;
}
