import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../../shared/fields/field';
import { vendorName } from '../pms';
import { byName, byPmsId, byUnitNumber } from './finders';
import { OTHER_FIELDS } from './otherFields';
import type { RecordType } from './record';
import { named, texts, unless, words, YES_NO } from './record';

/*
 * The places of an event: integration, property and unit. Paths, filters and columns of all records: the read endpoints
 * of Propexo's OpenAPI file.
 */

export const integration: RecordType = {
	noun: 'integration',
	id: "an integration's ID",
	path: '/v1/admin/integrations/',
	slashAfterId: true,
	description: 'The connection to the property management system (PMS)',
	picker: {
		of: 'everything',
		name: ({ name }) => words(name),
		details: ({ vendor, active, is_archived }) => [
			vendorName(vendor),
			unless(active, 'not active'),
			is_archived === true ? 'archived' : '',
		],
		apart: ({ vendor }) => [vendorName(vendor)],
	},
	finders: [byName('integration', 'Lakeview Entrata')],
	facts: ['name', 'vendor', 'active', 'is_archived'],
	isGone: ({ active, is_archived }) => active === false || is_archived === true,
};

/**
 * What to do about an account without integrations.
 *
 * @cause The list of integrations is opened, and Propexo has none for this token.
 * @cure Connect one in Propexo, or check the token and the _Environment_ of the credential.
 */
export const NO_INTEGRATIONS = 'Connect one in Propexo, or check the credential';

/** @noMessage What the picker shows behind the name. */
const STATES = ['', ', not active', ', archived', ', not active, archived'];

/**
 * How the names of integrations of some PMSs end in its picker: "Lakeview Entrata (Entrata)", "Lakeview (Entrata, not
 * active)". The picker adds the ID to two that have the same name; those end otherwise.
 *
 * @param pmss their names
 */
export const listedOf = (pmss: string[]): string[] =>
	pmss.flatMap((pms) => STATES.map((state) => `(${pms}${state})`));

const isActive: Field = {
	name: 'isActive',
	label: 'Active',
	kind: 'boolean',
	description: 'Whether to list the active properties, or only the others',
};

export const property = {
	noun: 'property',
	path: '/v1/properties/',
	description: 'The property it belongs to',
	picker: {
		of: 'integration',
		name: ({ name }) => words(name),
		details: ({ code, city, state, is_active }) => [code, city, state, unless(is_active, 'not active')],
		apart: ({ code, city, state }) => [code, city, state],
	},
	finders: [byName('property', 'Maple Court'), byPmsId('property', '1042')],
	facts: ['name', 'code', 'city', 'state', 'is_active'],
	isGone: ({ is_active }: IDataObject) => is_active === false,
	columns: {
		...texts('id', 'name', 'code', 'city', 'state'),
		is_active: YES_NO,
		...texts('x_id', 'integration_id', 'updated_at'),
	},
	others: OTHER_FIELDS.property,
	filters: [isActive],
} satisfies RecordType;

export const unit = {
	noun: 'unit',
	path: '/v1/units/',
	description: 'The unit it is about',
	picker: {
		of: 'property',
		name: ({ number }) => words(number),
		details: ({ building_name, floor_plan_name, address_1 }) => [
			building_name ?? address_1,
			floor_plan_name,
		],
		apart: ({ building_name, floor_plan_name }) => [building_name, floor_plan_name],
	},
	finders: [byUnitNumber, byPmsId('unit', '0204')],
	facts: ['building_name', 'floor_plan_name'],
	columns: texts(
		...['id', 'number', 'building_name', 'address_1', 'floor_plan_name'],
		...['x_id', 'property_id', 'integration_id', 'updated_at'],
	),
	others: OTHER_FIELDS.unit,
} satisfies RecordType;

export const floorPlan: RecordType = {
	noun: 'floor plan',
	path: '/v1/floor-plans/',
	description: 'The floor plan that the lead asked for',
	picker: named,
	finders: [byName('floor plan', 'Aspen'), byPmsId('floor plan', 'A1')],
};
