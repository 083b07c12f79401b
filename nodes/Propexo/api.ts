import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { checkedBaseUrl, CredentialRefused } from '../shared/http/credential';
import type { Complaint, FieldComplaint, Service } from '../shared/http/service';
import { RETRY_AFTER_MS, takes } from '../shared/http/service';
import { wordsIn } from '../shared/http/words';
import { isObject, objectsIn } from '../shared/json/objects';
import { textOf } from '../shared/json/text';

/** Propexo's two hosts. Source: the servers of its OpenAPI file. */
export const PROPEXO_HOSTS = {
	production: 'https://api.propexo.com',
	sandbox: 'https://api.sandbox.propexo.com',
} as const;

/** What Propexo says of one value: an issue of Zod, its validator, or anything that has a message. */
type Issue = Record<string, unknown>;

/** How deep the issues of a refusal may be nested. */
const DEEPEST_ISSUE = 3;

/** The words of each field in the flat form of Zod: `{ fieldErrors: { notes: ['Too long'] } }`. */
const ofFields = (fieldErrors: unknown): Issue[] =>
	isObject(fieldErrors)
		? Object.entries(fieldErrors).map(([field, words]) => ({ path: [field], message: wordsIn(words) }))
		: [];

/** A value that has to fit one of several forms has an issue for each of them, and in place of its own words. */
const inUnion = (issue: Issue): Issue[] => {
	const forms = [issue.unionErrors, issue.errors].flat();
	const inner = forms.flatMap((form) => issuesIn(form, 1));
	return inner.length > 0 ? inner : [issue];
};

/**
 * What a refusal says of values. Documented are the issues of Zod under `details.details`; the type of `details` is any object,
 * so they are looked for one level higher too, and so are lists of messages, and the other forms of Zod.
 */
function issuesIn(details: unknown, depth = 0): Issue[] {
	if (depth === DEEPEST_ISSUE) return [];
	if (Array.isArray(details)) return details.filter(isObject).flatMap(inUnion);
	if (!isObject(details)) return [];
	const listed = [details.issues, details.errors].find((one) => objectsIn(one).length > 0);
	if (listed !== undefined) return issuesIn(listed, depth + 1);
	const flat = ofFields(details.fieldErrors);
	return flat.length > 0 ? flat : issuesIn(details.details, depth + 1);
}

function fieldComplaints(issue: Issue): FieldComplaint[] {
	/**
	 * @cause Propexo refused the field and did not say why.
	 * @cure Compare the value with the field's description.
	 */
	const message = wordsIn(issue) || 'is not what Propexo expects';
	/**
	 * @cause The PMS of the integration does not have this field.
	 * @cure Empty the field, or add the option _Ignore Unknown Fields_.
	 */
	if (issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)) {
		return issue.keys.map((key) => ({
			field: textOf(key),
			message: "is not accepted by this integration's PMS",
		}));
	}
	const path = [issue.path ?? issue.field ?? []].flat();
	const field = path.length > 0 ? path.map(textOf).join('.') : undefined;
	return [{ field, message, ...takes(issue.options) }];
}

/**
 * @cause Propexo does not have this record in the chosen integration. Most often something other than Propexo's ID stands in
 * _By ID_, such as an email address or a name: n8n sets a field to _By ID_ when a value is dragged into it while it is at _From
 * List_.
 * @cure Set the first box of the field to what the value is, such as _By Email_, _By Phone Number_, _By Name_ or _By PMS ID_.
 */
const chooseAgain = (noun: string): string =>
	`'By ID' takes the ID that Propexo has. For anything else, set the first box of the field to what it is ('By Email' …), or choose from the list. The ${noun} must belong to the chosen integration.`;

/**
 * What to do about a complaint on one of these fields. Propexo's own words seldom say it.
 *
 * @cause Propexo refused the ID or the value of this field.
 * @cure Do what the message says.
 */
const ADVICE: Record<string, string> = {
	integration_id:
		"Choose the integration from the list. It must belong to the account and the 'Environment' of the credential.",
	application_id:
		"It must be an application of the chosen applicant. 'Applicant: Get' lists them under applications when 'Output' is Raw.",
	email_to: "Leave 'Email To' empty, or enter the person's own primary address.",
	phone_1: 'Enter the number with its area code.',
};

/** A field that names a record, which can be found by something else than its ID. An event has only its ID. */
const RECORD = /^(?!event_id)(.*)_id$/;

/** An integration or a property that was not switched on; Propexo starts both switched off. */
const SWITCHED_OFF = /\b(integration|property)\b.{0,200}\b(not (active|enabled)|inactive|disabled)\b/i;

