import { lead } from '../../records/people';
import { getMany } from '../../records/reading';

/** GET /v1/leads/ */
export const getAll = getMany(lead, {
	description: 'Find leads by email, phone number or ID, or list them',
});
