import { applicant } from '../../records/people';
import { getOne } from '../../records/reading';

/** GET /v1/applicants/{id} */
export const get = getOne(applicant, {
	description: 'Read one applicant, by ID, email, phone number or PMS ID',
});
