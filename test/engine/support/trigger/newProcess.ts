import type { INodeType } from 'n8n-workflow';

/**
 * A node as another n8n process loads it: it knows nothing but what n8n has saved.
 *
 * @param load imports the module of the node and gives a new node
 */
export async function newProcess(load: () => Promise<INodeType>): Promise<INodeType> {
	let type: INodeType | undefined;
	await jest.isolateModulesAsync(async () => {
		type = await load();
	});
	if (!type) throw new Error('The node was not loaded');
	return type;
}
