import type { IDataObject } from 'n8n-workflow';

import { parts } from '../../../scripts/split/parts.ts';
import { useServices } from '../support/services.ts';
import { shippedNode } from '../support/shipped.ts';

const services = useServices();
const created = (service: 'propexo' | 'rentEngine') =>
	services.emulator[service].ledger.created.map(({ body }) => body as IDataObject);

/** What the README of a package has a reader post to one of its workflows. */
function exampleOf(service: string) {
	const part = parts.find((one) => one.service === service);
	if (!part) throw new RangeError(service);
	return part.example;
}

describe('What the README of a package has a reader post is recorded', () => {
	it('n8n-nodes-propexo, with an integration of Entrata', async () => {
		const { file, body } = exampleOf('Propexo');
		const { phone_1: phone } = services.emulator.propexo.data.leads.get('lead_2')!;
		const call = { ...body, integration_id: 'int_entrata_1', phone };
		const { parameters } = shippedNode(file, 'Log the call');
		const items = [{ body: call }];
		const { thrown } = await services.run('propexo', parameters, { items, workflowId: file });
		expect(thrown?.message).toBeUndefined();
		expect(created('propexo')).toMatchObject([{ lead_id: 'lead_2', call_duration: body['seconds'] }]);
	});

	it('n8n-nodes-rentengine, with an agent', async () => {
		const { file, body } = exampleOf('RentEngine');
		const { users, prospects } = services.emulator.rentEngine.data;
		const [prospect] = prospects.rows;
		Object.assign(prospect!, { created_at: new Date().toISOString() });
		const { parameters } = shippedNode(file, 'Assign the next agent');
		const { thrown } = await services.run(
			'rentEngine',
			{ ...parameters, assignedToUserIds: [users[0]!.id] },
			{ items: [{ body: { ...body, from: prospect!.phone } }], workflowId: file },
		);
		expect(thrown?.message).toBeUndefined();
		expect(created('rentEngine')).not.toEqual([]);
	});
});
