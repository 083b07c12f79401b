import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestMethods } from 'n8n-workflow';

/** The rate a service publishes: at most `requests` in any `windowMs` milliseconds. */
export interface Rate {
	requests: number;
	windowMs: number;
	/** How long 429s may keep an item waiting before it counts as not sent, in ms. */
	patienceMs: number;
}

/** When a request is sent again while a service is out of reach or busy: ms from one try to the next. */
export const RETRY_AFTER_MS: readonly number[] = [500, 1_000, 2_000];

/** One complaint about one field, as the service words it. */
export interface FieldComplaint {
	/** The API's name of the field, or undefined when the complaint is about the whole request. */
	field?: string;
	message: string;
	/** The values that the service takes there, if it lists them apart from its words. */
	takes?: string[];
}

/** More values than these are a list to look up, and no help in a message. */
const MOST_TOLD = 40;
/** A longer text is no word of a list. */
const LONGEST_TOLD = 60;
/** An email address or a number of somebody is none either. */
const PERSONAL = /@|\d{5}/;

/** The values that a service lists as those it takes in a field; nothing where that is no list of words. */
export function takes(listed: unknown): Pick<FieldComplaint, 'takes'> {
	const isWord = (value: unknown): value is string =>
		typeof value === 'string' && value !== '' && value.length <= LONGEST_TOLD && !PERSONAL.test(value);
	const isList = Array.isArray(listed) && listed.length > 0 && listed.length <= MOST_TOLD;
	return isList && listed.every(isWord) ? { takes: listed } : {};
}

/** What a service says in the body of a refusal. */
export interface Complaint {
	message?: string;
	fields: FieldComplaint[];
	/** What the user can do about it, where the service's words alone do not tell. */
	advice?: string;
	/** The API's name of the field that the advice is about, where the service does not name it. */
	guessed?: string;
	/** No other value is to be tried: a person has to decide. */
	needsPerson?: true;
	/**
	 * It is about the form of values and nothing else, so the service would refuse the same request at any time. Any other one may
	 * be about how things are now, such as a record that is not there or a time that is taken.
	 */
	ofForm?: true;
}

/** The facts of one service that the shared rooms work with. */
export interface Service {
	/** As users know it, for messages. */
	name: string;
	/** The system behind it, in general words: records go there in the end, and it may lack an operation. */
	behind?: string;
	/** The credential type of its token. */
	credential: string;
	/** What the editor and the service's users call the token, such as "API Key"; left out, it is "Token". */
	tokenLabel?: string;
	/** The fields of the credential that decide on the address, as messages name them; left out, it is 'Base URL'. */
	addressLabels?: string;
	rate: Rate;
	/** See `RETRY_AFTER_MS`. */
	retryAfterMs: readonly number[];
	/** The address all paths are appended to, without a trailing slash. Throws a `CredentialRefused`. */
	baseUrl(credentials: ICredentialDataDecryptedObject): string;
	/** Reads the body of an error. Never throws, whatever the body is. */
	complaint(body: unknown): Complaint;
	/** Whether the body of a reply with 2xx is that of an error all the same. */
	isError?(body: unknown): boolean;
}

/** What people call what signs in to a service: "token", "API key". */
export const tokenOf = ({ tokenLabel = 'Token' }: Pick<Service, 'tokenLabel'>): string =>
	tokenLabel.replace(/\p{Lu}(?=\p{Ll})/gu, (letter) => letter.toLowerCase());

/**
 * Where its address comes from: "'Base URL' in the RentEngine credential".
 *
 * @noMessage A part of messages.
 */
export const addressOf = ({ name, addressLabels = "'Base URL'" }: Service): string =>
	`${addressLabels} in the ${name} credential`;

/** A request to a service; `path` begins with a slash and holds only escaped segments. */
export interface ServiceRequest {
	method: IHttpRequestMethods;
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/**
	 * What two requests must have in common to be the same. Left out, that is the whole request. Given where a part of
	 * it is chosen again each time.
	 */
	about?: unknown;
}

/**
 * Escapes one segment of a path, so that an ID can never lead to another path or host. One or two dots alone would go
 * up in the path even as %2E, so they become a text that is no record's ID.
 */
export function segment(id: string): string {
	// Half a character cannot be escaped.
	const whole = id.replace(/\p{Surrogate}/gu, '\ufffd');
	return encodeURIComponent(whole).replace(/^\.{1,2}$/, (dots) => '%252E'.repeat(dots.length));
}
