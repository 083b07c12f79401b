import type { Answer } from '../answer.ts';
import type { Records } from '../records.ts';
import type { Call, Route, Schema } from '../server.ts';
import type { JsonObject } from '../types.ts';
import { custom, invalidRequest, notFound } from './errors.ts';
import { settleEvents } from './leadEvents.ts';
import type { PropexoRecord, PropexoWorld } from './world.ts';

const TEXT: Schema = { type: 'string' };
const PAGING: Record<string, Schema> = {
	'order-by': TEXT,
	offset: { type: 'integer', minimum: 0 },
	limit: { type: 'integer', minimum: 0, maximum: 250 },
};
const SYNCED: Record<string, Schema> = { integration_id: TEXT, integration_vendor: TEXT };
const PER_PROPERTY: Record<string, Schema> = { ...SYNCED, x_id: TEXT, location_id: TEXT, property_id: TEXT };

interface Readable {
	path: string;
	what: string;
	rows(world: PropexoWorld): Records<PropexoRecord>;
	filters: Record<string, Schema>;
	/** By-ID form, where it differs from list path + ID. */
	onePath?: string;
}

/** Everything that can be listed and read one by one. */
const READABLE: Readable[] = [
	{
		path: '/v1/admin/integrations/',
		onePath: '/v1/admin/integrations/:id/',
		what: 'Integration',
		rows: (world) => world.data.integrations,
		filters: { integration_vendor: TEXT, is_archived: { type: 'boolean' } },
	},
	{
		path: '/v1/properties/',
		what: 'Property',
		rows: (world) => world.data.properties,
		filters: {
			...SYNCED,
			x_id: TEXT,
			x_property_id: TEXT,
			location_id: TEXT,
			is_active: { type: ['boolean', 'string'] },
		},
	},
	{
		path: '/v1/leads/',
		what: 'Lead',
		rows: (world) => world.data.leads,
		filters: {
			...PER_PROPERTY,
			x_property_id: TEXT,
			x_unit_id: TEXT,
			email_1: TEXT,
			email_2: TEXT,
			phone_1: { type: 'string', pattern: '^[2-9]\\d{9}$' },
		},
	},
	{
		path: '/v1/events/',
		what: 'Event',
		rows: (world) => {
			settleEvents(world);
			return world.data.events;
		},
		filters: {
			...PER_PROPERTY,
			x_property_id: TEXT,
			x_type_id: TEXT,
			lead_id: TEXT,
			applicant_id: TEXT,
			resident_id: TEXT,
		},
	},
	{
		path: '/v1/event-types/',
		what: 'Event type',
		rows: (world) => world.data.eventTypes,
		filters: { ...PER_PROPERTY, x_property_id: TEXT, models: { type: 'array', items: TEXT } },
	},
	{
		path: '/v1/event-sub-types/',
		what: 'Event sub type',
		rows: (world) => world.data.eventSubTypes,
		filters: { ...PER_PROPERTY, x_property_id: TEXT, event_type_id: TEXT },
	},
	{
		path: '/v1/event-results/',
		what: 'Event result',
		rows: (world) => world.data.eventResults,
		filters: { ...PER_PROPERTY, x_property_id: TEXT },
	},
	{
		path: '/v1/employees/',
		what: 'Employee',
		rows: (world) => world.data.employees,
		filters: { ...SYNCED, location_id: TEXT, property_id: TEXT },
	},
	{
		path: '/v1/lead-sources/',
		what: 'Lead source',
		rows: (world) => world.data.leadSources,
		filters: PER_PROPERTY,
	},
	{
		path: '/v1/units/',
		what: 'Unit',
		rows: (world) => world.data.units,
		filters: { ...PER_PROPERTY, x_property_id: TEXT, unit_number: TEXT },
	},
];