/**
 * Whether all issues are about the form of values. Those have the codes of Zod, Propexo's validator; a rule of Propexo's own
 * has the code `custom`.
 */
const isOfForm = (issues: Issue[]): boolean =>
	issues.length > 0 && issues.every(({ code }) => typeof code === 'string' && code !== 'custom');

function adviceFor(issues: Issue[], fields: FieldComplaint[], message: string): string | undefined {
	if (issues.some(({ code }) => code === 'unrecognized_keys')) {
		const ofKind = fields.some(({ field }) => /^(call|email)_/.test(field ?? ''));
		/** @noMessage It is a part of the text below. */
		const instead = ofKind ? ", or choose General as 'Event Kind'," : '';
		/**
		 * @cause The PMS of the integration does not have these fields.
		 * @cure Empty them, or add the option _Ignore Unknown Fields_.
		 */
		return `Empty the fields that are named${instead} or add the option 'Ignore Unknown Fields'.`;
	}
	const said = [message, ...fields.map((field) => field.message)];
	if (said.some((words) => SWITCHED_OFF.test(words))) {
		/**
		 * @cause The integration or the property is switched off in Propexo, as both are at first.
		 * @cure Switch it on in Propexo's dashboard, under Integrations, and run it again.
		 */
		return "Switch it on in Propexo's dashboard, under Integrations, then run it again.";
	}
	const about = fields.map(({ field = '', message: words }) => {
		const noun = /required/i.test(words) ? undefined : RECORD.exec(field)?.[1]?.replaceAll('_', ' ');
		return ADVICE[field] ?? (noun && chooseAgain(noun));
	});
	return about.find((advice) => advice !== undefined);
}

/**
 * Reads Propexo's documented refusal `{ error: { code, message, details } }`. Source: `errorResponse` of its OpenAPI
 * file, whose example nests Zod issues in `error.details.details.issues`. The form of `details`, and the bodies of statuses other
 * than 400, are not documented: their words are told wherever they stand.
 */
function complaint(body: unknown): Complaint {
	if (!isObject(body)) return { fields: [] };
	const error = isObject(body.error) ? body.error : body;
	const issues = issuesIn(error.details ?? error);
	const fields = issues.flatMap(fieldComplaints);
	const reason = fields.length > 0 ? '' : wordsIn(error.details);
	const message = [wordsIn(error), reason].filter((words) => words !== '').join(': ');
	return {
		...(message !== '' && { message }),
		fields,
		advice: adviceFor(issues, fields, message),
		...(isOfForm(issues) && { ofForm: true as const }),
	};
}

/** A token of one environment never goes to the other by mistake. */
function baseUrl({ environment, baseUrl: typed }: ICredentialDataDecryptedObject): string {
	const chosen = textOf(environment).trim().toLowerCase();
	if (chosen === 'custom') return checkedBaseUrl(typed);
	if (chosen === 'production' || chosen === 'sandbox') return PROPEXO_HOSTS[chosen];
	/**
	 * @cause _Environment_ of the credential is an expression that gives no environment.
	 * @cure Choose Production, Sandbox or Custom.
	 */
	throw new CredentialRefused(
		'Environment',
		"is not one of Propexo's",
		'Open the credential and choose Production, Sandbox or Custom. An expression must give that word',
	);
}

/** The facts about Propexo. */
export const propexo: Service = {
	name: 'Propexo',
	behind: 'the PMS',
	credential: 'propexoApi',
	addressLabels: "'Environment' and 'Base URL'",
	// Source: Propexo's rate limiting guide. 150 requests a minute; from 80 % on each answer is delayed by 2 s, at
	// 100 % come 429s until the minute ends. Neither Retry-After nor a reset header is documented.
	rate: { requests: 150, windowMs: 60_000, patienceMs: 300_000 },
	retryAfterMs: RETRY_AFTER_MS,
	baseUrl,
	complaint,
};

/**
 * The two documented replies to a write: `{ job_id, data }` (OpenAPI file) and `{ meta: { job_id }, result }` (write
 * guide and vendor pages), both as `{ job_id, data }`. Undefined for a reply without a job ID.
 */
export function readWriteReply(body: unknown): { job_id: string; data: IDataObject } | undefined {
	if (!isObject(body)) return undefined;
	const jobId = (isObject(body.meta) ? body.meta.job_id : undefined) ?? body.job_id;
	const data = body.data ?? body.result;
	if (typeof jobId !== 'string' || jobId === '') return undefined;
	return { job_id: jobId, data: isObject(data) ? (data as IDataObject) : {} };
}
