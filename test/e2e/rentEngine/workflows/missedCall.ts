import { post } from '../../support/instance.ts';
import { type Shop } from '../../support/shipped.ts';
import { eventually } from '../../../support/until.ts';
import { assigneesOf, BOTH_USERS, USERS } from './users.ts';

export function missedCall(shop: Shop): void {
	it('assigns the newest prospect with the number to the next agent, once for each call', async () => {
		const { instance, created, publish } = shop();
		const { webhook } = await publish('rentengine-missed-call.json', {
			'Assign the next agent': BOTH_USERS,
		});
		const { rows } = instance.emulator.rentEngine;
		const now = new Date().toISOString();
		const first = rows.addProspect({ phone: '+15125550142', created_at: now });
		const second = rows.addProspect({ phone: '+15125550143', created_at: now });
		const call = (call_id: string, from: string, status = 'missed') => ({
			call_id,
			from,
			status,
			at: now,
		});
		await post(webhook, call('one', '(512) 555-0142'));
		await eventually(() => expect(created('rentEngine')).toHaveLength(1));
		await post(webhook, call('one', '(512) 555-0142'));
		await post(webhook, call('answered', '(512) 555-0143', 'answered'));
		await post(webhook, call('stranger', '(512) 555-9999'));
		await post(webhook, call('two', '512.555.0143'));
		await eventually(() => expect(created('rentEngine')).toHaveLength(2));
		expect(
			created('rentEngine').map((event) => [event['prospect_id'], assigneesOf(event), event['source']]),
		).toEqual([
			[first.id, [USERS[0]], 'Phone Call'],
			[second.id, [USERS[1]], 'Phone Call'],
		]);
	});
}
