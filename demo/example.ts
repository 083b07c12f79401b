import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { lastLine, runCommand, type N8nHome } from './n8n.ts';

/** The parts of a workflow file's node that are used here. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[field: string]: unknown;
}

/** A workflow as n8n exports it. */
export interface WorkflowFile {
	id?: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** An emulated API: its address and its token. */
export interface Service {
	url: string;
	token: string;
}

/** A credential as `n8n import:credentials` takes it. */
export interface CredentialFile {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** The example workflow; its ID within the demo's n8n, and the path of its webhook. */
export const EXAMPLE = { id: 'crmWebhookExample', file: 'crm-webhook.json', webhook: 'crm' } as const;

const PACKAGE = 'n8n-nodes-leasing-events.';

/** The node types that the example uses. */
export const NODE_TYPES = [`${PACKAGE}propexo`, `${PACKAGE}rentEngine`];

/** What a sender puts into the header of what it posts, and what a person types who opens a page. */
export const SENDER_KEY = { name: 'X-Api-Key', value: 'sender-demo-key' };
export const VISITOR = { user: 'demo', password: 'visitorDemo1' };

/** How a webhook or the page of a form asks who comes: its *Authentication*, and the credential that this takes. */
const DOORS: Record<string, CredentialFile & { headers: Record<string, string> }> = {
	headerAuth: {
		...{ id: 'doorSender', name: 'Sender (demo)', type: 'httpHeaderAuth', data: SENDER_KEY },
		headers: { [SENDER_KEY.name]: SENDER_KEY.value },
	},
	basicAuth: {
		...{ id: 'doorVisitor', name: 'Visitor (demo)', type: 'httpBasicAuth', data: VISITOR },
		headers: {
			authorization: `Basic ${Buffer.from(`${VISITOR.user}:${VISITOR.password}`).toString('base64')}`,
		},
	},
};

/** The headers with which a request gets through a door that asks in this way. */
export const headersFor = (authentication: unknown): Record<string, string> =>
	DOORS[String(authentication)]?.headers ?? {};

/**
 * Credentials that lead to the emulated APIs, and those of senders and visitors.
 *
 * @param webhookSecret with which the emulated RentEngine sends its webhooks, if it sends any
 */
export function credentialsFor(propexo: Service, rentEngine: Service, webhookSecret = ''): CredentialFile[] {
	return [
		{
			id: 'propexoEmulator',
			name: 'Propexo (emulator)',
			type: 'propexoApi',
			data: { environment: 'custom', baseUrl: propexo.url, token: propexo.token },
		},
		{
			id: 'rentEngineEmulator',
			name: 'RentEngine (emulator)',
			type: 'rentEngineApi',
			data: { baseUrl: rentEngine.url, token: rentEngine.token, webhookSecret },
		},
		...Object.values(DOORS).map(({ headers: _, ...credential }) => ({ ...credential })),
	];
}

/** Reads one of the workflows that come with the package. */
export function readWorkflow(root: string, file: string): WorkflowFile {
	return JSON.parse(readFileSync(join(root, 'workflows', file), 'utf8')) as WorkflowFile;
}

/**
 * The workflow with an ID, and with credentials in the nodes of this package and in those that ask who comes.
 * @param prefix of the node types, where it is not this package's
 */
export function prepare(
	workflow: WorkflowFile,
	id: string,
	credentials: CredentialFile[],
	prefix = PACKAGE,
): WorkflowFile {
	const credentialOf = (node: WorkflowNode): CredentialFile | undefined => {
		const isDoor = /\.(webhook|formTrigger)$/.test(node.type) && node.credentials === undefined;
		const door = isDoor ? DOORS[String(node.parameters['authentication'])]?.type : undefined;
		return credentials.find(
			({ type }) => type === door || node.type.startsWith(prefix + type.replace(/Api$/, '')),
		);
	};
	const nodes = workflow.nodes.map((node) => {
		const credential = credentialOf(node);
		return credential
			? { ...node, credentials: { [credential.type]: { id: credential.id, name: credential.name } } }
			: node;
	});
	return { ...workflow, id, nodes };
}

/**
 * Imports by n8n's own commands. What has the same ID is replaced; a workflow is inactive afterwards.
 * @param what "credentials" or "workflow"
 */
export async function importInto(
	home: N8nHome,
	what: 'credentials' | 'workflow',
	entries: CredentialFile[] | WorkflowFile[],
): Promise<void> {
	mkdirSync(home.userFolder, { recursive: true });
	const file = join(home.userFolder, `${what}.json`);
	writeFileSync(file, JSON.stringify(entries), { mode: 0o600 });
	const { code, output } = await runCommand(home, [`import:${what}`, `--input=${file}`]);
	if (code !== 0)
		throw new Failure(`n8n could not import the ${what}: ${lastLine(output)}. See ${home.log}`);
}
