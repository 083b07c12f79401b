import { property } from '../../records/places';
import { getOne } from '../../records/reading';

/** GET /v1/properties/{id} */
export const get = getOne(property, { description: 'Read one property, by ID, name or PMS ID' });
