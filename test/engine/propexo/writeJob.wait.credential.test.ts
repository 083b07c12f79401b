import type { IDataObject } from 'n8n-workflow';

import { useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';

// Unlike results tell which account was asked.
const accounts = (['SUCCESS', 'FAILURE'] as const).map((jobResult) =>
	useServices({ propexo: { jobResult } }),
);

it('waits for each write job with the credential of its item', async () => {
	const items: IDataObject[] = [];
	for (const account of accounts) {
		const { success } = await leadEvent(account, { eventName: 'Show' });
		const { baseUrl, token } = account.credentials.propexoApi;
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
