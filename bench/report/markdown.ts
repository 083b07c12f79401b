import type { Case, Verdict } from '../cases/case.ts';
import { BATCH, RETRIES } from '../contestants/list.ts';
import type { Machine } from '../machine.ts';

/** What was used to measure. */
export interface Circumstances {
	machine: Machine;
	httpRequestVersion: string;
	n8nCoreVersion: string;
	minutes: number;
}

const tableOf = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const isKept = ({ kept, why }: Verdict): string => (kept ? 'kept' : `**missed**${why ? `: ${why}` : ''}`);

function summary(cases: Case[]): string {
	const rows = cases.flatMap((one) =>
		one
			.verdicts()
			.map((verdict) => [
				`(${one.letter}) ${one.title}`,
				verdict.promise,
				verdict.measured,
				isKept(verdict),
			]),
	);
	return tableOf(['Case', 'Promise', 'This node', ''], rows);
}

/** The section of one case. */
export function section(one: Case): string {
	const head = ['', ...one.columns.map((column) => column.head)];
	const rows = one.rows.map((row) => [
		row.contestant === 'node' ? `**${row.label}**` : row.label,
		...one.columns.map((column) => column.cell(row)),
	]);
	const parts = [`## (${one.letter}) ${one.title}`, one.about, tableOf(head, rows)];
	if (one.notes) parts.push(one.notes);
	return parts.join('\n\n');
}

/** The whole of docs/benchmarks.md. */
export function markdownOf(cases: Case[], circumstances: Circumstances): string {
	const { machine, httpRequestVersion, n8nCoreVersion, minutes } = circumstances;
	return `${[
		'# Benchmarks',
		'What this node does beside what one would use instead: same emulated Propexo, same events, one run. ' +
			'Ratios count; seconds belong to the machine they were measured on.',
		'![What became of the events in cases a, d and e](benchmarks.svg)',
		summary(cases),
		...cases.map(section),
		'## What was measured, and how',
		[
			`- **Machine:** ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, ${machine.system}. Load before the start: ${machine.load}.`,
			`- **Contestants:** the *built* node with nothing set but its required fields; the HTTP Request node of n8n-nodes-base ${httpRequestVersion} with this package's credential and the same five fields (in case c also with n8n's own Bearer credential); \`bench/contestants/declarativeTwin.ts\`; a bare undici Pool. The nodes run in n8n's own engine (n8n-core ${n8nCoreVersion}), without its server and database. Retry On Fail: ${RETRIES.maxTries} tries, ${RETRIES.waitBetweenTries / 1_000} s apart. Batching tuned by hand: ${BATCH.batchSize} items, ${BATCH.batchInterval} ms.`,
			'- **Runs:** each run starts a new process and a new emulator, on the same machine. Before the time is taken, the contestant warms up: it sends up to 300 events to another emulator and one to this one, so that it is as fast as an n8n that has been running for a while.',
			"- **Numbers:** the contestants take turns, round after round, and the tables show the median of the rounds; for the host's ceiling, the median of the ratios of each round.",
			'- **Counts** are the ledger of the emulator, where each event is known by its notes, not what the contestants say. Every value that occurred in a round is shown.',
			"- **The limit** of cases a, d and e is Propexo's 150 requests, in windows of 2 s instead of a minute, without its slow zone. For this to be learned from the replies, the emulator announces the end of each window by a header `x-ratelimit-reset-after`. Propexo itself documents no such header: with the real Propexo the node goes by the published minute. Cases b, c and f announce a limit that is never reached; the node would begin with 150 a minute otherwise.",
		].join('\n'),
		'## Run it',
		'```\nnpm run build\nnpm run demo -- --once   # once: installs the n8n that the HTTP Request node is taken from\nnpm run bench\n```',
		`It takes about ${Math.max(1, Math.round(minutes))} minutes and writes this page and its chart. \`npm run bench -- --help\` shows how to run a part of it.`,
	].join('\n\n')}\n`;
}
