import type { IDataObject } from 'n8n-workflow';

import type { Get } from '../../shared/find/get';
import type { Exchange } from '../../shared/http/exchange';
import { segment } from '../../shared/http/service';
import type { ServiceRequest } from '../../shared/http/service';
import { replyIfDone } from '../../shared/http/whatReplyProves';
import { isObject } from '../../shared/json/objects';
import { TEXT, TEXT_OR_NULL, TEXTS } from '../../shared/json/schema';
import { textOf } from '../../shared/json/text';
import { DAY_MS } from '../../shared/json/time';

/**
 * How far the PMS is with a write, as output items show it. Source: GET /v1/admin/write-status/{root_job_id} of
 * Propexo's OpenAPI file, whose `errors` are called `write_errors` here: n8n takes a row with an `error` for a failed
 * run.
 */
export interface WriteStatus extends IDataObject {
	write_status: string;
	/** What the PMS said, in its own words; empty when it said nothing. */
	write_errors: string[];
	/**
	 * ID of the record that was created, if the PMS tells it. It may be the ID of another kind of record: Yardi gives
	 * the lead's.
	 */
	created_record_id: string | null;
}

/** The schema of a `WriteStatus`. */
export const WRITE_STATUS = {
	write_status: TEXT,
	write_errors: TEXTS,
	created_record_id: TEXT_OR_NULL,
};

/**
 * How long this process remembers what it has written, in ms: Propexo does not show it at once. By then it has read the PMS
 * again.
 */
export const KNOWN_MS = DAY_MS;

/** What happens to something that was noted when a request went out. */
export interface Note {
	/** Propexo has taken the request. */
	taken(jobId: string): void;
	/** It has not. */
	takeBack(): void;
}

const FINAL = new Set(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE']);

/** Whether a status will not change any more. */
export function isFinal(status: unknown): boolean {
	return FINAL.has(textOf(status));
}

/** What is known of a write that has only just been accepted. */
export const PENDING: WriteStatus = { write_status: 'PENDING', write_errors: [], created_record_id: null };

/** What *Add Delivery Details* says of a write whose result did not come in time; undefined for any other. */
export const pendingIn = ({ write_status: status }: IDataObject): string | undefined =>
	status === PENDING.write_status ? 'pending' : undefined;

/** Asks for the status of a write. The `job_id` of its reply is what the API calls its root job. */
export function statusRequest(jobId: string): ServiceRequest {
	return { method: 'GET', path: `/v1/admin/write-status/${segment(jobId)}` };
}

/** The status of a write; undefined if Propexo does not give it. */
export const statusBy = async (get: Get, jobId: string): Promise<WriteStatus | undefined> =>
	readStatus(await get(statusRequest(jobId)).catch(() => undefined));

/** The status that an exchange about it has brought; undefined if it brought none. */
export const statusIn = (exchange: Exchange): WriteStatus | undefined =>
	readStatus(replyIfDone(exchange)?.body);

/** Reads the answer, or gives undefined for one of another form. */
export function readStatus(body: unknown): WriteStatus | undefined {
	if (!isObject(body) || typeof body.write_status !== 'string' || body.write_status === '')
		return undefined;
	const errors = Array.isArray(body.errors) ? body.errors : [];
	const { created_record_id: id } = body;
	return {
		write_status: body.write_status,
		write_errors: errors.map((error: unknown) => unpacked(error)).filter((words) => words !== ''),
		created_record_id: textOf(id) || null,
	};
}

/** Keys under which systems keep what is meant for people, the most telling first, in small letters and without underscores. */
const WORDS = ['message', 'errormessage', 'errordescription', 'description', 'detail', 'title', 'reason'];
const CODES = ['code', 'errorcode', 'statuscode'];
/** How many levels are unpacked: an answer of a PMS has a few. */
const DEEPEST = 6;

/**
 * Takes the words of a PMS out of their wrapping: Propexo passes on what the PMS answered, most often JSON in a text.
 * `{"response":{"error":{"code":408,"message":"Busy."}}}` becomes `Busy. (408)`.
 */
export function unpacked(error: unknown): string {
	const found = [...new Set(wordsIn(error, 0))];
	if (found.length > 0) return found.join('; ');
	return typeof error === 'string' ? error.trim() : (JSON.stringify(error) ?? '');
}

function wordsIn(value: unknown, depth: number): string[] {
	if (depth > DEEPEST) return [];
	if (typeof value === 'string') {
		const text = value.trim();
		const inner = /^[[{"]/.test(text) ? parsed(text) : undefined;
		return inner === undefined ? (text === '' ? [] : [text]) : wordsIn(inner, depth + 1);
	}
	if (Array.isArray(value)) return value.flatMap((entry: unknown) => wordsIn(entry, depth + 1));
	return isObject(value) ? wordsOf(value, depth) : [];
}

function wordsOf(object: Record<string, unknown>, depth: number): string[] {
	const entries = Object.entries(object).map(
		([key, value]) => [key.toLowerCase().replace(/_/g, ''), value] as const,
	);
	const valueOf = (keys: string[]) =>
		keys.map((key) => entries.find(([name, value]) => name === key && value !== null)?.[1]);
	const words = valueOf(WORDS)
		.flatMap((value) => (typeof value === 'string' ? wordsIn(value, depth + 1) : []))
		.slice(0, 1);
	if (words.length === 0) {
		// The words lie deeper, in `error`, `response`, `errors` and the like; plain values beside them say nothing.
		return entries.flatMap(([, value]) =>
			typeof value === 'object' || (typeof value === 'string' && /^\s*[[{]/.test(value))
				? wordsIn(value, depth + 1)
				: [],
		);
	}
	const code = valueOf(CODES).find((value) => typeof value === 'string' || typeof value === 'number');
	return words.map((text) => (code === undefined ? text : `${text} (${textOf(code)})`));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
