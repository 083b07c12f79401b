/** What bounds a map. */
interface Bounds<Value> {
	/** How many values are kept at most. The one that was used longest ago makes room. */
	most: number;
	/** Whether a value is of no use any more, such as one that is out of date; it is never given again. */
	isOver?(value: Value): boolean;
	/** Whether a value must be kept for now, such as a limiter that requests wait at. */
	isInUse?(value: Value): boolean;
}

/**
 * Values by key that one n8n process keeps for all its executions. It cannot grow forever: values that are over go,
 * and so do those used longest ago when there are too many. Only values in use may be more than the bound allows.
 *
 * Nothing in it survives the process, and another process knows nothing of it.
 */
export class BoundedMap<Value> {
	/** In the order of their last use, longest ago first. */
	private readonly values = new Map<string, Value>();

	constructor(private readonly bounds: Bounds<Value>) {}

	get size(): number {
		return this.values.size;
	}

	/** The value of a key, which then counts as used; undefined when there is none, or it is over. */
	get(key: string): Value | undefined {
		const value = this.values.get(key);
		if (value === undefined) return undefined;
		this.values.delete(key);
		if (this.bounds.isOver?.(value)) return undefined;
		this.values.set(key, value);
		return value;
	}

	/** The value of a key, made when there is none. */
	getOrAdd(key: string, make: () => Value): Value {
		const found = this.get(key);
		if (found !== undefined) return found;
		const made = make();
		this.set(key, made);
		return made;
	}

	/** Gives a key its value, which then counts as used; others are dropped if there are too many. */
	set(key: string, value: Value): void {
		this.values.delete(key);
		// Before the new value is added: it may still look like one that is over.
		this.dropOver();
		this.values.set(key, value);
		this.makeRoom(key);
	}

	/** Drops a key; does nothing if there is none. */
	delete(key: string): void {
		this.values.delete(key);
	}

	/** All of them, the one that was used longest ago first. */
	entries(): Array<[key: string, value: Value]> {
		return [...this.values];
	}

	/**
	 * Drops what is over, up to the first value that is not: those after it were used later and mostly are not either.
	 */
	dropOver(): void {
		for (const [key, value] of this.values) {
			if (!this.bounds.isOver?.(value)) return;
			this.values.delete(key);
		}
	}

	private makeRoom(newest: string): void {
		for (const [key, value] of this.values) {
			if (this.values.size <= this.bounds.most) return;
			if (key !== newest && !this.bounds.isInUse?.(value)) this.values.delete(key);
		}
	}
}
