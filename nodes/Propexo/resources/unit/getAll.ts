import { unit } from '../../records/places';
import { getMany } from '../../records/reading';

/** GET /v1/units/ */
export const getAll = getMany(unit, { description: 'Find units by number, or list those of a property' });
