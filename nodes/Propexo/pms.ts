import { textOf } from '../shared/json/text';

/*
 * The rules of the property management systems (PMS) behind Propexo. Source: the pages of each PMS in Propexo's
 * reference. Rules that were only concluded from other pages are marked as inferred.
 *
 * The tables never forbid a value: Propexo's own answer decides what a PMS takes, and its lists of names may grow.
 */

/** One PMS. */
export interface Pms {
	/** As its users write it. */
	name: string;
	/** The names events may have; `any`: any text; `none`: it uses event types instead. Left out: not known. */
	eventNames?: readonly string[] | 'any' | 'none';
	/** The IANA time zone in which it writes the times of events, whatever the time zone of the property. */
	zone?: string;
	/** By which clock it takes the times of appointments. Left out: not known. */
	appointments?: AppointmentClock;
}

/**
 * By which clock a PMS takes the date and the time of an appointment, which have no offset. Source: the page "Create
 * appointment" of each PMS, and Propexo's guide to the time zones of appointments.
 */
export interface AppointmentClock {
	/** The IANA time zone that it goes by everywhere. Left out: that of the property. */
	zone?: string;
	/** The IANA time zone that it goes by where Propexo knows none of the property. */
	otherwise?: string;
	/** What its pages say does not agree, so that nobody but its user knows. */
	disputed?: string;
	/** The clock of its server may be wrong: `server_time_error_seconds` of the time zone says by how much. */
	mayBeOff?: true;
}

/** The rules of one PMS for one write. */
export interface PmsRules {
	/** Parameters that must be filled in, besides those that say who the write is about. */
	required?: string[];
	/**
	 * Every other parameter that it takes; it refuses the rest. `nothing`: it has no such write. Left out: not known,
	 * so Propexo decides.
	 */
	takes?: string[] | 'nothing';
	/** Parameters that it refuses, if it takes all others, or the others are not known. */
	lacks?: string[];
	/** Texts of which it takes only so many characters. */
	longest?: Readonly<Record<string, number>>;
	/** The employee must be a leasing agent. */
	leasingAgent?: true;
	/** It also takes a day without a time of day, unlike Propexo's generic endpoint. */
	takesDays?: true;
	/**
	 * The rules that were concluded from other pages than the one about this write. A broken one is told in a hint, and
	 * Propexo decides.
	 */
	inferred?: 'required' | 'takes' | 'all';
}

/** The rules of the PMSs for one write, by the `vendor` of an integration. */
export type WriteRules = Readonly<Record<string, PmsRules | undefined>>;

/** Propexo publishes this list for its generic endpoint; it is Yardi's. */
const YARDI_NAMES = [
	'Appointment',
	'Application',
	'ApplicationDenied',
	'Approve',
	'CallFromProspect',
	'CallToProspect',
	'CancelApplication',
	'CancelAppointment',
	'Chat',
	'Email',
	'Hold',
	'LeaseSign',
	'Other',
	'Release',
	'ReturnVisit',
	'SelfGuidedTour',
	'Show',
	'WalkIn',
	'Webservice',
];

const REALPAGE_NAMES = [
	'E-mail',
	'Event',
	'Fax/Letter',
	'Internet',
	'Notes',
	'Phone call',
	'Pre-recorded - Tour',
	'Self-guided - Tour',
	'Signature',
	'Text message',
	'Videotelephony - Tour',
	'Visit',
	'Visit (return)',
];

const RESMAN_NAMES = [
	'Application',
	'CallFromProspect',
	'CallToProspect',
	'Cancel',
	'Contact',
	'Email',
	'EmailFromILS',
	'EmailFromProspect',
	'EmailToProspect',
	'Other',
	'Phone',
	'ReActivate',
	'Show',
	'TextFromProspect',
	'TextToProspect',
	'WalkIn',
];

