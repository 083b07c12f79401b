import type { JsonObject } from '../../json.ts';
import type { Schema } from '../../server/route.ts';
import { missing, type Issue } from '../errors.ts';
import type { Checked } from '../writes/endpoint.ts';
import type { PmsRule, PmsRules } from '../writes/pmsRule.ts';
import { referenceIssues, type References } from '../writes/references.ts';
import { PHONE_TYPES } from './fields.ts';

/** A PMS that requires these fields; its page was not seen to refuse any other. */
const requires = (required: readonly string[], more: Partial<PmsRule> = {}): PmsRule => ({
	required,
	optional: 'all',
	tellsRecordId: true,
	...more,
});

const PHONE_TYPE: Schema = { type: 'string', enum: [...PHONE_TYPES, 'OTHER'] };
/** The phone types of Rent Manager, RealPage Exchange and Propertyware. */
const OTHER_PHONES: Record<string, Schema> = { phone_1_type: PHONE_TYPE, phone_2_type: PHONE_TYPE };
const NAME = ['first_name', 'last_name'];

const RPX_NAMES: Record<string, Schema> = {
	first_name: { type: 'string', maxLength: 30 },
	last_name: { type: 'string', maxLength: 30 },
};

/**
 * The rules of each PMS for `POST /v1/leads/`, from its page "Create lead" in Propexo's reference. Yardi REST's page was
 * not seen: it takes the generic schema. Which 57 states MRI knows was not seen either: two capital letters pass.
 */
export const CREATE: PmsRules = {
	YARDI: requires([
		...['property_id', 'lead_source_id', 'employee_id', 'third_party_id', 'organization_name'],
		...NAME,
	]),
	ENTRATA: requires(['property_id', 'lead_source_id', ...NAME], { tellsRecordId: false }),
	APPFOLIO: requires(['property_id', ...NAME]),
	REALPAGE: requires(NAME),
	REALPAGE_RPX: requires(['property_id', 'lead_relationship_id', ...NAME], {
		tellsRecordId: false,
		values: { ...OTHER_PHONES, ...RPX_NAMES },
	}),
	RENTMANAGER: requires(['property_id', ...NAME], { values: OTHER_PHONES }),
	RESMAN: requires(['lead_source_id', 'employee_id', 'property_id', ...NAME]),
	PROPERTYWARE: requires(NAME, { values: OTHER_PHONES }),
	MRI: requires(['property_id', 'last_name'], {
		values: {
			state: { type: 'string', pattern: '^[A-Z]{2}$' },
			notes: { type: 'string', maxLength: 30 },
		},
	}),
	BUILDIUM: 'unsupported',
	PROPERTYWARE_REST: 'unsupported',
};

/** The same for `PUT /v1/leads/{id}`. The pages of AppFolio and MRI were not seen: they take the generic schema. */
export const UPDATE: PmsRules = {
	YARDI: requires([]),
	YARDI_REST: requires(NAME),
	ENTRATA: requires([]),
	REALPAGE: requires([]),
	REALPAGE_RPX: requires([], { values: { ...OTHER_PHONES, ...RPX_NAMES } }),
	RENTMANAGER: requires([], { values: OTHER_PHONES }),
	RESMAN: requires([]),
	PROPERTYWARE: requires([], { values: OTHER_PHONES }),
	BUILDIUM: 'unsupported',
	PROPERTYWARE_REST: 'unsupported',
};

/** The records that a lead names. Propexo lists no lease periods, so any text is taken for one. */
export const REFERENCES: References = {
	property_id: { among: 'properties' },
	unit_id: { among: 'units' },
	desired_unit_ids: { among: 'units' },
	employee_id: { among: 'employees' },
	lead_source_id: { among: 'leadSources' },
	lead_relationship_id: { among: 'leadRelationships' },
	floor_plan_id: { among: 'floorPlans' },
	address_type_id: { among: 'addressTypes' },
	lead_id: { among: 'leads' },
};

/** The events that a lead brings along name records too. */
export function eventsIssues({ world, body, integration }: Checked): Issue[] {
	return eventsOf(body).flatMap((event, position) =>
		referenceIssues(world, REFERENCES, event, integration, ['events', position]),
	);
}

/** The events that come along with a new lead. */
export const eventsOf = (body: JsonObject): JsonObject[] =>
	Array.isArray(body['events']) ? (body['events'] as JsonObject[]) : [];

const ADDRESS = ['address_1', 'address_2', 'city', 'state', 'zip', 'country'];

/** An address can only be changed together with its type. */
export function addressIssues({ body, taken }: Checked): Issue[] {
	const isChanged = ADDRESS.some((field) => body[field] !== undefined);
	const isMissing = Object.hasOwn(taken, 'address_type_id') && body['address_type_id'] === undefined;
	return isChanged && isMissing
		? [missing('address_type_id', 'string', 'Required for updating the address')]
		: [];
}

/** Entrata keeps the source that a lead has. */
export function sourceRefusal({ body, integration, changed }: Checked): string | undefined {
	const isChange = body['lead_source_id'] !== undefined && changed?.['lead_source_id'] != null;
	return integration.vendor === 'ENTRATA' && isChange ? 'The lead has a lead source already.' : undefined;
}
