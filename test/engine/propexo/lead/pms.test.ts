import type { IDataObject } from 'n8n-workflow';

import { CREATE } from '../../../../emulator/propexo/leads/rules.ts';
import { INTEGRATIONS } from '../../../../emulator/propexo/records/integrations.ts';
import type { PmsRule } from '../../../../emulator/propexo/writes/pmsRule.ts';
import { apiName } from '../../../../nodes/shared/fields/names';
import { JOB_WRITES } from '../../../unit/propexo/support/jobWrites.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { run } from '../support/run.ts';

/* What each PMS requires of a new lead, as the emulated PMS has it. */

const services = useNewServices();
const propexo = () => services.emulator.propexo;
const posts = () => propexo().ledger.requests.filter(({ method }) => method === 'POST').length;
const created = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

const { job, sent } = JOB_WRITES.find(({ title }) => title === 'lead: create')!;

const RULED = INTEGRATIONS.flatMap(({ id, vendor }) => {
	const rule = CREATE[vendor];
	return rule === undefined ? [] : [{ vendor, integration: id, rule }];
});
type Ruled = (typeof RULED)[number] & { rule: PmsRule };
const WITH_LEADS = RULED.filter((one): one is Ruled => one.rule !== 'unsupported');

/** Values that the PMS takes, by the API's names. */
function sampleOf(name: string, integration: string): IDataObject[string] {
	const { data } = propexo();
	const own = (rows: Iterable<IDataObject>) =>
		byId([...rows].find((row) => row.integration_id === integration)?.id as string);
	const records: Record<string, () => IDataObject[string]> = {
		property_id: () => own(data.properties.rows as unknown as IDataObject[]),
		lead_source_id: () => own(data.leadSources.rows as unknown as IDataObject[]),
		employee_id: () => own(data.employees.rows as unknown as IDataObject[]),
		lead_relationship_id: () => own(data.leadRelationships.rows as unknown as IDataObject[]),
		// A fixed one would be the same for all leads.
		third_party_id: () => "={{ $json.id ?? 'crm-7' }}",
	};
	return records[name]?.() ?? `Some ${name}`;
}

/** Creates a lead with a value for each of these fields, and others besides. */
async function create(integration: string, names: readonly string[], more: IDataObject = {}) {
	const parameters: IDataObject = { integrationId: byId(integration) };
	for (const field of sent.filter((one) => names.includes(apiName(one)))) {
		const collection = job.collections.find(({ fields }) => fields.includes(field));
		const value = sampleOf(apiName(field), integration);
		if (!collection) parameters[field.name] = value;
		else
			parameters[collection.name] = {
				...(parameters[collection.name] as IDataObject),
				[field.name]: value,
			};
	}
	return await run(services, 'lead', 'create', { ...parameters, ...more });
}

const labelOf = (name: string) => sent.find((field) => apiName(field) === name)?.label;

describe.each(WITH_LEADS)('A new lead at $vendor', ({ integration, rule }) => {
	it('is sent with no more than what the PMS requires, and nothing is told', async () => {
		const { thrown, hints } = await create(integration, rule.required);
		expect([thrown?.message, hints]).toEqual([undefined, []]);
		expect(created().map(Object.keys)).toEqual([
			expect.arrayContaining(['integration_id', ...rule.required]),
		]);
	});

	it('is stopped with the name of each field that the PMS requires and that is empty', async () => {
		const { thrown } = await create(integration, []);
		for (const name of rule.required) expect(thrown?.message).toContain(`'${labelOf(name)}'`);
		expect(posts()).toBe(0);
	});

	const limited = Object.entries(rule.values ?? {}).filter(([, { maxLength }]) => maxLength !== undefined);
	if (limited.length > 0) {
		it('is stopped with the name of each text that is longer than the PMS takes', async () => {
			const long = 'x'.repeat(31);
			const { thrown } = await create(integration, rule.required, {
				...(rule.values?.first_name && { firstName: long, lastName: long }),
				...(rule.values?.notes && { stateFields: { notes: long } }),
			});
			expect(thrown?.message).toContain(' is 31 characters long');
			for (const [name] of limited) expect(thrown?.message).toContain(`'${labelOf(name)}'`);
		});

		it('has its notes cut with Shorten Notes, with a hint, and its names left as they are', async () => {
			const long = `${'x'.repeat(29)}🙂`;
			const { thrown, hints } = await create(integration, rule.required, {
				...(rule.values?.first_name && { firstName: long, lastName: long }),
				...(rule.values?.notes && { stateFields: { notes: long } }),
				options: { shortenNotes: true },
			});
			if (rule.values?.first_name) {
				expect(thrown?.message).toContain("'First Name' is 31 characters long");
				expect(posts()).toBe(0);
			} else {
				expect(thrown?.message).toBeUndefined();
				expect(created()).toMatchObject([{ notes: 'x'.repeat(29) }]);
				expect(JSON.stringify(hints)).toContain(
					"'Notes' is longer than the 30 characters that MRI takes",
				);
			}
		});
	}
});

it.each(RULED.filter(({ rule }) => rule === 'unsupported'))(
	'A new lead at $vendor, which takes none, is refused before anything is sent',
	async ({ integration }) => {
		const { thrown } = await create(integration, ['first_name', 'last_name']);
		expect(thrown?.message).toMatch(/takes no leads/);
		expect(posts()).toBe(0);
	},
);
