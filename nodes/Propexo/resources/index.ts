import type { Resource } from '../../shared/operation';
import { create as createApplicantEvent } from './applicantEvent/create';
import { get as getLead } from './lead/get';
import { getAll as getAllLeads } from './lead/getAll';
import { create } from './leadEvent/create';
import { get as getEvent } from './leadEvent/get';
import { getAll as getAllEvents } from './leadEvent/getAll';
import { update } from './leadEvent/update';
import { create as createResidentEvent } from './residentEvent/create';
import { getStatus } from './writeJob/getStatus';
import { retry } from './writeJob/retry';
import { wait } from './writeJob/wait';

/** Everything the Propexo node can do. */
export const resources: Resource[] = [
	{ value: 'leadEvent', name: 'Lead Event', operations: [create, getEvent, getAllEvents, update] },
	{ value: 'applicantEvent', name: 'Applicant Event', operations: [createApplicantEvent] },
	{ value: 'residentEvent', name: 'Resident Event', operations: [createResidentEvent] },
	{ value: 'lead', name: 'Lead', operations: [getAllLeads, getLead] },
	{ value: 'writeJob', name: 'Write Job', operations: [getStatus, retry, wait] },
];
