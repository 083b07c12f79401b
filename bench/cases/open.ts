import { IN_FLIGHT } from '../contestants/target.ts';
import type { Run, Task } from '../measure.ts';
import { range, ratio, seconds, whole } from '../numbers.ts';
import type { Case, Column, Row } from './case.ts';
import { besideCeiling, creations, itemsOf, medianOf, rowOf, rowsOf } from './case.ts';

/** A limit that is never reached; the usual headers announce it. */
export const UNLIMITED: Task['settings'] = { limit: 1_000_000_000, windowMs: 60_000, resetHeader: true };

const ms = (run: Run): number => run.ms;
const cpuPerItem = (row: Row): number => medianOf(row, ({ cpuMs }) => cpuMs) / itemsOf(row.task);
const peak = (row: Row): number => medianOf(row, ({ peakMb }) => peakMb);
const grown = (row: Row): number => medianOf(row, ({ grownMb }) => grownMb);
const rate = (row: Row): number => (itemsOf(row.task) / medianOf(row, ms)) * 1_000;

const created: Column = { head: 'Created', cell: (row) => range(row.runs.map((run) => run.tally.created)) };
const time: Column = { head: 'Time', cell: (row) => seconds(medianOf(row, ms)) };

const slow: Task = { settings: { ...UNLIMITED, latencyMs: 50 }, processes: 1, executions: 1, items: 1_000 };
const slowRows = rowsOf(slow, { node: 5, host: 5, nodeKeyed: 3, pool: 3, http: 1, twin: 1 });
const againstPool = (row: Row): number => rate(row) / rate(rowOf(slowRows, 'pool'));

export const latency: Case = {
	letter: 'b',
	title: '1,000 items, each answered after 50 ms, no limit',
	about: `How fast the node is when nothing holds it back. The Pool has ${IN_FLIGHT} requests in flight, as many as the node and the host's ceiling have at most; the two others send all 1,000 at once.`,
	notes: 'With an *Event ID in Your System* claims are made ahead, in batches: what it costs is the time of the first claim and of the last confirmation.',
	rows: slowRows,
	columns: [
		{ head: 'Throughput ÷ Pool', cell: (row) => ratio(againstPool(row)) },
		{ head: 'Items a second', cell: (row) => whole(rate(row)) },
		created,
		time,
	],
	came: creations,
	verdicts: () => {
		const measured = againstPool(rowOf(slowRows, 'node'));
		return [
			{
				promise: `at least 0.9 of the Pool's throughput with ${IN_FLIGHT} in flight`,
				measured: ratio(measured),
				kept: measured >= 0.9,
				why: 'n8n opens a connection for each request, and all items are read before the first is sent; the Pool does neither',
			},
			besideCeiling(slowRows, 'it checks all items before it sends the first'),
		];
	},
};

const GROWTH = 10;
const many: Task = { settings: UNLIMITED, processes: 1, executions: 1, items: 10_000 };
const more: Task = { ...many, items: many.items * GROWTH };

const manyRows = rowsOf(many, { node: 3, host: 3, http: 3, httpBearer: 3 });
const [manyByNode, manyByHttp] = [rowOf(manyRows, 'node'), rowOf(manyRows, 'http')];
const moreByNode: Row = {
	...manyByNode,
	label: `${manyByNode.label}, ${whole(more.items)} items`,
	task: more,
	rounds: 1,
	runs: [],
};

export const volume: Case = {
	letter: 'c',
	title: '10,000 and 100,000 items, answered at once, no limit',
	about: 'What an item costs: CPU time of the whole n8n process while it runs, and the most memory the process ever had.',
	notes: 'It can be more than the ceiling: where an expression only names a field of the item (`{{ $json.lead_id }}`), as all of them do here, this node reads the field itself. An expression that does more costs what it costs the others.',
	rows: [...manyRows, moreByNode],
	columns: [
		{
			head: 'CPU per item ÷ HTTP Request',
			cell: (row) => ratio(cpuPerItem(row) / cpuPerItem(manyByHttp)),
		},
		{ head: 'Peak memory ÷ HTTP Request', cell: (row) => ratio(peak(row) / peak(manyByHttp)) },
		{ head: 'CPU per item', cell: (row) => `${cpuPerItem(row).toFixed(2)} ms` },
		{ head: 'Peak memory', cell: (row) => `${whole(peak(row))} MB` },
		created,
		time,
	],
	came: creations,
	verdicts: () => {
		const cpu = cpuPerItem(manyByNode) / cpuPerItem(manyByHttp);
		const memory = peak(manyByNode) / peak(manyByHttp);
		const longer = medianOf(moreByNode, ms) / medianOf(manyByNode, ms);
		// Without what n8n itself needs, which does not grow.
		const larger = grown(moreByNode) / grown(manyByNode);
		return [
			{
				promise: "CPU per item at most the HTTP Request node's",
				measured: `${ratio(cpu)} of it`,
				kept: cpu <= 1,
				why: 'with 10 requests in flight instead of all of them, each connection and each reply wakes the process on its own',
			},
			{
				promise: "peak memory at most the HTTP Request node's",
				measured: `${ratio(memory)} of it`,
				kept: memory <= 1,
			},
			{
				promise: `${GROWTH} times the items: at most ${GROWTH} times the time and the memory`,
				measured: `${longer.toFixed(1)} × the time, ${larger.toFixed(1)} × the memory`,
				kept: longer <= GROWTH && larger <= GROWTH,
				why: 'each item took as long; two runs on the same machine differ by more than this',
			},
			besideCeiling(
				manyRows,
				'it checks, remembers and reports each item, and reads each reply as a stream, so that its size is bounded',
			),
		];
	},
};
