import type { Resource } from '../../shared/operation';
import { getAppointment, getAppointments } from '../appointments/read';
import { getEvent, getEvents } from '../events/read';
import { updateEvent } from '../events/write';
import { eventType } from '../records/events';
import { applicant, employee, lead, resident } from '../records/people';
import { property, unit } from '../records/places';
import { getMany, getOne } from '../records/reading';
import {
	APPLICANT_EVENT_UPDATE_RULES,
	LEAD_EVENT_UPDATE_RULES,
	RESIDENT_EVENT_UPDATE_RULES,
} from '../rules/events';
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

/**
 * Everything the Propexo node can do. A write has a file of its own; a read is declared here, or beside what it reads.
 */
export const resources: Resource[] = [
	{
		value: 'leadEvent',
		name: 'Lead Event',
		operations: [
			createLeadEvent,
			getEvent(lead),
			getEvents(lead, { withNobodys: true }),
			updateEvent(lead, '/v1/events/leads/{eventId}', LEAD_EVENT_UPDATE_RULES),
		],
	},
	{
		value: 'applicantEvent',
		name: 'Applicant Event',
		operations: [
			createApplicantEvent,
			getEvent(applicant),
			getEvents(applicant, { withNobodys: false }),
			updateEvent(applicant, '/v1/events/applicants/{eventId}', APPLICANT_EVENT_UPDATE_RULES),
		],
	},
	{
		value: 'residentEvent',
		name: 'Resident Event',
		operations: [
			createResidentEvent,
			getEvent(resident),
			getEvents(resident, { withNobodys: false }),
			updateEvent(resident, '/v1/events/residents/{eventId}', RESIDENT_EVENT_UPDATE_RULES),
		],
	},
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
			getOne(lead, { description: 'Read one lead, by ID, email, phone number or PMS ID' }),
			getMany(lead, { description: 'Find leads by email, phone number or ID, or list them' }),
			updateLead,
		],
	},
	{
		value: 'applicant',
		name: 'Applicant',
		operations: [
			getMany(applicant, { description: 'Find applicants by email, phone number or ID, or list them' }),
			getOne(applicant, { description: 'Read one applicant, by ID, email, phone number or PMS ID' }),
		],
	},
	{
		value: 'resident',
		name: 'Resident',
		operations: [
			getMany(resident, { description: 'Find residents by email, phone number or ID, or list them' }),
			getOne(resident, { description: 'Read one resident, by ID, email, phone number or PMS ID' }),
		],
	},
	{
		value: 'property',
		name: 'Property',
		operations: [
			getMany(property, { description: 'List the properties of an integration' }),
			getOne(property, { description: 'Read one property, by ID, name or PMS ID' }),
		],
	},
	{
		value: 'unit',
		name: 'Unit',
		operations: [
			getMany(unit, { description: 'Find units by number, or list those of a property' }),
			getOne(unit, { description: 'Read one unit, by ID, number or PMS ID' }),
		],
	},
	{
		value: 'employee',
		name: 'Employee',
		operations: [
			getMany(employee, { description: 'List the employees of a property or an integration' }),
			getOne(employee, { description: 'Read one employee, by ID, email or name' }),
		],
	},
	{
		value: 'eventType',
		name: 'Event Type',
		operations: [
			getMany(eventType, { description: 'List the event types of a property or an integration' }),
			getOne(eventType, { description: 'Read one event type, by ID, name or PMS ID' }),
		],
	},
	{ value: 'writeJob', name: 'Write Job', operations: [getStatus, retry, wait] },
];
