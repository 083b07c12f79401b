import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { PanelWords } from '../fields/names';
import { causeOf, isPassing, UNAVAILABLE } from '../http/cause';
import type { Connection } from '../http/connection';
import type { Exchange, NoReply, Reply } from '../http/exchange';
import { causeOfLimit, limitUsedUp, onceOpen } from '../http/pace';
import type { Complaint, Service } from '../http/service';
import { addressOf, tokenOf } from '../http/service';
import { becauseOf } from '../http/whatReplyProves';
import { plainText, textOf } from '../json/text';
import { withItemName } from './itemName';
import type { Because, FailedOutcome, Report } from './outcome';
import { OUTCOME_NAMES } from './outcome';
import { quoter } from './redact';

/**
 * What to do about a refusal, by its status.
 *
 * @param known `system` lacks the operation: the one behind the service, or the service itself, where it has none behind it
 * @param said the service's own words in the message
 */
function advice(
	status: number,
	service: Service,
	{ system, ifRefused }: Pick<Known, 'system' | 'ifRefused'>,
	said: string,
): string {
	/**
	 * @cause The token or API key of the credential is missing, mistyped or revoked.
	 * @cure Copy it again into the credential.
	 */
	if (status === 401)
		return `Check the ${tokenOf(service)} in the ${service.name} credential: it is missing, mistyped or revoked.`;
	/**
	 * @cause The token or API key has no right to do this, or a proxy or firewall before the service does not let it through.
	 * @cure Ask the administrator of the service to allow it. If they find nothing, ask those of your network.
	 */
	if (status === 403)
		return `The ${tokenOf(service)} of the ${service.name} credential has no right to do this. Ask the administrator of ${service.name} to allow it.${said ? '' : ' No reason was given: a proxy or firewall may also have stopped it.'}`;
	/**
	 * @cause A record that the IDs name does not exist, or belongs to another account. Or something else stands in _By ID_,
	 * such as an email address.
	 * @cure Check the IDs. Set the first box of a field to what its value is, such as _By Email_. If all items
	 * fail like this, check the address in the credential.
	 */
	if (status === 404)
		return `Check the IDs: a record does not exist, belongs to another account, or is named by something else than its ID. If all items fail like this, check ${addressOf(service)}.`;
	/**
	 * @cause The service, or the PMS behind it, has no such operation.
	 * @cure Do it there by hand, or leave such items out before the node.
	 */
	if (status === 405)
		return `Correcting a field does not help. Do it in ${system} by hand, or leave such items out before this node. If all items fail like this, check ${addressOf(service)}.`;
	/**
	 * @cause The record exists already, or something else in the service conflicts with it.
	 * @cure Look at the record there.
	 */
	if (status === 409)
		return `Something in ${service.name} conflicts with it: most often the record exists already. Look there.`;
	/**
	 * @cause The item is larger than the service takes.
	 * @cure Shorten its texts.
	 */
	if (status === 413) return 'Shorten the texts of this item.';
	/**
	 * @cause The address redirects to another one. The token or API key is not sent there.
	 * @cure Check the address in the credential.
	 */
	if (status >= 300 && status < 400)
		return `The address leads to another one, and the ${tokenOf(service)} is not sent there. Check ${addressOf(service)}.`;
	/**
	 * @cause The service, or a proxy in front of it, answered every try with an error.
	 * @cure Run it again later. If it goes on, ask the support of the service.
	 */
	if (isPassing(status)) return `${service.name} is not working properly. Run it again later.`;
	if (ifRefused !== undefined) return ifRefused;
	/**
	 * @cause The service, or a proxy before it, refused the item and gave no reason that can be read.
	 * @cure Check the values of the item. If all items fail like this, check the address in the credential.
	 */
	if (!said)
		return `No reason was given. Check the values of the item. If all items fail like this, check ${addressOf(service)}.`;
	/**
	 * @cause The service refused a value. The message has its own words.
	 * @cure Correct what they name.
	 */
	return 'Correct what the message names, and run it again.';
}

/** What the message about a refusal can say beyond the service's own words. */
export interface Known extends Partial<PanelWords> {
	/** The system behind the service that the item goes to; if left out, it is told in general words. */
	system?: string;
	/** As of `Write`. */
	ifRefused?: string;
	/** The names that this system takes in a field, by the field's name in the API. */
	takes?: Record<string, { given: string; takes: readonly string[] }>;
}

/**
 * That the value of a field is none that the system takes: "Yardi has no event name 'Tour'. It takes: Show, …". Undefined
 * when it is one of them, or nothing is known of the field.
 *
 * @example Yardi has no event name 'Tour'. It takes: Show, SelfGuidedTour
 * @cause The PMS has a list of names for the field, and this is none of them.
 * @cure Use one of the names in the message.
 */
export function notTaken(field = '', { system, takes = {}, labelOf }: Known = {}): string | undefined {
	const known = takes[field];
	if (!known || known.takes.includes(known.given)) return undefined;
	const what = (labelOf?.(field) ?? field).toLowerCase();
	return `${system} has no ${what} '${known.given}'. It takes: ${known.takes.join(', ')}`;
}

/** Whether a value that an item gives is one of the names that its system takes: a word of the API, and nothing private. */
export const isTakenName = ({ takes = {} }: Known, value: unknown): boolean =>
	Object.values(takes).some((name) => name.given === value && name.takes.includes(name.given));

/** A service with its token, which is never quoted. */
type SaidBy = Pick<Connection, 'service' | 'token'>;

