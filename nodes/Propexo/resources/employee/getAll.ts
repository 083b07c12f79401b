import { employee } from '../../records/people';
import { getMany } from '../../records/reading';

/** GET /v1/employees/ */
export const getAll = getMany(employee, {
	description: 'List the employees of a property or an integration',
});
