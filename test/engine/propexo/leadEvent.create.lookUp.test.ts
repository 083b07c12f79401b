import type { IDataObject } from 'n8n-workflow';

import type { Services } from '../support/services.ts';
import { createServices } from '../support/services.ts';
import { drivenPropexo, faultFor, itemsOf } from '../support/deliver/driven.ts';
import { describeLookUp } from '../support/deliver/lookUp.ts';

describe('Propexo: Look Up, Then Retry', () => describeLookUp(drivenPropexo));

describe('Propexo: its write log', () => {
	let services: Services;
	const schedule = drivenPropexo.write.lookUpAfterMs;
	beforeAll(async () => {
		services = await createServices();
	});
	afterAll(async () => {
		drivenPropexo.write.lookUpAfterMs = schedule;
		await services.emulator.close();
	});
	beforeEach(() => services.emulator.reset());

	const run = async () =>
		await services.leadEvent(drivenPropexo.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(1),
			onError: 'continueRegularOutput',
		});

	it('is looked at again while the job may be pending, since it lists finished ones alone', async () => {
		drivenPropexo.write.lookUpAfterMs = [20, 600];
		services.emulator.propexo.settings.jobMs = 300;
		services.emulator.propexo.faults.add(faultFor(0, { close: 'after' }));
		const { success } = await run();
		const { created, requests } = services.emulator.propexo.ledger;
		expect(success.map(({ json }) => json.job_id)).toEqual(created.map(({ id }) => id));
		expect(requests.filter(({ path }) => path === drivenPropexo.listPath)).toHaveLength(2);
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('decides nothing by a row that does not tell what was sent', async () => {
		drivenPropexo.write.lookUpAfterMs = [20];
		services.emulator.propexo.faults.add(faultFor(0, { close: 'before' }));
		const logs = [{ job_id: 'job_1', created_at: new Date().toISOString(), status: 'SUCCESS' }];
		const body = { results: { logs } };
		services.emulator.propexo.faults.add({
			match: { method: 'GET' },
			status: 200,
			body,
			times: Infinity,
		});
		const { success } = await run();
		expect(success[0]?.json.details).toMatchObject({ outcome: 'unknown' });
	});

	it('decides nothing by an event of the same lead that has more fields filled in', async () => {
		drivenPropexo.write.lookUpAfterMs = [20];
		services.emulator.propexo.faults.add(faultFor(0, { close: 'before' }));
		// Another workflow notes the same visit, with its unit, before this one looks.
		const listing = drivenPropexo.listing([{ id: 77, index: 0, at: Date.now() + 500 }]);
		const { results } = listing as { results: { logs: Array<{ parameters: IDataObject }> } };
		for (const { parameters } of results.logs) parameters.unit_id = 'unit_1';
		services.emulator.propexo.faults.add({
			match: { method: 'GET', path: drivenPropexo.listPath },
			status: 200,
			body: listing,
			times: Infinity,
		});
		const { success } = await run();
		expect(success[0]?.json.details).toMatchObject({ outcome: 'unknown' });
	});

	it('is asked for the events of the integration alone', async () => {
		drivenPropexo.write.lookUpAfterMs = [20];
		services.emulator.propexo.faults.add(faultFor(0, { close: 'before' }));
		await run();
		const { requests } = services.emulator.propexo.ledger;
		expect(requests.find(({ path }) => path === drivenPropexo.listPath)?.query).toMatchObject({
			integration_id: 'int_any',
			write_category: 'events',
			time_range: 'hour',
		});
	});
});
