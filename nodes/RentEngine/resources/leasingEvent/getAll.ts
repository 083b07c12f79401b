import { filtersOf } from '../../../shared/fields/collections';
import type { Field } from '../../../shared/fields/field';
import { TEXT, TEXT_OR_NULL, WHOLE_NUMBER } from '../../../shared/json/schema';
import { readOperation } from '../../../shared/operation';
import type { Columns } from '../../../shared/read/output';
import { listingFields, spanOf, wantedRows } from '../../../shared/read/listing';
import { collect, onlyRows } from '../../../shared/read/pages';
import { rentEngine } from '../../api';
import { names } from '../../kinds/names';
import {
	EVENT_CONTEXT,
	EVENT_TYPE_OPTIONS,
	ofProspect,
	OTHER_TYPES,
	ofTypes,
} from '../../records/eventTypes';
import { pagesOf } from '../../records/paging';
import { createdWithin, withZones } from '../../records/times';
import { findableLately } from '../../records/prospects';
import { prospectField } from './fields';

/** @noMessage */
const FILTERED_HERE = 'RentEngine gives all events of the prospect; this node then leaves out the others';

const HERE = { local: true, hint: FILTERED_HERE } as const;

const created = spanOf(
	'Created',
	{ ...HERE, description: 'Only events created at this time or later' },
	{ ...HERE, description: 'Only events created before this time' },
);

const filters = filtersOf([
	{
		name: 'eventTypes',
		label: 'Event Types',
		kind: 'choices',
		local: true,
		options: EVENT_TYPE_OPTIONS,
		hint: FILTERED_HERE,
		description: 'Only events of these types',
	},
	{
		name: 'otherEventTypes',
		label: 'Other Event Types',
		kind: 'own',
		own: names,
		local: true,
		placeholder: 'e.g. Showing Pending; Key Returned',
		hint: FILTERED_HERE,
		description: OTHER_TYPES,
	},
	...created.fields,
]);

const fields: Field[] = [
	{
		...prospectField,
		api: 'prospect_id',
		findable: findableLately,
		description: 'The prospect whose events to get',
	},
	...listingFields,
];

const columns: Columns = {
	// The list says `prospect_id`, the reply to a creation `prospect`.
	prospect_id: { schema: WHOLE_NUMBER, of: ({ prospect_id, prospect }) => prospect_id ?? prospect },
	id: WHOLE_NUMBER,
	event_type: TEXT,
	created_at: TEXT,
	source: TEXT_OR_NULL,
	notes: TEXT_OR_NULL,
	created_by: TEXT_OR_NULL,
	planned_date_time: TEXT_OR_NULL,
	property_address: TEXT_OR_NULL,
	context: EVENT_CONTEXT,
};

/** GET /leasing_events of one prospect. The API knows no filter by type or time, so both are applied here. */
export const getAll = readOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many leasing events',
		description: 'Get the events of a prospect, all or those of some types',
	},
	{
		service: rentEngine,
		fields,
		collections: [filters],
		check: created.check,
		async rows(get, { values }) {
			const isOfType = ofTypes(values.eventTypes, values.otherEventTypes);
			const isInTime = createdWithin(values.createdAfter, values.createdBefore, false);
			const all = pagesOf(get, '/leasing_events', { prospect_id: values.prospectId });
			const isOwn = ofProspect(values.prospectId);
			const wanted = onlyRows(all, (row) => isOfType(row.event_type) && isInTime(row) && isOwn(row));
			return await collect(wanted, wantedRows(values));
		},
		output: { columns, others: ['next_follow_up', 'unit_of_interest', 'deleted'], asTold: withZones },
	},
);
