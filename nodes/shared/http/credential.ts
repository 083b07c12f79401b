import { UserError } from 'n8n-workflow';

import { textOf } from '../json/text';
import { isLoopback } from './addresses';

/** A credential with which nothing may be sent. */
export class CredentialRefused extends UserError {}

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
	if (!url) {
		throw new CredentialRefused("The 'Base URL' of the credential is not an address", {
			description: 'Open the credential and enter a full address, e.g. https://api.example.com',
		});
	}
	const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(text));
	if (!safe || url.username || url.password) {
		throw new CredentialRefused("The 'Base URL' of the credential cannot be used", {
			description:
				'The token is only sent over https (or http to this very machine). Open the credential and enter an address that begins with https:// and holds no user name',
		});
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/**
 * Checks a token that a user pasted.
 *
 * @throws CredentialRefused when it cannot be a token, or would break the header it goes into
 */
export function checkedToken(typed: unknown): string {
	const token = textOf(typed);
	if (token === '') {
		throw new CredentialRefused('The credential holds no token', {
			description: "Open the credential and paste the token into 'Token'",
		});
	}
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new CredentialRefused("The 'Token' of the credential cannot be used", {
			description:
				'It holds a space, a line break or a letter no token has. Paste the token alone, without the word Bearer',
		});
	}
	return token;
}

/**
 * Escapes one segment of a path; an ID can so never reach another path or host. One or two dots alone would climb the
 * path even as %2E, so they become a text that no record has for an ID.
 */
export function segment(id: string): string {
	// Half a character cannot be escaped.
	const whole = id.replace(/\p{Surrogate}/gu, '\ufffd');
	return encodeURIComponent(whole).replace(/^\.{1,2}$/, (dots) => '%252E'.repeat(dots.length));
}
