import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';

const services = useServices({ counts: { prospects: 250 } });

const getAll = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await services.engine.run({
		node: 'rentEngine',
		parameters: { resource: 'prospect', operation: 'getAll', ...parameters },
		credentials: { rentEngineApi: services.credentials.rentEngineApi },
		...settings,
	});
const requests = () => services.emulator.rentEngine.ledger.requests;
const ids = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.id);
const prospects = () => services.emulator.rentEngine.data.prospects;

describe('RentEngine, Prospect: Get Many', () => {
	it.each(['oldest', 'newest'] as const)('reads all pages, %s first, each prospect once', async (order) => {
		services.emulator.rentEngine.settings.prospectOrder = order;
		const { success, thrown } = await getAll({ returnAll: true });
		expect(thrown).toBeUndefined();
		expect(new Set(ids(success))).toEqual(new Set(prospects().rows.map(({ id }) => id)));
		expect(success).toHaveLength(250);
		expect(requests().map(({ query }) => query)).toEqual([
			{ limit: '100', page_number: '0' },
			// Each begins with the last rows of the one before.
			{ limit: '99', page_number: '1' },
			{ limit: '98', page_number: '2' },
		]);
	});

	it.each(['oldest', 'newest'] as const)(
		'misses none although others are removed while the list is read, %s first',
		async (order) => {
			const { settings, faults } = services.emulator.rentEngine;
			settings.prospectOrder = order;
			const { rows } = prospects();
			if (order === 'newest') rows.reverse();
			faults.add({ body: rows.slice(0, 100) });
			for (const { id } of rows.slice(40, 43)) prospects().delete(id);
			const { success } = await getAll({ returnAll: true });
			expect(ids(success).sort()).toEqual(rows.map(({ id }) => id).sort());
		},
	);

	it('reads on where RentEngine gives pages of its own length, or rows without an ID', async () => {
		const page = (size: number, from: number) =>
			Array.from({ length: size }, (_, index) => ({ id: from + index }));
		const [first, second, third] = [page(100, 1), page(100, 101), page(7, 201)];
		const nameless = new Array<IDataObject>(107).fill({ name: 'Dana' });
		for (const bodies of [
			// The first one is read again, because the second one does not begin with its end.
			[first, second, first, third],
			[nameless.slice(0, 100), nameless.slice(100)],
		]) {
			for (const body of bodies) services.emulator.rentEngine.faults.add({ body });
			const { success } = await getAll({ returnAll: true });
			expect(success).toHaveLength(new Set(bodies).size === 3 ? 207 : 107);
		}
	});

	it('gives a prospect once although it has moved to the next page meanwhile', async () => {
		services.emulator.rentEngine.settings.prospectOrder = 'newest';
		const newestFirst = [...prospects().rows].reverse();
		services.emulator.rentEngine.faults.add({ body: newestFirst.slice(0, 100) });
		services.emulator.rentEngine.rows.addProspect({ created_at: '2026-12-01T00:00:00.000000Z' });
		const { success } = await getAll({ returnAll: true });
		expect(ids(success)).toEqual(newestFirst.map(({ id }) => id));
	});

	it('is told nothing of fields that it does not have', async () => {
		services.emulator.rentEngine.faults.add({ status: 404, body: { error: 'Prospect not found' } });
		expect((await getAll()).thrown?.description).toMatch(/^Check the IDs/);
	});

	it('returns 50 by default, and as many as the limit says', async () => {
		expect((await getAll()).success).toHaveLength(50);
		expect((await getAll({ limit: 120 })).success).toHaveLength(120);
		expect(requests()).toHaveLength(3);
	});

	it('asks for a span of time in UTC, and sends nothing that was not added', async () => {
		await getAll({ filters: { createdAfter: '2026-01-05T04:00:00-06:00' } });
		await getAll({ filters: { createdBefore: '2026-01-05T04:00:00' } }, { timezone: 'UTC' });
		expect(requests().map(({ query, status }) => [status, query])).toEqual([
			[200, { created_after: '2026-01-05T10:00:00.000Z', limit: '100', page_number: '0' }],
			[200, { created_before: '2026-01-05T04:00:00.000Z', limit: '100', page_number: '0' }],
		]);
	});

	it('gives every prospect once in spans of time that meet', async () => {
		const at = (index: number) => prospects().rows[index]?.created_at ?? '';
		const span = async (filters: IDataObject) =>
			ids((await getAll({ returnAll: true, filters })).success);
		const found = [
			...(await span({ createdBefore: at(80) })),
			...(await span({ createdAfter: at(80), createdBefore: at(170) })),
			...(await span({ createdAfter: at(170) })),
		];
		expect(found).toEqual(prospects().rows.map(({ id }) => id));
	});

	it('says of a time without a zone that it is in UTC', async () => {
		const at = '2026-01-05T10:00:00';
		services.emulator.rentEngine.faults.add({ body: [{ id: 1, created_at: at, updated_at: at }] });
		const told = `${at}.000Z`;
		expect((await getAll()).success[0]?.json).toMatchObject({ created_at: told, updated_at: told });
	});

	it('leaves the last moment of a span out although the API takes it in', async () => {
		const [row] = prospects().rows;
		services.emulator.rentEngine.faults.add({ body: [row] });
		const { success } = await getAll({ filters: { createdBefore: row?.created_at } });
		expect(success).toEqual([]);
	});

	it('leaves out those who came before the span, where RentEngine gives them too', async () => {
		const rows = [
			{ id: 1, created_at: '2026-02-28T23:59:59.999999Z' },
			{ id: 2, created_at: '2026-03-01T00:00:00.000001Z' },
		];
		services.emulator.rentEngine.faults.add({ body: rows });
		const { success } = await getAll({ filters: { createdAfter: '2026-03-01T00:00:00Z' } });
		expect(ids(success)).toEqual([2]);
	});

	it('gives a prospect of whom nobody can read since when it is there', async () => {
		services.emulator.rentEngine.faults.add({ body: [{ id: 1, created_at: 1772397000 }, { id: 2 }] });
		const { success } = await getAll({ filters: { createdBefore: '2026-03-01T00:00:00Z' } });
		expect(ids(success)).toEqual([1, 2]);
	});

	it('gives those who ask about a unit', async () => {
		const { success } = await getAll({
			returnAll: true,
			filters: { unitOfInterest: { __rl: true, mode: 'list', value: 503 } },
		});
		expect(success.length).toBeGreaterThan(1);
		expect(new Set(success.map(({ json }) => json.unit_of_interest))).toEqual(new Set([503]));
		expect(Object.keys(requests()[0]?.query ?? {}).sort()).toEqual(['limit', 'page_number']);
	});

	it('simplifies, or gives what the API gave', async () => {
		const simple = await getAll({ limit: 1 });
		expect(Object.keys(simple.success[0]?.json ?? {})).toEqual([
			'id',
			'name',
			'email',
			'phone',
			'status',
			'source',
			'unit_of_interest',
			'created_at',
			'updated_at',
		]);
		const raw = await getAll({ limit: 1, output: 'raw' });
		expect(raw.success[0]?.json).toEqual({ ...prospects().rows[0] });
	});

	it('gives the fields that are selected', async () => {
		const [first] = prospects().rows;
		const { success } = await getAll({ limit: 1, output: 'fields', fields: ['Name', 'notes'] });
		expect(success[0]?.json).toEqual({ name: first?.name, notes: first?.notes });
	});

	it('gives every row the same columns, also where RentEngine leaves a field out', async () => {
		services.emulator.rentEngine.faults.add({ body: [{ id: 1, name: 'Dana' }] });
		const { success } = await getAll({ limit: 1 });
		expect(success[0]?.json).toEqual({
			id: 1,
			name: 'Dana',
			email: null,
			phone: null,
			status: null,
			source: null,
			unit_of_interest: null,
			created_at: null,
			updated_at: null,
		});
	});

	it('reads for each input item and links the rows to it', async () => {
		const { success } = await getAll(
			{ limit: 1, filters: { createdAfter: '={{ $json.since }}' } },
			{ items: [{ since: '2026-01-05T08:00:00Z' }, { since: '2026-01-05T08:07:00Z' }] },
		);
		expect(success.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[1001, { item: 0 }],
			[1002, { item: 1 }],
		]);
	});

	it('takes a date of n8n itself', async () => {
		const { thrown } = await getAll({ filters: { createdAfter: '={{ $now.minus({ hours: 1 }) }}' } });
		expect(thrown).toBeUndefined();
		expect(requests()[0]?.query).toMatchObject({
			created_after: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
		});
	});

	it("tells the API's refusal of a parameter with the field as the editor shows it", async () => {
		services.emulator.rentEngine.faults.add({
			status: 400,
			body: {
				error: 'Invalid query parameters',
				details: [
					{
						instancePath: '/created_after',
						keyword: 'format',
						message: 'must match format "date-time"',
					},
				],
			},
		});
		const { thrown } = await getAll({ filters: { createdAfter: '2026-01-05T10:00:00Z' } });
		expect(thrown?.message).toBe(
			'RentEngine refused it (HTTP 400): \'Created After\': must match format "date-time"',
		);
	});

	it.each([
		['a text', '={{ "yesterday" }}', "'Created After' must be a date and time"],
		['a date alone', '2026-01-05', "'Created After' has no time of day"],
	])('refuses %s for a time and asks nothing', async (_, createdAfter, message) => {
		const { thrown } = await getAll({ filters: { createdAfter } });
		expect(thrown?.message).toContain(`${message}`);
		expect(requests()).toEqual([]);
	});

	it('refuses a text for the limit', async () => {
		const { thrown } = await getAll({ limit: '={{ "many" }}' });
		expect(thrown?.message).toMatch(/^'Limit' must be a whole number of at least 1/);
		expect(requests()).toEqual([]);
	});

	it('waits when the limit of requests is reached, and loses no page', async () => {
		services.emulator.rentEngine.faults.add({ status: 429, headers: { 'retry-after': '0' } });
		const { success, thrown } = await getAll({ returnAll: true });
		expect(thrown).toBeUndefined();
		expect(success).toHaveLength(250);
	});

	it('takes an expression for the unit', async () => {
		const { success } = await getAll(
			{ filters: { unitOfInterest: byId('={{ $json.unit }}') } },
			{ items: [{ unit: '504' }] },
		);
		expect(success.every(({ json }) => json.unit_of_interest === 504)).toBe(true);
		expect(success.length).toBeGreaterThan(0);
	});
});

describe('RentEngine, Prospect: Get Many, with a limit that is used up', () => {
	it('says until when the limit is used up, and that the settings are right', async () => {
		services.emulator.rentEngine.faults.add({ status: 429, headers: { 'retry-after': '7200' } });
		const { thrown } = await getAll({ returnAll: true });
		expect(thrown?.message).toMatch(
			/^RentEngine's request limit is used up until .*\d{1,2}:\d\d \(.*\)$/,
		);
		expect(thrown?.description).not.toMatch(/network|Base URL/);
	});
});
