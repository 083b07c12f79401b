import type { IDataObject } from 'n8n-workflow';

/** Records that items name by ID. Each is read once for all items of a run, or not at all if it was just found. */
export class RecordsById {
	private readonly rows = new Map<string, Promise<IDataObject>>();

	/** Adds a record that was found, so that it is not read again. */
	know(path: string, row: IDataObject): void {
		if (!this.rows.has(path)) this.rows.set(path, Promise.resolve(row));
	}

	async read(path: string, reading: () => Promise<IDataObject>): Promise<IDataObject> {
		const known = this.rows.get(path) ?? reading();
		this.rows.set(path, known);
		return await known;
	}
}
