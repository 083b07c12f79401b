import { applicant } from '../../records/people';
import { getMany } from '../../records/reading';

/** GET /v1/applicants/ */
export const getAll = getMany(applicant, {
	description: 'Find applicants by email, phone number or ID, or list them',
});
