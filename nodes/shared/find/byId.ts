import type { IDataObject } from 'n8n-workflow';

/** The records that the items of a run name by their IDs: each is read once, and not at all if it was just found. */
export class RecordsById {
	private readonly rows = new Map<string, Promise<IDataObject>>();

	/** A record that was found. */
	know(path: string, row: IDataObject): void {
		if (!this.rows.has(path)) this.rows.set(path, Promise.resolve(row));
	}

	async read(path: string, reading: () => Promise<IDataObject>): Promise<IDataObject> {
		const known = this.rows.get(path) ?? reading();
		this.rows.set(path, known);
		return await known;
	}
}
