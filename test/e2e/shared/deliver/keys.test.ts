import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import type { WorkflowFile, WorkflowNode } from '../../../../demo/example.ts';
import { runCommand } from '../../../../demo/n8n.ts';
import { table } from '../../../support/report.ts';
import { propexoCreate } from '../../../support/workflows.ts';
import { post, startInstance, type Instance } from '../../support/instance.ts';
import { manualTrigger, oneItem, splitOut, to, webhookTrigger } from '../../support/variants.ts';

/*
 * n8n keeps the deduplication keys of a node in one row that each process reads, changes and writes back whole, without
 * a lock. Here the n8n that takes webhooks and an `n8n execute` do so on one SQLite.
 */
const EVENTS = Number(process.env.KEYS_AGAIN ?? 150);
const LEADS = 50;
const PATH = 'keys-of-two-processes';
const AGAIN_AFTER_MS = 1_000;

/** How many keys two processes get at the same moment. */
const KEYS = Number(process.env.KEYS_AT_ONCE ?? 150);
/** As many entries as 10,000 done keys have. */
const FULL = 30_000;

const eventsOf = (series: string, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		event_id: `${series} ${index}`,
		lead_id: `lead_${(index % LEADS) + 1}`,
		notes: `Asked about unit ${series} ${index}`,
	}));
const events = eventsOf('call', EVENTS);

const node = propexoCreate({}, { onError: 'continueRegularOutput' });

/** The node behind a manual trigger alone. */
function byHandAlone(series: string): WorkflowFile {
	return {
		name: `Keys at the same moment, ${series}`,
		nodes: [
			manualTrigger('By hand'),
			oneItem('Input', { events: eventsOf(series, KEYS) }),
			splitOut('Each', 'events'),
			node,
		],
		connections: {
			'By hand': { main: [to('Input')] },
			Input: { main: [to('Each')] },
			Each: { main: [to('Propexo')] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Puts entries of other keys into the store of a workflow's node, as many as there are after months. */
function fill(workflowId: string): void {
	const database = new DatabaseSync(join(instance.home.userFolder, '.n8n', 'database.sqlite'));
	const data = Array.from({ length: FULL }, (_, index) =>
		createHash('md5').update(`earlier ${index}`).digest('base64'),
	);
	database
		.prepare('insert into processed_data ("workflowId", context, value) values (?, ?, ?)')
		.run(workflowId, `n:${node.id}`, JSON.stringify({ mode: 'entries', data }));
	database.close();
}

/** The same node behind a webhook and behind a manual trigger. */
function twoWaysIn(): WorkflowFile {
	const nodes: WorkflowNode[] = [
		manualTrigger('By hand'),
		oneItem('Input', { events }),
		splitOut('By hand, each', 'events'),
		webhookTrigger('Webhook', PATH),
		splitOut('Delivered, each', 'body.events'),
		node,
	];
	return {
		name: 'Keys of two processes',
		nodes,
		connections: {
			'By hand': { main: [to('Input')] },
			Input: { main: [to('By hand, each')] },
			'By hand, each': { main: [to('Propexo')] },
			Webhook: { main: [to('Delivered, each')] },
			'Delivered, each': { main: [to('Propexo')] },
		},
		settings: { executionOrder: 'v1' },
	};
}

let instance: Instance;
const rows: Array<Record<string, string | number>> = [];
beforeAll(async () => {
	const propexo = { limit: 100_000, slowFrom: 2, latencyMs: 50 };
	instance = await startInstance([], { propexo, counts: { leads: LEADS } });
});
afterAll(async () => {
	await instance?.stop();
	table('sqlite-keys', rows);
});
beforeEach(() => instance.emulator.reset());

interface Told {
	skipped?: boolean;
	error?: string;
	details?: { outcome: string };
}

test('two n8n processes on one SQLite, keys again a second later: each event is created once', async () => {
	const { ledger } = instance.emulator.propexo;
	const { id, webhook } = await instance.publish(twoWaysIn(), PATH);
	let ended = false;
	const byHand = runCommand(instance.home, ['execute', `--id=${id}`, '--rawOutput']).finally(() => {
		ended = true;
	});
	const notesOf = (index: number) => (ledger.created[index]?.body as { notes: string }).notes;
	const redeliveries: Array<Promise<Told>> = [];
	/** How many redeliveries came while the other process was still at work. */
	let meanwhile = 0;
	const again = async (notes: string): Promise<Told> => {
		await sleep(AGAIN_AFTER_MS);
		if (!ended) meanwhile++;
		const { answer } = await post(webhook, { events: events.filter((event) => event.notes === notes) });
		return (answer as Told[])[0] ?? {};
	};
	// All at once: more webhooks than the process has time for.
	for (let seen = 0; seen < EVENTS && !(ended && seen >= ledger.created.length); await sleep(20)) {
		for (; seen < Math.min(EVENTS, ledger.created.length); seen++) {
			redeliveries.push(again(notesOf(seen)));
		}
	}
	expect((await byHand).code).toBe(0);
	const told = await Promise.all(redeliveries);

	expect(meanwhile).toBeGreaterThan(redeliveries.length / 4);
	const notes = ledger.created.map((_, index) => notesOf(index));
	expect(notes.toSorted()).toEqual(events.map((event) => event.notes).toSorted());
	const others = told.filter(({ skipped, details }) => !skipped && details?.outcome !== 'unknown');
	expect(others).toEqual([]);
	expect(told.filter(({ skipped }) => skipped).length).toBeGreaterThan(redeliveries.length / 2);
});

test.each(['empty', 'full'])(
	'two n8n processes on one SQLite get the same keys at the same moment, %s store: each event is created once',
	async (store) => {
		const id = await instance.save(byHandAlone(store));
		if (store === 'full') fill(id);
		const runs = await Promise.all(
			[1, 2].map(async () => await runCommand(instance.home, ['execute', `--id=${id}`, '--rawOutput'])),
		);
		expect(runs.map(({ code }) => code)).toEqual([0, 0]);
		const told = (what: RegExp): number =>
			runs.reduce((sum, { stdout }) => sum + (stdout.match(what) ?? []).length, 0);
		const { created } = instance.emulator.propexo.ledger;
		const counts = new Map<string, number>();
		for (const { body } of created) {
			const { notes } = body as { notes: string };
			counts.set(notes, (counts.get(notes) ?? 0) + 1);
		}
		const times = eventsOf(store, KEYS).map(({ notes }) => counts.get(notes) ?? 0);
		rows.push({
			Store: store,
			Keys: KEYS,
			Missing: times.filter((count) => count === 0).length,
			'Created twice': times.filter((count) => count > 1).length,
			Skipped: told(/"skipped":\s*true/g),
			'Not sent': told(/"outcome":\s*"not sent"/g),
			Unknown: told(/"outcome":\s*"unknown"/g),
		});
		expect(times).toEqual(times.map(() => 1));
	},
);
