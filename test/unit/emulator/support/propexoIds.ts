import type { Emulator } from '../../../../emulator/index.ts';

/** The first record of an integration; of the employees, the first leasing agent. */
function firstAt(records: Iterable<{ id: string; [field: string]: unknown }>, integrationId: string): string {
	for (const record of records) {
		const isOther = Array.isArray(record['roles']) && !record['roles'].includes('LEASING_AGENT');
		if (record['integration_id'] === integrationId && !isOther) return record.id;
	}
	throw new RangeError(`${integrationId} has no such record`);
}

/**
 * IDs of records of one integration of the emulated Propexo, by the field of an event that names them; the employee is
 * a leasing agent.
 * @throws RangeError when the integration has none
 */
export function idsAt({ propexo: { data } }: Emulator, integrationId: string) {
	return {
		lead_id: firstAt(data.leads, integrationId),
		event_type_id: firstAt(data.eventTypes, integrationId),
		event_sub_type_id: firstAt(data.eventSubTypes, integrationId),
		event_result_id: firstAt(data.eventResults, integrationId),
		employee_id: firstAt(data.employees, integrationId),
		unit_id: firstAt(data.units, integrationId),
		lead_source_id: firstAt(data.leadSources, integrationId),
	};
}

/** The same, by the field of a lead. */
export function leadIdsAt({ propexo: { data } }: Emulator, integrationId: string) {
	return {
		property_id: firstAt(data.properties, integrationId),
		unit_id: firstAt(data.units, integrationId),
		employee_id: firstAt(data.employees, integrationId),
		lead_source_id: firstAt(data.leadSources, integrationId),
		lead_relationship_id: firstAt(data.leadRelationships, integrationId),
		address_type_id: firstAt(data.addressTypes, integrationId),
		lead_id: firstAt(data.leads, integrationId),
	};
}
