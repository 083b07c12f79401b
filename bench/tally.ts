import type { LedgerCreation, LedgerRequest } from '../emulator/server/ledger.ts';
import type { BenchEvent } from './events.ts';

/** The events of one run, by the ledger of the emulator. */
export interface Tally {
	/** Events that exist, however often. */
	created: number;
	/** Events that exist more than once. */
	twice: number;
	/** Events too many: how often any was created again. */
	extra: number;
	/** Events that do not exist. */
	missing: number;
	/** 429s that were answered. */
	limited: number;
	/** Requests that looked for leads. */
	lookUps: number;
	/** Requests of all kinds. */
	requests: number;
}

/** Counts by the notes: each event has its own. */
export function tallyOf(
	expected: BenchEvent[],
	ledger: { requests: LedgerRequest[]; created: LedgerCreation[] },
): Tally {
	const times = new Map(expected.map(({ notes }) => [notes, 0]));
	for (const { body } of ledger.created) {
		const { notes } = body as BenchEvent;
		const before = times.get(notes);
		if (before === undefined) throw new Error(`An event was created that nobody was to send: ${notes}`);
		times.set(notes, before + 1);
	}
	const counts = [...times.values()];
	const created = counts.filter((count) => count > 0).length;
	return {
		created,
		twice: counts.filter((count) => count > 1).length,
		extra: ledger.created.length - created,
		missing: expected.length - created,
		limited: ledger.requests.filter(({ status }) => status === 429).length,
		lookUps: ledger.requests.filter(({ method, path }) => method === 'GET' && path === '/v1/leads/')
			.length,
		requests: ledger.requests.length,
	};
}
