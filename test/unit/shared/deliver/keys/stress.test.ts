import type { ItemKey, KeyState } from '../../../../../nodes/shared/deliver/keys/itemKey';
import { hasTime } from '../../../../support/effort.ts';
import type { Process } from './support/world.ts';
import { World } from './support/world.ts';

const SAME = { event: 'event', request: 'request' };
const TIMEOUT = 30_000;
/** How long a process is stopped, and how long all run until the next one is, in ms. */
const STOPPED_MS = 5_000;
const RUNNING_MS = 3_000;

interface Stress {
	seed: number;
	processes: number;
	keys: number;
	/** Keys that are delivered at the same moment. */
	atOnce: number;
	stalls?: number;
	stallMs?: number;
	/** The processes are stopped for five seconds each, one after the other. */
	inTurn?: boolean;
	/** To how many processes each key is delivered, any of them; to all if left out. */
	deliveries?: number;
	lookUp?: boolean;
	/** How often a claim is given back instead of sending, from 0 to 1: its slot is not near, or others are in trouble. */
	givenBack?: number;
	/** Each key is looked at without a claim before it is claimed, as a preview does. */
	isPeeked?: boolean;
	latency?: () => number;
}

interface Result {
	twice: number;
	missing: number;
	/** Not told as done when they were delivered once more. */
	notSkipped: number;
	/** Told as done for another event then. */
	ofOtherEvent: number;
	/** Calls on the store for each delivery. */
	calls: number;
}

async function stress(o: Stress): Promise<Result> {
	const world = new World(o.seed);
	const ms = o.latency ?? (() => 2 + 15 * world.random());
	world.database.latency = (process) => {
		if (o.stalls && world.random() < o.stalls) {
			process.stop((o.stallMs ?? 600) * world.random());
		}
		return [ms(), ms()];
	};
	const processes = Array.from({ length: o.processes }, () => world.process());
	// What has been sent arrives whatever becomes of the process.
	const service = world.process();
	const created = new Map<string, number>();
	const told: Record<string, number> = {};
	const again: Record<string, number> = {};
	const deliver = async (process: Process, name: string, into: Record<string, number>) => {
		await process.sleep(5 * world.random());
		const keys = process.keys();
		if (o.isPeeked) await keys.peekAt([{ key: name, about: SAME, timeoutMs: TIMEOUT }]);
		const letGo = await keys.hold(name, new AbortController().signal);
		const item = keys.keyOf(name, SAME, TIMEOUT);
		const outcome = await work(
			process,
			item,
			() => created.set(name, (created.get(name) ?? 0) + 1),
			name,
		);
		await item.end();
		letGo();
		await keys.confirm();
		into[outcome] = (into[outcome] ?? 0) + 1;
	};
	const work = async (
		process: Process,
		item: ItemKey,
		create: () => void,
		name: string,
	): Promise<string> => {
		for (;;) {
			const state: KeyState | 'failed' = await item.claim().catch(() => 'failed' as const);
			if (state === 'underWay') {
				await item.waitForOther(new AbortController().signal);
				continue;
			}
			if (state === 'begun' && o.lookUp) {
				await process.sleep(TIMEOUT + 10_000);
				if (!created.has(name)) continue;
				item.finish();
				return 'found';
			}
			if (state !== 'free') return state;
			if (o.givenBack && process.random() < o.givenBack) {
				item.giveBack();
				await process.sleep(2_000 * process.random());
				continue;
			}
			if (!item.maySend()) continue;
			await service.sleep(50 * world.random());
			create();
			await process.sleep(50 * world.random());
			item.finish();
			return 'created';
		}
	};
	let isOver = false;
	const stopInTurn = async () => {
		for (let turn = 0; !isOver; turn++) {
			processes[turn % processes.length]?.stop(STOPPED_MS);
			await service.sleep(STOPPED_MS + RUNNING_MS);
		}
	};
	if (o.inTurn) void stopInTurn();
	const any = () => processes[Math.floor(processes.length * world.random())] as Process;
	const takers = () => (o.deliveries ? Array.from({ length: o.deliveries }, any) : processes);
	const names = Array.from({ length: o.keys }, (_, index) => `key ${index}`);
	const next = [...names];
	const poster = async () => {
		for (let name = next.shift(); name; name = next.shift()) {
			const one = name;
			await Promise.all(takers().map(async (process) => await deliver(process, one, told)));
		}
	};
	await world.until(Promise.all(Array.from({ length: o.atOnce }, poster)));
	isOver = true;
	const { calls } = world.database;
	await world.until(
		Promise.all(
			names.map(
				async (name, index) =>
					await deliver(processes[index % processes.length] as Process, name, again),
			),
		),
	);
	const times = names.map((name) => created.get(name) ?? 0);
	return {
		twice: times.filter((count) => count > 1).length,
		missing: times.filter((count) => count === 0).length,
		notSkipped: o.keys - (again.done ?? 0),
		ofOtherEvent: again.doneOtherEvent ?? 0,
		calls: calls / (o.keys * o.processes),
	};
}

