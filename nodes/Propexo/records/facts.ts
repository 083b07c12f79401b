import type { IDataObject } from 'n8n-workflow';

import type { Asked } from '../../shared/find/sharedAnswers';
import { SharedAnswers } from '../../shared/find/sharedAnswers';
import type { Connection } from '../../shared/http/connection';
import { ask } from '../../shared/http/sendAgain';
import { isAbsent, replyIfDone } from '../../shared/http/whatReplyProves';
import { isObject } from '../../shared/json/objects';
import { BoundedMap } from '../../shared/process/boundedMap';
import { steadyNow } from '../../shared/process/steadyNow';
import { event } from './events';
import { applicant, employee, isLeasingAgent, lead, resident } from './people';
import { integration, unit } from './places';
import type { RecordType } from './record';
import { isAt, pathOf } from './record';
import { PERSON_KINDS } from './whose';

/** What a fact may be: a word, whether something is so, or some columns of the record. */
type FactValue = string | boolean | IDataObject;

/** Something about a record that a check needs to know. */
export interface Fact<T extends FactValue> {
	record: RecordType;
	/** Undefined if the record does not say; null if it says that there is none. */
	of(row: IDataObject): T | null | undefined;
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A column that holds a text. */
const textOfRecord = (record: RecordType, column: string): Fact<string> => ({
	record,
	of: (row) => textIn(row[column]),
});

/** The `vendor` of an integration: its PMS. */
export const VENDOR = textOfRecord(integration, 'vendor');

/** The PMS that an event came from. */
export const VENDOR_OF_EVENT = textOfRecord(event, 'integration_vendor');

/** The Propexo ID of the integration that an event came from. */
export const INTEGRATION_OF_EVENT = textOfRecord(event, 'integration_id');

/** Whose an event is, and what it is: these columns. */
export const WHOSE_EVENT: Fact<IDataObject> = {
	record: event,
	of: (row) => ({
		...Object.fromEntries(PERSON_KINDS.map(({ column }) => [column, row[column]])),
		event_name: row.event_name,
		appointment_datetime: row.appointment_datetime,
	}),
};

/** The PMS that a lead came from. */
export const VENDOR_OF_LEAD = textOfRecord(lead, 'integration_vendor');

/** Whether an employee is a leasing agent. */
export const IS_LEASING_AGENT: Fact<boolean> = { record: employee, of: isLeasingAgent };

const propertyOf = (record: RecordType): Fact<string> => ({
	record,
	of: ({ property_id }) => (property_id === null || property_id === '' ? null : textIn(property_id)),
});

/** The property of a person, an event or a unit. */
export const PROPERTY_OF = {
	leadId: propertyOf(lead),
	applicantId: propertyOf(applicant),
	residentId: propertyOf(resident),
	eventId: propertyOf(event),
	unitId: propertyOf(unit),
};

/** What is found out of a record with one request. */
const FACTS: Array<Fact<FactValue>> = [
	VENDOR,
	VENDOR_OF_EVENT,
	INTEGRATION_OF_EVENT,
	WHOSE_EVENT,
	VENDOR_OF_LEAD,
	IS_LEASING_AGENT,
	...Object.values(PROPERTY_OF),
];

/**
 * The fact; `none`: the record says that there is none; `absent`: Propexo has no such record; undefined: it could not be
 * found out.
 */
export type FoundFact<T extends FactValue = FactValue> = { is: T } | 'none' | 'absent' | undefined;

/** All facts that a record tells; otherwise as `FoundFact`. */
type Answer = Map<Fact<FactValue>, FactValue | null> | 'absent' | undefined;

/** How many answers are kept in this process. */
const MOST_KEPT = 5_000;
/** How long an answer is used, in ms. An integration keeps its PMS, but may be removed one day. */
const KEPT_MS = 600_000;

/** Answers by account and path. */
const kept = new BoundedMap<Asked<Answer>>({
	most: MOST_KEPT,
	isOver: ({ since }) => steadyNow() - since >= KEPT_MS,
});

/** @noMessage It ends what is said when Propexo did not tell a fact; what the token has to read follows. */
export const AGAIN = 'Run it again later. If this goes on, give the token the right to read';

/**
 * Asks Propexo for a fact. Executions that ask at the same time, or soon after, share one request: a burst
 * of 500 webhooks starts 500 executions.
 *
 * @param id of the record
 */
export async function factOf<T extends FactValue>(
	connection: Connection,
	fact: Fact<T>,
	id: string,
	signal: AbortSignal,
): Promise<FoundFact<T>> {
	const answer = await answerOf(connection, fact, id, signal);
	if (typeof answer !== 'object') return answer;
	const is = answer.get(fact) as T | null | undefined;
	return is === null ? 'none' : is === undefined ? undefined : { is };
}

/** Whether this process keeps the fact, so that `factOf` sends no request. */
export const isKept = (connection: Connection, { record }: Fact<FactValue>, id: string): boolean =>
	kept.get(questionOf(connection, pathOf(record, id))) !== undefined;

const questionOf = ({ account }: Connection, path: string): string => `${account}\n${path}`;

async function answerOf(
	connection: Connection,
	fact: Fact<FactValue>,
	id: string,
	signal: AbortSignal,
): Promise<Answer> {
	const path = pathOf(fact.record, id);
	const question = questionOf(connection, path);
	const answers = new SharedAnswers(kept);
	const asking = async () => {
		const answer = await askFor(connection, fact.record, path, signal);
		// What there is none of may be there soon.
		const isTold = typeof answer === 'object' && (answer.get(fact) ?? undefined) !== undefined;
		if (!isTold) answers.drop(question);
		return answer;
	};
	// Another execution could not find it out, perhaps because it was stopped: it is asked once more.
	return (await answers.get(question, ({ is }) => is !== undefined, asking, signal)).is;
}

/** Source: the reads by ID of Propexo's OpenAPI file; their `results` may be null. */
async function askFor(
	connection: Connection,
	record: RecordType,
	path: string,
	signal: AbortSignal,
): Promise<Answer> {
	const exchange = await ask(connection, { method: 'GET', path }, signal);
	if (isAbsent(exchange)) return 'absent';
	const reply = replyIfDone(exchange);
	if (!isObject(reply?.body)) return undefined;
	const { results } = reply.body;
	if (results === null) return 'absent';
	if (!isAt(path, results)) return undefined;
	const facts = FACTS.filter((fact) => fact.record.path === record.path);
	return new Map(
		facts.flatMap((fact) => {
			const is = fact.of(results);
			return is === undefined ? [] : [[fact, is] as const];
		}),
	);
}
