import type { PmsRules, WriteRules } from './rules';

/*
 * What each PMS requires and takes of appointments, and of a question for free times.
 */

const NO_APPOINTMENTS: PmsRules = { noSuchWrite: true };

/** The writes of appointments, by person: the PMSs have other rules for leads, applicants and residents. */
type OfPeople = Readonly<Record<'lead' | 'applicant' | 'resident', WriteRules>>;

/**
 * New appointments of applicants. Source: the page "Create appointment" of each PMS, where it could be read: a PMS
 * takes every field unless its list was read to its end. Rentvine's pages hold only reads.
 */
const NEW: WriteRules = {
	ENTRATA: { required: ['start'] },
	REALPAGE_RPX: { required: ['employeeId', 'start'] },
	RENTMANAGER: { required: ['start'] },
	RENTVINE: NO_APPOINTMENTS,
	YARDI_REST: { required: ['unitId', 'employeeId', 'start'] },
};

/** New appointments. */
export const NEW_APPOINTMENT_RULES: OfPeople = {
	applicant: NEW,
	// ResMan's optional fields are those of an example.
	lead: {
		...NEW,
		APPFOLIO: { required: ['unitId', 'start'] },
		RESMAN: {
			required: ['leadSourceId', 'start'],
			takes: ['unitId', 'notes'],
			inferred: 'takes',
		},
	},
	// Rent Manager's is the only page that could be read.
	resident: {
		RENTMANAGER: { required: ['start'] },
		RENTVINE: NO_APPOINTMENTS,
	},
};

const MOVED: PmsRules = { required: ['start'] };

/** Changes of appointments of applicants. Source: the page "Update appointment" of each PMS, where it could be read. */
const CHANGED: WriteRules = {
	ENTRATA: {
		required: ['notes'],
		takes: ['unitId', 'start', 'appointmentDurationMinutes', 'appointmentType', 'title'],
	},
	REALPAGE_RPX: MOVED,
	RENTMANAGER: MOVED,
	RENTVINE: NO_APPOINTMENTS,
	YARDI_REST: MOVED,
};

/** Changes of appointments. */
export const APPOINTMENT_UPDATE_RULES: OfPeople = {
	applicant: CHANGED,
	// Yardi's page could not be read; this is what it requires for applicants.
	lead: {
		...CHANGED,
		RESMAN: { ...MOVED, takes: ['unitId', 'notes'] },
		YARDI_REST: { ...MOVED, inferred: 'required' },
	},
	// No page could be read.
	resident: { RENTVINE: NO_APPOINTMENTS },
};

const CALLED_OFF: PmsRules = { required: ['eventId'] };

/**
 * Cancelling appointments of applicants. Source: the page "Cancel appointment" of each PMS, and the lists of pages for those
 * that have none.
 */
const CANCELLED: WriteRules = {
	ENTRATA: CALLED_OFF,
	REALPAGE_RPX: CALLED_OFF,
	RENTMANAGER: CALLED_OFF,
	RENTVINE: NO_APPOINTMENTS,
	YARDI_REST: NO_APPOINTMENTS,
};

/** Cancelling appointments. */
export const APPOINTMENT_CANCEL_RULES: OfPeople = {
	applicant: CANCELLED,
	// ResMan's page says that it is not supported.
	lead: { ...CANCELLED, APPFOLIO: CALLED_OFF, RESMAN: NO_APPOINTMENTS },
	resident: {
		RENTMANAGER: CALLED_OFF,
		RENTVINE: NO_APPOINTMENTS,
		YARDI_REST: NO_APPOINTMENTS,
	},
};

/**
 * Source: the page "Query appointment availability" of each PMS, and the lists of pages for those that have none. Rent
 * Manager's says that it always answers 405.
 */
export const AVAILABILITY_RULES: WriteRules = {
	ENTRATA: {
		required: ['propertyId'],
		takes: [
			'availabilityStartDate',
			'availabilityDurationDays',
			'appointmentDurationMinutes',
			'calendarTypes',
		],
	},
	REALPAGE_RPX: { required: ['propertyId'] },
	RENTMANAGER: NO_APPOINTMENTS,
	RENTVINE: NO_APPOINTMENTS,
	RESMAN: NO_APPOINTMENTS,
	YARDI_REST: NO_APPOINTMENTS,
};
