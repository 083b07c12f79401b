import type { Answer } from '../server/answer.ts';
import type { LedgerRequest } from '../server/ledger.ts';
import type { Call, Route, Schema, Violation } from '../server/route.ts';
import { microseconds } from '../data/times.ts';
import type { JsonObject } from '../json.ts';
import type { RentEngineSettings } from '../types.ts';
import { failure, invalid } from './errors.ts';
import type { LeasingEventRecord, ProspectRecord, RentEngineWorld } from './world.ts';

const ASSIGN = 'Assign to User';

/** Values of `source` on an event that is created; replies may hold others. */
const EVENT_SOURCES = [
	'Phone Call',
	'Text Message',
	'Email',
	'Facebook Message',
	'WhatsApp',
	'Other',
	'Automation',
];

const ASSIGN_CONTEXT: Schema = {
	type: 'object',
	properties: {
		// The page gives no least number of users.
		assignedToUserIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
		applyActionInBulk: { type: 'boolean' },
	},
	required: ['assignedToUserIds'],
	additionalProperties: false,
};

/** Body of "Create leasing events": a list that holds exactly one. */
const CREATE_SCHEMA: Schema = {
	type: 'object',
	properties: {
		events: {
			type: 'array',
			minItems: 1,
			maxItems: 1,
			items: {
				type: 'object',
				properties: {
					prospect_id: { type: 'number' },
					event_type: { type: 'string' },
					source: { type: 'string', enum: EVENT_SOURCES },
					notes: { type: 'string' },
					context: { type: 'object' },
				},
				required: ['prospect_id', 'event_type'],
				additionalProperties: false,
				if: {
					type: 'object',
					properties: { event_type: { const: ASSIGN } },
					required: ['event_type'],
				},
				then: { type: 'object', properties: { context: ASSIGN_CONTEXT }, required: ['context'] },
			},
		},
	},
	required: ['events'],
	additionalProperties: false,
};

interface NewEvent extends JsonObject {
	prospect_id: number;
	event_type: string;
	source?: string;
	notes?: string;
	context?: { assignedToUserIds?: string[]; applyActionInBulk?: boolean };
}

/** Creating and reading leasing events. */
export const leasingEventRoutes: readonly Route<RentEngineWorld>[] = [
	{
		method: 'POST',
		path: '/leasing_events',
		body: CREATE_SCHEMA,
		handle: createEvents,
	},
	{
		method: 'GET',
		path: '/leasing_events',
		query: {
			prospect_id: { type: 'integer' },
			limit: { type: 'integer', minimum: 1, maximum: 100 },
			page_number: { type: 'integer', minimum: 0 },
		},
		handle: listEvents,
	},
];

function createEvents({ world, body, row }: Call<RentEngineWorld>): Answer {
	const { settings, data } = world;
	const event = (body['events'] as NewEvent[])[0] as NewEvent;
	const violation = unknownValue(world, event);
	if (violation)
		return invalid({ where: 'body', value: body, violations: [violation] }, settings.errorStyle);
	const prospect = data.prospects.get(event.prospect_id);
	if (!prospect) return failure(404, 'Prospect not found');
	const created = [createFor(world, row, event, prospect)];
	if (event.context?.applyActionInBulk === true) {
		for (const other of data.prospects) {
			if (other.phone !== prospect.phone || other.id === prospect.id) continue;
			created.push(createFor(world, row, event, other));
		}
	}
	return { status: 201, body: settings.replyShape === 'array' ? created : created[0] };
}

/** What no schema can say: which types can be created, which users there are. */
function unknownValue({ settings, data }: RentEngineWorld, event: NewEvent): Violation | undefined {
	const at = '#/properties/events/items/properties';
	if (!settings.eventTypes.includes(event.event_type)) {
		return {
			keyword: 'enum',
			instancePath: '/events/0/event_type',
			schemaPath: `${at}/event_type/enum`,
			params: { allowedValues: settings.eventTypes },
			message: 'must be equal to one of the allowed values',
		};
	}
	const assignees = event.event_type === ASSIGN ? (event.context?.assignedToUserIds ?? []) : [];
	const stranger = assignees.findIndex((id) => !data.users.some((user) => user.id === id));
	if (!settings.checkReferences || stranger === -1) return undefined;
	return {
		keyword: 'exists',
		instancePath: `/events/0/context/assignedToUserIds/${stranger}`,
		schemaPath: `${at}/context/properties/assignedToUserIds/items/exists`,
		params: {},
		message: 'must be a user of the account',
	};
}

