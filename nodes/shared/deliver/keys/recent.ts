import type { KnownKey } from './knownKey';

/** More than any process finishes in the time that they are remembered; the oldest make room. */
const MOST = 20_000;

/** The keys that this process has worked on lately. */
export class Recent {
	private readonly keys = new Map<string, KnownKey>();

	/** @param keptMs for how long a key is remembered after its end */
	constructor(private readonly keptMs: number) {}

	add(key: KnownKey): void {
		const { key: name } = key.entries;
		this.keys.delete(name);
		this.keys.set(name, key);
		if (this.keys.size > MOST) this.forgetOldest();
	}

	get(name: string): KnownKey | undefined {
		return this.keys.get(name);
	}

	isEmpty(now: number): boolean {
		for (const [name, { endedAt }] of this.keys) {
			if (endedAt !== undefined && now - endedAt > this.keptMs) this.keys.delete(name);
		}
		return this.keys.size === 0;
	}

	private forgetOldest(): void {
		for (const [name, { endedAt }] of this.keys) {
			if (endedAt === undefined) continue;
			this.keys.delete(name);
			return;
		}
	}

	[Symbol.iterator](): IterableIterator<KnownKey> {
		return this.keys.values();
	}
}
