import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import * as tls from 'node:tls';

import { certificate } from '../../support/certificate.ts';
import { DRIVEN } from '../../support/service.ts';
import { useServices } from '../../support/services.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, markOf } from '../../support/deliver/driven.ts';

const DAY_MS = 86_400_000;
/** Of a TLS record: type, version and length come before. */
const BEHIND_HEADER = 5;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

const RIGHT = certificate();
const EXPIRED = certificate({ until: inDays(-1) });
const EARLY = certificate({ from: inDays(1) });
const OF_ANOTHER_HOST = certificate({ host: 'example.com' });
const UNTRUSTED = certificate();
/** Says that another has signed it, who is not known. */
const UNPROVEN = certificate({ issuer: certificate() });

async function open(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, resolve));
	return (server.address() as AddressInfo).port;
}

describe.each(DRIVEN)('$title over TLS', (driven: Driven) => {
	const services = useServices();
	let before: string[] = [];
	const servers = new Set<Server>();
	const sockets = new Set<Socket>();
	beforeAll(() => {
		before = tls.getCACertificates('default');
		tls.setDefaultCACertificates([RIGHT, EXPIRED, EARLY, OF_ANOTHER_HOST].map(({ cert }) => cert));
	});
	afterEach(() => {
		for (const socket of sockets) socket.destroy();
		for (const server of servers) server.close();
		servers.clear();
	});
	afterAll(() => tls.setDefaultCACertificates(before));

	const keep = <S extends Socket>(socket: S): S => {
		sockets.add(socket);
		return socket.on('error', () => undefined);
	};

	/** A service that gets events and notes what it got; it refuses everything else. */
	async function service(shown: { cert: string; key: string }) {
		const got: string[] = [];
		const server = tls.createServer(shown, (socket) => {
			let text = '';
			keep(socket).on('data', (data) => {
				got.push((text += data.toString()));
				const isEvent = text.includes(markOf(0));
				if (!isEvent && text.startsWith('POST')) return;
				const status = isEvent ? '201 Created' : '403 Forbidden';
				socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`);
			});
		});
		server.on('tlsClientError', () => undefined);
		servers.add(server);
		const events = () => got.filter((text) => text.includes(markOf(0))).length;
		return { port: await open(server), got, events };
	}

	/** A network on which what comes back after the event has arrived is another than what was sent. */
	async function damaging(port: number, isDue: () => boolean, damage: (data: Buffer) => Uint8Array) {
		const server = createServer((near) => {
			const far = keep(connect(port));
			keep(near).pipe(far);
			far.on('data', (data) => near.write(isDue() ? damage(data) : data));
			far.on('end', () => near.end());
		});
		servers.add(server);
		return await open(server);
	}

	async function outcomeAt(port: number) {
		const url = `https://localhost:${port}`;
		const result = await driven.run(services, driven.parameters({}), {
			items: [itemAt(0)],
			onError: 'continueRegularOutput',
			...driven.at(url),
		});
		return { outcome: accountOf(driven, result, 1).outcomes[0], error: result.success[0]?.json.error };
	}

	it.each([
		['has expired', EXPIRED],
		['is not valid yet', EARLY],
		['is for another host', OF_ANOTHER_HOST],
		['is signed by itself', UNTRUSTED],
		['is signed by nobody known', UNPROVEN],
	])('sends nothing to a service whose certificate %s', async (_, shown) => {
		const { port, got } = await service(shown);
		expect(await outcomeAt(port)).toEqual({
			outcome: 'not sent',
			error: "The service's certificate could not be trusted",
		});
		expect(got).toEqual([]);
	});

	it.each<[string, (data: Buffer) => Uint8Array]>([
		['has another byte', (data) => data.map((byte, at) => (at === BEHIND_HEADER ? byte ^ 1 : byte))],
		['is replaced by a proxy', () => Buffer.from('HTTP/1.1 502 Bad Gateway\r\n\r\n')],
	])('does not know whether an event was created when the answer %s', async (_, damage) => {
		const { port, events } = await service(RIGHT);
		const { outcome, error } = await outcomeAt(await damaging(port, () => events() > 0, damage));
		expect({ outcome, events: events() }).toEqual({ outcome: 'unknown', events: 1 });
		expect(error).toContain('encrypted connection failed before the service had answered');
	});

	it('says what failed where no encryption is spoken', async () => {
		const server = createServer((socket) => {
			keep(socket).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		});
		servers.add(server);
		const { outcome, error } = await outcomeAt(await open(server));
		expect(outcome).toBe('unknown');
		expect(error).toContain('encrypted connection failed');
	});
});
