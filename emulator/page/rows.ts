import { SYSTEM_NAMES, type SystemName } from '../emulator.ts';
import { isRead, type Ledger, type LedgerRequest } from '../server/ledger.ts';
import { aboutOf, type About, type NameOf } from './about.ts';

/** The outcome of a request, in the words of the page's filter. */
export type Outcome = 'created' | 'answered' | 'refused' | 'limited' | 'failed' | 'closed' | 'pending';

/** A row as the page lists it. */
export interface PageRow extends About {
	system: SystemName;
	seq: number;
	at: number;
	method: string;
	path: string;
	status: LedgerRequest['status'];
	outcome: Outcome;
	created: string[];
	/** Whether it only reads. */
	reads: boolean;
}

/** The outcome of a request. One that created something is `created`, whatever the caller was told. */
export function outcomeOf({ created, status }: Pick<LedgerRequest, 'created' | 'status'>): Outcome {
	if (created.length > 0) return 'created';
	if (status === 'pending' || status === 'closed') return status;
	if (status === 429) return 'limited';
	if (status >= 500) return 'failed';
	return status >= 400 ? 'refused' : 'answered';
}

/** The list entry of a request. */
function pageRow(system: SystemName, row: LedgerRequest, nameOf: NameOf): PageRow {
	const { seq, at, method, path, status, created } = row;
	return {
		system,
		seq,
		at,
		method,
		path,
		status,
		outcome: outcomeOf(row),
		created,
		reads: isRead(row),
		...aboutOf(row, nameOf),
	};
}

/** The whole request, and the whole reply while it is still kept. */
export function pageDetail(row: LedgerRequest): Record<string, unknown> {
	const { method, path, query, headers, authorized, body, reply } = row;
	return { method, path, query, headers, authorized, body, reply: reply ?? null };
}

/** How many rows the page gets at once, at most. */
const NEWEST = 500;
const FLUSH_MS = 200;

/**
 * Sends the newest rows, and from then on every change, a few times a second at most.
 * @returns a function that ends it
 */
export function streamRows(
	ledgers: Record<SystemName, Ledger>,
	send: (event: 'rows' | 'counts' | 'cleared', data: unknown) => void,
	nameOf: NameOf,
): () => void {
	const counts = () =>
		Object.fromEntries(
			SYSTEM_NAMES.map((name) => [
				name,
				{ requests: ledgers[name].requests.length, created: ledgers[name].created.length },
			]),
		);
	const start = SYSTEM_NAMES.flatMap((name) =>
		ledgers[name].requests.slice(-NEWEST).map((row) => pageRow(name, row, nameOf)),
	)
		.sort((left, right) => left.at - right.at)
		.slice(-NEWEST);
	send('counts', counts());
	send('rows', start);

	const changed = new Map<string, { name: SystemName; row: LedgerRequest }>();
	const stops = SYSTEM_NAMES.map((name) =>
		ledgers[name].listen((row) => {
			// Deleted and added again, so that the newest are last.
			changed.delete(`${name} ${row.seq}`);
			changed.set(`${name} ${row.seq}`, { name, row });
		}),
	);
	const epochs = SYSTEM_NAMES.map((name) => ledgers[name].epoch);
	const timer = setInterval(() => {
		for (const [index, name] of SYSTEM_NAMES.entries()) {
			if (epochs[index] === ledgers[name].epoch) continue;
			epochs[index] = ledgers[name].epoch;
			send('cleared', name);
			send('counts', counts());
		}
		if (changed.size === 0) return;
		const rows = [...changed.values()]
			.filter(({ name, row }) => ledgers[name].requests[row.seq - 1] === row)
			.slice(-NEWEST)
			.map(({ name, row }) => pageRow(name, row, nameOf));
		changed.clear();
		send('rows', rows);
		send('counts', counts());
	}, FLUSH_MS);
	timer.unref();
	return () => {
		clearInterval(timer);
		for (const stop of stops) stop();
	};
}
