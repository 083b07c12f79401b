import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import {
	checkedBaseUrl,
	checkedToken,
	CredentialRefused,
	httpNotice,
	NOWHERE,
	signedIn,
	TESTABLE_ADDRESS,
} from '../../../../nodes/shared/http/credential';

const accepted: Array<[typed: string, address: string]> = [
	['https://api.example.com', 'https://api.example.com'],
	['https://api.example.com/', 'https://api.example.com'],
	['https://api.example.com/public/v1//', 'https://api.example.com/public/v1'],
	['HTTPS://API.example.com:8443/v1', 'https://api.example.com:8443/v1'],
	['http://localhost:4010', 'http://localhost:4010'],
	['http://127.0.0.1:4010/v1/', 'http://127.0.0.1:4010/v1'],
	['http://127.8.9.1', 'http://127.8.9.1'],
	['http://[::1]:4010', 'http://[::1]:4010'],
];

const refused = [
	'',
	'api.example.com',
	'http://api.example.com',
	'http://127.0.0.1.example.com',
	'http://localhost.example.com',
	'http://emulator.localhost:4010',
	'http://0.0.0.0:4010',
	'http://10.0.0.1',
	'ftp://api.example.com',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'https://user:secret@api.example.com',
	'https://user@api.example.com',
	'http://localhost@example.com',
	'https://',
];

describe('a base URL', () => {
	it.each(accepted)('%s is used as %s', (typed, address) => expect(checkedBaseUrl(typed)).toBe(address));

	it('loses the spaces around it, its query and its fragment', () => {
		expect(checkedBaseUrl('  https://api.example.com/v1/?token=x#y ')).toBe('https://api.example.com/v1');
	});

	it.each([...refused, undefined, null, 12, {}])('%p is refused, and said how to mend', (typed) => {
		expect(() => checkedBaseUrl(typed)).toThrow(CredentialRefused);
		try {
			checkedBaseUrl(typed);
		} catch (cause) {
			expect((cause as CredentialRefused).description).toContain('https://');
			expect((cause as Error).message).not.toContain('secret');
		}
	});

	it('that the requests use is also what the credential is tested with', () => {
		const judged = (typed: string) =>
			new Function('$credentials', `return ${TESTABLE_ADDRESS}`)({
				baseUrl: typed,
			}) as string;
		for (const [typed, address] of accepted) {
			expect(checkedBaseUrl(judged(typed))).toBe(address);
		}
		expect(judged('  https://api.example.com/v1/ ')).toBe('https://api.example.com/v1');
		for (const more of ['?x=1', '#a', '/?x=1/v1', '/v1/?token=x#y', '/v1#/?']) {
			const typed = `https://api.example.com${more}`;
			expect(judged(typed)).toBe(checkedBaseUrl(typed));
		}
		for (const typed of refused) expect(judged(typed)).toBe(NOWHERE);
	});
});

describe('a token', () => {
	it('is taken as it is', () => {
		expect(checkedToken('eyJhbGciOi.J9_x-y~+/=')).toBe('eyJhbGciOi.J9_x-y~+/=');
	});

	it.each(['Bearer abc', 'bearer  abc', ' abc ', 'abc\n', '\tabc', 'abc\u00a0', '\nBearer\tabc\r\n'])(
		'%j loses what was pasted along, in the header too',
		async (typed) => {
			expect(checkedToken(typed)).toBe('abc');
			const request = { url: 'https://api.example.com', headers: { accept: 'application/json' } };
			expect(await signedIn({ token: typed }, request)).toEqual({
				...request,
				headers: { ...request.headers, Authorization: 'Bearer abc' },
			});
		},
	);

	it('is called as its service calls it', () => {
		expect(() => checkedToken('', 'API Key')).toThrow("The 'API Key' of the credential is empty");
	});

	it.each(['', ' ', 'Bearer ', undefined, null, 'a b', 'Bearer a b', 'ключ', 'a\u0000b'])(
		'%j is refused, and not repeated',
		(typed) => {
			expect(() => checkedToken(typed)).toThrow(CredentialRefused);
			try {
				checkedToken(typed);
			} catch (cause) {
				if (typed?.trim()) expect((cause as Error).message).not.toContain(typed);
			}
		},
	);
});

describe('The notice about an address that no token is sent to', () => {
	const notice = httpNotice('token');
	const isShown = (baseUrl: unknown) =>
		NodeHelpers.displayParameter({ baseUrl } as INodeParameters, notice, null, null);

	it.each(['http://api.example.com', 'http://10.0.0.5:3000/v1', 'http://'])('is there for %s', (url) =>
		expect(isShown(url)).toBe(true),
	);

	it.each([
		...['https://api.example.com', 'http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000', ''],
		...[undefined, null, 12, true],
	])('is not there for %p', (url) => expect(isShown(url)).toBe(false));

	it('asks nothing that n8n 2.0 asks of texts alone', () =>
		expect(JSON.stringify(notice.displayOptions)).not.toMatch(/startsWith|endsWith|includes|regex/));
});
