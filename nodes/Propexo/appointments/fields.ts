import type { FieldCollection, FieldsOwner } from '../../shared/fields/collections';
import { isShown, limited } from '../../shared/fields/conditions';
import type {
	ChoiceField,
	DateTimeField,
	Field,
	NumberField,
	RecordField,
	TextField,
} from '../../shared/fields/field';
import { ifPast } from '../../shared/fields/times/plausible';
import { eventStatus, notes } from '../events/fields';
import { timeZone } from '../jobs/options';
import { event } from '../records/events';
import type { OwnOfField } from '../records/field';
import { recordField } from '../records/field';
import { applicant, lead, resident } from '../records/people';
import { unit } from '../records/places';
import type { RecordType } from '../records/record';
import { FOR } from '../records/whose';
import { START_LABEL, START_PARTS } from './convertStart';
import { findableAppointment } from './find';
import { choicesOf } from '../../shared/fields/choices';

/*
 * The fields of appointments. Names, limits and values: the schemas of POST and PUT /v1/events/appointments/… in Propexo's
 * OpenAPI file.
 */

/** The kinds of people whose appointments Propexo writes, by the values of *For*. */
export const PEOPLE = { lead, applicant, resident };
export type Person = keyof typeof PEOPLE;

export const forLead = { [FOR]: ['lead'] };
export const forApplicant = { [FOR]: ['applicant'] };
/** Those who may move in. */
const forTour = { [FOR]: ['lead', 'applicant'] };

/** *For*: whom the appointment is with. */
export const forWhom: ChoiceField = {
	name: FOR,
	label: 'For',
	kind: 'choice',
	default: 'lead',
	local: true,
	required: true,
	options: choicesOf(
		{ value: 'applicant', subject: 'An appointment of an applicant' },
		{ value: 'lead', subject: 'An appointment of a lead' },
		{ value: 'resident', subject: 'An appointment of a resident' },
	),
	description: 'Whom the appointment is with; it decides which fields are shown',
};

/** The fields for the people, one for each value of *For*. */
const peopleFields = (own: OwnOfField): Field[] =>
	Object.entries(PEOPLE).map(([value, person]) =>
		recordField(person as RecordType, { ...own, shownFor: { [FOR]: [value] } }),
	);

/** With whom a new appointment is. */
export const personFields = peopleFields({ required: true });

/** Whose appointment is changed: where it is looked for. */
export const whoseFields = peopleFields({
	local: true,
	description: "Whose appointment it is. 'By Start' searches only those of this person.",
});

/** The appointment that is changed. */
export const appointmentField = (takesCalledOff: boolean): RecordField => ({
	...recordField(event, {
		required: true,
		description:
			"By its start, by the ID that your own system wrote into its notes, or by its Propexo ID: created_record_id of 'Create', where the PMS gives it.",
	}),
	label: 'Appointment',
	findable: findableAppointment(takesCalledOff),
});

/** *Start*. */
export const start: DateTimeField = {
	name: 'start',
	label: START_LABEL,
	kind: 'dateTime',
	parts: START_PARTS,
	remark: ifPast,
	description: 'When it begins, in any time zone; the PMS gets it by its own clock',
};

/** A longer appointment is told in a hint: it is most likely one in seconds. */
const LONGEST_MINUTES = 480;

export const duration: NumberField = {
	name: 'appointmentDurationMinutes',
	label: 'Duration (Minutes)',
	kind: 'wholeNumber',
	min: 1,
	remark: (minutes) =>
		Number(minutes) > LONGEST_MINUTES
			? /**
				 * @cause A hint: an appointment of more than eight hours is most likely one in seconds or milliseconds. It was sent.
				 * @cure Divide seconds by 60, and milliseconds by 60000: `{{ $json.duration > 0 ? Math.round($json.duration / 60) : $json.duration }}`.
				 */
				'is more than 8 hours. It is in minutes: divide seconds by 60, and milliseconds by 60000'
			: undefined,
	description: 'How long it takes, in minutes',
};

export const unitField = recordField(unit, {
	shownFor: forTour,
	description: 'The unit that is shown. Yardi and AppFolio require one of a new appointment.',
});

/** Notes of a new appointment. */
export const newNotes: TextField = {
	...notes,
	maxLength: 256,
	limitedFor: forTour,
	description: `${notes.description}, in up to 256 characters for a lead or an applicant`,
};

const type: ChoiceField = {
	name: 'appointmentType',
	label: 'Appointment Type',
	kind: 'choice',
	options: choicesOf(
		'LEASING_APPOINTMENT',
		{ name: 'Self-Guided Tour', value: 'SELF_GUIDED_TOUR' },
		'TOUR',
		'VIRTUAL_TOUR',
	),
	default: 'TOUR',
	shownFor: forTour,
	description: 'What kind of appointment it is, in the calendar of Entrata',
};

const priority: ChoiceField = {
	name: 'priority',
	label: 'Priority',
	kind: 'choice',
	options: choicesOf('HIGH', 'LOW', 'MEDIUM'),
	default: 'MEDIUM',
	shownFor: forTour,
	description: 'How important it is',
};

const title: TextField = {
	name: 'title',
	label: 'Title',
	kind: 'text',
	maxLength: 50,
	placeholder: 'e.g. Tour of unit 204',
	description: 'A short heading for it',
};

/** What can be added to every appointment. */
export const detailFields: Field[] = [
	type,
	title,
	{ ...eventStatus, default: 'OPEN', description: 'The status of the appointment' },
	priority,
];

/**
 * *Appointment Clock*, for the PMSs of whose clock nobody can be sure. Where the documents say by which clock a PMS goes,
 * it changes nothing.
 */
const clockOption: ChoiceField = {
	name: 'appointmentClock',
	label: 'Appointment Clock',
	kind: 'choice',
	options: [
		{ name: "Property's Own Time", value: 'property' },
		{ name: 'UTC', value: 'utc' },
	],
	default: 'property',
	description:
		"The clock by which the PMS takes the start. It matters only for ResMan (Propexo's documents name both), for a PMS of which they say nothing, and for Yardi if its server clock is wrong.",
	local: true,
};

/** *Time Zone*, which also says where the property is if nobody else does. */
const zoneOption: Field = {
	...timeZone,
	description: `${timeZone.description} It also stands for the property's where Propexo does not give that, as with RealPage.`,
};

/** The options of an appointment that has a time. */
export const timeOptions: Field[] = [clockOption, zoneOption];

/** The fields for one value of *For*, as they are where there is no other. All their conditions are about *For*. */
export function narrowed({ fields, collections }: FieldsOwner, value: Person): FieldsOwner {
	const values = { [FOR]: value };
	const own = (all: Field[]): Field[] =>
		all
			.filter((field) => field.name !== FOR && isShown(field, values))
			.map((field) => ({ ...limited(field, values), shownFor: undefined }));
	return {
		fields: own(fields),
		collections: collections.map((collection): FieldCollection => ({
			...collection,
			fields: own(collection.fields),
		})),
	};
}
