import { titleCase } from '../../shared/json/text';
import type { Operation, Resource } from '../../shared/operation';
import { getAppointment, getAppointments } from '../appointments/read';
import { getEvent, getEvents } from '../events/read';
import { updateEvent } from '../events/write';
import { eventType } from '../records/events';
import { applicant, employee, lead, resident } from '../records/people';
import { property, unit } from '../records/places';
import type { Readable } from '../records/reading';
import { getMany, getOne } from '../records/reading';
import type { RecordType } from '../records/record';
import { parameterOf } from '../records/record';
import {
	APPLICANT_EVENT_UPDATE_RULES,
	LEAD_EVENT_UPDATE_RULES,
	RESIDENT_EVENT_UPDATE_RULES,
} from '../rules/events';
import type { WriteRules } from '../rules/rules';
import { cancel as cancelAppointment } from './appointment/cancel';
import { create as createAppointment } from './appointment/create';
import { getAvailability } from './appointment/getAvailability';
import { update as updateAppointment } from './appointment/update';
import { create as createApplicantEvent } from './applicantEvent/create';
import { create as createLead } from './lead/create';
import { update as updateLead } from './lead/update';
import { upsert as upsertLead } from './lead/upsert';
import { create as createLeadEvent } from './leadEvent/create';
import { create as createResidentEvent } from './residentEvent/create';
import { getStatus, wait } from './writeJob/read';
import { retry } from './writeJob/retry';

/** The events of one kind of person. Those of nobody are listed with the events of leads. */
const eventResource = (person: RecordType, create: Operation, rules: WriteRules): Resource => ({
	value: `${person.noun}Event`,
	name: `${titleCase(person.noun)} Event`,
	operations: [
		create,
		getEvent(person),
		getEvents(person, { withNobodys: person === lead }),
		updateEvent(person, rules),
	],
});

/** Records that are only read. */
const readable = (record: Readable, about: { description: string }): Resource => ({
	value: parameterOf(record).replace(/Id$/, ''),
	name: titleCase(record.noun),
	operations: [getMany(record, about), getOne(record)],
});

/**
 * All resources of the Propexo node and their operations. Operations that write have a file each; those that only read are short
 * and are declared here, or in the folder of their records.
 */
export const resources: Resource[] = [
	eventResource(lead, createLeadEvent, LEAD_EVENT_UPDATE_RULES),
	eventResource(applicant, createApplicantEvent, APPLICANT_EVENT_UPDATE_RULES),
	eventResource(resident, createResidentEvent, RESIDENT_EVENT_UPDATE_RULES),
	{
		value: 'appointment',
		name: 'Appointment',
		operations: [
			createAppointment,
			updateAppointment,
			cancelAppointment,
			getAppointment,
			getAppointments,
			getAvailability,
		],
	},
	{
		value: 'lead',
		name: 'Lead',
		operations: [
			upsertLead,
			createLead,
			getOne(lead),
			getMany(lead, { description: 'Find leads by email, phone number or ID, or list them' }),
			updateLead,
		],
	},
	readable(applicant, { description: 'Find applicants by email, phone number or ID, or list them' }),
	readable(resident, { description: 'Find residents by email, phone number or ID, or list them' }),
	readable(property, { description: 'List the properties of an integration' }),
	readable(unit, { description: 'Find units by number, or list those of a property' }),
	readable(employee, { description: 'List the employees of a property or an integration' }),
	readable(eventType, { description: 'List the event types of a property or an integration' }),
	{ value: 'writeJob', name: 'Write Job', operations: [getStatus, retry, wait] },
];
