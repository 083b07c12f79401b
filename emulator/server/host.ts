import type { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A server that can go down and come up again on the same port, keeping its state. */
export class Host {
	private app: FastifyInstance | undefined;
	/** Lets go of the port that is kept while the server is down. */
	private letGo: (() => Promise<void>) | undefined;
	private readonly build: () => FastifyInstance;
	private readonly address: string;
	port: number;

	/**
	 * @param build makes the server, each time it comes up
	 * @param address the loopback address
	 * @param port 0: any free one, kept from then on
	 */
	constructor(build: () => FastifyInstance, address: string, port: number) {
		this.build = build;
		this.address = address;
		this.port = port;
	}

	get origin(): string {
		return `http://${this.address}:${this.port}`;
	}

	/** Starts to listen. Rejects when the port is taken. */
	async up(): Promise<void> {
		if (this.app) return;
		const app = this.build();
		await this.letGo?.();
		this.letGo = undefined;
		await app.listen({ host: this.address, port: this.port });
		this.port = (app.server.address() as AddressInfo).port;
		this.app = app;
	}

	/** Ends all connections and stops to listen: callers are refused from then on. The system gives the port to nobody else. */
	async down(): Promise<void> {
		if (!this.app) return;
		await this.close();
		this.letGo = await keepPort(this.address, this.port);
	}

	/** Ends all connections, and gives the port back. */
	async close(): Promise<void> {
		const { app, letGo } = this;
		this.app = undefined;
		this.letGo = undefined;
		await app?.close();
		await letGo?.();
	}
}

/**
 * Keeps a port on which nobody listens, as the near end of a connection: the system gives it to no other program that asks
 * for any free port. Gives what ends that.
 */
async function keepPort(address: string, port: number): Promise<() => Promise<void>> {
	const far = createServer().listen(0, address);
	await once(far, 'listening');
	const { port: farPort } = far.address() as AddressInfo;
	const near = connect({ host: address, port: farPort, localAddress: address, localPort: port });
	far.once('connection', (end) => end.unref().on('error', () => undefined));
	await once(near, 'connect');
	far.unref();
	near.unref();
	return async () => {
		near.resetAndDestroy();
		await once(near, 'close');
		far.close();
	};
}
