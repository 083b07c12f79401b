import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

interface Row {
	mode: string;
	data: readonly string[];
}

/** Thrown where the database would refuse a second row with the same primary key. */
export class DuplicateRow extends Error {
	override name = 'QueryFailedError';
}

function hashed(value: DeduplicationItemTypes): string {
	return createHash('md5').update(value.toString()).digest('base64');
}

/**
 * Each database has workflow IDs of its own. The node expects one database in a process: under the same ID in another one, it
 * would not find its keys and wait for them.
 */
let databases = 0;

/**
 * n8n's deduplication store (mode 'entries') in memory, with the behaviour of the database behind it:
 * one row per workflow and node that is read, changed and written back whole, without a lock and with other
 * work in between. Two engines that share one store are two n8n processes on one database.
 */
export class ProcessedDataStore implements IDataDeduplicator {
	private readonly rows = new Map<string, Row>();

	/** How the IDs of its workflows begin. */
	readonly workflowId: string;

	constructor(workflowId = `workflow ${++databases} `) {
		this.workflowId = workflowId;
	}

	/** Every call as it began: the method and its values. */
	readonly calls: Array<{
		method: 'check' | 'remove' | 'count' | 'clear';
		values: DeduplicationItemTypes[];
	}> = [];

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ mode, maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		this.calls.push({ method: 'check', values: items });
		const key = this.key(scope, contextData);
		const row = await this.read(key);
		this.onlyEntries(mode, row);
		const hashes = items.map(hashed);

		if (!row) {
			await this.insert(key, { mode, data: newest(hashes, maxEntries) });
			return { new: items, processed: [] };
		}

		// Compared with what was there before: a value given twice in one call counts as new twice.
		const known = new Set(row.data);
		const isKnown = items.map((_, index) => known.has(hashes[index] ?? ''));
		const data = [...row.data, ...hashes.filter((_, index) => !isKnown[index])];
		// Written back also when nothing is new.
		await this.write(key, { mode, data: newest(data, maxEntries) });
		return {
			new: items.filter((_, index) => !isKnown[index]),
			processed: items.filter((_, index) => isKnown[index]),
		};
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ mode }: ICheckProcessedOptions,
	): Promise<void> {
		this.calls.push({ method: 'remove', values: items });
		const key = this.key(scope, contextData);
		const row = await this.read(key);
		this.onlyEntries(mode, row);
		if (!row) return;
		const data = [...row.data];
		for (const hash of items.map(hashed)) {
			const index = data.indexOf(hash);
			if (index !== -1) data.splice(index, 1);
		}
		await this.write(key, { mode, data });
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		this.calls.push({ method: 'clear', values: [] });
		await nextTurn();
		this.rows.delete(this.key(scope, contextData));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<number> {
		this.calls.push({ method: 'count', values: [] });
		const row = await this.read(this.key(scope, contextData));
		return row?.data.length ?? 0;
	}

	/** Whether a value is recorded anywhere, read without the delays of the store's own calls. */
	holds(value: DeduplicationItemTypes): boolean {
		const hash = hashed(value);
		return [...this.rows.values()].some(({ data }) => data.includes(hash));
	}

	/** How many of the values are recorded. */
	count(values: DeduplicationItemTypes[]): number {
		const records = new Set([...this.rows.values()].flatMap(({ data }) => data));
		return values.filter((value) => records.has(hashed(value))).length;
	}

	/** Number of records in all rows. */
	get size(): number {
		return [...this.rows.values()].reduce((sum, { data }) => sum + data.length, 0);
	}

	private key(scope: DeduplicationScope, { node, workflow }: ICheckProcessedContextData): string {
		assert.ok(workflow.id);
		return JSON.stringify([workflow.id, scope === 'node' ? `n:${node?.id}` : '']);
	}

	private onlyEntries(mode: string, row?: Row): void {
		assert.equal(mode, 'entries', 'This store knows the mode of the nodes alone');
		assert.equal(row?.mode ?? mode, mode);
	}

	private async read(key: string): Promise<Row | undefined> {
		await nextTurn();
		const row = this.rows.get(key);
		await nextTurn();
		return row;
	}

	private async insert(key: string, row: Row): Promise<void> {
		await nextTurn();
		if (this.rows.has(key)) throw new DuplicateRow('UNIQUE constraint failed: processed_data');
		this.rows.set(key, row);
	}

	private async write(key: string, row: Row): Promise<void> {
		await nextTurn();
		// An UPDATE: a row that was cleared in the meantime is not made again.
		if (this.rows.has(key)) this.rows.set(key, row);
	}
}

/** The last `maxEntries` of the list; without a number (or with 0) all of it. */
function newest(hashes: string[], maxEntries?: number): string[] {
	return maxEntries ? hashes.slice(-maxEntries) : hashes;
}
