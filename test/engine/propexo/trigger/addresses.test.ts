import { useTriggers, post, shownBy } from '../../support/trigger/triggers.ts';
import { propexoTrigger, registrationsAt, signed } from '../support/trigger.ts';

const triggers = useTriggers();

const both = ['WRITE_OPERATION_FAILURE', 'DATA_NEW'];

describe('Propexo Trigger, beside others', () => {
	it("never touches another workflow's registration", async () => {
		const [one, other] = [
			await propexoTrigger(triggers),
			await propexoTrigger(triggers, { triggers: both }),
		];
		await one.activate();
		await other.activate();
		const [, kept] = await registrationsAt(triggers.emulator);
		await one.activate('init');
		await one.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([kept]);
	});

	it('leaves a registration alone that came along with a copy of the workflow', async () => {
		const original = await propexoTrigger(triggers);
		await original.activate();
		const [kept] = await registrationsAt(triggers.emulator);
		const copy = await propexoTrigger(triggers, { triggers: both }, { workflowId: 'copied-workflow' });
		copy.database.staticData = original.database.staticData;
		await copy.activate();
		await copy.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([kept]);
		expect(copy.warnings).toEqual([expect.stringContaining(`${kept?.id} has another address`)]);
	});

	it('removes nothing for a copy that was never switched on', async () => {
		const original = await propexoTrigger(triggers);
		await original.activate();
		const copy = await propexoTrigger(triggers, {}, { workflowId: 'copied-workflow' });
		copy.database.staticData = original.database.staticData;
		await copy.deactivate();
		expect(await registrationsAt(triggers.emulator)).toHaveLength(1);
	});

	it('registers the test URL by itself and takes it back after one delivery', async () => {
		const host = await propexoTrigger(triggers);
		await host.activate();
		const [production] = await registrationsAt(triggers.emulator);
		await host.listen();
		const [, test] = await registrationsAt(triggers.emulator);
		expect(test?.url).toBe(host.url.replace('/webhook/', '/webhook-test/'));
		expect(test?.secret).not.toBe(production?.secret);

		const text =
			'{"trigger":"WRITE_OPERATION_FAILURE","data":{"root_job_id":"job_1","write_status":"FAILURE"}}';
		const withProductionSecret = await post(
			test?.url ?? '',
			text,
			signed(production?.secret ?? '', text),
		);
		expect(withProductionSecret.status).toBe(401);
		expect((await post(test?.url ?? '', text, signed(test?.secret ?? '', text))).status).toBe(200);
		expect(host.runs).toHaveLength(1);
		await eventually(async () => expect(await registrationsAt(triggers.emulator)).toEqual([production]));
		expect(host.saved).toMatchObject({ production: { id: production?.id } });
	});

	it('takes the test URL back when nothing came', async () => {
		const host = await propexoTrigger(triggers);
		await host.listen();
		await host.stopListening();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});
});

describe("Propexo Trigger, at an address Propexo can't reach", () => {
	const production = { propexoApi: { environment: 'production', token: 'token' } };

	it.each([
		'http://localhost:5678/',
		'https://localhost:5678/',
		'http://n8n.example.com/',
		'https://192.168.1.20/',
		'https://[::1]/',
		'https://n8n/',
	])('is refused at %s, with the way out', async (webhookBaseUrl) => {
		const host = await propexoTrigger(triggers, {}, { webhookBaseUrl, credentials: production });
		const shown = await shownBy(host.activate());
		expect(shown.message).toBe(`Propexo cannot deliver to ${new URL(webhookBaseUrl).origin}`);
		expect(shown.description).toContain('WEBHOOK_URL');
	});

	it('is taken there when Propexo itself is emulated on this machine', async () => {
		const host = await propexoTrigger(triggers, {}, { webhookBaseUrl: 'http://localhost:5678/' });
		await host.activate();
		expect(await registrationsAt(triggers.emulator)).toMatchObject([{ url: host.url }]);
	});

	it('registers an address that is public', async () => {
		const host = await propexoTrigger(triggers, {}, { webhookBaseUrl: 'https://n8n.example.com/' });
		await host.activate();
		expect(await registrationsAt(triggers.emulator)).toMatchObject([{ url: host.url }]);
	});

	it.each(['https://new.example.com/', 'https://old.example.com/n8n/'])(
		'leaves its registration alone, and names it, when n8n is at %s now and the workflow is unpublished there',
		async (webhookBaseUrl) => {
			const host = await propexoTrigger(triggers, {}, { webhookBaseUrl: 'https://old.example.com/' });
			await host.activate();
			const before = await registrationsAt(triggers.emulator);
			host.webhookBaseUrl = webhookBaseUrl;
			await host.deactivate();
			// n8n's database may have been copied: then the n8n before still takes what is delivered.
			expect(await registrationsAt(triggers.emulator)).toEqual(before);
			expect(host.warnings).toEqual([expect.stringContaining(`${before[0]?.id} has another address`)]);
			expect(host.saved.production).toBeUndefined();
		},
	);

	it('names the address of one that may have been made there', async () => {
		const host = await propexoTrigger(triggers, {}, { webhookBaseUrl: 'https://old.example.com/' });
		triggers.emulator.propexo.faults.add({ match: { method: 'POST' }, status: 500 });
		triggers.emulator.propexo.faults.add({ match: { method: 'GET' }, status: 403, times: Infinity });
		await shownBy(host.activate());
		triggers.emulator.propexo.faults.clear();
		const { url } = host;
		host.webhookBaseUrl = 'https://new.example.com/';
		host.warnings.splice(0);
		await host.deactivate();
		expect(host.warnings).toEqual([expect.stringContaining(`${url} has another address`)]);
	});

	it('registers anew, and leaves the former registration alone, when n8n has moved', async () => {
		const host = await propexoTrigger(triggers, {}, { webhookBaseUrl: 'https://old.example.com/' });
		await host.activate();
		host.webhookBaseUrl = 'https://new.example.com/';
		await host.activate('init');
		expect((await registrationsAt(triggers.emulator)).map(({ url }) => new URL(url).host)).toEqual([
			'old.example.com',
			'new.example.com',
		]);
		expect(host.warnings).toHaveLength(1);
	});
});

async function eventually(check: () => Promise<void>): Promise<void> {
	const giveUp = Date.now() + 200_000;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > giveUp) throw error;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
}
