import type { IntegrationRecord } from '../world.ts';
import { stamp } from '../../data/times.ts';

export interface KnownIntegration {
	id: string;
	vendor: string;
	name: string;
}

/**
 * The integrations of the emulated Propexo, one per PMS. `int_any` is a PMS without rules or records of its
 * own: it takes every field of the generic schema, and any lead.
 */
export const INTEGRATIONS: readonly KnownIntegration[] = [
	{ id: 'int_yardi_1', vendor: 'YARDI', name: 'Cedar Group Yardi' },
	{ id: 'int_entrata_1', vendor: 'ENTRATA', name: 'Lakeview Entrata' },
	{ id: 'int_resman_1', vendor: 'RESMAN', name: 'Oak Hollow ResMan' },
	{ id: 'int_realpage_1', vendor: 'REALPAGE', name: 'Summit RealPage' },
	{ id: 'int_realpage_rpx_1', vendor: 'REALPAGE_RPX', name: 'Summit RealPage Exchange' },
	{ id: 'int_rentmanager_1', vendor: 'RENTMANAGER', name: 'Union Yards Rent Manager' },
	{ id: 'int_propertyware_1', vendor: 'PROPERTYWARE', name: 'Stonegate Propertyware' },
	{ id: 'int_mri_1', vendor: 'MRI', name: 'Parkline MRI' },
	{ id: 'int_appfolio_1', vendor: 'APPFOLIO', name: 'Magnolia AppFolio' },
	{ id: 'int_buildium_1', vendor: 'BUILDIUM', name: 'Harbor Buildium' },
	{ id: 'int_any', vendor: 'OTHER', name: 'Any PMS' },
];

/** The record that `GET /v1/admin/integrations/` shows. */
export function integrationRecord(known: KnownIntegration, index: number): IntegrationRecord {
	return {
		...known,
		created_at: stamp(index),
		updated_at: stamp(index + 5),
		active: true,
		system: 'PRODUCTION',
		max_job_concurrency: 4,
		max_request_frequency: 60,
		max_request_cadence: 'MINUTE',
		base_url: null,
		is_archived: false,
		last_completed_sync: stamp(600 + index),
		last_completed_back_sync: null,
		new_properties_are_enabled: true,
		integration_interfaces: [],
		models: {
			events: { enabled: true, from_interfaces: [] },
			leads: { enabled: true, from_interfaces: [] },
		},
		can_authenticate: true,
		last_data_access_check: null,
		configuration_meta_data: [],
	};
}
