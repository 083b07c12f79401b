import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { FailedOutcome, Report } from './outcome';
import { OUTCOME_NAMES } from './outcome';
import type { Complaint, Service } from './service';
import { plainText, textOf } from './text';

const LONGEST_QUOTE = 300;
/** No message is that long; what is, is not quoted at all. */
const LONGEST_READ = 5_000;
/** Shorter values ("1", "no") appear in ordinary sentences; blanking them out would garble the service's words. */
const SHORTEST_PRIVATE = 4;
/** So many characters in a row that were also sent are taken out even where the service cut the value short. */
const TELLING_RUN = 8;

/** Control characters and bidirectional marks can hide or reorder what a message says. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
/** How services write down such a character, or a quote, within a text. */
const ESCAPED = /\\(?:u[\da-f]{4}|[nrt"'/\\])/gi;
/** A number that nothing else is written like. */
const PHONE = /^\+\d|^\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}$/;
const NUMBER_WITH_GAPS = /\+?\(?\d(?:[\s().\-/]{0,3}\d){6,}/g;

function textsIn(value: unknown, found: string[] = [], depth = 0): string[] {
	if (typeof value === 'string' || typeof value === 'number') found.push(`${value}`);
	else if (typeof value === 'object' && value !== null && depth < 8) {
		for (const inner of Object.values(value)) textsIn(inner, found, depth + 1);
	}
	return found;
}

/** One line of visible characters. */
function plain(text: string): string {
	return text.replace(ESCAPED, ' ').replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
}

/** In lower case and just as long, so that a place in the one is the same place in the other. */
function folded(text: string): string {
	return text.replace(/[^a-z\s]/g, (letter) => {
		const lower = letter.toLowerCase();
		return lower.length === letter.length ? lower : letter;
	});
}

/** Replaces every run of characters of `text` that is also in one of the values. */
function without(values: string[], text: string): string {
	const looked = folded(text);
	const hidden = new Uint8Array(text.length);
	const hide = (run: string) => {
		for (let at = looked.indexOf(run); at >= 0; at = looked.indexOf(run, at + 1)) {
			hidden.fill(1, at, at + run.length);
		}
	};
	// A value may be a megabyte long; what it shares with the text is found in one pass.
	const runs = new Set<string>();
	for (let at = 0; at + TELLING_RUN <= looked.length; at++) runs.add(looked.slice(at, at + TELLING_RUN));
	for (const value of values.map((sent) => folded(plain(sent)))) {
		if (value.length >= SHORTEST_PRIVATE && value.length < TELLING_RUN) hide(value);
		for (let start = 0; start + TELLING_RUN <= value.length; start++) {
			const run = value.slice(start, start + TELLING_RUN);
			if (runs.delete(run)) hide(run);
		}
	}
	let shown = '';
	for (let at = 0; at < text.length; at++) {
		if (!hidden[at]) shown += text[at];
		else if (!hidden[at - 1]) shown += '[…]';
	}
	return shown;
}

/** Replaces phone numbers, and numbers that were sent and are written in another way, as services do with them. */
function withoutNumbers(values: string[], text: string): string {
	const digits = (of: string) => of.replace(/\D/g, '');
	const sent = values.map(digits).filter((number) => number.length >= 7);
	return text.replace(NUMBER_WITH_GAPS, (number) =>
		PHONE.test(number) || sent.some((one) => one.includes(digits(number).slice(-7))) ? '[…]' : number,
	);
}

/**
 * Makes a service's words fit for a message: one line, of bounded length, and without any value that was sent.
 * Services like to quote what they refuse, and that is the renter's name, number or address.
 *
 * @param words the service's text
 * @param sent what must not be in it: the request the words are about, and the token
 */
export function quote(words: string, sent?: unknown): string {
	if (words.length > LONGEST_READ) return '';
	const values = textsIn(sent);
	const text = without(values, withoutNumbers(values, plain(words)))
		.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '[…]')
		.replace(/Bearer\s+\S+/gi, 'Bearer […]');
	return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** Shows the API's name of a field as the editor does; falls back to the API's own name. */
export type LabelOf = (apiName: string) => string | undefined;

function advice(status: number, service: Service): string {
	if (status === 401)
		return `Check the token in the ${service.name} credential: it is missing, mistyped or revoked.`;
	if (status === 403)
		return `The token of the ${service.name} credential may not do this. Ask whoever manages ${service.name} for the right.`;
	if (status === 404)
		return 'Check the IDs: a record they name does not exist, or belongs to another account. If all items come to this, check the Base URL of the credential.';
	if (status === 409)
		return `${service.name} holds something that stands against it. Look at the record there.`;
	if (status === 413) return 'Shorten the texts of this item.';
	if (status >= 300 && status < 400)
		return 'The token is not sent on to another address. Check the Base URL of the credential.';
	return 'Correct the field and run it again.';
}

/** What a service said when it refused, as one sentence with the fields named as the editor shows them. */
function wording(
	complaint: Complaint,
	labelOf: LabelOf,
	sent: unknown,
): { text: string; fields: IDataObject[] } {
	const fields = complaint.fields.slice(0, 20).map(({ field, message }) => {
		const label = field === undefined ? undefined : labelOf(field);
		return {
			...(field !== undefined && { field: label ?? quote(field, sent) }),
			message: quote(message, sent),
		};
	});
	const said = fields.map(({ field, message }) => (field ? `'${textOf(field)}': ${message}` : message));
	const text = said.length > 0 ? said.join('; ') : quote(complaint.message ?? '', sent);
	return { text, fields };
}

/**
 * The report of an item that the service refused.
 *
 * @param sent what must not be repeated: the request, and the token
 */
export function refusal(
	service: Service,
	status: number,
	body: unknown,
	sent: unknown,
	labelOf: LabelOf,
	itemName: string,
): Report {
	const complaint = service.complaint(body);
	const { text, fields } = wording(complaint, labelOf, sent);
	return {
		message: `${itemName}: ${service.name} refused it (HTTP ${status})${text ? `: ${text}` : ''}`,
		description: complaint.advice ?? advice(status, service),
		httpCode: status,
		details: { http_status: status, ...(fields.length > 0 && { fields }) },
	};
}

/**
 * The n8n error of a failed item, made afresh: an error that wraps the HTTP client's would carry the request,
 * and with it the token, into saved executions.
 */
export function nodeError(
	node: INode,
	outcome: FailedOutcome,
	itemIndex: number,
	replaced: Partial<Pick<Report, 'message' | 'description'>> = {},
): NodeApiError | NodeOperationError {
	const { message, description, httpCode, details } = { ...outcome.report, ...replaced };
	const remote = outcome.state !== 'notSent' || httpCode !== undefined;
	const error = remote
		? new NodeApiError(node, { message } as JsonObject, {
				message,
				description,
				httpCode: plainText(httpCode),
				itemIndex,
			})
		: new NodeOperationError(node, message, { description, itemIndex });
	// n8n swaps a message that happens to hold a system code such as EPERM for a general one.
	error.message = message;
	error.context.data = { outcome: OUTCOME_NAMES[outcome.state], ...details };
	return error;
}
