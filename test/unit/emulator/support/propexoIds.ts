import type { Emulator } from '../../../../emulator/index.ts';

/**
 * IDs of records of one integration of the emulated Propexo, by the field of a body that names them; the employee is
 * a leasing agent.
 * @throws RangeError when the integration has none
 */
export function idsAt({ propexo: { data } }: Emulator, integrationId: string) {
	const first = (records: Iterable<{ id: string; [field: string]: unknown }>): string => {
		for (const record of records) {
			const isOther = Array.isArray(record['roles']) && !record['roles'].includes('LEASING_AGENT');
			if (record['integration_id'] === integrationId && !isOther) return record.id;
		}
		throw new RangeError(`${integrationId} has no such record`);
	};
	return {
		lead_id: first(data.leads),
		event_type_id: first(data.eventTypes),
		event_sub_type_id: first(data.eventSubTypes),
		event_result_id: first(data.eventResults),
		employee_id: first(data.employees),
		unit_id: first(data.units),
		lead_source_id: first(data.leadSources),
	};
}
