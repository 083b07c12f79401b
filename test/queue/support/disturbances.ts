import type { Cluster } from './cluster.ts';
import { until } from './until.ts';

/** What is done to the cluster in the middle of a burst. */
export const DISTURBANCES = ['a worker is killed', 'Redis is restarted', 'PostgreSQL is restarted'] as const;

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
	const [first] = cluster.workers.splice(0, 1);
	if (!first) throw new Error('There is no worker to kill');
	// With all its children, as a machine that fails takes them along.
	process.kill(-first.pid, 'SIGKILL');
	await cluster.addWorker();
	await reached(0.4);
	await cluster.redis.restart();
	await reached(0.6);
	await cluster.postgres.restart();
}
