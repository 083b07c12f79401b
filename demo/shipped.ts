import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RENTENGINE_USERS } from '../emulator/index.ts';
import type { Desk } from './desk.ts';
import {
	EXAMPLE,
	prepare,
	readWorkflow,
	type CredentialFile,
	type WorkflowFile,
	type WorkflowNode,
} from './example.ts';
import { LOOPBACK } from './ports.ts';

/*
 * The automations of workflows/ as the demo imports them: what a user fills in is filled in for the emulator. One in which
 * a user chooses the integration is there twice, for Entrata and for Yardi.
 */

/** The PMSs that the demo tries everything on. */
export const DEMO_PMS = ['entrata', 'yardi'] as const;
export type DemoPms = (typeof DEMO_PMS)[number];

/** Their integrations in the emulator. */
export const INTEGRATION_OF: Record<DemoPms, { id: string; name: string }> = {
	entrata: { id: 'int_entrata_1', name: 'Lakeview Entrata (Entrata)' },
	yardi: { id: 'int_yardi_1', name: 'Cedar Group Yardi (Yardi)' },
};

/** The one that tells of failed runs of all others. */
const TELLER = 'run-failed';

/** One automation, ready to import. */
export interface Shipped {
	/** Its name in workflows/, without `.json`. */
	name: string;
	id: string;
	/** The PMS whose integration is chosen in it; none where each delivery names its own, or where there is no PMS. */
	pms?: DemoPms;
	workflow: WorkflowFile;
	/** Where it can be started from outside. */
	doors: Door[];
	/** What a person has to do before it can run, such as to choose a model. */
	needs?: string;
}

/** An address that starts an automation. */
export interface Door {
	kind: 'webhook' | 'form' | 'mcp';
	/** Behind n8n's `/webhook/`, `/form/` or `/mcp/`. */
	path: string;
	/** The path as it is in workflows/. */
	shippedPath: string;
	/** Its *Authentication*: how it asks who comes. */
	asksBy?: string;
}

/** What the demo lends to the automations besides the emulated APIs. */
export interface Lent {
	credentials: CredentialFile[];
	chat: string;
}

/** The token with which an assistant signs in to the MCP server. */
export const ASSISTANT_TOKEN = 'assistant-demo-token';

/** The key with which the files in demo/files/ are signed that their sender signs. */
const SIGNING_KEY = 'signing-demo-key';

/** Credentials for the mailbox, for assistants and for senders that sign what they post. */
export const deskCredentials = ({ mailPort }: Pick<Desk, 'mailPort'>): CredentialFile[] => [
	{
		id: 'deskMail',
		name: 'Mail (demo)',
		type: 'smtp',
		data: { host: LOOPBACK, port: mailPort, secure: false, disableStartTls: true },
	},
	{
		id: 'deskAssistant',
		name: 'Assistant (demo)',
		type: 'httpBearerAuth',
		data: { token: ASSISTANT_TOKEN },
	},
	{
		id: 'deskSigning',
		name: 'Signing key (demo)',
		type: 'crypto',
		data: { hmacSecret: SIGNING_KEY },
	},
];

/** Every automation of workflows/, set up. A new file there is among them by itself. */
export function shippedFor(root: string, lent: Lent): Shipped[] {
	const names = readdirSync(join(root, 'workflows'))
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.slice(0, -'.json'.length))
		.sort();
	return names.flatMap((name) => {
		const file = readWorkflow(root, `${name}.json`);
		const isStarted = doorsOf(file).some(({ kind }) => kind !== 'mcp') && needsOf(file) === undefined;
		const variants: Array<DemoPms | undefined> = !file.nodes.some(lacksIntegration)
			? [undefined]
			: isStarted
				? [...DEMO_PMS]
				: ['entrata'];
		return variants.map((pms) => setUp(name, file, pms, variants.length > 1, lent));
	});
}

/** Whether it can wait for what starts it. One that goes by the clock is started by hand, so that it does not run all day. */
export const isPublished = ({ needs, doors, workflow }: Shipped): boolean =>
	needs === undefined &&
	(doors.length > 0 || workflow.nodes.some(({ type }) => /(propexo|rentEngine|error)Trigger$/.test(type)));

