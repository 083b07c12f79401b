import type { Answer } from '../../server/answer.ts';
import { Records } from '../../data/records.ts';
import type { Route, Schema } from '../../server/route.ts';
import type { JsonObject } from '../../json.ts';
import { custom, invalidRequest, notFound } from '../errors.ts';
import type { PropexoRecord, PropexoWorld } from '../world.ts';
import { page, PAGING } from './page.ts';

const TEXT: Schema = { type: 'string' };
const PHONE: Schema = { type: 'string', pattern: '^[2-9]\\d{9}$' };
const SYNCED: Record<string, Schema> = { integration_id: TEXT, integration_vendor: TEXT };
const PER_PROPERTY: Record<string, Schema> = { ...SYNCED, x_id: TEXT, location_id: TEXT, property_id: TEXT };

interface Readable {
	path: string;
	what: string;
	rows(world: PropexoWorld): Records<PropexoRecord>;
	filters: Record<string, Schema>;
	/** By-ID form, where it differs from list path + ID; null: there is none. */
	onePath?: string | null;
}

/** Records that jobs write, up to now. */
const written =
	(kind: 'events' | 'leads'): Readable['rows'] =>
	(world) => {
		world.jobs.settle(Date.now());
		return world.data[kind];
	};

const EVENT_FILTERS: Record<string, Schema> = {
	...PER_PROPERTY,
	x_property_id: TEXT,
	x_type_id: TEXT,
	lead_id: TEXT,
	applicant_id: TEXT,
	resident_id: TEXT,
};

const isAppointment = ({ appointment_datetime: at }: PropexoRecord): boolean => typeof at === 'string';

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
		rows: written('leads'),
		filters: {
			...PER_PROPERTY,
			x_property_id: TEXT,
			x_unit_id: TEXT,
			email_1: TEXT,
			email_2: TEXT,
			phone_1: PHONE,
		},
	},
	{
		path: '/v1/applicants/',
		what: 'Applicant',
		rows: (world) => world.data.applicants,
		filters: { ...PER_PROPERTY, email_1: TEXT, phone_1: PHONE },
	},
	{
		path: '/v1/applications/',
		what: 'Application',
		rows: (world) => world.data.applications,
		filters: PER_PROPERTY,
	},
	{
		path: '/v1/residents/',
		what: 'Resident',
		rows: (world) => world.data.residents,
		filters: { ...PER_PROPERTY, x_property_id: TEXT, lease_id: TEXT, email_1: TEXT, phone_1: PHONE },
	},
	{
		path: '/v1/events/',
		what: 'Event',
		rows: written('events'),
		filters: EVENT_FILTERS,
	},
	{
		path: '/v1/appointments/',
		onePath: null,
		what: 'Appointment',
		rows: (world) => new Records(written('events')(world).rows.filter(isAppointment)),
		filters: EVENT_FILTERS,
	},
	{
		path: '/v1/timezones/',
		onePath: null,
		what: 'Time zone',
		rows: (world) => world.data.timezones,
		filters: { ...SYNCED, location_id: TEXT, property_id: TEXT },
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
		path: '/v1/lead-relationships/',
		onePath: null,
		what: 'Lead relationship',
		rows: (world) => world.data.leadRelationships,
		filters: { ...PER_PROPERTY, x_property_id: TEXT },
	},
	{
		path: '/v1/address-types/',
		what: 'Address type',
		rows: (world) => world.data.addressTypes,
		filters: PER_PROPERTY,
	},
	{
		path: '/v1/floor-plans/',
		what: 'Floor plan',
		rows: (world) => world.data.floorPlans,
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
export const readRoutes: readonly Route<PropexoWorld>[] = READABLE.flatMap(
	(readable): Route<PropexoWorld>[] => [
		{
			method: 'GET',
			path: readable.path,
			query: { ...PAGING, ...readable.filters },
			handle: ({ world, query }) => list(readable, world, query),
		},
		...(readable.onePath === null ? [] : [byId(readable, readable.onePath ?? `${readable.path}:id`)]),
	],
);

function byId(readable: Readable, path: string): Route<PropexoWorld> {
	return {
		method: 'GET',
		path,
		query: PAGING,
		handle: ({ world, params }) => {
			const record = readable.rows(world).get(params['id'] ?? '');
			if (!record) return notFound(readable.what);
			// Read one by one, an integration tells whether it is busy.
			const more =
				readable.what === 'Integration'
					? { is_running_sync: false, is_running_data_access_check: false }
					: {};
			return { status: 200, body: { meta: { orderBy: [] }, results: { ...record, ...more } } };
		},
	};
}

function list(readable: Readable, world: PropexoWorld, query: JsonObject): Answer {
	const problem = queryProblem(query);
	if (problem) return problem;
	const { ignoredFilters } = world.settings;
	const wanted = Object.entries(query)
		.filter(([name]) => name in readable.filters && !ignoredFilters.includes(name))
		.map(([name, value]) => filterBy(name, value));
	const rows = readable.rows(world).rows.filter((row) => wanted.every((passes) => passes(row)));
	return page(rows, query);
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
	lead_id: 'associated_lead_ids',
	applicant_id: 'associated_applicant_ids',
	resident_id: 'associated_resident_ids',
	location_id: 'x_location_id',
	unit_number: 'number',
};

function filterBy(name: string, wanted: unknown): (row: PropexoRecord) => boolean {
	const field = FIELD_OF[name] ?? name;
	const text = String(wanted);
	return (row) => {
		if (name === 'integration_vendor' && 'vendor' in row) return row['vendor'] === wanted;
		const value = row[field];
		if (Array.isArray(wanted)) return Array.isArray(value) && wanted.some((one) => value.includes(one));
		if (Array.isArray(value)) return value.includes(wanted);
		return String(value) === text;
	};
}
