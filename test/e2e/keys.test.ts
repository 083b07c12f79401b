import { setTimeout as sleep } from 'node:timers/promises';

import type { WorkflowFile, WorkflowNode } from '../../demo/example.ts';
import { runCommand } from '../../demo/n8n.ts';
import { propexoCreate } from '../support/workflows.ts';
import { post, startInstance, type Instance } from './support/instance.ts';
import { manualTrigger, oneItem, splitOut, to, webhookTrigger } from './support/variants.ts';

/*
 * n8n keeps the deduplication keys of a node in one row that each process reads, changes and writes back whole, without
 * a lock. Here the n8n that takes webhooks and an `n8n execute` do so on one SQLite.
 */
const EVENTS = 150;
const LEADS = 50;
const PATH = 'keys-of-two-processes';
const AGAIN_AFTER_MS = 1_000;

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

test('two n8n processes on one SQLite, the same keys a second later: each event is created once', async () => {
	const { ledger } = instance.emulator.propexo;
	const { id, webhook } = await instance.publish(twoWaysIn(), PATH);
	const byHand = runCommand(instance.home, ['execute', `--id=${id}`, '--rawOutput']);
	while (ledger.created.length === 0) await sleep(20);
	const begun = ledger.created.length;
	await sleep(AGAIN_AFTER_MS);
	const delivered = await post(webhook, { events });
	expect((await byHand).code).toBe(0);

	// Both were at work at the same time, or nothing is shown here.
	expect(begun).toBeLessThan(EVENTS / 2);
	const notes = ledger.created.map(({ body }) => (body as { notes: string }).notes);
	expect(notes.toSorted()).toEqual(events.map((event) => event.notes).toSorted());
	const told = delivered.answer as Array<{ skipped?: boolean; error?: string; job_id?: string }>;
	expect(told).toHaveLength(EVENTS);
	expect(told.filter(({ skipped }) => skipped).length).toBeGreaterThan(0);
	expect(told.filter(({ skipped, job_id, error }) => !skipped && !job_id && !error)).toEqual([]);
});
