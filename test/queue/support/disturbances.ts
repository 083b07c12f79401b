import { run } from '../../../demo/programs.ts';
import type { Cluster } from './cluster.ts';
import { until } from '../../support/until.ts';

/**
 * Disturbs the cluster three times, at a fifth, two and three fifths of the way: kills a worker with SIGKILL and
 * brings another one, restarts Redis, restarts PostgreSQL.
 *
 * @param expected how many events will be created
 * @returns when everything has been done
 */
export async function disturb(cluster: Cluster, expected: number): Promise<void> {
	const { ledger } = cluster.stage.emulator.propexo;
	const reached = async (part: number) =>
		await until(`${part * expected} events`, () => ledger.created.length >= part * expected, 300, 50);

	await reached(0.2);
	await killWorker(cluster);
	await cluster.addWorker();
	await reached(0.4);
	await cluster.redis.restart();
	await reached(0.6);
	await cluster.postgres.restart();
}

/** Kills the first worker with SIGKILL, and all its children, as a machine that fails takes them along. */
export async function killWorker(cluster: Cluster): Promise<void> {
	const [first] = cluster.workers.splice(0, 1);
	if (!first) throw new Error('There is no worker to kill');
	process.kill(-first.pid, 'SIGKILL');
	await first.ended;
}

/**
 * Puts every job that a worker had taken back among those that wait, as the queue does with jobs whose worker is gone
 * where it may run them again.
 *
 * @returns how many
 */
export async function handOnJobs({ redis }: Cluster): Promise<number> {
	const move = ['-p', String(redis.port), 'rpoplpush', 'bull:jobs:active', 'bull:jobs:wait'];
	for (let moved = 0; ; moved++) {
		const { code, stdout, output } = await run({
			cwd: '/',
			command: 'redis-cli',
			args: move,
			log: '/dev/null',
		});
		if (code !== 0) throw new Error(output);
		if (stdout.trim() === '') return moved;
	}
}
