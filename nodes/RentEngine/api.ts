import { checkedBaseUrl } from '../shared/http/credential';
import type { Complaint, FieldComplaint, Service } from '../shared/http/service';
import { RETRY_AFTER_MS, takes } from '../shared/http/service';
import { wordsIn } from '../shared/http/words';
import { isObject, objectsIn } from '../shared/json/objects';
import { textOf } from '../shared/json/text';

/** RentEngine's public API. Source: public clients, which agree on it; RentEngine's own pages name no host. */
export const RENTENGINE_BASE_URL = 'https://app.rentengine.io/api/public/v1';

/**
 * The API's names of the fields that a complaint of a validator leads through: those of its path `/events/0/context/x`
 * (newer AJV, `instancePath`) or `.events[0].context.x` (older, `dataPath`), without list positions, and last the field.
 */
function fieldsTo(detail: Record<string, unknown>): string[] {
	const path = textOf(detail.instancePath ?? detail.dataPath);
	const parts = path.split(/[/.[\]]+/).filter((part) => part !== '' && !/^\d+$/.test(part));
	const params = isObject(detail.params) ? detail.params : {};
	const named = params.missingProperty ?? params.additionalProperty;
	return typeof named === 'string' ? [...parts, named] : parts;
}

function fieldComplaint(detail: Record<string, unknown>): FieldComplaint {
	const params = isObject(detail.params) ? detail.params : {};
	return {
		field: fieldsTo(detail).at(-1),
		/**
		 * @cause RentEngine refused the field and did not say why.
		 * @cure Compare the value with the field's description.
		 */
		message: typeof detail.message === 'string' ? detail.message : 'is not what RentEngine expects',
		...takes(params.allowedValues),
	};
}

/** What is known of a refusal, to find the advice for it. */
interface Refused {
	/** The complaints about single fields, as they came. */
	details: Array<Record<string, unknown>>;
	fields: FieldComplaint[];
	/** All words of the reply: a reason may stand in any part of it. */
	words: string;
}

