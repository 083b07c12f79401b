import { executionsOf, idle } from '../../../support/executions.ts';
import { addNewProspects, refuse } from './prospects.ts';
import { type Shop } from '../../support/shipped.ts';
import { eventually } from '../../../support/until.ts';
import { assigneesOf, BOTH_USERS, USERS } from './users.ts';

export function roundRobin(shop: Shop): void {
	it('gives new prospects to the agents in turn, and a refused one fails the run without using up a turn', async () => {
		const { instance, created, activate, deactivate, reactivate } = shop();
		const [first, second, third] = addNewProspects(instance, 3);
		refuse(instance, second);
		const id = await activate('rentengine-new-prospects-round-robin.json', {
			'Every 15 minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
			'Assign next in turn': BOTH_USERS,
		});
		const assigned = () =>
			new Map(created('rentEngine').map((event) => [event['prospect_id'], assigneesOf(event)]));
		await eventually(async () => {
			const runs = await executionsOf(instance.session, id);
			expect(runs.map(({ status }) => status)).toContain('error');
		});
		expect(assigned()).toEqual(
			new Map([
				[first, [USERS[0]]],
				[third, [USERS[0]]],
			]),
		);
		// While a run is under way, the turn of the refused one is still its own.
		await deactivate(id);
		await idle(instance.session, id);
		const [fourth] = addNewProspects(instance, 1);
		await reactivate(id);
		await eventually(() => expect(assigned().size).toBe(3));
		await deactivate(id);
		expect(assigned().get(fourth)).toEqual([USERS[1]]);
		expect(created('rentEngine')).toHaveLength(3);
	});
}