const VENDORS: Record<string, Pms | undefined> = {
	APPFOLIO: { name: 'AppFolio' },
	BUILDIUM: { name: 'Buildium' },
	// Mountain Time with daylight saving; Entrata shows it in the property's own time.
	ENTRATA: {
		...{ name: 'Entrata', eventNames: 'none', zone: 'America/Denver' },
		appointments: { zone: 'America/Denver' },
	},
	MRI: { name: 'MRI', eventNames: 'none' },
	PROPERTYWARE: { name: 'Propertyware', eventNames: 'any' },
	PROPERTYWARE_REST: { name: 'Propertyware (REST)' },
	REALPAGE: { name: 'RealPage', eventNames: REALPAGE_NAMES, appointments: {} },
	REALPAGE_RPX: { name: 'RealPage Exchange', eventNames: 'none', appointments: {} },
	RENTMANAGER: {
		...{ name: 'Rent Manager', eventNames: ['CALL', 'EMAIL', 'NOTE', 'VISIT'] },
		appointments: { otherwise: 'America/New_York' },
	},
	RENTVINE: { name: 'Rentvine' },
	RESMAN: {
		...{ name: 'ResMan', eventNames: RESMAN_NAMES },
		appointments: {
			disputed:
				"its page about new appointments says UTC, the one about updates the property's own time",
		},
	},
	YARDI: { name: 'Yardi', eventNames: YARDI_NAMES, appointments: { mayBeOff: true } },
	YARDI_REST: { name: 'Yardi (REST)', eventNames: YARDI_NAMES, appointments: { mayBeOff: true } },
};

const yardi: PmsRules = { required: ['eventName', 'eventDatetime', 'agentName'], lacks: ['emailSend'] };

/** Source: the page "Create lead event" of each PMS. */
export const LEAD_EVENT_RULES: WriteRules = {
	ENTRATA: { required: ['eventTypeId', 'eventDatetime'] },
	// The page could not be read; these are the fields that MRI has for applicants.
	MRI: {
		required: ['eventTypeId', 'eventDatetime'],
		lacks: ['emailSend'],
		leasingAgent: true,
		takesDays: true,
		inferred: 'all',
	},
	PROPERTYWARE: { required: ['eventName', 'notes'], lacks: ['emailSend'] },
	REALPAGE: { required: ['eventName'], lacks: ['emailSend'] },
	REALPAGE_RPX: { required: ['eventTypeId', 'eventDatetime', 'employeeId'], lacks: ['emailSend'] },
	RENTMANAGER: { required: ['eventName'], lacks: ['emailSend'] },
	RESMAN: { required: ['eventName', 'eventDatetime'], lacks: ['emailSend'] },
	YARDI: yardi,
	YARDI_REST: yardi,
};

/**
 * Source: the page "Update lead event" of MRI, the only PMS that is known to take updates; `takesDays` as for
 * applicants.
 */
export const LEAD_EVENT_UPDATE_RULES: WriteRules = {
	MRI: { required: ['eventTypeId', 'eventDatetime'], takesDays: true },
};

/** MRI's pages could not be read; these are its rules for leads. No other PMS has such pages. */
export const APPLICANT_EVENT_UPDATE_RULES: WriteRules = {
	MRI: { ...LEAD_EVENT_UPDATE_RULES.MRI, inferred: 'all' },
};

/** As for applicants. */
export const RESIDENT_EVENT_UPDATE_RULES = APPLICANT_EVENT_UPDATE_RULES;

/** The PMSs that write times in a time zone of their own. */
export const withOwnClocks = (): Array<Pms & { zone: string }> =>
	Object.values(VENDORS).filter((pms): pms is Pms & { zone: string } => pms?.zone !== undefined);

/** The parameters of the systems that only know notes. */
const note: PmsRules = { required: ['eventTypeId', 'notes'], takes: [] };

const mriEvent: PmsRules = {
	required: ['eventTypeId', 'eventDatetime'],
	takes: ['employeeId', 'notes', 'status'],
	takesDays: true,
};

/** Source: the page "Create applicant event" of each PMS, and the lists of pages for those that have none. */
export const APPLICANT_EVENT_RULES: WriteRules = {
	APPFOLIO: { takes: 'nothing' },
	// Only a part of the page could be read; the rest is what Buildium takes for residents.
	BUILDIUM: { required: ['notes'], takes: ['eventType'], inferred: 'takes' },
	// The page lists these first, where other pages list what is required.
	ENTRATA: {
		required: ['applicationId', 'eventTypeId', 'eventDatetime'],
		lacks: ['eventName', 'status'],
		inferred: 'required',
	},
	MRI: mriEvent,
	REALPAGE: note,
	// The page could not be read; this is what it takes for residents.
	REALPAGE_RPX: { ...note, inferred: 'all' },
	RENTMANAGER: { takes: 'nothing' },
	YARDI_REST: { required: ['eventName'] },
};

