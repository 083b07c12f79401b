import { resident } from '../../records/people';
import { getOne } from '../../records/reading';

/** GET /v1/residents/{id} */
export const get = getOne(resident, {
	description: 'Read one resident, by ID, email, phone number or PMS ID',
});
