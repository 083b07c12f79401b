import type { PmsRules, WriteRules } from './rules';

/*
 * What each PMS requires and takes of the events of leads, applicants and residents.
 */

const yardi: PmsRules = {
	required: ['eventName', 'eventDatetime', 'agentName'],
	lacks: ['emailSend'],
	lists: ['unitId', 'notes', 'rentAmount'],
};

/** Source: the page "Create lead event" of each PMS. */
export const LEAD_EVENT_RULES: WriteRules = {
	// Their lists of pages have no such write, and no page says that there is none.
	APPFOLIO: { noSuchWrite: true, inferred: 'all' },
	BUILDIUM: { noSuchWrite: true, inferred: 'all' },
	ENTRATA: { required: ['eventTypeId', 'eventDatetime'] },
	// The page could not be read; these are the fields that MRI has for applicants.
	MRI: {
		required: ['eventTypeId', 'eventDatetime'],
		lacks: ['emailSend'],
		lists: ['employeeId', 'status', 'notes'],
		leasingAgent: true,
		takesDays: 'perhaps',
		inferred: 'all',
	},
	PROPERTYWARE: {
		required: ['eventName', 'notes'],
		lacks: ['emailSend'],
		lists: ['eventDatetime'],
	},
	REALPAGE: {
		required: ['eventName'],
		lacks: ['emailSend'],
		lists: ['eventDatetime', 'notes'],
	},
	REALPAGE_RPX: {
		required: ['eventTypeId', 'eventDatetime', 'employeeId'],
		lacks: ['emailSend'],
		lists: ['unitId', 'status', 'notes', 'callRecordingUrl'],
	},
	RENTMANAGER: {
		required: ['eventName'],
		lacks: ['emailSend'],
		lists: ['notes'],
	},
	RESMAN: {
		required: ['eventName', 'eventDatetime'],
		lacks: ['emailSend'],
		lists: ['leadSourceId', 'unitId', 'notes', 'reasonsForEvent'],
	},
	YARDI: yardi,
	YARDI_REST: yardi,
};

/**
 * Source: the page "Update lead event" of MRI, the only PMS that is known to take updates; `takesDays` as for
 * applicants.
 */
export const LEAD_EVENT_UPDATE_RULES: WriteRules = {
	MRI: { required: ['eventTypeId', 'eventDatetime'], takesDays: 'perhaps' },
};

/** MRI's pages could not be read; these are its rules for leads. No other PMS has such pages. */
export const APPLICANT_EVENT_UPDATE_RULES: WriteRules = {
	MRI: { ...LEAD_EVENT_UPDATE_RULES.MRI, inferred: 'all' },
};

/** As for applicants. */
export const RESIDENT_EVENT_UPDATE_RULES = APPLICANT_EVENT_UPDATE_RULES;

/** The parameters of the systems that only know notes. */
const note: PmsRules = { required: ['eventTypeId', 'notes'], takes: [] };

const mriEvent: PmsRules = {
	required: ['eventTypeId', 'eventDatetime'],
	takes: ['employeeId', 'notes', 'status'],
	takesDays: true,
};

/** Source: the page "Create applicant event" of each PMS, and the lists of pages for those that have none. */
export const APPLICANT_EVENT_RULES: WriteRules = {
	APPFOLIO: { noSuchWrite: true },
	// Only a part of the page could be read; the rest is what Buildium takes for residents.
	BUILDIUM: { required: ['notes'], takes: ['eventType'], inferred: 'takes' },
	// The page lists these first, where other pages list what is required.
	ENTRATA: {
		required: ['applicationId', 'eventTypeId', 'eventDatetime'],
		lacks: ['eventName', 'status'],
		inferred: 'required',
	},
	MRI: mriEvent,
	REALPAGE: { ...note },
	// The page could not be read; this is what it takes for residents.
	REALPAGE_RPX: { ...note, inferred: 'all' },
	RENTMANAGER: { noSuchWrite: true },
	YARDI_REST: { required: ['eventName'] },
};

/** Source: the page "Create resident event" of each PMS, and the lists of pages for those that have none. */
export const RESIDENT_EVENT_RULES: WriteRules = {
	APPFOLIO: { noSuchWrite: true },
	BUILDIUM: { required: ['notes'], takes: ['eventType'] },
	ENTRATA: { required: ['eventTypeId', 'eventDatetime'] },
	// The page could not be read; this is what MRI takes for applicants.
	MRI: { ...mriEvent, takesDays: 'perhaps', inferred: 'all' },
	REALPAGE: { ...note },
	REALPAGE_RPX: note,
	RENTMANAGER: { noSuchWrite: true },
	YARDI: { noSuchWrite: true },
};
