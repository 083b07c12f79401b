import { jobWrite } from '../../jobs/jobWrite';
import {
	addressWithoutType,
	CHANGES,
	clearedAndFilled,
	clearFields,
	nulls,
} from '../../leads/fieldsOfChange';
import { recordField } from '../../records/field';
import { lead } from '../../records/people';
import { lookIn } from '../../records/reading';
import { LEAD_UPDATE_RULES } from '../../rules/leads';

/*
 * A change of a lead. An empty value never overwrites what the PMS holds; *Clear Fields* empties.
 */

const leadField = recordField(lead, {
	required: true,
	local: true,
	description: 'The lead to change',
});

/** A change of one lead. */
export const update = jobWrite({
	value: 'update',
	name: 'Update',
	action: 'Update lead',
	description: 'Change an existing lead; only what is filled in is changed',
	noun: 'update',
	fields: [leadField, ...CHANGES.fields, clearFields],
	collections: [...CHANGES.collections, lookIn(lead)],
	method: 'PUT',
	path: '/v1/leads/{leadId}',
	pms: LEAD_UPDATE_RULES,
	about: ['leadId'],
	sameEvent: ['status', 'inactiveReason', clearFields.name],
	check: (item) => [...addressWithoutType(item), ...clearedAndFilled(item)],
	adds: nulls,
});
