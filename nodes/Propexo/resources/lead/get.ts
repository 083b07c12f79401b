import { segment } from '../../../shared/http/credential';
import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import { simplifyField } from '../../../shared/read/listing';
import { propexo } from '../../api';
import { leadField } from '../../records/fields';
import { readOne } from '../../records/paging';
import { simpleLead } from '../../records/simplify';

/** GET /v1/leads/{id}: one lead as Propexo last saw it in the PMS. */
export const get = readOperation(
	{ value: 'get', name: 'Get', action: 'Get lead', description: 'Read one lead by its ID' },
	{
		service: propexo,
		noun: 'lead',
		fields: [{ ...leadField, required: true }, simplifyField],
		collections: [],
		rows: async (read, { values }) => {
			const lead = await readOne(read, `/v1/leads/${segment(textOf(values.leadId))}`, 'lead');
			return [values.simplify === false ? lead : simpleLead(lead)];
		},
	},
);
