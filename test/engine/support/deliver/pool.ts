import type { EmulatorOptions } from '../../../../emulator/index.ts';
import type { Timing } from '../../../../nodes/shared/operation';
import { SERVICES } from '../service.ts';
import type { Services } from '../services.ts';
import { createServices } from '../services.ts';

let tokens = 0;

/** Options of an emulator whose services all have one account, with this token. */
export const withToken = (token: string): EmulatorOptions =>
	Object.fromEntries(SERVICES.map(({ name }) => [`${name}Tokens`, [token]]));

/** Emulators, each with its own engine and used by one test at a time, so that tests cannot disturb each other. */
export class Pool {
	private readonly size: number;
	private readonly timing: Timing;
	private made = 0;
	private readonly free: Services[] = [];
	private readonly waiting: Array<(services: Services) => void> = [];

	/**
	 * @param size how many may be in use at a time
	 * @param timing times that their nodes use
	 */
	constructor(size: number, timing: Timing) {
		this.size = size;
		this.timing = timing;
	}

	/**
	 * Does some work on an emulator in its first state.
	 *
	 * @param spoils whether the nodes remember its rate limit after the work
	 */
	async use<T>(work: (services: Services) => Promise<T>, spoils = false): Promise<T> {
		const services = await this.take();
		services.emulator.reset();
		try {
			return await work(services);
		} finally {
			if (spoils) {
				await services.emulator.close();
				this.give(await this.newServices());
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
			return await this.newServices();
		}
		return await new Promise((resolve) => this.waiting.push(resolve));
	}

	/** Limiters are kept by address and token: a new emulator must not get that of an earlier one on its port. */
	private async newServices(): Promise<Services> {
		const token = `token-${process.pid}-${++tokens}`;
		return await createServices({ ...withToken(token), timing: this.timing });
	}

	private give(services: Services): void {
		const next = this.waiting.shift();
		if (next) next(services);
		else this.free.push(services);
	}
}
