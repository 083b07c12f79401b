import type { RecordField } from '../../shared/fields/field';

/*
 * Fields of several operations that name a record of Propexo.
 */

export const integrationField = {
	name: 'integrationId',
	label: 'Integration',
	kind: 'record',
	record: "an integration's ID",
	searchMethod: 'searchIntegrations',
	placeholder: 'e.g. clwktsp9v000008l31iv218hn',
	description: 'The connection to the property management system (PMS) that holds the lead',
} satisfies RecordField;

export const leadField = {
	name: 'leadId',
	label: 'Lead',
	kind: 'record',
	record: "a lead's Propexo ID",
	searchMethod: 'searchLeads',
	dependsOn: ['integrationId'],
	placeholder: 'e.g. clwktsp9v000108l3aq7f3k2m',
	description: 'The lead by its Propexo ID, not by the ID that the PMS shows',
} satisfies RecordField;

export const propertyField = {
	name: 'propertyId',
	label: 'Property',
	kind: 'record',
	record: "a property's Propexo ID",
	searchMethod: 'searchProperties',
	placeholder: 'e.g. clwktsp9v000408l3hq1d5w9r',
	description: 'The property it belongs to',
} satisfies RecordField;

export const eventTypeField = {
	name: 'eventTypeId',
	label: 'Event Type',
	kind: 'record',
	record: "an event type's Propexo ID",
	searchMethod: 'searchEventTypes',
	dependsOn: ['integrationId'],
	placeholder: 'e.g. clwktsp9v000208l3d0z1b9xq',
	description: 'The type of the event. Entrata, MRI and RealPage Exchange require one.',
} satisfies RecordField;

export const employeeField = {
	name: 'employeeId',
	label: 'Employee',
	kind: 'record',
	record: "an employee's Propexo ID",
	searchMethod: 'searchEmployees',
	dependsOn: ['integrationId'],
	description: 'Who took part for the property',
} satisfies RecordField;

/** The lead event that an operation is about, as Propexo knows it. */
export const eventField = {
	name: 'eventId',
	label: 'Event',
	kind: 'record',
	record: "an event's Propexo ID",
	required: true,
	local: true,
	placeholder: 'e.g. clwktsp9v000508l3t8b2n6vz',
	description: "The lead event by its Propexo ID. 'Get Many' finds it.",
} satisfies RecordField;

/** The write that an operation is about. */
export const jobField = {
	name: 'jobId',
	label: 'Job ID',
	kind: 'record',
	record: "a write job's ID",
	required: true,
	local: true,
	placeholder: 'e.g. clwktsp9v000608l3c4x7k1mp',
	description: 'The job_id that came back when the event was sent',
} satisfies RecordField;
