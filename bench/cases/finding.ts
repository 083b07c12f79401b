import { CALLERS, LEADS } from '../found.ts';
import type { Run, Task } from '../measure.ts';
import { range, ratio, seconds, whole } from '../numbers.ts';
import type { Case, Row, Verdict } from './case.ts';
import { creations, medianOf, rowOf, rowsOf } from './case.ts';

/** Few enough for the CPU time of an item not to count: the requests do. */
const LIMIT = 100;
const WINDOW_MS = 2_000;

/** Leads of the integration: sixteen pages. */
const FOUND = 4_000;
const PAGES = 16;

const task: Omit<Task, 'items'> = {
	// Which fields a PMS takes has nothing to do with it.
	settings: { limit: LIMIT, windowMs: WINDOW_MS, resetHeader: true, vendorRules: false },
	processes: 1,
	executions: 1,
	leads: LEADS,
};
const calls = rowsOf({ ...task, items: 1_000 }, { finderPhone: 2, undiciPhone: 2 });
const mails = rowsOf({ ...task, items: 5_000 }, { finderEmail: 1, undiciEmail: 1 });

const time = (row: Row): number => medianOf(row, ({ ms }) => ms);
const beside = (row: Row): number =>
	time(row) / time(calls.includes(row) ? rowOf(calls, 'undiciPhone') : rowOf(mails, 'undiciEmail'));
const all = (row: Row, figure: (run: Run) => number): string => range(row.runs.map(figure));

const MOST = 1.1;

function verdictsOf(row: Row, most: number, created: number): Verdict[] {
	const lookUps = (run: Run) => run.tally.lookUps;
	return [
		{
			promise: `${row.label.replace('This node, ', '')}: at most ${most} look-ups, ${whole(created)} created, none twice`,
			measured: `${all(row, lookUps)} look-ups, ${all(row, ({ tally }) => tally.created)} created, ${all(row, ({ tally }) => tally.extra)} too many`,
			kept: row.runs.every(
				(run) => lookUps(run) <= most && run.tally.created === created && run.tally.extra === 0,
			),
		},
		{
			promise: `at most ${MOST} × the time of the same look-ups and writes by bare undici`,
			measured: `${ratio(beside(row))} ×`,
			kept: beside(row) <= MOST,
			why: 'the rest is CPU time: all items are read before the first is sent, and the requests of the last window',
		},
	];
}

export const finding: Case = {
	letter: 'h',
	title: `Leads found by what people hold, ${LIMIT} requests allowed in each ${WINDOW_MS / 1_000} s`,
	about: `*Lead Event: Create* with *Lead* by phone number or email address, in an integration with ${whole(FOUND)} leads. Beside it, bare undici makes the same look-ups and writes; it knows beforehand which look-ups are the fewest, and keeps to the limit.`,
	rows: [...calls, ...mails],
	columns: [
		{ head: 'Time ÷ undici', cell: (row) => ratio(beside(row)) },
		{ head: 'Look-ups', cell: (row) => all(row, ({ tally }) => tally.lookUps) },
		{ head: 'Created', cell: (row) => all(row, ({ tally }) => tally.created) },
		{ head: '429s', cell: (row) => all(row, ({ tally }) => tally.limited) },
		{ head: 'Time', cell: (row) => seconds(time(row)) },
	],
	came: (run) => `${whole(run.tally.lookUps)} look-ups, ${creations(run)}`,
	verdicts: () => [
		...verdictsOf(rowOf(calls, 'finderPhone'), CALLERS, 1_000),
		...verdictsOf(rowOf(mails, 'finderEmail'), PAGES, FOUND),
	],
	notes: 'A thousand of the 5,000 addresses are of strangers: their rows are not sent.',
};
