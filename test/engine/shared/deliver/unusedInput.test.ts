import type { IDataObject } from 'n8n-workflow';

import { DRIVEN } from '../../support/service.ts';
import { useServices } from '../../support/services.ts';
import { accountOf, expectTrue } from '../../support/deliver/account.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, itemsOf } from '../../support/deliver/driven.ts';

describe.each(DRIVEN)('$title: an item with a property that the node does not use', (driven: Driven) => {
	const services = useServices();

	it('that contains itself is sent like the others, and once', async () => {
		const loop: IDataObject = {};
		loop.loop = [loop, { loop }];
		const items = itemsOf(3);
		items[1] = { ...itemAt(1), unused: loop };
		const emulated = driven.emulated(services.emulator);
		// The second try knows it by its input alone: its request is another one each time.
		emulated.faults.add(faultFor(2, { status: 400 }));
		const notes = "={{ $json.notes + ' at ' + $now.toMillis() }}";
		const result = await driven.run(services, driven.parameters({}, notes), {
			items,
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 5,
		});
		const account = accountOf(driven, result, items.length);
		expect(account.outcomes).toEqual(['created', 'created', 'created']);
		expectTrue(emulated, account);
		expect(emulated.ledger.created).toHaveLength(3);
	});
});

describe.each(DRIVEN)('$title: an item without any JSON, such as a file alone', (driven: Driven) => {
	const services = useServices();

	it('fails by itself, and the others are sent', async () => {
		const fileAlone = undefined as unknown as IDataObject;
		const { runs } = await driven.run(services, driven.parameters({}), {
			items: [itemAt(0)],
			rounds: [[fileAlone, itemAt(1)]],
			onError: 'continueErrorOutput',
		});
		const [, { success, error } = { success: [], error: [] }] = runs;
		expect(success).toMatchObject([{ pairedItem: { item: 1 } }]);
		expect(error).toMatchObject([{ json: { details: { outcome: 'not sent', item: 1 } } }]);
		expect(driven.emulated(services.emulator).ledger.created).toHaveLength(2);
	});
});
