import { randomUUID } from 'node:crypto';

import type { WorkflowFile, WorkflowNode } from '../../../demo/example.ts';
import { executionsOf } from '../../support/executions.ts';
import { pause } from '../../support/until.ts';
import { byId, chain, packageNode } from '../../support/workflows.ts';
import { startInstance, type Instance } from './instance.ts';

/** An instance for the tests of triggers in a file; filled before the first of them. */
export function useInstance(): Instance {
	const instance = {} as Instance;
	beforeAll(async () => {
		Object.assign(
			instance,
			await startInstance([], { propexo: { limit: 100_000, slowFrom: 2, jobMs: 50 } }),
		);
	});
	afterAll(async () => await instance.stop?.());
	afterEach(() => void instance.emulator?.propexo.faults.clear());
	return instance;
}

/** A trigger of this package, not yet in a workflow. */
export const trigger = (type: string, parameters: Record<string, unknown> = {}): WorkflowNode =>
	packageNode(type, randomUUID(), type, parameters, { webhookId: randomUUID() });

/** A trigger, and behind it a lead event whose notes say what the run was started by. */
export function workflow(first: WorkflowNode, notes: string): WorkflowFile {
	const seen = packageNode('propexo', randomUUID(), 'propexo', {
		resource: 'leadEvent',
		operation: 'create',
		integrationId: byId('int_any'),
		leadId: byId('lead_1'),
		eventKind: 'general',
		notes,
	});
	return chain(`${first.type} ${first.id}`, first, seen);
}

/** Saves a workflow and switches it on; gives its ID. */
export async function saveActive(instance: Instance, file: WorkflowFile): Promise<string> {
	const id = await instance.save(file);
	expect(await switchOn(instance, id)).toMatchObject({ status: 'published' });
	return id;
}

/** What came of switching a workflow on or off. */
export interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** n8n switches triggers on and off after it has answered; this is what came of it, as the editor shows it. */
async function publication({ session }: Instance, id: string): Promise<Publication> {
	for (;;) {
		const found = await session.get<Publication>(`/workflows/${id}/publication-status`);
		if (found.status !== 'in_progress') return found;
		await pause(100);
	}
}

export async function switchOn(instance: Instance, id: string): Promise<Publication> {
	const { versionId } = await instance.session.get<{ versionId: string }>(`/workflows/${id}`);
	await instance.session.post(`/workflows/${id}/activate`, { versionId });
	return await publication(instance, id);
}

export async function switchOff(instance: Instance, id: string): Promise<void> {
	await instance.session.post(`/workflows/${id}/deactivate`, {});
	expect(await publication(instance, id)).toMatchObject({ status: 'not_published' });
}

/** The notes of the lead events that runs have left behind. */
export const runs = ({ emulator }: Instance): string[] =>
	emulator.propexo.ledger.created
		.map(({ body }) => String((body as { notes?: string }).notes))
		.filter((notes) => notes.startsWith('run '));

/** Executions that n8n has listed for a workflow, whatever became of them. */
export const executions = async ({ session }: Instance, workflowId: string): Promise<number> =>
	(await executionsOf(session, workflowId)).length;
