import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';

import { PropexoApi } from '../../../../credentials/PropexoApi.credentials';
import { Propexo } from '../../../../nodes/Propexo/Propexo.node';
import { createEditor } from '../../support/index.ts';
import { by } from '../../support/locator.ts';
import { byId, useNewServices, useServices } from '../../support/services.ts';

const services = useServices({ counts: { leads: 1_000 } });

const propexo = () => services.emulator.propexo;
const requests = (path: string) => propexo().ledger.requests.filter((request) => request.path === path);

const editor = (parameters: IDataObject = {}, credentials: Record<string, string> = {}) =>
	createEditor(
		new Propexo(),
		[new PropexoApi()],
		{ propexoApi: { ...services.credentials.propexoApi, ...credentials } },
		{ resource: 'leadEvent', operation: 'create', ...parameters },
	);

/** All portions of a list, as the editor loads them while the user scrolls. */
async function allOf(method: string, parameters: IDataObject = {}, filter?: string) {
	const found: INodeListSearchItems[] = [];
	let token: string | undefined;
	do {
		const part = await editor(parameters).search(method, filter, token);
		found.push(...part.results);
		token = part.paginationToken;
	} while (token !== undefined);
	return found;
}
const names = (list: INodeListSearchItems[]) => list.map(({ name }) => name);
const values = (list: INodeListSearchItems[]) => list.map(({ value }) => value);

/** What a list says that has nothing to offer: two entries that nobody can choose, each short enough to be seen. */
async function said(method: string, parameters: IDataObject = {}, filter?: string): Promise<string> {
	const found = await allOf(method, parameters, filter);
	expect(values(found)).toEqual([false, true]);
	return names(found).join('. ');
}

const entrata = { integrationId: byId('int_entrata_1') };
const withLead = { ...entrata, leadId: byId('lead_2') };
const leadOf = (id: string) => {
	const lead = propexo().data.leads.get(id);
	if (!lead) throw new Error(`The emulator has no ${id}`);
	return lead;
};

describe('The list of integrations', () => {
	it('shows each with its PMS, by name', async () => {
		expect(names(await allOf('searchIntegrations'))).toEqual([
			'Any PMS (OTHER)',
			'Cedar Group Yardi (Yardi)',
			'Harbor Buildium (Buildium)',
			'Lakeview Entrata (Entrata)',
			'Magnolia AppFolio (AppFolio)',
			'Oak Hollow ResMan (ResMan)',
			'Parkline MRI (MRI)',
			'Stonegate Propertyware (Propertyware)',
			'Summit RealPage (RealPage)',
			'Summit RealPage Exchange (RealPage Exchange)',
			'Union Yards Rent Manager (Rent Manager)',
		]);
	});

	it('finds by name, by PMS and by ID', async () => {
		expect(values(await allOf('searchIntegrations', {}, 'entrata'))).toEqual(['int_entrata_1']);
		expect(values(await allOf('searchIntegrations', {}, 'rent manager'))).toEqual(['int_rentmanager_1']);
		expect(values(await allOf('searchIntegrations', {}, 'int_mri'))).toEqual(['int_mri_1']);
	});

	it('says of one that is switched off that it is', async () => {
		const [first] = propexo().data.integrations.rows;
		if (first) propexo().data.integrations.add({ ...first, active: false });
		expect(names(await allOf('searchIntegrations'))).toContain('Cedar Group Yardi (Yardi, not active)');
	});
});

