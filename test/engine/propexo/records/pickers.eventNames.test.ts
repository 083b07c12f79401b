import { by } from '../../support/locator.ts';
import { byId } from '../../support/services.ts';
import { usePickers } from '../support/pickers.ts';

const { allOf, propexo, said } = usePickers();

describe('The list of event names', () => {
	it.each([
		['int_yardi_1', 19, 'LeaseSign'],
		['int_realpage_1', 13, 'Pre-recorded - Tour'],
		['int_resman_1', 16, 'EmailFromILS'],
		['int_rentmanager_1', 4, 'NOTE'],
	])('holds for %s the %i names of its PMS', async (id, count, one) => {
		const found = await allOf('searchEventNames', { integrationId: byId(id) });
		expect(found).toHaveLength(count);
		expect(found).toContainEqual({ name: one, value: one });
	});

	it('holds those of the PMS of an integration that is given by its name', async () => {
		expect(
			await allOf('searchEventNames', { integrationId: by('name', 'Cedar Group Yardi') }),
		).toHaveLength(19);
	});

	it('holds the names of the generic endpoint for a PMS it knows nothing of', async () => {
		expect(await allOf('searchEventNames', { integrationId: byId('int_any') })).toHaveLength(19);
	});

	it('names the PMSs with each name as long as no integration is chosen, and asks nobody', async () => {
		const found = await allOf('searchEventNames', {}, 'note');
		expect(found).toEqual([
			{ name: 'NOTE (Rent Manager)', value: 'NOTE' },
			{ name: 'Notes (RealPage)', value: 'Notes' },
		]);
		expect(propexo().ledger.requests).toEqual([]);
	});

	it.each([
		['int_propertyware_1', "Propertyware takes any text as 'Event Name'"],
		['int_entrata_1', 'Entrata uses event types, not names'],
		['int_mri_1', 'MRI uses event types'],
		['int_realpage_rpx_1', 'RealPage Exchange uses event types'],
	])('says for %s: %s', async (id, message) => {
		expect(await said('searchEventNames', { integrationId: byId(id) })).toContain(message);
	});

	it('fails for an integration that does not exist', async () => {
		await expect(allOf('searchEventNames', { integrationId: byId('int_gone') })).rejects.toThrow(
			'Integration not found',
		);
	});
});
