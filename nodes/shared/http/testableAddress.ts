/**
 * An expression that ends the test of a credential before anything is sent; n8n shows the message.
 *
 * @noMessage
 */
export const refusedTest = (message: string): string =>
	`(() => { throw new Error(${JSON.stringify(message)}) })()`;

/**
 * @cause The test of the credential: _Base URL_ is no whole address, is not https, or holds a user name.
 * @cure Enter the whole address, such as `https://api.example.com`.
 */
const NO_ADDRESS =
	"'Base URL' must be a whole address that begins with https:// (or http:// on this very machine), without a user name. Nothing was sent.";

/**
 * The base URL of a credential, as an expression for its `test` request. An address that `checkedBaseUrl` refuses ends the
 * test, so that no token is sent to it.
 *
 * @param parameter how the expression reads the URL, e.g. `$credentials.baseUrl`
 */
export function testableAddress(parameter: string): string {
	const allowed = String.raw`/^\s*(https:\/\/[^@\/\s]+|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?)(\/|\s*$)/i`;
	return `(${allowed}.test(${parameter}) ? ${parameter}.trim().replace(/\\/+$/, '') : ${refusedTest(NO_ADDRESS)})`;
}

/**
 * The header that signs in with the token of a credential, as n8n's generic authentication makes it. The word Bearer and
 * the blanks that were pasted along are left out, as `checkedToken` does.
 */
export const BEARER_TOKEN = `={{ 'Bearer ' + ($credentials.token + '').replace(/^\\s*(bearer\\s+)?/i, '').trimEnd() }}`;
