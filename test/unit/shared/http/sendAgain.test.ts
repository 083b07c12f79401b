import { Readable } from 'node:stream';

import type { Connection } from '../../../../nodes/shared/http/connection';
import { Limiter } from '../../../../nodes/shared/http/limiter';
import { ask, askOnce } from '../../../../nodes/shared/http/sendAgain';
import type { ServiceRequest } from '../../../../nodes/shared/http/service';
import { never } from './support/limiter.ts';

const GET: ServiceRequest = { method: 'GET', path: '/units' };
const NO_CONNECTION = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

/** A service that answers so, one request after the other, and the last answer again and again; a text is a body of status 200. */
function answering(answers: Array<number | string | Error>, retryAfterMs = [20, 60]) {
	const times: number[] = [];
	const httpRequestWithAuthentication = async () => {
		const answer = answers[Math.min(times.push(Date.now()), answers.length) - 1];
		if (answer instanceof Error) throw answer;
		const [statusCode, body] = typeof answer === 'string' ? [200, answer] : [answer, '{}'];
		return await Promise.resolve({ statusCode, headers: {}, body: Readable.from([Buffer.from(body)]) });
	};
	const connection = {
		ctx: { helpers: { httpRequestWithAuthentication } },
		service: { name: 'Acme', credential: 'acmeApi', retryAfterMs },
		baseUrl: 'https://api.example.com',
		credentials: {},
		limiter: new Limiter({ requests: 100, windowMs: 100, patienceMs: 300_000 }),
	} as unknown as Connection;
	return { connection, times };
}

describe('What does no harm when it arrives twice', () => {
	it('is sent again after one pause after the other, and no more after the last', async () => {
		const { connection, times } = answering([500, 503, 502]);
		expect(await ask(connection, GET, never())).toMatchObject({ kind: 'replied', status: 502 });
		expect(times).toHaveLength(3);
		const [first = 0, second = 0, third = 0] = times;
		// A timer may fire a millisecond early.
		expect(second - first).toBeGreaterThanOrEqual(19);
		expect(third - second).toBeGreaterThanOrEqual(59);
	});

	it.each<[string, Array<number | string | Error>, object]>([
		['an error of the service', [500, 200], { status: 200 }],
		['no connection', [NO_CONNECTION, NO_CONNECTION, 200], { status: 200 }],
		['a connection that broke', [new Error('socket hang up'), 200], { status: 200 }],
	])('gets its answer after %s', async (_, answers, answer) => {
		const { connection, times } = answering(answers);
		expect(await ask(connection, GET, never())).toMatchObject(answer);
		expect(times).toHaveLength(answers.length);
	});

	it.each([400, 404, 302, '<html>Sign in</html>', 'cut {'])(
		'is not sent again where that would change nothing: %s',
		async (answer) => {
			const { connection, times } = answering([answer, 200]);
			await ask(connection, GET, never());
			expect(times).toHaveLength(1);
		},
	);

	it('gives the last answer where the execution is stopped in a pause', async () => {
		const { connection, times } = answering([503], [60_000]);
		const stop = new AbortController();
		const asking = ask(connection, GET, stop.signal);
		setTimeout(() => stop.abort(), 100);
		expect(await asking).toMatchObject({ kind: 'replied', status: 503 });
		expect(times).toHaveLength(1);
	});

	it('is not sent where the execution was stopped before', async () => {
		const { connection, times } = answering([200]);
		expect(await ask(connection, GET, AbortSignal.abort())).toEqual({
			kind: 'notSent',
			because: 'the execution was stopped',
			passing: false,
		});
		expect(times).toEqual([]);
	});
});

describe('What must not arrive twice', () => {
	it.each([
		['500', 500],
		['502', 502],
		['503', 503],
		['an empty answer', ''],
		['a connection that broke', new Error('socket hang up')],
	])('is not sent again where it may have arrived: %s', async (_, answer) => {
		const { connection, times } = answering([answer, 200]);
		await askOnce(connection, GET, never());
		expect(times).toHaveLength(1);
	});

	it('is sent again where there was no connection, or too many requests', async () => {
		const { connection, times } = answering([NO_CONNECTION, 429, 200]);
		expect(await askOnce(connection, GET, never())).toMatchObject({ status: 200 });
		expect(times).toHaveLength(3);
	});
});
