import { appointmentWrite, callingOff } from '../../appointments/write';
import { appointmentField, forWhom, whoseFields } from '../../appointments/fields';
import { cancelResult } from '../../appointments/result';
import { recordField } from '../../records/field';
import { integration } from '../../records/places';
import { lookInProperty } from '../../records/reading';
import { APPOINTMENT_CANCEL_RULES } from '../../rules/appointments';

/** Calls one appointment off. */
export const cancel = appointmentWrite(
	{
		value: 'cancel',
		name: 'Cancel',
		action: 'Cancel appointment',
		description: 'Cancel an appointment; Rent Manager deletes it',
		noun: 'appointment cancellation',
		fields: [
			forWhom,
			recordField(integration, { required: true }),
			...whoseFields,
			appointmentField(true),
		],
		collections: [lookInProperty],
	},
	callingOff,
	(person) => ({
		method: 'POST',
		does: 'cancels',
		path: `/v1/events/appointments/${person}s/cancel`,
		pms: APPOINTMENT_CANCEL_RULES[person],
		about: ['integrationId', 'eventId'],
		sameEvent: [],
		waiting: cancelResult,
	}),
);
