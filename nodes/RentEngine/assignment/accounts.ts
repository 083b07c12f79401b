import { UUID } from '../../shared/find/alike';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';

/** How many levels of the token's payload are searched. */
const DEEPEST = 4;

/** What an account, a list of them, or the ID of one is named: `account_id`, `accounts`. */
const ACCOUNT = /account[_-]?(?:uu)?(?:id)?s?$/i;
/** The same of a user, and the subject of the token: who has made it. */
const USER = /^sub$|user[_-]?(?:uu)?(?:id)?s?$/i;
/** What the ID is named within an account, and an account within a list. The users of an account have other names. */
const WITHIN = /^(?:(?:uu)?id|\d+)$/i;

/** Adds the UUIDs that stand under such a name. */
function findUuids(
	value: unknown,
	name: RegExp,
	found: Set<string>,
	{ named = false, depth = 0 } = {},
): void {
	if (typeof value === 'string') {
		if (named && UUID.test(value)) found.add(value.toLowerCase());
	} else if (Array.isArray(value) || isObject(value)) {
		if (depth >= DEEPEST) return;
		for (const [key, inner] of Object.entries(value)) {
			const isNamed = name.test(key) || (named && WITHIN.test(key));
			findUuids(inner, name, found, { named: isNamed, depth: depth + 1 });
		}
	}
}

/**
 * The IDs of accounts in a token. They look like IDs of users, and are easily pasted by mistake. One that is also the ID of a
 * user there is left out.
 * Source: public clients that read the account from the payload of RentEngine's JWT; its layout is not documented.
 *
 * @param token of the credential; without a JWT, there are none
 */
export function accountsOf(token: unknown): Set<string> {
	const found = new Set<string>();
	const users = new Set<string>();
	const [, payload = ''] = textOf(token).split('.');
	try {
		const told: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
		findUuids(told, ACCOUNT, found);
		findUuids(told, USER, users);
	} catch {
		// Not a JWT.
	}
	for (const user of users) found.delete(user);
	return found;
}
