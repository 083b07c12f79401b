import { post, useTriggers } from '../../support/trigger/triggers.ts';
import { rentEngineTrigger, SECRET } from '../support/trigger.ts';

const triggers = useTriggers();

const text = JSON.stringify({ type: 'INSERT', table: 'units', record: { id: 1 }, old_record: null });

describe('RentEngine Trigger, whose choices are wrong by the time n8n starts', () => {
	it.each([
		['nothing is chosen', { triggerOn: [] }, "No event is chosen in 'Trigger On'"],
		[
			'an event is none',
			{ triggerOn: ['unitCreate'] },
			"names an event that does not exist: 'unitCreate'",
		],
		['no table is named', { triggerOn: ['otherRecordCreated'] }, "'Other Tables' is empty"],
	])('takes no webhook until they are right, so that it comes again: %s', async (_, wrong, message) => {
		const host = await rentEngineTrigger(triggers, { triggerOn: ['unitCreated'] });
		await host.activate();
		const before = host.parameters;
		host.parameters = wrong;
		await host.activate('init');
		expect(host.warnings).toEqual([expect.stringContaining(message)]);
		expect((await post(host.url, text, { 'x-api-key': SECRET })).status).toBe(503);
		expect(host.warnings[1]).toContain('A webhook was not accepted');
		expect(host.warnings[1]).toContain(message);
		host.parameters = before;
		expect((await post(host.url, text, { 'x-api-key': SECRET })).status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	it('refuses each webhook while the credential has no secret', async () => {
		const host = await rentEngineTrigger(triggers, { triggerOn: ['unitCreated'] });
		await host.activate();
		host.credentials = { rentEngineApi: { ...host.credentials.rentEngineApi, webhookSecret: '' } };
		await host.activate('init');
		expect(host.warnings).toEqual([expect.stringContaining("holds no 'Webhook Secret'")]);
		expect((await post(host.url, text, { 'x-api-key': '' })).status).toBe(401);
		expect(host.runs).toEqual([]);
	});
});
