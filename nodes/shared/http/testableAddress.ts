/**
 * The base URL of a credential, as an expression for its `test` request. An address that `checkedBaseUrl` refuses
 * becomes one that does not exist, so that no token is sent to it.
 *
 * @param parameter how the expression reads the URL, e.g. `$credentials.baseUrl`
 */
export function testableAddress(parameter: string): string {
	const allowed = String.raw`/^(https:\/\/[^@\/\s]+|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?)(\/|$)/i`;
	return `(${allowed}.test(${parameter}) ? ${parameter}.trim().replace(/\\/+$/, '') : 'https://base-url-must-begin-with-https.invalid')`;
}

/**
 * The header that signs in with the token of a credential, as n8n's generic authentication makes it. The word Bearer and
 * the blanks that were pasted along are left out, as `checkedToken` does.
 */
export const BEARER_TOKEN = `={{ 'Bearer ' + ($credentials.token + '').replace(/^\\s*(bearer\\s+)?/i, '').trimEnd() }}`;
