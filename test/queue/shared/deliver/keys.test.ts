import type { Program } from '../../../../demo/programs.ts';
import { table } from '../../../support/report.ts';
import { pause } from '../../../support/until.ts';
import { webhookWorkflow } from '../../../support/workflows.ts';
import { startCluster, type Cluster } from '../../support/cluster.ts';
import { burst, eventsOf, postUntilConfirmed, type CrmEvent } from '../../support/deliveries.ts';
import { leadEventNode } from '../../support/nodes.ts';
import { allEnded, outcomesOf, tally } from '../../support/outcomes.ts';

/*
 * n8n keeps the deduplication keys of a node in one row that each process reads, changes and writes back whole, without
 * a lock. Here two workers do so on one PostgreSQL (QUEUE_WORKERS=3: three).
 */
const KEYS = Number(process.env.QUEUE_KEYS ?? 300);
const WORKERS = Number(process.env.QUEUE_WORKERS ?? 2);
const LEADS = 100;
/** As many entries as 10,000 done keys have. */
const FULL = 30_000;
/** How long a worker is stopped, and how long it runs until it is stopped again, in ms. */
const STOPPED_MS = 5_000;
const RUNNING_MS = 3_000;
const PATIENCE_MS = Math.max(600_000, KEYS * 2_000);

const LOOK_UP = 'look-up';
const REPORT = 'report';
const WORKFLOWS = { [LOOK_UP]: leadEventNode(), [REPORT]: leadEventNode({ outcomeUnknown: 'report' }) };

let cluster: Cluster;
beforeAll(async () => {
	cluster = await startCluster({
		workers: WORKERS,
		emulator: {
			propexo: { limit: 100_000, slowFrom: 2, latencyMs: 50, jobMs: 50 },
			counts: { leads: LEADS },
		},
		workflows: ({ emulator }) =>
			Object.entries(WORKFLOWS).map(([id, node]) => webhookWorkflow(emulator, id, node, 'onReceived')),
	});
});
const rows: Array<Record<string, string | number>> = [];
afterAll(async () => {
	await cluster?.close();
	table(WORKERS === 2 ? 'queue-keys' : `queue-keys-${WORKERS}`, rows);
});

/** Puts entries of other keys into the store of a workflow's node, as many as there are after months. */
async function fill(workflow: string): Promise<void> {
	const { id } = WORKFLOWS[workflow as keyof typeof WORKFLOWS];
	await cluster.postgres.query(
		`insert into processed_data ("workflowId", context, value) select '${workflow}', 'n:${id}', json_build_object('mode', 'entries', 'data', json_agg(encode(decode(md5(i::text), 'hex'), 'base64')))::text from generate_series(1, ${FULL}) i on conflict ("workflowId", context) do update set value = excluded.value`,
	);
}

async function empty(workflow: string): Promise<void> {
	await cluster.postgres.query(`delete from processed_data where "workflowId" = '${workflow}'`);
}

/** Posts each event twice at the same moment, several events at a time. */
async function postTwice(url: string, events: CrmEvent[], atOnce: number): Promise<void> {
	let next = 0;
	const poster = async () => {
		for (let event = events[next++]; event; event = events[next++]) {
			await Promise.all([postUntilConfirmed(url, event), postUntilConfirmed(url, event)]);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, poster));
}

/** Stops the workers in turn, each for five seconds, until the work has ended. */
async function stopping(workers: Program[], work: Promise<void>): Promise<void> {
	let hasEnded = false;
	const ended = work.finally(() => (hasEnded = true));
	for (let turn = 0; !hasEnded; turn++) {
		const { pid } = workers[turn % workers.length] as Program;
		process.kill(pid, 'SIGSTOP');
		await pause(STOPPED_MS);
		process.kill(pid, 'SIGCONT');
		await Promise.race([pause(RUNNING_MS), ended]);
	}
	await ended;
}

/** How often each event was created. */
const timesOf = (events: CrmEvent[]): number[] => {
	const { created } = cluster.stage.emulator.propexo.ledger;
	const counts = tally(created.map(({ body }) => (body as { notes: string }).notes));
	return events.map(({ notes }) => counts[notes] ?? 0);
};

