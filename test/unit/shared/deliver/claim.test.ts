import { Claim } from '../../../../nodes/shared/deliver/send/claim';
import type { Run } from '../../../../nodes/shared/deliver/run';
import { begin, beginWith, here, there, world } from './keys/support/twoProcesses.ts';
import type { Process } from './keys/support/world.ts';

/* A new record is claimed by all values that it is recognized by: of two items that have one in common, one makes it. */

const EMAIL = 'by email';
const PHONE = 'by phone number';

beforeEach(begin);

/** The claim of an item with these values. */
function claimOf(process: Process, key: string, ...others: string[]): Claim {
	const run = { keys: process.keys(), write: {} } as unknown as Run;
	const request = { method: 'POST', path: '/leads' } as const;
	const again = async () => await Promise.resolve(undefined);
	const claim = {
		keys: [key, ...others],
		alsoDone: () => [],
		changes: async () => await Promise.resolve({}),
		again,
		insteadOf: () => undefined,
	};
	return new Claim(run, { decision: { claim }, options: {}, request });
}

const take = async (claim: Claim) => (await world.until(claim.take())).is;
/** Ends an item, and waits until what it has given back is gone. */
async function end(claim: Claim): Promise<void> {
	await world.until(claim.end());
	await world.pause(2_000);
}

/** What another process finds of each value. */
async function found(): Promise<string[]> {
	const states: string[] = [];
	for (const value of [EMAIL, PHONE]) {
		const claim = claimOf(there, value);
		states.push(await take(claim));
		await end(claim);
	}
	return states;
}

describe('a record that is claimed by two values', () => {
	it.each<[string, (claim: Claim) => unknown, string]>([
		['that exists is done', async (claim) => await claim.finish([]), 'done'],
		['that was refused is free', (claim) => claim.release(), 'ours'],
		['that was not sent is free', (claim) => claim.giveBack(), 'ours'],
		['that is in doubt is begun', (claim) => claim.leaveBegun(), 'begun'],
		['that was sent is begun, even if nothing says how that ended', () => undefined, 'begun'],
	])('%s, by each of them', async (_, ends, state) => {
		const claim = claimOf(here, EMAIL, PHONE);
		expect([await take(claim), claim.maySend()]).toEqual(['ours', true]);
		await ends(claim);
		await end(claim);
		expect(await found()).toEqual([state, state]);
	});

	it('and that is in doubt since an earlier try is begun by each of them, although nothing is sent', async () => {
		const claim = claimOf(here, EMAIL, PHONE);
		expect(await take(claim)).toBe('ours');
		claim.leaveBegun();
		await end(claim);
		expect(await found()).toEqual(['begun', 'begun']);
	});

	it('is claimed by all of them at once, and is sent as long as that was a moment ago', async () => {
		const claim = claimOf(here, EMAIL, PHONE);
		expect(await take(claim)).toBe('ours');
		expect(world.database.calls).toBe(2);
		await world.pause(4_900);
		expect(claim.maySend()).toBe(true);
		const later = claimOf(here, 'another email', 'another number');
		expect(await take(later)).toBe('ours');
		await world.pause(5_100);
		expect(later.maySend()).toBe(false);
	});

	it.each([
		['that made it', async (claim: Claim) => await claim.finish([]), 'done'],
		['in doubt about it', (claim: Claim) => claim.leaveBegun(), 'begun'],
		['that is sending it', () => undefined, 'underWay'],
	])(
		'stays that of an item %s, where n8n does not answer the claim of another one',
		async (_, ends, state) => {
			const first = claimOf(there, PHONE);
			expect([await take(first), first.maySend()]).toEqual(['ours', true]);
			await ends(first);
			if (state !== 'underWay') await end(first);
			world.database.failure = new Error('The database is busy');
			const second = claimOf(here, EMAIL, PHONE);
			expect(await take(second)).toBe('denied');
			world.database.failure = undefined;
			await end(second);
			expect(await take(claimOf(world.process(), PHONE))).toBe(state);
		},
	);

	it('stays marked as done, where n8n does not answer whether it is', async () => {
		const made = claimOf(there, EMAIL, PHONE);
		expect([await take(made), made.maySend()]).toEqual(['ours', true]);
		await made.finish([]);
		await end(made);
		world.database.failure = new Error('The database is busy');
		const asking = claimOf(here, 'another email');
		expect(await world.until(asking.stateOf(PHONE))).toBeUndefined();
		world.database.failure = undefined;
		await end(asking);
		expect(await world.until(claimOf(here, 'a third email').stateOf(PHONE))).toBe('done');
	});

	it('is left to the item that has one of them, and the other one is free meanwhile', async () => {
		const first = claimOf(there, PHONE);
		expect([await take(first), first.maySend()]).toEqual(['ours', true]);
		const second = claimOf(here, EMAIL, PHONE);
		expect(await take(second)).toBe('underWay');
		await world.pause(2_000);
		expect(await take(claimOf(world.process(), EMAIL))).toBe('ours');
	});

	it.each([1, 2, 4])('is sent by a process that is at work all the time: %d values', async (count) => {
		Object.assign(here, { atWork: 0.9, busyUntil: Infinity });
		const [first = '', ...others] = [EMAIL, PHONE, 'by PMS ID', 'by other ID'].slice(0, count);
		const claim = claimOf(here, first, ...others);
		const from = world.time;
		expect([await take(claim), claim.maySend()]).toEqual(['ours', true]);
		expect(world.time - from).toBeLessThan(10_000);
	});

	it('is claimed anew by all of them when the claim by one has become old', async () => {
		Object.assign(here, { atWork: 0.9, busyUntil: Infinity });
		const claim = claimOf(here, EMAIL, PHONE);
		for (let round = 0; round < 3; round++) {
			expect(await take(claim)).toBe('ours');
			await world.pause(6_000);
			expect(claim.maySend()).toBe(false);
		}
		expect([await take(claim), claim.maySend()]).toEqual(['ours', true]);
	});

	it.each([1, 2])(
		'by %d values whose claim is too old each time is given up, and is free',
		async (count) => {
			const [first = '', ...others] = [EMAIL, PHONE].slice(0, count);
			const claim = claimOf(here, first, ...others);
			let claims = 0;
			for (; (await take(claim)) === 'ours'; claims++) {
				await world.pause(6_000);
				expect(claim.maySend()).toBe(false);
				expect(claims).toBeLessThan(100);
			}
			expect(claims).toBeGreaterThan(10);
			await end(claim);
			expect(await found()).toEqual(['ours', 'ours']);
		},
	);

	it('that several have left in doubt is claimed by all of them, once a look-up has found nothing', async () => {
		const first = claimOf(there, EMAIL, PHONE);
		expect([await take(first), first.maySend()]).toEqual(['ours', true]);
		await end(first);
		const second = claimOf(here, EMAIL, PHONE);
		const states = [await take(second), await take(second), await take(second)];
		expect(states).toContain('begun');
		expect([states.at(-1), second.maySend()]).toEqual(['ours', true]);
	});

	it('is not taken from the one that is at work on a further one, though the first was given up in doubt', async () => {
		const before = claimOf(there, EMAIL);
		expect([await take(before), before.maySend()]).toEqual(['ours', true]);
		await end(before);
		const atWork = claimOf(there, PHONE);
		expect([await take(atWork), atWork.maySend()]).toEqual(['ours', true]);
		const claim = claimOf(here, EMAIL, PHONE);
		for (let round = 0; round < 4; round++) {
			expect(await take(claim)).not.toBe('ours');
			// What the first value is in doubt about has been looked up, and the second one is waited for.
			await world.until(claim.waitForOther(AbortSignal.abort()));
		}
		expect(claim.maySend()).toBe(false);
	});
});

