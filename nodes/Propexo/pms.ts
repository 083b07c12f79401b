import { textOf } from '../shared/json/text';

/*
 * The property management systems (PMS) behind Propexo: their names, their clocks, and the names that their events may
 * have. What each requires of a write is in `rules/`. Source: the pages of each PMS in Propexo's reference.
 *
 * The lists never forbid a value: Propexo's own answer decides what a PMS takes, and its lists of names may grow.
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
	/**
	 * The clock of its server may be wrong: `server_time_error_seconds` of the time zone says by how much, and nothing says
	 * in which direction.
	 */
	mayBeOff?: true;
}

/** What decides which clock an appointment goes by. */
export type ClockRule =
	| { by: 'nobodyKnows' }
	| { by: 'dispute'; disputed: string }
	| { by: 'ownZone'; zone: string }
	| { by: 'property' };

/** What decides about the appointments of a PMS. A zone does not count where the pages disagree: no clock is guessed. */
export function ruleOf(clock: AppointmentClock | undefined): ClockRule {
	if (!clock) return { by: 'nobodyKnows' };
	const { disputed, zone } = clock;
	if (disputed !== undefined) return { by: 'dispute', disputed };
	return zone === undefined ? { by: 'property' } : { by: 'ownZone', zone };
}

/** Mountain Time with daylight saving, in which Entrata writes its times. It shows them in the property's own time. */
export const ENTRATA_ZONE = 'America/Denver';

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

/** Propexo publishes Yardi's list for its generic endpoint, so it is offered for a PMS that has no list here. */
export const GENERIC_EVENT_NAMES: readonly string[] = YARDI_NAMES;

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

const VENDORS: Record<string, Pms> = {
	APPFOLIO: { name: 'AppFolio' },
	BUILDIUM: { name: 'Buildium' },
	ENTRATA: {
		name: 'Entrata',
		eventNames: 'none',
		zone: ENTRATA_ZONE,
		appointments: { zone: ENTRATA_ZONE },
	},
	MRI: { name: 'MRI', eventNames: 'none' },
	PROPERTYWARE: { name: 'Propertyware', eventNames: 'any' },
	PROPERTYWARE_REST: { name: 'Propertyware (REST)' },
	REALPAGE: { name: 'RealPage', eventNames: REALPAGE_NAMES, appointments: {} },
	REALPAGE_RPX: { name: 'RealPage Exchange', eventNames: 'none', appointments: {} },
	RENTMANAGER: {
		name: 'Rent Manager',
		eventNames: ['CALL', 'EMAIL', 'NOTE', 'VISIT'],
		appointments: { otherwise: 'America/New_York' },
	},
	RENTVINE: { name: 'Rentvine' },
	RESMAN: {
		name: 'ResMan',
		eventNames: RESMAN_NAMES,
		appointments: {
			disputed: "for new ones they say UTC, for updates the property's time",
		},
	},
	YARDI: { name: 'Yardi', eventNames: YARDI_NAMES, appointments: { mayBeOff: true } },
	YARDI_REST: { name: 'Yardi (REST)', eventNames: YARDI_NAMES, appointments: { mayBeOff: true } },
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

/** Every PMS that is known, by the `vendor` of its integrations. */
export const knownPms = (): Array<[vendor: string, pms: Pms]> => Object.entries(VENDORS);

/** Every name of every PMS, with the PMSs that take it; by name. */
export function allEventNames(): Array<{ name: string; takenBy: string[] }> {
	const takers = new Map<string, Set<string>>();
	for (const { name: pms, eventNames } of Object.values(VENDORS))
		for (const name of typeof eventNames === 'object' ? eventNames : [])
			takers.set(name, (takers.get(name) ?? new Set()).add(pms));
	return [...takers]
		.map(([name, takenBy]) => ({ name, takenBy: [...takenBy] }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
