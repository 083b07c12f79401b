import { UUID } from '../../shared/fields/kinds/uuids';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';

const DEEPEST = 4;

function uuidsOfAccounts(value: unknown, named: boolean, found: Set<string>, depth: number): void {
	if (typeof value === 'string') {
		if (named && UUID.test(value)) found.add(value.toLowerCase());
	} else if (Array.isArray(value) || isObject(value)) {
		if (depth >= DEEPEST) return;
		for (const [key, inner] of Object.entries(value)) {
			uuidsOfAccounts(inner, named || /account/i.test(key), found, depth + 1);
		}
	}
}

/**
 * The IDs of accounts in a token. They look like those of users, and are easily pasted in their place.
 * Source: public clients that read the account from the payload of RentEngine's JWT; its layout is not documented.
 *
 * @param token of the credential; one that is no JWT holds none
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
