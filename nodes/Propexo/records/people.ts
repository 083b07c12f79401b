import type { IDataObject } from 'n8n-workflow';

import type { Ages } from '../../shared/find/findable';
import { isObject, objectsIn } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { DAY_MS } from '../../shared/json/time';
import { isEnded } from './ended';
import { byEitherEmail, byEmail, byName, byPhone, byPmsId, byWorkEmail } from './finders';
import { OTHER_FIELDS } from './otherFields';
import type { Chosen, Picker, RecordType } from './record';
import { BY_ID, named, parameterOf, texts, unless, WORDS, words, YES_NO } from './record';

/** People are shown with their email address, or else with their phone number. */
const person: Picker = {
	of: 'integration',
	name: ({ first_name, last_name }) => words(first_name, last_name),
	details: ({ email_1, phone_1 }) => [email_1 ?? phone_1],
	hidden: ({ phone_1, email_2 }) => [phone_1, email_2],
	newestFirst: true,
};

const madeAt = ({ x_created_at, created_at }: IDataObject) => [x_created_at, created_at];

const ofLeads: Ages = { madeAt, isActive: ({ status }) => !isEnded(status) };

/**
 * An applicant has no status: each of the applications has two. Propexo's own is OTHER where it has no word for that of the
 * PMS, and is to be confirmed by it. Source: `status_normalized` in Propexo's OpenAPI file.
 */
const ofApplicants: Ages = {
	madeAt,
	isActive: ({ applications }) => {
		const all = objectsIn(applications);
		return (
			all.length === 0 ||
			!all.every(({ status_normalized, status_raw }) => [status_normalized, status_raw].some(isEnded))
		);
	},
};

/**
 * Propexo keeps what the PMS has deleted. Source: its page "Deleted records", which says to look at `last_seen`; after how many
 * days it does not say.
 *
 * @cause A hint: Propexo has not seen the person in the PMS for more than 30 days, and it never removes anybody. The PMS may
 * have deleted them, or Propexo does not sync any more.
 * @cure Look for the person in the PMS. If they are there, nothing.
 */
export const ifNotSeen = ({ last_seen }: IDataObject): string | undefined =>
	Date.parse(textOf(last_seen)) < Date.now() - 30 * DAY_MS
		? 'names somebody whom Propexo has not seen for more than 30 days. The PMS may have deleted the record'
		: undefined;

/** Whether a day is over, wherever the property is. One that cannot be read is not. */
const isOver = (day: unknown): boolean =>
	typeof day === 'string' && Date.parse(day) + 2 * DAY_MS < Date.now();

/** A resident has no status: each of the leases says when the resident moves out. */
const ofResidents: Ages = {
	madeAt,
	isActive: ({ leases_meta_data }) => {
		const leases = objectsIn(leases_meta_data);
		return leases.length === 0 || !leases.every(({ move_out_date }) => isOver(move_out_date));
	},
};

/**
 * What leads, applicants and residents have in common.
 *
 * @param example of an ID in the PMS
 * @param byAddress how they are found by email address
 */
const personCalled = (noun: string, example: string, byAddress = byEmail(noun)) => ({
	noun,
	/** @noMessage What the field takes. */
	description: `The ${noun} it is about. ${BY_ID}`,
	picker: person,
	finders: [byAddress, byPhone(noun), byPmsId(noun, example)],
	doubt: ifNotSeen,
	// New records of the PMS come with the next sync. Source: Propexo's page "Sync frequency": every 12 hours, unless
	// set otherwise.
	/** @noMessage It ends the message that nobody was found. */
	advice: `Check the value. New ${noun}s of the PMS can be found after Propexo's next sync`,
});

/** The columns of a person: those of all people, and some others. */
const columnsWith = (...others: string[]) =>
	texts(
		...['id', 'first_name', 'last_name', 'email_1', 'phone_1', ...others],
		...['property_id', 'integration_id', 'updated_at'],
	);

export const lead = {
	...personCalled('lead', '10432', byEitherEmail('lead')),
	path: '/v1/leads/',
	ages: ofLeads,
	facts: ['status'],
	columns: columnsWith('status', 'x_id'),
	others: OTHER_FIELDS.lead,
} satisfies RecordType;

/* Records that only leads name. */

