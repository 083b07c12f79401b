import { additionalFieldsOf } from '../../../shared/fields/collections';
import type { FieldsOwner } from '../../../shared/fields/collections';
import { booking } from '../../appointments/check';
import type { Person } from '../../appointments/fields';
import {
	detailFields,
	duration,
	eachPerson,
	FOR,
	forApplicant,
	forLead,
	forWhom,
	narrowed,
	newNotes,
	PEOPLE,
	personFields,
	start,
	unitField,
} from '../../appointments/fields';
import { noteWritten } from '../../appointments/written';
import type { JobWrite } from '../../jobs/jobWrite';
import { chosenWrite } from '../../jobs/jobWrite';
import { leadSource } from '../../records/events';
import { recordField } from '../../records/field';
import { application, employee } from '../../records/people';
import { integration, property } from '../../records/places';
import { parameterOf } from '../../records/record';
import {
	APPLICANT_APPOINTMENT_RULES,
	LEAD_APPOINTMENT_RULES,
	RESIDENT_APPOINTMENT_RULES,
} from '../../rules/appointments';
import type { WriteRules } from '../../rules/rules';

const ABOUT = {
	value: 'create',
	name: 'Create',
	action: 'Create appointment',
	description: 'Book a tour or another appointment with a lead, an applicant or a resident',
};

const OWNER: FieldsOwner = {
	fields: [
		forWhom,
		recordField(integration, { required: true }),
		...personFields,
		{ ...start, required: true },
		duration,
		unitField,
		recordField(employee, {
			description:
				'With whom the appointment is. RealPage Exchange and Yardi require one; without one, it is for anybody of the property.',
		}),
		newNotes,
	],
	collections: [
		additionalFieldsOf([
			recordField(property, {
				local: true,
				description:
					"The property in which the person, the unit and what else is given by name or number are looked for; the person's own, if left out",
			}),
			...detailFields,
			recordField(application, { shownFor: forApplicant }),
			recordField(leadSource, {
				shownFor: forLead,
				description: 'Where the lead came from. ResMan requires one.',
			}),
		]),
	],
};

const RULES: Record<Person, WriteRules> = {
	lead: LEAD_APPOINTMENT_RULES,
	applicant: APPLICANT_APPOINTMENT_RULES,
	resident: RESIDENT_APPOINTMENT_RULES,
};

const creation = (person: Person): JobWrite =>
	booking({
		...ABOUT,
		...narrowed(OWNER, person),
		noun: `${person} appointment`,
		method: 'POST',
		// No trailing slash, unlike the lists.
		path: `/v1/events/appointments/${person}s`,
		pms: RULES[person],
		about: ['integrationId', parameterOf(PEOPLE[person])],
		sameEvent: ['start', 'appointmentType', 'unitId'],
		noteWritten,
	});

/** One appointment of one person. */
export const create = chosenWrite({
	...ABOUT,
	...OWNER,
	noun: 'appointment',
	chooses: FOR,
	jobs: eachPerson(creation),
});
