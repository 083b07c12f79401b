/*
 * The fields of records besides the columns of a simplified one: *Selected Fields* offers them too. Source: Propexo's
 * OpenAPI file; a test compares the two.
 */

/** What every record has. */
const names = (text = ''): string[] => `created_at last_seen integration_vendor ${text}`.trim().split(/\s+/);

/**
 * What every person has.
 *
 * @noMessage Names of the API.
 */
const PERSON = `
		address_1 address_2 city country custom_data date_of_birth email_2 middle_name notes pets
		phone_1_type phone_2_type phone_2 state zip
	`;

/**
 * By the noun of the record.
 *
 * @noMessage Names of the API.
 */
export const OTHER_FIELDS = {
	lead: names(`${PERSON}
		x_created_at x_guestcard_id x_leasing_agent_id x_property_id x_unit_id x_unit_id_preferred
		x_updated_at x_lead_source_id desired_amenities desired_floor_plan_id desired_floor_plan_name
		desired_lease_term_in_months desired_max_rent_in_cents desired_max_square_ft
		desired_min_rent_in_cents desired_min_square_ft desired_num_bathrooms desired_num_bedrooms
		desired_unit_number desired_unit_type ils lead_source leasing_agent number_of_occupants
		pet_details target_move_in_date lead_source_id unit_id_preferred screenings
	`),
	applicant: names(`${PERSON}
		x_property_id x_unit_id x_lease_id x_unit_id_preferred address_1_alternate address_2_alternate
		applications city_alternate country_alternate self_reported_income state_alternate
		type_normalized type_raw zip_alternate unit_id_preferred screenings
	`),
	resident: names(`${PERSON}
		leases_meta_data address_1_alternate address_2_alternate balance_in_cents city_alternate
		country_alternate is_employee late_balance_in_cents state_alternate zip_alternate vehicles
	`),
	employee: names(`
		x_property_id x_location_id
	`),
	property: names(`
		property_id x_created_at x_property_id x_building_id building_number country county custom_data
		manager_email manager_name manager_phone_1 manager_phone_1_type manager_phone_2
		manager_phone_2_type notes number_of_units square_footage square_feet street_address_1
		street_address_2 address_1 address_2 type type_raw type_normalized website year_built zip
		long_description short_description office_hours pet_types associated_owner_ids
	`),
	unit: names(`
		x_property_id x_floor_plan_id x_unit_type_id bathrooms bathrooms_full bathrooms_half bedrooms
		building_number city country custom_data floor_plan_code floor is_available is_furnished
		is_listed is_vacant rent_amount_market_in_cents rent_amount_max_in_cents
		rent_amount_min_in_cents square_feet state street_address_1 street_address_2 address_2 zip
		pets_allowed dogs_allowed cats_allowed pet_policy floor_plan_id unit_type_id
	`),
	event: names(`
		updated_at x_id x_property_id x_leasing_agent_id x_type_id x_location_id reasons_for_event
		associated_lead_ids associated_applicant_ids associated_resident_ids
	`),
	eventType: names(`
		x_property_id x_location_id
	`),
};
