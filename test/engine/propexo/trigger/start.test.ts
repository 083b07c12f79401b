import type { TriggerHost } from '../../support/trigger/host.ts';
import { STARTS } from '../../support/trigger/host.ts';
import { newProcess } from '../../support/trigger/newProcess.ts';
import { post, shownBy, useTriggers } from '../../support/trigger/triggers.ts';
import { propexoTrigger, registrationsAt, signed } from '../support/trigger.ts';

const triggers = useTriggers();

const asked = () =>
	triggers.emulator.propexo.ledger.requests
		.filter(({ path }) => path.startsWith('/v1/webhooks/'))
		.map(({ method }) => method);
const fault = (settings: Parameters<typeof triggers.emulator.propexo.faults.add>[0]) =>
	triggers.emulator.propexo.faults.add(settings);

const loaded = async () => {
	const { PropexoTrigger } = await import('../../../../nodes/Propexo/PropexoTrigger.node');
	return new PropexoTrigger();
};

const failing = () => {
	throw new Error('The other trigger has no credential');
};

/** A trigger that is registered, with its registration. */
async function registered(parameters = {}) {
	const host = await propexoTrigger(triggers, parameters);
	await host.activate();
	const before = await registrationsAt(triggers.emulator);
	triggers.emulator.propexo.ledger.requests.splice(0);
	return { host, before };
}

/** Whether what Propexo still owes starts a run. */
async function takes(host: TriggerHost, secret = ''): Promise<boolean> {
	const text = '{"trigger":"WRITE_OPERATION_FAILURE","data":{"root_job_id":"job_1"}}';
	const { status } = await post(host.url, text, signed(secret, text));
	return status === 200 && host.runs.length === 1;
}

