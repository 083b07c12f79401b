import { textOf } from '../shared/json/text';

/*
 * The property management systems (PMS) behind Propexo, as far as their ways with lead events are known. One entry per
 * value of an integration's `vendor`. Source: the page "Create lead event" of each vendor in Propexo's reference; what
 * was only inferred from a vendor's other pages is marked.
 *
 * The table never forbids: Propexo's own answer decides what a PMS takes, and its lists of names may grow.
 */

/** One PMS. */
export interface Pms {
	/** As its users write it. */
	name: string;
	/** Parameters that a lead event must fill in, besides the integration and the lead. */
	required?: string[];
	/** The names lead events may have; `any`: any text; `none`: it goes by event types. Left out: not known. */
	eventNames?: readonly string[] | 'any' | 'none';
	/** False: it is documented without `email_send`, and refuses it even when false. Left out: not known, or taken. */
	sendsEmail?: false;
	/** IANA zone whose clocks its events go by, whatever the property's own. */
	zone?: string;
}

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

const yardi: Pms = {
	name: 'Yardi',
	required: ['eventName', 'eventDatetime', 'agentName'],
	eventNames: YARDI_NAMES,
	sendsEmail: false,
};

const VENDORS: Record<string, Pms | undefined> = {
	APPFOLIO: { name: 'AppFolio' },
	BUILDIUM: { name: 'Buildium' },
	ENTRATA: {
		name: 'Entrata',
		required: ['eventTypeId', 'eventDatetime'],
		eventNames: 'none',
		// Mountain Time with daylight saving; Entrata shows it in the property's own time.
		zone: 'America/Denver',
	},
	// Inferred: the page for lead events was not to be had; these are the fields of its applicant events.
	MRI: { name: 'MRI', required: ['eventTypeId', 'eventDatetime'], eventNames: 'none', sendsEmail: false },
	PROPERTYWARE: {
		name: 'Propertyware',
		required: ['eventName', 'notes'],
		eventNames: 'any',
		sendsEmail: false,
	},
	PROPERTYWARE_REST: { name: 'Propertyware (REST)' },
	REALPAGE: { name: 'RealPage', required: ['eventName'], eventNames: REALPAGE_NAMES, sendsEmail: false },
	REALPAGE_RPX: {
		name: 'RealPage Exchange',
		required: ['eventTypeId', 'eventDatetime', 'employeeId'],
		eventNames: 'none',
		sendsEmail: false,
	},
	RENTMANAGER: {
		name: 'Rent Manager',
		required: ['eventName'],
		eventNames: ['CALL', 'EMAIL', 'NOTE', 'VISIT'],
		sendsEmail: false,
	},
	RENTVINE: { name: 'Rentvine' },
	RESMAN: {
		name: 'ResMan',
		required: ['eventName', 'eventDatetime'],
		eventNames: RESMAN_NAMES,
		sendsEmail: false,
	},
	YARDI: yardi,
	YARDI_REST: { ...yardi, name: 'Yardi (REST)' },
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

/** The names that are offered for a PMS without a list of its own: those of Propexo's generic endpoint. */
export const GENERIC_EVENT_NAMES: readonly string[] = YARDI_NAMES;
