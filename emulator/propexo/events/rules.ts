import type { JsonObject } from '../../json.ts';
import { custom, missing, type Issue } from '../errors.ts';
import type { Checked } from '../writes/endpoint.ts';
import { noSuchRecord } from '../writes/references.ts';
import type { EventKind } from './kind.ts';

const CALL_NAMES = new Set(['CallToProspect', 'CallFromProspect', 'Phone call', 'Phone', 'CALL']);
/** The five that a call needs. */
const CALL_FIELDS = [
	'call_phone_number_from',
	'call_phone_number_to',
	'call_status',
	'call_duration',
	'call_audio_link',
];

/** The rules that Propexo's document gives in prose. They hold for the fields that the PMS takes. */
function proseIssues({ body, taken }: Checked): Issue[] {
	const issues: Issue[] = [];
	const demand = (field: string, when: string): void => {
		if (Object.hasOwn(taken, field) && body[field] === undefined)
			issues.push(missing(field, 'string', `Required for ${when}`));
	};
	const name = String(body['event_name']);
	if (CALL_NAMES.has(name)) for (const field of CALL_FIELDS) demand(field, 'call event types');
	if (name === 'EmailToProspect' || body['email_send'] === true)
		demand('email_from', 'email outgoing event types');
	if (name === 'LeaseSign') demand('rent_amount_in_cents', 'the LeaseSign event');
	return issues;
}

/** What the schema of a new event cannot say. */
export const eventIssues = (kind: EventKind, checked: Checked): Issue[] => [
	...proseIssues(checked),
	...(checked.world.settings.checkReferences ? personIssues(kind, checked) : []),
];

/** What must agree with the person that the event is about. */
function personIssues(kind: EventKind, { world, body }: Checked): Issue[] {
	const issues: Issue[] = [];
	const person = world.data[kind.people].get(String(body[kind.personField]));
	const { application_id } = body;
	if (application_id !== undefined && !applicationsOf(person).includes(application_id))
		issues.push(noSuchRecord('application_id'));
	if (person?.email_1 && body['email_to'] !== undefined && body['email_to'] !== person.email_1)
		issues.push(custom('email_to', `email_to must be the ${kind.person}'s primary email address`));
	return issues;
}

/** IDs of the applications that a person has made. */
const applicationsOf = (person: JsonObject | undefined): unknown[] =>
	Array.isArray(person?.['applications'])
		? person['applications'].map((one) => (one as JsonObject)['application_id'])
		: [];
