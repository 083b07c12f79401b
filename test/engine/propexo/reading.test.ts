import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices({ counts: { leads: 1_000 } });

const propexo = () => services.emulator.propexo;
const requests = () => propexo().ledger.requests;
const leadOf = (id: string) => {
	const lead = propexo().data.leads.get(id);
	if (!lead) throw new Error(`The emulator has no ${id}`);
	return lead;
};

const getLead = async (leadId: unknown, parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'lead', 'get', { leadId: byId(leadId), ...parameters }, settings);
const getLeads = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'lead', 'getAll', parameters, settings);
const getEvents = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'leadEvent', 'getAll', parameters, settings);

/** Puts an event of a lead among those that can be read. */
function addEvent(id: string, of: IDataObject = { associated_lead_ids: ['lead_2'] }) {
	const { property_id, integration_id, integration_vendor, created_at, updated_at } = leadOf('lead_2');
	return propexo().data.events.add({
		id,
		created_at,
		updated_at,
		x_id: `E-${id}`,
		event_name: 'WalkIn',
		event_datetime: '2026-07-15T15:30:00Z',
		type_raw: 'Walk In',
		notes: 'x',
		agent_name: null,
		appointment_datetime: null,
		associated_lead_ids: null,
		associated_applicant_ids: null,
		associated_resident_ids: null,
		...of,
		property_id,
		integration_id,
		integration_vendor,
	});
}

