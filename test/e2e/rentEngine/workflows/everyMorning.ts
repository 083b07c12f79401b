import { type Shop } from '../../support/shipped.ts';
import { idle } from '../../../support/executions.ts';
import { eventually } from '../../../support/until.ts';
import { refuse, addNewProspects } from './prospects.ts';
import { BOTH_USERS } from './users.ts';

const SOON = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };

/** The message with these words, once it has come. On a slow machine the next run may end before the first one. */
async function saying(chat: ReturnType<Shop>['chat'], words: string): Promise<string | undefined> {
	const said = () => chat.said().find((message) => message.includes(words));
	await eventually(() => expect([chat.said(), said()]).toEqual([chat.said(), expect.any(String)]));
	return said();
}

export function everyMorning(shop: Shop): void {
	const filling = () => ({
		'Every morning': SOON,
		'Assign next in turn': BOTH_USERS,
	});
	/** What one test has started must not go on in the next one. */
	async function stop(id: string): Promise<void> {
		await shop().deactivate(id);
		await idle(shop().instance.session, id);
	}

	it('assigns who is new, names who has no agent, and assigns nobody twice', async () => {
		const { instance, chat, created, activate } = shop();
		const [first, second, third] = addNewProspects(instance, 3);
		refuse(instance, second);
		const id = await activate('rentengine-every-morning.json', filling());
		const morning = await saying(
			chat,
			'Assigned this morning: 2. Assigned before: 0. Without an agent: 1. Not known: 0.',
		);
		expect(morning).toMatch(new RegExp(`Prospect ${second}: .*Prospect is blocked`));
		await saying(
			chat,
			'Assigned this morning: 0. Assigned before: 2. Without an agent: 1. Not known: 0.',
		);
		await stop(id);
		const assigned = created('rentEngine').map((event) => event['prospect_id']);
		expect(assigned.sort()).toEqual([first, third]);
	});

	it('makes up for the mornings on which n8n was down', async () => {
		const { instance, chat, created, activate } = shop();
		const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
		const { rows } = instance.emulator.rentEngine;
		const missed = rows.addProspect({ created_at: daysAgo(6) });
		rows.addProspect({ created_at: daysAgo(8) });
		const id = await activate('rentengine-every-morning.json', filling());
		await saying(chat, 'Assigned this morning: 1.');
		await stop(id);
		expect(created('rentEngine').map((event) => event['prospect_id'])).toEqual([missed.id]);
	});

	it('says that the prospects could not be read', async () => {
		const { instance, chat, activate } = shop();
		instance.emulator.rentEngine.faults.add({
			match: { path: '/prospects' },
			status: 403,
			times: Infinity,
		});
		const id = await activate('rentengine-every-morning.json', filling());
		await eventually(() => expect(chat.bodies.length).toBeGreaterThanOrEqual(1));
		await stop(id);
		expect(chat.said()[0]).toMatch(/^The new prospects could not be read\. .*HTTP 403/);
	});

	it('says that nobody is new', async () => {
		const { chat, created, activate } = shop();
		const id = await activate('rentengine-every-morning.json', {
			...filling(),
			'New prospects': { filters: { createdAfter: '={{ $now.plus({ days: 1 }) }}' } },
		});
		await eventually(() => expect(chat.said()).toContain('No new prospects within the last week.'));
		await stop(id);
		expect(created('rentEngine')).toEqual([]);
	});
}
