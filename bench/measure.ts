import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { PropexoSettings } from '../emulator/types.ts';
import type { ContestantId } from './contestants/list.ts';
import type { EmulatorProcess } from './emulator.ts';
import { eventsOf } from './events.ts';
import type { Job, Taken } from './job.ts';
import type { Tally } from './tally.ts';
import { tallyOf } from './tally.ts';

/** What one contestant does in one run. */
export interface Task {
	settings: Partial<PropexoSettings>;
	/** Processes started at once, executions started at once in each, items of each. */
	processes: number;
	executions: number;
	items: number;
	/** How many leads the emulator holds, if not as many as in the other cases. */
	leads?: number;
}

/** One run of one contestant: what it took, what it reported, and what the ledger shows. */
export interface Run extends Taken {
	tally: Tally;
}

const CONTESTANT = fileURLToPath(new URL('contestant.ts', import.meta.url));
const ONE_N8N = new URL('oneN8n.ts', import.meta.url).href;

/** Any lead will do; nothing is slowed down on purpose. */
const ALWAYS: Partial<PropexoSettings> = { slowFrom: 2, checkReferences: false };
/** The emulator's settings while a contestant warms up. */
const NO_LIMIT: Partial<PropexoSettings> = { ...ALWAYS, limit: 1_000_000_000 };

/** What all runs need. */
export interface Bench {
	/** The emulator with so many leads, and another one for what is not measured. */
	emulators(leads?: number): Promise<{ emulator: EmulatorProcess; warmUp: EmulatorProcess }>;
	/** The folder of n8n-nodes-base. */
	httpRequestFolder: string;
}

/** Runs one contestant in processes of its own. */
export async function measure(
	{ emulators, httpRequestFolder }: Bench,
	contestant: ContestantId,
	{ settings, processes, executions, items, leads }: Task,
): Promise<Run> {
	const { emulator, warmUp } = await emulators(leads);
	const folder = mkdtempSync(join(tmpdir(), 'leasing-events-bench-'));
	const prepare = async () => await emulator.prepare({ ...ALWAYS, ...settings });
	await warmUp.prepare(NO_LIMIT);
	await prepare();
	const running = Array.from({ length: processes }, (_, index) => {
		const job: Job = {
			contestant,
			url: emulator.url,
			token: emulator.token,
			warmUp: { url: warmUp.url, token: warmUp.token },
			executions,
			items,
			from: index * executions * items,
			httpRequestFolder,
		};
		return start(job, join(folder, String(index)));
	});
	try {
		await Promise.all(running.map(async ({ ready }) => await ready));
		// Earlier requests must not count in the first window.
		if (isLimited(settings)) await sleep((settings.windowMs ?? 0) + 100);
		await prepare();
		for (const { child } of running) child.send('go');
		const taken = await Promise.all(running.map(async (one) => await one.taken));
		const tally = tallyOf(eventsOf(processes * executions * items), await emulator.ledger());
		return { ...taken.reduce(together), tally };
	} finally {
		for (const { child } of running) child.kill();
		await Promise.all(running.map(async ({ ended }) => await ended));
		rmSync(folder, { recursive: true, force: true });
	}
}

const isLimited = ({ limit = 0 }: Task['settings']): boolean => limit < 1_000_000;

interface Running {
	child: ChildProcess;
	ready: Promise<void>;
	taken: Promise<Taken>;
	ended: Promise<void>;
}

function start(job: Job, userFolder: string): Running {
	const child = fork(CONTESTANT, [JSON.stringify(job)], {
		execArgv: ['--import', ONE_N8N, '--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
		// n8n's engine keeps a settings file and logs to the console.
		env: {
			...process.env,
			N8N_USER_FOLDER: userFolder,
			N8N_ENCRYPTION_KEY: 'leasing-events-bench',
			N8N_LOG_LEVEL: 'silent',
		},
	});
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
	});
	const died = ended.then(() => {
		throw new Error(
			`The process of contestant '${job.contestant}' ended early (exit code ${child.exitCode})`,
		);
	});
	const said = async <T extends 'ready' | Taken>(isIt: (message: unknown) => message is T): Promise<T> => {
		const heard = new Promise<T>((resolve) => {
			child.on('message', (message) => {
				if (isIt(message)) resolve(message);
			});
		});
		return await Promise.race([heard, died]);
	};
	const ready = said((message) => message === 'ready').then(() => undefined);
	const taken = said((message): message is Taken => typeof message === 'object' && message !== null);
	// Code that awaits one of them sees the early end; an unhandled one must not end the bench.
	for (const promise of [died, ready, taken]) promise.catch(() => undefined);
	return { child, ready, taken, ended };
}

/** Processes that ran side by side, as one: the time of the slower, the CPU of both. */
function together(left: Taken, right: Taken): Taken {
	return {
		ms: Math.max(left.ms, right.ms),
		cpuMs: left.cpuMs + right.cpuMs,
		peakMb: Math.max(left.peakMb, right.peakMb),
		grownMb: Math.max(left.grownMb, right.grownMb),
		told: {
			done: left.told.done + right.told.done,
			failed: left.told.failed + right.told.failed,
			stopped: left.told.stopped + right.told.stopped,
		},
	};
}
