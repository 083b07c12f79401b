import type { JsonObject } from '../../json.ts';
import type { Route } from '../../server/route.ts';
import { belongsTo } from '../events/routes.ts';
import type { Job } from '../jobs/jobs.ts';
import type { PropexoWorld, SyncedRecord } from '../world.ts';
import { writeRoute, type Checked, type WriteEndpoint } from '../writes/endpoint.ts';
import { noSuchRecord } from '../writes/references.ts';
import { writtenEvent } from '../events/record.ts';
import { availabilityRoute } from './availability.ts';
import { hasRoom, spanOf } from './calendar.ts';
import { APPOINTMENT_KINDS, CANCEL_FIELDS, UPDATE_REFERENCES, type AppointmentKind } from './kinds.ts';

const pathOf = ({ events }: AppointmentKind): string => `/v1/events/appointments/${events.path}`;

const logOf = ({ events }: AppointmentKind, action: string): WriteEndpoint['log'] => ({
	category: 'events',
	jobType: `${action}_${events.person}_appointment`.toUpperCase(),
	name: `${action.charAt(0).toUpperCase()}${action.slice(1)} ${events.person} appointment`,
});

/** The property of the person, or of the appointment that is changed; the first one of the integration without both. */
function propertyOf(
	kind: AppointmentKind,
	{ world, body, integration, changed }: Checked,
): SyncedRecord | undefined {
	const { events } = kind;
	const person = world.data[events.people].get(String(body[events.personField]));
	const id = changed?.property_id ?? person?.property_id ?? '';
	const { properties } = world.data;
	return (
		properties.get(id) ??
		properties.rows.find((row) => row.integration_id === integration.id) ??
		properties.rows[0]
	);
}

/** What an appointment would take up: a calendar and its times. */
function wantedBy(kind: AppointmentKind, checked: Checked) {
	const { world, body, changed } = checked;
	const property = propertyOf(kind, checked);
	if (!property) return undefined;
	const span = spanOf(world, property, body);
	const booked = world.bookings.get(changed?.id ?? '');
	const { employees, properties } = world.data;
	const calendar =
		employees.get(String(body['employee_id'])) ??
		(booked ? (employees.get(booked.calendar) ?? properties.get(booked.calendar)) : undefined) ??
		property;
	const times = span ?? booked;
	return times && { calendar, start: times.start, end: times.end };
}

const isCancelled = ({ bookings }: PropexoWorld, id: unknown): boolean =>
	bookings.get(String(id))?.cancelled === true;
const CANCELLED = 'The appointment is cancelled already.';

/** Why the PMS does not book it, in its words: somebody was quicker, or it was called off. */
function takenBy(kind: AppointmentKind, checked: Checked): string | undefined {
	if (isCancelled(checked.world, checked.changed?.id)) return CANCELLED;
	const wanted = wantedBy(kind, checked);
	if (!wanted || hasRoom(checked.world, wanted.calendar, wanted, checked.changed?.id)) return undefined;
	return 'The time slot is no longer available.';
}

/** Fills the calendar. */
function book(kind: AppointmentKind, checked: Checked, job: Job): void {
	const wanted = wantedBy(kind, checked);
	if (!wanted) return;
	const { start, end, calendar } = wanted;
	checked.world.bookings.add({ id: job.recordId, calendar: calendar.id, start, end });
}

/** The appointment as it can be read: an event with the time at which it takes place. */
const settleIn =
	(kind: AppointmentKind): WriteEndpoint['settle'] =>
	(world, job) => {
		const event = writtenEvent(world.data, kind.events, job);
		const booked = world.bookings.get(job.recordId);
		const at = booked ? new Date(booked.start).toISOString() : event['appointment_datetime'];
		const agent = world.data.employees.get(String(job.body['employee_id']));
		world.data.events.add({
			...event,
			event_name: 'Appointment',
			event_datetime: at,
			appointment_datetime: at,
			type_raw: job.body['appointment_type'] ?? 'Appointment',
			...(agent ? { agent_name: agent['name'], x_leasing_agent_id: agent.x_id } : {}),
		});
	};

const creation = (kind: AppointmentKind): WriteEndpoint => ({
	method: 'POST',
	path: pathOf(kind),
	doing: `creating ${kind.events.person} appointments`,
	fields: kind.fields,
	required: ['integration_id'],
	named: [kind.events.personField],
	rules: kind.create,
	references: kind.references,
	issues: ({ world, body }) => applicationIssues(world, kind, body),
	refusal: (checked) => takenBy(kind, checked),
	begin: (checked, job) => book(kind, checked, job),
	creates: 'appointment',
	log: logOf(kind, 'create'),
	settle: settleIn(kind),
});

/** The application must be one of the applicant's. */
function applicationIssues({ data, settings }: PropexoWorld, { events }: AppointmentKind, body: JsonObject) {
	const { application_id: id } = body;
	const applications = data[events.people].get(String(body[events.personField]))?.['applications'];
	const own = Array.isArray(applications) ? (applications as JsonObject[]) : [];
	const isOwn = id === undefined || own.some(({ application_id }) => application_id === id);
	return isOwn || !settings.checkReferences ? [] : [noSuchRecord('application_id')];
}

const update = (kind: AppointmentKind): WriteEndpoint => ({
	method: 'PUT',
	path: `${pathOf(kind)}/:event_id`,
	doing: `updating ${kind.events.person} appointments`,
	fields: kind.updateFields,
	required: [],
	named: [],
	rules: kind.update,
	references: UPDATE_REFERENCES,
	changes: {
		what: 'Appointment',
		find({ world, params }) {
			const event = world.data.events.get(params['event_id'] ?? '');
			return event && belongsTo(kind.events, event) ? event : undefined;
		},
	},
	refusal: (checked) => takenBy(kind, checked),
	begin: (checked, job) => book(kind, checked, job),
	creates: 'appointment',
	log: logOf(kind, 'update'),
	settle: settleIn(kind),
});

const cancelling = (kind: AppointmentKind): WriteEndpoint => ({
	method: 'POST',
	path: `${pathOf(kind)}/cancel`,
	doing: `cancelling ${kind.events.person} appointments`,
	fields: CANCEL_FIELDS,
	required: ['integration_id'],
	named: [],
	rules: kind.cancel,
	references: { event_id: { among: 'events' } },
	updates: ({ event_id: id }) => (typeof id === 'string' ? id : undefined),
	issues({ world: { data, settings }, body }) {
		const event = data.events.get(String(body['event_id']));
		const isOthers = settings.checkReferences && event && !belongsTo(kind.events, event);
		return isOthers ? [noSuchRecord('event_id')] : [];
	},
	refusal: ({ world, body }) => (isCancelled(world, body['event_id']) ? CANCELLED : undefined),
	begin({ world, body }) {
		const id = String(body['event_id']);
		const booked = world.bookings.get(id) ?? { id, calendar: '', start: 0, end: 0 };
		world.bookings.add({ ...booked, cancelled: true });
	},
	creates: 'appointment',
	log: logOf(kind, 'cancel'),
	// An event has no field that says so, and Propexo deletes no record: it only is not seen any more.
	settle: () => undefined,
});

/** Booking, moving and cancelling appointments, and their free times. */
export const appointmentRoutes: readonly Route<PropexoWorld>[] = [
	...APPOINTMENT_KINDS.flatMap((kind) => [creation(kind), update(kind), cancelling(kind)]).map(writeRoute),
	availabilityRoute,
];
