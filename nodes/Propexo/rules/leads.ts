import type { PmsRules, WriteRules } from './rules';

/*
 * What each PMS requires and takes of a lead.
 */

const NO_LEADS: PmsRules = { noSuchWrite: true };

/** Source: the page "Create lead" of each PMS, and the lists of pages for those that have none. */
export const LEAD_RULES: WriteRules = {
	APPFOLIO: { required: ['propertyId', 'firstName', 'lastName'] },
	BUILDIUM: NO_LEADS,
	ENTRATA: { required: ['propertyId', 'leadSourceId', 'firstName', 'lastName'] },
	// It also takes only 57 codes as a state, which the page lists and Propexo checks.
	MRI: { required: ['propertyId', 'lastName'], longest: { notes: 30 } },
	PROPERTYWARE: { required: ['firstName', 'lastName'] },
	// Its pages hold only reads.
	PROPERTYWARE_REST: NO_LEADS,
	REALPAGE: { required: ['firstName', 'lastName'] },
	REALPAGE_RPX: {
		required: ['propertyId', 'leadRelationshipId', 'firstName', 'lastName'],
		longest: { firstName: 30, lastName: 30 },
	},
	RENTMANAGER: { required: ['propertyId', 'firstName', 'lastName'] },
	RESMAN: {
		required: ['propertyId', 'leadSourceId', 'employeeId', 'firstName', 'lastName'],
	},
	YARDI: {
		required: [
			'propertyId',
			'leadSourceId',
			'employeeId',
			'thirdPartyId',
			'firstName',
			'lastName',
			'organizationName',
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
