import { setTimeout as sleep } from 'node:timers/promises';

/** One tool as an MCP server offers it. */
export interface OfferedTool {
	name: string;
	description: string;
	inputSchema: { properties: Record<string, { description?: string }>; required?: string[] };
}

/** What an assistant that speaks MCP does with a server: the streamable HTTP of the protocol. */
export interface McpClient {
	/** What the server tells every assistant. */
	instructions: string;
	tools(): Promise<OfferedTool[]>;
	/** Calls a tool; gives the text that the model reads. */
	call(name: string, given: object): Promise<string>;
}

interface Answer {
	result?: Record<string, unknown>;
	error?: { message: string };
}

/** The message in a reply: as JSON, or as an event of a stream. */
function messageIn(text: string): Answer {
	const data = text.split('\n').find((line) => line.startsWith('data: '));
	return JSON.parse(data?.slice(6) ?? text) as Answer;
}

/** Signs in to an MCP server. Waits until it is there: n8n opens it a moment after a workflow was published. */
export async function connectMcp(url: string, token: string): Promise<McpClient> {
	let session: string | undefined;
	let id = 0;
	const post = async (body: object): Promise<Response> =>
		await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				authorization: `Bearer ${token}`,
				...(session !== undefined && { 'mcp-session-id': session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...body }),
		});
	const ask = async (method: string, params: object): Promise<Record<string, unknown>> => {
		const response = await post({ id: ++id, method, params });
		session ??= response.headers.get('mcp-session-id') ?? undefined;
		const text = await response.text();
		if (!response.ok) throw new Error(`The MCP server answered ${response.status}: ${text}`);
		const { result, error } = messageIn(text);
		if (!result) throw new Error(error?.message ?? text);
		return result;
	};
	const hello = {
		protocolVersion: '2025-03-26',
		capabilities: {},
		clientInfo: { name: 'assistant', version: '1' },
	};
	for (const giveUp = Date.now() + 30_000; (await post({ id: 0, method: 'ping' })).status === 404;) {
		if (Date.now() > giveUp) throw new Error(`n8n did not open ${url}`);
		await sleep(100);
	}
	const { instructions = '' } = await ask('initialize', hello);
	await (await post({ method: 'notifications/initialized' })).arrayBuffer();
	return {
		instructions: String(instructions),
		tools: async () => (await ask('tools/list', {})).tools as OfferedTool[],
		call: async (name, given) => {
			const { content } = await ask('tools/call', { name, arguments: given });
			return (content as Array<{ text: string }>).map(({ text }) => text).join('\n');
		},
	};
}
