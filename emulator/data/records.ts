/** Records of one kind: in order of their making, found by ID at once. */
export class Records<T extends { id: string | number }> implements Iterable<T> {
	private readonly byId = new Map<string, T>();

	constructor(rows: Iterable<T> = []) {
		this.replace(rows);
	}

	get size(): number {
		return this.byId.size;
	}

	/** All of them, as a list of its own. */
	get rows(): T[] {
		return [...this.byId.values()];
	}

	get(id: string | number): T | undefined {
		return this.byId.get(String(id));
	}

	/** Adds one, or puts it in place of the one with the same ID. */
	add(row: T): T {
		this.byId.set(String(row.id), row);
		return row;
	}

	delete(id: string | number): boolean {
		return this.byId.delete(String(id));
	}

	/** Puts `rows` in place of all there are. */
	replace(rows: Iterable<T>): void {
		this.byId.clear();
		for (const row of rows) this.add(row);
	}

	[Symbol.iterator](): Iterator<T> {
		return this.byId.values();
	}
}
