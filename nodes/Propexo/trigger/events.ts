import type { INodePropertyOptions } from 'n8n-workflow';

import { choicesOf } from '../../shared/fields/choices';

/** The events that Propexo sends. There is none for a write that succeeded. */
export const EVENTS: INodePropertyOptions[] = [
	{
		name: 'First Sync Completed',
		value: 'FIRST_SYNC_COMPLETE',
		description: 'The first sync of an integration has ended',
	},
	{
		name: 'Read Job Failed',
		value: 'JOB_FAILURE',
		description: 'Propexo could not read something from the PMS',
	},
	{
		name: 'Record Created',
		value: 'DATA_NEW',
		description: 'A sync after the first one found a new record',
	},
	{
		name: 'Record Updated',
		value: 'DATA_UPDATE',
		description: 'A sync after the first one found a record changed',
	},
	{
		name: 'Sync Completed',
		value: 'SYNC_COMPLETE',
		description: 'A sync of an integration has ended',
	},
	{
		name: 'Write Failed or Partly Failed',
		value: 'WRITE_OPERATION_FAILURE',
		description: 'The PMS did not accept a write, or only part of it',
	},
];

/** The two events that are about records, and can be narrowed to one type of them. */
export const RECORD_EVENTS = ['DATA_NEW', 'DATA_UPDATE'];

/**
 * The name of a type of records as POST /v1/webhooks/ spells it, `leads_to_events`. Source for hyphens in deliveries: `object` on
 * the pages of docs.propexo.com on the webhooks DATA_NEW and DATA_UPDATE.
 */
export const modelNamed = (name: string): string => name.trim().toLowerCase().replaceAll('-', '_');

/**
 * By Propexo's names, the types that few people want.
 *
 * @noMessage
 */
const OTHERS = `
accounting_entities address_types amenities ap_codes ap_codes_to_construction_job applicant_pets
applicants_to_applications applicants_to_rentable_items application_statuses applications call_logs charge_code_types
charge_code_types_to_charge_timings charge_codes charge_timings concessions construction_job_details construction_jobs
contract_details contracts crm_agents crm_amenities crm_attributions crm_communities crm_communities_to_agents
crm_communities_to_attributions crm_events crm_listings crm_pet_policies crm_prospects deposit_summaries deposits
entrata_lease_periods entrata_unit_types entrata_vendor_locations event_results event_results_to_event_types
event_sub_types event_types fees file_types financial_accounts floor_plans integration_configuration_meta_data
invoice_items invoices lead_pets lead_relationships lead_sources leads_to_rentable_items lease_services
lease_transfers leases listings locations note_categories owners owners_to_properties payable_register_items
payable_registers pet_types property_lists property_lists_to_properties property_office_hours purchase_order_items
purchase_order_items_to_invoices purchase_orders recurring_resident_charges rentable_items
rentvine_application_templates resident_allocations resident_charges resident_insurance resident_payments
resident_pets resident_vehicles residents_to_leases residents_to_rentable_items screenings
service_request_access_contacts service_request_categories service_request_locations service_request_notes
service_request_priorities service_request_problems service_request_statuses service_request_vendor_categories
service_request_vendor_contacts service_request_vendors service_request_vendors_insurance
service_request_vendors_to_properties service_requests service_requests_to_employees service_requests_to_vendors
timezones transactions unit_details unit_pricing units_to_amenity vendor_insurance_coverage_types
vendor_insurance_policy_types vendor_payment_types
`;

/**
 * The types of records that a registration can be narrowed to, those first that most people want; Propexo calls them models.
 * Source: `model` of POST /v1/webhooks/ in Propexo's OpenAPI file.
 */
export const MODELS: INodePropertyOptions[] = choicesOf(
	{ name: 'Any', value: '', description: 'Every record that a sync finds, which can be thousands' },
	'applicants',
	'employees',
	{
		value: 'events',
		description: 'Calls, emails, tours, appointments and notes of all people',
	},
	{
		name: 'Events of Applicants',
		value: 'applicants_to_events',
		description: 'Only says which event an applicant has, not what happened',
	},
	{
		name: 'Events of Leads',
		value: 'leads_to_events',
		description: 'Only says which event a lead has, not what happened',
	},
	{
		name: 'Events of Residents',
		value: 'residents_to_events',
		description: 'Only says which event a resident has, not what happened',
	},
	'leads',
	'properties',
	'residents',
	'units',
	...OTHERS.trim().split(/\s+/),
);
