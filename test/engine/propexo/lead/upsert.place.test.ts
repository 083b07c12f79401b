import type { IDataObject } from 'n8n-workflow';

import { by } from '../../support/locator.ts';
import type { Settings } from '../../support/services.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { INTEGRATION, leadsIn, lookUps } from '../support/finding.ts';
import { run } from '../support/run.ts';

/** Which fields a PMS requires is tested elsewhere. */
const services = useNewServices({
	timing: { rate: { requests: 100_000 }, lookUpAfterMs: [20, 60, 150, 300] },
	propexo: { vendorRules: false, limit: 100_000, jobMs: 20 },
});
const propexo = () => services.emulator.propexo;
const data = () => propexo().data;
const writes = () =>
	propexo()
		.ledger.requests.filter(({ method }) => method !== 'GET')
		.map(({ method, path, body }) => ({ method, path, body: body as IDataObject }));
const theLead = () => leadsIn(services)[0]!;
const nameOf = (propertyId: unknown) => String(data().properties.get(String(propertyId))?.name);
const HERE = () => theLead().property_id;
/** Another property of the same integration. */
const THERE = 'prop_12';

let strangers = 0;
/** The address of a person whom nobody knows. */
const stranger = () => `stranger${++strangers}@example.com`;

/** Makes the PMS one that requires no property of a new lead. */
const requireNoProperty = () =>
	Object.assign(data().integrations.get(INTEGRATION)!, { vendor: 'PROPERTYWARE' });

async function upsert(parameters: IDataObject, settings: Settings = {}) {
	const who = { integrationId: byId(INTEGRATION), email1: theLead().email_1 };
	return await run(services, 'lead', 'upsert', { ...who, ...parameters }, settings);
}

/** What an item names besides the lead, by what people hold. */
interface Kind {
	field: string;
	api: string;
	label: string;
	of: 'units' | 'employees' | 'leadSources' | 'floorPlans';
	mode: string;
	collection?: string;
	noun: string;
	is: string;
}

const KINDS: Kind[] = [
	{
		...{ field: 'unitId', api: 'unit_id', label: 'Unit', of: 'units', mode: 'number' },
		...{ collection: 'placeFields', noun: 'unit', is: 'the number' },
	},
	{
		...{ field: 'employeeId', api: 'employee_id', label: 'Employee', of: 'employees', mode: 'name' },
		...{ collection: 'sourceFields', noun: 'employee', is: 'the name' },
	},
	{
		...{ field: 'leadSourceId', api: 'lead_source_id', label: 'Lead Source', of: 'leadSources' },
		...{ mode: 'name', noun: 'lead source', is: 'the name' },
	},
	{
		...{ field: 'floorPlanId', api: 'floor_plan_id', label: 'Floor Plan', of: 'floorPlans' },
		...{ mode: 'name', collection: 'placeFields', noun: 'floor plan', is: 'the name' },
	},
];