describe('Lead: Get', () => {
	it('gives the lead in ten fields', async () => {
		const result = await getLead('lead_2');
		const { id, first_name, last_name, email_1, phone_1, status, x_id, property_id, updated_at } =
			leadOf('lead_2');
		expect(result.success).toEqual([
			{
				json: {
					id,
					first_name,
					last_name,
					email_1,
					phone_1,
					status,
					x_id,
					property_id,
					integration_id: 'int_entrata_1',
					updated_at,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives every field unless simplified', async () => {
		expect(jsonOf(await getLead('lead_2', { simplify: false }))).toEqual([leadOf('lead_2')]);
	});

	it('gives each item its own lead', async () => {
		const { success } = await getLead(
			'={{ $json.lead }}',
			{},
			{ items: [{ lead: 'lead_3' }, { lead: 'lead_1' }] },
		);
		expect(success.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['lead_3', { item: 0 }],
			['lead_1', { item: 1 }],
		]);
	});

	it.each<[string, unknown, RegExp, RegExp]>([
		[
			'that does not exist',
			'lead_gone',
			/^Item 1: Propexo refused it \(HTTP 404\): Lead not found$/,
			/Check the IDs/,
		],
		[
			'that is not named',
			'={{ $json.nothing }}',
			/'Lead' is empty and must be filled in/,
			/Correct the value/,
		],
		['with a slash in its ID', '../../admin', /'Lead' must be a lead's Propexo ID/, /Correct the value/],
		[
			'with a line break in its ID',
			'lead_1\nlead_2',
			/'Lead' must be a lead's Propexo ID/,
			/Correct the value/,
		],
	])('says what to do about one %s', async (_, id, message, description) => {
		const { thrown } = await getLead(id);
		expect(thrown?.message).toMatch(message);
		expect(thrown?.description).toMatch(description);
	});

	it('says so when Propexo answers that there is none', async () => {
		propexo().faults.add({ status: 200, body: { meta: { orderBy: [] }, results: null } });
		const { thrown } = await getLead('lead_2');
		expect(thrown?.message).toBe('Item 1: Propexo has no lead of this ID');
		expect(thrown?.description).toContain('not that of the PMS');
	});

	it.each<[string, object, RegExp]>([
		['a list', { status: 200, body: { results: [] } }, /another form than documented/],
		['a web page', { status: 200, body: '<html></html>' }, /a web page instead of data/],
		['nothing', { status: 200, body: '' }, /an empty reply/],
	])('says so when %s comes instead', async (_, fault, message) => {
		propexo().faults.add(fault);
		expect((await getLead('lead_2')).thrown?.message).toMatch(message);
	});

	it('goes on with the other items when the node does', async () => {
		const { success, error } = await getLead(
			'={{ $json.lead }}',
			{},
			{ items: [{ lead: 'lead_gone' }, { lead: 'lead_1' }], onError: 'continueErrorOutput' },
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(error.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
	});

	it('speaks of nothing created when an item fails', async () => {
		const { thrown } = await getLead(
			'={{ $json.lead }}',
			{},
			{ items: [{ lead: 'lead_1' }, { lead: 'lead_gone' }] },
		);
		expect(thrown?.message).toMatch(/^Item 2 of 2: /);
		expect(thrown?.description).not.toMatch(/created|Retry/);
	});

	it('tries again while Propexo is busy', async () => {
		propexo().faults.add({ status: 503, times: 2 });
		expect(jsonOf(await getLead('lead_2'))).toHaveLength(1);
		expect(requests()).toHaveLength(3);
	});
});

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
		propexo().data.leads.add({ ...leadOf('lead_1'), id: 'lead_new', created_at: newest });
		const ids = jsonOf(await listing).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const known = propexo().data.leads.rows.map(({ id }) => id);
		expect(ids).toEqual(expect.arrayContaining(known.filter((id) => id !== 'lead_new')));
	});

	it('reads on where Propexo gives smaller pages than it was asked for', async () => {
		const rows = (from: number) =>
			Array.from({ length: 100 }, (_, index) => ({ ...leadOf('lead_1'), id: `l${from + index}` }));
		for (const offset of [0, 100, 200]) {
			propexo().faults.add({
				status: 200,
				body: { meta: { orderBy: [], total: 300, hasMore: offset < 200 }, results: rows(offset) },
			});
		}
		expect(jsonOf(await getLeads({ returnAll: true }))).toHaveLength(300);
		expect(requests().map(({ query }) => query.offset)).toEqual(['0', '100', '200']);
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
			results: Array.from({ length: count }, (_, index) => ({ ...leadOf('lead_1'), id: `l${index}` })),
		});
		propexo().faults.add({ status: 200, body: page(250) });
		propexo().faults.add({ status: 200, body: { ...page(0), meta: { orderBy: [], hasMore: true } } });
		expect(jsonOf(await getLeads({ returnAll: true }))).toHaveLength(250);
		expect(requests()).toHaveLength(2);
	});

	it.each<[string, () => IDataObject, IDataObject]>([
		['e-mail', () => ({ email1: leadOf('lead_2').email_1 }), {}],
		['phone number', () => ({ phone1: leadOf('lead_2').phone_1 }), {}],
		[
			'phone number in another form',
			() => {
				const phone = String(leadOf('lead_2').phone_1);
				return { phone1: `+1 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}` };
			},
			{},
		],
		['PMS ID', () => ({ xId: leadOf('lead_2').x_id, integrationId: byId('int_entrata_1') }), {}],
	])('finds a lead by %s', async (_, filters) => {
		const rows = jsonOf(await getLeads({ filters: filters() }));
		expect(rows.map(({ id }) => id)).toEqual(['lead_2']);
	});

	it('finds the lead of each item by its e-mail', async () => {
		const emails = ['lead_5', 'lead_2'].map((id) => ({ email: leadOf(id).email_1 }));
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
		const { property_id } = leadOf('lead_2');
		const rows = jsonOf(
			await getLeads({
				returnAll: true,
				simplify: false,
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
		[
			'half an e-mail address',
			{ filters: { email1: 'somebody@' } },
			"'Email' must be one e-mail address",
		],
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
		expect(thrown?.description).toContain('Ask whoever manages Propexo for the right');
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

describe('Lead Event: Get', () => {
	beforeEach(() => propexo().data.events.replace([]));

	it('gives the event in ten fields, with the lead it belongs to', async () => {
		addEvent('event_1');
		expect(jsonOf(await run(services, 'leadEvent', 'get', { eventId: byId('event_1') }))).toEqual([
			{
				id: 'event_1',
				lead_id: 'lead_2',
				event_name: 'WalkIn',
				type_raw: 'Walk In',
				event_datetime: '2026-07-15T15:30:00Z',
				appointment_datetime: null,
				notes: 'x',
				agent_name: null,
				property_id: leadOf('lead_2').property_id,
				integration_id: 'int_entrata_1',
			},
		]);
	});

	it('gives every field unless simplified', async () => {
		const event = addEvent('event_1');
		const result = await run(services, 'leadEvent', 'get', { eventId: byId('event_1'), simplify: false });
		expect(jsonOf(result)).toEqual([event]);
	});

	it('says that an event does not exist', async () => {
		const { thrown } = await run(services, 'leadEvent', 'get', { eventId: byId('event_gone') });
		expect(thrown?.message).toBe('Item 1: Propexo refused it (HTTP 404): Event not found');
	});
});

describe('Lead Event: Get Many', () => {
	beforeEach(() => propexo().data.events.replace([]));

	it('gives the events of a lead', async () => {
		addEvent('event_1');
		addEvent('event_2', { associated_lead_ids: ['lead_3'] });
		const rows = jsonOf(await getEvents({ filters: { leadId: byId('lead_2') } }));
		expect(rows.map(({ id, lead_id }) => [id, lead_id])).toEqual([['event_1', 'lead_2']]);
	});

	it('leaves out those of applicants and residents', async () => {
		addEvent('event_1');
		addEvent('event_2', { associated_resident_ids: ['resident_1'] });
		addEvent('event_3', { associated_applicant_ids: ['applicant_1'] });
		addEvent('event_4', {});
		const rows = jsonOf(await getEvents({ filters: { integrationId: byId('int_entrata_1') } }));
		expect(rows.map(({ id }) => id).sort()).toEqual(['event_1', 'event_4']);
	});

	it('finds one by its ID in the PMS', async () => {
		addEvent('event_1');
		const filters = { xId: 'E-event_1', integrationId: byId('int_entrata_1') };
		expect(jsonOf(await getEvents({ filters }))).toHaveLength(1);
		expect((await getEvents({ filters: { xId: 'E-event_1' } })).thrown?.message).toContain(
			"needs an 'Integration'",
		);
	});

	it('gives all of them over pages, or as many as the limit says', async () => {
		for (let number = 0; number < 300; number++) addEvent(`event_${number}`);
		expect(jsonOf(await getEvents({ returnAll: true }))).toHaveLength(300);
		expect(jsonOf(await getEvents({ limit: 7, simplify: false }))).toHaveLength(7);
	});
});
