import { useTriggers, post, shownBy, signed } from '../../support/trigger/triggers.ts';

const triggers = useTriggers();

const both = ['WRITE_OPERATION_FAILURE', 'DATA_NEW'];

describe('Propexo Trigger, beside others', () => {
	it("never touches another workflow's registration", async () => {
		const [one, other] = [await triggers.propexo(), await triggers.propexo({ triggers: both })];
		await one.activate();
		await other.activate();
		const [, kept] = await triggers.registrations();
		await one.activate('init');
		await one.deactivate();
		expect(await triggers.registrations()).toEqual([kept]);
	});

	it('leaves a registration alone that came along with a copy of the workflow', async () => {
		const original = await triggers.propexo();
		await original.activate();
		const [kept] = await triggers.registrations();
		const copy = await triggers.propexo({ triggers: both }, { workflowId: 'copied-workflow' });
		copy.database.staticData = original.database.staticData;
		await copy.activate();
		await copy.deactivate();
		expect(await triggers.registrations()).toEqual([kept]);
		expect(copy.warnings).toEqual([expect.stringContaining(`${kept?.id} leads to another address`)]);
	});

	it('removes nothing for a copy that was never switched on', async () => {
		const original = await triggers.propexo();
		await original.activate();
		const copy = await triggers.propexo({}, { workflowId: 'copied-workflow' });
		copy.database.staticData = original.database.staticData;
		await copy.deactivate();
		expect(await triggers.registrations()).toHaveLength(1);
	});

	it('registers the test URL by itself and takes it back after one delivery', async () => {
		const host = await triggers.propexo();
		await host.activate();
		const [production] = await triggers.registrations();
		await host.listen();
		const [, test] = await triggers.registrations();
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
		await eventually(async () => expect(await triggers.registrations()).toEqual([production]));
		expect(host.saved).toMatchObject({ production: { id: production?.id } });
	});

	it('takes the test URL back when nothing came', async () => {
		const host = await triggers.propexo();
		await host.listen();
		await host.stopListening();
		expect(await triggers.registrations()).toEqual([]);
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
		const host = await triggers.propexo({}, { webhookBaseUrl, credentials: production });
		const shown = await shownBy(host.activate());
		expect(shown.message).toBe(`Propexo cannot deliver to ${new URL(webhookBaseUrl).origin}`);
		expect(shown.description).toContain('WEBHOOK_URL');
	});

	it('is taken there when Propexo itself is emulated on this machine', async () => {
		const host = await triggers.propexo({}, { webhookBaseUrl: 'http://localhost:5678/' });
		await host.activate();
		expect(await triggers.registrations()).toMatchObject([{ url: host.url }]);
	});

	it('registers an address that is public', async () => {
		const host = await triggers.propexo({}, { webhookBaseUrl: 'https://n8n.example.com/' });
		await host.activate();
		expect(await triggers.registrations()).toMatchObject([{ url: host.url }]);
	});

	it.each(['https://new.example.com/', 'https://old.example.com/n8n/'])(
		'takes its registration back when n8n has moved to %s and the workflow is switched off there',
		async (webhookBaseUrl) => {
			const host = await triggers.propexo({}, { webhookBaseUrl: 'https://old.example.com/' });
			await host.activate();
			await host.listen();
			const [, test] = await triggers.registrations();
			host.webhookBaseUrl = webhookBaseUrl;
			await host.deactivate();
			expect(await triggers.registrations()).toEqual([test]);
			expect(host.saved.production).toBeUndefined();
		},
	);

	it('registers anew, and leaves the former registration alone, when n8n has moved', async () => {
		const host = await triggers.propexo({}, { webhookBaseUrl: 'https://old.example.com/' });
		await host.activate();
		host.webhookBaseUrl = 'https://new.example.com/';
		await host.activate('init');
		expect((await triggers.registrations()).map(({ url }) => new URL(url).host)).toEqual([
			'old.example.com',
			'new.example.com',
		]);
		expect(host.warnings).toHaveLength(1);
	});
});

async function eventually(check: () => Promise<void>): Promise<void> {
	const giveUp = Date.now() + 10_000;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > giveUp) throw error;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
}
