/** Records of one kind: in the order in which they were added, quick to find by ID. */
export class Records<T extends { id: string | number }> implements Iterable<T> {
	private readonly known = new Map<string, T>();
	private fill: (() => void) | undefined;

	constructor(rows: Iterable<T> = []) {
		this.replace(rows);
	}

	private get byId(): Map<string, T> {
		const { fill } = this;
		this.fill = undefined;
		fill?.();
		return this.known;
	}

	/** Adds records only when somebody asks for one of this kind: most tests need a few kinds, and begin again often. */
	later(fill: () => void): void {
		this.fill = fill;
	}

	get size(): number {
		return this.byId.size;
	}

	/** All of them, as a new list. */
	get rows(): T[] {
		return [...this.byId.values()];
	}

	/** The one with this ID. */
	get(id: string | number): T | undefined {
		return this.byId.get(String(id));
	}

	/** Adds one, or replaces the one with the same ID. */
	add(row: T): T {
		this.byId.set(String(row.id), row);
		return row;
	}

	/** Removes one; gives whether it was there. */
	delete(id: string | number): boolean {
		return this.byId.delete(String(id));
	}

	/** Replaces all records by `rows`. */
	replace(rows: Iterable<T>): void {
		this.fill = undefined;
		this.known.clear();
		for (const row of rows) this.add(row);
	}

	[Symbol.iterator](): Iterator<T> {
		return this.byId.values();
	}
}