/** Source: the page "Create resident event" of each PMS, and the lists of pages for those that have none. */
export const RESIDENT_EVENT_RULES: WriteRules = {
	APPFOLIO: { takes: 'nothing' },
	BUILDIUM: { required: ['notes'], takes: ['eventType'] },
	ENTRATA: { required: ['eventTypeId', 'eventDatetime'] },
	// The page could not be read; this is what MRI takes for applicants.
	MRI: { ...mriEvent, inferred: 'all' },
	REALPAGE: note,
	REALPAGE_RPX: note,
	RENTMANAGER: { takes: 'nothing' },
	YARDI: { takes: 'nothing' },
};

const NO_LEADS: PmsRules = { takes: 'nothing' };

/** Source: the page "Create lead" of each PMS, and the lists of pages for those that have none. */
export const LEAD_RULES: WriteRules = {
	APPFOLIO: { required: ['propertyId', 'firstName', 'lastName'] },
	BUILDIUM: NO_LEADS,
	ENTRATA: { required: ['propertyId', 'leadSourceId', 'firstName', 'lastName'] },
	// It also takes only 57 codes as a state, which the page lists and Propexo checks.
	MRI: { required: ['propertyId', 'lastName'], longest: { notes: 30 } },
	PROPERTYWARE: { required: ['firstName', 'lastName'] },
	// Its pages hold reads alone.
	PROPERTYWARE_REST: NO_LEADS,
	REALPAGE: { required: ['firstName', 'lastName'] },
	REALPAGE_RPX: {
		required: ['propertyId', 'leadRelationshipId', 'firstName', 'lastName'],
		longest: { firstName: 30, lastName: 30 },
	},
	RENTMANAGER: { required: ['propertyId', 'firstName', 'lastName'] },
	RESMAN: { required: ['propertyId', 'leadSourceId', 'employeeId', 'firstName', 'lastName'] },
	YARDI: {
		required: [
			...['propertyId', 'leadSourceId', 'employeeId', 'thirdPartyId'],
			...['firstName', 'lastName', 'organizationName'],
		],
	},
	// The page could not be read; this is what it requires of every update.
	YARDI_REST: { required: ['firstName', 'lastName'], inferred: 'all' },
};

/** Source: the page "Update lead" of each PMS, and the lists of pages for those that have none. */
export const LEAD_UPDATE_RULES: WriteRules = {
	BUILDIUM: NO_LEADS,
	PROPERTYWARE_REST: NO_LEADS,
	// Only a part of the page could be read; these are the limits of a new lead.
	REALPAGE_RPX: { longest: { firstName: 30, lastName: 30 }, inferred: 'all' },
	YARDI_REST: { required: ['firstName', 'lastName'] },
};

const NO_APPOINTMENTS: PmsRules = { takes: 'nothing' };

/**
 * New appointments of applicants. Source: the page "Create appointment" of each PMS, where it could be read: a PMS
 * takes every field unless its list was read to its end. Rentvine's pages hold reads alone.
 */
export const APPLICANT_APPOINTMENT_RULES: WriteRules = {
	ENTRATA: { required: ['start'] },
	REALPAGE_RPX: { required: ['employeeId', 'start'] },
	RENTMANAGER: { required: ['start'] },
	RENTVINE: NO_APPOINTMENTS,
	YARDI_REST: { required: ['unitId', 'employeeId', 'start'] },
};

/** The same for leads; ResMan's optional fields are those of an example. */
export const LEAD_APPOINTMENT_RULES: WriteRules = {
	...APPLICANT_APPOINTMENT_RULES,
	APPFOLIO: { required: ['unitId', 'start'] },
	RESMAN: { required: ['leadSourceId', 'start'], takes: ['unitId', 'notes'], inferred: 'takes' },
};

/** The same for residents: Rent Manager's is the only page that could be read. */
export const RESIDENT_APPOINTMENT_RULES: WriteRules = {
	RENTMANAGER: { required: ['start'] },
	RENTVINE: NO_APPOINTMENTS,
};

const MOVED: PmsRules = { required: ['start'] };

