import { heldBackMs } from '../../../../emulator/propexo/service.ts';
import { RateWindows } from '../../../../emulator/server/rate.ts';
import { PROPEXO_DEFAULTS } from '../../../../emulator/settings.ts';
import { clientsOf, dig, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

describe('a window', () => {
	it('starts with its first request and lets no more through than the limit', () => {
		const windows = new RateWindows();
		const take = (now: number): boolean => windows.take('token', now, 2, 1_000).allowed;
		expect([take(500), take(1_400), take(1_499)]).toEqual([true, true, false]);
		expect([take(1_500), take(2_499), take(2_499)]).toEqual([true, true, false]);
		expect(take(9_000)).toBe(true);
	});

	it('is one per token', () => {
		const windows = new RateWindows();
		expect(windows.take('a', 0, 1, 1_000).allowed).toBe(true);
		expect(windows.take('b', 0, 1, 1_000).allowed).toBe(true);
		expect(windows.take('a', 0, 1, 1_000).allowed).toBe(false);
	});

	it('tells what is left and when it ends', () => {
		const windows = new RateWindows();
		expect(windows.take('a', 0, 3, 1_000)).toEqual({
			allowed: true,
			used: 1,
			remaining: 2,
			resetMs: 1_000,
		});
		expect(windows.take('a', 400, 3, 1_000)).toEqual({
			allowed: true,
			used: 2,
			remaining: 1,
			resetMs: 600,
		});
	});
});

describe('over HTTP', () => {
	const emulator = useEmulator();
	const clients = clientsOf(emulator);

	const five = async (ask: () => Promise<Reply>): Promise<Reply[]> => {
		const replies: Reply[] = [];
		for (let count = 0; count < 5; count++) replies.push(await ask());
		return replies;
	};

	it('Propexo tells limit and rest on every answer and refuses with 429, without Retry-After', async () => {
		Object.assign(emulator.propexo.settings, { limit: 3, slowMs: 0 });
		const replies = await five(() => clients.propexo('/v1/admin/integrations/?limit=1'));
		expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 429, 429]);
		expect(replies.map((reply) => reply.headers['x-ratelimit-remaining'])).toEqual([
			'2',
			'1',
			'0',
			'0',
			'0',
		]);
		expect(replies.map((reply) => reply.headers['x-ratelimit-limit'])).toEqual(['3', '3', '3', '3', '3']);
		expect(replies[4]?.headers).not.toHaveProperty('retry-after');
		expect(dig(replies[4]?.json, 'error.code')).toEqual(expect.any(String));
	});

	it('RentEngine tells the limit and refuses with 429 and Retry-After', async () => {
		Object.assign(emulator.rentEngine.settings, { limit: 4, windowMs: 60_000 });
		const replies = await five(() => clients.rentEngine('/units?limit=1'));
		expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 200, 429]);
		expect(replies[0]?.headers['x-ratelimit-limit']).toBe('4');
		expect(replies[0]?.headers).not.toHaveProperty('x-ratelimit-remaining');
		expect(Number(replies[4]?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
	});

	it('tells the end of the window where that is set', async () => {
		emulator.propexo.settings.resetHeader = true;
		emulator.rentEngine.settings.resetHeader = true;
		const replies = [await clients.propexo('/v1/units/'), await clients.rentEngine('/units')];
		for (const reply of replies)
			expect(Number(reply.headers['x-ratelimit-reset-after'])).toBeGreaterThan(0);
	});

	it('creates nothing for a request over the limit, and notes it', async () => {
		emulator.propexo.settings.limit = 0;
		await clients.createLeadEvent({ integration_id: 'int_any', lead_id: 'lead_1' });
		expect(emulator.propexo.ledger.created).toEqual([]);
		expect(emulator.propexo.ledger.requests.map((row) => row.status)).toEqual([429]);
	});

	it('holds answers back from the given fraction of the limit on', async () => {
		const held = [119, 120, 150].map((used) => heldBackMs({ used }, { ...PROPEXO_DEFAULTS }));
		expect(held).toEqual([0, 2_000, 2_000]);
		Object.assign(emulator.propexo.settings, { limit: 1, slowMs: 300 });
		const start = performance.now();
		expect((await clients.propexo('/v1/units/?limit=1')).status).toBe(200);
		// A timer may fire a little early by this clock.
		expect(performance.now() - start).toBeGreaterThan(290);
	});

	it('counts no request with a wrong token, and refuses it with 401', async () => {
		Object.assign(emulator.propexo.settings, { limit: 1, slowMs: 0 });
		const wrong = await clients.propexo('/v1/units/', { token: 'other' });
		expect(wrong.status).toBe(401);
		expect((await clients.rentEngine('/units', { token: 'other' })).status).toBe(401);
		expect((await clients.propexo('/v1/units/')).status).toBe(200);
		expect(emulator.propexo.ledger.requests.map((row) => row.authorized)).toEqual([false, true]);
	});
});
