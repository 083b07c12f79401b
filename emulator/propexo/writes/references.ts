import type { JsonObject } from '../../json.ts';
import { custom, type Issue } from '../errors.ts';
import type { IntegrationRecord, PropexoData, PropexoWorld } from '../world.ts';

/** The records that a field names. */
export interface Reference {
	among: keyof PropexoData;
	/** It must be a leasing agent. */
	leasingAgent?: boolean;
}

/** One table per kind of write: the fields that name records, by their API names. A field may hold a list of IDs. */
export type References = Readonly<Record<string, Reference>>;

/**
 * Records that a body names must exist, and belong to the same integration. `int_any` is a PMS without records of its
 * own: it takes records of every integration.
 * @param at where the body lies in the request
 */
export function referenceIssues(
	{ settings, data }: PropexoWorld,
	references: References,
	body: JsonObject,
	integration: IntegrationRecord,
	at: Issue['path'] = [],
): Issue[] {
	if (!settings.checkReferences) return [];
	const issues: Issue[] = [];
	for (const [field, { among, leasingAgent }] of Object.entries(references)) {
		const named = body[field];
		for (const [position, id] of [named].flat().entries()) {
			if (typeof id !== 'string') continue;
			const path = Array.isArray(named) ? [...at, field, position] : [...at, field];
			const record = data[among].get(id);
			const isForeign = integration.id !== 'int_any' && record?.['integration_id'] !== integration.id;
			if (!record || isForeign) issues.push(noSuchRecord(field, path));
			else if (leasingAgent && !isLeasingAgent(record))
				issues.push(custom(field, `${field} must have a role of LEASING_AGENT`, path));
		}
	}
	return issues;
}

/** The complaint about a field that names no record of the integration. */
export const noSuchRecord = (field: string, path: Issue['path'] = [field]): Issue =>
	custom(field, `No such record in this integration: ${field}`, path);

const isLeasingAgent = ({ roles }: JsonObject): boolean =>
	Array.isArray(roles) && roles.includes('LEASING_AGENT');
