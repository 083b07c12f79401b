import { named } from './events';
import { byName, byPmsId } from './finders';
import type { RecordType } from './record';

/* Records that only leads name. */

export const leadRelationship: RecordType = {
	noun: 'lead relationship',
	path: '/v1/lead-relationships/',
	description: 'The role of the person in the household. RealPage Exchange requires it of a new lead.',
	picker: named,
	finders: [byName('lead relationship', 'Self'), byPmsId('lead relationship', '3')],
};

export const addressType: RecordType = {
	noun: 'address type',
	path: '/v1/address-types/',
	description: 'What kind of address it is. Propexo requires it when the address of a lead is changed.',
	picker: named,
	finders: [byName('address type', 'Current'), byPmsId('address type', '1')],
};

export const floorPlan: RecordType = {
	noun: 'floor plan',
	path: '/v1/floor-plans/',
	description: 'The floor plan that the lead asked for',
	picker: named,
	finders: [byName('floor plan', 'Aspen'), byPmsId('floor plan', 'A1')],
};
