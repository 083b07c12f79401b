import { ifFuture, ifMidnight } from '../../shared/fields/times/plausible';
import { additionalFieldsOf } from '../../shared/fields/collections';
import type { FieldCollection } from '../../shared/fields/collections';
import type { Beside, ChoiceField, Field, TextField } from '../../shared/fields/field';
import { eventResult, eventSubType, eventType } from '../records/events';
import type { SaysWhat } from '../rules/eventNames';
import { isUseless } from '../rules/eventNames';
import { integration, listedOf, unit } from '../records/places';
import { knownPms, vendorName } from '../pms';
import type { RecordType } from '../records/record';
import { parameterOf } from '../records/record';
import { placeField, recordField } from '../records/field';
import type { PmsRules, WriteRules } from '../rules/rules';
import { callFields } from './call';
import { emailFields } from './email';
import { textOf } from '../../shared/json/text';
import { choicesOf } from '../../shared/fields/choices';

/*
 * The fields that the events of leads, applicants and residents have in common. Names, limits and conditions: the
 * schemas of POST /v1/events/leads, /applicants and /residents in Propexo's OpenAPI file.
 */

const KINDS = ['general', 'call', 'email', 'appointment', 'show'];

/** The kinds of what is over when it is written. A visit may be planned. */
const HAPPENED = ['general', 'call', 'email'];

const eventKind = (noun: string): Field => ({
	name: 'eventKind',
	label: 'Event Kind',
	kind: 'choice',
	default: 'general',
	local: true,
	required: true,
	options: choicesOf(
		{
			value: 'appointment',
			subject: 'An appointment',
			description: 'A visit that was agreed on',
		},
		{ value: 'call', subject: 'A call', description: `A phone call with the ${noun}` },
		{
			value: 'email',
			subject: 'An email',
			description: `A message from or to the ${noun}`,
		},
		{ value: 'general', description: 'Anything else, such as a note or a chat' },
		{ value: 'show', subject: 'A tour', description: 'A tour of a unit' },
	),
	description: 'What happened; it decides which fields are shown',
	builderHint: 'An expression may choose the kind of each item; then fill in what each kind requires.',
});

const eventName: TextField = {
	name: 'eventName',
	label: 'Event Name',
	kind: 'text',
	searchMethod: 'searchEventNames',
	placeholder: 'e.g. CallFromProspect',
	description: "The event in the PMS's own words: one of the list, or any other text",
};

/** "Entrata and MRI": the PMSs whose rules are like this; undefined if there are none. */
function pmssWith(rules: WriteRules, isLikeThis: (rules: PmsRules) => boolean): string | undefined {
	const names = Object.entries(rules)
		.filter(([, its]) => isLikeThis(its))
		.map(([vendor]) => vendorName(vendor).replace(' (REST)', ''));
	return names.length === 0 ? undefined : new Intl.ListFormat('en').format(new Set(names));
}

/** When the event happened; with the rules of a write, its description says who takes a day too. */
export const eventDatetime = (rules: WriteRules = {}): Field => ({
	name: 'eventDatetime',
	label: 'Event Date and Time',
	kind: 'dateTime',
	days: pmssWith(rules, ({ takesDays }) => takesDays !== undefined),
	remark: (time, isFixed, raw, before) =>
		HAPPENED.includes(textOf(before?.eventKind))
			? ifFuture(time, isFixed, raw)
			: ifMidnight(time, isFixed, raw),
	description: 'When it happened',
	builderHint:
		'An ISO text or a DateTime. Without an offset it is read in the time zone of the workflow, or of the option "timeZone": convert nothing before.',
});

/** Notes of any length: for events of residents, and for every update. */
export const notes: TextField = {
	name: 'notes',
	label: 'Notes',
	kind: 'text',
	rows: 3,
	placeholder: 'e.g. Asked for a two-bedroom with parking',
	description: 'What the leasing team should know',
};

/** Notes for events of leads and applicants. */
export const shortNotes: TextField = {
	...notes,
	maxLength: 256,
};

const reasonAndTitle: Field[] = [
	{
		name: 'reasonsForEvent',
		label: 'Reasons for Event',
		kind: 'text',
		placeholder: 'e.g. Follow-up on the tour',
		description: 'Why it took place',
	},
	{
		name: 'title',
		label: 'Title',
		kind: 'text',
		placeholder: 'e.g. Second tour',
		description: 'A short heading for it',
	},
];

/** For events of leads and applicants. */
export const agentName: Field = {
	name: 'agentName',
	label: 'Agent Name',
	kind: 'text',
	placeholder: 'e.g. Jordan Smith',
	description: 'The leasing agent it belongs to. Yardi requires one with the event of a lead.',
};

