import { lead } from '../../records/people';
import { getOne } from '../../records/reading';

/** GET /v1/leads/{id} */
export const get = getOne(lead, { description: 'Read one lead, by ID, email, phone number or PMS ID' });
