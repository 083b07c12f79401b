import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';

/** A server that can go down and come up again on the same port, keeping its state. */
export class Host {
	private app: FastifyInstance | undefined;
	private readonly build: () => FastifyInstance;
	private readonly address: string;
	port: number;

	/**
	 * @param build makes the server anew each time it comes up
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
		await app.listen({ host: this.address, port: this.port });
		this.port = (app.server.address() as AddressInfo).port;
		this.app = app;
	}

	/** Ends all connections and stops to listen: callers are refused from then on. */
	async down(): Promise<void> {
		const app = this.app;
		this.app = undefined;
		await app?.close();
	}
}
