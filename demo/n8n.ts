import { mkdirSync } from 'node:fs';
import { Failure } from './failure.ts';
import type { N8nInstall } from './install.ts';
import { freePort, LOOPBACK } from './ports.ts';
import { start, type Ending, type Program } from './programs.ts';

/** Who signs in to the editor. Only this machine can reach it. */
export const OWNER = {
	email: 'demo@example.com',
	password: 'Leasing-Demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
	/** bcrypt of the password, the form in which n8n takes it from its environment. */
	passwordHash: '$2a$10$ZibKHxD5ER5WavpmRxbfjOJgrL3c.jyiAq/51APoCjaC1cUoBK0h6',
} as const;

/** One n8n on this machine: what it runs from and where it keeps its data. */
export interface N8nHome {
	install: N8nInstall;
	/** `N8N_USER_FOLDER`: database, settings and community nodes. */
	userFolder: string;
	/** File that gets what n8n writes. */
	log: string;
	/** More environment, such as that of queue mode; goes before everything else. */
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal | undefined;
}

/** An n8n that answers. */
export interface N8n {
	url: string;
	program: Program;
	stop(): Promise<void>;
}

/**
 * Settings of the user's own n8n must not reach this one. Neither must those that make n8n believe that its own tests run
 * (no log, another database).
 */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|NODES_|NODE_FUNCTION_|WEBHOOK_|npm_|(NODE_OPTIONS|NODE_ENV|JEST_WORKER_ID|GENERIC_TIMEZONE)$)/;
const START_PATIENCE_MS = 180_000;

/** Settings of every n8n that is started here. */
export const SETTINGS = {
	N8N_ENCRYPTION_KEY: 'leasing-events-demo',
	N8N_SECURE_COOKIE: 'false',
	// The owner exists from the start, so that the editor asks for nothing.
	N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
	N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
	N8N_INSTANCE_OWNER_FIRST_NAME: OWNER.firstName,
	N8N_INSTANCE_OWNER_LAST_NAME: OWNER.lastName,
	N8N_INSTANCE_OWNER_PASSWORD_HASH: OWNER.passwordHash,
	N8N_PERSONALIZATION_ENABLED: 'false',
	// Nothing is sent to or fetched from anywhere.
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	// n8n 3 turns this off by default; 2.x needs the setting.
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
} as const;

async function environment(home: N8nHome, port: number): Promise<NodeJS.ProcessEnv> {
	const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
	return {
		...Object.fromEntries(inherited),
		...home.install.env,
		N8N_USER_FOLDER: home.userFolder,
		...SETTINGS,
		N8N_HOST: LOOPBACK,
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		// The assistant needs n8n's servers, and would be the first thing that the user sees.
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
		// The emulator is on this machine: no proxy.
		NO_PROXY: [process.env['NO_PROXY'], LOOPBACK, 'localhost'].filter(Boolean).join(','),
		...home.env,
	};
}

/** Starts one of n8n's commands: `start`, `worker`, `import:workflow` … */
export async function startCommand(home: N8nHome, args: string[], port = 0): Promise<Program> {
	mkdirSync(home.userFolder, { recursive: true });
	return start({
		args: [home.install.command, ...args],
		cwd: home.userFolder,
		env: await environment(home, port),
		log: home.log,
		signal: home.signal,
	});
}

/** Runs one of n8n's commands to its end. It may run beside a started n8n of the same home. */
export async function runCommand(
	home: N8nHome,
	args: string[],
): Promise<Ending & { stdout: string; output: string }> {
	const program = await startCommand(home, args, await freePort());
	const ending = await program.ended;
	home.signal?.throwIfAborted();
	return { ...ending, stdout: program.stdout, output: program.output };
}

/**
 * Starts n8n and waits until it answers.
 * @throws Failure when it ends instead, or does not answer in time
 */
export async function startN8n(home: N8nHome, port: number): Promise<N8n> {
	const program = await startCommand(home, ['start'], port);
	const url = `http://${LOOPBACK}:${port}`;
	let ending: Ending | undefined;
	void program.ended.then((how) => (ending = how));
	const giveUp = Date.now() + START_PATIENCE_MS;
	while (!(await answers(url))) {
		home.signal?.throwIfAborted();
		if (ending)
			throw new Failure(
				`n8n ended while it was starting (${describe(ending)}): ${lastLine(program.output)}. See ${home.log}`,
			);
		if (Date.now() > giveUp) {
			await program.stop();
			throw new Failure(`n8n did not answer within ${START_PATIENCE_MS / 1000} s. See ${home.log}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return { url, program, stop: () => program.stop() };
}

/** Whether n8n is ready. While it migrates its database, it answers every request with a page that says so. */
export async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/rest/settings`);
		const isJson = response.headers.get('content-type')?.includes('json') === true;
		await response.arrayBuffer();
		return response.ok && isJson;
	} catch {
		return false;
	}
}

/** "exit code 1" or "signal SIGSEGV". */
export function describe({ code, signal }: Ending): string {
	return signal ? `signal ${signal}` : `exit code ${code}`;
}

/** The last line that a program wrote. */
export function lastLine(output: string): string {
	return output.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
