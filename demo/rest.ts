import { Failure } from './failure.ts';
import { OWNER } from './n8n.ts';
import type { Program } from './programs.ts';

/** The owner, signed in to n8n's own REST interface, which the editor uses too. */
export interface Session {
	get<T>(path: string): Promise<T>;
	post<T>(path: string, body?: unknown): Promise<T>;
	/** Reads anything else that needs a sign-in, such as /types/nodes.json. */
	download(path: string): Promise<Response>;
}

/** Any text, as long as it stays the same. */
const BROWSER_ID = 'leasing-events';

/**
 * Signs the owner in.
 * @param url of n8n
 */
export async function signIn(url: string): Promise<Session> {
	const response = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'browser-id': BROWSER_ID },
		body: JSON.stringify({ emailOrLdapLoginId: OWNER.email, password: OWNER.password }),
	});
	await response.arrayBuffer();
	const cookie = response.headers
		.getSetCookie()
		.map((one) => one.split(';', 1)[0])
		.join('; ');
	if (!response.ok || cookie === '')
		throw new Failure(`n8n did not let the owner sign in (${response.status})`);
	const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const answer = await fetch(`${url}/rest${path}`, {
			method,
			// n8n closes a connection that was idle for a while, sometimes just when it is used again.
			headers: {
				'content-type': 'application/json',
				'browser-id': BROWSER_ID,
				cookie,
				connection: 'close',
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok)
			throw new Failure(`n8n refused ${method} /rest${path} (${answer.status}): ${text.slice(0, 300)}`);
		return (JSON.parse(text) as { data: T }).data;
	};
	return {
		get: (path) => ask('GET', path),
		post: (path, body) => ask('POST', path, body),
		download: (path) => fetch(url + path, { headers: { 'browser-id': BROWSER_ID, cookie } }),
	};
}

/**
 * Makes sure that n8n has loaded the package: it starts without packages that it could not load.
 * @param types names of node types, each in its first version
 * @param n8n the program, for what it wrote while it started
 * @throws Failure naming a type that is not there, with what n8n wrote about it
 */
export async function needNodeTypes(
	session: Session,
	types: string[],
	n8n: Pick<Program, 'output'>,
): Promise<void> {
	for (const name of types) {
		try {
			await session.post('/node-types', { nodeInfos: [{ name, version: 1 }] });
		} catch {
			const said = n8n.output.split('\n').filter((line) => /package "|cannot find module/i.test(line));
			throw new Failure(`n8n did not load ${name}: ${said.join(' ') || 'it gave no reason'}`);
		}
	}
}

/** Activates a workflow. */
export async function publish(session: Session, workflowId: string): Promise<void> {
	const { versionId } = await session.get<{ versionId: string }>(`/workflows/${workflowId}`);
	await session.post(`/workflows/${workflowId}/activate`, { versionId });
}

/**
 * Activates a workflow and waits until its webhook is there; n8n registers it a moment after it says so.
 * @param path of the webhook, e.g. "crm"
 */
export async function activate(
	url: string,
	session: Session,
	workflowId: string,
	path: string,
): Promise<void> {
	await publish(session, workflowId);
	const giveUp = Date.now() + 30_000;
	while (!(await takesPosts(`${url}/webhook/${path}`))) {
		if (Date.now() > giveUp) throw new Failure(`n8n did not open the webhook ${path}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** n8n answers OPTIONS with the methods that a webhook is registered for, and runs nothing. */
async function takesPosts(webhook: string): Promise<boolean> {
	const response = await fetch(webhook, { method: 'OPTIONS', headers: { origin: 'http://localhost' } });
	await response.arrayBuffer();
	return response.headers.get('access-control-allow-methods')?.includes('POST') === true;
}
