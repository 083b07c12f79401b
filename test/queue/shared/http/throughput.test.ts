import type { WorkflowNode } from '../../../../demo/example.ts';
import { webhookWorkflow } from '../../../support/workflows.ts';
import { startCluster, type Cluster } from '../../support/cluster.ts';
import { cpuMs } from '../../../support/cpu.ts';
import { burst, eventsOf } from '../../support/deliveries.ts';
import { httpRequestNode, leadEventNode } from '../../support/nodes.ts';
import { allEnded, outcomesOf, tally } from '../../support/outcomes.ts';
import { table } from '../../../support/report.ts';

/**
 * How many events n8n itself gets through, where no limit of the service holds it back, and what of this the node costs:
 * n8n's own HTTP Request node sends the same events in the same run.
 */
const EVENTS = Number(process.env.QUEUE_EVENTS ?? 300);
const LEADS = 100;

/** One way to send. Each has its own workflow. */
interface Way {
	workflow: string;
	title: string;
	/** Name of the node that sends. */
	node: string;
}
const WAYS: Way[] = [
	{ workflow: 'http-request', title: 'HTTP Request node', node: 'HTTP Request' },
	{ workflow: 'without-key', title: 'Propexo node', node: 'Propexo' },
	{ workflow: 'with-key', title: 'Propexo node with the ID of each event', node: 'Propexo' },
];

/** The same node with *Event ID in Your System* left empty. */
const withoutKey = (): WorkflowNode => {
	const node = leadEventNode();
	return { ...node, parameters: { ...node.parameters, deduplicationKey: '' } };
};

let cluster: Cluster;
beforeAll(async () => {
	cluster = await startCluster({
		workers: 1,
		emulator: {
			propexo: { limit: 1_000_000, slowFrom: 2, latencyMs: 100, jobMs: 50 },
			counts: { leads: LEADS },
		},
		workflows: ({ emulator }) => [
			webhookWorkflow(emulator, 'http-request', httpRequestNode(emulator), 'onReceived'),
			webhookWorkflow(emulator, 'without-key', withoutKey(), 'onReceived'),
			webhookWorkflow(emulator, 'with-key', leadEventNode(), 'onReceived'),
		],
	});
});
const rows: Array<Record<string, string | number>> = [];
afterAll(async () => {
	await cluster?.close();
	table('queue-throughput', rows);
});

/** Events a second, from the first one created to the last, and what each cost the workers' processors, in ms. */
interface Rate {
	perSecond: number;
	cpu: number;
}

async function rateOf({ workflow, node }: Way): Promise<Rate> {
	cluster.stage.emulator.reset();
	const endedBefore = (await outcomesOf(cluster.postgres, workflow, node)).length;
	const cpuBefore = cpuMs(cluster.workers);
	const events = eventsOf(`${workflow}-${cluster.workers.length}`, EVENTS, LEADS);
	await burst(`${cluster.webhooks}/${workflow}`, events, { atOnce: 60 });
	await allEnded(cluster.postgres, workflow, 900);
	const cpu = (cpuMs(cluster.workers) - cpuBefore) / EVENTS;

	const ended = (await outcomesOf(cluster.postgres, workflow, node)).slice(endedBefore);
	expect(tally(ended.map(({ outcome, error }) => error ?? outcome))).toEqual({ created: EVENTS });
	const { created } = cluster.stage.emulator.propexo.ledger;
	expect(new Set(created.map(({ body }) => (body as { notes: string }).notes)).size).toBe(EVENTS);
	const times = created.map(({ at }) => at);
	expect(times).toHaveLength(EVENTS);
	const stored = await cluster.postgres.query(
		`select 1 from processed_data where "workflowId" = '${workflow}'`,
	);
	expect(stored.length > 0).toBe(workflow === 'with-key');
	return { perSecond: (EVENTS - 1) / ((Math.max(...times) - Math.min(...times)) / 1_000), cpu };
}

it.each([1, 2, 4])('%i workers create every event once', async (workers) => {
	while (cluster.workers.length < workers) await cluster.addWorker();
	let first: Rate | undefined;
	for (const way of WAYS) {
		const rate = await rateOf(way);
		first ??= rate;
		rows.push({
			Workers: workers,
			Node: way.title,
			'Events a second': rate.perSecond.toFixed(1),
			'Of the HTTP Request node’s': (rate.perSecond / first.perSecond).toFixed(2),
			'Processor time of the workers per event': `${rate.cpu.toFixed(0)} ms`,
			'Of the HTTP Request node’s time': (rate.cpu / first.cpu).toFixed(2),
		});
	}
});
