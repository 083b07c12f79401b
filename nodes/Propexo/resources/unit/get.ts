import { unit } from '../../records/places';
import { getOne } from '../../records/reading';

/** GET /v1/units/{id} */
export const get = getOne(unit, { description: 'Read one unit, by ID, number or PMS ID' });
