import { textOf } from '../shared/json/text';

/*
 * What is known of the property management systems (PMS) behind Propexo. Source: the pages of each PMS in Propexo's
 * reference. What was only concluded from other pages is marked as inferred.
 *
 * The tables never forbid a value: Propexo's own answer decides what a PMS takes, and its lists of names may grow.
 */

/** One PMS. */
export interface Pms {
	/** As its users write it. */
	name: string;
	/** The names events may have; `any`: any text; `none`: it goes by event types. Left out: not known. */
	eventNames?: readonly string[] | 'any' | 'none';
	/** IANA zone whose clocks its events go by, whatever the property's own. */
	zone?: string;
}

/** What one PMS wants of one write. */
export interface PmsRules {
	/** Parameters that must be filled in, besides those that say whom it is about. */
	required?: string[];
	/**
	 * Every other parameter that it takes; it refuses the rest. `nothing`: it has no such write. Left out: not known, and
	 * left to Propexo to tell.
	 */
	takes?: string[] | 'nothing';
	/** Parameters that it refuses, where its others are not known, or all taken. */
	lacks?: string[];
	/** The employee must be a leasing agent. */
	leasingAgent?: true;
	/** It takes a day without a time of day, where Propexo's generic endpoint takes a date and time. */
	takesDays?: true;
	/**
	 * What was not read on a page about this write, but concluded from other pages: a rule that is broken is told in a
	 * hint, and Propexo decides.
	 */
	inferred?: 'required' | 'takes' | 'all';
}

/** What the PMSs want of one write, by the `vendor` of an integration. */
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
	ENTRATA: { name: 'Entrata', eventNames: 'none', zone: 'America/Denver' },
	MRI: { name: 'MRI', eventNames: 'none' },
	PROPERTYWARE: { name: 'Propertyware', eventNames: 'any' },
	PROPERTYWARE_REST: { name: 'Propertyware (REST)' },
	REALPAGE: { name: 'RealPage', eventNames: REALPAGE_NAMES },
	REALPAGE_RPX: { name: 'RealPage Exchange', eventNames: 'none' },
	RENTMANAGER: { name: 'Rent Manager', eventNames: ['CALL', 'EMAIL', 'NOTE', 'VISIT'] },
	RENTVINE: { name: 'Rentvine' },
	RESMAN: { name: 'ResMan', eventNames: RESMAN_NAMES },
	YARDI: { name: 'Yardi', eventNames: YARDI_NAMES },
	YARDI_REST: { name: 'Yardi (REST)', eventNames: YARDI_NAMES },
};

const yardi: PmsRules = { required: ['eventName', 'eventDatetime', 'agentName'], lacks: ['emailSend'] };

/** Source: the page "Create lead event" of each PMS. */
export const LEAD_EVENT_RULES: WriteRules = {
	ENTRATA: { required: ['eventTypeId', 'eventDatetime'] },
	// The page was not to be seen; these are the fields that MRI has for applicants.
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

/** Source: the page "Update lead event" of MRI, the one PMS that is known to take updates; `takesDays` as for applicants. */
export const LEAD_EVENT_UPDATE_RULES: WriteRules = {
	MRI: { required: ['eventTypeId', 'eventDatetime'], takesDays: true },
};

/** MRI's pages were not to be seen; these are its rules for leads. No other PMS has such pages. */
export const APPLICANT_EVENT_UPDATE_RULES: WriteRules = {
	MRI: { ...LEAD_EVENT_UPDATE_RULES.MRI, inferred: 'all' },
};

/** As for applicants. */
export const RESIDENT_EVENT_UPDATE_RULES = APPLICANT_EVENT_UPDATE_RULES;

/** The PMSs that go by clocks of their own. */
export const withOwnClocks = (): Array<Pms & { zone: string }> =>
	Object.values(VENDORS).filter((pms): pms is Pms & { zone: string } => pms?.zone !== undefined);

/** What the systems take that know notes alone. */
const note: PmsRules = { required: ['eventTypeId', 'notes'], takes: [] };

const mriEvent: PmsRules = {
	required: ['eventTypeId', 'eventDatetime'],
	takes: ['employeeId', 'notes', 'status'],
	takesDays: true,
};

/** Source: the page "Create applicant event" of each PMS, and the lists of pages for those that have none. */
export const APPLICANT_EVENT_RULES: WriteRules = {
	APPFOLIO: { takes: 'nothing' },
	// A part of the page was to be seen; the rest is what Buildium takes for residents.
	BUILDIUM: { required: ['notes'], takes: ['eventType'], inferred: 'takes' },
	// The page lists these first, as others list what is required.
	ENTRATA: {
		required: ['applicationId', 'eventTypeId', 'eventDatetime'],
		lacks: ['eventName', 'status'],
		inferred: 'required',
	},
	MRI: mriEvent,
	REALPAGE: note,
	// The page was not to be seen; this is what it takes for residents.
	REALPAGE_RPX: { ...note, inferred: 'all' },
	RENTMANAGER: { takes: 'nothing' },
	YARDI_REST: { required: ['eventName'] },
};

/** Source: the page "Create resident event" of each PMS, and the lists of pages for those that have none. */
export const RESIDENT_EVENT_RULES: WriteRules = {
	APPFOLIO: { takes: 'nothing' },
	BUILDIUM: { required: ['notes'], takes: ['eventType'] },
	ENTRATA: { required: ['eventTypeId', 'eventDatetime'] },
	// The page was not to be seen; this is what MRI takes for applicants.
	MRI: { ...mriEvent, inferred: 'all' },
	REALPAGE: note,
	REALPAGE_RPX: note,
	RENTMANAGER: { takes: 'nothing' },
	YARDI: { takes: 'nothing' },
};

/** The PMS of a `vendor`, or undefined for one that this package knows nothing of. */
export function pmsOf(vendor: unknown): Pms | undefined {
	const key = textOf(vendor).toUpperCase();
	return Object.hasOwn(VENDORS, key) ? VENDORS[key] : undefined;
}

/** How a vendor is shown; one that is not known as Propexo writes it. */
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
