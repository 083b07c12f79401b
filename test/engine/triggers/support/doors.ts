import type { IDataObject } from 'n8n-workflow';

import type { TriggerHost } from './host.ts';
import type { Triggers } from './triggers.ts';
import { SECRET, signed } from './triggers.ts';

/** A trigger that is switched on, with what is particular to its service. */
export interface Door {
	host: TriggerHost;
	/** The headers of a delivery that is rightly from the service. */
	proof(text: string): Record<string, string>;
	/** The text of the nth event. */
	event(n: number): string;
	/** Tells from a run's data which event it was started by. */
	eventOf(data: IDataObject | undefined): unknown;
}

export async function propexoDoor(triggers: Triggers): Promise<Door> {
	const host = await triggers.propexo();
	await host.activate();
	const found = (await triggers.registrations()).find(({ url }) => url === host.url);
	return {
		host,
		proof: (text) => signed(found?.secret ?? '', text),
		event: (n) =>
			JSON.stringify({
				trigger: 'WRITE_OPERATION_FAILURE',
				data: { root_job_id: n, write_status: 'FAILURE', job_id: `job_${n}` },
			}),
		eventOf: (data) => data?.root_job_id,
	};
}

async function rentEngineDoor(triggers: Triggers): Promise<Door> {
	const host = await triggers.rentEngine();
	await host.activate();
	return {
		host,
		proof: () => ({ 'x-api-key': SECRET }),
		event: (n) =>
			JSON.stringify({
				type: 'INSERT',
				table: 'leasing_events',
				record: { id: n, event_type: 'New' },
				old_record: null,
			}),
		eventOf: (data) => (data?.record as IDataObject | undefined)?.id,
	};
}

/** Both triggers, by the names of their services. */
export const doors: Array<[string, (triggers: Triggers) => Promise<Door>]> = [
	['Propexo', propexoDoor],
	['RentEngine', rentEngineDoor],
];
