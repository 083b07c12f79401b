/** `npm run bench`: compares this package's node with the alternatives; writes docs/benchmarks.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { BenchArguments } from './arguments.ts';
import { readArguments, USAGE } from './arguments.ts';
import type { Case, Row } from './cases/case.ts';
import { CASES } from './cases/index.ts';
import { EmulatorProcesses } from './emulators.ts';
import { thisMachine } from './machine.ts';
import type { Bench } from './measure.ts';
import { measure } from './measure.ts';
import { Missing, n8nCoreVersion, needBuild, needHttpRequest } from './needs.ts';
import { seconds, whole } from './numbers.ts';
import { chartOf } from './report/chart.ts';
import { markdownOf, section } from './report/markdown.ts';

const QUICK = 10;
/** The longest window of a quick run, in ms: it only shows that everything works. */
const QUICK_WINDOW_MS = 6_000;
const docs = join(import.meta.dirname, '..', 'docs');

/** A tenth of everything, including the limit. */
function quickened(row: Row): void {
	const { executions, items, settings } = row.task;
	const limit = (settings.limit ?? 0) / QUICK;
	const windowMs = Math.min(settings.windowMs ?? 0, QUICK_WINDOW_MS);
	const size = executions > 1 ? { executions: executions / QUICK } : { items: Math.ceil(items / QUICK) };
	row.task = { ...row.task, ...size, settings: { ...settings, limit, windowMs } };
	row.rounds = 1;
}

/** Row after row, round after round: a disturbance of the machine then does not hit one contestant alone. */
async function runCase(one: Case, bench: Bench): Promise<void> {
	console.log(`\n(${one.letter}) ${one.title}`);
	const rounds = Math.max(...one.rows.map((row) => row.rounds));
	for (let round = 0; round < rounds; round++) {
		for (const row of one.rows) {
			if (round >= row.rounds) continue;
			const run = await measure(bench, row.contestant, row.task);
			row.runs.push(run);
			console.log(
				`  ${row.label}: ${seconds(run.ms)}, ${one.came(run)}, CPU ${seconds(run.cpuMs)}, peak ${whole(run.peakMb)} MB`,
			);
		}
	}
}

async function main({ cases: letters, quick }: BenchArguments): Promise<void> {
	needBuild();
	const httpRequest = needHttpRequest();
	const cases = CASES.filter(({ letter }) => letters.includes(letter));
	const machine = thisMachine();
	console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load}`);
	if (quick) cases.flatMap(({ rows }) => rows).forEach(quickened);

	const started = performance.now();
	const processes = new EmulatorProcesses();
	try {
		const emulators: Bench['emulators'] = async (leads) => await processes.get(leads);
		const bench = { emulators, httpRequestFolder: httpRequest.folder };
		for (const one of cases) await runCase(one, bench);
	} finally {
		await processes.close();
	}
	console.log('');
	for (const one of cases) {
		for (const { promise, measured, kept } of one.verdicts()) {
			console.log(`(${one.letter}) ${kept ? 'kept  ' : 'MISSED'} ${promise}: ${measured}`);
		}
	}
	if (quick) return;
	if (cases.length < CASES.length) {
		// For the page, which is written only when all cases are run.
		console.log(`\n${cases.map(section).join('\n\n')}`);
		return;
	}
	const page = markdownOf(cases, {
		machine,
		httpRequestVersion: httpRequest.version,
		n8nCoreVersion: n8nCoreVersion(),
		minutes: (performance.now() - started) / 60_000,
	});
	mkdirSync(docs, { recursive: true });
	writeFileSync(join(docs, 'benchmarks.md'), page);
	writeFileSync(
		join(docs, 'benchmarks.svg'),
		chartOf(cases.filter(({ letter }) => 'ade'.includes(letter))),
	);
	console.log('\nWritten: docs/benchmarks.md, docs/benchmarks.svg');
}

// On exit, the emulators that were started are ended too (startEmulatorProcess); a signal alone would leave them running.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
	const args = readArguments(
		process.argv.slice(2),
		CASES.map(({ letter }) => letter),
	);
	if (args.help) console.log(USAGE);
	else await main(args);
} catch (error) {
	if (!(error instanceof Missing) && !(error instanceof TypeError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
