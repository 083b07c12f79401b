import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { startMail, type Mail } from './mail.ts';
import { LOOPBACK } from './ports.ts';

/** What stands in for a team's chat and its mailbox. */
export interface Desk {
	/** Incoming webhook of the chat. */
	chat: string;
	/** Port of the mail server. */
	mailPort: number;
	close(): Promise<void>;
}

/**
 * Starts both on free ports. What comes is told in a line; files that are attached to a mail are saved.
 *
 * @param folder for the files
 * @param tell shows a line to the person at the terminal
 */
export async function openDesk(folder: string, tell: (line: string) => void): Promise<Desk> {
	const chat = await startChat((text) => tell(`The team's chat got: ${text}`));
	const mail = await startMail((one) => tell(told(one, folder)));
	const { port } = chat.address() as AddressInfo;
	return {
		chat: `http://${LOOPBACK}:${port}`,
		mailPort: mail.port,
		close: async () => {
			await mail.close();
			chat.closeAllConnections();
			await new Promise((resolve) => chat.close(resolve));
		},
	};
}

async function startChat(onText: (text: string) => void): Promise<Server> {
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (part: string) => (body += part));
		request.on('end', () => {
			onText(textIn(body));
			response.setHeader('content-type', 'application/json');
			response.end('{"ok":true}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
	return server;
}

/** Slack, Mattermost and Google Chat all take `{ "text": … }`. */
function textIn(body: string): string {
	try {
		const { text } = JSON.parse(body) as { text?: unknown };
		return typeof text === 'string' ? text : body;
	} catch {
		return body;
	}
}

/** An email on one line: its title, where its button leads, and where its files are. */
function told({ subject, text, files }: Mail, folder: string): string {
	const [, link] = /href="(https?:[^"]+)"/.exec(text) ?? [];
	const saved = Object.entries(files).map(([name, content]) => {
		mkdirSync(folder, { recursive: true });
		const file = join(folder, basename(name));
		writeFileSync(file, content);
		return file;
	});
	const parts = [
		`An email came: "${subject}"`,
		...(link === undefined ? [] : [`its button opens ${link.replaceAll('&amp;', '&')}`]),
		...saved.map((file) => `attached: ${file}`),
	];
	return parts.join(', ');
}