/** What the prescreening judges, by the API's names. Only a showing has these fields. */
const JUDGED = ['creditScore', 'income', 'questionAnswers'];
const PRESCREENING = /pre-?\s?screen/i;
const JUDGED_IN_WORDS = /\bcredit ?score|\bincome\b|\bquestion ?answers?\b/i;
/** Words that say of an answer that it is not enough. */
const FOUND_WANTING =
	/\b(credit ?score|income|question ?answers?)\b[^.;]*\b(too low|below|lower|insufficient|(not|n't) (enough|qualify|qualified|meet|accepted))\b|\binsufficient (credit ?score|income)\b/i;
/** Words of a validator: they are about the form of a value. */
const OF_FORM =
	/\b(required|additional) propert|\ballowed values\b|\b(must|should) be (an? )?(string|number|integer|boolean|array|object)\b/i;
const PROSPECT = /prospect/i;
const USER = /\buser|assignee/i;
const UNIT = /\bunit\b/i;

const isUnnamed = (fields: FieldComplaint[]): boolean => fields.every(({ field }) => field === undefined);

/** Whether a complaint tells the rule that a value of the wrong form breaks. */
const tellsRule = ({ keyword, params }: Record<string, unknown>): boolean =>
	keyword !== undefined || (isObject(params) && Object.keys(params).length > 0);

/** Whether words without a field say that the answers of the renter are refused. They may also speak of a record that is wrong. */
const isJudgedIn = (words: string): boolean =>
	!OF_FORM.test(words) &&
	(FOUND_WANTING.test(words) ||
		(JUDGED_IN_WORDS.test(words) && ![PROSPECT, USER, UNIT].some((record) => record.test(words))));

/** Whether the answers of the renter are refused, and not only their form. */
const isJudged = ({ details, fields, words }: Refused): boolean =>
	PRESCREENING.test(words) ||
	details.some((detail) => !tellsRule(detail) && fieldsTo(detail).some((name) => JUDGED.includes(name))) ||
	(isUnnamed(fields) && !details.some(tellsRule) && isJudgedIn(words));

/** Whether a refusal is about a field: it names it, or names none and speaks of it. */
const isAbout =
	(about: string, spokenOf: RegExp) =>
	({ fields, words }: Refused): boolean =>
		fields.some(({ field }) => field === about) || (isUnnamed(fields) && spokenOf.test(words));

/**
 * What to do when RentEngine refuses a value of the right form. `field` tells the operations to which the advice applies.
 *
 * @cause RentEngine refused the item. The advice goes by the field or the words of the refusal.
 * @cure Do what the message says.
 */
const ADVICE: Array<{ field: string; fits(refused: Refused): boolean; advice: string; needsPerson?: true }> =
	[
		{
			field: 'creditScore',
			fits: isJudged,
			advice: "No showing was made. The prescreening judges 'Credit Score', 'Income' and 'Question Answers'; the renter may have been told. Ask the renter; do not change the answers to get through.",
			needsPerson: true,
		},
		{
			field: 'prospect_id',
			fits: isAbout('prospect_id', PROSPECT),
			advice: "Check 'Prospect': it takes the ID of a prospect, not that of a unit. For a phone number or an email address, set the first box of the field to that. A prospect from RentEngine has it in 'id', and the unit it asks about in 'unit_of_interest'.",
		},
		{
			field: 'assignedToUserIds',
			fits: isAbout('assignedToUserIds', USER),
			advice: "Check 'Assign to Users': it takes the IDs of users, not that of the account. An earlier assignment has them in its context as 'assignedToUserIds'.",
		},
		{
			field: 'unitId',
			fits: isAbout('unitId', UNIT),
			advice: "Check 'Unit': it takes the ID of a unit. For an address, set the first box of the field to that. When and how the unit can be shown, 'Get Availability' of 'Showing' tells.",
		},
	];

/** Names under which replies have words for people. */
const WORDS = ['error', 'errors', 'message', 'reason', 'details', 'detail', 'description'];

/** All words of a reply, wherever they stand. Not the values that its validator took or takes. */
function allWordsIn(value: unknown): string {
	const parts = isObject(value) ? WORDS.map((name) => value[name]) : value;
	return Array.isArray(parts) ? parts.map(allWordsIn).join(' ') : textOf(parts);
}

/** Whether a complaint is one of RentEngine's validator, about the form of a value: it tells the rule. */
const isOfForm = ({ keyword, params }: Record<string, unknown>): boolean =>
	keyword !== undefined || isObject(params);

/**
 * Reads RentEngine's refusal `{ error, details: [{ message, dataPath | instancePath, params }] }`. Source: its page
 * "Create leasing events" for 400, 401 and 500; live replies use the newer AJV's words and names. How an unknown
 * prospect or user is refused is not documented.
 */
function complaint(body: unknown): Complaint {
	if (!isObject(body)) return { fields: [] };
	const listed = objectsIn(body.details);
	const told = [
		wordsIn(body.error) || wordsIn(body.message),
		listed.length > 0 ? '' : wordsIn(body.details),
	];
	const message = told.filter((words) => words !== '').join(': ');
	// `if` only says that another complaint applies.
	const details = listed.filter(({ keyword }) => keyword !== 'if');
	const fields = details.map(fieldComplaint);
	const words = allWordsIn(body);
	const {
		advice,
		needsPerson,
		field: about,
	} = ADVICE.find((one) => one.fits({ details, fields, words })) ?? {};
	const isGuessed = about !== undefined && fields.every(({ field }) => field !== about);
	return {
		...(message !== '' && { message }),
		fields,
		...(advice !== undefined && { advice }),
		...(isGuessed && { guessed: about }),
		...(needsPerson && { needsPerson }),
		...(details.length > 0 && details.every(isOfForm) && { ofForm: true as const }),
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
