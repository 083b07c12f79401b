import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../support/services.ts';
import { NEW, next, rowsOf, stranger, useUpsert } from '../support/upsert.ts';

const { madeLeads, propexo, services, test, upsert } = useUpsert();

/** What thousands of newer leads do: n8n forgets the oldest claims, and the process no longer watches them. */
function forgetClaims(): void {
	(services.engine.processedData as unknown as { rows: Map<string, unknown> }).rows.clear();
	const now = performance.now.bind(performance);
	jest.spyOn(performance, 'now').mockImplementation(() => now() + 600_000);
}

test('A lead that Propexo does not show yet is not made again once n8n has forgotten its claim, as long as the process knows its job', async () => {
	const own = (rows: Iterable<unknown>) =>
		byId(
			([...rows] as IDataObject[]).find(({ integration_id }) => integration_id === 'int_entrata_1')
				?.id as string,
		);
	const { properties, leadSources } = propexo().data;
	const whole = {
		...{ ...NEW, phone1: `+1 303 555 ${7800 + next()}`, integrationId: byId('int_entrata_1') },
		...{ propertyId: own(properties.rows), leadSourceId: own(leadSources.rows) },
	};
	const items = [stranger()];
	const [first] = rowsOf(await upsert(whole, { items }));
	expect(first).toMatchObject({ action: 'created' });
	forgetClaims();
	expect(rowsOf(await upsert(whole, { items }))).toMatchObject([
		{ action: 'unchanged', job_id: first?.job_id },
	]);
	expect(madeLeads()).toHaveLength(1);
});
