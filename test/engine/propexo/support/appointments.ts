import type { IDataObject } from 'n8n-workflow';

import type { PersonRecord, SyncedRecord } from '../../../../emulator/propexo/world.ts';
import type { RunResult } from '../../support/engine.ts';
import type { Services, Settings } from '../../support/services.ts';
import { byId } from '../../support/services.ts';
import { run } from './run.ts';

/*
 * Booking appointments, and what the emulated PMS shows its user.
 */

/** What an input item says of an appointment. What it leaves out is empty. */
export interface Booking extends IDataObject {
	integration: string;
	lead: string;
	start: string;
}

/** The parameters of *Create* over such items. */
export const BOOKING = {
	integrationId: byId('={{ $json.integration }}'),
	leadId: byId('={{ $json.lead }}'),
	start: '={{ $json.start }}',
	unitId: byId('={{ $json.unit }}'),
	employeeId: byId('={{ $json.employee }}'),
	notes: '={{ $json.notes }}',
	additionalFields: { leadSourceId: byId('={{ $json.source }}') },
};

/** Books an appointment of a lead with each item. */
export async function book(
	services: Services,
	items: Booking[],
	options: IDataObject = {},
	settings: Settings = {},
): Promise<RunResult> {
	const parameters = { for: 'lead', ...BOOKING, options };
	return await run(services, 'appointment', 'create', parameters, {
		items,
		onError: 'continueRegularOutput',
		...settings,
	});
}

/** The leads of an integration. */
export const leadsAt = ({ emulator }: Services, integration: string): PersonRecord[] =>
	emulator.propexo.data.leads.rows.filter(({ integration_id }) => integration_id === integration);

const ZONES: Record<string, string> = {
	Austin: 'America/Chicago',
	Denver: 'America/Denver',
	Phoenix: 'America/Phoenix',
	Atlanta: 'America/New_York',
};

/** The time zone of the property of a lead: the city says it. */
export function zoneOf({ emulator }: Services, lead: string): string {
	const { leads, properties } = emulator.propexo.data;
	return ZONES[String(properties.get(leads.get(lead)?.property_id ?? '')?.['city'])] ?? '';
}

/** An item with all that the PMS of an integration requires of a new appointment. */
export function bookingAt(services: Services, integration: string, start: string, position = 0): Booking {
	const { data } = services.emulator.propexo;
	const lead = leadsAt(services, integration)[position];
	if (!lead) throw new Error(`No lead ${position} at ${integration}`);
	const vendor = data.integrations.get(integration)?.vendor ?? '';
	const own = (rows: SyncedRecord[]) => rows.find(({ integration_id: id }) => id === integration)?.id;
	const there = (rows: SyncedRecord[]) => rows.find(({ property_id: id }) => id === lead.property_id)?.id;
	const withUnit = ['YARDI_REST', 'APPFOLIO'].includes(vendor);
	const withEmployee = ['YARDI_REST', 'REALPAGE_RPX'].includes(vendor);
	return {
		...{ integration, lead: lead.id, start },
		...(withUnit && { unit: there(data.units.rows) }),
		...(withEmployee && { employee: own(data.employees.rows) }),
		...(vendor === 'RESMAN' && { source: own(data.leadSources.rows) }),
	};
}

/** By the notes of an appointment, when the PMS shows it to its user: ISO in UTC. */
export async function shownAt({ emulator }: Services): Promise<(notes: unknown) => unknown> {
	const { url, token, data } = emulator.propexo;
	// What a job has written shows once something is read.
	await fetch(`${url}/v1/appointments/`, { headers: { authorization: `Bearer ${token}` } });
	const shown = new Map(data.events.rows.map((event) => [event['notes'], event['appointment_datetime']]));
	return (notes) => shown.get(notes as string);
}

/** The requests that write something. */
export const writesTo = ({ emulator }: Services) =>
	emulator.propexo.ledger.requests.filter(({ method }) => method !== 'GET');
