import type { ContestantId } from '../contestants/list.ts';
import { AT_ONCE } from '../contestants/pages.ts';
import type { Run, Task } from '../measure.ts';
import { range, ratio, seconds, whole } from '../numbers.ts';
import type { Case, Row } from './case.ts';
import { medianOf, rowOf, rowsOf } from './case.ts';
import { UNLIMITED } from './open.ts';

/** Leads that the emulator holds. */
export const LISTED = 10_000;

/** How long the emulator takes to answer, in ms: long enough that the requests count, and not only n8n's own work. */
const LATENCY_MS = 50;

const task: Task = {
	settings: { ...UNLIMITED, latencyMs: LATENCY_MS },
	processes: 1,
	executions: 1,
	items: 1,
};
const rows = rowsOf(task, { lister: 3, pagesAtOnce: 3, pages: 3, listerLimited: 3 });

const time = (row: Row): number => medianOf(row, ({ ms }) => ms);
const against = (row: Row, other: ContestantId): number => time(row) / time(rowOf(rows, other));
const grown = (row: Row): number => medianOf(row, ({ grownMb }) => grownMb);
const came = ({ told }: Run): number => told.done;
const requests = ({ tally }: Run): number => tally.requests;

const MOST = 1.1;

export const listing: Case = {
	letter: 'f',
	title: `${whole(LISTED)} leads, each page answered after ${LATENCY_MS} ms, no limit`,
	about: `*Lead: Get Many* beside the same pages of 250 leads read by bare undici: one after the other, as a loop through \`hasMore\` does, and ${AT_ONCE} at once, as the node does.`,
	rows,
	columns: [
		{ head: 'Time ÷ undici, four at once', cell: (row) => ratio(against(row, 'pagesAtOnce')) },
		{ head: 'Time ÷ undici, page after page', cell: (row) => ratio(against(row, 'pages')) },
		{ head: 'Leads', cell: (row) => range(row.runs.map(came)) },
		{ head: 'Requests', cell: (row) => range(row.runs.map(requests)) },
		{ head: 'Memory added', cell: (row) => `${whole(grown(row))} MB` },
		{ head: 'Time', cell: (row) => seconds(time(row)) },
	],
	came: (run) => `${whole(came(run))} leads in ${whole(requests(run))} requests`,
	verdicts: () => {
		const [all, some] = [rowOf(rows, 'lister'), rowOf(rows, 'listerLimited')];
		const [plain, atOnce] = [against(all, 'pages'), against(all, 'pagesAtOnce')];
		return [
			{
				promise: `at most ${MOST} × the time of the same pages by bare undici`,
				measured: `${ratio(plain)} × page after page`,
				kept: plain <= MOST,
			},
			{
				promise: `at most ${MOST} × the time of bare undici that reads ${AT_ONCE} pages at once too`,
				measured: `${ratio(atOnce)} ×`,
				kept: atOnce <= MOST,
				why: 'n8n opens a connection for each request, and makes an item of each lead',
			},
			{
				promise: `all ${whole(LISTED)} leads; with *Limit* 100 a single page`,
				measured: `${range(all.runs.map(came))} leads; ${range(some.runs.map(came))} leads in ${range(some.runs.map(requests))} request`,
				kept:
					all.runs.every((run) => came(run) === LISTED) &&
					some.runs.every((run) => came(run) === 100 && requests(run) === 1),
			},
		];
	},
};
