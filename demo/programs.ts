import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Failure } from './failure.ts';

/** What is run, where, and where its output is kept. */
export interface Launch {
	/** A Node script and its arguments, or with `command` the arguments of that. */
	args: string[];
	/** Program to run; this Node, if left out. */
	command?: string;
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** File that gets everything the program writes; new content goes to its end. */
	log: string;
	/** Ends the program when it fires. */
	signal?: AbortSignal | undefined;
	/** Called with the process ID as soon as there is one. */
	onStart?: (pid: number) => void;
}

/** How a program ended: its exit code, or the signal that ended it. */
export interface Ending {
	code: number | null;
	signal: NodeJS.Signals | null;
}

/** A program that was started. */
export interface Program {
	pid: number;
	/** What it has written to stdout so far. */
	readonly stdout: string;
	/** What it has written so far, stdout and stderr as they came. */
	readonly output: string;
	/** Fulfilled when the program has ended and its output is complete; never rejected. */
	ended: Promise<Ending>;
	/** Asks it to end, and after `graceMs` ends it and all its children. */
	stop(graceMs?: number): Promise<void>;
}

/** Output that is kept in memory is cut at the front beyond this many characters. */
const KEPT = 8_000_000;

const running = new Set<number>();

/** Ends every program that is still running, at once, with its children. For the very end of the process. */
export function killAll(): void {
	for (const pid of running) signalTo(-pid, 'SIGKILL');
}

/** Signals a program, or with a negative ID the program and all its children; nothing if it has ended. */
function signalTo(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended already.
	}
}

/**
 * Starts a program in a new process group. Ctrl-C in the terminal then does not reach it: the code that started it ends
 * it, together with everything that it has started.
 */
export function start(launch: Launch): Program {
	mkdirSync(dirname(launch.log), { recursive: true });
	const log = createWriteStream(launch.log, { flags: 'a' });
	const child = spawn(launch.command ?? process.execPath, launch.args, {
		cwd: launch.cwd,
		env: launch.env ?? process.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	const kept = { stdout: '', output: '' };
	const keep = (text: string, isStdout: boolean): void => {
		log.write(text);
		kept.output = (kept.output + text).slice(-KEPT);
		if (isStdout) kept.stdout = (kept.stdout + text).slice(-KEPT);
	};
	child.stdout.setEncoding('utf8').on('data', (text: string) => keep(text, true));
	child.stderr.setEncoding('utf8').on('data', (text: string) => keep(text, false));
	const { pid } = child;
	if (pid !== undefined) {
		running.add(pid);
		launch.onStart?.(pid);
	}

	const ended = new Promise<Ending>((resolve) => {
		const end = (ending: Ending): void => {
			if (pid !== undefined) running.delete(pid);
			log.end(() => resolve(ending));
		};
		child.once('error', (error: NodeJS.ErrnoException) => {
			keep(`${error.message}\n`, false);
			end({ code: error.code === 'ENOENT' ? 127 : 126, signal: null });
		});
		child.once('close', (code, signal) => end({ code, signal }));
	});

	const stop = async (graceMs = 10_000): Promise<void> => {
		if (pid === undefined || !running.has(pid)) return void (await ended);
		signalTo(pid, 'SIGTERM');
		const hard = setTimeout(() => signalTo(-pid, 'SIGKILL'), graceMs);
		await ended;
		clearTimeout(hard);
		// Programs that it started and left running.
		signalTo(-pid, 'SIGKILL');
	};
	const abort = (): void => {
		if (pid !== undefined) signalTo(-pid, 'SIGTERM');
		void stop(3_000);
	};
	if (launch.signal?.aborted) abort();
	launch.signal?.addEventListener('abort', abort, { once: true });
	void ended.then(() => launch.signal?.removeEventListener('abort', abort));

	return {
		pid: pid ?? 0,
		get stdout() {
			return kept.stdout;
		},
		get output() {
			return kept.output;
		},
		ended,
		stop,
	};
}

/** Runs a program to its end. Rejects only when it was aborted. */
export async function run(launch: Launch): Promise<Ending & { stdout: string; output: string }> {
	const program = start(launch);
	const ending = await program.ended;
	launch.signal?.throwIfAborted();
	return { ...ending, stdout: program.stdout, output: program.output };
}

/**
 * Runs npm by this Node, not by another Node of the machine.
 * @throws Failure when there is no npm
 */
export async function npm(
	launch: Omit<Launch, 'command'>,
): Promise<Ending & { stdout: string; output: string }> {
	const script = process.env['npm_execpath'];
	const byThisNode = script !== undefined && basename(script) === 'npm-cli.js';
	const ending = await run({
		...launch,
		env: npmEnvironment(launch.env ?? process.env),
		...(byThisNode ? { args: [script, ...launch.args] } : { command: 'npm' }),
	});
	if (!byThisNode && ending.code === 127)
		throw new Failure('npm was not found. Start this by npm: npm run demo');
	return ending;
}

/** Without the variables that an outer npm sets for its script; with this Node first on the PATH. */
export function npmEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const rest = Object.entries(env).filter(
		([name]) => !/^npm_(package|lifecycle|command|execpath|node_execpath)/.test(name),
	);
	return { ...Object.fromEntries(rest), PATH: `${dirname(process.execPath)}:${env['PATH'] ?? ''}` };
}
