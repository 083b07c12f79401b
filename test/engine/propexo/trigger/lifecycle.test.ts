import { useTriggers, shownBy } from '../../support/trigger/triggers.ts';
import { propexoTrigger, registrationsAt } from '../support/trigger.ts';

const triggers = useTriggers();

const requests = () =>
	triggers.emulator.propexo.ledger.requests.filter(({ path }) => path.startsWith('/v1/webhooks/'));
const asked = () => requests().map(({ method }) => method);

/** Forgets what was asked so far. */
const listenAnew = () => void triggers.emulator.propexo.ledger.requests.splice(0);

const both = ['WRITE_OPERATION_FAILURE', 'DATA_NEW'];
const fault = (settings: Parameters<typeof triggers.emulator.propexo.faults.add>[0]) =>
	triggers.emulator.propexo.faults.add(settings);

describe('Propexo Trigger, switched on', () => {
	it('registers the chosen events once, active, with a secret of 32 random bytes', async () => {
		const [one, other] = [
			await propexoTrigger(triggers, { triggers: both }),
			await propexoTrigger(triggers),
		];
		await one.activate();
		await other.activate();
		const [first, second] = await registrationsAt(triggers.emulator);
		expect(first).toMatchObject({
			url: one.url,
			active: true,
			triggers: [
				{ trigger: 'WRITE_OPERATION_FAILURE', model: null },
				{ trigger: 'DATA_NEW', model: 'events' },
			],
		});
		expect(first?.secret).toMatch(/^[0-9a-f]{64}$/);
		expect(second?.secret).not.toBe(first?.secret);
		expect(one.saved.production).toMatchObject({ id: first?.id, url: one.url, secret: first?.secret });
	});

	it('takes events that an expression gives as text', async () => {
		const host = await propexoTrigger(triggers, { triggers: 'WRITE_OPERATION_FAILURE, SYNC_COMPLETE' });
		await host.activate();
		const [found] = await registrationsAt(triggers.emulator);
		expect(found?.triggers.map(({ trigger }) => trigger)).toEqual([
			'WRITE_OPERATION_FAILURE',
			'SYNC_COMPLETE',
		]);
	});

	it('takes an event that an expression names twice for one, and leaves its registration as it is', async () => {
		const host = await propexoTrigger(triggers, { triggers: "={{ ['DATA_NEW', 'DATA_NEW'] }}" });
		await host.activate();
		const before = await registrationsAt(triggers.emulator);
		expect(before.map(({ triggers: told }) => told)).toMatchObject([[{ trigger: 'DATA_NEW' }]]);
		listenAnew();
		await host.activate('init');
		expect(asked()).toEqual(['GET']);
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
	});

	it('is refused where Propexo has none of the chosen integrations: nothing would ever start it', async () => {
		const host = await propexoTrigger(triggers, { integrationIds: ['int_0', 'int_1'] });
		const refused = await shownBy(host.activate());
		expect(refused).toMatchObject({ message: 'Propexo has no integration with the ID int_0 or int_1' });
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
		// One that is gone must not stop what the others start.
		host.parameters = { integrationIds: 'int_0, int_yardi_1' };
		await host.activate();
		expect(await registrationsAt(triggers.emulator)).toHaveLength(1);
		host.parameters = { integrationIds: ['int_0'] };
		expect((await shownBy(host.activate('update'))).message).toContain('int_0');
	});

	it('is switched on where Propexo does not list its integrations just now', async () => {
		const host = await propexoTrigger(triggers, { integrationIds: ['int_0'] });
		fault({ status: 403 });
		await host.activate();
		expect(await registrationsAt(triggers.emulator)).toHaveLength(1);
	});

	it('narrows no registration to a model that has none', async () => {
		const host = await propexoTrigger(triggers, { triggers: ['DATA_NEW', 'DATA_UPDATE'], model: '' });
		await host.activate();
		const [found] = await registrationsAt(triggers.emulator);
		expect(found?.triggers.map(({ model }) => model)).toEqual([null, null]);
	});

	it('finds its registration again by ID after a restart and leaves it as it is', async () => {
		const host = await propexoTrigger(triggers);
		await host.activate();
		const before = await registrationsAt(triggers.emulator);
		listenAnew();
		await host.activate('init');
		expect(requests()).toMatchObject([{ method: 'GET', path: `/v1/webhooks/${before[0]?.id}` }]);
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
	});

	it.each([
		['events', { triggers: ['SYNC_COMPLETE'] }, [{ trigger: 'SYNC_COMPLETE', model: null }]],
		['model', { triggers: ['DATA_NEW'], model: 'leads' }, [{ trigger: 'DATA_NEW', model: 'leads' }]],
	])('brings the registration up to date when the %s changed', async (_, changes, wanted) => {
		const host = await propexoTrigger(triggers, { triggers: ['DATA_NEW'] });
		await host.activate();
		const [before] = await registrationsAt(triggers.emulator);
		listenAnew();
		host.parameters = changes;
		await host.activate('update');
		expect(asked()).toEqual(['GET', 'PUT']);
		const [after, ...more] = await registrationsAt(triggers.emulator);
		expect(more).toEqual([]);
		expect(after).toMatchObject({ id: before?.id, secret: before?.secret, active: true });
		expect(after?.triggers).toMatchObject(wanted);
	});

	it.each(['leads-to-events', 'LEADS_TO_EVENTS', 'Leads-To-Events'])(
		'leaves its registration as it is when Propexo spells the model as %s',
		async (model) => {
			const host = await propexoTrigger(triggers, { triggers: ['DATA_NEW'], model: 'leads_to_events' });
			await host.activate();
			const [before] = await registrationsAt(triggers.emulator);
			listenAnew();
			const results = { ...before, triggers: before?.triggers.map((one) => ({ ...one, model })) };
			fault({ match: { method: 'GET' }, status: 200, body: { meta: { orderBy: [] }, results } });
			await host.activate('init');
			expect(asked()).toEqual(['GET']);
		},
	);

	it('registers anew when Propexo keeps the model that was taken away', async () => {
		const host = await propexoTrigger(triggers, { triggers: ['DATA_NEW'], model: 'events' });
		await host.activate();
		const [before] = await registrationsAt(triggers.emulator);
		listenAnew();
		host.parameters = { triggers: ['DATA_NEW'], model: '' };
		fault({ match: { method: 'PUT' }, status: 200, body: { result: before } });
		await host.activate('update');
		expect(asked()).toEqual(['GET', 'PUT', 'DELETE', 'POST']);
		const [after, ...more] = await registrationsAt(triggers.emulator);
		expect(more).toEqual([]);
		expect(after?.triggers).toMatchObject([{ trigger: 'DATA_NEW', model: null }]);
		expect(host.saved.production).toMatchObject({ id: after?.id, secret: after?.secret });
		expect(after?.id).not.toBe(before?.id);
	});

	it('switches its registration on again when somebody has switched it off', async () => {
		const host = await propexoTrigger(triggers);
		await host.activate();
		const [before] = await registrationsAt(triggers.emulator);
		await put(before?.id, { active: false });
		await host.activate('init');
		expect(await registrationsAt(triggers.emulator)).toMatchObject([{ id: before?.id, active: true }]);
	});

	it('registers anew when Propexo does not know its registration any more', async () => {
		const host = await propexoTrigger(triggers);
		await host.activate();
		const [before] = await registrationsAt(triggers.emulator);
		await remove(before?.id);
		await host.activate('init');
		const [after, ...more] = await registrationsAt(triggers.emulator);
		expect(more).toEqual([]);
		expect(after?.id).not.toBe(before?.id);
		expect(after?.secret).not.toBe(before?.secret);
		expect(host.saved.production).toMatchObject({ id: after?.id });
	});

	it.each([401, 403, 500])(
		'shows HTTP %i to who publishes it, instead of taking it for a missing registration',
		async (status) => {
			const host = await propexoTrigger(triggers);
			await host.activate();
			fault({ match: { method: 'GET' }, status, body: { error: 'no' }, times: Infinity });
			const shown = await shownBy(host.activate('update'));
			expect(shown.message).toContain(`HTTP ${status}`);
			triggers.emulator.propexo.faults.clear();
			expect(asked()).not.toContain('PUT');
		},
	);

	it('shows that Propexo cannot be reached', async () => {
		const host = await propexoTrigger(triggers);
		await triggers.emulator.propexo.down();
		const shown = await shownBy(host.activate());
		await triggers.emulator.propexo.up();
		expect(shown.message).toBe("The webhook's registration: no connection to the service could be made");
		expect(shown.description).toContain('publish the workflow again');
		expect(host.saved).toEqual({});
	});

	it('speaks of the address, and of no IDs, where nothing takes registrations', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, status: 404, body: '<html>Not Found</html>' });
		const shown = await shownBy(host.activate());
		expect(shown.message).toContain('HTTP 404');
		expect(shown.description).toBe(
			"Check 'Environment' and 'Base URL' in the Propexo credential, then publish the workflow again.",
		);
	});

	it('is not switched on without an event', async () => {
		const host = await propexoTrigger(triggers, { triggers: [] });
		expect((await shownBy(host.activate())).message).toBe("No event is chosen in 'Events'");
		expect(asked()).toEqual([]);
	});

	it("shows Propexo's words when it does not take the registration, without the secret", async () => {
		const host = await propexoTrigger(triggers);
		const error = { code: 'invalid_request', message: 'invalid request', details: {} };
		fault({ match: { method: 'POST' }, status: 400, body: { error } });
		const shown = await shownBy(host.activate());
		expect(shown.message).toBe(
			"The webhook's registration: Propexo refused it (HTTP 400): invalid request",
		);
		expect(asked()).toEqual(['POST']);
		expect(JSON.stringify(shown)).not.toMatch(/[0-9a-f]{64}/);
	});
});

