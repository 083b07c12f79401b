import fc from 'fast-check';

import { Rota, rotaOf } from '../../../../nodes/RentEngine/assignment/rota';

const users = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 });
/** Items of several executions, one after the other: whether each was created. */
const executions = fc.array(fc.array(fc.boolean(), { maxLength: 12 }), { maxLength: 12 });

/** Gives out the turns of one execution, then ends them all. */
function execute(rota: Rota, list: string[], items: boolean[]): string[] {
	const given = items.map(() => {
		const user = rota.next(list);
		return { user, turn: rota.take(user) };
	});
	given.forEach(({ user, turn }, index) => {
		rota.end(user, turn, undefined, items[index] ? user : undefined);
	});
	return given.filter((_, index) => items[index]).map(({ user }) => user);
}

function spread(list: string[], assigned: string[]): number {
	const counts = list.map((user) => assigned.filter((one) => one === user).length);
	return Math.max(...counts) - Math.min(...counts);
}

describe('The rota', () => {
	it('keeps users within one of each other, however the items fall into executions', () => {
		fc.assert(
			fc.property(users, executions, (list, sizes) => {
				const rota = new Rota();
				const assigned = sizes.flatMap((items) =>
					execute(
						rota,
						list,
						items.map(() => true),
					),
				);
				expect(spread(list, assigned)).toBeLessThanOrEqual(1);
			}),
		);
	});

	it('goes on in another process as it would have in this one', () => {
		fc.assert(
			fc.property(users, executions, (list, sizes) => {
				const here = new Rota();
				let there = new Rota();
				for (const items of sizes) {
					const kept: unknown = JSON.parse(JSON.stringify(there.toSave()));
					there = new Rota();
					there.learn(kept);
					expect(execute(there, list, items)).toEqual(execute(here, list, items));
				}
			}),
		);
	});

	it('is as it was before, once turns that nobody used have ended', () => {
		fc.assert(
			fc.property(users, executions, fc.nat(20), (list, sizes, unused) => {
				const rota = new Rota();
				for (const items of sizes) execute(rota, list, items);
				const before = rota.next(list);
				execute(
					rota,
					list,
					Array.from({ length: unused }, () => false),
				);
				expect(rota.next(list)).toBe(before);
			}),
		);
	});

	it('catches up, one item at a time, for a user who lost turns to refusals', () => {
		fc.assert(
			fc.property(users, fc.array(fc.boolean(), { maxLength: 60 }), (list, items) => {
				const rota = new Rota();
				const assigned = items.flatMap((created) => execute(rota, list, [created]));
				expect(spread(list, assigned)).toBeLessThanOrEqual(1);
			}),
		);
	});

	it('counts the turn for the user who was really assigned', () => {
		const rota = new Rota();
		rota.end('a', rota.take('a'), undefined, 'b');
		expect(rota.next(['b', 'a'])).toBe('a');
	});

	it('gives the event of a deduplication key to the same user, and forgets a key that was not used', () => {
		const rota = new Rota();
		const [first, second] = [rota.take('a', 'call-1'), rota.take('b', 'call-2')];
		rota.end('a', first, 'call-1', 'a');
		rota.end('b', second, 'call-2');
		const later = new Rota();
		later.learn(rota.toSave());
		expect([later.userOf('call-1'), later.userOf('call-2')]).toEqual(['a', undefined]);
	});

	it('keeps what it saves short, and forgets the oldest first', () => {
		const rota = new Rota();
		const user = (index: number) => `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
		for (let index = 0; index < 3_000; index++) {
			rota.end(user(index), rota.take(user(index), `key-${index}`), `key-${index}`, user(index));
		}
		const saved = rota.toSave();
		expect(saved.turns).toHaveLength(500);
		expect(saved.turns[0]).toEqual([user(2_999), 3_000]);
		expect(rota.userOf('key-0')).toBeUndefined();
		expect(rota.userOf('key-2999')).toBe(user(2_999));
		expect(JSON.stringify(saved).length).toBeLessThan(60_000);
	});

	it.each([
		[undefined],
		[null],
		['text'],
		[[]],
		[{ turns: 'x', keys: 1 }],
		[{ turns: [null, 7, ['a'], ['b', 'x'], [1, 2]], keys: { k: 9, l: 'x' } }],
	])('passes over anything else that is kept with the workflow: %j', (saved) => {
		const rota = new Rota();
		rota.learn(saved);
		expect(rota.next(['a', 'b'])).toBe('a');
		expect(rota.take('a')).toBe(1);
	});

	it('belongs to one place', () => {
		expect(rotaOf('w n')).toBe(rotaOf('w n'));
		expect(rotaOf('w n')).not.toBe(rotaOf('w m'));
	});

	it('stays the same for a node whose turns are under way, however many nodes there are', () => {
		const [busy, idle] = [rotaOf('busy'), rotaOf('idle')];
		const turn = busy.take('a');
		for (let index = 0; index < 600; index++) rotaOf(`other ${index}`);
		expect(rotaOf('busy')).toBe(busy);
		expect(rotaOf('idle')).not.toBe(idle);
		busy.end('a', turn, undefined);
	});
});
