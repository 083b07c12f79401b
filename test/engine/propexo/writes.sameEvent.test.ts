import type { IDataObject } from 'n8n-workflow';

import type { Repeated } from '../support/deliver/sameEvent.ts';
import { describeSameEvent } from '../support/deliver/sameEvent.ts';
import { byId } from '../support/services.ts';
import { addEventsOfAnyPms, addLeadsOfAnyPms, ANY_EVENT, ANY_LEAD, CALL } from './support/samples.ts';
import { failedJob } from './support/run.ts';

const PEOPLE = ['lead', 'applicant', 'resident'] as const;
type Noun = (typeof PEOPLE)[number];

/** A field that takes what the item says under its name. */
const field = (name: string) => ({ [name]: `={{ $json.${name} }}` });
const fields = (...names: string[]): IDataObject => Object.assign({}, ...names.map(field)) as IDataObject;
const ids = (...names: string[]): IDataObject =>
	Object.fromEntries(names.map((name) => [name, byId(`={{ $json.${name} }}`)]));

/** A time, and the same one written in other ways. */
const AT = '2027-03-01T10:00:00-06:00';
const SAME_TIME = '2027-03-01T16:00:00.000Z';
const LATER = '2027-03-01T10:00:01-06:00';

const EMAIL = 'maria.alvarez1@example.com';
const PHONE = { number: '+1 512 555 0100', same: '(512) 555-0100', other: '+1 512 555 0123' };

function eventsOf(noun: Noun): Repeated[] {
	const who = `${noun}Id`;
	const whose = { integrationId: 'int_any', [who]: `${noun}_1` };
	const event = {
		...{ eventKind: 'general', eventName: 'Walk In', eventTypeId: 'etype_1' },
		eventDatetime: '2026-03-01T10:00:00-06:00',
	};
	const base = {
		...ids('integrationId', who, 'eventTypeId'),
		...fields('eventKind', 'eventName', 'eventDatetime', 'notes'),
	};
	const { callPhoneNumberFrom: _, callPhoneNumberTo: __, ...call } = CALL;
	return [
		{
			parameters: base,
			first: { ...whose, ...event },
			others: {
				person: { [who]: `${noun}_2` },
				name: { eventName: 'Walk Out' },
				type: { eventTypeId: 'etype_2' },
				time: { eventDatetime: '2026-03-01T10:00:01-06:00' },
			},
			same: {
				'the time in another form': { eventDatetime: '2026-03-01T16:00:00Z' },
				'the name in another spelling': { eventName: 'WalkIn' },
				'the name in other letters': { eventName: 'WALK-IN' },
				'the kind by its name': { eventKind: 'General' },
				'other notes': { notes: 'Received again' },
			},
		},
		{
			about: 'a call',
			parameters: {
				...base,
				...call,
				...fields('callPhoneNumberFrom', 'callPhoneNumberTo', 'callDuration'),
			},
			first: {
				...{ ...whose, ...event, eventKind: 'call', callDuration: 95 },
				...{ callPhoneNumberFrom: PHONE.number, callPhoneNumberTo: '+1 512 555 0199' },
			},
			others: {
				'number it came from': { callPhoneNumberFrom: PHONE.other },
				'number it went to': { callPhoneNumberTo: PHONE.other },
			},
			same: {
				'a number in another form': { callPhoneNumberFrom: PHONE.same },
				'another duration': { callDuration: 96 },
			},
		},
		{
			about: 'an email',
			parameters: { ...base, ...fields('emailDirection', 'emailFrom', 'emailTo', 'emailSubject') },
			first: {
				...{ ...whose, ...event, eventKind: 'email', emailDirection: 'INCOMING' },
				...{ emailFrom: 'a@example.com', emailTo: EMAIL, emailSubject: 'Tour' },
			},
			others: {
				direction: { emailDirection: 'OUTGOING' },
				sender: { emailFrom: 'c@example.com' },
				recipient: { emailTo: 'c@example.com' },
			},
			same: {
				'an address in other letters': { emailFrom: 'A@Example.com' },
				'another subject': { emailSubject: 'Re: Tour' },
			},
			furnish: ({ emulator: { propexo } }) => {
				Object.assign(propexo.data[`${noun}s`].get(`${noun}_1`) ?? {}, { email_1: EMAIL });
			},
		},
	];
}

