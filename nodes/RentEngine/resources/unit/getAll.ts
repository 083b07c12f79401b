import type { FieldCollection } from '../../../shared/fields/field';
import { isObject } from '../../../shared/json/objects';
import { readOperation } from '../../../shared/operation';
import { collect, listingFields, pick, simplifyField, wantedRows } from '../../../shared/read/listing';
import { rentEngine } from '../../api';
import type { Row } from '../../records/paging';
import { pages, utc } from '../../records/paging';
import { addressLine } from '../../records/units';

/** Source: the parameter `statuses` of RentEngine's page on units, version 1.1.1. */
const statuses = [
	'Archived',
	'Available',
	'Expired',
	'Incomplete',
	'Leased',
	'On Hold',
	'Price Analysis',
	'Under Review',
	'Withdrawal Requested',
	'Withdrawn',
];

const filters: FieldCollection = {
	name: 'filters',
	label: 'Filters',
	placeholder: 'Add Filter',
	fields: [
		{
			name: 'city',
			label: 'City',
			kind: 'text',
			placeholder: 'e.g. Austin',
			description: 'Only units in this city',
		},
		{
			name: 'statuses',
			label: 'Statuses',
			kind: 'choices',
			options: statuses.map((status) => ({ name: status, value: status })),
			hint: 'Without it, the units of all years come, most of them leased or archived',
			description: 'Only units of these statuses',
		},
		{
			name: 'updatedAfter',
			label: 'Updated After',
			kind: 'dateTime',
			description: 'Only units that were changed after this time',
		},
		{
			name: 'updatedBefore',
			label: 'Updated Before',
			kind: 'dateTime',
			description: 'Only units that were last changed before this time',
		},
	],
};

const SIMPLE = [
	'status',
	'property_type',
	'bedrooms',
	'bathrooms',
	'target_rental_rate',
	'earliest_move_in_date',
	'updated_at',
];

/** The address is an object in practice and a number in the documents: a line of text, or that number. */
function simplified(row: Row): Row {
	const { address } = row;
	const line = isObject(address)
		? { address: addressLine(row), ...pick(address as Row, ['city']) }
		: { ...pick(row, ['address']), city: null };
	return { ...pick(row, ['id']), ...line, ...pick(row, SIMPLE) };
}

/** GET /units. Lists go out separated by commas. Source: RentEngine's page on units, and public clients of 2026. */
export const getAll = readOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many units',
		description: 'Get units, all or those of some statuses, of a city, or changed within some time',
	},
	{
		service: rentEngine,
		noun: 'unit',
		fields: [...listingFields, simplifyField],
		collections: [filters],
		async rows(get, { values }) {
			const all = pages(get, '/units', {
				statuses: Array.isArray(values.statuses) ? values.statuses.join(',') : undefined,
				city: values.city,
				updated_after: utc(values.updatedAfter),
				updated_before: utc(values.updatedBefore),
			});
			const found = await collect(all, wantedRows(values));
			return values.simplify === false ? found : found.map(simplified);
		},
	},
);
