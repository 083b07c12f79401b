import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook as it arrived. */
export interface Arrival {
	path: string;
	headers: IncomingHttpHeaders;
	text: string;
}

/** A receiver of webhooks on loopback. */
export interface Receiver {
	url: string;
	arrivals: Arrival[];
	/** Statuses of the next answers; 200 once they are used up. */
	answers: number[];
	close(): Promise<void>;
}

/** Starts a receiver on a free port. */
export async function startReceiver(): Promise<Receiver> {
	const arrivals: Arrival[] = [];
	const answers: number[] = [];
	const server = createServer((request, response) => {
		let text = '';
		request.setEncoding('utf8');
		request.on('data', (part: string) => (text += part));
		request.on('end', () => {
			arrivals.push({ path: request.url ?? '', headers: request.headers, text });
			response.writeHead(answers.shift() ?? 200).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		arrivals,
		answers,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** Resolves as soon as `condition` holds; rejects after `limitMs`. */
export async function until(condition: () => boolean, limitMs = 200_000): Promise<void> {
	const end = Date.now() + limitMs;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** A receiver for the tests of a file; each finds it empty. */
export function useReceiver(): Receiver {
	const receiver = {} as Receiver;
	beforeAll(async () => void Object.assign(receiver, await startReceiver()));
	beforeEach(() => {
		receiver.arrivals.length = 0;
		receiver.answers.length = 0;
	});
	afterAll(async () => await receiver.close());
	return receiver;
}

/** What arrived, parsed. */
export const bodiesOf = ({ arrivals }: Receiver): unknown[] =>
	arrivals.map(({ text }) => JSON.parse(text) as unknown);