/** Nobody pays more a month. */
const HIGHEST_CENTS = 5_000_000;

/** The remark about a monthly amount that is most likely one in cents. */
export const ifInCents = (cents: unknown): string | undefined =>
	Number(cents) > HIGHEST_CENTS
		? /**
			 * @cause A hint: so high an amount is most likely one in cents, or one of a year. It was sent.
			 * @cure Divide cents by 100: `{{ $json.rent > 0 ? $json.rent / 100 : $json.rent }}`.
			 */
			'is more than $50,000 a month. It is in dollars; if your system gives cents, divide by 100, as in {{ $json.rent > 0 ? $json.rent / 100 : $json.rent }}'
		: undefined;

/** For events of leads and applicants. */
export const rentAmount: Field = {
	name: 'rentAmount',
	api: 'rent_amount_in_cents',
	label: 'Rent Amount (Dollars)',
	kind: 'dollars',
	min: 0,
	remark: ifInCents,
	description: 'The monthly rent in dollars; Propexo gets it in cents. Required for the event LeaseSign.',
};

/** The status of an event: for events of applicants and residents, and for every update. */
export const eventStatus: ChoiceField = {
	name: 'status',
	label: 'Status',
	kind: 'choice',
	options: choicesOf('COMPLETED', 'DENIED', 'OPEN', 'REVIEW'),
	default: 'COMPLETED',
	description: 'The status of the event',
};

/** For events of applicants and residents. The API has only this value, and uses it also without the field. */
export const noteType: ChoiceField = {
	name: 'eventType',
	label: 'Note Type',
	kind: 'choice',
	options: [{ name: 'Note', value: 'Note' }],
	default: 'Note',
	description: 'How Buildium files it: always as a note, with this field or without it',
};

/** The integrations of PMSs that use the other one of the two fields that say what happened; undefined for none. */
function uselessBeside(rules: WriteRules, name: SaysWhat): Beside | undefined {
	const pmss = knownPms().filter(([vendor, pms]) => isUseless(name, pms, rules[vendor]));
	if (pmss.length === 0) return undefined;
	return {
		field: parameterOf(integration),
		listedAs: listedOf(pmss.map(([, pms]) => pms.name)),
		hint: 'The PMS of this integration does not use it: empty it',
	};
}

/** What the panel says of one of the two fields that say what happened. */
function aboutPmss(rules: WriteRules, name: SaysWhat) {
	const needing = pmssWith(rules, ({ required = [] }) => required.includes(name));
	return { hint: needing && `Needed by ${needing}`, uselessBeside: uselessBeside(rules, name) };
}

const KIND_VISIT = { eventKind: ['appointment', 'show'] };

const visitFields: Field[] = [
	{
		name: 'appointmentDatetime',
		label: 'Appointment Date and Time',
		kind: 'dateTime',
		shownFor: KIND_VISIT,
		remark: ifMidnight,
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

/**
 * The fields of an event of one kind of people, without the additional ones.
 *
 * @param rules of the PMSs, which decide where *Event Name* and *Event Type* are of use
 */
export function eventFields(person: RecordType, ownNotes: Field, rules: WriteRules = {}): Field[] {
	return [
		recordField(integration, { required: true }),
		recordField(person, { required: true }),
		eventKind(person.noun),
		{ ...eventName, ...aboutPmss(rules, 'eventName') },
		recordField(eventType, aboutPmss(rules, 'eventTypeId')),
		eventDatetime(rules),
		ownNotes,
		...callFields,
		...emailFields(person.noun),
		...visitFields,
	];
}

/**
 * The additional fields of an event.
 *
 * @param own fields that the events of other people lack
 */
export function additionalFields({ noun }: RecordType, own: Field[]): FieldCollection {
	const ofOneKind = [...callFields, ...emailFields(noun), ...visitFields];
	return additionalFieldsOf([
		placeField(noun),
		recordField(eventResult),
		recordField(eventSubType),
		...reasonAndTitle,
		...own,
		...ofOneKind.flatMap(elsewhere),
	]);
}

/**
 * Offers a field of one kind of event as an optional field of the other kinds: Propexo takes every field with every
 * event.
 */
function elsewhere(field: Field): Field[] {
	if (field.local) return [];
	const own = field.shownFor?.eventKind ?? [];
	const others = KINDS.filter((kind) => !own.includes(kind));
	return [{ ...field, required: undefined, shownFor: { eventKind: others } }];
}
