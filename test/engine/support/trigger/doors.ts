import type { IDataObject } from 'n8n-workflow';

import type { TriggerHost } from './host.ts';
import type { Triggers } from './triggers.ts';

/** A trigger that is switched on, with what is particular to its service. */
export interface Door {
	host: TriggerHost;
	/** The header by which a delivery proves where it is from. */
	header: string;
	/** The headers of a delivery that is rightly from the service. */
	proof(text: string): Record<string, string>;
	/** The text of the nth event. */
	event(n: number): string;
	/** Tells from a run's data which event it was started by. */
	eventOf(data: IDataObject | undefined): unknown;
}

export type OpenDoor = (triggers: Triggers) => Promise<Door>;

/** What n8n has saved of the deliveries so far. */
export function remembered(host: TriggerHost): string[] {
	return String(host.saved.seen).split(' ');
}
