import { resident } from '../../records/people';
import { getMany } from '../../records/reading';

/** GET /v1/residents/ */
export const getAll = getMany(resident, {
	description: 'Find residents by email, phone number or ID, or list them',
});
