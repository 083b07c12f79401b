import { useServices } from '../support/services.ts';
import { faultFor, itemsOf } from '../support/deliver/driven.ts';
import { describeLookUp } from '../support/deliver/lookUp.ts';
import { leasingEvent } from './support/run.ts';
import { driven } from './support/driven.ts';

describe('RentEngine: Look Up, Then Retry', () => describeLookUp(driven));

describe('RentEngine: the events of a prospect', () => {
	const services = useServices({ timing: { lookUpAfterMs: [20] } });

	it('go on after a full page that does not say so, so that none is created twice', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add(faultFor(0, { close: 'after' }));
		const others = Array.from({ length: 100 }, (_, id) => ({ id, event_type: 'Log Note' }));
		const ours = driven.listing([{ id: 777, index: 0, at: Date.now() }]);
		for (const body of [{ data: others }, ours])
			faults.add({
				match: { method: 'GET', path: driven.listPath },
				status: 200,
				body,
				times: 1,
			});
		const { success } = await leasingEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(1),
		});
		expect(success.map(({ json }) => json.id)).toEqual([777]);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
});

describe('RentEngine: an event in doubt, without an option', () => {
	const services = useServices({ timing: { lookUpAfterMs: [20, 120] } });

	it.each([
		['is found', { close: 'after' }, 1],
		['is sent again when it is not there', { close: 'before' }, 2],
	] as const)('%s', async (_, fault, posts) => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add(faultFor(0, fault));
		const { success } = await leasingEvent(services, driven.parameters({ outcomeUnknown: undefined }), {
			items: itemsOf(1),
		});
		expect(success).toHaveLength(1);
		expect(ledger.created).toHaveLength(1);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(posts);
	});
});
