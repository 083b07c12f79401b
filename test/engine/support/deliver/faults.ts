import type { Fault } from '../../../../emulator/index.ts';
import type { OutcomeName } from './account.ts';

/** One row of the matrix. */
export interface FaultRow {
	/** Its name in the documentation. */
	name: string;
	/** The fault for one item's request. */
	fault?: Fault;
	/** The fault for all requests instead. */
	all?: 'refused, then up' | 'refused' | 'unknown host';
	/** The one request is answered with a redirect to another host. */
	redirect?: true;
	/** The execution is stopped while the item is under way. */
	cancel?: true;
	/** The item's outcome. */
	outcome: OutcomeName;
	/** Its outcome with Retry On Fail; left out, the same as without. */
	tried?: OutcomeName;
	/** Its outcome with *Retry execution* after the fault is over; left out, the same as with Retry On Fail. */
	retried?: OutcomeName;
	/** The item's *Timeout*, in ms, where its reply never comes. */
	timeout?: number;
	/** Whether the token's limiter remembers the fault after the run. */
	spoils?: true;
}

const refused = { outcome: 'refused', tried: 'created' } as const;
const unknown = { outcome: 'unknown' } as const;

/** A fault that leaves no event behind, and the same one with the event created. */
const bothWays = (name: string, fault: Fault, timeout?: number): FaultRow[] => [
	{ name: `${name}, event not created`, fault, timeout, ...unknown },
	{ name: `${name}, event created`, fault: { ...fault, write: true }, timeout, ...unknown },
];

/** The timeout where a reply never comes, in ms. */
const SHORT_MS = 4_000;

/** The rate that the nodes begin with in these tests: too high to wait for, and with a patience below five minutes. */
export const PACE = { requests: 1_000, windowMs: 2_000, patienceMs: 2_500 };

export const FAULT_ROWS: FaultRow[] = [
	{
		name: '429 with `Retry-After`',
		fault: { status: 429, headers: { 'retry-after': '1' } },
		outcome: 'created',
	},
	{
		name: '429 without `Retry-After`',
		fault: { status: 429, headers: { 'retry-after': null } },
		outcome: 'created',
	},
	{
		name: '429 that asks to wait for an hour',
		fault: { status: 429, headers: { 'retry-after': '3600' } },
		outcome: 'not sent',
		spoils: true,
	},
	{
		name: '429 again and again',
		fault: { status: 429, headers: { 'retry-after': null }, times: Infinity },
		outcome: 'not sent',
		retried: 'created',
		spoils: true,
	},
	...[400, 401, 403, 404, 409, 422].map((status) => ({
		name: String(status),
		fault: { status },
		...refused,
	})),
	...[408, 500, 502, 503, 504].flatMap((status) => bothWays(String(status), { status })),
	...bothWays('No answer within the timeout', { hang: true }, SHORT_MS),
	{ name: 'Connection closed, event not created', fault: { close: 'before' }, ...unknown },
	{ name: 'Connection closed, event created', fault: { close: 'after' }, ...unknown },
	{ name: 'Connection refused, then up again', all: 'refused, then up', outcome: 'created' },
	{ name: 'Connection refused', all: 'refused', outcome: 'not sent', tried: 'created' },
	{ name: 'Unknown host', all: 'unknown host', outcome: 'not sent' },
	...bothWays('2xx with cut-off JSON', { status: 201, body: '{"id": 17, "job_id": "clj' }),
	...bothWays('2xx with a web page', { status: 200, body: '<!doctype html><title>Sign in</title>' }),
	...bothWays('2xx with an empty body', { status: 200, body: '' }),
	...bothWays('2xx without an ID', { status: 200, body: { data: {} } }),
	...bothWays('2xx with a body of 50 MB', { status: 200, hugeBytes: 50_000_000 }),
	{ name: 'Redirect to another host', redirect: true, ...unknown },
	{
		name: 'Slow drip of the answer',
		fault: { drip: { everyMs: 500, bytes: 1 } },
		timeout: SHORT_MS,
		...unknown,
	},
	{ name: 'Cancel in mid-run', cancel: true, ...unknown },
];

/** The faults that one item can meet while others beside it meet theirs. */
export const ROWS_OF_ONE_ITEM: FaultRow[] = FAULT_ROWS.filter(
	({ fault, redirect, spoils }) => (fault ?? redirect) !== undefined && !spoils,
);

/** The others: about all items, or about the whole run. */
export const ROWS_OF_ALL_ITEMS: FaultRow[] = FAULT_ROWS.filter((row) => !ROWS_OF_ONE_ITEM.includes(row));

/** The settings for items that fail, one for each column of the matrix. */
export const MODES = [
	{ title: 'Stop', onError: 'stopWorkflow' },
	{ title: 'Continue', onError: 'continueRegularOutput' },
	{ title: 'Error output', onError: 'continueErrorOutput' },
] as const;

export type Mode = (typeof MODES)[number];

/** The columns of the matrix in the documentation. */
export const COLUMNS = [
	'Fault',
	'Stop',
	'Stop, 3 tries',
	'Retry execution',
	...['Continue', 'Continue, 3 tries', 'Error output', 'Error output, 3 tries'],
];

/** An item's outcome, by column. */
export function cellsOf({ name, cancel, outcome, tried = outcome, retried = tried }: FaultRow): string[] {
	if (cancel) return [name, 'stopped', 'stopped', '–', 'stopped', 'stopped', 'stopped', 'stopped'];
	// A run without a failure cannot be retried.
	const again = outcome === 'created' ? '–' : retried;
	return [name, outcome, tried, again, outcome, tried, outcome, tried];
}
