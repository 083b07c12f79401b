/** Records of one kind: in the order in which they were added, quick to find by ID. */
export class Records<T extends { id: string | number }> implements Iterable<T> {
	private readonly byId = new Map<string, T>();

	constructor(rows: Iterable<T> = []) {
		this.replace(rows);
	}

	get size(): number {
		return this.byId.size;
	}

	/** All of them, as a new list. */
	get rows(): T[] {
		return [...this.byId.values()];
	}

	get(id: string | number): T | undefined {
		return this.byId.get(String(id));
	}

	/** Adds one, or replaces the one with the same ID. */
	add(row: T): T {
		this.byId.set(String(row.id), row);
		return row;
	}

	delete(id: string | number): boolean {
		return this.byId.delete(String(id));
	}

	/** Replaces all records by `rows`. */
	replace(rows: Iterable<T>): void {
		this.byId.clear();
		for (const row of rows) this.add(row);
	}

	[Symbol.iterator](): Iterator<T> {
		return this.byId.values();
	}
}
