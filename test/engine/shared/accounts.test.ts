import type { IDataObject } from 'n8n-workflow';

import { OPERATIONS, rightParameters, variantsOf } from '../support/operations.ts';
import { SERVICES } from '../support/service.ts';
import { useServices } from '../support/services.ts';

const TOKENS = ['token-of-a', 'token-of-b'];
const accounts = TOKENS.map((token) =>
	useServices({
		timing: { rate: { requests: 1_000_000 }, lookUpAfterMs: [1] },
		...Object.fromEntries(SERVICES.map(({ name, samples }) => [name, samples.settings])),
		...Object.fromEntries(SERVICES.map(({ name }) => [`${name}Tokens`, [token]])),
	}),
);

describe.each(OPERATIONS)('$title, with a credential of expressions', (operation) => {
	const { service } = operation;
	const credential = `${service.name}Api` as const;
	const ledgers = () => accounts.map(({ emulator }) => emulator[service.name].ledger);

	it('asks and writes for each item with the token and at the address of that item', async () => {
		for (const { emulator } of accounts) await service.samples.furnish?.(emulator);
		const before = ledgers().map(({ requests }) => requests.length);
		const items = TOKENS.map((token, index) => ({
			url: accounts[index]?.emulator[service.name].url,
			token,
		})) as IDataObject[];
		const [variant = {}] = variantsOf(operation);
		const { success, thrown } = await accounts[0]!.run(
			service.name,
			rightParameters(operation, variant, false),
			{
				items,
				credentials: {
					[credential]: {
						...accounts[0]!.credentials[credential],
						baseUrl: '={{ $json.url }}',
						token: '={{ $json.token }}',
					},
				},
			},
		);
		expect([thrown, success.some(({ json }) => json.error !== undefined)]).toEqual([undefined, false]);
		for (const [index, { requests }] of ledgers().entries()) {
			const own = requests.slice(before[index]);
			expect(own.length).toBeGreaterThan(0);
			expect(own.map(({ authorized }) => authorized)).toEqual(own.map(() => true));
		}
	});
});
