import type { IDataObject } from 'n8n-workflow';

import type { TriggerHost } from './host.ts';
import type { Triggers } from './triggers.ts';

/** A trigger that is switched on, with everything that depends on its service. */
export interface Door {
	host: TriggerHost;
	/** The header by which a delivery proves that it is from the service. */
	header: string;
	/** The headers of a real delivery of the service. */
	proof(text: string): Record<string, string>;
	/** The text of the nth event. */
	event(n: number): string;
	/** The event that started a run, from the run's data. */
	eventOf(data: IDataObject | undefined): unknown;
}

export type OpenDoor = (triggers: Triggers) => Promise<Door>;

/** What n8n has saved of the deliveries so far. */
export function remembered(host: TriggerHost): string[] {
	return String(host.saved.seen).split(' ');
}