/** What a service said, as one sentence with the fields named as the editor shows them. */
function wording({ service, token }: SaidBy, body: unknown, { redacted = [], known: told = {} }: AboutItem) {
	const secret = [...redacted, token];
	const complaint = service.complaint(body);
	const known = { ...told, system: told.system ?? service.behind ?? service.name };
	const { labelOf, inPanelWords = (_, words) => words } = known;
	const general = complaint.message ?? '';
	const named = complaint.fields.slice(0, 20);
	const quote = quoter([general, ...named.flatMap(({ field = '', message }) => [field, message])], secret);
	const fields = named.map(({ field, message, takes }) => {
		// Nothing is taken out of the service's own list: what was sent is not in it, unless it is an echo.
		const isList = takes?.every((word) => !secret.includes(word));
		/**
		 * @cause The service has a list of values for the field, and the item's is none of them.
		 * @cure Use one of the values in the message.
		 */
		const listed = isList ? `must be one of: ${takes?.join('; ')}` : undefined;
		return {
			...(field !== undefined && { field: labelOf?.(field) ?? quote(field) }),
			message: notTaken(field, known) ?? inPanelWords(field ?? '', listed ?? quote(message)),
		};
	});
	const said = fields.map(({ field, message }) => (field ? `'${textOf(field)}': ${message}` : message));
	return { complaint, known, fields, text: said.length > 0 ? said.join('; ') : quote(general) };
}

/** How a request ended, with the service's own words if it said any: 'RentEngine answered HTTP 500 ("Try again later")'. */
export function becauseSaid(connection: SaidBy, exchange: Exchange, item: AboutItem): string {
	const { text } = wording(connection, exchange.kind === 'replied' && exchange.body, item);
	return `${becauseOf(connection.service, exchange)}${text && ` ("${text}")`}`;
}

/**
 * Whether what the service's facts say of a complaint fits the operation: it has the field, or the service named it. With 403, a
 * field that the service did not name is not the likely cause, unless a person has to decide.
 */
function fits({ guessed, needsPerson }: Complaint, status: number, { labelOf }: Known): boolean {
	return guessed === undefined || ((needsPerson || status !== 403) && labelOf?.(guessed) !== undefined);
}

/** The service's own advice; undefined where no field can be corrected, or it does not fit the operation. */
function adviceOf(complaint: Complaint, status: number, known: Known): string | undefined {
	if ([401, 405].includes(status) || isPassing(status)) return undefined;
	return fits(complaint, status, known) ? complaint.advice : undefined;
}

/** What the message about a refusal has to know of the item. */
export interface AboutItem {
	/** What is redacted from the service's words besides the token, such as the values of the item. */
	redacted?: unknown[];
	/** What the message can say beyond these words. */
	known?: Known;
}

/** The report of an item that the service refused. */
export function refusal(
	connection: SaidBy,
	{ status, body }: Pick<Reply, 'status' | 'body'>,
	itemName: string,
	about: AboutItem,
): Report {
	const { complaint, known, text, fields } = wording(connection, body, about);
	const { service } = connection;
	/**
	 * @example Propexo refused it (HTTP 400): 'Lead': must belong to the integration
	 * @cause The service said no, so nothing was created. Its own words follow; what was sent is taken out of them.
	 * @cure Correct what they name, and run it again.
	 */
	const refused =
		status === 405
			? `${known.system} does not support this (HTTP ${status})`
			: `${service.name} refused it (HTTP ${status})`;
	return {
		message: withItemName(itemName, `${refused}${text ? `: ${text}` : ''}`),
		description: adviceOf(complaint, status, known) ?? advice(status, service, known, text),
		httpCode: status,
		failure: causeOf(status),
		details: {
			http_status: status,
			...(fields.length > 0 && { fields }),
			...(complaint.needsPerson && fits(complaint, status, known) && { needs_person: true }),
		},
	};
}

/** The service answers nothing but 429. */
export function rateExhausted(connection: Connection): Because {
	return {
		because: limitUsedUp(connection),
		description: onceOpen(connection),
		httpCode: 429,
		failure: causeOfLimit(connection),
		details: { http_status: 429 },
	};
}

/**
 * No connection to the service could be made.
 *
 * @noMessage It is said beside a failed connection.
 */
export function unreachable(service: Service, { because, passing }: NoReply): Because {
	return {
		because,
		description: `Check the network and ${addressOf(service)}, then run it again.`,
		...(passing && { failure: UNAVAILABLE }),
		details: {},
	};
}

/** The report of the item with this name (`itemName`). */
export const reportOf = (name: string, { because, ...report }: Because): Report => ({
	...report,
	message: withItemName(name, because),
});

/**
 * The n8n error of a failed item, made afresh: an error that wraps the HTTP client's would carry the request,
 * and with it the token, into saved executions. An unknown outcome has no cause that n8n could act on (`http/cause.ts`).
 * The message names the item. n8n is not told its index, because it would add "[item 2]", counted from 0.
 */
export function nodeError(
	node: INode,
	outcome: FailedOutcome,
	replaced: Partial<Pick<Report, 'message' | 'description' | 'failure'>> = {},
): NodeApiError | NodeOperationError {
	const { message, description, httpCode, details, ...report } = { ...outcome.report, ...replaced };
	const failure = outcome.state === 'unknown' ? undefined : report.failure;
	const remote = outcome.state !== 'notSent' || httpCode !== undefined;
	const error = remote
		? new NodeApiError(node, { message } as JsonObject, {
				message,
				description,
				httpCode: plainText(httpCode),
				failure,
			})
		: new NodeOperationError(node, message, { description, failure });
	// n8n swaps a message that happens to hold a system code such as EPERM for a general one. One with the word "canceled" it
	// takes for an execution that somebody has stopped, which cannot be retried.
	error.message = message.replaceAll('canceled', 'cancelled');
	error.context.data = { outcome: OUTCOME_NAMES[outcome.state], ...details };
	return error;
}
