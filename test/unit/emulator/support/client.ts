import { request } from 'undici';
import type { Emulator } from '../../../../emulator/index.ts';

/** A reply as the emulator's tests read it. */
export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	/** The parsed body; undefined where it is no JSON. */
	json: unknown;
}

export interface Call {
	method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** An object goes as JSON, a text as it stands. */
	body?: unknown;
	token?: string;
	headers?: Record<string, string>;
	signal?: AbortSignal;
}

/** One request over real HTTP. */
export async function call(
	url: string,
	{ method = 'GET', body, token, headers = {}, signal }: Call = {},
): Promise<Reply> {
	const reply = await request(url, {
		method,
		headers: {
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		...(signal ? { signal } : {}),
	});
	const text = await reply.body.text();
	return { status: reply.statusCode, headers: reply.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Short forms for requests with the right token. */
export function clientsOf(emulator: Emulator) {
	const propexo = (path: string, options: Call = {}): Promise<Reply> =>
		call(emulator.propexo.url + path, { token: emulator.propexo.token, ...options });
	const rentEngine = (path: string, options: Call = {}): Promise<Reply> =>
		call(emulator.rentEngine.url + path, { token: emulator.rentEngine.token, ...options });
	return {
		propexo,
		rentEngine,
		page: (path: string, options: Call = {}): Promise<Reply> => call(emulator.page.url + path, options),
		createLeadEvent: (body: unknown, query = ''): Promise<Reply> =>
			propexo(`/v1/events/leads${query}`, { method: 'POST', body }),
		createLeasingEvent: (event: unknown): Promise<Reply> =>
			rentEngine('/leasing_events', { method: 'POST', body: { events: [event] } }),
	};
}

/** What lies at a path such as `results.0.id`; undefined where it leads nowhere. */
export const dig = (value: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>(
			(at, key) =>
				typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined,
			value,
		);

/** A list at a path; empty where there is none. */
export const list = (value: unknown, path: string): unknown[] => {
	const found = dig(value, path);
	return Array.isArray(found) ? found : [];
};

/** The issues of Propexo's 400 as `field code`, short enough to compare. */
export const complaints = (reply: Reply): string[] =>
	list(reply.json, 'error.details.details.issues')
		.map((issue) => `${list(issue, 'path').join('.')} ${String(dig(issue, 'code'))}`.trim())
		.sort();

/** Resolves after `ms`. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
