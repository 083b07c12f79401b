import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that must not get any request; it keeps those that it gets. */
async function startCanary() {
	const visits: string[] = [];
	const server = createServer((request, response) => {
		visits.push(`${request.method} ${request.url} ${String(request.headers.authorization)}`);
		response.end('{}');
	});
	server.on('connection', () => visits.push('connection'));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		host: `127.0.0.1:${port}`,
		visits,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}

type Canary = Awaited<ReturnType<typeof startCanary>>;

/** The canary for the tests of a file. */
export function useCanary(): Canary {
	const canary = {} as Canary;
	beforeAll(async () => {
		Object.assign(canary, await startCanary());
	});
	afterAll(async () => await canary.close());
	return canary;
}
