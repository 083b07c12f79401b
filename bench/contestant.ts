/** The process of one contestant: gets ready, waits for the start, runs, and reports what it took. */
import type { Told } from './engine.ts';
import { contestantOf } from './contestants/index.ts';
import { eventsOf } from './events.ts';
import type { Job, Taken } from './job.ts';

/** Most events that are sent to warm up. */
const WARM_UP = 300;

async function run(job: Job): Promise<void> {
	const contestant = contestantOf(job.contestant, job.httpRequestFolder);
	const executions = Array.from({ length: job.executions }, (_, index) =>
		eventsOf(job.items, job.from + index * job.items),
	);
	// An n8n that has been running for a while: its code is loaded and compiled, and it has met the service before.
	const warmUp = executions.slice(0, WARM_UP).map((events) => events.slice(0, WARM_UP));
	await Promise.all(warmUp.map(async (events) => await contestant(job.warmUp, events, 'warm-up')));
	await contestant(job, eventsOf(1, job.from), 'first');
	globalThis.gc?.();

	await told('ready', 'go');
	const before = { cpu: process.cpuUsage(), rss: process.resourceUsage().maxRSS, at: performance.now() };
	const all = await Promise.all(
		executions.map(async (events, index) => await contestant(job, events, String(index + 1))),
	);
	const ms = performance.now() - before.at;
	const cpu = process.cpuUsage(before.cpu);
	const peak = process.resourceUsage().maxRSS;
	await send({
		ms,
		cpuMs: (cpu.user + cpu.system) / 1_000,
		peakMb: peak / 1_024,
		grownMb: (peak - before.rss) / 1_024,
		told: all.reduce(sum),
	} satisfies Taken);
}

const sum = (left: Told, right: Told): Told => ({
	done: left.done + right.done,
	failed: left.failed + right.failed,
	stopped: left.stopped + right.stopped,
});

async function send(message: string | Taken): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		if (!process.send) throw new Error('This process is started by the bench, see bench.ts');
		process.send(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
	});
}

/** Sends a message and waits for the answer. */
async function told(word: string, answer: string): Promise<void> {
	const answered = new Promise<void>((resolve) => {
		process.on('message', (message) => {
			if (message === answer) resolve();
		});
	});
	await send(word);
	await answered;
}

// Without the bench nobody waits for the result.
process.once('disconnect', () => process.exit(1));
await run(JSON.parse(process.argv[2] ?? '') as Job);
// The engine of n8n keeps timers and connections that nobody ends.
process.exit(0);
