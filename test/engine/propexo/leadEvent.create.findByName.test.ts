import type { IDataObject } from 'n8n-workflow';

import { by } from '../support/locator.ts';
import type { Settings } from '../support/services.ts';
import { anotherProcess, byId, useNewServices } from '../support/services.ts';
import { addLead, INTEGRATION, leadsIn, lookUps, recipients } from './support/finding.ts';
import { jsonOf, leadEvent, run } from './support/run.ts';

/** Which fields a PMS takes is tested elsewhere. */
const services = useNewServices({ propexo: { vendorRules: false, limit: 100_000, slowFrom: 2 } });

const propexo = () => services.emulator.propexo;
const data = () => propexo().data;
const theLead = () => leadsIn(services)[0]!;
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

const create = async (more: IDataObject, settings: Settings = {}) =>
	await leadEvent(
		services,
		{ integrationId: byId(INTEGRATION), leadId: byId(theLead().id), eventName: 'NOTE', ...more },
		settings,
	);

/** Something of a property that is given by a name or a number. */
interface Kind {
	/** The field, and the API's name of it. */
	field: string;
	api: string;
	label: string;
	/** The kind's records in the emulator. */
	of: 'units' | 'eventTypes' | 'eventResults' | 'leadSources' | 'employees';
	mode: string;
	/** What in a record is given. */
	by: string;
	noun: string;
	is: string;
	path: string;
	isTopLevel?: true;
	/** What is no difference. */
	alike(value: string): string;
}

/** Spaces and letter case are no difference, except a space beside a digit. */
const spread = (value: string) =>
	` ${value
		.toUpperCase()
		.replace(/\D(?=\D)/g, '$& ')
		.replaceAll(' ', '  ')} `;
const KINDS: Kind[] = [
	{
		...{ field: 'unitId', api: 'unit_id', label: 'Unit', of: 'units', mode: 'number', by: 'number' },
		...{ noun: 'unit', is: 'the number', path: '/v1/units/', alike: (value) => ` ${value} ` },
	},
	{
		...{ field: 'eventTypeId', api: 'event_type_id', label: 'Event Type', of: 'eventTypes' },
		...{ mode: 'name', by: 'name', noun: 'event type', is: 'the name', path: '/v1/event-types/' },
		isTopLevel: true,
		alike: spread,
	},
	{
		...{ field: 'eventResultId', api: 'event_result_id', label: 'Event Result', of: 'eventResults' },
		...{ mode: 'name', by: 'name', noun: 'event result', is: 'the name', path: '/v1/event-results/' },
		alike: spread,
	},
	{
		...{ field: 'leadSourceId', api: 'lead_source_id', label: 'Lead Source', of: 'leadSources' },
		...{ mode: 'name', by: 'name', noun: 'lead source', is: 'the name', path: '/v1/lead-sources/' },
		alike: spread,
	},
	{
		...{ field: 'employeeId', api: 'employee_id', label: 'Employee', of: 'employees', mode: 'name' },
		...{ by: 'name', noun: 'employee', is: 'the name', path: '/v1/employees/', alike: spread },
	},
	{
		...{ field: 'employeeId', api: 'employee_id', label: 'Employee', of: 'employees', mode: 'email' },
		...{ by: 'email', noun: 'employee', is: 'the email address', path: '/v1/employees/' },
		alike: (value) => value.toUpperCase(),
	},
];

