import type { Services } from '../services.ts';
import { createServices } from '../services.ts';

let tokens = 0;

/** Limiters are kept by address and token: a new emulator must not get one that had its port before. */
async function newServices(): Promise<Services> {
	return await servicesWith(`token-${process.pid}-${++tokens}`);
}

/** Services that know one token. */
export async function servicesWith(token: string): Promise<Services> {
	return await createServices({ propexoToken: token, rentEngineToken: token });
}

/** Emulators with an engine each, lent out one at a time: what runs on one cannot disturb what runs on another. */
export class Pool {
	private readonly size: number;
	private made = 0;
	private readonly free: Services[] = [];
	private readonly waiting: Array<(services: Services) => void> = [];

	/** @param size how many may be in use at a time */
	constructor(size: number) {
		this.size = size;
	}

	/**
	 * Does some work on an emulator that is as new.
	 *
	 * @param spoils whether what the nodes learn of its rate limit would outlast the work
	 */
	async use<T>(work: (services: Services) => Promise<T>, spoils = false): Promise<T> {
		const services = await this.take();
		services.emulator.reset();
		try {
			return await work(services);
		} finally {
			if (spoils) {
				await services.emulator.close();
				this.give(await newServices());
			} else {
				this.give(services);
			}
		}
	}

	/** Closes all of them; nothing may be in use any more. */
	async close(): Promise<void> {
		await Promise.all(this.free.map(async ({ emulator }) => await emulator.close()));
	}

	private async take(): Promise<Services> {
		const services = this.free.pop();
		if (services) return services;
		if (this.made < this.size) {
			this.made++;
			return await newServices();
		}
		return await new Promise((resolve) => this.waiting.push(resolve));
	}

	private give(services: Services): void {
		const next = this.waiting.shift();
		if (next) next(services);
		else this.free.push(services);
	}
}
