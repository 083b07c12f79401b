import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IDisplayOptions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { textOf } from '../json/text';
import { isLoopback, OWN_HOST } from './addresses';

/** What is wrong with a field of the credential, in the form of a problem of a node's field. */
export interface CredentialProblem {
	/** The field's name as the editor shows it. */
	label: string;
	/** Completes "'Token' …"; says what to do. */
	wrong: string;
}

/** The credential cannot be used. The message never repeats what was typed. */
export class CredentialRefused extends UserError {
	readonly problem: CredentialProblem;

	/**
	 * @param label the field of the credential, as the editor shows it
	 * @param wrong completes "The 'Token' of the credential …"
	 * @param advice what to do about it
	 */
	constructor(label: string, wrong: string, advice: string) {
		/** @noMessage It begins the messages below. */
		super(`The '${label}' of the credential ${wrong}`, { description: advice });
		/** @noMessage It is the same as the problem of an item. */
		this.problem = { label, wrong: `of the credential ${wrong}. ${advice}` };
	}
}

/** By comparison: n8n 2.0 fails at `startsWith` where the value is no text. */
const starting = (...all: string[]) =>
	all.map((from) => ({ _cnd: { between: { from, to: `${from}\uffff` } } }));

/**
 * The notice below *Base URL* about an address that `checkedBaseUrl` refuses.
 *
 * @param secret what is sent there
 * @param show when the field is shown
 */
export const httpNotice = (secret: 'API key' | 'token', show?: IDisplayOptions['show']): INodeProperties => ({
	displayName:
		/**
		 * @example The token is only sent over https, or over http to n8n's own machine. Enter an address that begins with https://.
		 * @cause _Base URL_ begins with http:// and is not on this machine.
		 * @cure Enter an address that begins with https://.
		 */
		`The ${secret} is only sent over https, or over http to n8n's own machine. Enter an address that begins with https://.`,
	name: 'httpNotice',
	type: 'notice',
	default: '',
	displayOptions: {
		show: { ...show, baseUrl: starting('http://') },
		hide: { baseUrl: starting('http://localhost', 'http://127.', 'http://[::1]') },
	},
});

/**
 * Checks a base URL that a user typed and takes off its trailing slashes.
 *
 * @param typed the address, e.g. `https://api.example.com/v1/`
 * @returns the address without trailing slashes, query or fragment
 * @throws CredentialRefused unless it is https, or http on a loopback host
 */
export function checkedBaseUrl(typed: unknown): string {
	const text = textOf(typed).trim();
	const url = URL.canParse(text) ? new URL(text) : undefined;
	/**
	 * @cause _Base URL_ holds no whole address.
	 * @cure Enter one with its scheme, such as `https://api.example.com`.
	 */
	if (!url) {
		throw new CredentialRefused(
			'Base URL',
			'is not an address',
			'Enter a full address, e.g. https://api.example.com',
		);
	}
	const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(text));
	/**
	 * @cause _Base URL_ is not https, or holds a user name or a password.
	 * @cure Enter an address that begins with https://.
	 */
	if (!safe || url.username || url.password) {
		throw new CredentialRefused(
			'Base URL',
			'cannot be used',
			"Enter an address that begins with https:// and holds no user name. http is only taken for n8n's own machine",
		);
	}
	return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '');
}

/** A token without what is pasted along with it: the word Bearer, quotes, spaces around it, and characters that show nothing. */
const bareToken = (typed: unknown): string =>
	textOf(typed)
		.replace(/[\p{Cf}"']/gu, '')
		.trim()
		.replace(/^bearer(?:\s+|$)/i, '');

/** Signs a request in with the token of a credential. Not by an expression: n8n would work it out for each request. */
export async function signedIn(
	{ token }: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	return { ...request, headers: { ...request.headers, Authorization: `Bearer ${bareToken(token)}` } };
}

/**
 * Checks a token that a user pasted.
 *
 * @param label of its field in the credential
 * @returns the token without what was pasted along with it
 * @throws CredentialRefused when it cannot be a token, or would break the header it goes into
 */
export function checkedToken(typed: unknown, label = 'Token'): string {
	const token = bareToken(typed);
	/**
	 * @cause The credential has no token or API key, or its expression has no value for this item.
	 * @cure Paste it into the field that the message names.
	 */
	if (token === '') {
		throw new CredentialRefused(
			label,
			'is empty',
			'Fill it in. If it is an expression, it has no value for this item',
		);
	}
	/**
	 * @cause The token holds a space, a line break or a letter that no token has: something was pasted along with it.
	 * @cure Copy it again, and paste it alone.
	 */
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new CredentialRefused(
			label,
			'cannot be used',
			'It holds a space, a line break or a strange letter. Copy it again, and paste it alone',
		);
	}
	return token;
}

/*
 * What the test of a credential asks and says. It is made of expressions, which n8n evaluates with the credential.
 */

/**
 * The address of a test that is to send nothing. Nothing can be posted to a `data:` address, so n8n answers the request itself,
 * with `NOTHING_SENT`, for which the credential has its own words.
 */
export const NOWHERE = 'data:,';
export const NOTHING_SENT = 405;

/**
 * A credential's `test` request.
 *
 * @param address an expression that gives the base URL, or `NOWHERE`
 * @param url the list that one record is read from
 */
export const testedAt = (address: string, url: string): ICredentialTestRequest['request'] => ({
	baseURL: `={{ ${address} }}`,
	method: `={{ (${address}) === '${NOWHERE}' ? 'POST' : 'GET' }}` as IHttpRequestMethods,
	url,
	qs: { limit: 1 },
	// The token is only for this address.
	disableFollowRedirect: true,
});

const TYPED = '$credentials.baseUrl';
const ALLOWED = String.raw`/^\s*(https:\/\/[^@\/\s?#]+|http:\/\/${OWN_HOST}(:\d+)?)([\/?#]|\s*$)/i`;

/**
 * The base URL of a credential, as an expression for its `test` request. An address that `checkedBaseUrl` refuses becomes
 * `NOWHERE`, so that no token is sent to it.
 */
export const TESTABLE_ADDRESS = `(${ALLOWED}.test(${TYPED}) ? ${TYPED}.trim().replace(/[?#].*$/, '').replace(/\\/+$/, '') : '${NOWHERE}')`;

/** What the test of a credential says when the service refuses it, by the status of the reply. */
export const refusals = (messages: Record<number, string>): ICredentialTestRequest['rules'] =>
	Object.entries(messages).map(([status, message]) => ({
		type: 'responseCode',
		properties: { value: Number(status), message },
	}));
