/** n8n's deduplication store of one node. */
export interface Table {
	/** Records the values; gives the new ones. */
	record(values: string[]): Promise<ReadonlySet<string>>;
	remove(values: string[]): Promise<void>;
}
