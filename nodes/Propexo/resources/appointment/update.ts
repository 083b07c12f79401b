import { additionalFieldsOf } from '../../../shared/fields/collections';
import { appointmentWrite, booking } from '../../appointments/write';
import {
	appointmentField,
	detailFields,
	duration,
	forWhom,
	start,
	unitField,
	whoseFields,
} from '../../appointments/fields';
import { notes } from '../../events/fields';
import { event } from '../../records/events';
import { recordField } from '../../records/field';
import { leasingAgent } from '../../records/people';
import { lookIn } from '../../records/reading';
import { APPOINTMENT_UPDATE_RULES } from '../../rules/appointments';

/** A change of one appointment. */
export const update = appointmentWrite(
	{
		value: 'update',
		name: 'Update',
		action: 'Update appointment',
		description: 'Move an appointment to another time, or change what is filled in',
		noun: 'appointment update',
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
					description: 'Who the appointment is with; it must be a leasing agent',
				}),
				...detailFields,
			]),
			lookIn(event),
		],
	},
	booking,
	(person) => ({
		method: 'PUT',
		path: `/v1/events/appointments/${person}s/{eventId}`,
		pms: APPOINTMENT_UPDATE_RULES[person],
		// Source: `employee_id` of its schemas, "Must have a role of LEASING_AGENT".
		leasingAgent: true,
		about: ['eventId'],
		sameEvent: ['start', 'status'],
	}),
);
