import { PropexoApi } from '../../../credentials/PropexoApi.credentials';
import { propexo } from '../../../nodes/Propexo/api';
import { CredentialRefused, NOWHERE } from '../../../nodes/shared/http/credential';

const custom = 'https://api.example.com/proxy';
const addressOf = (environment: unknown) => propexo.baseUrl({ environment, baseUrl: `${custom}/` } as never);

/** Where the credential's own test goes. */
function testedAt(environment: string): string {
	const { baseURL = '' } = new PropexoApi().test.request;
	const expression = baseURL.replace(/^=\{\{(.*)\}\}$/, '$1');
	return new Function('$credentials', `return ${expression}`)({ environment, baseUrl: custom }) as string;
}

describe('The environment of a Propexo credential', () => {
	it.each([
		['production', 'https://api.propexo.com'],
		['sandbox', 'https://api.sandbox.propexo.com'],
		['custom', custom],
		['Sandbox', 'https://api.sandbox.propexo.com'],
		[' PRODUCTION ', 'https://api.propexo.com'],
		['Custom', custom],
	])('%j leads to %s, for requests and for the test', (environment, address) => {
		expect(addressOf(environment)).toBe(address);
		expect(testedAt(environment)).toBe(address);
	});

	it.each(['', 'staging', 'sand box', 'constructor'])(
		'%j is refused, and the token goes nowhere',
		(environment) => {
			expect(() => addressOf(environment)).toThrow(CredentialRefused);
			expect(() => addressOf(environment)).toThrow("The 'Environment' of the credential is not one of");
			expect(testedAt(environment)).toBe(NOWHERE);
		},
	);

	it.each([undefined, null, 1, {}])('%p is refused', (environment) => {
		expect(() => addressOf(environment)).toThrow(CredentialRefused);
	});
});