const visitOf = (noun: Noun): Repeated => ({
	about: 'a visit',
	parameters: {
		...ids('integrationId', `${noun}Id`, 'unitId'),
		...fields('eventKind', 'appointmentDatetime', 'timeFrom', 'timeTo'),
		...{ eventName: 'Tour', eventDatetime: '2026-03-01T10:00:00-06:00' },
	},
	first: {
		...{ integrationId: 'int_any', [`${noun}Id`]: `${noun}_1`, unitId: 'unit_1' },
		...{ eventKind: 'appointment', appointmentDatetime: AT, timeFrom: '10:00', timeTo: '10:30' },
	},
	others: {
		'time of the visit': { appointmentDatetime: LATER },
		'time of day': { timeFrom: '10:01' },
		unit: { unitId: 'unit_2' },
	},
	same: {
		'the time of the visit in another form': { appointmentDatetime: SAME_TIME },
		'the time of day in another form': { timeFrom: '10:00 AM' },
	},
});

const changeOf = (): Repeated => ({
	parameters: {
		...ids('eventId', 'eventTypeId'),
		...field('eventDatetime'),
		additionalFields: { ...ids('employeeId'), ...fields('status', 'notes') },
	},
	first: {
		...{ eventId: `${ANY_EVENT}_1`, eventTypeId: 'etype_1', eventDatetime: '2026-03-01T10:00:00Z' },
		...{ employeeId: 'emp_43', status: 'DENIED', notes: 'First' },
	},
	others: {
		event: { eventId: `${ANY_EVENT}_2` },
		type: { eventTypeId: 'etype_2' },
		time: { eventDatetime: '2026-03-01T10:00:01Z' },
		'leasing agent': { employeeId: 'emp_45' },
		'leasing agent, none': { employeeId: '' },
		status: { status: 'OPEN' },
	},
	same: {
		'the time in another form': { eventDatetime: '2026-03-01T04:00:00-06:00' },
		'other notes': { notes: 'Received again' },
	},
	furnish: ({ emulator }) => addEventsOfAnyPms(emulator),
});

const FOR_WHOM = { options: { waitForResult: false } };

const bookingOf = (noun: Noun): Repeated => ({
	about: `of ${noun}s`,
	parameters: {
		...{ for: noun, options: { waitForResult: false, appointmentClock: 'utc' } },
		...ids('integrationId', `${noun}Id`, 'unitId'),
		...fields('start', 'appointmentDurationMinutes', 'notes'),
		additionalFields: field('appointmentType'),
	},
	first: {
		...{ integrationId: 'int_any', [`${noun}Id`]: `${noun}_1`, unitId: 'unit_1' },
		...{ start: AT, appointmentDurationMinutes: 30, appointmentType: 'TOUR' },
	},
	others: {
		person: { [`${noun}Id`]: `${noun}_2` },
		start: { start: LATER },
		...(noun !== 'resident' && {
			unit: { unitId: 'unit_2' },
			type: { appointmentType: 'SELF_GUIDED_TOUR' },
		}),
	},
	same: {
		'the start in another form': { start: SAME_TIME },
		'another duration': { appointmentDurationMinutes: 45 },
		'other notes': { notes: 'Received again' },
	},
});

const moveOf = (noun: Noun): Repeated => ({
	about: `of ${noun}s`,
	parameters: {
		...{ for: noun, options: { waitForResult: false, appointmentClock: 'utc' } },
		...ids('eventId', 'unitId'),
		...fields('start', 'appointmentDurationMinutes', 'notes'),
		additionalFields: { ...ids('employeeId'), ...fields('priority') },
	},
	first: {
		...{ eventId: `${ANY_EVENT}_1`, unitId: 'unit_1', start: AT, appointmentDurationMinutes: 30 },
		...{ employeeId: 'emp_43', priority: 'HIGH', notes: 'First' },
	},
	others: {
		appointment: { eventId: `${ANY_EVENT}_2` },
		start: { start: LATER },
		duration: { appointmentDurationMinutes: 45 },
		'leasing agent': { employeeId: 'emp_45' },
		...(noun !== 'resident' && { unit: { unitId: 'unit_2' }, priority: { priority: 'LOW' } }),
	},
	same: {
		'the start in another form': { start: SAME_TIME },
		'the duration as a text': { appointmentDurationMinutes: '30' },
		'other notes': { notes: 'Received again' },
	},
	furnish: ({ emulator }) => addEventsOfAnyPms(emulator),
});

