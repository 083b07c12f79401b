import { isObject, type JsonObject } from '../json.ts';
import { isRead, type LedgerRequest } from '../server/ledger.ts';

/** What a request is about, as people see it; '' for what it does not say. */
export interface About {
	/** The person, by name. */
	who: string;
	/** What happened or is to be done: "Call: Incoming Call". */
	what: string;
	/** When that was or will be: "2026-03-01 13:30 -07:00". */
	when: string;
}

/** The name of what an ID in a request belongs to; undefined where nobody has it. */
export type NameOf = (field: string, id: unknown) => string | undefined;

type Asked = Pick<LedgerRequest, 'method' | 'path' | 'body'>;

/** Who: by these fields of a request, the first that it has. */
const PEOPLE = ['lead_id', 'applicant_id', 'resident_id', 'prospect_id', 'event_id'];
/** When it happened, to the minute. An appointment may have its time of day in a second field. */
const TIMES = ['event_datetime', 'appointment_datetime', 'appointment_date', 'plannedForTime'];

/** What is done, by the path and the method; where it is an event, its own words say more. */
const DEEDS: Array<[path: RegExp, deeds: Record<string, string>]> = [
	[/\/appointments\/\w+\/cancel$/, { POST: 'Cancel appointment' }],
	[/\/appointments\//, { POST: 'Appointment', PUT: 'Update appointment' }],
	[/\/events\//, { POST: 'Event', PUT: 'Update event' }],
	[/\/leads\//, { POST: 'New lead', PUT: 'Update lead' }],
	[/\/retry-write\//, { POST: 'Retry write' }],
	[/\/webhooks\//, { POST: 'Register webhook', PUT: 'Change webhook', DELETE: 'Remove webhook' }],
	[/\/showings\//, { POST: 'Showing' }],
	[/\/leasing_events$/, { POST: 'Leasing event' }],
];

/** The kind of an event of Propexo, by a field that only this kind has. */
const KINDS: Array<[field: string, kind: string]> = [
	['call_phone_number_from', 'Call'],
	['email_from', 'Email'],
	['email_to', 'Email'],
	['appointment_datetime', 'Visit'],
];

/** What the page says of a request before a person opens it. */
export function aboutOf(asked: Asked, nameOf: NameOf): About {
	const event = eventIn(asked);
	return { who: whoOf(asked, event, nameOf), what: whatOf(asked, event, nameOf), when: whenOf(event) };
}

/** What a request tells of: RentEngine takes a list of one. */
function eventIn({ path, body }: Asked): JsonObject {
	if (!isObject(body)) return {};
	const [first]: unknown[] = Array.isArray(body['events']) ? body['events'] : [];
	return path.endsWith('/leasing_events') && isObject(first) ? first : body;
}

function whoOf({ path }: Asked, event: JsonObject, nameOf: NameOf): string {
	const field = PEOPLE.find((one) => event[one] !== undefined);
	if (field !== undefined) return nameOf(field, event[field]) ?? String(event[field]);
	const own =
		nameIn(event) ?? (isObject(event['prospectData']) ? nameIn(event['prospectData']) : undefined);
	if (own !== undefined) return own;
	const id = path.split('/').at(-1);
	if (path.includes('/events/')) return nameOf('event_id', id) ?? '';
	return path.includes('/leads/') ? (nameOf('lead_id', id) ?? '') : '';
}

/** The name that a request gives a person. */
function nameIn(body: JsonObject): string | undefined {
	const parts = [body['first_name'] ?? body['firstName'], body['last_name'] ?? body['lastName']];
	const name = parts.filter((part) => typeof part === 'string').join(' ');
	return name === '' ? undefined : name;
}

function whatOf(asked: Asked, event: JsonObject, nameOf: NameOf): string {
	const { method, path } = asked;
	if (isRead(asked)) return 'Read';
	const deed = DEEDS.find(([pattern]) => pattern.test(path))?.[1][method] ?? '';
	if (deed === 'Leasing event') return leasingEvent(event, nameOf) ?? deed;
	if (deed !== 'Event' && deed !== 'Appointment') return deed;
	const kind = deed === 'Event' ? KINDS.find(([field]) => event[field] !== undefined)?.[1] : deed;
	const name = nameOfEvent(event, nameOf);
	return [...new Set([kind, name].filter((part) => part !== undefined))].join(': ') || deed;
}

function nameOfEvent(event: JsonObject, nameOf: NameOf): string | undefined {
	const { event_name: name, event_type_id: type, appointment_type: visit } = event;
	if (typeof name === 'string') return name;
	if (type !== undefined) return nameOf('event_type_id', type) ?? String(type);
	return typeof visit === 'string' ? words(visit) : undefined;
}

/** "SELF_GUIDED_TOUR" → "Self guided tour" */
const words = (value: string): string => value.charAt(0) + value.slice(1).toLowerCase().replaceAll('_', ' ');

/** "Assign to User: Avery Cole" */
function leasingEvent({ event_type: type, context }: JsonObject, nameOf: NameOf): string | undefined {
	if (typeof type !== 'string') return undefined;
	const ids: unknown = isObject(context) ? context['assignedToUserIds'] : undefined;
	const users = (Array.isArray(ids) ? ids : []).map((id) => nameOf('user_id', id) ?? String(id));
	return users.length === 0 ? type : `${type}: ${users.join(', ')}`;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function whenOf(event: JsonObject): string {
	const field = TIMES.find((one) => typeof event[one] === 'string');
	if (field === undefined) return '';
	const written = String(event[field]);
	const [, day, time, offset] = MOMENT.exec(written) ?? [];
	if (day === undefined) return written;
	const own = field === 'appointment_date' ? event['appointment_time'] : undefined;
	const clock = typeof own === 'string' ? own.slice(0, 5) : time;
	return [day, clock, typeof own === 'string' ? undefined : offset?.replace('Z', 'UTC')]
		.filter((part) => part !== undefined)
		.join(' ');
}