/** Seeds of random numbers: more of them where there is time. */
const seeds = (few: number, many: number): number[] =>
	Array.from({ length: hasTime ? many : few }, (_, index) => index + 1);

const ONCE = { twice: 0, missing: 0, notSkipped: 0 };

describe('keys that are delivered to several processes at the same moment', () => {
	const keys = 100;
	const cases: Array<[string, Omit<Stress, 'seed'>]> = [
		['two processes', { processes: 2, keys, atOnce: 4 }],
		['two processes, 20 at a time', { processes: 2, keys: 200, atOnce: 20 }],
		['three processes', { processes: 3, keys, atOnce: 4 }],
		['five processes', { processes: 5, keys: 50, atOnce: 10 }],
		['one of 20 calls stalls for up to 0.6 s', { processes: 2, keys, atOnce: 4, stalls: 0.05 }],
		[
			'one of 5 calls stalls for up to 0.3 s',
			{ processes: 2, keys, atOnce: 4, stalls: 0.2, stallMs: 300 },
		],
		['three processes, stalled calls', { processes: 3, keys: 50, atOnce: 4, stalls: 0.05 }],
		[
			'processes stand still for up to 10 s, and look up',
			{ processes: 2, keys: 50, atOnce: 4, stalls: 0.02, stallMs: 10_000, lookUp: true },
		],
	];
	it.each(cases)('are created once: %s', async (_, options) => {
		for (const seed of [1, 2, 3]) expect(await stress({ ...options, seed })).toMatchObject(ONCE);
	});

	it.each([2, 3])(
		'are created once by %d processes that often give their claims back',
		async (processes) => {
			const options = { processes, keys: 60, atOnce: 4, deliveries: 2, givenBack: 0.5 };
			for (const seed of seeds(6, 20)) {
				expect([seed, await stress({ ...options, seed })]).toMatchObject([
					seed,
					{ ...ONCE, ofOtherEvent: 0 },
				]);
			}
		},
	);

	it('keep their event when other processes preview them at the same moment, but for one of a hundred', async () => {
		const [keys, tries] = [60, seeds(5, 10)];
		let lost = 0;
		for (const seed of tries) {
			const peeked = { processes: 3, keys, atOnce: 4, deliveries: 2, isPeeked: true, seed };
			lost += (await stress(peeked)).ofOtherEvent;
		}
		expect(lost).toBeLessThan(0.01 * keys * tries.length);
	});

	it.each([
		[2, 100],
		[3, 30],
		[3, 100],
	])(
		'are never created twice by %d processes that stand still for 5 s in turn, with calls of %d ms',
		async (processes, ms) => {
			for (const seed of seeds(4, 12)) {
				const turns = { processes, keys: 200, atOnce: 4, inTurn: true, deliveries: 2, seed };
				// Random numbers that are the same in each run of the test.
				let number = seed;
				const latency = () =>
					ms * (0.5 + (number = (number * 16_807) % 2_147_483_647) / 2_147_483_647);
				expect([seed, (await stress({ ...turns, latency })).twice]).toEqual([seed, 0]);
			}
		},
	);

	it('do not wait because n8n has forgotten what an idle process recorded long ago', async () => {
		const world = new World(1);
		const process = world.process();
		const claim = async (name: string) => {
			const item = process.keys().keyOf(name, SAME, TIMEOUT);
			const from = world.time;
			expect(await item.claim()).toBe('free');
			const took = world.time - from;
			item.maySend();
			item.finish();
			await item.end();
			return took;
		};
		await world.until(claim('first'));
		await world.until(claim('second'));
		await world.pause(1_200_000);
		world.database.entries = new Set();
		expect(await world.until(claim('third'))).toBeLessThan(2_000);
	});

	it('take few calls', async () => {
		const { calls } = await stress({ processes: 2, keys: 200, atOnce: 20, seed: 1 });
		expect(calls).toBeLessThan(1.4);
	});
});
