import { Records } from '../../data/records.ts';
import type { PropexoData } from '../world.ts';
import { applicationOf, syncedApplicant } from './applicants.ts';
import { syncedEvent } from './events.ts';
import { syncedLead } from './leads.ts';
import { syncedResident } from './residents.ts';
import { pick } from '../../data/pick.ts';
import { INTEGRATIONS, integrationRecord } from './integrations.ts';
import { furnish, type Density } from './ofProperties.ts';
import { addProperty, base } from './properties.ts';

const DENSITY = {
	demo: { leads: 27, units: 4, employees: 3, leadSources: 3 },
	large: { leads: 1_000, units: 150, employees: 20, leadSources: 12 },
} satisfies Record<string, Density>;

/**
 * The records of the emulated Propexo. Leads are `lead_1` … in the order of the integrations with records; IDs of
 * the other kinds count in the same way (`applicant_1`, `resident_1`, `prop_1`, `unit_1`, `etype_1`, `esub_1`, `eres_1`, `emp_1`, `lsrc_1`,
 * `lrel_1`, `atype_1`, `plan_1`, `tz_1`).
 * @param seed how many
 * @param leads replaces the number of leads
 */
export function propexoRecords(seed: 'demo' | 'large', leads?: number): PropexoData {
	const density = DENSITY[seed];
	const data = emptyData();
	for (const [index, known] of INTEGRATIONS.entries())
		data.integrations.add(integrationRecord(known, index));
	const synced = INTEGRATIONS.filter((known) => known.id !== 'int_any');
	const properties = synced.flatMap((known) => [addProperty(data, known), addProperty(data, known)]);
	furnish(data, properties, density);
	// Buildium keeps no leads.
	const withLeads = synced.filter((known) => known.vendor !== 'BUILDIUM');
	for (let number = 1; number <= (leads ?? density.leads); number++) {
		// The first leads go round all integrations; beyond them every other one is Entrata's, so that one list is long.
		const round =
			number <= DENSITY.demo.leads || number % 2 === 0
				? number - 1
				: withLeads.findIndex((known) => known.vendor === 'ENTRATA');
		const ofIntegration = round % withLeads.length;
		const property = pick(
			properties,
			ofIntegration * 2 + (Math.floor((number - 1) / withLeads.length) % 2),
		);
		const lead = data.leads.add(syncedLead(number, property));
		// Two of three leads have an event already.
		if (number % 3 !== 0) data.events.add(syncedEvent(data.events.size + 1, lead));
	}
	for (const [index, property] of properties.entries()) {
		data.applicants.add(syncedApplicant(index + 1, property));
		data.applications.add({ ...base('application', index + 1, property), ...applicationOf(index + 1) });
		data.residents.add(syncedResident(index + 1, property));
	}
	return data;
}

function emptyData(): PropexoData {
	return {
		integrations: new Records(),
		properties: new Records(),
		units: new Records(),
		leads: new Records(),
		applicants: new Records(),
		residents: new Records(),
		applications: new Records(),
		leadSources: new Records(),
		leadRelationships: new Records(),
		addressTypes: new Records(),
		floorPlans: new Records(),
		employees: new Records(),
		eventTypes: new Records(),
		eventSubTypes: new Records(),
		eventResults: new Records(),
		events: new Records(),
		timezones: new Records(),
	};
}
