import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../shared/http/connection';
import { ask } from '../../shared/http/sendAgain';
import { isAbsent, replyIfDone } from '../../shared/http/whatReplyProves';
import { untilAbort } from '../../shared/http/untilAbort';
import { isObject } from '../../shared/json/objects';
import { BoundedMap } from '../../shared/process/boundedMap';
import { event } from './events';
import { employee, isLeasingAgent, lead } from './people';
import { integration } from './places';
import type { RecordType } from './record';
import { pathOf } from './record';

/** Something about a record that a check needs to know. */
export interface Fact<T extends string | boolean> {
	record: RecordType;
	/** Undefined if the record does not hold it. */
	of(row: IDataObject): T | undefined;
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The `vendor` of an integration: its PMS. */
export const VENDOR: Fact<string> = { record: integration, of: ({ vendor }) => textIn(vendor) };

/** The PMS that an event came from. */
export const VENDOR_OF_EVENT: Fact<string> = {
	record: event,
	of: ({ integration_vendor }) => textIn(integration_vendor),
};

/** The PMS that a lead came from. */
export const VENDOR_OF_LEAD: Fact<string> = {
	record: lead,
	of: ({ integration_vendor }) => textIn(integration_vendor),
};

export const IS_LEASING_AGENT: Fact<boolean> = { record: employee, of: isLeasingAgent };

/** The fact; `absent`: Propexo has no such record; undefined: it could not be found out. */
export type Found<T extends string | boolean = string | boolean> = { is: T } | 'absent' | undefined;

/** How many answers are kept in this process. */
const MOST_KEPT = 5_000;
/** How long an answer is used, in ms. An integration keeps its PMS, but may be removed one day. */
const KEPT_MS = 600_000;

interface Kept {
	answer: Promise<Found>;
	until: number;
}

/** Answers by account and path. */
const kept = new BoundedMap<Kept>({ most: MOST_KEPT, isOver: ({ until }) => until <= Date.now() });

/**
 * Asks Propexo for a fact. Executions that ask at the same time, or soon after, share one request: a burst
 * of 500 webhooks starts 500 executions.
 *
 * @param id of the record
 */
export async function find<T extends string | boolean>(
	connection: Connection,
	fact: Fact<T>,
	id: string,
	signal: AbortSignal,
): Promise<Found<T>> {
	return (await answerOf(connection, fact, pathOf(fact.record, id), signal)) as Found<T>;
}

async function answerOf(
	connection: Connection,
	fact: Fact<string | boolean>,
	path: string,
	signal: AbortSignal,
): Promise<Found> {
	const place = `${connection.account}\n${path}`;
	const known = kept.get(place);
	if (known) {
		const answer = await orStopped(known.answer, signal);
		if (answer !== undefined || signal.aborted) return answer;
	}
	// Another execution could not find it out, perhaps because it was stopped: it is asked once more.
	const other = kept.get(place);
	if (other && other !== known) return await orStopped(other.answer, signal);
	const asked = { answer: askFor(connection, fact, path, signal), until: Date.now() + KEPT_MS };
	kept.set(place, asked);
	const answer = await asked.answer;
	if (typeof answer !== 'object' && kept.get(place) === asked) kept.delete(place);
	return answer;
}

async function orStopped(work: Promise<Found>, signal: AbortSignal): Promise<Found> {
	return await untilAbort(work, signal).catch(() => undefined);
}

/** Source: the reads by ID of Propexo's OpenAPI file; their `results` may be null. */
async function askFor(
	connection: Connection,
	{ of }: Fact<string | boolean>,
	path: string,
	signal: AbortSignal,
): Promise<Found> {
	const exchange = await ask(connection, { method: 'GET', path }, signal);
	if (isAbsent(exchange)) return 'absent';
	const reply = replyIfDone(exchange);
	if (!isObject(reply?.body)) return undefined;
	const { results } = reply.body;
	if (results === null) return 'absent';
	const is = isObject(results) ? of(results as IDataObject) : undefined;
	return is === undefined ? undefined : { is };
}