describe('The list of leads', () => {
	it('holds all leads of the chosen integration, newest first, each once, in pages of 250', async () => {
		const own = propexo()
			.data.leads.rows.filter(({ integration_id }) => integration_id === 'int_entrata_1')
			.sort((a, b) => b.created_at.localeCompare(a.created_at));
		expect(own.length).toBeGreaterThan(500);
		const found = await allOf('searchLeads', entrata);
		expect(values(found)).toEqual(own.map(({ id }) => id));
		const offsets = requests('/v1/leads/').map(({ query }) => [query.limit, query.offset]);
		expect(offsets).toEqual([
			['250', '0'],
			['250', '250'],
			['250', '500'],
		]);
	});

	it('shows a person with what tells her from others: email and property', async () => {
		const { first_name, last_name, email_1, property_id } = leadOf('lead_2');
		const property = propexo().data.properties.get(property_id)?.['name'];
		const list = await allOf('searchLeads', entrata);
		expect(list.find(({ value }) => value === 'lead_2')?.name).toBe(
			`${first_name} ${last_name} (${email_1}), ${String(property)}`,
		);
	});

	it('shows the PMS too when no integration is chosen', async () => {
		const { results } = await editor().search('searchLeads', leadOf('lead_2').email_1 ?? '');
		expect(names(results)).toEqual([expect.stringMatching(/, Entrata$/)]);
	});

	it('tells equals apart by their ID in the PMS', async () => {
		const twin = leadOf('lead_2');
		propexo().data.leads.add({ ...twin, id: 'lead_twin', x_id: 'L-TWIN' });
		const { results } = await editor(entrata).search('searchLeads', twin.email_1 ?? '');
		expect(names(results).map((name) => name.split(', ').at(-1))).toEqual(
			expect.arrayContaining([twin.x_id, 'L-TWIN']),
		);
	});

	it('shows a lead without name and email by its ID', async () => {
		propexo().data.leads.add({
			...leadOf('lead_2'),
			id: 'lead_nameless',
			first_name: null,
			last_name: null,
			email_1: null,
			phone_1: null,
			x_id: 'L-NONE',
		});
		const list = await allOf('searchLeads', entrata, 'L-NONE');
		expect(names(list)).toEqual([expect.stringMatching(/^L-NONE, /)]);
	});

	it.each([
		['the whole email address', (lead: ReturnType<typeof leadOf>) => lead.email_1 ?? ''],
		[
			'the phone number in another form',
			({ phone_1: phone }: ReturnType<typeof leadOf>) =>
				`+1 (${phone?.slice(0, 3)}) ${phone?.slice(3)}`,
		],
	])('finds by %s with one request', async (_, typed) => {
		const lead = leadOf('lead_200');
		const { results } = await editor({ integrationId: byId(lead.integration_id) }).search(
			'searchLeads',
			typed(lead),
		);
		expect(values(results)).toEqual(['lead_200']);
		expect(requests('/v1/leads/')).toHaveLength(1);
	});

	it('finds by part of a name on whatever page it is', async () => {
		const oldest = propexo()
			.data.leads.rows.filter(({ integration_id }) => integration_id === 'int_entrata_1')
			.sort((a, b) => a.created_at.localeCompare(b.created_at))[0];
		if (!oldest) throw new Error('The emulator has no leads');
		propexo().data.leads.add({ ...oldest, first_name: 'Zébedée' });
		for (const typed of ['zebed', 'ZÉBEDÉE'])
			expect(values(await allOf('searchLeads', entrata, typed))).toEqual([oldest.id]);
	});

	it('is shown without properties when those cannot be read', async () => {
		propexo().faults.add({ match: { path: '/v1/properties/' }, status: 403, times: Infinity });
		const { results } = await editor(entrata).search('searchLeads');
		expect(results).toHaveLength(250);
		expect(names(results)).toEqual(results.map(() => expect.stringMatching(/^[^,]+ \([^,]+\)$/)));
	});
});

const perProperty: Array<[string, string, string]> = [
	['searchEventTypes', '/v1/event-types/', 'eventTypes'],
	['searchEventResults', '/v1/event-results/', 'eventResults'],
	['searchEmployees', '/v1/employees/', 'employees'],
	['searchUnits', '/v1/units/', 'units'],
	['searchLeadSources', '/v1/lead-sources/', 'leadSources'],
];

