import { readFileSync } from 'node:fs';

import { resources } from '../../../nodes/Propexo/resources';
import { differences } from '../../../nodes/Propexo/leads/differences';
import { allFields } from '../../../nodes/shared/fields/collections';
import { apiName } from '../../../nodes/shared/fields/names';
import type { Write } from '../../../nodes/shared/deliver/write';
import { schemaOf } from '../emulator/support/vendorSpec.ts';

/* Which fields of *Create or Update* always count as changed: what Propexo does not show of a lead. */

/** Compared in other ways: an employee by the PMS's ID, an address type together with the address. */
const COMPARED = ['employee_id', 'address_type_id'];
/** Said of new leads alone, or of where the lead is. */
const NOT_CHANGED = ['integration_id', 'property_id', 'third_party_id', 'organization_name'];

it('The docs name all fields that always count as changed', () => {
	const upsert = resources
		.find(({ value }) => value === 'lead')
		?.operations.find(({ value }) => value === 'upsert') as { write: Write } | undefined;
	const shown = Object.keys(schemaOf('Lead').properties ?? {});
	const lead = Object.fromEntries(shown.map((name) => [name, name === 'unit_id_preferred' ? ['x'] : 'x']));
	const always = allFields(upsert!.write).filter((field) => {
		const name = apiName(field);
		if (field.local || name.startsWith('events.') || [...COMPARED, ...NOT_CHANGED].includes(name))
			return false;
		return differences(lead, { [name]: name === 'desired_unit_ids' ? ['x'] : 'x' }).length > 0;
	});
	const [, listed = ''] =
		/always counts as changed: ([^]*?)\. So does/.exec(readFileSync('docs/propexo.md', 'utf8')) ?? [];
	const labels = [...listed.matchAll(/_([^_]+)_/g)].map(([, label = '']) => label.replace(/\s+/g, ' '));
	expect(labels).toEqual(always.map(({ label }) => label).sort());
});