describe("Propexo Trigger, when Propexo's words hold the token", () => {
	it.each(['POST', 'GET', 'PUT', 'DELETE'])('does not show it: %s', async (method) => {
		const host = await propexoTrigger(triggers, { triggers: ['DATA_NEW'] });
		const { token } = triggers.emulator.propexo;
		if (method !== 'POST') await host.activate();
		const message = `API key ${token} is not active`;
		fault({ match: { method }, status: 403, body: { error: { code: 'x', message } }, times: Infinity });
		host.parameters = { triggers: ['SYNC_COMPLETE'] };
		const work = method === 'DELETE' ? host.deactivate() : host.activate('update');
		const shown = await shownBy(work);
		expect(shown.message).toContain('API key […] is not active');
		expect(JSON.stringify([shown, shown.message, shown.stack])).not.toContain(token);
	});
});

describe('Propexo Trigger, when nobody can say whether it was registered', () => {
	it.each([
		['the reply was lost', { close: 'after' as const, write: true }],
		['the server failed afterwards', { status: 500, write: true }],
		['the reply was no JSON', { status: 200, write: true, body: '<html>' }],
	])('finds the registration with its secret when %s', async (_, settings) => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, ...settings });
		await host.activate();
		expect(asked()).toEqual(['POST', 'GET']);
		const [found, ...more] = await registrationsAt(triggers.emulator);
		expect(more).toEqual([]);
		expect(host.saved.production).toMatchObject({ id: found?.id, secret: found?.secret });
	});

	it.each([302, 303, 408, 499, 501, 502, 520])(
		'is registered once, and not at all when switched off, when HTTP %i came after it was registered',
		async (status) => {
			const host = await propexoTrigger(triggers);
			const headers = { location: 'http://127.0.0.1:9/' };
			fault({ match: { method: 'POST' }, status, headers, write: true });
			// The look at once fails, so do n8n's tidying up and the first look of the next attempt.
			fault({ match: { method: 'GET' }, status: 403, times: 3 });
			expect((await shownBy(host.activate())).message).toContain(`HTTP ${status}`);
			await shownBy(host.activate());
			await host.activate();
			const [found, ...more] = await registrationsAt(triggers.emulator);
			expect(more).toEqual([]);
			expect(host.saved.production).toMatchObject({ id: found?.id, secret: found?.secret });
			await host.deactivate();
			expect(await registrationsAt(triggers.emulator)).toEqual([]);
		},
	);

	it.each([302, 303, 408, 499, 502])(
		'takes what is delivered for it, when HTTP %i came after it was registered',
		async (status) => {
			const host = await propexoTrigger(triggers);
			fault({ match: { method: 'POST' }, status, write: true });
			await host.activate();
			const trigger = 'WRITE_OPERATION_FAILURE';
			const [delivery] = await triggers.emulator.propexo.webhooks.deliver({ trigger });
			expect(delivery?.status).toBe(200);
			expect(host.runs).toHaveLength(1);
		},
	);

	it('removes the other one when a slow registration arrives after it was repeated', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, status: 502 });
		await shownBy(host.activate());
		const { secret } = host.saved.production as { secret: string };
		await host.activate();
		await api('POST', '', { url: host.url, triggers: ['WRITE_OPERATION_FAILURE'], active: true, secret });
		expect(await registrationsAt(triggers.emulator)).toHaveLength(2);
		await host.activate('init');
		const [kept, ...more] = await registrationsAt(triggers.emulator);
		expect(more).toEqual([]);
		expect(host.saved.production).toMatchObject({ id: kept?.id });
		await api('POST', '', { url: host.url, triggers: ['WRITE_OPERATION_FAILURE'], active: true, secret });
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it('keeps the secret of a request in doubt although the next one is refused', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, status: 502 });
		await shownBy(host.activate());
		const before = host.saved.production;
		fault({ match: { method: 'POST' }, status: 400 });
		await shownBy(host.activate());
		expect(host.saved.production).toEqual(before);
	});

	it('says why it was refused when a redirect came and nothing is registered', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, redirectTo: 'http://127.0.0.1:9/' });
		const shown = await shownBy(host.activate());
		expect(shown.message).toContain('HTTP 302');
		expect(shown.description).toContain("Check 'Environment' and 'Base URL' in the Propexo credential");
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it('finds its registration beyond the first page of the list', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, close: 'after', write: true });
		fault({ match: { method: 'GET' }, status: 403, times: 2 });
		await shownBy(host.activate());
		const [own] = await registrationsAt(triggers.emulator);
		expect(own?.url).toBe(host.url);
		for (let count = 0; count < 260; count++) {
			await api('POST', '', {
				url: `https://crm.example.com/${count}`,
				triggers: ['SYNC_COMPLETE'],
				active: true,
			});
		}
		await host.activate();
		expect(host.saved.production).toMatchObject({ id: own?.id });
		expect(
			requests().filter(({ method, path }) => method === 'POST' && path === '/v1/webhooks/'),
		).toHaveLength(261);
	});

	it('does not send it again, and says what to do', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, status: 502 });
		const shown = await shownBy(host.activate());
		expect(asked().filter((method) => method === 'POST')).toHaveLength(1);
		expect(shown.message).toContain('HTTP 502');
		expect(shown.description).toContain('Publish the workflow again');
	});

	it('takes back what did arrive when the workflow cannot be switched on', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, close: 'after', write: true });
		// The look-up fails, n8n's tidying up does not.
		fault({ match: { method: 'GET' }, status: 403, times: 1 });
		await shownBy(host.activate());
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it('finds it at the next attempt instead of registering twice', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, close: 'after', write: true });
		fault({ match: { method: 'GET' }, status: 403, times: 2 });
		await shownBy(host.activate());
		listenAnew();
		await host.activate();
		expect(asked()).toEqual(['GET', 'GET']);
		const [found, ...more] = await registrationsAt(triggers.emulator);
		expect(more).toEqual([]);
		expect(host.saved.production).toMatchObject({ id: found?.id, secret: found?.secret });
	});

	it('registers at the next attempt, with the same secret, when it did not arrive', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, status: 502 });
		await shownBy(host.activate());
		const { secret } = host.saved.production as { secret: string };
		await host.activate();
		expect(await registrationsAt(triggers.emulator)).toMatchObject([{ secret, url: host.url }]);
	});

	it('sends it again when it was turned away by the rate limit', async () => {
		const host = await propexoTrigger(triggers);
		fault({ match: { method: 'POST' }, status: 429, headers: { 'retry-after': '0' } });
		await host.activate();
		expect(asked()).toEqual(['POST', 'POST']);
		expect(await registrationsAt(triggers.emulator)).toHaveLength(1);
	});
});

