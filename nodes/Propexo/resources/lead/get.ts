import { segment } from '../../../shared/credential';
import { simplifyField } from '../../../shared/listing';
import { readOperation } from '../../../shared/operation';
import { textOf } from '../../../shared/text';
import { propexo } from '../../api';
import { readOne } from '../../records';
import { simpleLead } from '../../simplify';
import { leadField } from '../records';

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