function createFor(
	world: RentEngineWorld,
	row: LedgerRequest,
	event: NewEvent,
	prospect: ProspectRecord,
): LeasingEventRecord {
	const { events } = world.data;
	const record = events.add({
		id: events.nextId(),
		created_at: microseconds(new Date()),
		notes: event.notes ?? null,
		prospect: prospect.id,
		planned_date_time: null,
		source: event.source ?? null,
		event_type: event.event_type,
		next_follow_up: null,
		deleted: false,
		created_by: '12345',
		context:
			event.event_type === ASSIGN ? assignmentContext(world, event, prospect.id) : { ...event.context },
	});
	world.ledger.create(
		row,
		String(record.id),
		prospect.id === event.prospect_id ? event : { ...event, prospect_id: prospect.id },
	);
	world.onRow?.('INSERT', 'leasing_events', record, null);
	return record;
}

function assignmentContext(world: RentEngineWorld, event: NewEvent, prospectId: number): JsonObject {
	const last = world.data.events.ofProspect(prospectId).findLast((known) => known.event_type === ASSIGN);
	return {
		assignedToUserIds: event.context?.assignedToUserIds ?? [],
		createdByUserRole: 'Property Manager',
		previousAssignedToUserIds: last?.context['assignedToUserIds'] ?? [],
	};
}

/** Newest first, in the envelope that only this list has. */
function listEvents({ world, query }: Call<RentEngineWorld>): Answer {
	const { data } = world;
	const limit = Number(query['limit'] ?? 50);
	const pageNumber = Number(query['page_number'] ?? 0);
	const prospectId = query['prospect_id'];
	const found = prospectId === undefined ? data.events.list : data.events.ofProspect(Number(prospectId));
	const end = found.length - pageNumber * limit;
	const rows = found.slice(Math.max(0, end - limit), Math.max(0, end)).reverse();
	const hasMore = end - limit > 0;
	return {
		status: 200,
		body: {
			data: rows.map((event) => readable(world, event)),
			page: {
				limit,
				page_number: pageNumber,
				has_more: hasMore,
				next_page_number: hasMore ? pageNumber + 1 : null,
			},
		},
	};
}

const CONTEXT_SHAPES: Record<RentEngineSettings['listedContext'], (context: JsonObject) => unknown> = {
	object: (context) => context,
	text: (context) => JSON.stringify(context),
	snake_case: (context) =>
		Object.fromEntries(
			Object.entries(context).map(([name, value]) => [
				name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
				value,
			]),
		),
	null: () => null,
};

const NOTES_SHAPES: Record<RentEngineSettings['listedNotes'], (notes: string) => string> = {
	asSent: (notes) => notes,
	trimmed: (notes) => notes.replace(/\r\n/g, '\n').trim(),
	escaped: (notes) => notes.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/'/g, '&#39;'),
};

/** As the list shows an event: `prospect_id` where the reply to a creation says `prospect`. */
function readable({ data, settings }: RentEngineWorld, event: LeasingEventRecord): JsonObject {
	const { prospect, id, event_type, created_at, source, created_by, notes, context } = event;
	const { planned_date_time, next_follow_up } = event;
	const unitId = data.prospects.get(prospect)?.unit_of_interest ?? null;
	const address = unitId === null ? undefined : data.units.get(unitId)?.address;
	const formatted = typeof address === 'object' ? (address['formatted_address'] ?? null) : null;
	return {
		id,
		event_type,
		created_at,
		source,
		created_by,
		notes: notes === null ? null : NOTES_SHAPES[settings.listedNotes](notes),
		planned_date_time,
		next_follow_up,
		property_address: formatted,
		context: CONTEXT_SHAPES[settings.listedContext](context),
		unit_of_interest: unitId,
		prospect_id: prospect,
	};
}