describe.each(perProperty)('The list %s', (method, path, kind) => {
	const all = () => propexo().data[kind as 'units'].rows;
	const forLeads = ({ models }: Record<string, unknown>) =>
		!Array.isArray(models) || models.includes('leads');

	it("holds what belongs to the lead's property, and nothing of others", async () => {
		const { property_id } = leadOf('lead_2');
		const own = all().filter((row) => row.property_id === property_id && forLeads(row));
		const found = await allOf(method, withLead);
		expect([...values(found)].sort()).toEqual(own.map(({ id }) => id).sort());
		expect(new Set(names(found)).size).toBe(found.length);
		expect(requests(path)[0]?.query).toMatchObject({ integration_id: 'int_entrata_1', property_id });
	});

	it('holds what belongs to the integration, with the property, as long as no lead is chosen', async () => {
		const own = all().filter((row) => row.integration_id === 'int_entrata_1' && forLeads(row));
		const found = await allOf(method, entrata);
		expect([...values(found)].sort()).toEqual(own.map(({ id }) => id).sort());
		expect(new Set(names(found)).size).toBe(found.length);
		const properties = propexo().data.properties;
		const [row] = own;
		const shown = found.find(({ value }) => value === row?.id)?.name;
		expect(shown).toContain(String(properties.get(row?.property_id ?? '')?.['name']));
	});

	it('asks for an integration first', async () => {
		expect(await said(method)).toMatch(/^Choose an 'Integration' first/);
		expect(await said(method, { integrationId: byId('={{ $json.integration }}') })).toContain("'By ID'");
		expect(propexo().ledger.requests).toEqual([]);
	});

	it("shows the API's own words when it fails, never an empty list", async () => {
		propexo().faults.add({
			match: { path },
			status: 400,
			body: { error: { code: 'invalid_request', message: 'This model is not enabled.' } },
		});
		await expect(editor(withLead).search(method)).rejects.toThrow('This model is not enabled.');
	});
});

describe('The list of event sub types', () => {
	it('holds those of the chosen type', async () => {
		const { property_id } = leadOf('lead_2');
		const type = propexo().data.eventTypes.rows.find((row) => row.property_id === property_id);
		const found = await allOf('searchEventSubTypes', { ...withLead, eventTypeId: byId(type?.id) });
		expect(names(found)).toEqual(['First Contact', 'Follow Up']);
		expect(requests('/v1/event-sub-types/')[0]?.query).toMatchObject({ event_type_id: type?.id });
	});

	it('asks for a type first', async () => {
		expect(await said('searchEventSubTypes', withLead)).toMatch(/^Choose an 'Event Type' first/);
	});
});

describe('The list of properties', () => {
	it.each(['', '={{ $json.integration }}'])(
		'asks for the integration of a filter that was added and is empty: %p',
		async (value) => {
			const parameters = { operation: 'getAll', filters: { integrationId: byId(value) } };
			expect(await said('searchLeads', parameters)).toMatch(/^Choose an 'Integration' first/);
		},
	);

	it('holds those of the integration that is filtered by, with code and place', async () => {
		const found = await allOf('searchProperties', {
			resource: 'lead',
			operation: 'getAll',
			filters: { integrationId: byId('int_entrata_1') },
		});
		const own = propexo().data.properties.rows.filter(
			({ integration_id }) => integration_id === 'int_entrata_1',
		);
		expect([...names(found)].sort()).toEqual(
			own.map(({ name, code, city, state }) => `${name} (${code}, ${city}, ${state})`).sort(),
		);
	});
});

describe('Lists of an update', () => {
	it('hold what belongs to the property of the event', async () => {
		const lead = leadOf('lead_8');
		propexo().data.events.add({
			...lead,
			id: 'event_1',
			associated_lead_ids: [lead.id],
		});
		const found = await allOf('searchEmployees', { operation: 'update', eventId: byId('event_1') });
		const own = propexo().data.employees.rows.filter(
			({ property_id }) => property_id === lead.property_id,
		);
		expect([...values(found)].sort()).toEqual(own.map(({ id }) => id).sort());
		// MRI takes leasing agents alone.
		expect(names(found).filter((name) => name.endsWith('not a leasing agent)'))).toHaveLength(
			own.filter(({ roles }) => !(roles as string[]).includes('LEASING_AGENT')).length,
		);
		const agents = await allOf('searchLeasingAgents', { operation: 'update', eventId: byId('event_1') });
		expect(agents.length).toBeGreaterThan(0);
		expect(agents.length).toBeLessThan(found.length);
		expect(names(agents).join()).not.toContain('not a leasing agent');
	});
});

