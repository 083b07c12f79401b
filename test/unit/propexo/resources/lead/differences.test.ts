import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { differences } from '../../../../../nodes/Propexo/leads/differences';

/** What Propexo holds of a lead, and the same as an item may say it. */
const holding = fc.record({
	first_name: fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name.trim() !== ''),
	email_1: fc.emailAddress(),
	phone_1: fc.integer({ min: 2_000_000_000, max: 9_999_999_999 }).map((digits) => `${digits}`),
	desired_num_bedrooms: fc.integer({ min: 0, max: 9 }),
	target_move_in_date: fc
		.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString().slice(0, 10)),
});

/** Another way to write the same. */
const otherwise = (lead: IDataObject): IDataObject => ({
	first_name: ` ${String(lead.first_name)} `,
	email_1: String(lead.email_1).toUpperCase(),
	phone_1: `+1 (${String(lead.phone_1).slice(0, 3)}) ${String(lead.phone_1).slice(3)}`,
	desired_num_bedrooms: `${String(lead.desired_num_bedrooms)}`,
	target_move_in_date: `${String(lead.target_move_in_date)}T12:00:00Z`,
});

describe('What an item says of a lead and what Propexo holds of it', () => {
	it('are the same however it is written', () => {
		fc.assert(
			fc.property(holding, (lead) => expect(differences(lead, otherwise(lead))).toEqual([])),
			{ seed: 20_261_126 },
		);
	});

	it('differ in exactly what is another value, or nothing, in the record', () => {
		fc.assert(
			fc.property(
				holding,
				fc.constantFrom('first_name', 'phone_1', 'desired_num_bedrooms'),
				(lead, name) => {
					const sent = otherwise(lead);
					expect(differences({ ...lead, [name]: '77' }, sent)).toEqual([name]);
					expect(differences({ ...lead, [name]: null }, sent)).toEqual([name]);
				},
			),
			{ seed: 20_261_126 },
		);
	});

	it('go by the other names of the record', () => {
		const lead = { unit_id_preferred: ['unit_1', 'unit_2'], middle_name: 'James', status: 'Prospect' };
		expect(differences(lead, { middle_initial: 'J', status_raw: 'Prospect' })).toEqual([]);
		expect(differences(lead, { middle_initial: 'K', status_raw: 'Lost' })).toHaveLength(2);
		expect(differences(lead, { desired_unit_ids: ['unit_2', 'unit_1'] })).toEqual([]);
		expect(differences(lead, { unit_id: 'unit_1' })).toEqual(['unit_id']);
		expect(differences(lead, { desired_unit_ids: ['unit_2', 'unit_3'] })).toEqual(['desired_unit_ids']);
	});

	it('are the same in another letter case, where the record has the word of the PMS', () => {
		const held = { phone_1_type: 'Mobile', phone_2_type: 'home ', status: 'Active' };
		const said = { phone_1_type: 'MOBILE', phone_2_type: 'HOME', status: 'ACTIVE' };
		expect(differences(held, said)).toEqual([]);
		const others = { phone_1_type: 'WORK', phone_2_type: 'FAX', status: 'COLD' };
		expect(differences(held, others)).toEqual(Object.keys(others));
	});

	it('always differ in a floor plan: the record has the ID of the PMS', () => {
		expect(differences({ desired_floor_plan_id: 'plan_1' }, { floor_plan_id: 'plan_1' })).toHaveLength(1);
	});

	it('differ where a value is to be emptied, and where the record has no such field', () => {
		expect(
			differences({ desired_min_rent_in_cents: 1 }, { desired_min_rent_in_cents: null }),
		).toHaveLength(1);
		expect(differences({ desired_min_rent_in_cents: null }, { desired_min_rent_in_cents: null })).toEqual(
			[],
		);
		expect(differences({}, { has_cats: true })).toEqual(['has_cats']);
	});
});
