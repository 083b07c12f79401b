import type { IDataObject } from 'n8n-workflow';

import type { Services } from '../support/services.ts';
import { createServices } from '../support/services.ts';

let accounts: Services[];
beforeAll(async () => {
	// Unlike results tell which account was asked.
	accounts = [
		await createServices({ propexo: { jobResult: 'SUCCESS' } }),
		await createServices({ propexo: { jobResult: 'FAILURE' } }),
	];
});
afterAll(async () => await Promise.all(accounts.map(async ({ emulator }) => await emulator.close())));

it('waits for each write job with the credential of its item', async () => {
	const items: IDataObject[] = [];
	for (const { leadEvent, credentials } of accounts) {
		const { success } = await leadEvent({ eventName: 'Show', options: { waitForResult: false } });
		const { baseUrl, token } = credentials.propexoApi;
		items.push({ url: baseUrl, token, job: success[0]?.json.job_id });
	}
	const { engine, credentials } = accounts[0]!;
	const { success, error } = await engine.run({
		node: 'propexo',
		parameters: { resource: 'writeJob', operation: 'wait', jobId: '={{ $json.job }}' },
		credentials: {
			propexoApi: {
				...credentials.propexoApi,
				baseUrl: '={{ $json.url }}',
				token: '={{ $json.token }}',
			},
		},
		items,
		onError: 'continueErrorOutput',
	});
	expect(success.map(({ json, pairedItem }) => [json.write_status, pairedItem])).toEqual([
		['SUCCESS', { item: 0 }],
	]);
	expect(error.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		[expect.stringContaining('the PMS refused it'), { item: 1 }],
	]);
});
