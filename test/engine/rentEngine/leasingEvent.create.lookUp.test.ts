import type { Services } from '../support/services.ts';
import { createServices } from '../support/services.ts';
import { drivenRentEngine, faultFor, itemsOf } from '../support/deliver/driven.ts';
import { describeLookUp } from '../support/deliver/lookUp.ts';

describe('RentEngine: Look Up, Then Retry', () => describeLookUp(drivenRentEngine));

describe('RentEngine: the events of a prospect', () => {
	let services: Services;
	const schedule = drivenRentEngine.write.lookUpAfterMs;
	beforeAll(async () => {
		services = await createServices();
		drivenRentEngine.write.lookUpAfterMs = [20];
	});
	afterAll(async () => {
		drivenRentEngine.write.lookUpAfterMs = schedule;
		await services.emulator.close();
	});

	it('go on after a full page that does not say so, so that none is created twice', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add(faultFor(0, { close: 'after' }));
		const others = Array.from({ length: 100 }, (_, id) => ({ id, event_type: 'Log Note' }));
		const ours = drivenRentEngine.listing([{ id: 777, index: 0, at: Date.now() }]);
		for (const body of [{ data: others }, ours])
			faults.add({
				match: { method: 'GET', path: drivenRentEngine.listPath },
				status: 200,
				body,
				times: 1,
			});
		const { success } = await services.leasingEvent(
			drivenRentEngine.parameters({ outcomeUnknown: 'lookUp' }),
			{ items: itemsOf(1) },
		);
		expect(success.map(({ json }) => json.id)).toEqual([777]);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
});
