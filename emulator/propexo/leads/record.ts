import type { Job } from '../jobs/jobs.ts';
import type { JsonObject } from '../../json.ts';
import type { PersonRecord, PropexoData, SyncedRecord } from '../world.ts';
import { pick } from '../../data/pick.ts';
import { syncedLead } from '../records/leads.ts';
import { eventsOf } from './rules.ts';

/** Fields of a lead that are read as they were written. */
const AS_WRITTEN = [
	...[
		'first_name',
		'middle_name',
		'last_name',
		'email_1',
		'phone_1_type',
		'phone_2_type',
		'notes',
		'status',
	],
	...['address_1', 'address_2', 'city', 'state', 'zip', 'country'],
	...['desired_lease_term_in_months', 'desired_max_rent_in_cents', 'desired_min_rent_in_cents'],
	...['desired_num_bathrooms', 'desired_unit_type', 'lead_source', 'lead_source_id'],
] as const;

/** The lead as it can be read once its job has ended: a new one, or one that was changed. */
export function writtenLead(data: PropexoData, job: Job): PersonRecord {
	const { body } = job;
	const before = data.leads.get(job.recordId) ?? unknownLead(data, job);
	const time = new Date(job.doneAt).toISOString();
	return {
		...before,
		...given(body),
		...namesOf(data, body),
		...defaultsOf(job),
		updated_at: time,
		last_seen: time,
	};
}

/** A lead of whom nothing is known yet, at the property that was named or else at the first one. */
function unknownLead(data: PropexoData, { body, recordId, number, doneAt, ...job }: Job): PersonRecord {
	const { rows } = data.properties;
	const property =
		data.properties.get(String(body['property_id'])) ??
		rows.find(({ integration_id }) => integration_id === job.integrationId) ??
		pick(rows, 0);
	const known = syncedLead(number, property);
	const empty = Object.fromEntries(
		Object.entries(known).map(([field, value]) => [field, Array.isArray(value) ? [] : null]),
	);
	return {
		...(empty as PersonRecord),
		id: recordId,
		x_id: `L${90_000 + number}`,
		created_at: new Date(doneAt).toISOString(),
		x_property_id: property.x_id,
		property_id: property.id,
		integration_id: job.integrationId,
		integration_vendor: job.vendor,
	};
}

/** What was written, in the words of the record. */
function given(body: JsonObject): JsonObject {
	const record: JsonObject = {};
	for (const field of AS_WRITTEN) if (body[field] !== undefined) record[field] = body[field];
	for (const field of ['phone_1', 'phone_2'])
		if (body[field] !== undefined) record[field] = tenDigits(String(body[field]));
	const bedrooms = body['desired_num_bedrooms'] ?? body['desired_bedrooms'];
	if (bedrooms !== undefined) record['desired_num_bedrooms'] = Math.trunc(Number(bedrooms));
	const bathrooms = Number(body['desired_bathrooms'] ?? Number.NaN);
	if (body['desired_num_bathrooms'] === undefined && !Number.isNaN(bathrooms))
		record['desired_num_bathrooms'] = bathrooms;
	const occupants = body['number_of_occupants'];
	if (occupants !== undefined) record['number_of_occupants'] = Math.trunc(Number(occupants));
	const moveIn = body['target_move_in_date'] ?? body['desired_move_in_date'];
	if (moveIn !== undefined) record['target_move_in_date'] = String(moveIn).slice(0, 10);
	if (body['date_of_birth'] !== undefined)
		record['date_of_birth'] = String(body['date_of_birth']).slice(0, 10);
	if (body['middle_name'] === undefined && body['middle_initial'] !== undefined)
		record['middle_name'] = body['middle_initial'];
	return record;
}

/** The filter `phone_1` of the list takes ten digits, so that is how numbers are kept here. */
function tenDigits(phone: string): string {
	const digits = phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
	return digits.length === 10 ? digits : phone;
}

/** What the named records say. */
function namesOf(data: PropexoData, body: JsonObject): JsonObject {
	const record: JsonObject = {};
	const source = data.leadSources.get(String(body['lead_source_id']));
	if (source) Object.assign(record, { lead_source: source['name'], x_lead_source_id: source.x_id });
	const agent = data.employees.get(String(body['employee_id']));
	if (agent) Object.assign(record, { leasing_agent: agent['name'], x_leasing_agent_id: agent.x_id });
	const plan = data.floorPlans.get(String(body['floor_plan_id']));
	if (plan)
		Object.assign(record, { desired_floor_plan_id: plan.x_id, desired_floor_plan_name: plan['name'] });
	const units = [body['unit_id'], body['desired_unit_ids']]
		.flat()
		.filter((id): id is string => typeof id === 'string');
	if (units.length > 0) {
		record['unit_id_preferred'] = units;
		record['x_unit_id_preferred'] = units.flatMap((id) => data.units.get(id)?.x_id ?? []);
	}
	return record;
}

/** ResMan's page names the types of phones that a new lead has unless they are given. */
function defaultsOf({ vendor, updates, body }: Job): JsonObject {
	if (vendor !== 'RESMAN' || updates !== undefined) return {};
	return {
		...(body['phone_1'] === undefined ? {} : { phone_1_type: body['phone_1_type'] ?? 'HOME' }),
		...(body['phone_2'] === undefined ? {} : { phone_2_type: body['phone_2_type'] ?? 'MOBILE' }),
	};
}

/** At Yardi a new lead begins with one of these. Source: its page "Create lead". */
const FIRST_CONTACTS = ['Other', 'WalkIn', 'Chat', 'Email', 'Text', 'Webservice'];

/** The events that a new lead brings along. Yardi puts one before them where none of them is a first contact. */
export function eventsOfNewLead(data: PropexoData, lead: PersonRecord, job: Job): SyncedRecord[] {
	const given = eventsOf(job.body);
	const isStarted = given.some(({ event_name }) => FIRST_CONTACTS.includes(String(event_name)));
	const first: JsonObject = { event_name: 'Other', event_datetime: lead.created_at };
	const events = job.vendor === 'YARDI' && !isStarted ? [first, ...given] : given;
	return events.map((event, position) => ({
		id: `${lead.id}_event_${position + 1}`,
		created_at: lead.created_at,
		updated_at: lead.created_at,
		last_seen: lead.created_at,
		x_id: `E${job.number}-${position + 1}`,
		x_property_id: lead['x_property_id'],
		x_leasing_agent_id: data.employees.get(String(event['employee_id']))?.x_id ?? null,
		x_type_id: null,
		x_location_id: null,
		event_name: event['event_name'],
		event_datetime: event['event_datetime'],
		appointment_datetime: null,
		type_raw: event['event_name'],
		notes: event['notes'] ?? null,
		agent_name: data.employees.get(String(event['employee_id']))?.['name'] ?? null,
		reasons_for_event: event['reasons_for_event'] ?? null,
		associated_lead_ids: [lead.id],
		associated_applicant_ids: null,
		associated_resident_ids: null,
		integration_id: lead.integration_id,
		integration_vendor: lead.integration_vendor,
		property_id: lead.property_id,
	}));
}
