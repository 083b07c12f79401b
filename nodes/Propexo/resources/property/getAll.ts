import type { Field } from '../../../shared/fields/field';
import { property } from '../../records/places';
import { getMany } from '../../records/reading';

const isActive: Field = {
	name: 'isActive',
	label: 'Active',
	kind: 'boolean',
	description: 'Whether to list the active properties. Turned off, the others are listed.',
};

/** GET /v1/properties/ */
export const getAll = getMany(property, {
	description: 'List the properties of an integration',
	filters: [isActive],
});
