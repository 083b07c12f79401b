import type { FieldsOwner } from '../../../shared/fields/collections';
import { callingOff } from '../../appointments/check';
import type { Person } from '../../appointments/fields';
import { appointmentField, eachPerson, FOR, forWhom, narrowed, whoseFields } from '../../appointments/fields';
import { cancelResult } from '../../appointments/result';
import { noteWritten } from '../../appointments/written';
import type { JobWrite } from '../../jobs/jobWrite';
import { chosenWrite } from '../../jobs/jobWrite';
import { recordField } from '../../records/field';
import { integration } from '../../records/places';
import { lookInProperty } from '../../records/reading';
import {
	APPLICANT_APPOINTMENT_CANCEL_RULES,
	LEAD_APPOINTMENT_CANCEL_RULES,
	RESIDENT_APPOINTMENT_CANCEL_RULES,
} from '../../rules/appointments';
import type { WriteRules } from '../../rules/rules';

const ABOUT = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel appointment',
	description: 'Call an appointment off; Rent Manager deletes it',
};

const OWNER: FieldsOwner = {
	fields: [forWhom, recordField(integration, { required: true }), ...whoseFields, appointmentField(true)],
	collections: [lookInProperty],
};

const RULES: Record<Person, WriteRules> = {
	lead: LEAD_APPOINTMENT_CANCEL_RULES,
	applicant: APPLICANT_APPOINTMENT_CANCEL_RULES,
	resident: RESIDENT_APPOINTMENT_CANCEL_RULES,
};

const cancellation = (person: Person): JobWrite =>
	callingOff({
		...ABOUT,
		...narrowed(OWNER, person),
		noun: 'appointment cancellation',
		method: 'POST',
		does: 'cancels',
		path: `/v1/events/appointments/${person}s/cancel`,
		pms: RULES[person],
		about: ['integrationId', 'eventId'],
		sameEvent: [],
		waiting: cancelResult,
		noteWritten,
	});

/** Calls one appointment off. */
export const cancel = chosenWrite({
	...ABOUT,
	...OWNER,
	noun: 'appointment cancellation',
	chooses: FOR,
	jobs: eachPerson(cancellation),
});
