import type { Shipped, Filling } from './shipped.ts';
import { filledIn } from './shipped.ts';
import { byId } from '../../support/workflows.ts';

/** A credential that a user makes for a node. */
export interface OwnCredential {
	/** The node's name in the workflow. */
	node: string;
	type: string;
	data: object;
}

/**
 * Publishes the workflow of a sender, with what a user fills in: the integration, the address of the chat if the workflow
 * tells somebody, and credentials.
 */
export async function publishSender(
	{ instance, publishFilled }: Shipped,
	file: string,
	credential: OwnCredential,
	filling: Filling = {},
): Promise<{ id: string; webhook: string }> {
	const { type, data, node: named } = credential;
	const { id } = await instance.session.post<{ id: string }>('/credentials', { name: file, type, data });
	const workflow = filledIn(file, {
		...filling,
		'Log the call': { integrationId: byId('int_any') },
	});
	const nodes = workflow.nodes.map((node) =>
		node.name === named ? { ...node, credentials: { [type]: { id, name: file } } } : node,
	);
	return await publishFilled({ ...workflow, nodes });
}

/** Adds a lead with this number to the emulated PMS that takes everything. */
export function addRenter({ instance }: Shipped, id = 'lead_renter', phone = '5125550161'): void {
	const { leads } = instance.emulator.propexo.data;
	leads.add({ ...leads.get('lead_1')!, id, integration_id: 'int_any', phone_1: phone });
}
