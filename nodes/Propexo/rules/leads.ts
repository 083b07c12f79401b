import type { PmsRules, WriteRules } from './rules';

/*
 * What each PMS requires and takes of a lead.
 */

const NO_LEADS: PmsRules = { takes: 'nothing' };

/** Source: the page "Create lead" of each PMS, and the lists of pages for those that have none. */
export const LEAD_RULES: WriteRules = {
	APPFOLIO: { required: ['propertyId', 'firstName', 'lastName'], tellsId: true },
	BUILDIUM: NO_LEADS,
	ENTRATA: { required: ['propertyId', 'leadSourceId', 'firstName', 'lastName'], tellsId: false },
	// It also takes only 57 codes as a state, which the page lists and Propexo checks.
	MRI: { required: ['propertyId', 'lastName'], longest: { notes: 30 }, tellsId: true },
	PROPERTYWARE: { required: ['firstName', 'lastName'], tellsId: true },
	// Its pages hold reads alone.
	PROPERTYWARE_REST: NO_LEADS,
	REALPAGE: { required: ['firstName', 'lastName'], tellsId: true },
	REALPAGE_RPX: {
		required: ['propertyId', 'leadRelationshipId', 'firstName', 'lastName'],
		longest: { firstName: 30, lastName: 30 },
		tellsId: false,
	},
	RENTMANAGER: { required: ['propertyId', 'firstName', 'lastName'], tellsId: true },
	RESMAN: {
		required: ['propertyId', 'leadSourceId', 'employeeId', 'firstName', 'lastName'],
		tellsId: true,
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
		tellsId: true,
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
