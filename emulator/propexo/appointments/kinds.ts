import type { Schema } from '../../server/route.ts';
import { DAY } from '../errors.ts';
import { EVENT_STATUS, LEASING_AGENT, type EventKind } from '../events/kind.ts';
import { EVENT_KINDS } from '../events/kinds.ts';
import type { PmsRule, PmsRules } from '../writes/pmsRule.ts';
import type { References } from '../writes/references.ts';

const TEXT: Schema = { type: 'string' };
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });

/** The fields of every appointment. */
const SHARED: Record<string, Schema> = {
	appointment_date: DAY,
	// The pattern has no anchors in Propexo's file either.
	appointment_time: { type: 'string', pattern: '(?:[01]\\d|2[0123]):(?:[012345]\\d):(?:[012345]\\d)' },
	appointment_duration_minutes: { type: 'integer', exclusiveMinimum: 0 },
	employee_id: TEXT,
	title: { type: 'string', maxLength: 50 },
	status: EVENT_STATUS,
	notes: TEXT,
};
/** Those of people who do not live there yet. */
const OF_TOURS: Record<string, Schema> = {
	...SHARED,
	unit_id: TEXT,
	appointment_type: oneOf('LEASING_APPOINTMENT', 'SELF_GUIDED_TOUR', 'TOUR', 'VIRTUAL_TOUR'),
	priority: oneOf('HIGH', 'MEDIUM', 'LOW'),
};
const NEW_TOUR = { ...OF_TOURS, integration_id: TEXT, notes: { type: 'string', maxLength: 256 } };

/** The appointments of one kind of people. */
export interface AppointmentKind {
	/** Of the same people: path, person, where they are kept. */
	events: EventKind;
	fields: Record<string, Schema>;
	updateFields: Record<string, Schema>;
	references: References;
	create: PmsRules;
	update: PmsRules;
	cancel: PmsRules;
}

function eventsOf(person: string): EventKind {
	const found = EVENT_KINDS.find((kind) => kind.person === person);
	if (!found) throw new RangeError(person);
	return found;
}

export const CANCEL_FIELDS: Record<string, Schema> = { integration_id: TEXT, event_id: TEXT };

const requires = (
	required: readonly string[],
	tellsRecordId: boolean,
	more: Partial<PmsRule> = {},
): PmsRule => ({
	...{ required, optional: 'all', tellsRecordId },
	...more,
});
const WHEN = ['appointment_date', 'appointment_time'];
const cancels = (tellsRecordId: boolean): PmsRule => requires(['event_id'], tellsRecordId);

/** Entrata requires something to be said. */
const ENTRATA_UPDATE: PmsRule = {
	required: ['notes'],
	optional: ['unit_id', ...WHEN, 'appointment_duration_minutes', 'appointment_type', 'title'],
	values: { notes: { type: 'string', minLength: 1 } },
	tellsRecordId: false,
};

/*
 * The rules of each PMS, from its pages on appointments in Propexo's reference. A part of most pages was not seen, so that
 * a PMS takes every field unless its list was seen to its end. ResMan's optional fields are those of its example. What no
 * page was seen of takes the generic schema.
 */

const CREATE: PmsRules = {
	ENTRATA: requires(WHEN, false),
	REALPAGE_RPX: requires(['employee_id', 'appointment_date'], true),
	RENTMANAGER: requires(WHEN, true),
	YARDI_REST: requires(['unit_id', 'employee_id', 'appointment_date'], false),
	RENTVINE: 'unsupported',
};
const UPDATE: PmsRules = {
	ENTRATA: ENTRATA_UPDATE,
	REALPAGE_RPX: requires(WHEN, false),
	RENTMANAGER: requires(WHEN, false),
	YARDI_REST: requires(WHEN, false),
	RENTVINE: 'unsupported',
};
const CANCEL: PmsRules = {
	ENTRATA: cancels(false),
	REALPAGE_RPX: cancels(true),
	RENTMANAGER: cancels(false),
	YARDI_REST: 'unsupported',
	RENTVINE: 'unsupported',
};

const LEADS: AppointmentKind = {
	events: eventsOf('lead'),
	fields: { ...NEW_TOUR, lead_id: TEXT, lead_source_id: TEXT },
	updateFields: OF_TOURS,
	references: {
		lead_id: { among: 'leads' },
		lead_source_id: { among: 'leadSources' },
		employee_id: { among: 'employees' },
		unit_id: { among: 'units' },
	},
	create: {
		...CREATE,
		RESMAN: requires(['lead_source_id', ...WHEN], true, { optional: ['unit_id', 'notes'] }),
		APPFOLIO: requires(['unit_id', 'appointment_date'], true),
	},
	update: { ...UPDATE, RESMAN: requires(WHEN, false, { optional: ['unit_id', 'notes'] }) },
	cancel: { ...CANCEL, RESMAN: 'unsupported', APPFOLIO: cancels(true) },
};

const APPLICANTS: AppointmentKind = {
	events: eventsOf('applicant'),
	fields: { ...NEW_TOUR, applicant_id: TEXT, application_id: TEXT },
	updateFields: OF_TOURS,
	references: {
		applicant_id: { among: 'applicants' },
		employee_id: { among: 'employees' },
		unit_id: { among: 'units' },
	},
	create: CREATE,
	update: UPDATE,
	cancel: CANCEL,
};

const RESIDENTS: AppointmentKind = {
	events: eventsOf('resident'),
	fields: { ...SHARED, integration_id: TEXT, resident_id: TEXT },
	updateFields: SHARED,
	references: { resident_id: { among: 'residents' }, employee_id: { among: 'employees' } },
	create: { RENTMANAGER: requires(WHEN, true), RENTVINE: 'unsupported' },
	update: { RENTVINE: 'unsupported' },
	cancel: { RENTMANAGER: cancels(false), YARDI_REST: 'unsupported', RENTVINE: 'unsupported' },
};

export const APPOINTMENT_KINDS: readonly AppointmentKind[] = [LEADS, APPLICANTS, RESIDENTS];

/** What an update can name. */
export const UPDATE_REFERENCES: References = { unit_id: { among: 'units' }, ...LEASING_AGENT };
