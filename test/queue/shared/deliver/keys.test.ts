import { webhookWorkflow } from '../../../support/workflows.ts';
import { startCluster, type Cluster } from '../../support/cluster.ts';
import { burst, eventsOf, postUntilConfirmed, type CrmEvent } from '../../support/deliveries.ts';
import { leadEventNode } from '../../support/nodes.ts';
import { allEnded, tally } from '../../support/outcomes.ts';
import { table } from '../../../support/report.ts';

/*
 * n8n keeps the deduplication keys of a node in one row that each process reads, changes and writes back whole, without
 * a lock. Here two workers do so on one PostgreSQL.
 */
const KEYS = 300;
const LEADS = 100;

let cluster: Cluster;
beforeAll(async () => {
	cluster = await startCluster({
		workers: 2,
		emulator: {
			propexo: { limit: 100_000, slowFrom: 2, latencyMs: 50, jobMs: 50 },
			counts: { leads: LEADS },
		},
		workflows: ({ emulator }) => [webhookWorkflow(emulator, 'lead-event', leadEventNode(), 'onReceived')],
	});
});
const rows: Array<Record<string, string | number>> = [];
afterAll(async () => {
	await cluster?.close();
	table('queue-keys', rows);
});

/** How many events were created how often, once all executions have ended. */
async function created(what: string, events: CrmEvent[]): Promise<Record<string, number>> {
	await allEnded(cluster.postgres, 'lead-event', 300);
	const { ledger } = cluster.stage.emulator.propexo;
	const counts = tally(ledger.created.map(({ body }) => (body as { notes: string }).notes));
	const times = events.map(({ notes }) => counts[notes] ?? 0);
	const twice = times.filter((count) => count > 1).length;
	rows.push({
		'Each of the keys is delivered': what,
		Keys: events.length,
		Missing: times.filter((count) => count === 0).length,
		'Created twice': twice,
		Rate: `${((100 * twice) / events.length).toFixed(1)} %`,
	});
	return tally(times.map(String));
}

describe('the same Deduplication Key on two workers', () => {
	beforeEach(() => cluster.stage.emulator.reset());

	it('delivered again a second later: each event is created once', async () => {
		const events = eventsOf('second', KEYS, LEADS);
		const url = `${cluster.webhooks}/lead-event`;
		await burst(url, events, { atOnce: 10, again: () => true, againAfterMs: 1_000 });
		expect(await created('again 1 s later', events)).toEqual({ 1: KEYS });
	});

	it('delivered again within milliseconds: each is created, and how many are created twice is measured', async () => {
		const events = eventsOf('instant', KEYS, LEADS);
		const url = `${cluster.webhooks}/lead-event`;
		let next = 0;
		const poster = async () => {
			for (let event = events[next++]; event; event = events[next++]) {
				await Promise.all([postUntilConfirmed(url, event), postUntilConfirmed(url, event)]);
			}
		};
		await Promise.all([poster(), poster(), poster(), poster()]);
		const times = await created('twice at the same time', events);
		expect(times).not.toHaveProperty('0');
		expect(Object.keys(times).every((count) => Number(count) <= 2)).toBe(true);
	});
});