export const leadSource: RecordType = {
	noun: 'lead source',
	path: '/v1/lead-sources/',
	description: 'Where the lead came from',
	picker: named,
	finders: [byName('lead source', 'Walk In')],
};

export const leadRelationship: RecordType = {
	noun: 'lead relationship',
	path: '/v1/lead-relationships/',
	description: 'The role of the person in the household. RealPage Exchange requires it of a new lead.',
	picker: named,
	finders: [byName('lead relationship', 'Self'), byPmsId('lead relationship', '3')],
};

export const addressType: RecordType = {
	noun: 'address type',
	path: '/v1/address-types/',
	description: 'The kind of address. Propexo requires it when an address is changed.',
	picker: named,
	finders: [byName('address type', 'Current'), byPmsId('address type', '1')],
};

export const applicant = {
	...personCalled('applicant', '20871'),
	path: '/v1/applicants/',
	ages: ofApplicants,
	facts: ['applications'],
	columns: columnsWith('x_id', 'x_lead_id'),
	others: OTHER_FIELDS.applicant,
} satisfies RecordType;

/** Whether the chosen applicant has made an application; as long as nobody is chosen, every one can be meant. */
function isTheirs({ applicants }: IDataObject, _: string, chosen: Chosen): boolean {
	const id = chosen(parameterOf(applicant));
	if (id === '') return true;
	return Array.isArray(applicants) && applicants.some((one) => isObject(one) && one.applicant_id === id);
}

/** It has no name: people know it by the ID that the PMS shows. */
export const application: RecordType = {
	noun: 'application',
	path: '/v1/applications/',
	description: 'The application it belongs to. Entrata requires one.',
	picker: {
		of: 'property',
		dependsOn: ['applicantId'],
		keeps: isTheirs,
		name: ({ x_id }) => words(x_id),
		details: ({ status }) => [status],
		apart: ({ status }) => [status],
		newestFirst: true,
	},
	finders: [byPmsId('application', '55012')],
	facts: ['status', 'applicants'],
};

export const resident = {
	...personCalled('resident', '30415'),
	path: '/v1/residents/',
	ages: ofResidents,
	facts: ['leases_meta_data'],
	columns: columnsWith('x_id', 'x_lease_id'),
	others: OTHER_FIELDS.resident,
} satisfies RecordType;

/** The role of a leasing agent. Source: `employee_id` of the writes of events: "Must have a role of LEASING_AGENT". */
const LEASING_AGENT = 'LEASING_AGENT';

/** Whether an employee is a leasing agent; undefined where Propexo tells no roles. */
export function isLeasingAgent(row: IDataObject): boolean | undefined {
	const roles: unknown = row.roles;
	return Array.isArray(roles) && roles.length > 0 ? roles.includes(LEASING_AGENT) : undefined;
}

const atWork: Picker = {
	of: 'property',
	name: ({ name }) => words(name),
	details: (row) => [row.email, unless(row.is_active, 'not active'), unfit(row)],
};

/**
 * In MRI, only leasing agents can take part. Source: the page "Update lead event" of MRI.
 *
 * @noMessage It tells employees apart in a list.
 */
const unfit = (row: IDataObject): string | undefined =>
	row.integration_vendor === 'MRI' ? unless(isLeasingAgent(row), 'not a leasing agent') : undefined;

export const employee = {
	noun: 'employee',
	path: '/v1/employees/',
	description:
		'Who took part for the property. RealPage Exchange requires one; in MRI it must be a leasing agent.',
	picker: atWork,
	finders: [byWorkEmail, byName('employee', 'Jordan Smith')],
	facts: ['roles', 'is_active'],
	isGone: ({ is_active }: IDataObject) => is_active === false,
	columns: {
		...texts('id', 'name', 'email'),
		is_active: YES_NO,
		roles: WORDS,
		...texts('x_id', 'property_id', 'integration_id', 'updated_at'),
	},
	others: OTHER_FIELDS.employee,
} satisfies RecordType;

/** Employees for the writes that only take a leasing agent. */
export const leasingAgent: RecordType = {
	...employee,
	plural: 'leasing agents',
	description: 'Who took part for the property; it must be a leasing agent',
	picker: { ...atWork, keeps: (row) => isLeasingAgent(row) !== false },
};