function setUp(
	name: string,
	file: WorkflowFile,
	pms: DemoPms | undefined,
	isOneOfTwo: boolean,
	{ credentials, chat }: Lent,
): Shipped {
	const own = isOneOfTwo && pms !== undefined ? pms : undefined;
	const filled = file.nodes.map((node) =>
		[
			(one: WorkflowNode) => withIntegration(one, pms),
			withUsers,
			(one: WorkflowNode) => withChat(one, chat),
			(one: WorkflowNode) => withDesk(one, credentials),
			(one: WorkflowNode) => withOwnPath(one, own),
		].reduce((one, fill) => fill(one), node),
	);
	const title = own === undefined ? file.name : `${file.name} (${own === 'yardi' ? 'Yardi' : 'Entrata'})`;
	const id = name === EXAMPLE.file.replace('.json', '') ? EXAMPLE.id : idOf(name, own);
	const settings = { ...file.settings, ...(name !== TELLER && { errorWorkflow: idOf(TELLER) }) };
	const workflow = prepare({ ...file, name: title, nodes: filled, settings }, id, credentials);
	const needs = needsOf(file);
	return {
		...{ name, id, workflow },
		...(pms !== undefined && { pms }),
		doors: doorsOf(file).map((door) => ({ ...door, path: suffixed(door.path, own) })),
		...(needs !== undefined && { needs }),
	};
}

/** The most characters that n8n keeps of an ID. */
const LONGEST_ID = 36;

/** "propexo-call-log" → "propexoCallLog", "yardiPropexoBackfill" */
const idOf = (name: string, own?: DemoPms): string =>
	[...(own === undefined ? [] : [own]), ...name.split('-')]
		.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
		.join('')
		.slice(0, LONGEST_ID);

const suffixed = (path: string, own: DemoPms | undefined): string =>
	own === undefined ? path : `${path}-${own}`;

const isOf = (node: WorkflowNode, ...types: string[]): boolean =>
	types.some((type) => node.type.endsWith(`.${type}`));

/** Where a node keeps its path: a form among its options. */
const pathOf = ({ parameters }: WorkflowNode): string =>
	String(parameters['path'] ?? (parameters['options'] as { path?: string } | undefined)?.path ?? '');

function doorsOf({ nodes }: WorkflowFile): Door[] {
	const kinds = { webhook: 'webhook', formTrigger: 'form', mcpTrigger: 'mcp' } as const;
	return nodes.flatMap((node) =>
		Object.entries(kinds)
			.filter(([type]) => isOf(node, type))
			.map(([, kind]) => {
				const { authentication } = node.parameters;
				const isAsking = typeof authentication === 'string' && kind !== 'mcp';
				return {
					...{ kind, path: pathOf(node), shippedPath: pathOf(node) },
					...(isAsking && { asksBy: authentication }),
				};
			}),
	);
}

/** Only a model cannot be lent: it costs money, and its answers are nobody's promise. */
function needsOf({ nodes }: WorkflowFile): string | undefined {
	const model = nodes.find(({ type }) => /\.lm[A-Z]/.test(type));
	return model && `a model: choose your credential in "${model.name}", then publish it`;
}

/** A record that a user still has to choose. */
const isEmpty = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	'__rl' in value &&
	(value as { value?: unknown }).value === '';

/** The parameters of a node that hold fields, itself and its collections. */
const lacksIntegration = ({ parameters }: WorkflowNode): boolean =>
	isEmpty(parameters['integrationId']) ||
	isEmpty((parameters['filters'] as Record<string, unknown> | undefined)?.['integrationId']);

function withIntegration(node: WorkflowNode, pms: DemoPms | undefined): WorkflowNode {
	if (pms === undefined || !lacksIntegration(node)) return node;
	const { id, name } = INTEGRATION_OF[pms];
	const integrationId = { __rl: true, mode: 'list', value: id, cachedResultName: name };
	const { filters, ...rest } = node.parameters;
	const parameters: Record<string, unknown> = {
		...rest,
		...(isEmpty(rest['integrationId']) && { integrationId }),
		...(filters !== undefined && { filters: { ...filters, integrationId } }),
	};
	const isEvent = parameters['resource'] === 'leadEvent' && parameters['operation'] === 'create';
	return { ...node, parameters: isEvent ? inWordsOf(pms, parameters) : parameters };
}

