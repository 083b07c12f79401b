import { isObject, type JsonObject } from '../../json.ts';
import type { Answer } from '../../server/answer.ts';
import type { Call, Route, Schema } from '../../server/route.ts';
import { custom, failure, invalidRequest, notFound, notSupported } from '../errors.ts';
import type { Job, Write } from '../jobs/jobs.ts';
import { accepted, startJob } from '../jobs/start.ts';
import type { IntegrationRecord, PropexoWorld } from '../world.ts';
import { UPDATE_FIELDS, type EventKind } from './kind.ts';
import { EVENT_KINDS } from './kinds.ts';
import { writtenEvent } from './record.ts';
import { proseIssues, referenceIssues, ruleOf, schemaOf, type Action } from './rules.ts';

type EventCall = Call<PropexoWorld>;

/** Creating and updating events. */
export const eventRoutes: readonly Route<PropexoWorld>[] = EVENT_KINDS.flatMap(
	(kind): Route<PropexoWorld>[] => {
		const common = {
			query: { ignore_unknown_fields: { type: 'boolean' } },
			dropUnknownBy: 'ignore_unknown_fields',
		};
		return [
			{
				...common,
				method: 'POST',
				path: `/v1/events/${kind.path}`,
				body: (call) => bodySchema(kind, 'create', call),
				handle: (call) => createEvent(kind, call),
			},
			{
				...common,
				method: 'PUT',
				path: `/v1/events/${kind.path}/:event_id`,
				body: (call) => bodySchema(kind, 'update', call),
				handle: (call) => updateEvent(kind, call),
			},
		];
	},
);

/** The integration that a new event names, or that of the event to be updated. */
function integrationOf({ world, params, body }: EventCall): IntegrationRecord | undefined {
	// An event that was just written can be updated too.
	world.jobs.settle(Date.now());
	const event = world.data.events.get(params['event_id'] ?? '');
	const named = isObject(body) ? body['integration_id'] : undefined;
	return world.data.integrations.get(String(event?.integration_id ?? named));
}

const ANY_OBJECT: Schema = { type: 'object' };

/** The schema for the PMS of the integration. Where the PMS takes nothing, the handler refuses the request. */
function bodySchema(kind: EventKind, action: Action, call: EventCall): Schema {
	const rule = ruleOf(call.world, kind, action, integrationOf(call));
	return rule === 'unsupported' ? ANY_OBJECT : schemaOf(kind, action, rule);
}

function createEvent(kind: EventKind, call: EventCall): Answer {
	const integration = integrationOf(call);
	if (!integration) return invalidRequest([custom('integration_id', 'Integration not found')]);
	if (!integration.active) return failure(403, 'integration_disabled', 'The integration is not active');
	return write(kind, 'create', call, integration);
}

function updateEvent(kind: EventKind, call: EventCall): Answer {
	const { world, params } = call;
	const event = world.data.events.get(params['event_id'] ?? '');
	const integration = integrationOf(call);
	if (!event || !integration || !isTheirs(kind, event)) return notFound('Event');
	return write(kind, 'update', call, integration, event.id);
}

/** Whether an event belongs to people of the kind, or to nobody. */
function isTheirs({ associated }: EventKind, event: JsonObject): boolean {
	const named = (list: string) => Array.isArray(event[list]) && event[list].length > 0;
	return named(associated) || !EVENT_KINDS.some((kind) => named(kind.associated));
}

/** Checks what the schema cannot say, and starts the job. */
function write(
	kind: EventKind,
	action: Action,
	{ world, row, body }: EventCall,
	integration: IntegrationRecord,
	updates?: string,
): Answer {
	const rule = ruleOf(world, kind, action, integration);
	const what = `${kind.person} events`;
	if (rule === 'unsupported')
		return notSupported(
			`${integration.vendor} does not support ${action === 'create' ? 'creating' : 'updating'} ${what}`,
		);
	const taken = schemaOf(kind, action, rule)['properties'] as object;
	const issues = [
		...proseIssues(body, taken),
		...referenceIssues(world, kind, action, rule, body, integration),
	];
	if (issues.length > 0) return invalidRequest(issues);
	const written: Write = {
		body,
		integrationId: integration.id,
		vendor: integration.vendor,
		log: {
			category: 'events',
			jobType: `${action}_${kind.person}_event`.toUpperCase(),
			name: `${action === 'create' ? 'Create' : 'Update'} ${kind.person} event`,
		},
		tellsRecordId: rule.tellsRecordId,
		settle: (job: Job) => void world.data.events.add(writtenEvent(world.data, kind, job)),
		...(updates === undefined ? {} : { updates }),
	};
	const job = startJob(world, row, written);
	return accepted(world, job, echoOf(body, action === 'create' ? kind.fields : UPDATE_FIELDS));
}

/** The body again, with null for every field that was not given. */
const echoOf = (body: JsonObject, fields: object): JsonObject =>
	Object.fromEntries(Object.keys(fields).map((field) => [field, body[field] ?? null]));