interface Deliveries {
	what: string;
	store: 'empty' | 'full';
	/** Events posted at a time. */
	atOnce: number;
	workflow?: string;
	isStopped?: boolean;
	/** One after the other, instead of both at the same moment. */
	isLater?: boolean;
}

/** How often an event was created, and what its executions told. */
interface Delivered {
	times: number;
	told: string[];
}

/** Delivers each event twice. Puts the counts into the table. */
async function deliver({
	what,
	store,
	atOnce,
	workflow = LOOK_UP,
	...how
}: Deliveries): Promise<Delivered[]> {
	const events = eventsOf(`${workflow}-${rows.length}`, KEYS, LEADS);
	const url = `${cluster.webhooks}/${workflow}`;
	await (store === 'full' ? fill(workflow) : empty(workflow));
	const before = (await outcomesOf(cluster.postgres, workflow, 'Propexo')).length;
	const posting = how.isLater
		? burst(url, events, { atOnce, again: () => true, againAfterMs: 1_000 }).then(() => undefined)
		: postTwice(url, events, atOnce);
	const ended = posting.then(async () => await allEnded(cluster.postgres, workflow, PATIENCE_MS / 1_000));
	await (how.isStopped ? stopping(cluster.workers, ended) : ended);
	const told = (await outcomesOf(cluster.postgres, workflow, 'Propexo')).slice(before);
	const times = timesOf(events);
	const twice = times.filter((count) => count > 1).length;
	rows.push({
		'Each of the keys is delivered': what,
		Store: store,
		'If Outcome Is Unknown': workflow === LOOK_UP ? 'Look Up' : 'Report',
		Keys: KEYS,
		Missing: times.filter((count) => count === 0).length,
		'Created twice': twice,
		Rate: `${((100 * twice) / KEYS).toFixed(1)} %`,
		'Executions by outcome': Object.entries(tally(told.map(({ outcome }) => outcome)))
			.map(([outcome, count]) => `${count} ${outcome}`)
			.join(', '),
	});
	return events.map(({ event_id: id }, index) => ({
		times: times[index] ?? 0,
		told: told.filter(({ eventId }) => eventId === id).map(({ outcome }) => outcome),
	}));
}

const ONCE = { 1: KEYS };
const asTally = (all: Delivered[]) => tally(all.map(({ times }) => String(times)));

describe('the same event ID on several workers', () => {
	beforeEach(() => cluster.stage.emulator.reset());

	const cases: Deliveries[] = [
		{ what: 'again 1 s later', store: 'empty', atOnce: 10, isLater: true },
		{ what: 'twice at the same moment', store: 'empty', atOnce: 4 },
		{ what: 'twice at the same moment, more than the machine can run', store: 'empty', atOnce: 40 },
		{ what: 'twice at the same moment', store: 'full', atOnce: 4 },
		{ what: 'twice at the same moment, more than the machine can run', store: 'full', atOnce: 40 },
	];
	it.each(cases)(
		'delivered $what, $store store: each event is created once',
		async (one) => {
			expect(asTally(await deliver(one))).toEqual(ONCE);
		},
		PATIENCE_MS,
	);

	const what = 'twice at the same moment, while workers stand still for 5 s in turn';
	it(
		'delivered twice while workers stand still: with Report none is created twice, and of one that is missing all is unknown',
		async () => {
			const all = await deliver({
				what,
				store: 'full',
				atOnce: 4,
				workflow: REPORT,
				isStopped: true,
			});
			expect(all.filter(({ times }) => times > 1)).toEqual([]);
			const missing = all.filter(({ times }) => times === 0);
			for (const { told } of missing) expect(new Set(told)).toEqual(new Set(['unknown']));
		},
		PATIENCE_MS,
	);

	it(
		'delivered twice while workers stand still: none is missing with Look Up; how many are created twice is measured',
		async () => {
			const all = await deliver({ what, store: 'full', atOnce: 4, isStopped: true });
			expect(all.filter(({ times }) => times === 0)).toEqual([]);
		},
		PATIENCE_MS,
	);
});