/** What each kind of event is called: a type in Entrata, a name in Yardi. */
const WORDS: Record<string, Record<DemoPms, string>> = {
	call: { entrata: 'Incoming Call', yardi: 'CallFromProspect' },
	email: { entrata: 'Outgoing Email', yardi: 'Email' },
	appointment: { entrata: 'Appointment', yardi: 'Appointment' },
	show: { entrata: 'Show', yardi: 'Show' },
};
const OTHER: Record<DemoPms, string> = { entrata: 'Appointment', yardi: 'Other' };

/** Fills in what the PMS wants of an event, as the notes on the canvas tell a user to. */
function inWordsOf(pms: DemoPms, parameters: Record<string, unknown>): Record<string, unknown> {
	const word = (WORDS[String(parameters['eventKind'])] ?? OTHER)[pms];
	const { eventName, eventTypeId, ...rest } = parameters;
	const said = textIn(eventName) || textIn(eventTypeId) || word;
	if (pms === 'entrata') return { ...rest, eventTypeId: { __rl: true, mode: 'name', value: said } };
	return {
		...rest,
		eventName: said,
		additionalFields: { agentName: 'Jordan Smith', ...(rest['additionalFields'] as object | undefined) },
		// Yardi keeps no numbers, length or recording of a call.
		options: { ...(rest['options'] as object | undefined), ignoreUnknownFields: true },
	};
}

/** The text of a field, or of a locator by name. */
const textIn = (value: unknown): string => {
	if (typeof value === 'string') return value;
	const { mode, value: inner } = (value ?? {}) as { mode?: string; value?: unknown };
	return mode === 'name' && typeof inner === 'string' ? inner : '';
};

function withUsers(node: WorkflowNode): WorkflowNode {
	const { assignedToUserIds } = node.parameters;
	if (!Array.isArray(assignedToUserIds) || assignedToUserIds.length > 0) return node;
	const ids = RENTENGINE_USERS.slice(0, 2).map(({ id }) => id);
	return { ...node, parameters: { ...node.parameters, assignedToUserIds: ids } };
}

/** Where the workflows tell a person, as they are shipped. */
export const CHAT_OF_NOBODY = 'https://chat.example.com/';

function withChat(node: WorkflowNode, chat: string): WorkflowNode {
	const { url } = node.parameters;
	if (typeof url !== 'string' || !url.startsWith(CHAT_OF_NOBODY)) return node;
	return { ...node, parameters: { ...node.parameters, url: chat } };
}

/** Which node takes which credential of the desk. */
const CREDENTIAL_OF: Record<string, string> = {
	emailSend: 'smtp',
	emailSendHitlTool: 'smtp',
	emailSendTool: 'smtp',
	mcpTrigger: 'httpBearerAuth',
	crypto: 'crypto',
};

/** Mail goes to the demo's mailbox, an assistant signs in with the demo's token, and what is signed has the demo's key. */
function withDesk(node: WorkflowNode, credentials: CredentialFile[]): WorkflowNode {
	const type = CREDENTIAL_OF[node.type.split('.').at(-1) ?? ''];
	const credential = credentials.find((one) => one.type === type);
	if (!credential) return node;
	const { fromEmail, toEmail } = node.parameters;
	const parameters = {
		...node.parameters,
		...(fromEmail === '' && { fromEmail: 'n8n@example.com' }),
		...(toEmail === '' && { toEmail: 'manager@example.com' }),
	};
	const { id, name } = credential;
	return { ...node, parameters, credentials: { [credential.type]: { id, name } } };
}

function withOwnPath(node: WorkflowNode, own: DemoPms | undefined): WorkflowNode {
	if (own === undefined || !isOf(node, 'webhook', 'formTrigger')) return node;
	const path = suffixed(pathOf(node), own);
	const { options } = node.parameters;
	const isOption = node.parameters['path'] === undefined;
	const parameters = isOption
		? { ...node.parameters, options: { ...(options as object), path } }
		: { ...node.parameters, path };
	const { webhookId } = node;
	// Two workflows with one ID of a webhook would answer for each other.
	return {
		...node,
		parameters,
		...(typeof webhookId === 'string' && { webhookId: `${webhookId.slice(0, -1)}${own.charAt(0)}` }),
	};
}