describe.each(KINDS)('Lead: Create or Update without a Property, $label given by $mode', (kind) => {
	const { field, api, label, of, mode, collection, noun, is } = kind;
	const at = (property: string) => data()[of].rows.find(({ property_id }) => property_id === property)!;
	const hold = (property: string, value: string) => Object.assign(at(property), { [mode]: value });
	const given = (value: string): IDataObject => {
		const located = { [field]: by(mode, value) };
		return collection === undefined ? located : { [collection]: located };
	};

	it("is that of the known lead's property, although another property has one like it", async () => {
		for (const property of [HERE(), THERE]) hold(property, 'ZZ-900');
		const { success, thrown } = await upsert(given('ZZ-900'));
		expect(thrown?.message).toBeUndefined();
		expect(writes()).toMatchObject([
			{ method: 'PUT', path: `/v1/leads/${theLead().id}`, body: { [api]: at(HERE()).id } },
		]);
		expect(success[0]?.json.resolved).toEqual({
			...{ [api]: at(HERE()).id, lead_id: theLead().id },
			found_by: `${mode}, email`,
		});
		// The list has shown the lead: it need not be read by its ID.
		expect(lookUps(services, `/v1/leads/${theLead().id}`)).toEqual([]);
	});

	it('is refused for a known lead if only another property has it, and found for all others', async () => {
		requireNoProperty();
		const there = hold(THERE, 'ZZ-900');
		const { first_name, last_name, email_1 } = theLead();
		const { email_1: ofNoProperty } = Object.assign(leadsIn(services)[1]!, {
			...{ property_id: null, first_name, last_name },
		});
		const items = [email_1, ofNoProperty, stranger()].map((email) => ({ email }));
		const who = { firstName: first_name, lastName: last_name, email1: '={{ $json.email }}' };
		const { success } = await upsert(
			{ ...given('ZZ-900'), ...who },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(success.map(({ json }) => json.action ?? json.error)).toEqual([
			`Item 1 of 3: No ${noun} of ${nameOf(HERE())} has ${is} in '${label}'. 'From List' shows all there are`,
			'updated',
			'created',
		]);
		expect(writes().map(({ body }) => body[api])).toEqual([there.id, there.id]);
	});
});

describe('Lead: Create or Update without a Property', () => {
	const units = (property: string) =>
		data().units.rows.filter(({ property_id }) => property_id === property);

	it('refuses only the item whose unit is of another property', async () => {
		const [here, there] = [HERE(), THERE].map((property) => units(property)[0]!);
		Object.assign(here!, { number: 'ZZ-800' });
		Object.assign(there!, { number: 'ZZ-900' });
		const items = [{ unit: 'ZZ-900' }, { unit: 'ZZ-800' }];
		const placeFields = { unitId: by('number', '={{ $json.unit }}') };
		const { success } = await upsert({ placeFields }, { items, onError: 'continueRegularOutput' });
		expect(success[0]?.json.error).toContain(`No unit of ${nameOf(HERE())} has the number in 'Unit'`);
		expect(success[1]?.json).toMatchObject({ action: 'updated', resolved: { unit_id: here!.id } });
		expect(writes().map(({ body }) => body.unit_id)).toEqual([here!.id]);
	});

	it.each([undefined, null, '', ' '])(
		'refuses an item for which the expression of Property finds nothing: it would change a lead of any property (%j)',
		async (property) => {
			const { success } = await upsert(
				{ propertyId: by('name', '={{ $json.property }}'), stateFields: { notes: 'Asked twice' } },
				{ items: [{ property }], onError: 'continueRegularOutput' },
			);
			expect(success.map(({ json }) => json.error)).toEqual([
				expect.stringMatching(
					/'Property' is empty.* its expression found nothing .*a lead of another property might be changed$/,
				),
			]);
			expect(propexo().ledger.requests).toEqual([]);
			expect((await upsert({ stateFields: { notes: 'Asked twice' } })).success[0]?.json).toMatchObject({
				lead_id: theLead().id,
			});
		},
	);

	it('previews the refusal, and sends nothing', async () => {
		Object.assign(units(THERE)[0]!, { number: 'ZZ-900' });
		const placeFields = { unitId: by('number', 'ZZ-900') };
		const { success } = await upsert({ placeFields, options: { previewOnly: true } });
		expect(JSON.stringify(success[0]?.json)).toContain(`No unit of ${nameOf(HERE())} has the number`);
		expect(writes()).toEqual([]);
	});

	it('looks in the property of a lead that an earlier row has made', async () => {
		requireNoProperty();
		// The emulator puts a lead without a property into the first one.
		const [first, second] = units(HERE());
		const [there] = units(THERE);
		[first, second, there].forEach((unit, index) => Object.assign(unit!, { number: `ZZ-90${index}` }));
		const items = ['ZZ-900', 'ZZ-901', 'ZZ-902'].map((unit) => ({ unit }));
		const { success } = await upsert(
			{
				...{ email1: stranger(), firstName: 'Nathan', lastName: 'Smith' },
				placeFields: { unitId: by('number', '={{ $json.unit }}') },
			},
			{ items, onError: 'continueRegularOutput' },
		);
		expect(success.map(({ json }) => json.action ?? json.error)).toEqual([
			'created',
			'updated',
			expect.stringContaining(`No unit of ${nameOf(HERE())} has the number in 'Unit'`),
		]);
		expect(success[1]?.json.resolved).toMatchObject({ unit_id: second!.id });
		expect(writes().map(({ method, body }) => [method, body.unit_id])).toEqual([
			['POST', first!.id],
			['PUT', second!.id],
		]);
	});
});
