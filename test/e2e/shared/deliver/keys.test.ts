import { setTimeout as sleep } from 'node:timers/promises';

import type { WorkflowFile, WorkflowNode } from '../../../../demo/example.ts';
import { runCommand } from '../../../../demo/n8n.ts';
import { propexoCreate } from '../../../support/workflows.ts';
import { post, startInstance, type Instance } from '../../support/instance.ts';
import { manualTrigger, oneItem, splitOut, to, webhookTrigger } from '../../support/variants.ts';

/*
 * n8n keeps the deduplication keys of a node in one row that each process reads, changes and writes back whole, without
 * a lock. Here the n8n that takes webhooks and an `n8n execute` do so on one SQLite.
 */
const EVENTS = 150;
const LEADS = 50;
const PATH = 'keys-of-two-processes';
const AGAIN_AFTER_MS = 1_000;
/** One event in so many is delivered again: no more webhooks than the process has time for. */
const ONE_IN = 5;

const events = Array.from({ length: EVENTS }, (_, index) => ({
	event_id: `call ${index}`,
	lead_id: `lead_${(index % LEADS) + 1}`,
	notes: `Asked about unit ${index}`,
}));

/** The same node behind a webhook and behind a manual trigger. */
function twoWaysIn(): WorkflowFile {
	const nodes: WorkflowNode[] = [
		manualTrigger('By hand'),
		oneItem('Input', { events }),
		splitOut('By hand, each', 'events'),
		webhookTrigger('Webhook', PATH),
		splitOut('Delivered, each', 'body.events'),
		propexoCreate({}, { onError: 'continueRegularOutput' }),
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
beforeAll(async () => {
	const propexo = { limit: 100_000, slowFrom: 2, latencyMs: 50 };
	instance = await startInstance([], { propexo, counts: { leads: LEADS } });
});
afterAll(() => instance?.stop());

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
	for (let seen = 0; seen < EVENTS && !(ended && seen >= ledger.created.length); await sleep(20)) {
		for (; seen < Math.min(EVENTS, ledger.created.length); seen++) {
			if (seen % ONE_IN === 0) redeliveries.push(again(notesOf(seen)));
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