/** Brings an item to its end as a delivery does. Gives whether it has sent. */
async function deliver(claim: Claim, sent: () => void): Promise<'sent' | 'done' | 'denied'> {
	const signal = new AbortController().signal;
	for (;;) {
		const { is } = await claim.take();
		if (is === 'ours' && claim.maySend()) {
			sent();
			await world.sleep(200, here);
			await claim.finish([]);
			await claim.end();
			return 'sent';
		}
		if (is === 'underWay') await claim.waitForOther(signal);
		if (is === 'done' || is === 'denied' || is === 'begun') {
			await claim.end();
			return is === 'begun' ? 'denied' : is;
		}
	}
}

describe('items that share values', () => {
	it.each<[string, string[][]]>([
		[
			'the same two',
			[
				['a', 'b'],
				['a', 'b'],
				['a', 'b'],
			],
		],
		[
			'a chain',
			[
				['a', 'b'],
				['b', 'c'],
				['c', 'd'],
			],
		],
		[
			'a circle',
			[
				['a', 'b'],
				['b', 'c'],
				['a', 'c'],
			],
		],
		['one that has all', [['a', 'b', 'c'], ['a'], ['b'], ['c']]],
	])(
		'of several processes make at least one record, no two with a value in common, and all end: %s',
		async (_, items) => {
			for (const work of [0, 0.9])
				for (let seed = 0; seed < 25; seed++) {
					beginWith(seed);
					const made: string[][] = [];
					const ends = items.map(async (keys, index) => {
						const process = world.process();
						Object.assign(process, {
							atWork: work,
							busyUntil: work > 0 && index % 2 === 0 ? Infinity : 0,
						});
						await world.sleep(world.random() * 400, process);
						const [first = '', ...others] = keys;
						return await deliver(claimOf(process, first, ...others), () => made.push(keys));
					});
					const outcomes = await world.until(Promise.all(ends));
					expect(made.length).toBeGreaterThan(0);
					const values = made.flat();
					expect(new Set(values).size).toBe(values.length);
					expect(outcomes).not.toContain('denied');
				}
		},
	);
});
