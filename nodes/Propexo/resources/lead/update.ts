import type { ReadItem } from '../../../shared/fields/item';
import type { Problem } from '../../../shared/fields/problem';
import { jobWrite } from '../../jobs/jobWrite';
import { missing } from '../../rules/checkItem';
import { recordField } from '../../records/field';
import { lead } from '../../records/people';
import { lookIn } from '../../records/reading';
import { LEAD_UPDATE_RULES } from '../../rules/leads';
import { CHANGES, clearedAndFilled, clearFields, nulls } from './clear';
import { ADDRESS } from './who';

const leadField = recordField(lead, {
	required: true,
	local: true,
	description: 'The lead to change',
});

/** Source: `address_type_id` of the schema, "This is required when updating the address". */
export function addressWithoutType({ values }: ReadItem): Problem[] {
	if (values.addressTypeId !== undefined || ADDRESS.every((name) => values[name] === undefined)) return [];
	return [
		/**
		 * @cause A part of the address is changed, and its type is missing.
		 * @cure Fill in _Address Type_.
		 */
		missing(CHANGES, 'addressTypeId', 'is empty, and Propexo requires it when an address is changed'),
	];
}

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
	sameEvent: ['status', 'inactiveReason'],
	check: (item) => [...addressWithoutType(item), ...clearedAndFilled(item)],
	adds: nulls,
});
