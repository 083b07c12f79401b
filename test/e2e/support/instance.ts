import {
	credentialsFor,
	headersFor,
	NODE_TYPES,
	prepare,
	type CredentialFile,
	type WorkflowFile,
} from '../../../demo/example.ts';
import { startN8n, type N8n } from '../../../demo/n8n.ts';
import { freePort } from '../../../demo/ports.ts';
import { activate, needNodeTypes, signIn, type Session } from '../../../demo/rest.ts';
import type { EmulatorOptions } from '../../../emulator/index.ts';
import { importCredentials, setStage, type Stage } from '../../support/realN8n.ts';

/** A started n8n with the packed package in it, both emulated APIs, and credentials that lead to them. */
export interface Instance extends Pick<Stage, 'emulator' | 'home'> {
	n8n: N8n;
	session: Session;
	/** Saves a workflow, with credentials in its nodes; tells its ID. */
	save(workflow: WorkflowFile): Promise<string>;
	/** Saves and activates a workflow, with credentials in its nodes; tells its ID and where its webhook is. */
	publish(workflow: WorkflowFile, path: string): Promise<{ id: string; webhook: string }>;
	stop(): Promise<void>;
}

/**
 * Starts everything on free ports, in a folder that is gone afterwards.
 * @param workflows imported by n8n's own command before it starts, inactive
 * @param env more environment for n8n
 */
export async function startInstance(
	workflows: WorkflowFile[] = [],
	options: EmulatorOptions = {},
	env: NodeJS.ProcessEnv = {},
): Promise<Instance> {
	const stage = await setStage({ emulator: options, env });
	const endings: Array<() => Promise<void>> = [() => stage.close()];
	const stop = async (): Promise<void> => {
		for (const end of endings.splice(0).reverse()) await end();
	};
	try {
		const { emulator, home } = stage;
		let credentials = credentialsFor(emulator.propexo, emulator.rentEngine);
		if (workflows.length > 0) {
			await importCredentials(stage);
			const given = credentials;
			await stage.importWorkflows(workflows.map((one) => prepare(one, one.id ?? '', given)));
		}
		const n8n = await startN8n(home, await freePort());
		endings.push(() => n8n.stop());
		const session = await signIn(n8n.url);
		// Each command of n8n starts all of n8n, so it is used only for what has to be there before.
		if (workflows.length === 0) credentials = await makeCredentials(session, credentials);
		await needNodeTypes(session, NODE_TYPES, n8n.program);

		const save = async (workflow: WorkflowFile): Promise<string> => {
			const { id: _, ...body } = prepare(workflow, '', credentials);
			return (await session.post<{ id: string }>('/workflows', body)).id;
		};
		const publish = async (
			workflow: WorkflowFile,
			path: string,
		): Promise<{ id: string; webhook: string }> => {
			const id = await save(workflow);
			await activate(n8n.url, session, id, path);
			return { id, webhook: `${n8n.url}/webhook/${path}` };
		};
		return { emulator, home, n8n, session, save, publish, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Makes credentials as the editor does; n8n chooses their IDs. */
async function makeCredentials(session: Session, credentials: CredentialFile[]): Promise<CredentialFile[]> {
	const made: CredentialFile[] = [];
	for (const { name, type, data } of credentials) {
		const { id } = await session.post<{ id: string }>('/credentials', { name, type, data });
		made.push({ id, name, type, data });
	}
	return made;
}

/** Posts JSON to a webhook, as a sender whose key n8n knows; gives the answer, parsed if it is JSON. */
export async function post(webhook: string, body: unknown): Promise<{ status: number; answer: unknown }> {
	const response = await fetch(webhook, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headersFor('headerAuth') },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	try {
		return { status: response.status, answer: JSON.parse(text) as unknown };
	} catch {
		return { status: response.status, answer: text };
	}
}
