import { setTimeout as sleep } from 'node:timers/promises';
import { post } from '../../support/instance.ts';
import { damage } from '../../../engine/support/damage.ts';
import { type Shop } from '../../support/shipped.ts';
import { idle } from '../../../support/executions.ts';
import { eventually } from '../../../support/until.ts';
import { refuse } from './prospects.ts';
import { assigneesOf, BOTH_USERS, USERS } from './users.ts';

const FILE = 'rentengine-missed-call.json';

/** For so long n8n believes that somebody is not there who was not there a moment ago. */
const MISSING_MS = 6_000;

export function missedCall(shop: Shop): void {
	const filling = () => ({
		'Assign the next agent': BOTH_USERS,
	});

	it('assigns the newest prospect with the number to the next agent, once for each missed call, in whichever words', async () => {
		const { instance, created, publish } = shop();
		const { id, webhook } = await publish(FILE, filling());
		const { rows } = instance.emulator.rentEngine;
		const now = new Date().toISOString();
		const missed = [
			'no-answer',
			'No Answer',
			'NO_ANSWER',
			'Missed Call',
			'busy',
			'Voicemail',
			'canceled',
		];
		const other = ['ANSWER', 'Call connected', 'completed', 'in-progress', 'ringing'];
		const inWords = [...missed, ...other, 'lost in space'].map((status, index) => ({
			...{ call_id: `word ${index}`, from: `(512) 555-02${10 + index}`, status, at: now },
		}));
		for (const { from } of inWords) rows.addProspect({ phone: from, created_at: now });
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
		await eventually(() => expect(shop().chat.said()).toHaveLength(1));
		expect(shop().chat.said()[0]).toContain('No prospect has the phone number');
		await post(webhook, call('two', '512.555.0143'));
		await eventually(() => expect(created('rentEngine')).toHaveLength(2));
		expect(
			created('rentEngine').map((event) => [event['prospect_id'], assigneesOf(event), event['source']]),
		).toEqual([
			[first.id, [USERS[0]], 'Phone Call'],
			[second.id, [USERS[1]], 'Phone Call'],
		]);
		for (const one of inWords) await post(webhook, one);
		await idle(instance.session, id, 5 + inWords.length);
		expect(created('rentEngine')).toHaveLength(2 + missed.length);
		expect(shop().chat.said().slice(1)).toEqual([
			expect.stringMatching(/^A call from \(512\) 555-0222 has no agent\. .*"lost in space"/),
		]);
	});

	it('tells a person when the assignment is refused, or the prospects cannot be read', async () => {
		const { instance, chat, created, publish } = shop();
		const { webhook } = await publish(FILE, filling());
		const { rows, faults } = instance.emulator.rentEngine;
		const at = new Date().toISOString();
		const prospect = rows.addProspect({ phone: '+15125550144', created_at: at });
		await sleep(MISSING_MS);
		refuse(instance, prospect.id);
		await post(webhook, { call_id: 'refused-1', status: 'missed', from: '(512) 555-0144', at });
		await eventually(() => expect(chat.said()).toHaveLength(1));
		expect(chat.said()[0]).toMatch(
			/^A missed call from \(512\) 555-0144 has no agent\. .*Prospect is blocked/,
		);
		faults.clear();
		faults.add({ match: { path: '/prospects' }, status: 403, times: Infinity });
		await sleep(MISSING_MS);
		await post(webhook, { call_id: 'unread', status: 'missed', from: '(512) 555-0166', at });
		await eventually(() => expect(chat.said()).toHaveLength(2));
		expect(chat.said()[1]).toContain('HTTP 403');
		expect(created('rentEngine')).toEqual([]);
	});

	it('assigns nobody when an input is missing, empty or of a wrong type', async () => {
		const { instance, created, publish } = shop();
		const { id, webhook } = await publish(FILE, filling());
		const at = new Date().toISOString();
		// A caller without a number must not be taken for a prospect without one.
		for (const phone of [null, '', '5550145', '+15125550145'])
			instance.emulator.rentEngine.rows.addProspect({ phone: phone as string, created_at: at });
		const call = { call_id: 'damaged', status: 'missed', from: '(512) 555-0145', at };
		const calls = damage(call, ['call_id', 'status', 'from']);
		for (const { body } of calls) await post(webhook, body);
		for (const from of ['anonymous', 'Restricted', '555-0145', '[object Object]', 'undefined'])
			await post(webhook, { ...call, call_id: `from ${from}`, from });
		await idle(instance.session, id, calls.length + 5);
		expect(created('rentEngine')).toEqual([]);
	});
}
