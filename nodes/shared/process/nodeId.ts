import type { INode, IWorkflowBase } from 'n8n-workflow';

/** A context of n8n that knows its node: a running node, a webhook, a trigger being switched on or off. */
interface NodeContext {
	getWorkflow(): { id?: IWorkflowBase['id'] };
	getNode(): INode;
}

/**
 * Names one node of one workflow, the same in all its executions. A workflow that was never saved has no ID; then only
 * the ID of the node counts.
 */
export function nodeIdOf(ctx: NodeContext): string {
	return `${ctx.getWorkflow().id ?? ''}\n${ctx.getNode().id}`;
}
