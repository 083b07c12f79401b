import { by } from '../../support/locator.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { entrata, names, usePickers, values, withLead } from '../support/pickers.ts';

const { allOf, editor, leadOf, propexo, requests, said } = usePickers();

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