const cancellationOf = (noun: Noun): Repeated => ({
	about: `of ${noun}s`,
	parameters: { for: noun, ...FOR_WHOM, ...ids('integrationId', 'eventId') },
	first: { integrationId: 'int_any', eventId: `${ANY_EVENT}_1` },
	others: { appointment: { eventId: `${ANY_EVENT}_2` } },
	same: { 'another value that it does not use': { start: AT } },
	furnish: ({ emulator }) => addEventsOfAnyPms(emulator),
});

const newLead: Repeated = {
	parameters: {
		...ids('integrationId', 'propertyId'),
		...fields('firstName', 'lastName', 'email1', 'phone1'),
		sourceFields: field('thirdPartyId'),
		stateFields: field('notes'),
	},
	first: {
		...{ integrationId: 'int_any', propertyId: 'prop_1', thirdPartyId: 'T1' },
		...{ firstName: 'Ann', lastName: 'Smith', email1: 'a@example.com', phone1: PHONE.number },
	},
	others: {
		property: { propertyId: 'prop_2' },
		email: { email1: 'b@example.com' },
		'phone number': { phone1: PHONE.other },
		'Third-Party ID': { thirdPartyId: 'T2' },
		'first name': { firstName: 'Anna' },
		'last name': { lastName: 'Smythe' },
	},
	same: {
		'email in another letter case': { email1: 'A@example.com' },
		'phone number in another form': { phone1: PHONE.same },
		'other notes': { notes: 'Received again' },
	},
};

const changedLead: Repeated = {
	parameters: {
		...ids('leadId'),
		...fields('firstName', 'phone1', 'email1', 'clearFields'),
		stateFields: fields('status', 'notes'),
		wishFields: field('targetMoveInDate'),
	},
	first: {
		...{ leadId: `${ANY_LEAD}_1`, firstName: 'Ann', phone1: PHONE.number, email1: 'a@example.com' },
		...{ clearFields: ['desiredMinRent'], status: 'INACTIVE', notes: 'Came at 10:00' },
	},
	others: {
		lead: { leadId: `${ANY_LEAD}_2` },
		'phone number': { phone1: PHONE.other },
		email: { email1: 'b@example.com' },
		'first name': { firstName: 'Anna' },
		'field to be emptied, none': { clearFields: [] },
		status: { status: 'ACTIVE' },
		'date that was not given before': { targetMoveInDate: '2027-05-01' },
	},
	same: {
		'phone number in another form': { phone1: PHONE.same },
		'email in another letter case': { email1: 'A@example.com' },
		'other notes': { notes: 'Came at 10:05' },
	},
	furnish: ({ emulator }) => addLeadsOfAnyPms(emulator),
};

const changedNow: Repeated = {
	about: 'at the time of sending',
	parameters: {
		...{ leadId: byId(`${ANY_LEAD}_1`), firstName: 'Ann' },
		wishFields: { targetMoveInDate: '={{ $now.plus({ seconds: 1 }) }}' },
	},
	first: {},
	others: {},
	same: { 'another time of sending': {} },
	furnish: ({ emulator }) => addLeadsOfAnyPms(emulator),
};

let jobs: string[] = [];
const retry: Repeated = {
	parameters: { jobId: byId('={{ $json.jobId }}') },
	first: {
		get jobId() {
			return jobs[0];
		},
	},
	others: {
		job: {
			get jobId() {
				return jobs[1];
			},
		},
	},
	same: {},
	furnish: async (services) => {
		jobs = [await failedJob(services), await failedJob(services, 'b [fail once]')];
	},
};

describeSameEvent('propexo', {
	...Object.fromEntries(
		PEOPLE.flatMap((noun) => [
			[`${noun}Event: create`, [...eventsOf(noun), ...(noun === 'lead' ? [visitOf(noun)] : [])]],
			[`${noun}Event: update`, [changeOf()]],
		]),
	),
	'appointment: create': PEOPLE.map(bookingOf),
	'appointment: update': PEOPLE.map(moveOf),
	'appointment: cancel': PEOPLE.map(cancellationOf),
	'lead: create': [newLead],
	'lead: update': [changedLead, changedNow],
	'writeJob: retry': [retry],
});
