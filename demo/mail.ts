import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from './ports.ts';

/** A mail as it came. */
export interface Mail {
	subject: string;
	/** The text or the page, decoded. */
	text: string;
	/** Attached files, decoded, by name. */
	files: Record<string, string>;
}

/** Stands in for a mail server: takes every mail, and delivers none. */
export interface MailServer {
	port: number;
	mails: Mail[];
	close(): Promise<void>;
}

const END_OF_MAIL = '\r\n.\r\n';

/** A part of a mail without what mail does to it on its way. */
function decoded(head: string, body: string): string {
	if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
	if (!/content-transfer-encoding: quoted-printable/i.test(head)) return body;
	const bytes = body
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

function readMail(raw: string): Mail {
	const mail: Mail = { subject: '', text: '', files: {} };
	const take = (part: string): void => {
		const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
		const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
		const body = rest.join('\r\n\r\n');
		const [, subject] = /^subject: (.*)$/im.exec(unfolded) ?? [];
		if (subject !== undefined) mail.subject = subject.trim();
		const [, boundary] = /boundary="?([^";]+)"?/i.exec(unfolded) ?? [];
		const [, file] = /filename="?([^";\s]+)"?/i.exec(unfolded) ?? [];
		if (boundary !== undefined) for (const inner of body.split(`--${boundary}`).slice(1, -1)) take(inner);
		else if (file !== undefined) mail.files[file] = decoded(unfolded, body);
		else mail.text += decoded(unfolded, body);
	};
	take(raw);
	return mail;
}

/** Speaks as much SMTP as a client needs to leave a mail. */
function talk(socket: Socket, take: (mail: Mail) => void): void {
	let heard = '';
	let isMail = false;
	const say = (line: string) => socket.write(`${line}\r\n`);
	say('220 mail.example.com ready');
	socket.on('error', () => {});
	socket.setEncoding('latin1').on('data', (text: string) => {
		heard += text;
		for (;;) {
			const mark = isMail ? END_OF_MAIL : '\r\n';
			const end = heard.indexOf(mark);
			if (end < 0) return;
			const said = heard.slice(0, end);
			heard = heard.slice(end + mark.length);
			if (isMail) {
				isMail = false;
				// A line that begins with a dot has one more on its way.
				take(readMail(said.replace(/^\.\./gm, '.')));
				say('250 taken');
			} else if (/^data/i.test(said)) {
				isMail = true;
				say('354 go on');
			} else if (/^quit/i.test(said)) {
				say('221 bye');
				socket.end();
			} else say('250 fine');
		}
	});
}

/**
 * Starts it on any free port.
 *
 * @param onMail is told of each mail as it comes
 */
export async function startMail(onMail?: (mail: Mail) => void): Promise<MailServer> {
	const mails: Mail[] = [];
	const take = (mail: Mail): void => {
		mails.push(mail);
		onMail?.(mail);
	};
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		talk(socket, take);
	});
	await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
