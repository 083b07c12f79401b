import type { JsonObject } from '../../json.ts';
import type { Route } from '../../server/route.ts';
import type { PropexoWorld } from '../world.ts';
import { writeRoute, type WriteEndpoint } from '../writes/endpoint.ts';
import { UPDATE_FIELDS, UPDATE_REFERENCES, type EventKind } from './kind.ts';
import { EVENT_KINDS } from './kinds.ts';
import { writtenEvent } from './record.ts';
import { eventIssues } from './rules.ts';

function creation(kind: EventKind): WriteEndpoint {
	return {
		method: 'POST',
		path: `/v1/events/${kind.path}`,
		doing: `creating ${kind.person} events`,
		fields: kind.fields,
		required: ['integration_id'],
		named: [kind.personField],
		rules: kind.create,
		references: kind.references,
		issues: (checked) => eventIssues(kind, checked),
		creates: 'event',
		log: logOf(kind, 'create'),
		settle: settleEvent(kind),
	};
}

function update(kind: EventKind): WriteEndpoint {
	return {
		method: 'PUT',
		path: `/v1/events/${kind.path}/:event_id`,
		doing: `updating ${kind.person} events`,
		fields: UPDATE_FIELDS,
		required: [],
		named: [],
		rules: kind.update,
		references: UPDATE_REFERENCES,
		changes: {
			what: 'Event',
			find({ world, params }) {
				const event = world.data.events.get(params['event_id'] ?? '');
				return event && belongsTo(kind, event) ? event : undefined;
			},
		},
		creates: 'event',
		log: logOf(kind, 'update'),
		settle: settleEvent(kind),
	};
}

/** Whether an event belongs to people of the kind, or to nobody. */
export function belongsTo({ associated }: EventKind, event: JsonObject): boolean {
	const named = (list: string) => Array.isArray(event[list]) && event[list].length > 0;
	return named(associated) || !EVENT_KINDS.some((kind) => named(kind.associated));
}

const settleEvent =
	(kind: EventKind): WriteEndpoint['settle'] =>
	({ data }, job) =>
		void data.events.add(writtenEvent(data, kind, job));

const logOf = ({ person }: EventKind, action: 'create' | 'update'): WriteEndpoint['log'] => ({
	category: 'events',
	jobType: `${action}_${person}_event`.toUpperCase(),
	name: `${action === 'create' ? 'Create' : 'Update'} ${person} event`,
});

/** Creating and updating events. */
export const eventRoutes: readonly Route<PropexoWorld>[] = EVENT_KINDS.flatMap((kind) =>
	[creation(kind), update(kind)].map(writeRoute),
);
