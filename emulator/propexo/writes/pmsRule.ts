import type { Schema } from '../../server/route.ts';
import type { IntegrationRecord, PropexoWorld } from '../world.ts';

/** What one PMS takes of a write. */
export interface PmsRule {
	/** Besides the integration and, where a record is about a person, that person. */
	required: readonly string[];
	/** `all`: every field of the generic schema. */
	optional: readonly string[] | 'all';
	/** Values of this PMS, instead of those of the generic schema. */
	values?: Record<string, Schema>;
	/** Whether the write tells the ID of the record that it made. */
	tellsRecordId: boolean;
	/** `employee_id` must name a leasing agent. */
	leasingAgentsOnly?: boolean;
}

/** By PMS; `unsupported`: it takes no such write at all. A PMS that is missing takes the generic schema. */
export type PmsRules = Readonly<Record<string, PmsRule | 'unsupported'>>;

/** The rule for a PMS that is not listed. */
export const OPEN: PmsRule = { required: [], optional: 'all', tellsRecordId: true };

/** The rule for a write at an integration. */
export function ruleOf(
	world: PropexoWorld,
	rules: PmsRules,
	integration: IntegrationRecord | undefined,
): PmsRule | 'unsupported' {
	if (!world.settings.vendorRules) return OPEN;
	return rules[integration?.vendor ?? ''] ?? OPEN;
}