describe.each(KINDS)('Lead Event: Create, $label given by $mode', (kind) => {
	const { field, api, label, of, mode, noun, is, path, alike } = kind;
	const records = () => data()[of].rows.filter(({ property_id }) => property_id === theLead().property_id);
	const given = (value: string) => {
		const located = { [field]: by(mode, value) } as IDataObject;
		return kind.isTopLevel ? located : { additionalFields: located };
	};
	const valueOf = (record: Record<string, unknown>) => String(record[kind.by]);

	it("is the one of the lead's property, however it is spelt", async () => {
		const [record] = records();
		expect(data()[of].rows.filter((row) => valueOf(row) === valueOf(record!)).length).toBeGreaterThan(
			of === 'employees' ? 0 : 1,
		);
		const { success } = await create(given(alike(valueOf(record!))));
		expect(sent().map((body) => body[api])).toEqual([record!.id]);
		expect(success[0]?.json.resolved).toEqual({ [api]: record!.id, found_by: mode });
		expect(lookUps(services, path)).toHaveLength(1);
	});

	it('is not there by a part of it, and nothing is sent', async () => {
		const [record] = records();
		const value = valueOf(record!);
		const part = mode === 'email' ? value.slice(1) : value.slice(0, -1);
		const { thrown } = await create(given(part));
		const property = data().properties.get(theLead().property_id)!;
		expect(thrown?.message).toBe(
			`No ${noun} of ${String(property.name)} has ${is} in '${label}'. 'From List' shows all there are`,
		);
		expect(sent()).toEqual([]);
	});

	it('is refused when the property has two of it', async () => {
		const [record] = records();
		data()[of].add({ ...record!, id: 'twin', x_id: 'twin' });
		const { thrown } = await create({
			...given(valueOf(record!)),
			options: { ifSeveralMatch: 'newest' },
		});
		expect(thrown?.message).toMatch(new RegExp(`^2 ${noun}s of [\\w ]+ have ${is} in '${label}'`));
		expect(sent()).toEqual([]);
	});

	it('is refused when the service forgets the property', async () => {
		propexo().settings.ignoredFilters = ['property_id'];
		const [record] = records();
		const { thrown } = await create(given(valueOf(record!)));
		expect(thrown?.message).toContain('Propexo answered with other');
		expect(sent()).toEqual([]);
	});
});

