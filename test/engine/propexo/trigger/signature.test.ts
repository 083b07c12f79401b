import { useTriggers, post } from '../../support/trigger/triggers.ts';
import { propexoTrigger, registrationsAt, signed, propexoDoor } from '../support/trigger.ts';

const triggers = useTriggers();

describe('Propexo Trigger, the signature', () => {
	it('is that of the bytes, not of what they mean', async () => {
		const { host, proof, event } = await propexoDoor(triggers);
		const spaced = JSON.stringify(JSON.parse(event(1)), null, 1);
		expect((await post(host.url, spaced, proof(event(1)))).status).toBe(401);
		expect((await post(host.url, spaced, proof(spaced))).status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	it('is refused when it was made with a secret that was replaced', async () => {
		const { host, proof, event } = await propexoDoor(triggers);
		const [found] = await registrationsAt(triggers.emulator);
		const { propexo } = triggers.emulator;
		await fetch(`${propexo.url}/v1/webhooks/${found?.id}`, {
			method: 'DELETE',
			headers: { authorization: `Bearer ${propexo.token}` },
		});
		await host.activate('init');
		expect((await post(host.url, event(1), proof(event(1)))).status).toBe(401);
		expect(host.runs).toEqual([]);
	});

	it('is refused with the secret from before the workflow was unpublished and published again', async () => {
		const { host, proof, event } = await propexoDoor(triggers);
		const [before] = await registrationsAt(triggers.emulator);
		await host.deactivate();
		await host.activate();
		const [after] = await registrationsAt(triggers.emulator);
		expect(JSON.stringify(host.saved)).not.toContain(before?.secret);
		expect((await post(host.url, event(1), proof(event(1)))).status).toBe(401);
		expect((await post(host.url, event(1), signed(after?.secret ?? '', event(1)))).status).toBe(200);
	});

	it.each(['wrong', 'old', 'missing'] as const)('is refused when it is %s', async (mark) => {
		const { host } = await propexoDoor(triggers);
		const [delivery] = await triggers.emulator.propexo.webhooks.deliver({
			trigger: 'WRITE_OPERATION_FAILURE',
			mark,
		});
		expect(delivery?.status).toBe(401);
		expect(host.runs).toEqual([]);
		expect(host.warnings).toEqual([
			expect.stringMatching(
				/not signed with the secret of this trigger\. \(workflow '.+', node '.+'\)$/,
			),
		]);
	});

	it('opens to nobody while there is no secret', async () => {
		const host = await propexoTrigger(triggers);
		host.database.active = true;
		const text = '{"trigger":"WRITE_OPERATION_FAILURE","data":{"root_job_id":"job_1"}}';
		for (const secret of ['', 'undefined', 'null']) {
			expect((await post(host.url, text, signed(secret, text))).status).toBe(401);
		}
		expect(host.runs).toEqual([]);
		expect(host.warnings[0]).toContain('has no secret');
	});

	it('is checked with the new secret even while n8n writes an old copy of the static data back', async () => {
		const { host, event } = await propexoDoor(triggers);
		const old = host.database.staticData;
		await host.deactivate();
		await host.activate();
		host.database.staticData = old;
		const found = (await registrationsAt(triggers.emulator)).find(({ url }) => url === host.url);
		expect((await post(host.url, event(1), signed(found?.secret ?? '', event(1)))).status).toBe(200);
		await host.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});
});
