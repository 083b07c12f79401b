import type { IDataObject } from 'n8n-workflow';

import { useServices } from '../support/services.ts';

const services = useServices({ counts: { units: 120 } });

const getAll = async (parameters: IDataObject = {}) =>
	await services.engine.run({
		node: 'rentEngine',
		parameters: { resource: 'unit', operation: 'getAll', returnAll: true, ...parameters },
		credentials: { rentEngineApi: services.credentials.rentEngineApi },
	});
const requests = () => services.emulator.rentEngine.ledger.requests;
const units = () => services.emulator.rentEngine.data.units.rows;
const cityOf = ({ address }: IDataObject) => (address as IDataObject).city;

describe('RentEngine, Unit: Get Many', () => {
	it('reads all pages, each unit once', async () => {
		const { success, thrown } = await getAll();
		expect(thrown).toBeUndefined();
		expect(success.map(({ json }) => json.id)).toEqual(units().map(({ id }) => id));
		expect(requests().map(({ query }) => query)).toEqual([
			{ limit: '100', page_number: '0' },
			{ limit: '99', page_number: '1' },
		]);
	});

	it('misses none although another one is leased while the list is read', async () => {
		const { data, faults } = services.emulator.rentEngine;
		for (const unit of data.units) unit.status = 'Available';
		const before = units();
		faults.add({ body: structuredClone(before.slice(0, 100)) });
		Object.assign(before[7] ?? {}, { status: 'Leased' });
		const { success } = await getAll({ filters: { statuses: ['Available'] } });
		const found = new Set(success.map(({ json }) => json.id));
		expect(before.filter(({ id }) => !found.has(id)).map(({ id }) => id)).toEqual([]);
	});

	it('asks for statuses as a list with commas', async () => {
		const { success } = await getAll({ filters: { statuses: ['Available', 'On Hold'] } });
		expect(requests()[0]?.query).toEqual({
			statuses: 'Available,On Hold',
			limit: '100',
			page_number: '0',
		});
		expect(new Set(success.map(({ json }) => json.status))).toEqual(new Set(['Available', 'On Hold']));
	});

	it('leaves out units of other statuses, where RentEngine gives them too', async () => {
		const rows = [{ id: 1, status: 'Leased' }, { id: 2, status: 'On Hold' }, { id: 3 }];
		services.emulator.rentEngine.faults.add({ body: rows });
		const { success } = await getAll({ filters: { statuses: ['Available', 'On Hold'] } });
		expect(success.map(({ json }) => json.id)).toEqual([2, 3]);
	});

	it('asks for a city and the time of the last change, and sends nothing that was not added', async () => {
		const [unit] = units();
		const city = cityOf(unit as IDataObject);
		const { success } = await getAll({
			output: 'raw',
			filters: {
				city,
				updatedAfter: '2026-01-05T08:00:00Z',
				updatedBefore: '2026-01-06T08:00:00Z',
			},
		});
		expect(requests()[0]).toMatchObject({ status: 200 });
		expect(requests()[0]?.query).toEqual({
			city,
			updated_after: '2026-01-05T08:00:00.000Z',
			updated_before: '2026-01-06T08:00:00.000Z',
			limit: '100',
			page_number: '0',
		});
		expect(success.length).toBeGreaterThan(0);
		for (const { json } of success) expect(cityOf(json)).toBe(city);
	});

	it('says of a time without a zone that it is in UTC', async () => {
		const row = { id: 1, updated_at: '2026-01-05T10:00:00', earliest_move_in_date: '2026-02-01' };
		services.emulator.rentEngine.faults.add({ body: [row] });
		expect((await getAll()).success[0]?.json).toMatchObject({
			...row,
			updated_at: '2026-01-05T10:00:00.000Z',
		});
	});

	it('reads an address that is an object and one that is a number', async () => {
		const { success } = await getAll();
		const [asObject, asNumber] = [units()[0], units().find(({ address }) => typeof address === 'number')];
		const found = (id?: number) => success.find(({ json }) => json.id === id)?.json;
		expect(found(asObject?.id)).toEqual({
			id: asObject?.id,
			address: (asObject?.address as IDataObject).formatted_address,
			city: (asObject?.address as IDataObject).city,
			status: asObject?.status,
			property_type: 'Apartment',
			bedrooms: '1',
			bathrooms: '1',
			target_rental_rate: 1400,
			earliest_move_in_date: '2026-12-01',
			updated_at: asObject?.updated_at,
		});
		expect(found(asNumber?.id)).toMatchObject({ address: asNumber?.address, city: null });
	});

	it('gives what the API gave when it is not to simplify', async () => {
		const { success } = await getAll({ output: 'raw', returnAll: false, limit: 1 });
		expect(success[0]?.json).toEqual(units()[0]);
	});

	it('takes a status for a choice, not any text', async () => {
		const { thrown } = await getAll({ filters: { statuses: '={{ "Available, Sold" }}' } });
		expect(thrown?.message).toMatch(/^'Statuses' must be one or several of: Archived; Available;/);
		expect(requests()).toEqual([]);
	});

	it('gives no items where there are no units', async () => {
		const { success, thrown } = await getAll({ filters: { city: 'Atlantis' } });
		expect(thrown).toBeUndefined();
		expect(success).toEqual([]);
	});
});
