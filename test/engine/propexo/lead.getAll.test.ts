import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { leadOf } from './support/records.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices({ counts: { leads: 1_000 } });

const propexo = () => services.emulator.propexo;
const requests = () => propexo().ledger.requests;
const getLeads = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'lead', 'getAll', parameters, settings);

describe('Lead: Get Many', () => {
	it('gives up to 50 leads, newest first, and asks for no more', async () => {
		const rows = jsonOf(await getLeads());
		const newest = [...propexo().data.leads.rows].sort((a, b) =>
			b.created_at.localeCompare(a.created_at),
		);
		expect(rows.map(({ id }) => id)).toEqual(newest.slice(0, 50).map(({ id }) => id));
		expect(requests().map(({ query }) => query)).toEqual([
			{ 'order-by': 'created_at:desc,id:desc', limit: '50', offset: '0' },
		]);
	});

	it('gives as many as the limit says, over pages of 250', async () => {
		expect(jsonOf(await getLeads({ limit: 600 }))).toHaveLength(600);
		expect(requests().map(({ query }) => query.offset)).toEqual(['0', '250', '500']);
	});

	it('gives all of them, each once', async () => {
		const ids = jsonOf(await getLeads({ returnAll: true })).map(({ id }) => id);
		const oldestFirst = [...propexo().data.leads.rows].sort((a, b) =>
			a.created_at.localeCompare(b.created_at),
		);
		expect(ids).toEqual(oldestFirst.map(({ id }) => id).reverse());
		expect(requests()).toHaveLength(4);
	});

	it.each([{ returnAll: true }, { limit: 1_000 }])(
		'gives all of a bulk sync, each once, though they came at the same moment: %j',
		async (parameters) => {
			for (const lead of propexo().data.leads.rows) lead.created_at = '2026-01-01T00:00:00.000Z';
			const ids = jsonOf(await getLeads(parameters)).map(({ id }) => id);
			expect(new Set(ids).size).toBe(1_000);
		},
	);

	it('gives each once when a lead comes in while the second page is read', async () => {
		propexo().faults.add({ match: { path: '/v1/leads/' }, after: 1, delayMs: 300 });
		const listing = getLeads({ returnAll: true });
		while (requests().length < 2) await sleep(5);
		const newest = '2027-01-01T00:00:00.000Z';
		propexo().data.leads.add({ ...leadOf(services, 'lead_1'), id: 'lead_new', created_at: newest });
		const ids = jsonOf(await listing).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const known = propexo().data.leads.rows.map(({ id }) => id);
		expect(ids).toEqual(expect.arrayContaining(known.filter((id) => id !== 'lead_new')));
	});

	it('gives all that are left when leads are removed while the second page is read', async () => {
		propexo().faults.add({ match: { path: '/v1/leads/' }, after: 1, times: 3, delayMs: 300 });
		const listing = getLeads({ returnAll: true });
		while (requests().length < 2) await sleep(5);
		for (const id of ['lead_1', 'lead_2', 'lead_3']) propexo().data.leads.delete(id);
		const ids = jsonOf(await listing).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(ids)).toEqual(new Set(propexo().data.leads.rows.map(({ id }) => id)));
	});

	const counted = (total: number, given: number) => ({
		status: 200,
		body: {
			meta: { orderBy: [], hasMore: false, total },
			results: propexo().data.leads.rows.slice(0, given),
		},
	});

	it('says so, and gives nothing rather than a part, when leads are removed each time it reads', async () => {
		for (const given of [200, 199, 198]) propexo().faults.add(counted(240, given));
		const { success, thrown } = await getLeads({ returnAll: true });
		expect(success).toEqual([]);
		expect(thrown).toMatchObject({
			message: 'The list kept changing while it was read',
			description: expect.stringMatching(/^Run it again\. If this goes on, check .* credential\.$/),
		});
		expect(requests()).toHaveLength(3);
	});

	it('gives all there is when Propexo counts more and nothing changes', async () => {
		propexo().faults.add({ ...counted(240, 200), times: Infinity });
		expect(jsonOf(await getLeads({ returnAll: true }))).toHaveLength(200);
		expect(requests()).toHaveLength(2);
	});

	it.each([500, 502, 503, 504])(
		'speaks of no value to correct when Propexo fails for good (HTTP %i)',
		async (status) => {
			const body = { error: { code: 'x', message: 'Something broke' } };
			propexo().faults.add({ status, body, times: Infinity });
			const { thrown } = await getLeads();
			expect(thrown).toMatchObject({
				message: `Propexo refused it (HTTP ${status}): Something broke`,
				description: 'Propexo is not working properly. Run it again later.',
			});
		},
	);

	it.each([
		[{ returnAll: true }, 300],
		[{ limit: 270 }, 270],
	])('reads on where it gives smaller pages and says only how many there are: %j', async (asked, given) => {
		const rows = (from: number) =>
			Array.from({ length: 100 }, (_, index) => ({
				...leadOf(services, 'lead_1'),
				id: `l${from + index}`,
			}));
		for (const offset of [0, 100, 200]) {
			const body = { meta: { orderBy: [], total: 300 }, results: rows(offset) };
			propexo().faults.add({ status: 200, body });
		}
		expect(jsonOf(await getLeads(asked))).toHaveLength(given);
		expect(requests().map(({ query }) => query.offset)).toEqual(['0', '100', '200']);
	});

	it.each<[string, (offset: number) => object]>([
		['and says whether there are more', (offset) => ({ total: 300, hasMore: offset < 200 })],
		['and says only how many rows a page has', () => ({ limit: 100 })],
	])('reads on where Propexo gives smaller pages than it was asked for, %s', async (_, meta) => {
		const rows = (from: number) =>
			Array.from({ length: 100 }, (_, index) => ({
				...leadOf(services, 'lead_1'),
				id: `l${from + index}`,
			}));
		for (const offset of [0, 100, 200]) {
			propexo().faults.add({
				status: 200,
				body: { meta: { orderBy: [], ...meta(offset) }, results: rows(offset) },
			});
		}
		const end = { meta: { orderBy: [], ...meta(300) }, results: [] };
		propexo().faults.add({ status: 200, body: end, times: Infinity });
		expect(jsonOf(await getLeads({ returnAll: true }))).toHaveLength(300);
		expect(requests().map(({ query }) => query.offset)).toEqual(
			expect.arrayContaining(['0', '100', '200']),
		);
	});

	it('gives nothing rather than a part when a page cannot be read', async () => {
		propexo().faults.add({ after: 2, status: 400, body: { error: { code: 'x', message: 'Not now' } } });
		const { success, thrown } = await getLeads({ returnAll: true });
		expect(success).toEqual([]);
		expect(thrown?.message).toContain('Not now');
	});

	it('goes on after a full page that does not say whether there are more, and ends at an empty one', async () => {
		const page = (count: number) => ({
			meta: { orderBy: [], hasMore: null },
			results: Array.from({ length: count }, (_, index) => ({
				...leadOf(services, 'lead_1'),
				id: `l${index}`,
			})),
		});
		propexo().faults.add({ status: 200, body: page(250) });
		propexo().faults.add({ status: 200, body: page(0) });
		expect(jsonOf(await getLeads({ returnAll: true }))).toHaveLength(250);
		expect(requests()).toHaveLength(2);
	});

	describe.each([{ returnAll: true }, { limit: 600 }])('%j', (parameters) => {
		const more = (results: unknown[]) => ({
			status: 200,
			body: { meta: { orderBy: [], hasMore: true }, results },
			times: Infinity,
		});

		it.each<[string, () => Array<ReturnType<typeof more>>, string]>([
			[
				'the same page again and again',
				() => [more(propexo().data.leads.rows.slice(0, 250))],
				'The list kept changing while it was read',
			],
			[
				'an empty page, and says that there are more',
				() => [{ ...more([{ id: 'lead_1' }]), times: 1 }, more([])],
				'Propexo answered in another form than documented',
			],
			[
				'entries that are no records',
				() => [more([{ id: 'lead_1' }, null])],
				'Propexo answered in another form than documented',
			],
		])('gives nothing rather than a part where Propexo gives %s', async (_, pages, message) => {
			for (const page of pages()) propexo().faults.add(page);
			const { success, thrown } = await getLeads(parameters);
			expect([success, thrown?.message]).toEqual([[], message]);
			expect(requests().length).toBeLessThan(5);
		});
	});

	it.each<[string, IDataObject]>([
		['email_1', { email1: 'nobody@example.com' }],
		['phone_1', { phone1: '(999) 555-0100' }],
		['x_id', { xId: 'X-0', integrationId: byId('int_yardi_1') }],
		['property_id', { propertyId: byId('prop_1') }],
		['integration_id', { integrationId: byId('int_yardi_1') }],
	])('takes nobody where Propexo forgets the filter %s', async (name, filters) => {
		propexo().settings.ignoredFilters = [name];
		const { success, thrown } = await getLeads({ filters });
		expect([success, thrown?.message]).toEqual([
			[],
			'Propexo answered with other leads than the filters ask for',
		]);
	});

	it.each<[string, () => IDataObject, IDataObject]>([
		['email', () => ({ email1: leadOf(services, 'lead_2').email_1 }), {}],
		['phone number', () => ({ phone1: leadOf(services, 'lead_2').phone_1 }), {}],
		[
			'phone number in another form',
			() => {
				const phone = String(leadOf(services, 'lead_2').phone_1);
				return { phone1: `+1 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}` };
			},
			{},
		],
		[
			'PMS ID',
			() => ({ xId: leadOf(services, 'lead_2').x_id, integrationId: byId('int_entrata_1') }),
			{},
		],
	])('finds a lead by %s', async (_, filters) => {
		const rows = jsonOf(await getLeads({ filters: filters() }));
		expect(rows.map(({ id }) => id)).toEqual(['lead_2']);
	});

	it('finds the lead of each item by its email', async () => {
		const emails = ['lead_5', 'lead_2'].map((id) => ({ email: leadOf(services, id).email_1 }));
		const { success } = await getLeads(
			{ filters: { email1: '={{ $json.email }}' } },
			{ items: emails as IDataObject[] },
		);
		expect(success.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['lead_5', { item: 0 }],
			['lead_2', { item: 1 }],
		]);
	});

	it('narrows by integration and property, as chosen from lists', async () => {
		const { property_id } = leadOf(services, 'lead_2');
		const rows = jsonOf(
			await getLeads({
				returnAll: true,
				output: 'raw',
				filters: {
					integrationId: { __rl: true, mode: 'list', value: 'int_entrata_1' },
					propertyId: { __rl: true, mode: 'list', value: property_id },
				},
			}),
		);
		const own = propexo().data.leads.rows.filter((lead) => lead.property_id === property_id);
		expect(rows).toHaveLength(own.length);
		expect(new Set(rows.map((row) => row.property_id))).toEqual(new Set([property_id]));
	});

	it.each([
		[{}, true],
		[{ propertyId: byId('prop_1') }, false],
	])('tells of a PMS ID that is looked for in all properties: %j', async (property, isTold) => {
		const filters = { xId: 'L1', integrationId: byId('int_entrata_1'), ...property };
		const { thrown, hints } = await getLeads({ filters });
		expect(thrown).toBeUndefined();
		expect(
			hints
				.map(({ message }) => message)
				.join()
				.includes("add a 'Property' under 'Filters'"),
		).toBe(isTold);
	});

	it('gives nothing where there is nothing', async () => {
		const { success, thrown } = await getLeads({ filters: { email1: 'nobody@example.com' } });
		expect([success, thrown]).toEqual([[], undefined]);
	});

	it.each<[string, IDataObject, string]>([
		[
			'a PMS ID without its integration',
			{ filters: { xId: 'L1' } },
			"'PMS ID' needs an 'Integration' beside it",
		],
		[
			'a foreign phone number',
			{ filters: { phone1: '+44 20 7946 0958' } },
			"'Phone Number' must be a number in the USA or Canada",
		],
		['half an email address', { filters: { email1: 'somebody@' } }, "'Email' must be one email address"],
		['no limit at all', { limit: '={{ 0 }}' }, "'Limit' must be a whole number"],
	])('says what is wrong with %s, and asks nothing', async (_, parameters, message) => {
		const { thrown } = await getLeads(parameters);
		expect(thrown?.message).toContain(message);
		expect(thrown?.message).not.toMatch(/7946|somebody/);
		expect(requests()).toEqual([]);
	});

	it('says what to do about an expired token', async () => {
		const { thrown } = await getLeads({}, {
			credentials: { propexoApi: { ...services.credentials.propexoApi, token: 'old' } },
		} as Settings);
		expect(thrown?.message).toContain('HTTP 401');
		expect(thrown?.description).toContain('Check the token in the Propexo credential');
	});

	it('says which right is missing', async () => {
		propexo().faults.add({
			status: 403,
			body: { error: { code: 'forbidden', message: 'No access to leads' } },
		});
		const { thrown } = await getLeads();
		expect(thrown?.message).toContain('No access to leads');
		expect(thrown?.description).toContain('Ask the administrator of Propexo to allow it');
	});

	it("takes the renter's data out of what Propexo says", async () => {
		propexo().faults.add({
			status: 400,
			body: { error: { code: 'x', message: 'No lead grace.hale@example.com here' } },
		});
		const { thrown } = await getLeads({ filters: { email1: 'grace.hale@example.com' } });
		expect(thrown?.message).toContain('No lead […] here');
	});
});

it('an agent is told in words when nobody is found', async () => {
	const tool = { node: 'propexoTool' } as Settings;
	const result = await getLeads({ filters: { email1: 'nobody@example.com' } }, tool);
	expect(jsonOf(result)).toEqual([
		{ found: 0, what_to_do: expect.stringMatching(/^Nothing was found\. /) },
	]);
});