describe.each(STARTS)('Propexo Trigger, when n8n starts (%s) and Propexo cannot be asked', (mode) => {
	it.each([
		['HTTP 401', { status: 401 }],
		['HTTP 403', { status: 403 }],
		['HTTP 500', { status: 500 }],
		['HTTP 302', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
		['a page', { status: 200, body: '<html>' }],
		['no answer', { close: 'before' as const }],
	])('keeps its registration, says so in the log, and takes what is delivered: %s', async (_, reply) => {
		const { host, before } = await registered();
		fault({ match: { method: 'GET' }, ...reply, times: Infinity });
		await host.activate(mode);
		triggers.emulator.propexo.faults.clear();
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
		expect(asked().filter((method) => method !== 'GET')).toEqual([]);
		expect(host.warnings).toEqual([expect.stringContaining('stays on as it was')]);
		expect(await takes(host, before[0]?.secret)).toBe(true);
	});
});

describe('Propexo Trigger, when n8n starts and the choices are others', () => {
	it.each([400, 403, 500])(
		'keeps its registration where Propexo does not change it: HTTP %i',
		async (status) => {
			const { host, before } = await registered();
			host.parameters = { triggers: ['WRITE_OPERATION_FAILURE', 'SYNC_COMPLETE'] };
			fault({ match: { method: 'PUT' }, status, times: Infinity });
			await host.activate('init');
			expect(await registrationsAt(triggers.emulator)).toEqual(before);
			expect(asked()).not.toContain('DELETE');
			expect(host.warnings).toEqual([expect.stringContaining(`HTTP ${status}`)]);
			expect(await takes(host, before[0]?.secret)).toBe(true);
		},
	);

	it('keeps its registration where Propexo has none of the chosen integrations any more', async () => {
		const { host, before } = await registered();
		host.parameters = { integrationIds: ['int_0'] };
		await host.activate('init');
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
		expect(host.warnings).toEqual([expect.stringContaining('no integration with the ID int_0')]);
	});

	it('lets n8n try again where Propexo changed something else and the removal may have been taken', async () => {
		const { host, before } = await registered({ triggers: ['DATA_NEW'], model: 'leads' });
		host.parameters = { triggers: ['DATA_NEW'], model: 'events' };
		// Propexo says that it is done, and shows what was there before.
		fault({ match: { method: 'PUT' }, status: 200, body: { result: before[0] } });
		fault({ match: { method: 'DELETE' }, close: 'after', times: Infinity });
		await shownBy(host.activate('init'));
		triggers.emulator.propexo.faults.clear();
		await host.activate('init');
		expect(await registrationsAt(triggers.emulator)).toMatchObject([
			{ url: host.url, triggers: [{ trigger: 'DATA_NEW', model: 'events' }] },
		]);
	});

	it('lets n8n try again where its registration is switched off and stays so', async () => {
		const { host, before } = await registered();
		const { url, token } = triggers.emulator.propexo;
		await fetch(`${url}/v1/webhooks/${before[0]?.id}`, {
			method: 'PUT',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: '{"active":false}',
		});
		fault({ match: { method: 'PUT' }, status: 403 });
		expect((await shownBy(host.activate('init'))).message).toContain('HTTP 403');
		await host.activate('init');
		const after = await registrationsAt(triggers.emulator);
		expect(after).toMatchObject([{ id: before[0]?.id, secret: before[0]?.secret, active: true }]);
	});
});

describe('Propexo Trigger, when n8n starts and its registration is gone or elsewhere', () => {
	it('is registered anew by a later attempt, if the first one fails', async () => {
		const { host, before } = await registered();
		fault({ match: { method: 'GET' }, status: 404 });
		fault({ match: { method: 'POST' }, status: 403 });
		expect((await shownBy(host.activate('init'))).message).toContain('HTTP 403');
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
		await host.activate('init');
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
		expect(await takes(host, before[0]?.secret)).toBe(true);
	});

	it('leaves the registration of the n8n whose database was copied alone, though it cannot register itself', async () => {
		const webhookBaseUrl = 'https://n8n.example.com/';
		const original = await propexoTrigger(triggers, {}, { webhookBaseUrl, webhookId: 'copied' });
		await original.activate();
		const before = await registrationsAt(triggers.emulator);
		const copy = await propexoTrigger(
			triggers,
			{},
			{
				webhookBaseUrl: 'https://staging.example.com/',
				webhookId: 'copied',
				database: { ...original.database },
				nodeType: await newProcess(loaded),
			},
		);
		fault({ match: { method: 'POST' }, status: 403, times: Infinity });
		for (const _ of [1, 2]) {
			await shownBy(copy.activate('init'));
			expect(await registrationsAt(triggers.emulator)).toEqual(before);
		}
		await copy.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
	});
});

describe('Propexo Trigger, when n8n starts and another trigger of the workflow fails', () => {
	it.each(STARTS)('keeps its registration until n8n can switch all of them on: %s', async (mode) => {
		const { host, before } = await registered();
		for (const _ of [1, 2, 3]) {
			expect((await shownBy(host.activateWith(failing, mode))).message).toContain('other trigger');
			expect(await registrationsAt(triggers.emulator)).toEqual(before);
		}
		expect(host.warnings).toContainEqual(expect.stringContaining('was not removed'));
		await host.activate(mode);
		expect(await takes(host, before[0]?.secret)).toBe(true);
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it('has n8n save nothing at further attempts, which n8n makes with old data', async () => {
		const { host } = await registered();
		await host.activate('init');
		const { saves } = host;
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
		await host.activate('init');
		expect(host.saves).toBe(saves);
	});

	it('removes what it registered itself meanwhile', async () => {
		const { host, before } = await registered();
		fault({ match: { method: 'GET' }, status: 404 });
		await shownBy(host.activateWith(failing, 'init'));
		// The emulator still holds the one that was said to be gone.
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
	});

	it('removes its registration when the workflow is unpublished while n8n waits for its next attempt', async () => {
		const { host } = await registered();
		await shownBy(host.activateWith(failing, 'init'));
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it('removes its registration when it is unpublished after a start at which n8n did not ask the trigger', async () => {
		const shared = { webhookId: 'the-webhook', webhookBaseUrl: 'https://n8n.example.com/' };
		const earlier = await propexoTrigger(triggers, {}, shared);
		await earlier.activate();
		const host = await propexoTrigger(
			triggers,
			{},
			{ ...shared, database: earlier.database, nodeType: await newProcess(loaded) },
		);
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it.each([
		['right after n8n has started', 0],
		['an hour later', 3_600_000],
	])('removes its registration when the workflow is unpublished %s', async (_, later) => {
		const { host } = await registered();
		await host.activate('init');
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + later);
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});
});
