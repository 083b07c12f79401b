import { SECRET } from '../../../engine/rentEngine/support/trigger.ts';
import { byId, rentEngineCreate } from '../../../support/workflows.ts';
import type { Tried } from '../../support/tried.ts';
import { BOTH_USERS, USERS } from '../workflows/users.ts';

export const tried: Tried = {
	system: 'rentEngine',
	credential: { webhookSecret: SECRET },
	prepareExample({ rentEngine }) {
		rentEngine.rows.addProspect({ phone: '+15125550123', created_at: new Date().toISOString() });
		return {};
	},
	filling: { 'Assign the next agent': BOTH_USERS },
	trigger: { name: 'rentEngineTrigger', parameters: { triggerOn: ['prospectCreated'] } },
	behind(notes) {
		const node = rentEngineCreate();
		const whose = { prospectId: byId('1001'), assignedToUserIds: USERS[0] };
		const parameters = { ...node.parameters, ...whose, additionalFields: { notes }, options: {} };
		return { ...node, parameters };
	},
	async happens(_emulator, webhook) {
		const text = { type: 'INSERT', table: 'prospects', record: { id: 1 }, old_record: null };
		await fetch(webhook, {
			method: 'POST',
			headers: { 'x-api-key': SECRET, 'content-type': 'application/json' },
			body: JSON.stringify(text),
		});
	},
};
