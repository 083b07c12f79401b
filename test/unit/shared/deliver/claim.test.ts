import { Claim } from '../../../../nodes/shared/deliver/send/claim';
import type { Run } from '../../../../nodes/shared/deliver/run';
import { begin, here, there, world } from './keys/support/twoProcesses.ts';
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
		marks: () => [],
		changes: async () => await Promise.resolve({}),
		again,
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

	it('is not sent once the claim by one of them has become old, though the other was claimed anew', async () => {
		const claim = claimOf(here, EMAIL, PHONE);
		const taking = take(claim);
		// After the two calls for the first value the process is busy, so the second one is claimed later.
		while (world.database.calls < 2) await world.pause(1);
		here.busyUntil = world.time + 2_500;
		expect(await taking).toBe('ours');
		await world.pause(3_000);
		expect([claim.maySend(), await take(claim)]).toEqual([false, 'ours']);
		await world.pause(2_500);
		expect(claim.maySend()).toBe(false);
	});

	it('is left to the item that has one of them, and the other one is free meanwhile', async () => {
		const first = claimOf(there, PHONE);
		expect([await take(first), first.maySend()]).toEqual(['ours', true]);
		const second = claimOf(here, EMAIL, PHONE);
		expect(await take(second)).toBe('underWay');
		await world.pause(2_000);
		expect(await take(claimOf(world.process(), EMAIL))).toBe('ours');
	});
});