describe('Propexo Trigger, switched off', () => {
	it('removes its registration and forgets it', async () => {
		const host = await propexoTrigger(triggers);
		await host.activate();
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
		expect(host.saved.production).toBeUndefined();
		listenAnew();
		await host.deactivate();
		expect(asked()).toEqual([]);
	});

	it('is content when the registration is gone already', async () => {
		const host = await propexoTrigger(triggers);
		await host.activate();
		const [found] = await registrationsAt(triggers.emulator);
		await remove(found?.id);
		await host.deactivate();
		expect(host.saved.production).toBeUndefined();
	});

	it('shows any other answer and keeps the registration in mind', async () => {
		const host = await propexoTrigger(triggers);
		await host.activate();
		const [found] = await registrationsAt(triggers.emulator);
		fault({ match: { method: 'DELETE' }, status: 403, body: { error: 'no' } });
		const shown = await shownBy(host.deactivate());
		expect(shown.message).toContain('HTTP 403');
		expect(host.saved.production).toMatchObject({ id: found?.id });
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it('removes what it registered when another trigger of the workflow then fails', async () => {
		const host = await propexoTrigger(triggers);
		const sibling = () => {
			throw new Error('The other trigger has no credential');
		};
		expect((await shownBy(host.activateWith(sibling))).message).toBe(
			'The other trigger has no credential',
		);
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});
});

async function put(id: string | undefined, body: object): Promise<void> {
	await api('PUT', id, body);
}

async function remove(id: string | undefined): Promise<void> {
	await api('DELETE', id);
}

async function api(method: string, id: string | undefined, body?: object): Promise<void> {
	const { url, token } = triggers.emulator.propexo;
	const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
	const reply = await fetch(`${url}/v1/webhooks/${id}`, { method, headers, body: JSON.stringify(body) });
	expect(reply.status).toBe(200);
	await reply.arrayBuffer();
}
