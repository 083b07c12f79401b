import { join } from 'node:path';
import { startCommand, startN8n, type N8n, type N8nHome } from '../../../demo/n8n.ts';
import { freePort, LOOPBACK } from '../../../demo/ports.ts';
import type { Program } from '../../../demo/programs.ts';
import { activate, signIn, type Session } from '../../../demo/rest.ts';
import type { EmulatorOptions } from '../../../emulator/index.ts';
import type { WorkflowFile } from '../../../demo/example.ts';
import { importCredentials, setStage, type Stage } from '../../support/realN8n.ts';
import { startPostgres, startRedis, type Postgres, type Server } from './servers.ts';
import { traceEvents } from './trace.ts';
import { until } from '../../support/until.ts';

/** n8n's queue mode on this machine: a main, a webhook and several worker processes, PostgreSQL and Redis. */
export interface Cluster {
	stage: Stage;
	postgres: Postgres;
	redis: Server;
	workers: Program[];
	/** Where the webhook process takes webhooks. */
	webhooks: string;
	session: Session;
	/** Starts one more worker; it takes jobs at once. */
	addWorker(): Promise<Program>;
	close(): Promise<void>;
}

export interface ClusterOptions {
	workers: number;
	/** Executions that one worker runs at the same time. */
	concurrency?: number;
	emulator?: EmulatorOptions;
	/** Workers are killed, or servers taken away: n8n then looks for what was lost far more often than by default. */
	isDisturbed?: boolean;
	/** Made when the emulator is there. */
	workflows(stage: Stage): WorkflowFile[];
}

/**
 * How soon n8n takes a worker for dead (60 s and 30 s by default), and looks for executions whose job is no longer in
 * the queue (every 3 h by default, 100 at once). A test does not wait that long.
 *
 * Only where something is to be lost: n8n reads the executions first and the queue after that, so each look during a
 * burst may take a new execution that is not queued yet for lost. It is shown as crashed then, and never run.
 */
const IMPATIENT = {
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.25',
	N8N_EXECUTIONS_QUEUE_RECOVERY_BATCH: '5000',
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

const isReady = (program: Program, words: string) => async (): Promise<boolean> => {
	if (program.output.includes(words)) return true;
	const ended = await Promise.race([program.ended, Promise.resolve(undefined)]);
	if (ended) throw new Error(`n8n ended while it was starting: ${program.output.slice(-2_000)}`);
	return false;
};

/** Starts everything; the workflows are active and their webhooks open. */
export async function startCluster({
	concurrency = 10,
	isDisturbed = false,
	...options
}: ClusterOptions): Promise<Cluster> {
	const endings: Array<() => Promise<unknown>> = [];
	const close = async () => {
		for (const end of endings.splice(0).reverse()) await end();
	};
	try {
		const stage = await setStage({ emulator: options.emulator ?? {} });
		endings.push(stage.close);
		const postgres = await startPostgres(stage.folder);
		endings.push(postgres.stop);
		const redis = await startRedis(stage.folder);
		endings.push(redis.stop);
		const environment = { ...environmentOf(postgres, redis), ...(isDisturbed && IMPATIENT) };
		stage.home.env = { ...stage.home.env, ...environment };

		await importCredentials(stage);
		const workflows = options.workflows(stage);
		await stage.importWorkflows(workflows);
		const main = await startN8n(mainOf(stage), await freePort());
		endings.push(main.stop);
		let started = 0;
		const cluster: Omit<Cluster, 'session' | 'webhooks'> = {
			stage,
			postgres,
			redis,
			workers: [],
			addWorker: async () => {
				const name = `worker${++started}`;
				const worker = await startCommand(
					homeOf(stage, name),
					['worker', `--concurrency=${concurrency}`],
					await freePort(),
				);
				endings.push(async () => await worker.stop());
				cluster.workers.push(worker);
				await until(name, isReady(worker, 'n8n worker is now ready'));
				return worker;
			},
			close,
		};
		for (let count = 0; count < options.workers; count++) await cluster.addWorker();
		const webhooks = await startWebhooks(stage, endings);
		await traceEvents(
			postgres,
			workflows.map(({ name }) => name),
		);
		const session = await openWorkflows(main, workflows);
		return Object.assign(cluster, { session, webhooks });
	} catch (error) {
		await close();
		throw error;
	}
}

function environmentOf(postgres: Server, redis: Server): NodeJS.ProcessEnv {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: LOOPBACK,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: LOOPBACK,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'n8n',
		N8N_LOG_LEVEL: 'info',
	};
}

/**
 * The same home with logs of its own. From n8n's log of events a process that starts takes unfinished executions for
 * crashed ones; in containers, as in docker-compose.yml, it sees only those of its predecessor.
 */
function homeOf({ home, folder }: Stage, name: string): N8nHome {
	const env = { ...home.env, N8N_EVENTBUS_LOGWRITER_LOGBASENAME: name };
	return { ...home, env, log: join(folder, `${name}.log`) };
}

/** The main process leaves the webhooks to the webhook process, as in docker-compose.yml. */
function mainOf(stage: Stage): N8nHome {
	const home = homeOf(stage, 'main');
	return { ...home, env: { ...home.env, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' } };
}

async function startWebhooks(stage: Stage, endings: Array<() => Promise<unknown>>): Promise<string> {
	const port = await freePort();
	const program = await startCommand(homeOf(stage, 'webhook'), ['webhook'], port);
	endings.push(async () => await program.stop());
	await until('the webhook process', isReady(program, 'Webhook listener waiting for requests'));
	return `http://${LOOPBACK}:${port}/webhook`;
}

async function openWorkflows(main: N8n, workflows: WorkflowFile[]): Promise<Session> {
	const session = await signIn(main.url);
	for (const { id = '', name } of workflows) await activate(main.url, session, id, name);
	return session;
}
