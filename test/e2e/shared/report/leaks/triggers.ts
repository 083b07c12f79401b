import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '../../../../../emulator/index.ts';
import { credentialsFor, type WorkflowFile } from '../../../../../demo/example.ts';
import type { Session } from '../../../../../demo/rest.ts';
import { FAULT_ROWS, type FaultRow } from '../../../../engine/support/deliver/faults.ts';
import { chain, packageNode, storable } from '../../../../support/workflows.ts';
import { TOKEN } from './marks.ts';
import { faultOf, type Stranger } from './runs.ts';

/** What n8n said of something that was disturbed. */
export interface Said {
	row: string;
	/** The whole answer of n8n. */
	answer: string;
	/** Requests that met the fault. */
	used: number;
}

/** Rows that befall one request. The hour comes last: nothing is sent after it. */
const ROWS = FAULT_ROWS.filter(({ fault, redirect }) => fault ?? redirect).sort(
	(a, b) =>
		Number(a.spoils ?? false) - Number(b.spoils ?? false) ||
		Number(a.name.includes('hour')) - Number(b.name.includes('hour')),
);

const idOf = (row: FaultRow): string => `registered-${ROWS.indexOf(row)}`;

/** A trigger for each fault, none of which knows of the others' registrations; all have one credential. */
export const triggerWorkflows = (credential: { id: string; name: string }): WorkflowFile[] =>
	ROWS.map((row) => triggerWorkflow(idOf(row), credential));

function triggerWorkflow(workflowId: string, { id, name }: { id: string; name: string }): WorkflowFile {
	const nodeId = `${workflowId}-trigger`;
	const settings = { webhookId: nodeId, credentials: { propexoApi: { id, name } } };
	const trigger = packageNode('propexoTrigger', nodeId, 'Propexo Trigger', {}, settings);
	return storable({ ...chain(workflowId, trigger), id: workflowId });
}

/** Switches the triggers on in vain, each with its fault. */
export async function registerAll(
	emulator: Awaited<ReturnType<typeof startEmulator>>,
	session: Session,
	stranger: Stranger,
): Promise<Said[]> {
	const said: Said[] = [];
	for (const row of ROWS) {
		const { faults } = emulator.propexo;
		const workflow = `/workflows/${idOf(row)}`;
		const fault = faultOf(row, [], stranger);
		const active = fault && faults.add({ ...fault, match: { method: 'POST' } });
		const { versionId } = await session.get<{ versionId: string }>(workflow);
		const answer = await session.post(`${workflow}/activate`, { versionId }).then(
			(activated) => JSON.stringify(activated),
			(error: Error) => error.message,
		);
		// n8n may answer before it has begun to register.
		for (const end = Date.now() + 30_000; active?.used === 0 && Date.now() < end;) await sleep(100);
		said.push({ row: row.name, answer, used: active?.used ?? 0 });
		faults.clear();
		await session.post(`${workflow}/deactivate`).catch(() => undefined);
	}
	return said;
}

/** How long the service is left alone with a credential's test, in ms, before it goes away; n8n waits for minutes. */
const PATIENCE_MS = 10_000;

/** Tests both credentials, as the editor does when they are saved, once for each fault. n8n can only test one at a time. */
export async function testCredentials(session: Session, stranger: Stranger): Promise<Said[]> {
	const said: Said[] = [];
	for (const row of ROWS) {
		said.push(await testWith(session, row, stranger, 'propexo'));
		said.push(await testWith(session, row, stranger, 'rentEngine'));
	}
	return said;
}

async function testWith(
	session: Session,
	row: FaultRow,
	stranger: Stranger,
	name: 'propexo' | 'rentEngine',
): Promise<Said> {
	const emulator = await startEmulator({ propexoTokens: [TOKEN], rentEngineTokens: [TOKEN] });
	const fault = faultOf(row, [], stranger);
	const active = fault && emulator[name].faults.add({ ...fault, match: { method: 'GET' } });
	const tested = credentialsFor(emulator.propexo, emulator.rentEngine).find(
		({ type }) => type === `${name}Api`,
	);
	const credentials = { id: '', name: 'Tried', type: tested?.type, data: tested?.data };
	const answer = session.post('/credentials/test', { credentials }).then(
		(result) => JSON.stringify(result),
		(error: Error) => error.message,
	);
	await Promise.race([answer, sleep(PATIENCE_MS, undefined, { ref: false })]);
	await emulator.close();
	return { row: `${row.name}, ${name}`, answer: await answer, used: active?.used ?? 0 };
}
