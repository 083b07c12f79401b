import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';

const tokens = ['account-a', 'account-b'];
const accounts = tokens.map((token) => useServices({ propexoTokens: [token] }));

const of = (account: number, item: IDataObject = {}): IDataObject => ({
	notes: `Note ${account}`,
	url: accounts[account]?.emulator.propexo.url,
	token: tokens[account],
	...item,
});
async function create(items: IDataObject[], more: IDataObject, settings: Settings = {}) {
	const [first] = accounts;
	const propexoApi = { environment: 'custom', baseUrl: '={{ $json.url }}', token: '={{ $json.token }}' };
	const parameters = { notes: '={{ $json.notes }}', ...more };
	return await leadEvent(first!, parameters, { items, credentials: { propexoApi }, ...settings });
}
const requests = (account: number) => accounts[account]!.emulator.propexo.ledger.requests;
const jobs = (account: number) => accounts[account]!.emulator.propexo.ledger.created.map(({ id }) => id);

describe('Propexo, Lead Event: Create, items of two accounts', () => {
	it('wait for their results where their write was sent', async () => {
		const { success } = await create([of(0), of(1)], { options: { waitForResult: true } });
		expect(success.map(({ json }) => [json.job_id, json.write_status])).toEqual([
			[jobs(0)[0], 'SUCCESS'],
			[jobs(1)[0], 'SUCCESS'],
		]);
		for (const account of [0, 1]) {
			const polled = requests(account).filter(({ path }) => path.includes('/write-status/'));
			expect(polled.length).toBeGreaterThan(0);
			expect(polled.every(({ path }) => path.includes(String(jobs(account)[0])))).toBe(true);
		}
	});

	it('with one event ID are not taken for one event', async () => {
		const key = { deduplicationKey: '={{ $json.event_id }}' };
		const items = [of(0, { event_id: 'call 1' }), of(1, { event_id: 'call 1' })];
		const { thrown } = await create(items, key);
		expect(thrown?.message).toMatch(
			/^Item 2 of 2: 'Event ID in Your System' was already used by item 1/i,
		);
		expect([jobs(0), jobs(1)]).toEqual([[], []]);
	});

	it('are held against the PMS that the integration of their own account has', async () => {
		accounts[1]!.emulator.propexo.faults.add({
			match: { path: '/v1/admin/integrations/int_rentmanager_1/' },
			status: 200,
			body: { results: { id: 'int_rentmanager_1', vendor: 'YARDI' } },
		});
		const settings: Settings = { onError: 'continueRegularOutput' };
		const event = { integrationId: byId('int_rentmanager_1'), eventName: 'NOTE' };
		const { success } = await create([of(0), of(1)], event, settings);
		expect(success[0]?.json.job_id).toBe(jobs(0)[0]);
		expect(success[1]?.json.error).toMatch(/^Item 2 of 2: Yardi needs \d more fields: /);
		expect(jobs(1)).toEqual([]);
	});
});
