import { type Fault } from '../../../../emulator/index.ts';
import { Faults } from '../../../../emulator/server/faults.ts';
import { Ledger } from '../../../../emulator/server/ledger.ts';
import { call, clientsOf, pause } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';
import { until } from '../support/receiver.ts';

const EVENT = { integration_id: 'int_any', lead_id: 'lead_1', notes: 'one' };

describe('which requests a fault hits', () => {
	const hits = (fault: Fault, requests: [method: string, path: string, body?: unknown][]): boolean[] => {
		const faults = new Faults();
		faults.add({ status: 500, ...fault });
		const ledger = new Ledger();
		return requests.map(([method, path, body]) => {
			const row = ledger.open({ method, path, query: {} }, {});
			row.body = body;
			return faults.take(row) !== undefined;
		});
	};

	it('one, unless told otherwise', () => {
		expect(
			hits({}, [
				['GET', '/a'],
				['GET', '/a'],
			]),
		).toEqual([true, false]);
		expect(
			hits({ times: Infinity }, [
				['GET', '/a'],
				['GET', '/a'],
			]),
		).toEqual([true, true]);
		expect(
			hits({ after: 1, times: 1 }, [
				['GET', '/a'],
				['GET', '/a'],
				['GET', '/a'],
			]),
		).toEqual([false, true, false]);
	});

	it('those with its method, path and body', () => {
		expect(
			hits({ match: { method: 'post' } }, [
				['GET', '/a'],
				['POST', '/a'],
			]),
		).toEqual([false, true]);
		expect(
			hits({ match: { path: '/leads' } }, [
				['GET', '/v1/leads/7'],
				['GET', '/v1/events/leads'],
			]),
		).toEqual([false, true]);
		expect(
			hits({ match: { path: /^\/v1\/leads/ } }, [
				['GET', '/v1/events/leads'],
				['GET', '/v1/leads/7'],
			]),
		).toEqual([false, true]);
		expect(
			hits({ match: { body: (body) => body === 2 } }, [
				['POST', '/a', 1],
				['POST', '/a', 2],
			]),
		).toEqual([false, true]);
		expect(
			hits({ match: { bodyIncludes: 'two' } }, [
				['POST', '/a', { n: 'one' }],
				['POST', '/a', { n: 'two' }],
			]),
		).toEqual([false, true]);
	});

	it('the first of several that is due, and each counts what it sees', () => {
		const faults = new Faults();
		const first = faults.add({ status: 500 });
		const second = faults.add({ status: 503, after: 1 });
		const ledger = new Ledger();
		const row = ledger.open({ method: 'GET', path: '/', query: {} }, {});
		expect([faults.take(row), faults.take(row), faults.take(row)]).toEqual([first, second, undefined]);
	});
});

