import { readFailure } from '../../../../nodes/shared/http/failure';

const system = (code: string, syscall?: string): Error => Object.assign(new Error(code), { code, syscall });
/** As Node.js tells of a name with several addresses: with the code of the first one, and without `syscall`. */
const ofAll = (...errors: Error[]): Error =>
	Object.assign(new AggregateError(errors), { code: (errors[0] as { code?: string } | undefined)?.code });
/** As the HTTP client and n8n pass it on. */
const wrapped = (cause: Error): Error =>
	Object.assign(new Error('Request failed', { cause: Object.assign(new Error('Axios', { cause })) }));
const blocked = (name: string): Error => Object.assign(new Error('The request was blocked'), { name });

const outcomeOf = (thrown: unknown) => {
	const { kind, passing } = readFailure(thrown, false);
	return [kind, passing];
};

describe.each([
	['as Node.js throws it', (thrown: Error) => thrown],
	['as n8n passes it on', wrapped],
])('A failure, %s,', (_, passedOn) => {
	it.each<readonly [string, Error]>([
		['ECONNREFUSED', system('ECONNREFUSED', 'connect')],
		...['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EACCES', 'EADDRNOTAVAIL'].map(
			(code) => [code, system(code, 'connect')] as const,
		),
		[
			'of all addresses: refused',
			ofAll(system('ECONNREFUSED', 'connect'), system('ECONNREFUSED', 'connect')),
		],
		[
			'of all addresses: no route',
			ofAll(system('EHOSTUNREACH', 'connect'), system('ENETUNREACH', 'connect')),
		],
		[
			'of all addresses: too late',
			ofAll(system('ETIMEDOUT', 'connect'), system('ENETUNREACH', 'connect')),
		],
		[
			'of all addresses: refused, no route',
			ofAll(system('ENETUNREACH', 'connect'), system('ECONNREFUSED', 'connect')),
		],
		['of its name', system('ENOTFOUND', 'getaddrinfo')],
	])('proves that nothing was sent when no connection was made: %s', (_code, thrown) => {
		expect(outcomeOf(passedOn(thrown))).toEqual(['notSent', true]);
	});

	it.each([
		['a connection that broke', system('ECONNRESET', 'read')],
		['a write that failed', system('EPIPE', 'write')],
		['a time-out of the reply', system('ETIMEDOUT')],
		['an unreachable host, found while it was read', system('EHOSTUNREACH', 'read')],
		[
			'one of several addresses that was connected',
			ofAll(system('ECONNREFUSED', 'connect'), system('ECONNRESET', 'read')),
		],
		['a list of nothing', ofAll()],
	])('proves nothing otherwise: %s', (_what, thrown) => {
		expect(outcomeOf(passedOn(thrown))[0]).toBe('lost');
	});

	it.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError'])(
		"proves that nothing was sent when it is n8n's own %s, and waiting does not help",
		(name) => {
			const failure = readFailure(passedOn(blocked(name)), false);
			expect(failure).toMatchObject({ kind: 'notSent', passing: false });
			expect(failure.because).toContain('administrator');
		},
	);
});
