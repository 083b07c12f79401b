import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { LOOPBACK } from '../../../demo/ports.ts';

/**
 * A server on loopback that answers each POST by what a function makes of its JSON body. Nothing else is meant for it: its
 * port may have been another server's a moment ago.
 */
export interface Stub {
	url: string;
	/** The bodies that came, in order. */
	bodies: unknown[];
	close(): Promise<void>;
}

async function stub(answer: (body: unknown) => unknown): Promise<Stub> {
	const bodies: unknown[] = [];
	const server: Server = createServer((request, response) => {
		let text = '';
		request.setEncoding('utf8').on('data', (part: string) => (text += part));
		request.on('end', () => {
			if (request.method !== 'POST') {
				response.writeHead(404).end();
				return;
			}
			const body: unknown = JSON.parse(text);
			bodies.push(body);
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(answer(body)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://${LOOPBACK}:${port}`,
		bodies,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Stands in for the incoming webhook of a team's chat. */
export const startChat = async (): Promise<Stub> => await stub(() => ({ ok: true }));

/** What a stand-in for a model needs of one message of a conversation. */
export interface ChatMessage {
	role: string;
	content: string | null;
}

/** What a stand-in for a model does next: calls a tool, or says its last word. */
export type Move = { tool: string; arguments: object } | { say: string };

/**
 * Stands in for a language model behind an API like OpenAI's (POST /chat/completions).
 *
 * @param next decides by the answers that tools have given so far, oldest first
 */
export async function startModel(next: (toolAnswers: string[]) => Move): Promise<Stub> {
	let calls = 0;
	return await stub((body) => {
		const { messages, model } = body as { messages: ChatMessage[]; model: string };
		const answers = messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
		const move = next(answers);
		const message =
			'say' in move
				? { role: 'assistant', content: move.say }
				: {
						role: 'assistant',
						content: null,
						tool_calls: [
							{
								id: `call_${++calls}`,
								type: 'function',
								function: { name: move.tool, arguments: JSON.stringify(move.arguments) },
							},
						],
					};
		return {
			id: `completion-${calls}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1_000),
			model,
			choices: [{ index: 0, message, finish_reason: 'say' in move ? 'stop' : 'tool_calls' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
}

/** A mail server that keeps what it is sent. */
export interface MailServer {
	port: number;
	/** The mails as they came, in order, with what was encoded in them decoded. */
	mails: string[];
	close(): Promise<void>;
}

/** Stands in for a team's mail server (SMTP, without a sign-in). */
export async function startMailServer(): Promise<MailServer> {
	const mails: string[] = [];
	const server = createTcpServer((socket) => {
		let text = '';
		let inMail = false;
		const say = (line: string) => socket.write(`${line}\r\n`);
		say('220 mail.example.com');
		socket.setEncoding('utf8').on('data', (part: string) => {
			text += part;
			for (;;) {
				const end = text.indexOf(inMail ? '\r\n.\r\n' : '\r\n');
				if (end < 0) return;
				const line = text.slice(0, end);
				text = text.slice(end + (inMail ? 5 : 2));
				if (inMail) mails.push(decoded(line));
				if (/^QUIT/i.test(line) && !inMail) socket.end('221 Bye\r\n');
				else if (/^DATA/i.test(line) && !inMail) say('354 Go on');
				else say('250 OK');
				inMail = !inMail && /^DATA/i.test(line);
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
	const { port } = server.address() as AddressInfo;
	return { port, mails, close: async () => await new Promise((resolve) => server.close(() => resolve())) };
}

/** Quoted-printable, as mail programs write what is not ASCII and long lines. */
const decoded = (mail: string): string =>
	mail
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