describe('what a caller meets', () => {
	const emulator = useEmulator({ propexo: { limit: 100_000, slowMs: 0 } });
	const clients = clientsOf(emulator);

	const meet = (fault: Fault) => {
		emulator.propexo.faults.add(fault);
		return clients.createLeadEvent(EVENT);
	};
	const createdCount = (): number => emulator.propexo.ledger.created.length;
	const lastStatus = (): unknown => emulator.propexo.ledger.requests.at(-1)?.status;

	it.each([400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504])(
		'is status %i, with or without the write',
		async (status) => {
			expect((await meet({ status })).status).toBe(status);
			expect(createdCount()).toBe(0);
			expect((await meet({ status, write: true })).status).toBe(status);
			expect(createdCount()).toBe(1);
			expect((await clients.createLeadEvent(EVENT)).status).toBe(200);
		},
	);

	it('is a body of any kind on a success', async () => {
		expect((await meet({ status: 200, body: '{"job_id":', write: true })).text).toBe('{"job_id":');
		const html = await meet({ status: 200, body: '<html>Sorry</html>' });
		expect([html.text, html.headers['content-type']]).toEqual([
			'<html>Sorry</html>',
			'text/html; charset=utf-8',
		]);
		expect((await meet({ status: 200, body: '' })).text).toBe('');
		expect((await meet({ status: 200, body: { data: {} } })).json).toEqual({ data: {} });
		expect(createdCount()).toBe(1);
	});

	it('are other headers', async () => {
		const reply = await meet({ status: 429, headers: { 'Retry-After': '7', 'x-ratelimit-limit': null } });
		expect(reply.headers['retry-after']).toBe('7');
		expect(reply.headers).not.toHaveProperty('x-ratelimit-limit');
		const passed = await meet({ headers: { 'x-other': 'yes' } });
		expect([passed.status, passed.headers['x-other']]).toEqual([200, 'yes']);
		expect(createdCount()).toBe(1);
	});

	it('is a connection that closes, before the write or after it', async () => {
		await expect(meet({ close: 'before' })).rejects.toThrow(/closed|ECONNRESET|hang up/i);
		expect([createdCount(), lastStatus()]).toEqual([0, 'closed']);
		await expect(meet({ close: 'after' })).rejects.toThrow(/closed|ECONNRESET|hang up/i);
		expect([createdCount(), lastStatus()]).toEqual([1, 'closed']);
	});

	it('is a redirect', async () => {
		const reply = await meet({ redirectTo: 'http://127.0.0.1:9/else' });
		expect([reply.status, reply.headers['location']]).toEqual([302, 'http://127.0.0.1:9/else']);
		expect((await meet({ redirectTo: '/else', status: 307, write: true })).status).toBe(307);
		expect(createdCount()).toBe(1);
	});

	it('is a body of many bytes', async () => {
		const reply = await meet({ hugeBytes: 3_000_001 });
		expect([reply.status, reply.text.length, createdCount()]).toEqual([200, 3_000_001, 0]);
	});

	it('is a valid answer that comes in small pieces', async () => {
		const reply = await meet({ drip: { everyMs: 1, bytes: 100 } });
		expect(reply.json).toMatchObject({ job_id: emulator.propexo.ledger.created[0]?.id });
	});

	it.each([
		['never an answer', { hang: true as const }, 0],
		['never an answer, though the write was done', { hang: true as const, write: true }, 1],
		['a delay before the write, which a caller who leaves does not get', { delayMs: 1_500 }, 0],
		['a delay after the write', { delayMs: 1_500, write: true }, 1],
		['a late answer of another status', { delayMs: 1_500, status: 503, write: true }, 1],
	])('is %s', async (_what, fault: Fault, created) => {
		const met = emulator.propexo.faults.add(fault);
		const leave = new AbortController();
		const options = { method: 'POST' as const, body: EVENT, signal: leave.signal };
		const left = expect(clients.propexo('/v1/events/leads', options)).rejects.toThrow();
		await until(() => met.used === 1 && createdCount() === created);
		leave.abort();
		await left;
		await until(() => lastStatus() === 'closed');
		await pause(fault.delayMs ?? 0);
		expect([createdCount(), lastStatus()]).toEqual([created, 'closed']);
	});

	it('is a real answer after the delay when he waits', async () => {
		expect((await meet({ delayMs: 30 })).status).toBe(200);
		expect((await meet({ delayMs: 30, write: true })).status).toBe(200);
		expect((await meet({ delayMs: 30, status: 502 })).status).toBe(502);
		expect(createdCount()).toBe(2);
	});

	it('is a refused connection while a server is down, and the same records when it is up again', async () => {
		await clients.createLeadEvent(EVENT);
		await emulator.propexo.down();
		await expect(call(`${emulator.propexo.url}/v1/units/`)).rejects.toThrow(/ECONNREFUSED|closed/);
		await emulator.propexo.up();
		expect((await clients.createLeadEvent(EVENT)).status).toBe(200);
		expect(createdCount()).toBe(2);
	});

	it('is no fault with a wrong token or over the limit: it waits for a request that counts', async () => {
		emulator.propexo.faults.add({ status: 500 });
		expect((await clients.propexo('/v1/units/', { token: 'other' })).status).toBe(401);
		expect((await clients.propexo('/v1/units/')).status).toBe(500);
	});
});
