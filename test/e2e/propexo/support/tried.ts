import { registrationsAt } from '../../../engine/propexo/support/trigger.ts';
import { eventually } from '../../../support/until.ts';
import { byId, propexoCreate } from '../../../support/workflows.ts';
import type { Tried } from '../../support/tried.ts';
import { failWrite } from './trigger.ts';

export const tried: Tried = {
	system: 'propexo',
	prepareExample({ propexo: { data } }) {
		const lead = data.leads.get('lead_2');
		if (!lead) throw new Error('The emulator has no lead_2');
		data.leads.add({ ...lead, id: 'lead_there', integration_id: 'int_any', phone_1: '5125550123' });
		return { integration_id: 'int_any' };
	},
	filling: {},
	answers: {
		first: { recorded: true, repeated: false, record_id: expect.any(String) as string },
		again: { repeated: true },
	},
	trigger: { name: 'propexoTrigger', parameters: { triggers: ['WRITE_OPERATION_FAILURE'] } },
	behind(notes) {
		const node = propexoCreate();
		return { ...node, parameters: { ...node.parameters, leadId: byId('lead_1'), notes, options: {} } };
	},
	async happens(emulator, webhook) {
		// n8n registers a trigger a moment after it has said so.
		await eventually(async () => {
			expect((await registrationsAt(emulator)).map(({ url }) => url)).toContain(webhook);
		});
		await failWrite(emulator);
	},
};
