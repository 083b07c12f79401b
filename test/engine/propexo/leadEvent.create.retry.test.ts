import { accountOf } from '../support/deliver/account.ts';
import { faultFor, itemAt } from '../support/deliver/driven.ts';
import { anotherProcess, useServices } from '../support/services.ts';
import { driven } from './support/driven.ts';

const services = useServices();

it('a retry in which the integration cannot be found says of each item how it ended before', async () => {
	const { propexo } = services.emulator;
	propexo.faults.add(faultFor(2, { close: 'after' }));
	propexo.faults.add(faultFor(5, { status: 422, delayMs: 500 }));
	const first = await driven.run(services, driven.parameters({}), {
		items: [itemAt(0), itemAt(2), itemAt(5)],
	});
	expect(accountOf(driven, first, 3).outcomes).toEqual(['created', 'unknown', 'refused']);

	propexo.faults.add({ match: { method: 'GET', path: /integrations/ }, status: 404, times: Infinity });
	// Another process does not remember what it knew of the integration.
	const retried = await anotherProcess(services, {}).engine.retry(first, {
		onError: 'continueRegularOutput',
	});
	expect(accountOf(driven, retried, 3).outcomes).toEqual(['created', 'unknown', 'not sent']);
	expect(driven.idIn(retried.success[0]?.json ?? {})).toBe(propexo.ledger.created[0]?.id);
	expect(propexo.ledger.created).toHaveLength(2);
});
