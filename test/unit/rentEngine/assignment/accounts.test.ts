import { accountsOf } from '../../../../nodes/RentEngine/assignment/accounts';

const ACCOUNT = '5f0c2f4e-2d7b-4b1a-9f39-0f8a2f6f1c00';
const OTHER = '7a1c2f4e-2d7b-4b1a-9f39-0f8a2f6f1c01';
const token = (payload: unknown) =>
	`header.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`;

describe('The accounts that a token tells', () => {
	it.each([
		['by a name of its own', { account_id: ACCOUNT }, [ACCOUNT]],
		['in any letter case', { accountId: ACCOUNT.toUpperCase() }, [ACCOUNT]],
		['as a list', { account_ids: [ACCOUNT, OTHER] }, [ACCOUNT, OTHER]],
		['among namespaces', { 'https://rentengine.io/account-id': ACCOUNT }, [ACCOUNT]],
		[
			'beside its users',
			{ account: { id: ACCOUNT, owner_id: OTHER, users: [{ id: OTHER }] } },
			[ACCOUNT],
		],
		['deeper down', { app_metadata: { accounts: [{ id: ACCOUNT }] } }, [ACCOUNT]],
	])('%s', (_, payload, accounts) => {
		expect([...accountsOf(token(payload))]).toEqual(accounts);
	});

	it.each([
		['a user', { sub: OTHER, user_id: ACCOUNT }],
		['an account that has the ID of who made the token', { sub: ACCOUNT, account_id: ACCOUNT }],
		[
			'an account that has the ID of a user',
			{ account_id: ACCOUNT, user: { id: ACCOUNT.toUpperCase() } },
		],
		[
			'a user of an account',
			{ account: { user_id: OTHER }, account_owner_id: OTHER, accounts: [{ manager: OTHER }] },
		],
		['an account that has no UUID', { account_id: 12345, account: 'Main Street' }],
		['a payload that is no object', 'text'],
	])('leaves out %s', (_, payload) => {
		expect(accountsOf(token(payload)).size).toBe(0);
	});

	it.each([['demo-token'], ['a.b.c'], ['..'], [''], [undefined]])('knows none of %p', (given) => {
		expect(accountsOf(given).size).toBe(0);
	});
});