/** Lists with paging, order and filters; one record by its ID. */
export const readRoutes = (world: PropexoWorld): Route[] =>
	READABLE.flatMap((readable): Route[] => [
		{
			method: 'GET',
			path: readable.path,
			query: { ...PAGING, ...readable.filters },
			handle: ({ query }: Call) => list(readable, readable.rows(world), query),
		},
		{
			method: 'GET',
			path: readable.onePath ?? `${readable.path}:id`,
			query: PAGING,
			handle: ({ params }: Call) => {
				const record = readable.rows(world).get(params['id'] ?? '');
				if (!record) return notFound(readable.what);
				// Read one by one, an integration tells whether it is busy.
				const more =
					readable.what === 'Integration'
						? { is_running_sync: false, is_running_data_access_check: false }
						: {};
				return { status: 200, body: { meta: { orderBy: [] }, results: { ...record, ...more } } };
			},
		},
	]);

function list(readable: Readable, records: Records<PropexoRecord>, query: JsonObject): Answer {
	const problem = queryProblem(query);
	if (problem) return problem;
	const wanted = Object.entries(query).filter(([name]) => name in readable.filters);
	const rows = records.rows.filter((row) => wanted.every(([name, value]) => passes(row, name, value)));
	return page(rows, query);
}

/**
 * One page of `rows`, in the order the query asks for, wrapped as Propexo does.
 * @param query `offset`, `limit` (100 unless given) and `order-by` (newest first unless given)
 */
export function page(rows: PropexoRecord[], query: JsonObject): Answer {
	const offset = Number(query['offset'] ?? 0);
	const limit = Number(query['limit'] ?? 100);
	const order = String(query['order-by'] ?? 'created_at:desc')
		.split(',')
		.map((part) => part.trim().split(':'))
		.map(([field = '', direction = 'asc']) => ({ field, direction }));
	rows.sort((left, right) => {
		for (const { field, direction } of order) {
			const compared = compare(left[field], right[field]);
			if (compared !== 0) return direction === 'desc' ? -compared : compared;
		}
		// What is equal in all of it comes as it may: here, in another order with each page.
		return compare(left.id, right.id) * ((offset / limit) % 2 < 1 ? 1 : -1);
	});
	return {
		status: 200,
		body: {
			meta: {
				offset,
				limit,
				orderBy: order,
				hasMore: offset + limit < rows.length,
				total: rows.length,
			},
			results: rows.slice(offset, offset + limit),
		},
	};
}

function compare(left: unknown, right: unknown): number {
	if (left === right) return 0;
	if (left === null || left === undefined) return -1;
	if (right === null || right === undefined) return 1;
	return left < right ? -1 : 1;
}

function queryProblem(query: JsonObject): Answer | undefined {
	const order = query['order-by'];
	if (typeof order === 'string' && !/^\s*\w+(:(asc|desc))?(\s*,\s*\w+(:(asc|desc))?)*\s*$/.test(order)) {
		return invalidRequest([custom('order-by', 'Invalid order-by')]);
	}
	const byPmsId = Object.keys(query).find((name) => name.startsWith('x_'));
	if (byPmsId !== undefined && query['integration_id'] === undefined) {
		return invalidRequest([
			custom('integration_id', `integration_id is required to filter by ${byPmsId}`),
		]);
	}
	if (query['unit_number'] !== undefined && query['property_id'] === undefined) {
		return invalidRequest([custom('property_id', 'property_id is required to filter by unit_number')]);
	}
	return undefined;
}

/** Filters that are not simply a field of the same name. */
const FIELD_OF: Record<string, string> = {
	integration_vendor: 'integration_vendor',
	lead_id: 'associated_lead_ids',
	applicant_id: 'associated_applicant_ids',
	resident_id: 'associated_resident_ids',
	location_id: 'x_location_id',
	unit_number: 'number',
};

function passes(row: PropexoRecord, name: string, wanted: unknown): boolean {
	if (name === 'integration_vendor' && 'vendor' in row) return row['vendor'] === wanted;
	const value = row[FIELD_OF[name] ?? name];
	if (Array.isArray(wanted)) return Array.isArray(value) && wanted.some((one) => value.includes(one));
	if (Array.isArray(value)) return value.includes(wanted);
	return String(value) === String(wanted);
}
