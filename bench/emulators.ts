import { LISTED } from './cases/listing.ts';
import type { EmulatorProcess } from './emulator.ts';
import { startEmulatorProcess } from './emulator.ts';

/** The emulator that counts, and one for what is not measured. */
export interface Emulators {
	emulator: EmulatorProcess;
	warmUp: EmulatorProcess;
}

/** The emulated Propexos of a bench, each started when it is first needed. */
export class EmulatorProcesses {
	private readonly running = new Map<number | undefined, Promise<Emulators>>();

	/** @param leads how many both hold; left out: what most cases need */
	async get(leads?: number): Promise<Emulators> {
		const known = this.running.get(leads) ?? start(leads);
		this.running.set(leads, known);
		return await known;
	}

	/** Ends all that were started. */
	async close(): Promise<void> {
		for (const started of this.running.values()) {
			const { emulator, warmUp } = await started;
			await emulator.close();
			await warmUp.close();
		}
	}
}

async function start(leads?: number): Promise<Emulators> {
	return {
		emulator: await startEmulatorProcess(leads ?? LISTED),
		warmUp: await startEmulatorProcess(leads),
	};
}
