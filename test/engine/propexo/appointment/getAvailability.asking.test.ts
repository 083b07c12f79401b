import { byId } from '../../support/services.ts';
import { FROM, PLACE, useFreeTimes } from '../support/freeTimes.ts';
import { jsonOf, run } from '../support/run.ts';

const { asked, free, placesAt, propexo, services } = useFreeTimes();
const paths = () => propexo().ledger.requests.map(({ path }) => path);

describe('What cannot be asked for', () => {
	it('is told by the name of the PMS before anything is sent', async () => {
		const items = [
			...['int_rentmanager_1', 'int_resman_1'].map((integration) => placesAt(integration)[0]),
			{ ...placesAt('int_entrata_1')[0], employee: 'emp_1' },
			{ ...placesAt('int_appfolio_1')[0] },
			{ ...placesAt('int_appfolio_1')[0], days: 0 },
			{ integration: 'int_nowhere', property: 'prop_1' },
		].map((item) => ({ from: FROM, ...item }));
		const { success } = await free(items, {
			additionalFields: { employeeId: byId('={{ $json.employee }}') },
		});
		const errors = success.map(({ json }) => json.error).filter((error) => error !== undefined);
		expect(errors).toEqual([
			expect.stringContaining(
				"'Integration' belongs to Rent Manager, and Propexo cannot ask Rent Manager for free times",
			),
			expect.stringContaining(
				"'Integration' belongs to ResMan, and Propexo cannot ask ResMan for free times",
			),
			expect.stringMatching(/'Employee' is not accepted by Entrata: empty it$/),
			expect.stringContaining("'Days'"),
			expect.stringContaining("'Integration' is not in this Propexo account"),
		]);
		expect(asked()).toHaveLength(1);
	});

	it.each([
		['int_entrata_1', 'Entrata'],
		['int_realpage_rpx_1', 'RealPage Exchange'],
	])('is told without a property, which %s needs', async (integration, pms) => {
		const { success } = await free([{ integration, from: FROM }], { propertyId: byId('') });
		expect(success[0]?.json.error).toMatch(`'Property' is empty, and ${pms} requires it`);
		expect(asked()).toEqual([]);
	});

	it.each([undefined, null, '', ' '])(
		'is an expression that finds no property: those of all others would be offered (%j)',
		async (nothing) => {
			const { success } = await free([
				{ ...placesAt('int_appfolio_1')[0], property: nothing, from: FROM },
			]);
			expect(success.map(({ json }) => json.error)).toEqual([
				expect.stringMatching(
					/'Property' is empty and must be filled in.* of all properties would be found$/,
				),
			]);
			expect(asked()).toEqual([]);
		},
	);

	it('stops the run before anything is asked, in Stop mode', async () => {
		const items = [placesAt('int_appfolio_1')[0], placesAt('int_rentmanager_1')[0]];
		const { thrown } = await run(services, 'appointment', 'getAvailability', PLACE, {
			items: items.map((item) => ({ ...item, from: FROM })),
		});
		expect(thrown?.message).toContain('Item 2 of 2');
		expect(thrown?.message).toContain('Rent Manager');
		expect(asked()).toEqual([]);
	});

	it('is told in the words of the PMS, and is asked again while Propexo is busy', async () => {
		const item = { ...placesAt('int_appfolio_1')[0], from: FROM };
		propexo().faults.add({ match: { method: 'POST' }, status: 503, times: 2 });
		propexo().faults.add({ match: { method: 'POST' }, close: 'after' });
		expect((await free([item])).success.length).toBeGreaterThan(18);
		propexo().faults.add({ match: { method: 'POST' }, status: 405, body: { error: { message: 'No' } } });
		expect(jsonOf(await free([item]))[0]?.error).toContain('does not support this (HTTP 405)');
		propexo().faults.add({ match: { method: 'POST' }, status: 200, body: { result: {} } });
		expect(jsonOf(await free([item]))[0]?.error).toContain('another form than documented');
	});

	it('costs no request that the reply makes needless', async () => {
		await free([{ ...placesAt('int_appfolio_1')[0], from: FROM }]);
		expect(paths().filter((path) => path.includes('timezones'))).toEqual([]);
	});

	it('asks for the time zones once, for today and for the times', async () => {
		await free([{ ...placesAt('int_realpage_rpx_1')[0], days: 7 }]);
		expect(paths().filter((path) => path.includes('timezones'))).toHaveLength(1);
	});
});
