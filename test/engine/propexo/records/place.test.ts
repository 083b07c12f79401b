import type { IDataObject } from 'n8n-workflow';

import { by } from '../../support/locator.ts';
import type { Settings } from '../../support/services.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { INTEGRATION } from '../support/finding.ts';
import { run } from '../support/run.ts';

/** Which fields a PMS requires and takes is tested elsewhere. */
const services = useNewServices({ propexo: { vendorRules: false, limit: 100_000 } });
const propexo = () => services.emulator.propexo;
const data = () => propexo().data;
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

/** The property of the person, and another one of the same integration. */
const [HERE, THERE] = ['prop_11', 'prop_12'] as const;
const HOUR_MS = 3_600_000;
let hours = 1000;
/** When nobody else has an appointment. */
const free = () => new Date(Date.now() + ++hours * HOUR_MS).toISOString();

interface Kind {
	resource: string;
	of: 'leads' | 'applicants' | 'residents';
	person: string;
	label: string;
	/** What is given by what people hold. */
	named: { of: 'units' | 'employees'; field: string; api: string; mode: string };
	more(): IDataObject;
}
const PEOPLE = [
	{ of: 'leads', person: 'lead', label: 'Lead' },
	{ of: 'applicants', person: 'applicant', label: 'Applicant' },
	{ of: 'residents', person: 'resident', label: 'Resident' },
] as const;
const UNIT = { of: 'units', field: 'unitId', api: 'unit_id', mode: 'number' } as const;
const EMPLOYEE = { of: 'employees', field: 'employeeId', api: 'employee_id', mode: 'name' } as const;
const KINDS: Kind[] = PEOPLE.flatMap((one) => [
	{ ...one, resource: `${one.person}Event`, named: UNIT, more: () => ({ notes: 'Asked for a garage' }) },
	{
		...{ ...one, resource: 'appointment', named: EMPLOYEE },
		// The other property has no time zone.
		more: () => ({ for: one.person, start: free(), options: { timeZone: 'America/Chicago' } }),
	},
]);

describe.each(KINDS)('$resource: Create, with the $person by ID and a Property', (kind) => {
	const { resource, of, person, label, named, more } = kind;
	const whose = () => data()[of].rows[0]!;
	const at = (property: string) =>
		data()[named.of].rows.find(({ property_id }) => property_id === property)!;
	const nameAt = (property: string) => by(named.mode, (at(property) as unknown as IDataObject)[named.mode]);

	beforeEach(() => {
		Object.assign(data().integrations.get(INTEGRATION)!, { vendor: 'OTHER' });
		Object.assign(whose(), { integration_id: INTEGRATION, property_id: HERE });
	});

	const create = async (propertyId: string, located: ReturnType<typeof by>) => {
		const given = { [named.field]: located } as IDataObject;
		return await run(services, resource, 'create', {
			...{ integrationId: byId(INTEGRATION), [`${person}Id`]: byId(whose().id), ...more() },
			...(resource === 'appointment' && given),
			additionalFields: { propertyId: byId(propertyId), ...(resource !== 'appointment' && given) },
		});
	};

	it(`is refused if something is to be found in another property than that of the ${person}`, async () => {
		const { thrown } = await create(THERE, nameAt(THERE));
		expect(thrown?.message).toBe(
			`The chosen '${label}' belongs to another property than the chosen 'Property'. Choose the ${person} again, from the list of this property.`,
		);
		expect(sent()).toEqual([]);
		const here = await create(HERE, nameAt(HERE));
		// By ID, nothing is to be found: the item says itself what it means.
		const byItsId = await create(THERE, byId(at(THERE).id));
		expect([here, byItsId].map((told) => told.thrown?.message)).toEqual([undefined, undefined]);
		expect(sent().map((body) => body[named.api])).toEqual([at(HERE).id, at(THERE).id]);
	});

	it(`is refused where the expression of Property finds nothing: it would take the ${person} of another one`, async () => {
		const { email_1 } = Object.assign(whose(), { property_id: THERE });
		const { success } = await run(
			services,
			resource,
			'create',
			{
				...{ integrationId: byId(INTEGRATION), [`${person}Id`]: by('email', email_1), ...more() },
				additionalFields: { propertyId: by('name', '={{ $json.property }}') },
			},
			{ items: [{}, { property: ' ' }], onError: 'continueRegularOutput' },
		);
		expect(success.map(({ json }) => json.error)).toEqual(
			[1, 2].map(() =>
				expect.stringMatching(/'Property' is empty.* of another property might be taken/),
			),
		);
		expect(propexo().ledger.requests).toEqual([]);
	});

	it('is refused where a model leaves Property out, and tells it to call again with one', async () => {
		const { success } = await run(
			services,
			resource,
			'create',
			{
				...{
					integrationId: byId(INTEGRATION),
					[`${person}Id`]: by('email', whose().email_1),
					...more(),
				},
				additionalFields: { propertyId: by('name', "={{ $fromAI('property') }}") },
			},
			{ node: 'propexoTool', items: [{}] } as Settings,
		);
		expect(success[0]?.json).toMatchObject({
			outcome: 'not sent',
			call_again: true,
			problems: [{ field: 'Property', arguments: ['property'] }],
			what_to_do: expect.stringMatching(
				/^Nothing was recorded or changed\. Call the tool again with another value for: property\..* Do not make anything up: ask the user/,
			),
		});
		expect(sent()).toEqual([]);
	});

	it(`goes out with a hint where the expression of Property finds nothing and the ${person} is given by ID`, async () => {
		const { thrown, hints } = await run(
			services,
			resource,
			'create',
			{
				...{ integrationId: byId(INTEGRATION), [`${person}Id`]: byId(whose().id), ...more() },
				additionalFields: { propertyId: by('name', '={{ $json.property }}') },
			},
			{ items: [{}] },
		);
		expect(thrown).toBeUndefined();
		expect(sent()).toMatchObject([{ [`${person}_id`]: whose().id }]);
		expect(hints.map(({ message }) => message).join()).toContain("'Property'");
	});
});
