import type { ServiceName } from '../service.ts';
import { useServices } from '../services.ts';

/** What a test of two accounts needs to know of a service. */
export interface TwoAccounts {
	service: ServiceName;
	/** Parameters of an operation that reads records. */
	read: { resource: string; operation: string };
}

/** Two accounts, one credential whose base URL and token are expressions: each item reads from its own account. */
export function testCredentialPerItem({ service, read }: TwoAccounts): void {
	const accounts = [useServices(), useServices()];
	const credential = `${service}Api` as const;

	const account = (index: number) => accounts[index]!.credentials[credential];
	const itemOf = (index: number) => ({ url: account(index).baseUrl, token: account(index).token });
	const run = async (items: Array<{ url?: string; token?: string }>, onError?: 'continueErrorOutput') =>
		await accounts[0]!.engine.run({
			node: service,
			parameters: { ...read, limit: 1 },
			credentials: {
				[credential]: {
					...account(0),
					baseUrl: '={{ $json.url }}',
					token: '={{ $json.token }}',
				},
			},
			items,
			...(onError && { onError }),
		});
	const statuses = (index: number) =>
		accounts[index]!.emulator[service].ledger.requests.map(({ status }) => status);

	it('reads each item with the token and the base URL of that item', async () => {
		const { success, thrown } = await run([itemOf(0), itemOf(1), itemOf(0)]);
		expect(thrown).toBeUndefined();
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(statuses(0)).toEqual([200, 200]);
		expect(statuses(1)).toEqual([200]);
	});

	it('asks for nothing when the credential of one item cannot be used', async () => {
		const { thrown } = await run([itemOf(0), { ...itemOf(1), token: '' }]);
		expect(thrown?.message).toMatch(
			/^Item 2 of 2: '(Token|API Key)' of the credential is empty\. Fill it in\. If it is an expression, it has no value for this item$/,
		);
		expect(statuses(0)).toEqual([]);
	});

	it.each([
		['an empty token', { token: '' }, /'(Token|API Key)' of the credential is empty/],
		['a damaged token', { token: 'two words' }, /'(Token|API Key)' of the credential cannot be used/],
		['an address that is not safe', { url: 'http://api.example.com' }, /'Base URL' of the credential/],
	])('fails only the item with %s', async (_, changed, message) => {
		const { success, error } = await run(
			[itemOf(0), { ...itemOf(1), ...changed }, itemOf(1)],
			'continueErrorOutput',
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(error.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(error[0]?.json.error).toMatch(message);
		const { error: told, details } = error[0]?.json ?? {};
		expect(JSON.stringify([told, details])).not.toContain('two words');
		expect([...statuses(0), ...statuses(1)]).toEqual([200, 200]);
	});

	it('says once what is wrong with the credential when that is so for all items', async () => {
		const { thrown } = await run([{ url: account(0).baseUrl }, { url: account(0).baseUrl }]);
		expect(thrown?.message).toMatch(/^The '(Token|API Key)' of the credential is empty$/);
	});
}
