import type { FieldCollection } from '../../../shared/fields/field';
import { readOperation } from '../../../shared/operation';
import { listingFields, simplifyField, wantedRows } from '../../../shared/read/listing';
import { propexo } from '../../api';
import { narrowedBy, pmsIdAlone, queryOf } from '../../records/filters';
import { newest } from '../../records/paging';
import { tenDigits } from '../../records/phone';
import { simpleLead } from '../../records/simplify';

/** What a list of leads can be narrowed by. Source: the query of GET /v1/leads/. */
const filters: FieldCollection = {
	name: 'filters',
	label: 'Filters',
	placeholder: 'Add Filter',
	fields: [
		{
			name: 'email1',
			api: 'email_1',
			label: 'Email',
			kind: 'email',
			placeholder: 'e.g. nathan@example.com',
			description: "The lead's primary address, as the PMS holds it",
		},
		{
			name: 'phone1',
			api: 'phone_1',
			label: 'Phone Number',
			kind: 'phone',
			placeholder: 'e.g. (512) 555-0100',
			refine: (written) => {
				const digits = tenDigits(written);
				return digits === undefined
					? {
							wrong: 'must be a number in the USA or Canada with its area code, such as (512) 555-0100',
						}
					: { value: digits };
			},
			description: "The lead's primary number, in any common form",
		},
		{
			name: 'xId',
			api: 'x_id',
			label: 'PMS ID',
			kind: 'text',
			placeholder: 'e.g. 10432',
			description: 'The ID of the lead in the PMS. It needs an integration too.',
		},
		...narrowedBy,
	],
};

/** GET /v1/leads/: leads, newest first. */
export const getAll = readOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many leads',
		description: 'Find leads by email, phone number or ID, or list them',
	},
	{
		service: propexo,
		noun: 'lead',
		fields: [...listingFields, simplifyField],
		collections: [filters],
		check: pmsIdAlone,
		rows: async (get, item) => {
			const leads = await newest(get, '/v1/leads/', queryOf(item), wantedRows(item.values));
			return item.values.simplify === false ? leads : leads.map(simpleLead);
		},
	},
);
