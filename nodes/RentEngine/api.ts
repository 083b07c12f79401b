import { checkedBaseUrl } from '../shared/http/credential';
import type { Complaint, FieldComplaint, Service } from '../shared/http/service';
import { RETRY_AFTER_MS, takes } from '../shared/http/service';
import { isObject, objectsIn } from '../shared/json/objects';
import { textOf } from '../shared/json/text';

/** RentEngine's public API. Source: public clients, which agree on it; RentEngine's own pages name no host. */
export const RENTENGINE_BASE_URL = 'https://app.rentengine.io/api/public/v1';

/**
 * The API's name of the field that a validator's path points to: the last part of `/events/0/context/x` (newer AJV,
 * `instancePath`) or `.events[0].context.x` (older, `dataPath`), list positions left out.
 */
function fieldAt(detail: Record<string, unknown>): string | undefined {
	const path = textOf(detail.instancePath ?? detail.dataPath);
	const parts = path.split(/[/.[\]]+/).filter((part) => part !== '' && !/^\d+$/.test(part));
	const params = isObject(detail.params) ? detail.params : {};
	const named = params.missingProperty ?? params.additionalProperty;
	return typeof named === 'string' ? named : parts.at(-1);
}

function fieldComplaint(detail: Record<string, unknown>): FieldComplaint {
	const params = isObject(detail.params) ? detail.params : {};
	return {
		field: fieldAt(detail),
		/**
		 * @cause RentEngine refused the field and did not say why.
		 * @cure Compare the value with the field's description.
		 */
		message: typeof detail.message === 'string' ? detail.message : 'is not what RentEngine expects',
		...takes(params.allowedValues),
	};
}

/**
 * What to do when RentEngine refuses a value of the right form.
 *
 * @cause RentEngine refused the item. The advice goes by the field or the words of the refusal.
 * @cure Do what the message says.
 */
const ADVICE: Array<{ field?: string; named: RegExp; advice: string; needsPerson?: true }> = [
	{
		named: /prescreen/i,
		advice: "No showing was made. The prescreening judges 'Credit Score', 'Income' and 'Question Answers'; the renter may have been told. Ask the renter; do not change the answers to get through.",
		needsPerson: true,
	},
	{
		field: 'prospect_id',
		named: /prospect/i,
		advice: "Check 'Prospect': it takes the ID of a prospect, not that of a unit. For a phone number or an email address, set the first box of the field to that. A prospect from RentEngine has it in 'id', and the unit it asks about in 'unit_of_interest'.",
	},
	{
		field: 'assignedToUserIds',
		named: /\buser|assignee/i,
		advice: "Check 'Assign to Users': it takes the IDs of users, not that of the account. An earlier assignment has them in its context as 'assignedToUserIds'.",
	},
	{
		field: 'unitId',
		named: /\bunit\b/i,
		advice: "Check 'Unit': it takes the ID of a unit. For an address, set the first box of the field to that. When and how the unit can be shown, 'Get Availability' of 'Showing' tells.",
	},
];

function adviceFor(fields: FieldComplaint[], message: string) {
	return ADVICE.find(
		(one) =>
			fields.some(({ field }) => field !== undefined && field === one.field) ||
			((fields.length === 0 || one.needsPerson) && one.named.test(message)),
	);
}

/** The words of a text, of a list of texts, and of an object that holds them as a message: replies may differ from the documents. */
function wordsIn(value: unknown): string {
	if (!Array.isArray(value)) return isObject(value) ? wordsIn(value.message) : textOf(value);
	return value
		.map(wordsIn)
		.filter((words) => words !== '')
		.join('; ');
}

/**
 * Reads RentEngine's refusal `{ error, details: [{ message, dataPath | instancePath, params }] }`. Source: its page
 * "Create leasing events" for 400, 401 and 500; live replies use the newer AJV's words and names. How an unknown
 * prospect or user is refused is not documented.
 */
function complaint(body: unknown): Complaint {
	if (!isObject(body)) return { fields: [] };
	const details = objectsIn(body.details);
	const told = [
		wordsIn(body.error) || wordsIn(body.message),
		details.length > 0 ? '' : wordsIn(body.details),
	];
	const message = told.filter((words) => words !== '').join(': ');
	// `if` only says that another complaint applies.
	const fields = details.filter(({ keyword }) => keyword !== 'if').map(fieldComplaint);
	const { advice, needsPerson, field: about } = adviceFor(fields, message) ?? {};
	const isGuessed = about !== undefined && fields.every(({ field }) => field !== about);
	return {
		...(message !== '' && { message }),
		fields,
		...(advice !== undefined && { advice }),
		...(isGuessed && { guessed: about }),
		...(needsPerson && { needsPerson }),
	};
}

/** Whether a body has the form of RentEngine's errors, whatever the status of the reply. */
export const isError = (body: unknown): boolean => isObject(body) && Boolean(body.error);

/** The facts about RentEngine. */
export const rentEngine: Service = {
	name: 'RentEngine',
	credential: 'rentEngineApi',
	tokenLabel: 'API Key',
	// Source: public clients of 2026 and the header X-Ratelimit-Limit they saw; RentEngine publishes no number.
	rate: { requests: 30, windowMs: 5_000, patienceMs: 300_000 },
	retryAfterMs: RETRY_AFTER_MS,
	baseUrl: ({ baseUrl }) => checkedBaseUrl(baseUrl),
	complaint,
	isError,
};

/** When a record in doubt is looked for, in ms from one look to the next. */
export const LOOK_UP_AFTER_MS = [1_000, 3_000, 6_000];
