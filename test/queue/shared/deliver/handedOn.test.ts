import { webhookWorkflow } from '../../../support/workflows.ts';
import { startCluster, type Cluster } from '../../support/cluster.ts';
import { burst, eventsOf, type CrmEvent } from '../../support/deliveries.ts';
import { handOnJobs, killWorker } from '../../support/disturbances.ts';
import { leadEventNode } from '../../support/nodes.ts';
import { allEnded, outcomesOf, tally } from '../../support/outcomes.ts';
import { until } from '../../../support/until.ts';

/*
 * A queue may give the execution of a worker that died to another worker, from its beginning. n8n 2 does not ask its
 * queue for that (it sets maxStalledCount to 0), n8n 1 did, and the administrator of a queue can; so the test moves the jobs as
 * the queue would. All requests of the first worker have arrived when it dies, and none of them is answered.
 */
/** Of each kind; of the four kinds together no more than one process sends at once (ten). */
const EVENTS = 2;
/** The last look for an event that another process began comes after four minutes; only then is it sent again. */
const LONGEST_S = 600;
const WORKFLOWS = { 'look-up': leadEventNode(), report: leadEventNode({ outcomeUnknown: 'report' }) };

let cluster: Cluster;
beforeAll(async () => {
	cluster = await startCluster({
		workers: 1,
		isDisturbed: true,
		emulator: { propexo: { jobMs: 50 }, counts: { leads: EVENTS } },
		workflows: ({ emulator }) =>
			Object.entries(WORKFLOWS).map(([id, node]) => webhookWorkflow(emulator, id, node, 'onReceived')),
	});
});
afterAll(async () => await cluster?.close());

const created = (events: CrmEvent[]): Record<string, number> => {
	const counts = tally(
		cluster.stage.emulator.propexo.ledger.created.map(({ body }) => (body as { notes: string }).notes),
	);
	return tally(events.map(({ notes }) => String(counts[notes] ?? 0)));
};

/** What the executions of a workflow came to in the end. */
const outcomes = async (workflow: string): Promise<Record<string, number>> =>
	tally((await outcomesOf(cluster.postgres, workflow, 'Propexo')).map(({ outcome }) => outcome));

describe('executions that begin again on another worker after theirs was killed', () => {
	const there = Object.keys(WORKFLOWS).flatMap((id) => eventsOf(`${id}-there`, EVENTS, EVENTS));
	const notThere = Object.keys(WORKFLOWS).flatMap((id) => eventsOf(`${id}-not`, EVENTS, EVENTS));
	const of = (workflow: string, events: CrmEvent[]) =>
		events.filter(({ event_id }) => event_id.startsWith(`${workflow}-`));

	beforeAll(async () => {
		const { faults, ledger } = cluster.stage.emulator.propexo;
		const match = { method: 'POST', path: '/v1/events/leads' };
		faults.add({ match: { ...match, bodyIncludes: '-there' }, times: Infinity, hang: true, write: true });
		faults.add({ match: { ...match, bodyIncludes: '-not' }, times: Infinity, hang: true });
		for (const id of Object.keys(WORKFLOWS)) {
			await burst(`${cluster.webhooks}/${id}`, [...of(id, there), ...of(id, notThere)]);
		}
		const all = there.length + notThere.length;
		const arrived = () => ledger.requests.filter(({ method }) => method === 'POST').length === all;
		await until(`${all} requests`, arrived);
		await killWorker(cluster);
		faults.clear();
		expect(created(there)).toEqual({ 1: there.length });
		expect(created(notThere)).toEqual({ 0: notThere.length });

		expect(await handOnJobs(cluster)).toBe(all);
		await cluster.addWorker();
		for (const id of Object.keys(WORKFLOWS)) await allEnded(cluster.postgres, id, LONGEST_S);
	});

	it('with Look Up, Then Retry create what is not there, nothing twice, and say created', async () => {
		expect(created(of('look-up', there))).toEqual({ 1: EVENTS });
		expect(created(of('look-up', notThere))).toEqual({ 1: EVENTS });
		expect(await outcomes('look-up')).toEqual({ created: 2 * EVENTS });
	});

	it('with Report send nothing again, and say that it is unknown', async () => {
		expect(created(of('report', there))).toEqual({ 1: EVENTS });
		expect(created(of('report', notThere))).toEqual({ 0: EVENTS });
		expect(await outcomes('report')).toEqual({ unknown: 2 * EVENTS });
	});
});
