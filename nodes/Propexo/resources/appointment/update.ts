import { additionalFieldsOf } from '../../../shared/fields/collections';
import type { FieldsOwner } from '../../../shared/fields/collections';
import { booking } from '../../appointments/check';
import type { Person } from '../../appointments/fields';
import {
	appointmentField,
	detailFields,
	duration,
	eachPerson,
	FOR,
	forWhom,
	narrowed,
	start,
	unitField,
	whoseFields,
} from '../../appointments/fields';
import { noteWritten } from '../../appointments/written';
import { notes } from '../../events/fields';
import type { JobWrite } from '../../jobs/jobWrite';
import { chosenWrite } from '../../jobs/jobWrite';
import { event } from '../../records/events';
import { recordField } from '../../records/field';
import { leasingAgent } from '../../records/people';
import { lookIn } from '../../records/reading';
import {
	APPLICANT_APPOINTMENT_UPDATE_RULES,
	LEAD_APPOINTMENT_UPDATE_RULES,
	RESIDENT_APPOINTMENT_UPDATE_RULES,
} from '../../rules/appointments';
import type { WriteRules } from '../../rules/rules';

const ABOUT = {
	value: 'update',
	name: 'Update',
	action: 'Update appointment',
	description: 'Move an appointment to another time, or change what is filled in',
};

const OWNER: FieldsOwner = {
	fields: [
		forWhom,
		...whoseFields,
		{ ...appointmentField(false), local: true },
		{
			...start,
			description: `${start.description}. All PMSs but Entrata require it with every change.`,
		},
		duration,
		{ ...unitField, description: 'The unit that is shown' },
		{ ...notes, description: `${notes.description}. Entrata requires them with every change.` },
	],
	collections: [
		additionalFieldsOf([
			recordField(leasingAgent, {
				description: 'With whom the appointment is; it must be a leasing agent',
			}),
			...detailFields,
		]),
		lookIn(event),
	],
};

const RULES: Record<Person, WriteRules> = {
	lead: LEAD_APPOINTMENT_UPDATE_RULES,
	applicant: APPLICANT_APPOINTMENT_UPDATE_RULES,
	resident: RESIDENT_APPOINTMENT_UPDATE_RULES,
};

const change = (person: Person): JobWrite =>
	booking({
		...ABOUT,
		...narrowed(OWNER, person),
		noun: 'appointment update',
		method: 'PUT',
		path: `/v1/events/appointments/${person}s/{eventId}`,
		pms: RULES[person],
		// Source: `employee_id` of its schemas, "Must have a role of LEASING_AGENT".
		leasingAgent: true,
		about: ['eventId'],
		sameEvent: ['start', 'status'],
		noteWritten,
	});

/** A change of one appointment. */
export const update = chosenWrite({
	...ABOUT,
	...OWNER,
	noun: 'appointment update',
	chooses: FOR,
	jobs: eachPerson(change),
});
