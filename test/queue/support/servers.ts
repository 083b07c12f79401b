import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, LOOPBACK } from '../../../demo/ports.ts';
import { run, start, type Launch, type Program } from '../../../demo/programs.ts';
import { until } from '../../support/until.ts';

/** A database or broker of the test's own, which can be taken away and brought back with its data. */
export interface Server {
	port: number;
	/** Ends it, waits, and starts it again on the same port with the same data. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

export interface Postgres extends Server {
	/** Runs one query; gives a line a row. */
	query(sql: string): Promise<string[]>;
}

const DEBIAN = '/usr/lib/postgresql';

/** The newest PostgreSQL that Debian's package has installed; its programs are not on the PATH. */
function postgresProgram(name: string): string {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
	const [newest] = versions;
	if (newest === undefined)
		throw new Error('PostgreSQL is missing: apt-get install postgresql redis-server');
	return join(DEBIAN, newest, 'bin', name);
}

/** PostgreSQL refuses to run as root; then it runs as the user that Debian's package makes. */
function asDatabaseUser(command: string, args: string[]): Pick<Launch, 'command' | 'args'> {
	if (process.getuid?.() !== 0) return { command, args };
	return {
		command: 'setpriv',
		args: ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args],
	};
}

/** Starts a server, and again after each end that was asked for. */
async function keep(
	launch: Launch,
	isUp: () => Promise<boolean>,
	signal: NodeJS.Signals,
): Promise<Omit<Server, 'port'>> {
	let program: Program;
	const up = async () => {
		program = start(launch);
		await until(`${launch.command ?? ''} to answer (see ${launch.log})`, isUp, 60);
	};
	const stop = async () => {
		process.kill(program.pid, signal);
		await program.ended;
	};
	await up();
	return {
		stop,
		restart: async () => {
			await stop();
			await up();
		},
	};
}

/** A PostgreSQL with an empty database `n8n`, on a port of its own. */
export async function startPostgres(folder: string): Promise<Postgres> {
	const log = join(folder, 'postgres.log');
	// Not below the folder, which another user may not enter.
	const data = mkdtempSync(join(tmpdir(), 'leasing-postgres-'));
	if (process.getuid?.() === 0) {
		const { uid, gid } = statSync('/var/lib/postgresql');
		chownSync(data, uid, gid);
	}
	const at = { cwd: '/', log };
	const made = await run({
		...at,
		...asDatabaseUser(postgresProgram('initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8']),
	});
	if (made.code !== 0) throw new Error(`PostgreSQL could not make its data folder: ${made.output}`);
	const port = await freePort();
	const server = ['-D', data, '-p', String(port), '-h', LOOPBACK, '-k', data, '-c', 'max_connections=200'];
	const address = ['-h', LOOPBACK, '-p', String(port), '-U', 'n8n'];
	const query = async (sql: string, database = 'n8n') => {
		const args = [...address, '-d', database, '-AtX', '-c', sql];
		const { code, stdout, output } = await run({ cwd: '/', command: 'psql', args, log: '/dev/null' });
		if (code !== 0) throw new Error(output);
		return stdout.split('\n').filter((line) => line !== '');
	};
	const isUp = async () => (await run({ ...at, command: 'pg_isready', args: address })).code === 0;
	// SIGINT: PostgreSQL's fast shutdown, which ends all connections at once.
	const kept = await keep(
		{ ...at, ...asDatabaseUser(postgresProgram('postgres'), server) },
		isUp,
		'SIGINT',
	);
	await query('create database n8n', 'postgres');
	const stop = async () => {
		await kept.stop();
		rmSync(data, { recursive: true, force: true });
	};
	return { port, query: async (sql) => await query(sql), restart: kept.restart, stop };
}

/** A Redis that writes every change to disk, as a queue in production should. */
export async function startRedis(folder: string): Promise<Server> {
	const port = await freePort();
	const log = join(folder, 'redis.log');
	const data = join(folder, 'redis');
	mkdirSync(data, { recursive: true });
	const args = [
		'--port',
		String(port),
		'--bind',
		LOOPBACK,
		'--dir',
		data,
		'--appendonly',
		'yes',
		'--save',
		'',
	];
	const isUp = async () => {
		const asked = await run({ cwd: '/', command: 'redis-cli', args: ['-p', String(port), 'ping'], log });
		return asked.stdout.includes('PONG');
	};
	return { port, ...(await keep({ cwd: data, command: 'redis-server', args, log }, isUp, 'SIGTERM')) };
}
