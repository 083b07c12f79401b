import type { IDataObject } from 'n8n-workflow';

import type { Likeness } from '../../shared/deliver/send/lookUp';
import type { LookedUp, LookUpTools } from '../../shared/deliver/write';
import type { FieldsOwner } from '../../shared/fields/collections';
import { allFields } from '../../shared/fields/collections';
import { apiName, topNames } from '../../shared/fields/names';
import type { ServiceRequest } from '../../shared/http/service';
import { contradicts, valueNamed } from '../../shared/find/contradicts';
import { holdsAll } from '../../shared/json/compare';
import { isObject, picked } from '../../shared/json/objects';
import { PERSON_KINDS } from '../records/whose';
import type { LogRow } from './writeLog';
import { lookFor, rangeSince } from './writeLog';

/** What the look-up needs to know of the write. */
export interface LoggedWrite extends FieldsOwner {
	method: 'POST' | 'PUT';
	/**
	 * With the names of fields in braces: `/v1/events/leads/{eventId}`. The part after the version is the log's
	 * category.
	 */
	path: string;
}

/** Words in the kind of a log row that tell one write from another. */
const TELLING = ['lead', 'applicant', 'resident', 'appointment', 'create', 'update', 'cancel'];

/** Parameters that say whom a write is about. */
const PERSON_FILTERS = PERSON_KINDS.map(({ filter }) => filter);

/** Parameters that say whom or what a write is about. Source: the schemas of all writes of events. */
const SUBJECTS = [
	...PERSON_FILTERS,
	'application_id',
	'event_id',
	'appointment_date',
	'appointment_time',
	'appointment_duration_minutes',
	'appointment_type',
];

function tellingWords(text: string): string[] {
	const words = text.toLowerCase().split(/[^a-z]+/);
	return words.map((word) => word.replace(/s$/, '')).filter((word) => TELLING.includes(word));
}

/** The words of a write that its rows may be named with. */
function ownWords({ method, path }: LoggedWrite): string[] {
	const verb = path.endsWith('/cancel') ? 'cancel' : method === 'POST' ? 'create' : 'update';
	return [...tellingWords(path), verb];
}

/** Whether the kind of a row names another write: another model, or another verb. */
function isNamedOtherwise({ kind }: LogRow, write: LoggedWrite): boolean {
	const own = ownWords(write);
	return tellingWords(kind).some((word) => !own.includes(word));
}

/** Whether a row that is named as an event may be an appointment, which is an event too. */
function isNamedPlainly({ kind }: LogRow, write: LoggedWrite): boolean {
	const told = tellingWords(kind);
	return told.length > 0 && ownWords(write).includes('appointment') && !told.includes('appointment');
}

/** Whether a value was not filled in. Propexo may log a switch that was left out as one that is off. */
const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || value === false;

/** What was filled in; null empties a field, so that it is blank in the log. */
const sentBy = ({ body = {} }: ServiceRequest): IDataObject =>
	picked(body, (_, value) => value !== undefined && value !== null);

/** Whether a request is one of the write: by its method and path. */
export function isRequestOf({ method, path }: LoggedWrite, request: ServiceRequest): boolean {
	const [own, theirs] = [path, request.path].map((one) => one.split('/')) as [string[], string[]];
	const isLike = (part: string, index: number) => part.startsWith('{') || part === theirs[index];
	return method === request.method && own.length === theirs.length && own.every(isLike);
}

/** The IDs in the path of a request, by the API's names of their fields. */
function idsIn({ path, fields }: LoggedWrite, request: ServiceRequest): IDataObject {
	const parts = request.path.split('/');
	const ids = path.split('/').flatMap((part, index) => {
		const field = fields.find(({ name }) => part === `{${name}}`);
		return field ? [[apiName(field), decodeURIComponent(parts[index] ?? '')]] : [];
	});
	return Object.fromEntries(ids) as IDataObject;
}

/**
 * The parameters that must be blank in the row if they were not sent: the other fields, and what other writes are
 * about.
 */
function namesOf(write: LoggedWrite): string[] {
	const own = allFields(write).filter(({ local }) => !local);
	return [...own.flatMap(topNames), ...SUBJECTS];
}

/** The parameters of a row; those of a request that is logged as a whole stand in one of its parts, such as `body`. */
export function partOf(parameters: Record<string, unknown>, names: string[]): Record<string, unknown> {
	const parts = [parameters, ...Object.values(parameters).filter(isObject)];
	return parts.find((part) => names.some((name) => valueNamed(part, name) !== undefined)) ?? parameters;
}

/** Whether the parameters are about somebody else: they name another kind of record, and not the one that ours names. */
function isAboutOther(parameters: Record<string, unknown>, ours: IDataObject): boolean {
	const isTold = (name: string) => !isBlank(valueNamed(parameters, name));
	const own = PERSON_FILTERS.filter((name) => name in ours);
	return (
		own.length > 0 &&
		!own.some(isTold) &&
		PERSON_FILTERS.some((name) => !own.includes(name) && isTold(name))
	);
}

/**
 * How sure it is that a row is the write in doubt. It is the same if it holds all that was sent, and no more. It is another
 * one only if it says so: what Propexo logs, and in which form, is not documented.
 */
export function likenessOf(write: LoggedWrite, request: ServiceRequest, row: LogRow): Likeness {
	const sent = sentBy(request);
	const ids = idsIn(write, request);
	const ours = { ...sent, ...ids };
	if (!row.parameters) return 'perhaps';
	const parameters = partOf(row.parameters, Object.keys(ours));
	if (contradicts(parameters, ours) || isAboutOther(parameters, ours)) return 'other';
	const isOtherKind = isNamedOtherwise(row, write);
	if (!holdsAll(parameters, ours)) return isOtherKind ? 'other' : 'perhaps';
	const besides = namesOf(write).filter((name) => !(name in ours));
	const hasMore = besides.some((name) => !isBlank(parameters[name]));
	return hasMore || isOtherKind || isNamedPlainly(row, write) ? 'perhaps' : 'same';
}

/**
 * Looks for a write in Propexo's log: the same values about the same record, no other field filled in, the same kind of
 * write, logged since the request began. What Propexo adds to a log, leaves out there, or writes in another form is not
 * documented, so a row that says nothing else than what was sent leaves it undecided.
 *
 * @param write as it was declared
 * @param since when the request began, as `steadyNow` counts
 */
export async function lookUpJob(
	write: LoggedWrite,
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const sent = sentBy(request);
	const { integration_id } = sent;
	return await lookFor(tools, {
		range: rangeSince(since),
		since,
		narrowed: {
			write_category: write.path.split('/')[2],
			...(integration_id !== undefined && { integration_id }),
		},
		likeness: (row) => likenessOf(write, request, row),
		found: ({ jobId }) => ({ job_id: jobId, data: { ...sent } }),
	});
}
