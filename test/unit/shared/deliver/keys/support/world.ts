import { setImmediate as nextTurn } from 'node:timers/promises';

import { Keys } from '../../../../../../nodes/shared/deliver/keys/keys';
import type { Timer } from '../../../../../../nodes/shared/deliver/keys/timer';
import type { SilenceTimes } from '../../../../../../nodes/shared/deliver/keys/silence';
import type { Table } from '../../../../../../nodes/shared/deliver/keys/table';
import { KeyStore } from '../../../../../../nodes/shared/deliver/keys/store';

interface Sleeper {
	at: number;
	process: Process;
	wake(): void;
}

/** Random numbers that are the same in each run of a test. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let bits = Math.imul(state ^ (state >>> 15), 1 | state);
		bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
		return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Several n8n processes on one database, in a time of their own that passes as soon as all of them wait. */
export class World {
	time = Date.UTC(2026, 0, 1);
	readonly random: () => number;
	private readonly sleepers: Sleeper[] = [];
	private processes = 0;

	readonly database = new Database();

	constructor(seed = 1) {
		this.random = randomFrom(seed);
	}

	/** @param times those of its silences, where a test has its own */
	process(times?: SilenceTimes): Process {
		return new Process(this, ++this.processes, times);
	}

	async sleep(ms: number, process: Process, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve) => {
			const sleeper = { at: this.time + ms, process, wake: resolve };
			this.sleepers.push(sleeper);
			signal?.addEventListener('abort', () => {
				sleeper.at = this.time;
			});
		});
	}

	/** Lets time pass until the work has ended. */
	async until<T>(work: Promise<T>): Promise<T> {
		let ended = false;
		const end = () => (ended = true);
		work.then(end, end);
		for (await nextTurn(); !ended; await nextTurn()) this.pass();
		return await work;
	}

	/** Lets an amount of time pass, in ms. */
	async pause(ms: number): Promise<void> {
		await this.until(this.sleep(ms, this.process()));
	}

	private pass(): void {
		let next: Sleeper | undefined;
		for (const sleeper of this.sleepers) {
			if (!next || due(sleeper) < due(next)) next = sleeper;
		}
		if (!next) throw new Error('Everybody waits for ever');
		this.sleepers.splice(this.sleepers.indexOf(next), 1);
		this.time = Math.max(this.time, due(next));
		next.wake();
	}
}

/** A process that is stopped wakes up late. */
const due = ({ at, process }: Sleeper): number =>
	at < process.stoppedFrom ? at : Math.max(at, process.stoppedUntil);

/** The row of a node. Whoever writes it back undoes what others have written since it was read. */
class Database {
	entries: ReadonlySet<string> = new Set();
	most = Infinity;
	calls = 0;
	/** Calls of one process that overlapped. */
	overlaps = 0;
	/** Values that were removed with one call, at the most. */
	mostRemoved = 0;
	/** How long a call takes to read, and to write, in ms. */
	latency: (process: Process) => [number, number] = () => [1, 1];
	/** Set while the database is out of reach. */
	failure?: Error;

	holds(entry: string): boolean {
		return this.entries.has(entry);
	}
}

/** One n8n process. */
export class Process implements Timer, Table {
	stoppedFrom = Infinity;
	stoppedUntil = -Infinity;
	/** Until when other work keeps its event loop busy, how late timers are then, in ms, and for which part of the time it works. */
	busyUntil = -Infinity;
	lateness = 0;
	atWork = 1;
	readonly store: KeyStore;
	private texts = 0;
	private calling = false;
	private readonly world: World;
	private readonly name: number;

	constructor(world: World, name: number, times?: SilenceTimes) {
		this.world = world;
		this.name = name;
		this.store = new KeyStore(this, this, times);
	}

	/** The keys of another execution. */
	keys(): Keys {
		return new Keys(this.store);
	}

	/** Stops the process for some time, as SIGSTOP does. */
	stop(ms: number): void {
		this.stoppedFrom = this.world.time;
		this.stoppedUntil = this.world.time + ms;
	}

	now(): number {
		return this.world.time;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		await this.world.sleep(ms + (this.world.time < this.busyUntil ? this.lateness : 0), this, signal);
	}

	async idle(ms: number): Promise<void> {
		await this.world.sleep(ms, this);
	}

	measureWork(): () => number {
		return () => (this.world.time <= this.busyUntil ? this.atWork : 0);
	}

	random(): number {
		return this.world.random();
	}

	newText(): string {
		return `${this.name}.${++this.texts}`;
	}

	async record(values: string[]): Promise<Set<string>> {
		const { most } = this.world.database;
		return await this.call((row) => {
			const fresh = new Set(values).difference(row);
			const written = row.union(fresh);
			for (const oldest of written) {
				if (written.size <= most) break;
				written.delete(oldest);
			}
			return [written, fresh];
		});
	}

	async remove(values: string[]): Promise<void> {
		const { database } = this.world;
		database.mostRemoved = Math.max(database.mostRemoved, values.length);
		await this.call((row) => [row.difference(new Set(values)), undefined]);
	}

	private async call<T>(
		change: (row: ReadonlySet<string>) => [written: ReadonlySet<string>, answer: T],
	): Promise<T> {
		const { database } = this.world;
		database.calls++;
		if (this.calling) database.overlaps++;
		this.calling = true;
		try {
			return await this.readAndWrite(change);
		} finally {
			this.calling = false;
		}
	}

	private async readAndWrite<T>(
		change: (row: ReadonlySet<string>) => [written: ReadonlySet<string>, answer: T],
	): Promise<T> {
		const { database } = this.world;
		const [reading, writing] = database.latency(this);
		await this.sleep(reading);
		if (database.failure) throw database.failure;
		const [written, answer] = change(database.entries);
		await this.sleep(writing);
		database.entries = written;
		return answer;
	}
}
