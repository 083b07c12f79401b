import type { IDataObject } from 'n8n-workflow';

import type { TriggerHost } from './host.ts';
import type { Triggers } from './triggers.ts';
// #region Propexo
import { signed } from './triggers.ts';
// #endregion

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

// #region Propexo
export async function propexoDoor(triggers: Triggers): Promise<Door> {
	const host = await triggers.propexo();
	await host.activate();
	const found = (await triggers.registrations()).find(({ url }) => url === host.url);
	return {
		host,
		header: 'propexo-signature',
		proof: (text) => signed(found?.secret ?? '', text),
		event: (n) =>
			JSON.stringify({
				trigger: 'WRITE_OPERATION_FAILURE',
				data: { root_job_id: n, write_status: 'FAILURE', job_id: `job_${n}` },
			}),
		eventOf: (data) => data?.root_job_id,
	};
}

// #endregion
// #region RentEngine
async function rentEngineDoor(triggers: Triggers): Promise<Door> {
	const host = await triggers.rentEngine();
	await host.activate();
	return {
		host,
		header: 'x-api-key',
		proof: () => ({ 'x-api-key': triggers.secret }),
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

// #endregion
/** All triggers, by the names of their services. */
export const doors: Array<[string, (triggers: Triggers) => Promise<Door>]> = [
	// #region Propexo
	['Propexo', propexoDoor],
	// #endregion
	// #region RentEngine
	['RentEngine', rentEngineDoor],
	// #endregion
];

/** What n8n has saved of the deliveries so far. */
export function remembered(host: TriggerHost): string[] {
	return String(host.saved.seen).split(' ');
}
