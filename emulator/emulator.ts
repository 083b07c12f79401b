import type { EmulatedPropexo } from './propexo/emulated.ts';
import type { EmulatedRentEngine } from './rentengine/emulated.ts';

/** The services that are emulated, as programs name them and as people do. */
export const SYSTEMS = { propexo: 'Propexo', rentEngine: 'RentEngine' } as const;

/** One of them. */
export type SystemName = keyof typeof SYSTEMS;

/** Their names, in the order in which people see them. */
export const SYSTEM_NAMES = Object.keys(SYSTEMS) as SystemName[];

/** Whether there is such a service. */
export const isSystem = (value: unknown): value is SystemName => SYSTEM_NAMES.some((name) => name === value);

/** Something of each service, by its name. */
export const ofEach = <T>(get: (system: SystemName) => T): Record<SystemName, T> =>
	Object.fromEntries(SYSTEM_NAMES.map((name) => [name, get(name)])) as Record<SystemName, T>;

/** Both emulated APIs and the page that shows what they were asked. */
export interface Emulator {
	propexo: EmulatedPropexo;
	rentEngine: EmulatedRentEngine;
	page: { readonly url: string };
	/** Empties ledgers, faults, rate windows, jobs and webhooks; settings and records are as at the start. */
	reset(): void;
	/** Ends all servers and connections. */
	close(): Promise<void>;
}