describe('A list beside records that are given by what people hold', () => {
	const byName = { integrationId: by('name', ' lakeview ENTRATA') };
	const ofIntegration = (kind: 'units' | 'properties') =>
		propexo()
			.data[kind].rows.filter(({ integration_id }) => integration_id === 'int_entrata_1')
			.map(({ id }) => id)
			.sort();

	it.each([
		['as a field', byName],
		['as a filter', { operation: 'getAll', filters: byName }],
		['as an ID that an expression gave', { integrationId: 'int_entrata_1' }],
	])('opens when the integration is given by its name: %s', async (_, parameters) => {
		expect([...values(await allOf('searchProperties', parameters))].sort()).toEqual(
			ofIntegration('properties'),
		);
		expect([...values(await allOf('searchUnits', parameters))].sort()).toEqual(ofIntegration('units'));
	});

	it('says that no integration has the name', async () => {
		const words = await said('searchUnits', { integrationId: by('name', 'Nowhere') });
		expect(words).toContain("No integration has the name in 'Integration'");
		expect(words).toContain("depends on 'Integration'");
	});

	it.each([
		['by name', by('name', '')],
		['by name, from an expression that the editor cannot resolve', by('name', '={{ $json.pms }}')],
		['by ID', byId('')],
	])('says what to do where the integration is empty: %s', async (_, integrationId) => {
		expect(await said('searchUnits', { integrationId })).toMatch(/^Choose an 'Integration' first/);
		expect(propexo().ledger.requests).toEqual([]);
	});

	it.each([
		['email', 'email_1'],
		['phone', 'phone_1'],
		['pmsId', 'x_id'],
	] as const)('holds what belongs to the property of the lead that is given by %s', async (mode, field) => {
		const lead = leadOf('lead_2');
		const own = propexo().data.units.rows.filter(({ property_id }) => property_id === lead.property_id);
		const found = await allOf('searchUnits', { ...byName, leadId: by(mode, lead[field]) });
		expect([...values(found)].sort()).toEqual(own.map(({ id }) => id).sort());
	});

	it.each(['nobody@example.com', 'no address'])(
		'is that of the whole integration beside a lead who is not found: %s',
		async (value) => {
			const found = await allOf('searchUnits', { ...byName, leadId: by('email', value) });
			expect([...values(found)].sort()).toEqual(ofIntegration('units'));
		},
	);

	it('holds the sub types of the event type that is given by its name', async () => {
		const found = await allOf('searchEventSubTypes', { ...withLead, eventTypeId: by('name', 'Show') });
		expect(names(found)).toEqual(['First Contact', 'Follow Up']);
		const wrong = { ...withLead, eventTypeId: by('name', 'Sho') };
		expect(await said('searchEventSubTypes', wrong)).toContain("has the name in 'Event Type'");
	});
});

describe('A list beside an integration whose name another one has too', () => {
	const others = useNewServices();

	it('says so', async () => {
		const { integrations } = others.emulator.propexo.data;
		integrations.add({ ...integrations.get('int_entrata_1')!, id: 'int_twin', vendor: 'YARDI' });
		const { results } = await editor(
			{ integrationId: by('name', 'Lakeview Entrata') },
			others.credentials.propexoApi,
		).search('searchUnits');
		expect(results[0]).toEqual({
			name: expect.stringContaining("2 integrations have the name in 'Integration'"),
			value: false,
		});
	});
});

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