describe('Lead Event: Create, where things are looked for', () => {
	it.each(['name', 'pmsId'])(
		'an event type for leads is found soon after it was added, also where one for residents has the same %s',
		async (mode) => {
			const [first] = data().eventTypes.rows.filter(
				({ property_id }) => property_id === theLead().property_id,
			);
			const shared = { ...first!, name: 'Late', x_id: 'late' };
			data().eventTypes.add({ ...shared, id: 'of_residents', models: ['residents'] });
			const given = { eventTypeId: by(mode, mode === 'name' ? 'Late' : 'late') };
			expect((await create(given)).thrown?.message).toContain('No event type of');
			data().eventTypes.add({ ...shared, id: 'of_leads', models: ['leads'] });
			const start = Date.now();
			const now = jest.spyOn(Date, 'now').mockImplementation(() => start + 7_000);
			await create(given).finally(() => now.mockRestore());
			expect(sent().map(({ event_type_id }) => event_type_id)).toEqual(['of_leads']);
		},
	);

	it('a unit is one of the property of the lead that was found', async () => {
		const lead = addLead(services, 'lead_x', { property_id: 'prop_12' });
		const unit = data().units.rows.find(({ property_id }) => property_id === 'prop_12')!;
		const { success } = await create({
			leadId: by('email', 'lead_x@example.com'),
			additionalFields: { unitId: by('number', unit['number']) },
		} as IDataObject);
		expect(sent()).toMatchObject([{ lead_id: lead.id, unit_id: unit.id }]);
		expect(success[0]?.json.resolved).toEqual({
			lead_id: lead.id,
			unit_id: unit.id,
			found_by: 'email, number',
		});
	});

	it.each(['3E-12', '10E-4'])(
		'a unit of building and number such as %s is no damaged number',
		async (number) => {
			const unit = data().units.rows.find(({ property_id }) => property_id === theLead().property_id)!;
			Object.assign(unit, { number });
			await create({ additionalFields: { unitId: by('number', number) } });
			expect(sent()).toMatchObject([{ unit_id: unit.id }]);
		},
	);

	it.each([
		['PH A', 'pha'],
		['Ph-a', 'PH-A'],
		['12 Ab', '12 aB'],
		['Unit 204', '204'],
	])(
		'a unit %s that Propexo does not find as %s is found in the list of its property',
		async (held, typed) => {
			const unit = data().units.rows.find(({ property_id }) => property_id === theLead().property_id)!;
			Object.assign(unit, { number: held });
			const { thrown } = await create({ additionalFields: { unitId: by('number', typed) } });
			expect(thrown?.message).toBeUndefined();
			expect(sent()).toMatchObject([{ unit_id: unit.id }]);
			const [last] = lookUps(services, '/v1/units/').slice(-1);
			expect(last?.query).toMatchObject({ property_id: theLead().property_id });
			expect(last?.query.unit_number).toBeUndefined();
		},
	);

	it.each(['#204', 'Apt 204', 'Unit #204', '204.0'])('a unit 204 is found as %s', async (typed) => {
		const unit = data().units.rows.find(({ property_id }) => property_id === theLead().property_id)!;
		Object.assign(unit, { number: '204' });
		await create({ additionalFields: { unitId: by('number', typed) } });
		expect(sent()).toMatchObject([{ unit_id: unit.id }]);
	});

	it('a unit that is found without a part of its number is told in a hint', async () => {
		const unit = data().units.rows.find(({ property_id }) => property_id === theLead().property_id)!;
		Object.assign(unit, { number: '204' });
		const unitId = by('number', '={{ $json.wing }}{{ $json.number }}');
		const items = [{ number: '204' }, { wing: '', number: '204' }];
		const { hints } = await create({ additionalFields: { unitId } }, { items });
		expect(sent()).toMatchObject([{ unit_id: unit.id }, { unit_id: unit.id }]);
		expect(hints[0]?.message).toBe(
			"Item 1 of 2: 'Unit' is not complete: {{ $json.wing }} found nothing in the item.",
		);
	});

	it('a unit is not taken when two of its property are spelt like it', async () => {
		const [one, two] = data().units.rows.filter(
			({ property_id }) => property_id === theLead().property_id,
		);
		Object.assign(one!, { number: 'PH A' });
		Object.assign(two!, { number: 'Ph A' });
		const { thrown } = await create({ additionalFields: { unitId: by('number', 'pha') } });
		expect(thrown?.message).toContain("have the number in 'Unit'");
		expect(sent()).toEqual([]);
	});

	it('a property that is given, by its name too, says where the lead and the unit are', async () => {
		const mine = theLead().property_id;
		addLead(services, 'lead_here', { email_1: 'same@example.com', property_id: mine });
		addLead(services, 'lead_there', { email_1: 'same@example.com', property_id: 'prop_1' });
		const property = data().properties.get(mine)!;
		await create({
			leadId: by('email', 'same@example.com'),
			additionalFields: { propertyId: by('name', String(property['name']).toLowerCase()) },
		});
		expect(recipients(services)).toEqual(['lead_here']);
		expect(sent()[0]).not.toHaveProperty('property_id');
	});

	it('a property is found by its PMS ID', async () => {
		const property = data().properties.get(theLead().property_id)!;
		addLead(services, 'lead_here', { property_id: property.id });
		await create({
			leadId: by('email', 'lead_here@example.com'),
			additionalFields: { propertyId: by('pmsId', property.x_id) },
		});
		expect(recipients(services)).toEqual(['lead_here']);
	});

	it('an integration is found by its name, before what is in it', async () => {
		const { success } = await create({
			integrationId: by('name', 'union yards rent manager'),
			leadId: by('email', theLead().email_1),
		});
		expect(sent()).toMatchObject([{ integration_id: INTEGRATION, lead_id: theLead().id }]);
		expect(success[0]?.json.resolved).toEqual({
			integration_id: INTEGRATION,
			lead_id: theLead().id,
			found_by: 'name, email',
		});
	});

	it('a unit or a property is not another one whose numbers are written with other spaces', async () => {
		const property = data().properties.get(theLead().property_id)!;
		Object.assign(property, { name: '1 21st Street' });
		const [first] = data().units.rows.filter(({ property_id }) => property_id === property.id);
		Object.assign(first!, { number: '1 12' });
		// One is asked for by the filter of the API; with five of them the list is read.
		const items = ['11 2', '112', '11 2', '1 1 2', '1 12', '102', '103'].map((unit) => ({ unit }));
		for (const some of [items.slice(0, 1), items]) {
			const { success } = await create(
				{ additionalFields: { unitId: by('number', '={{ $json.unit }}') } },
				{ items: some, onError: 'continueRegularOutput' },
			);
			expect(success.map(({ json }) => json.error === undefined)).toEqual(
				some.map(({ unit }) => ['1 12', '102', '103'].includes(unit)),
			);
		}
		const { thrown } = await create({
			additionalFields: { propertyId: by('name', '12 1st Street') },
			leadId: by('email', theLead().email_1),
		});
		expect(thrown?.message).toMatch(/^No property of .+ has the name in 'Property'/);
	});

	it('an employee who has left is not meant where another one has the name; the only one is told', async () => {
		const [own] = data().employees.rows.filter(
			({ property_id }) => property_id === theLead().property_id,
		);
		Object.assign(own!, { name: 'Jordan Smith', is_active: false });
		const given = { additionalFields: { employeeId: by('name', 'Jordan Smith') } };
		const alone = await create(given);
		data().employees.add({ ...own!, id: 'emp_new', x_id: 'emp_new', is_active: true });
		const both = await leadEvent(
			anotherProcess(services, {}),
			{ integrationId: byId(INTEGRATION), leadId: byId(theLead().id), eventName: 'NOTE', ...given },
			{},
		);
		expect([alone, both].map(({ thrown }) => thrown?.message)).toEqual([undefined, undefined]);
		expect(sent().map(({ employee_id }) => employee_id)).toEqual([own!.id, 'emp_new']);
		const told = ({ hints }: typeof alone) => hints.map(({ message }) => message).join();
		expect(told(alone)).toContain("'Employee' is the only employee found, and it is not active any more");
		expect(told(both)).not.toContain('not active');
	});

	it('two integrations of one name are told apart by their PMS', async () => {
		const first = data().integrations.get(INTEGRATION)!;
		data().integrations.add({ ...first, id: 'int_twin', vendor: 'YARDI' });
		const { thrown } = await create({ integrationId: by('name', first.name) });
		expect(thrown?.message).toBe(
			"2 integrations have the name in 'Integration': Yardi; Rent Manager. Choose it 'From List' or 'By ID'",
		);
	});

	it('a sub type is one of the event type', async () => {
		const type = data().eventTypes.rows.find(({ property_id }) => property_id === theLead().property_id)!;
		const sub = data().eventSubTypes.rows.find(({ event_type_id }) => event_type_id === type.id)!;
		await create({
			eventTypeId: by('name', type['name']),
			additionalFields: { eventSubTypeId: by('name', sub['name']) },
		} as IDataObject);
		expect(sent()).toMatchObject([{ event_type_id: type.id, event_sub_type_id: sub.id }]);
		propexo().ledger.created.length = 0;
		const { thrown } = await create({ additionalFields: { eventSubTypeId: by('name', sub['name']) } });
		expect(thrown?.message).toMatch(/^Choose an 'Event Type' first/);
	});

	it('an event type that is not for leads is not found', async () => {
		const { thrown } = await create({ eventTypeId: by('name', 'Resident Note') });
		expect(thrown?.message).toMatch(
			/^No event type of .+ has the name in 'Event Type'\. 'From List' shows all there are$/,
		);
	});

	it('a lead that is given by ID and does not exist sends nothing', async () => {
		const { thrown } = await create({ leadId: byId('lead_none'), eventTypeId: by('name', 'Show') });
		expect(thrown?.message).toMatch(/^Propexo has no lead with the ID in 'Lead'\. Check the ID/);
		expect(thrown?.description).toContain('Correct the value');
		expect(sent()).toEqual([]);
	});

	it('a lead that is looked for in an integration that does not exist: the integration is named', async () => {
		const { thrown } = await create({
			integrationId: byId('int_none'),
			leadId: by('email', 'somebody@example.com'),
		});
		expect(thrown?.message).toMatch(
			/^Propexo has no integration with the ID in 'Integration'\. Check the ID/,
		);
		expect(sent()).toEqual([]);
	});

	it('a lead of another integration is refused', async () => {
		const { thrown } = await create({ leadId: byId('lead_2'), eventTypeId: by('name', 'Show') });
		expect(thrown?.message).toContain(
			"The chosen 'Lead' belongs to another integration than the chosen 'Integration'",
		);
		expect(sent()).toEqual([]);
	});

	it('a lead that is looked for in a property of another integration: the property is named', async () => {
		const { id } = data().properties.rows.find(({ integration_id }) => integration_id !== INTEGRATION)!;
		const { thrown } = await create({
			leadId: by('email', 'somebody@example.com'),
			additionalFields: { propertyId: byId(id) },
		});
		expect(thrown?.message).toBe(
			"The chosen 'Property' belongs to another integration than the chosen 'Integration'. Choose the property again, from the list of this integration.",
		);
		expect(sent()).toEqual([]);
	});

	it('rows of many properties are looked up in one list where that takes fewer requests', async () => {
		const properties = data().properties.rows.slice(0, 12);
		const leads = properties.map(({ id }, index) =>
			addLead(services, `lead_p${index}`, { property_id: id }),
		);
		const numbers = ['101', '102', '103', '104', '105'];
		const [unit] = data().units.rows;
		data().units.replace([]);
		for (const { id } of properties) {
			for (const number of numbers)
				data().units.add({
					...{ ...unit!, id: `unit_${id}_${number}` },
					...{ number, property_id: id, integration_id: INTEGRATION },
				});
		}
		const items = leads.flatMap(({ email_1 }) => numbers.map((unit) => ({ who: email_1, unit })));
		const { success } = await create(
			{
				leadId: by('email', '={{ $json.who }}'),
				additionalFields: { unitId: by('number', '={{ $json.unit }}') },
			},
			{ items },
		);
		expect(success).toHaveLength(60);
		expect(lookUps(services, '/v1/units/')).toHaveLength(1);
		expect(
			sent()
				.map(({ lead_id, unit_id }) => `${String(lead_id)} ${String(unit_id)}`)
				.sort(),
		).toEqual(
			leads
				.flatMap(({ id, property_id }) => numbers.map((one) => `${id} unit_${property_id}_${one}`))
				.sort(),
		);
	});

	it('units of one property are looked up in its list', async () => {
		const items = ['101', '102', '103', '104', '105'].map((unit) => ({ unit }));
		await create(
			{ additionalFields: { unitId: by('number', '={{ $json.unit }}') } },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(lookUps(services, '/v1/units/').map(({ query }) => query.property_id)).toEqual([
			theLead().property_id,
		]);
		expect(sent()).toHaveLength(4);
	});
});

describe('Lead Event: Update, what is given by name', () => {
	it('is looked for in the property of the event', async () => {
		const lead = data().leads.get('lead_8')!;
		const event = data().events.add({ ...lead, id: 'event_mri', associated_lead_ids: [lead.id] });
		const inProperty = ({ property_id }: { property_id: string }) => property_id === event.property_id;
		const type = data().eventTypes.rows.find(inProperty)!;
		const agent = data().employees.rows.find(inProperty)!;
		const { success } = await run(services, 'leadEvent', 'update', {
			eventId: byId('event_mri'),
			eventTypeId: by('name', type['name']),
			eventDatetime: '2026-03-01T10:00:00Z',
			additionalFields: { employeeId: by('name', agent['name']) },
		} as IDataObject);
		expect(success[0]?.json.resolved).toEqual({
			event_type_id: type.id,
			employee_id: agent.id,
			found_by: 'name',
		});
	});
});

describe('Reading by what people hold', () => {
	it('lists the leads of a property by its name', async () => {
		const property = data().properties.get(theLead().property_id)!;
		const filters = {
			integrationId: by('name', 'Union Yards Rent Manager'),
			propertyId: by('name', property['name']),
		};
		const rows = jsonOf(await run(services, 'lead', 'getAll', { filters } as IDataObject));
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ property_id }) => property_id === property.id)).toBe(true);
	});
});
