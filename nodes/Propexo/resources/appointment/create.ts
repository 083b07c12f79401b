import { additionalFieldsOf } from '../../../shared/fields/collections';
import { appointmentWrite, booking } from '../../appointments/write';
import {
	detailFields,
	duration,
	forApplicant,
	forLead,
	forWhom,
	newNotes,
	PEOPLE,
	personFields,
	start,
	unitField,
} from '../../appointments/fields';
import { placeField, recordField } from '../../records/field';
import { application, employee, leadSource } from '../../records/people';
import { integration } from '../../records/places';
import { parameterOf } from '../../records/record';
import { NEW_APPOINTMENT_RULES } from '../../rules/appointments';

/** One appointment of one person. */
export const create = appointmentWrite(
	{
		value: 'create',
		name: 'Create',
		action: 'Create appointment',
		description: 'Book a tour or another appointment with a lead, an applicant or a resident',
		noun: 'appointment',
		fields: [
			forWhom,
			recordField(integration, { required: true }),
			...personFields,
			{ ...start, required: true },
			duration,
			unitField,
			recordField(employee, {
				description:
					'Who the appointment is with. RealPage Exchange and Yardi require one; left out, it is anybody at the property.',
			}),
			newNotes,
		],
		collections: [
			additionalFieldsOf([
				placeField('person'),
				...detailFields,
				recordField(application, { shownFor: forApplicant }),
				recordField(leadSource, {
					shownFor: forLead,
					description: 'Where the lead came from. ResMan requires one.',
				}),
			]),
		],
	},
	booking,
	(person) => ({
		noun: `${person} appointment`,
		method: 'POST',
		// No trailing slash, unlike the lists.
		path: `/v1/events/appointments/${person}s`,
		pms: NEW_APPOINTMENT_RULES[person],
		about: ['integrationId', parameterOf(PEOPLE[person])],
		sameEvent: ['start', 'appointmentType', 'unitId'],
	}),
);
