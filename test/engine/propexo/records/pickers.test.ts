import { byId } from '../../support/services.ts';
import { entrata, names, usePickers, values } from '../support/pickers.ts';

const { allOf, editor, leadOf, propexo, requests, said } = usePickers();

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
		['no token', { token: '' }, /'Token' of the credential is empty/, /Fill it in/],
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
		expect(performance.now() - from).toBeLessThan(29_000);
	});
});
