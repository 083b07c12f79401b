import { OPERATIONS, rightParameters } from '../../support/operations.ts';
import { testCredential } from '../../support/index.ts';
import { SERVICES } from '../../support/service.ts';
import { useServices } from '../../support/services.ts';

const services = useServices();

describe.each(SERVICES)('The $name credential', ({ name, credentialType }) => {
	const credential = () => services.credentials[`${name}Api`];

	it.each([
		['the word Bearer before it', (token: string) => `Bearer ${token}`],
		['blanks around it', (token: string) => ` ${token}\n`],
		['quotes and a character that shows nothing', (token: string) => `"\u200b${token}"`],
	])('takes a token with %s, in its test and in a run', async (_, pasted) => {
		const data = { ...credential(), token: pasted(credential().token) };
		expect(await testCredential(credentialType, data)).toMatchObject({ status: 'OK' });
		const read = OPERATIONS.find(
			({ service, operation }) => service.name === name && operation === 'getAll',
		);
		if (!read) throw new Error('Nothing is read');
		const { thrown } = await services.engine.run({
			node: name,
			parameters: rightParameters(read, {}, false),
			credentials: { [`${name}Api`]: data },
		});
		expect(thrown).toBeUndefined();
		expect(services.emulator[name].ledger.requests.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('says in plain words that the token is wrong, and where to look', async () => {
		const { status, message } = await testCredential(credentialType, { ...credential(), token: 'wrong' });
		expect(status).toBe('Error');
		expect(message).toMatch(/does not know this (token|API key).*'(Environment|API Key)'/);
	});

	it('says that nothing answers at the address', async () => {
		services.emulator[name].faults.add({ status: 404 });
		const { message } = await testCredential(credentialType, credential());
		expect(message).toMatch(/does not answer at this address.*'Base URL'/);
	});

	it.each(['http://api.example.com', 'api.example.com', 'ftp://api.example.com', 'https://me@example.com'])(
		'says that nothing goes to %s, and how an address begins',
		async (baseUrl) => {
			const { status, message } = await testCredential(credentialType, { ...credential(), baseUrl });
			expect(status).toBe('Error');
			expect(message).toMatch(/^Nothing was sent\. 'Base URL' must be a whole address.* https:\/\//);
		},
	);
});
