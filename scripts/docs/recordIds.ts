/*
 * Whether `created_record_id` of a write tells Propexo's ID of the record, by the page of each PMS in Propexo's reference,
 * or that page says that it does not. PMSs that are not named here say nothing of it. The node does not need it: an ID that
 * comes back is in its output. test/unit/docs/recordIds.test.ts compares it with the emulator.
 */

/** The vendors whose writes tell it, and those whose writes do not. */
interface Told {
	yes: string[];
	no: string[];
}

/** By the path of the write. */
export const RECORD_IDS: Readonly<Record<string, Told>> = {
	'/v1/events/leads': {
		yes: ['MRI', 'REALPAGE', 'RESMAN'],
		// One of Yardi's pages says that its answer is the ID of the lead, another one that there is none.
		no: ['ENTRATA', 'PROPERTYWARE', 'REALPAGE_RPX', 'RENTMANAGER', 'YARDI', 'YARDI_REST'],
	},
	'/v1/events/applicants': { yes: ['MRI'], no: ['BUILDIUM', 'ENTRATA', 'REALPAGE', 'YARDI_REST'] },
	'/v1/events/residents': { yes: ['MRI'], no: ['BUILDIUM', 'ENTRATA', 'REALPAGE'] },
	'/v1/events/appointments/leads': {
		yes: ['APPFOLIO', 'REALPAGE_RPX', 'RENTMANAGER', 'RESMAN'],
		no: ['ENTRATA', 'YARDI_REST'],
	},
	'/v1/events/appointments/applicants': {
		yes: ['REALPAGE_RPX', 'RENTMANAGER'],
		no: ['ENTRATA', 'YARDI_REST'],
	},
	'/v1/events/appointments/residents': { yes: ['RENTMANAGER'], no: [] },
	'/v1/leads/': {
		yes: ['APPFOLIO', 'MRI', 'PROPERTYWARE', 'REALPAGE', 'RENTMANAGER', 'RESMAN', 'YARDI'],
		no: ['ENTRATA', 'REALPAGE_RPX'],
	},
};

/** Whether a write tells the ID of its record; undefined if that is not known. */
export function tellsId(path: string, vendor: string): boolean | undefined {
	const { yes = [], no = [] } = RECORD_IDS[path] ?? {};
	return yes.includes(vendor) ? true : no.includes(vendor) ? false : undefined;
}
