import { propexoCreate, webhookWorkflow } from '../../../support/workflows.ts';
import { startCluster, type Cluster } from '../../support/cluster.ts';
import { cpuMs } from '../../../support/cpu.ts';
import { burst, eventsOf } from '../../support/deliveries.ts';
import { leadEventNode } from '../../support/nodes.ts';
import { allEnded } from '../../support/outcomes.ts';
import { table } from '../../../support/report.ts';

/** How many events n8n itself gets through, where no limit of the service holds it back. */
const EVENTS = Number(process.env.QUEUE_EVENTS ?? 600);
const LEADS = 100;

let cluster: Cluster;
beforeAll(async () => {
	cluster = await startCluster({
		workers: 1,
		emulator: {
			propexo: { limit: 1_000_000, slowFrom: 2, latencyMs: 100, jobMs: 50 },
			counts: { leads: LEADS },
		},
		workflows: ({ emulator }) => {
			const plain = propexoCreate();
			plain.parameters.options = {};
			return [
				webhookWorkflow(emulator, 'without-key', plain, 'onReceived'),
				webhookWorkflow(emulator, 'with-key', leadEventNode(), 'onReceived'),
			];
		},
	});
});
const rows: Array<Record<string, string | number>> = [];
afterAll(async () => {
	await cluster?.close();
	table('queue-throughput', rows);
});

/** Events a second, from the first one created to the last, and what each cost the workers' processors. */
async function rate(workflow: string, workers: number): Promise<{ perSecond: number; cpu: number }> {
	cluster.stage.emulator.reset();
	const before = cpuMs(cluster.workers);
	await burst(`${cluster.webhooks}/${workflow}`, eventsOf(`${workflow}-${workers}`, EVENTS, LEADS), {
		atOnce: 60,
	});
	await allEnded(cluster.postgres, workflow, 300);
	const times = cluster.stage.emulator.propexo.ledger.created.map(({ at }) => at);
	expect(times).toHaveLength(EVENTS);
	return {
		perSecond: (EVENTS - 1) / ((Math.max(...times) - Math.min(...times)) / 1_000),
		cpu: (cpuMs(cluster.workers) - before) / EVENTS,
	};
}

it.each([1, 2, 4])('%i workers create every event once', async (workers) => {
	while (cluster.workers.length < workers) await cluster.addWorker();
	const without = await rate('without-key', workers);
	const withKey = await rate('with-key', workers);
	rows.push({
		Workers: workers,
		'Events a second': without.perSecond.toFixed(1),
		'Processor time of the workers per event': `${without.cpu.toFixed(0)} ms`,
		'Events a second with the ID of each event': withKey.perSecond.toFixed(1),
		'Processor time with it': `${withKey.cpu.toFixed(0)} ms`,
	});
});
