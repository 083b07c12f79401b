import type { Field } from '../../shared/fields/field';
import { unit } from '../records/places';
import { recordField } from '../records/field';

const KIND_VISIT = { eventKind: ['appointment', 'show'] };

export const visitFields: Field[] = [
	{
		name: 'appointmentDatetime',
		label: 'Appointment Date and Time',
		kind: 'dateTime',
		shownFor: KIND_VISIT,
		description: 'When the visit takes place',
	},
	{
		name: 'timeFrom',
		label: 'Time From',
		kind: 'timeOfDay',
		dayOf: 'appointmentDatetime',
		isStart: true,
		shownFor: KIND_VISIT,
		placeholder: 'e.g. 14:30 or 2:30 PM',
		description: 'When the visit begins',
	},
	{
		name: 'timeTo',
		label: 'Time To',
		kind: 'timeOfDay',
		dayOf: 'appointmentDatetime',
		shownFor: KIND_VISIT,
		placeholder: 'e.g. 15:00 or 3:00 PM',
		description: 'When the visit ends',
	},
	recordField(unit, { shownFor: KIND_VISIT, description: 'The unit that is shown, or that it was about' }),
];
