import type { IDataObject } from 'n8n-workflow';

import { by } from '../../support/locator.ts';
import { byId, useServices } from '../../support/services.ts';
import { run } from '../support/run.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from '../support/samples.ts';

const services = useServices();
const propexo = () => services.emulator.propexo;
const puts = () => propexo().ledger.requests.filter(({ method }) => method === 'PUT');

beforeEach(() => addLeadsOfAnyPms(services.emulator));

const update = async (parameters: IDataObject, settings: object = {}) =>
	await run(services, 'lead', 'update', { leadId: byId(`${ANY_LEAD}_1`), ...parameters }, settings);

it('An update sends what is filled in, and nothing else', async () => {
	const { success } = await update({
		...{ firstName: 'Nathan', lastName: '', email1: '={{ $json.none }}', phone1: '  ' },
		stateFields: { status: 'INACTIVE', inactiveReason: 'PRICE', notes: '' },
		wishFields: { hasCats: '={{ $json.none }}', hasDogs: false },
	});
	expect(puts()).toMatchObject([{ path: `/v1/leads/${ANY_LEAD}_1` }]);
	expect(puts()[0]?.body).toEqual({
		...{ first_name: 'Nathan', has_dogs: false },
		...{ status: 'INACTIVE', inactive_reason: 'PRICE' },
	});
	expect(success).toMatchObject([{ json: { job_id: expect.any(String) } }]);
});

it('A lead is found by what people hold, in a place or anywhere', async () => {
	const lead = propexo().data.leads.get('lead_2');
	await update({
		leadId: by('email', String(lead?.email_1)),
		filters: { integrationId: byId('int_entrata_1') },
		firstName: 'A',
	});
	await update({
		leadId: by('pmsId', String(lead?.x_id)),
		filters: { integrationId: byId('int_entrata_1') },
		firstName: 'B',
	});
	expect(puts().map(({ path }) => path)).toEqual(['/v1/leads/lead_2', '/v1/leads/lead_2']);
});

it.each(['N/A', 'none', '-', 'Unknown', 'nan'])(
	'An update with %s in place of a name or an address is sent, and a hint asks about it',
	async (nothing) => {
		const { hints } = await update({
			...{ firstName: nothing, lastName: 'Smith', email1: 'noemail@noemail.com' },
			personFields: { city: nothing, zip: nothing, addressTypeId: byId('atype_1') },
			stateFields: { notes: nothing, statusRaw: 'Declined' },
		});
		expect(puts().map(({ body }) => body)).toEqual([
			{
				...{ first_name: nothing, last_name: 'Smith', email_1: 'noemail@noemail.com' },
				...{ city: nothing, zip: nothing, address_type_id: 'atype_1' },
				...{ notes: nothing, status_raw: 'Declined' },
			},
		]);
		const told = hints.map(({ message }) => message).join('\n');
		for (const label of ['First Name', 'Email', 'City'])
			expect(told).toContain(`'${label}' is a placeholder, incomplete or more than one. Check it.`);
		expect(told).toContain("'ZIP Code' does not have the five digits of a ZIP code");
		expect(told).not.toMatch(/'(?:Last Name|Notes|Status in the PMS)'/);
	},
);

describe('Clear Fields', () => {
	it('empties a field that the API takes null for', async () => {
		await update({ clearFields: ['desiredMinRent'] });
		expect(puts()[0]?.body).toEqual({ desired_min_rent_in_cents: null });
		expect(propexo().data.leads.get(`${ANY_LEAD}_1`)?.desired_min_rent_in_cents).toBeNull();
	});

	it.each(['Minimum Rent (Dollars)', 'Minimum Rent'])(
		'takes the names that the editor shows: %s',
		async (name) => {
			await update({ clearFields: `={{ "${name}" }}` });
			expect(puts()[0]?.body).toEqual({ desired_min_rent_in_cents: null });
		},
	);

	it('refuses a field that is filled in too, and one that Propexo cannot empty', async () => {
		const both = await update({
			clearFields: ['desiredMinRent'],
			wishFields: { desiredMinRent: 1 },
		});
		expect(both.thrown?.message).toContain(
			"'Minimum Rent (Dollars)' is filled in, and listed in 'Clear Fields' too",
		);
		const other = await update({ clearFields: ['email1'] });
		expect(other.thrown?.message).toContain(
			"'Clear Fields' holds 'email1' and must be one or several of: Minimum Rent (Dollars)",
		);
		expect(puts()).toEqual([]);
	});
});

it('An address is only changed with its type, as Propexo says', async () => {
	const { thrown } = await update({ personFields: { city: 'Austin' } });
	expect(thrown?.message).toContain("'Address Type' is empty, and Propexo requires it");
	await update({ personFields: { city: 'Austin', addressTypeId: byId('atype_1') } });
	expect(puts().map(({ body }) => body)).toEqual([{ city: 'Austin', address_type_id: 'atype_1' }]);
});

describe('A lead of a PMS', () => {
	/** A lead that Propexo says to be of this PMS. */
	function leadOf(vendor: string, number: number) {
		const id = `${ANY_LEAD}_${number}`;
		Object.assign(propexo().data.leads.get(id) ?? {}, { integration_vendor: vendor });
		return byId(id);
	}

	it('that takes no leads is not changed', async () => {
		const { thrown } = await update({ leadId: leadOf('BUILDIUM', 7), firstName: 'A' });
		expect(thrown?.message).toContain("'Lead' belongs to Buildium, which takes no updates");
		expect(puts()).toEqual([]);
	});

	it('that requires names with every change is told', async () => {
		const { thrown } = await update({ leadId: leadOf('YARDI_REST', 8), email1: 'a@example.com' });
		for (const label of ['First Name', 'Last Name']) expect(thrown?.message).toContain(`'${label}'`);
	});
});

it('Changes of one lead go out in the order of their items', async () => {
	const items = Array.from({ length: 12 }, (_, index) => ({
		name: `Name ${index}`,
		lead: 1 + (index % 2),
	}));
	await update(
		{ leadId: byId(`={{ '${ANY_LEAD}_' + $json.lead }}`), firstName: '={{ $json.name }}' },
		{ items },
	);
	const names = (lead: number) =>
		puts()
			.filter(({ path }) => path.endsWith(`_${lead}`))
			.map(({ body }) => (body as IDataObject).first_name);
	expect(names(1)).toEqual([0, 2, 4, 6, 8, 10].map((index) => `Name ${index}`));
	expect(names(2)).toEqual([1, 3, 5, 7, 9, 11].map((index) => `Name ${index}`));
});
