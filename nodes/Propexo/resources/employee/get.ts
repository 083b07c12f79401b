import { employee } from '../../records/people';
import { getOne } from '../../records/reading';

/** GET /v1/employees/{id} */
export const get = getOne(employee, { description: 'Read one employee, by ID, email or name' });
