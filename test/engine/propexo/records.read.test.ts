import type { IDataObject } from 'n8n-workflow';

import { by } from '../support/locator.ts';
import { byId, useServices } from '../support/services.ts';
import { lookUps } from './support/finding.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices();

const INTEGRATION = 'int_entrata_1';
const data = () => services.emulator.propexo.data;
const requests = () => services.emulator.propexo.ledger.requests;

type Kind = 'applicants' | 'residents' | 'properties' | 'units' | 'employees' | 'eventTypes';

interface Readable {
	resource: string;
	field: string;
	of: Kind;
	path: string;
	columns: string[];
	/** Modes in which one can be given, with the field that holds it. */
	modes: Array<[mode: string, holds: string]>;
	/** Filters of Get Many, with the field they go by. */
	filters: Array<[filter: string, holds: string, api: string]>;
	/** Whether records belong to a property. */
	inProperty: boolean;
}

const ends = ['property_id', 'integration_id', 'updated_at'];
const own = ['id', 'first_name', 'last_name', 'email_1', 'phone_1', 'x_id'];
/** What applicants and residents are found and filtered by. */
const PERSON: Pick<Readable, 'modes' | 'filters' | 'inProperty'> = {
	modes: [
		['email', 'email_1'],
		['phone', 'phone_1'],
		['pmsId', 'x_id'],
	],
	filters: [
		['email1', 'email_1', 'email_1'],
		['phone1', 'phone_1', 'phone_1'],
		['xId', 'x_id', 'x_id'],
	],
	inProperty: true,
};
/** What no record has. */
const OTHER: IDataObject = {
	email1: 'nobody@example.com',
	phone1: '(999) 555-0100',
	xId: 'X-0',
	number: 'X-0',
};
const KINDS: Readable[] = [
	{
		...{ resource: 'applicant', field: 'applicantId', of: 'applicants', path: '/v1/applicants/' },
		columns: [...own, 'x_lead_id', ...ends],
		...PERSON,
	},
	{
		...{ resource: 'resident', field: 'residentId', of: 'residents', path: '/v1/residents/' },
		columns: [...own, 'x_lease_id', ...ends],
		...PERSON,
	},
	{
		...{ resource: 'property', field: 'propertyId', of: 'properties', path: '/v1/properties/' },
		columns: ['id', 'name', 'code', 'city', 'state', 'is_active', 'x_id', 'integration_id', 'updated_at'],
		modes: [
			['name', 'name'],
			['pmsId', 'x_id'],
		],
		filters: [
			['xId', 'x_id', 'x_id'],
			['isActive', 'is_active', 'is_active'],
		],
		inProperty: false,
	},
	{
		...{ resource: 'unit', field: 'unitId', of: 'units', path: '/v1/units/' },
		columns: ['id', 'number', 'building_name', 'address_1', 'floor_plan_name', 'x_id', ...ends],
		modes: [
			['number', 'number'],
			['pmsId', 'x_id'],
		],
		filters: [
			['number', 'number', 'unit_number'],
			['xId', 'x_id', 'x_id'],
		],
		inProperty: true,
	},
	{
		...{ resource: 'employee', field: 'employeeId', of: 'employees', path: '/v1/employees/' },
		columns: ['id', 'name', 'email', 'is_active', 'roles', 'x_id', ...ends],
		modes: [
			['email', 'email'],
			['name', 'name'],
		],
		filters: [],
		inProperty: true,
	},
	{
		...{ resource: 'eventType', field: 'eventTypeId', of: 'eventTypes', path: '/v1/event-types/' },
		columns: ['id', 'name', 'code', 'models', 'x_id', ...ends],
		modes: [
			['name', 'name'],
			['pmsId', 'x_id'],
		],
		filters: [['xId', 'x_id', 'x_id']],
		inProperty: true,
	},
];

