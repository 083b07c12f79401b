import type { IDataObject } from 'n8n-workflow';

import { filtersOf } from '../../../shared/fields/collections';
import { contradicts } from '../../../shared/find/contradicts';
import { isObject } from '../../../shared/json/objects';
import { TEXT, TEXT_OR_NULL, WHOLE_NUMBER } from '../../../shared/json/schema';
import { readOperation } from '../../../shared/operation';
import type { Columns } from '../../../shared/read/output';
import { listingFields, spanOf, wantedRows } from '../../../shared/read/listing';
import { collect, onlyRows } from '../../../shared/read/pages';
import { rentEngine } from '../../api';
import { steadyPages } from '../../records/paging';
import { utc, withZones } from '../../records/times';
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

const updated = spanOf(
	'Updated',
	{ description: 'Only units that were changed after this time' },
	{ description: 'Only units that were last changed before this time' },
);

const filters = filtersOf([
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
		hint: 'Without it, you get the units of all years, most of them leased or archived',
		description: 'Only units of these statuses',
	},
	...updated.fields,
]);

/** The parts of an address. In practice it is an object, in the documents a number. */
const addressOf = ({ address }: IDataObject): IDataObject | undefined =>
	isObject(address) ? (address as IDataObject) : undefined;

const columns: Columns = {
	id: WHOLE_NUMBER,
	address: {
		schema: { type: ['string', 'integer'] },
		of: (row) => (addressOf(row) ? addressLine(row) : row.address),
	},
	city: { schema: TEXT_OR_NULL, of: (row) => addressOf(row)?.city },
	status: TEXT,
	property_type: TEXT_OR_NULL,
	bedrooms: TEXT_OR_NULL,
	bathrooms: TEXT_OR_NULL,
	target_rental_rate: { type: ['number', 'null'] },
	earliest_move_in_date: TEXT_OR_NULL,
	updated_at: TEXT,
};

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
		fields: listingFields,
		collections: [filters],
		check: updated.check,
		async rows(get, { values }) {
			const all = steadyPages(get, '/units', {
				statuses: Array.isArray(values.statuses) ? values.statuses.join(',') : undefined,
				city: values.city,
				updated_after: utc(values.updatedAfter),
				updated_before: utc(values.updatedBefore),
			});
			const isWanted = ({ status }: IDataObject) => !contradicts(status, values.statuses);
			return await collect(onlyRows(all, isWanted), wantedRows(values));
		},
		output: { columns, others: ['created_at', 'sqft', 'is_occupied'], asTold: withZones },
	},
);