describe('The list of time zones', () => {
	it("begins with Entrata's and the workflow's, and holds every other", async () => {
		const found = await allOf('searchTimeZones');
		expect(found.slice(0, 2)).toEqual([
			{ name: 'Entrata (Mountain Time)', value: 'America/Denver' },
			{ name: expect.stringMatching(/^The Workflow's \(/), value: expect.any(String) },
		]);
		expect(values(found)).toEqual(expect.arrayContaining(['America/Chicago', 'Europe/Berlin']));
		expect(names(await allOf('searchTimeZones', {}, 'new york'))).toContain('America/New_York');
		expect(propexo().ledger.requests).toEqual([]);
	});
});

describe('Any list', () => {
	it.each([
		['searchIntegrations', {}, 'zzz', 'No integrations match what you typed. '],
		['searchLeads', entrata, 'zzz', 'No leads match what you typed. '],
		['searchEventNames', {}, 'zzz', 'No event names match what you typed. '],
		['searchTimeZones', {}, 'zzz', 'No time zones match what you typed. '],
	])('says that nothing was found, and what to do: %s', async (method, parameters, typed, words) => {
		expect(await said(method, parameters, typed)).toMatch(new RegExp(`^${words}.`));
	});

	it.each([
		['searchIntegrations', 'integrations', {}, 'integrations', 'Connect one in Propexo'],
		['searchLeads', 'leads', entrata, 'leads', "'By ID'"],
		['searchUnits', 'units', entrata, 'units', "'By ID'"],
		['searchLeadSources', 'leadSources', entrata, 'lead sources', "'By ID'"],
	] as const)(
		'says that there is nothing, and what to do: %s',
		async (method, kind, parameters, plural, advice) => {
			propexo().data[kind as 'units'].replace([]);
			const words = await said(method, parameters);
			expect(words).toMatch(new RegExp(`^There are no ${plural} to choose from\\. `));
			expect(words).toContain(advice);
		},
	);

	it.each([
		[
			'an expired token',
			{ token: 'old-token' },
			/Invalid or missing API token/,
			/token in the Propexo credential/,
		],
		['no token', { token: '' }, /'Token' of the credential is empty/, /paste the token/],
		['an address that is not safe', { baseUrl: 'http://example.com' }, /Base URL/, /https/],
	])('says what to do about %s', async (_, credentials, message, description) => {
		await expect(editor({}, credentials).search('searchIntegrations')).rejects.toMatchObject({
			message: expect.stringMatching(message),
			description: expect.stringMatching(description),
		});
	});

	it.each([
		['a web page', '<html>gateway</html>', 'a web page'],
		['another form', { rows: [] }, 'another form than documented'],
	])('says that %s came instead', async (_, body, message) => {
		propexo().faults.add({ match: { path: '/v1/leads/' }, status: 200, body });
		await expect(editor(entrata).search('searchLeads')).rejects.toThrow(message);
	});

	it('ends where there is nothing', async () => {
		const any = { integrationId: byId('int_any') };
		expect(await said('searchLeads', any)).toContain('There are no leads');
		propexo().faults.add({
			match: { path: '/v1/leads/' },
			status: 200,
			body: { meta: { orderBy: [], hasMore: null }, results: [] },
		});
		expect(await said('searchLeads', entrata)).toContain('There are no leads');
	});

	it('adds nothing to what was found when the last portion is empty', async () => {
		expect(await editor(entrata).search('searchLeads', '', '100000')).toEqual({ results: [] });
	});

	it('says that a lead does not exist, or belongs elsewhere', async () => {
		expect(await said('searchUnits', { ...entrata, leadId: byId('lead_gone') })).toContain(
			"Propexo has no lead with the ID in 'Lead'",
		);
		expect(await said('searchUnits', { ...entrata, leadId: byId('lead_1') })).toContain(
			"The chosen 'Lead' belongs to another integration than the chosen 'Integration'",
		);
	});

	it('stays where it is whatever stands in an ID', async () => {
		const leadId = byId('../admin/integrations/int_any/?x=');
		expect(await said('searchUnits', { ...entrata, leadId })).toContain(
			'Propexo has no lead with the ID in',
		);
		expect(propexo().ledger.requests.map(({ path }) => path)).toEqual([
			'/v1/leads/..%2Fadmin%2Fintegrations%2Fint_any%2F%3Fx%3D',
		]);
	});
});

describe('A list while other programs use up the limit', () => {
	afterEach(() => jest.restoreAllMocks());

	it('is waited for no longer than a minute; then it says that the limit is used up', async () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		// A minute, made short.
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms === 60_000 ? 500 : ms));
		propexo().faults.add({ match: {}, status: 429, headers: { 'retry-after': '30' }, times: Infinity });
		const from = performance.now();
		await expect(editor(entrata).search('searchLeads')).rejects.toThrow(/limit|too many/i);
		expect(performance.now() - from).toBeLessThan(10_000);
	});
});
