import type { KeyState } from '../../../../../nodes/shared/deliver/keys/itemKey';
import { triesAll } from '../../../../support/effort.ts';
import { KEPT_ENTRIES, KEPT_KEYS } from '../../../../../nodes/shared/deliver/keys/n8nStore';
import {
	begin,
	deliver,
	end,
	entries,
	found,
	here,
	leave,
	meet,
	send,
	there,
	world,
} from './support/twoProcesses.ts';

beforeEach(begin);

describe('what is remembered', () => {
	beforeEach(() => {
		world.database.most = KEPT_ENTRIES;
	});

	const namesOf = (series: string, count: number) =>
		Array.from({ length: count }, (_, index) => `${series}-${index}`);
	/** Many keys, as many at a time as webhooks come in a burst. */
	async function many(names: string[], work: (name: string) => Promise<void>): Promise<void> {
		for (let from = 0; from < names.length; from += 400) {
			await Promise.all(names.slice(from, from + 400).map(work));
		}
	}
	const lost = async (names: string[], state: KeyState) => {
		const process = world.process();
		let count = 0;
		await many(names, async (name) => {
			if ((await found(process, name)) !== state) count++;
		});
		return count;
	};

	it('are the last 10,000 done keys', async () => {
		await deliver(here, 'long ago');
		const names = namesOf('call', KEPT_KEYS);
		await many(names, async (name) => await deliver(here, name));
		expect(await lost(names, 'done')).toBe(0);
		await many(namesOf('later', KEPT_KEYS), async (name) => await deliver(here, name));
		expect(await found(there, 'long ago')).toBe('free');
	});

	it('a begun key of which half is forgotten is never told as done', async () => {
		await leave(here, 'old');
		const all = entries();
		for (let gone = 1; gone <= all.length; gone++) {
			world.database.entries = new Set(all.slice(gone));
			expect(['begun', 'begunOtherwise', 'begunOtherEvent', 'free']).toContain(
				await found(world.process(), 'old'),
			);
		}
	});

	it('few entries are removed with one call: n8n looks for each in the whole row', async () => {
		await many(namesOf('call', 2_000), async (name) => await deliver(here, name));
		expect(world.database.mostRemoved).toBeLessThan(350);
	});

	// Each of these fills the whole store once more.
	if (!triesAll) return;

	it('are as many where each was met first', async () => {
		const names = namesOf('call', KEPT_KEYS);
		await many(names, async (name) => {
			await meet(here, [name]);
			await deliver(here, name);
		});
		expect(await lost(names, 'done')).toBe(0);
		expect((await meet(there, names)).size).toBe(KEPT_KEYS);
	});

	it('are 5,000 keys in doubt', async () => {
		const names = namesOf('call', KEPT_KEYS / 2);
		await many(names, async (name) => await leave(here, name));
		expect(await lost(names, 'begun')).toBe(0);
	});

	it('a key under way is not forgotten while others come and go', async () => {
		const item = await send(here, 'slow');
		await many(namesOf('call', KEPT_KEYS - 1), async (name) => await deliver(here, name));
		expect(await found(there, 'slow')).toBe('underWay');
		item.finish();
		await end(item);
		expect(await found(there, 'slow')).toBe('done');
	});

	it('a run of more items than n8n remembers pushes out no key of others, and recognizes its own last ones', async () => {
		const rows = namesOf('row', KEPT_ENTRIES + KEPT_KEYS);
		await deliver(there, 'just created');
		await meet(there, rows.slice(-1));
		const item = await send(there, 'under way');
		expect(await meet(here, rows)).toEqual(new Set(rows.slice(-1)));
		expect(await found(world.process(), 'just created')).toBe('done');
		expect(await found(world.process(), 'under way')).toBe('underWay');
		item.finish();
		await end(item);
		expect(await found(world.process(), 'under way')).toBe('done');
	});
});
