import { UUID } from '../../shared/find/alike';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';

/** How many levels of the token's payload are searched. */
const DEEPEST = 4;

/** What an account, a list of them, or the ID of one is named: `account_id`, `accounts`. */
const ACCOUNT = /account[_-]?(?:uu)?(?:id)?s?$/i;
/** What the ID is named within an account, and an account within a list. The users of an account have other names. */
const WITHIN = /^(?:(?:uu)?id|\d+)$/i;

function uuidsOfAccounts(value: unknown, named: boolean, found: Set<string>, depth: number): void {
	if (typeof value === 'string') {
		if (named && UUID.test(value)) found.add(value.toLowerCase());
	} else if (Array.isArray(value) || isObject(value)) {
		if (depth >= DEEPEST) return;
		for (const [key, inner] of Object.entries(value)) {
			uuidsOfAccounts(inner, ACCOUNT.test(key) || (named && WITHIN.test(key)), found, depth + 1);
		}
	}
}

/**
 * The IDs of accounts in a token. They look like IDs of users, and are easily pasted by mistake.
 * Source: public clients that read the account from the payload of RentEngine's JWT; its layout is not documented.
 *
 * @param token of the credential; without a JWT, there are none
 */
export function accountsOf(token: unknown): Set<string> {
	const found = new Set<string>();
	const [, payload = ''] = textOf(token).split('.');
	try {
		uuidsOfAccounts(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')), false, found, 0);
	} catch {
		// Not a JWT.
	}
	return found;
}
