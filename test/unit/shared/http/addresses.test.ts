import { isLoopback, isPublic } from '../../../../nodes/shared/http/addresses';

describe('an address that a service elsewhere can reach', () => {
	it.each([
		'https://n8n.example.com/webhook/1',
		'https://8.8.8.8/',
		'https://172.15.0.1/',
		'https://172.32.0.1/',
		'https://[2001:db8::1]/',
		'https://localhost.example.com:8443/',
		'https://10.example.com/',
	])('is %s', (address) => {
		expect(isPublic(address)).toBe(true);
	});

	it.each([
		'http://n8n.example.com/',
		'https://localhost/',
		'https://LOCALHOST:5678/',
		'https://n8n.localhost/',
		'https://127.1/',
		'https://2130706433/',
		'https://0.0.0.0/',
		'https://10.0.0.1/',
		'https://172.16.0.1/',
		'https://172.31.255.255/',
		'https://192.168.0.1/',
		'https://169.254.1.1/',
		'https://[::]/',
		'https://[::1]/',
		'https://[fd00::1]/',
		'https://[fe80::1]/',
		'https://n8n/',
		'https://n8n.local/',
		'ftp://n8n.example.com/',
		'n8n.example.com',
		'',
	])('is not %s', (address) => {
		expect(isPublic(address)).toBe(false);
	});
});

describe('an address on this machine', () => {
	it.each(['http://localhost:4710', 'http://127.0.0.1', 'https://127.255.0.1/x', 'http://[::1]:1/'])(
		'is %s',
		(address) => {
			expect(isLoopback(address)).toBe(true);
		},
	);

	it.each([
		'https://api.example.com',
		'http://127.0.0.1.example.com/',
		'https://localhost.example.com',
		'http://n8n.localhost/',
		'x',
		'',
	])('is not %s', (address) => {
		expect(isLoopback(address)).toBe(false);
	});
});
