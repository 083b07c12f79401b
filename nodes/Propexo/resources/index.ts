import type { Resource } from '../../shared/operation';
import { get as getApplicant } from './applicant/get';
import { getAll as getAllApplicants } from './applicant/getAll';
import { cancel as cancelAppointment } from './appointment/cancel';
import { create as createAppointment } from './appointment/create';
import { get as getAppointment } from './appointment/get';
import { getAll as getAllAppointments } from './appointment/getAll';
import { getAvailability } from './appointment/getAvailability';
import { update as updateAppointment } from './appointment/update';
import { create as createApplicantEvent } from './applicantEvent/create';
import { get as getApplicantEvent } from './applicantEvent/get';
import { getAll as getAllApplicantEvents } from './applicantEvent/getAll';
import { update as updateApplicantEvent } from './applicantEvent/update';
import { get as getEmployee } from './employee/get';
import { getAll as getAllEmployees } from './employee/getAll';
import { get as getEventType } from './eventType/get';
import { getAll as getAllEventTypes } from './eventType/getAll';
import { create as createLead } from './lead/create';
import { get as getLead } from './lead/get';
import { getAll as getAllLeads } from './lead/getAll';
import { update as updateLead } from './lead/update';
import { upsert as upsertLead } from './lead/upsert';
import { create as createLeadEvent } from './leadEvent/create';
import { get as getLeadEvent } from './leadEvent/get';
import { getAll as getAllLeadEvents } from './leadEvent/getAll';
import { update as updateLeadEvent } from './leadEvent/update';
import { get as getProperty } from './property/get';
import { getAll as getAllProperties } from './property/getAll';
import { get as getResident } from './resident/get';
import { getAll as getAllResidents } from './resident/getAll';
import { get as getUnit } from './unit/get';
import { getAll as getAllUnits } from './unit/getAll';
import { create as createResidentEvent } from './residentEvent/create';
import { get as getResidentEvent } from './residentEvent/get';
import { getAll as getAllResidentEvents } from './residentEvent/getAll';
import { update as updateResidentEvent } from './residentEvent/update';
import { getStatus } from './writeJob/getStatus';
import { retry } from './writeJob/retry';
import { wait } from './writeJob/wait';

/** Everything the Propexo node can do. */
export const resources: Resource[] = [
	{
		value: 'leadEvent',
		name: 'Lead Event',
		operations: [createLeadEvent, getLeadEvent, getAllLeadEvents, updateLeadEvent],
	},
	{
		value: 'applicantEvent',
		name: 'Applicant Event',
		operations: [createApplicantEvent, getApplicantEvent, getAllApplicantEvents, updateApplicantEvent],
	},
	{
		value: 'residentEvent',
		name: 'Resident Event',
		operations: [createResidentEvent, getResidentEvent, getAllResidentEvents, updateResidentEvent],
	},
	{
		value: 'appointment',
		name: 'Appointment',
		operations: [
			createAppointment,
			updateAppointment,
			cancelAppointment,
			getAppointment,
			getAllAppointments,
			getAvailability,
		],
	},
	{ value: 'lead', name: 'Lead', operations: [upsertLead, createLead, getLead, getAllLeads, updateLead] },
	{ value: 'applicant', name: 'Applicant', operations: [getAllApplicants, getApplicant] },
	{ value: 'resident', name: 'Resident', operations: [getAllResidents, getResident] },
	{ value: 'property', name: 'Property', operations: [getAllProperties, getProperty] },
	{ value: 'unit', name: 'Unit', operations: [getAllUnits, getUnit] },
	{ value: 'employee', name: 'Employee', operations: [getAllEmployees, getEmployee] },
	{ value: 'eventType', name: 'Event Type', operations: [getAllEventTypes, getEventType] },
	{ value: 'writeJob', name: 'Write Job', operations: [getStatus, retry, wait] },
];