/** Changes of appointments of applicants. Source: the page "Update appointment" of each PMS, where it could be read. */
export const APPLICANT_APPOINTMENT_UPDATE_RULES: WriteRules = {
	ENTRATA: {
		required: ['notes'],
		takes: ['unitId', 'start', 'appointmentDurationMinutes', 'appointmentType', 'title'],
	},
	REALPAGE_RPX: MOVED,
	RENTMANAGER: MOVED,
	RENTVINE: NO_APPOINTMENTS,
	YARDI_REST: MOVED,
};

/** The same for leads. Yardi's page could not be read; this is what it requires for applicants. */
export const LEAD_APPOINTMENT_UPDATE_RULES: WriteRules = {
	...APPLICANT_APPOINTMENT_UPDATE_RULES,
	RESMAN: { ...MOVED, takes: ['unitId', 'notes'] },
	YARDI_REST: { ...MOVED, inferred: 'required' },
};

/** The same for residents: no page could be read. */
export const RESIDENT_APPOINTMENT_UPDATE_RULES: WriteRules = { RENTVINE: NO_APPOINTMENTS };

const CALLED_OFF: PmsRules = { required: ['eventId'] };

/**
 * Cancelling appointments of applicants. Source: the page "Cancel appointment" of each PMS, and the lists of pages for those
 * that have none.
 */
export const APPLICANT_APPOINTMENT_CANCEL_RULES: WriteRules = {
	ENTRATA: CALLED_OFF,
	REALPAGE_RPX: CALLED_OFF,
	RENTMANAGER: CALLED_OFF,
	RENTVINE: NO_APPOINTMENTS,
	YARDI_REST: NO_APPOINTMENTS,
};

/** The same for leads. ResMan's page says that it is not supported. */
export const LEAD_APPOINTMENT_CANCEL_RULES: WriteRules = {
	...APPLICANT_APPOINTMENT_CANCEL_RULES,
	APPFOLIO: CALLED_OFF,
	RESMAN: NO_APPOINTMENTS,
};

/** The same for residents. */
export const RESIDENT_APPOINTMENT_CANCEL_RULES: WriteRules = {
	RENTMANAGER: CALLED_OFF,
	RENTVINE: NO_APPOINTMENTS,
	YARDI_REST: NO_APPOINTMENTS,
};

/**
 * Source: the page "Query appointment availability" of each PMS, and the lists of pages for those that have none. Rent
 * Manager's says that it always answers 405.
 */
export const AVAILABILITY_RULES: WriteRules = {
	ENTRATA: {
		required: ['propertyId'],
		takes: [
			...['availabilityStartDate', 'availabilityDurationDays'],
			...['appointmentDurationMinutes', 'calendarTypes'],
		],
	},
	REALPAGE_RPX: { required: ['propertyId'] },
	RENTMANAGER: NO_APPOINTMENTS,
	RENTVINE: NO_APPOINTMENTS,
	RESMAN: NO_APPOINTMENTS,
	YARDI_REST: NO_APPOINTMENTS,
};

/** The PMS of a `vendor`; undefined for one that this package does not know. */
export function pmsOf(vendor: unknown): Pms | undefined {
	const key = textOf(vendor).toUpperCase();
	return Object.hasOwn(VENDORS, key) ? VENDORS[key] : undefined;
}

/** The name of a `vendor` for users; as Propexo writes it, if the PMS is not known. */
export function vendorName(vendor: unknown): string {
	return pmsOf(vendor)?.name ?? textOf(vendor);
}

/** Every name of every PMS, with the PMSs that take it; by name. */
export function allEventNames(): Array<{ name: string; takenBy: string[] }> {
	const takers = new Map<string, Set<string>>();
	for (const pms of Object.values(VENDORS)) {
		for (const name of Array.isArray(pms?.eventNames) ? (pms.eventNames as string[]) : []) {
			takers.set(name, (takers.get(name) ?? new Set()).add(textOf(pms?.name)));
		}
	}
	return [...takers]
		.map(([name, takenBy]) => ({ name, takenBy: [...takenBy] }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** The names that are offered for a PMS that has no list here: those of Propexo's generic endpoint. */
export const GENERIC_EVENT_NAMES: readonly string[] = YARDI_NAMES;