describe.each(KINDS)('Reading: $resource', (kind) => {
	const { resource, field, of, path, columns, modes, filters, inProperty } = kind;
	const rows = (): IDataObject[] =>
		(data()[of].rows as unknown as IDataObject[]).filter(
			({ integration_id }) => integration_id === INTEGRATION,
		);
	const one = () => rows().at(-1)!;
	const place = (): IDataObject => ({
		integrationId: byId(INTEGRATION),
		...(inProperty && { propertyId: byId(one().property_id) }),
	});
	const get = async (given: unknown, more: IDataObject = {}) =>
		await run(services, resource, 'get', { [field]: given, ...more } as IDataObject);
	const getMany = async (more: IDataObject = {}) => await run(services, resource, 'getAll', more);

	it('gives one by its ID, in its columns', async () => {
		const [row] = jsonOf(await get(byId(one().id)));
		expect(Object.keys(row ?? {})).toEqual(columns);
		expect(row).toEqual(Object.fromEntries(columns.map((column) => [column, one()[column] ?? null])));
		expect(requests().map((request) => request.path)).toEqual([`${path}${String(one().id)}`]);
	});

	it('takes no other record than the one that was asked for by its ID', async () => {
		const [other] = rows();
		const match = { method: 'GET', path: `${path}${String(one().id)}` };
		services.emulator.propexo.faults.add({ match, status: 200, body: { meta: {}, results: other } });
		const { thrown, success } = await get(byId(one().id));
		expect(success).toEqual([]);
		expect(thrown?.message).toBe('Propexo answered in another form than documented');
	});

	it('gives each item what its Output asks for: columns, the raw record, or selected fields', async () => {
		const picked = ['created_at', columns[1]!, 'last_seen'];
		const items = [{ output: 'simple' }, { output: 'raw' }, { output: 'Selected Fields' }];
		const asked = { [field]: byId(one().id), output: '={{ $json.output }}', fields: picked };
		const result = await run(services, resource, 'get', asked, { items });
		const [simple, raw, selected] = jsonOf(result);
		expect(Object.keys(simple ?? {})).toEqual(columns);
		expect(raw).toEqual(one());
		expect(selected).toEqual(Object.fromEntries(picked.map((name) => [name, one()[name] ?? null])));
	});

	it.each([
		['none', '={{ [] }}', "'Fields' is empty and must be filled in when 'Output' is Selected Fields"],
		[
			'one that there is not',
			['shoe_size'],
			"'Fields' holds 'shoe_size' and must be one or several of: ",
		],
	])('asks for nothing when the selected fields are %s', async (_, fields, message) => {
		const { thrown } = await get(byId(one().id), { output: 'fields', fields });
		expect(thrown?.message).toContain(message);
		expect(requests()).toEqual([]);
	});

	it.each(modes)('gives the one that is found by %s', async (mode, holds) => {
		const result = await get(by(mode, one()[holds]), { filters: place() });
		expect(jsonOf(result).map(({ id }) => id)).toEqual([one().id]);
	});

	it.each(modes)('gives none when nothing has the %s', async (mode) => {
		const value = mode === 'email' ? 'nobody@example.com' : mode === 'phone' ? '999 555 0100' : 'Nothing';
		const { thrown, success } = await get(by(mode, value), { filters: place() });
		expect(thrown?.message).toMatch(/^No .+ has the .+ in '/);
		expect(success).toEqual([]);
	});

	it('lists those of an integration, newest first', async () => {
		const filters = { integrationId: byId(INTEGRATION) };
		const listed = jsonOf(await getMany({ filters, returnAll: true }));
		expect(listed.map(({ id }) => id)).toEqual(
			rows()
				.map(({ id }) => id)
				.reverse(),
		);
	});

	if (inProperty)
		it('lists those of a property that is given by its name', async () => {
			const property = data().properties.get(String(one().property_id))!;
			const filters = { integrationId: byId(INTEGRATION), propertyId: by('name', property['name']) };
			const listed = jsonOf(await getMany({ filters, returnAll: true } as IDataObject));
			const own = rows().filter(({ property_id }) => property_id === property.id);
			expect(listed.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
		});

	for (const [filter, holds, api] of filters)
		it(`has the filter ${filter}, and gives nothing where Propexo forgets it`, async () => {
			const value = one()[holds];
			const listed = jsonOf(await getMany({ filters: { ...place(), [filter]: value } as IDataObject }));
			const wanted = rows().filter(
				(row) => row[holds] === value && (!inProperty || row.property_id === one().property_id),
			);
			expect(listed.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
			expect(lookUps(services, path).at(-1)?.query).toMatchObject({ [api]: String(value) });

			services.emulator.propexo.settings.ignoredFilters = [api];
			const other = filter === 'isActive' ? value !== true : OTHER[filter];
			const { thrown, success } = await getMany({
				filters: { ...place(), [filter]: other } as IDataObject,
			});
			expect(success).toEqual([]);
			expect(thrown?.message).toMatch(/^Propexo answered with other .+ than the filters ask for$/);
		});
});

it('a unit number without its property is refused before anything is asked', async () => {
	const { thrown } = await run(services, 'unit', 'getAll', { filters: { number: '101' } });
	expect(thrown?.message).toBe("'Unit Number' needs a 'Property' beside it. Add it under 'Filters'");
	expect(requests()).toEqual([]);
});

it.each([
	['xId', 'x_id'],
	['number', 'number'],
])('a unit is listed by its %s as programs write a column of numbers: 10432.0', async (filter, holds) => {
	const unit = data().units.rows.find(({ integration_id }) => integration_id === INTEGRATION)!;
	Object.assign(unit, { [holds]: '10432' });
	const place = { integrationId: byId(INTEGRATION), propertyId: byId(unit.property_id) };
	const result = await run(services, 'unit', 'getAll', { filters: { ...place, [filter]: '10432.0' } });
	expect(jsonOf(result).map(({ id }) => id)).toEqual([unit.id]);
});
