import type { IDataObject } from 'n8n-workflow';

import { by } from '../support/locator.ts';
import { useProspects } from './support/prospects.ts';
import { jsonOf, run } from './support/run.ts';

const { services, rentEngine, lookUps } = useProspects();

describe('Prospect: Get Many of a unit given by its address', () => {
	const address = () => rentEngine().data.units.get(501)!.address as IDataObject;
	const getMany = async (value: unknown) =>
		await run(services, 'prospect', 'getAll', {
			filters: { unitOfInterest: by('address', value) },
			returnAll: true,
		} as IDataObject);

	it.each<[string, () => unknown]>([
		['the whole address', () => address().formatted_address],
		['without the country', () => String(address().formatted_address).replace(', USA', '').toUpperCase()],
		[
			'street and unit',
			() => `${address().street_number} ${address().street_name} Apt ${address().unit}`,
		],
	])('finds it by %s', async (_, given) => {
		const rows = jsonOf(await getMany(given()));
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ unit_of_interest }) => unit_of_interest === 501)).toBe(true);
	});

	const live = (number: string, street: string, unit: string | null, city = 'Austin') => ({
		...{ street_number: number, street_name: street, unit, city, state: 'Texas', zip_code: '78701' },
		formatted_address: `${number} ${street}${unit ? `, Unit ${unit}` : ''}, ${city}, TX 78701, USA`,
	});
	/** A formatted address that ends with the building. */
	const ofBuilding = (number: string, unit: string) => ({
		...live(number, 'Elm Street', unit),
		formatted_address: `${number} Elm Street, Austin, TX 78701, USA`,
	});
	const putUnits = (addresses: IDataObject[]) => {
		const { rows } = rentEngine().data.units;
		addresses.forEach((one, index) => Object.assign(rows[index] ?? {}, { address: one }));
	};
	const ELM = live('12', 'Elm Street', '4');

	it.each<[given: string, address: IDataObject]>([
		['12 Elm Street Apt 4 Austin TX', ELM],
		['12 Elm Street, Unit 4, Austin, TX', ELM],
		['12 Elm Street #4, Austin, Texas', ELM],
		['14 elm street, austin, tx', live('14', 'Elm Street', null)],
		['14 Elm St', live('14', 'Elm Street', null)],
		['14 Elm Street, Austin', live('14', 'Elm St.', null)],
		['18 N Oak Ave', live('18', 'North Oak Avenue', null)],
		['18 north oak avenue #2a', live('18', 'N Oak Ave', '2A')],
		['20 Lake Pkwy NE, Austin, TX 78701', live('20', 'Lake Parkway Northeast', null)],
		['21 Cedar Trl, Austin', live('21', 'Cedar Trail', null)],
		['22 Eagle Rdg Cove', live('22', 'Eagle Ridge Cv', null)],
		['12 Elm Street Apt 4, Austin, TX 78701-4321', ELM],
		['22 St. Marie Rd Unit N', live('22', 'St Marie Road', 'N')],
		['24 Elm Street #4, Austin, TX 78701', ofBuilding('24', '4')],
		['24 Elm St, Apt 4, Austin, TX', ofBuilding('24', 'Apt 4')],
		['26 Elm Street, Austin, TX 78701', ofBuilding('26', 'N/A')],
		['26 Elm Street', ofBuilding('26', '-')],
	])('finds it by %s', async (given, one) => {
		putUnits([one, live('99', 'Elm Street', null)]);
		const rows = jsonOf(await getMany(given));
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ unit_of_interest }) => unit_of_interest === 501)).toBe(true);
	});

	it.each<[given: string, found: 'No unit has' | '2 units have', addresses: IDataObject[]]>([
		['12 Elm Street Apt 4', '2 units have', [ELM, live('12', 'Elm Street', '4', 'Dallas')]],
		['14 Elm St', '2 units have', [live('14', 'Elm St', null), live('14', 'Elm Street', null)]],
		['12 Elm Street Apt 4, Dallas, TX', 'No unit has', [ELM]],
		['12 Elm Street Apt 4, Austin, TX 78702', 'No unit has', [ELM]],
		['12 Elm Street Apt 4, Austin, TX 78702-4321', 'No unit has', [ELM]],
		['12 Elm Street Apt 10432-1202', 'No unit has', [live('12', 'Elm Street', '10432-1201')]],
		['10432-1202 Elm St, Austin', 'No unit has', [live('10432-1201', 'Elm Street', null)]],
		['14 Elm St', 'No unit has', [live('14', 'Elm Avenue', null)]],
		['16 N Street', 'No unit has', [live('16', 'North Street', null)]],
		['16 Easter Ave', 'No unit has', [live('16', 'E Aster Avenue', null)]],
		['16 Elm Street Unit North', 'No unit has', [live('16', 'Elm Street', 'N')]],
		['24 Elm Street, Austin, TX 78701', 'No unit has', [ofBuilding('24', '4')]],
		['24 Elm Street, Austin, TX 78701', 'No unit has', [ofBuilding('24', '24')]],
	])('by %s, %s it, nothing is read', async (given, found, addresses) => {
		putUnits(addresses);
		const { thrown } = await getMany(given);
		expect(thrown?.message).toContain(`${found} the address in 'Unit of Interest'`);
		expect(lookUps()).toEqual([]);
	});

	it.each<[string, () => unknown, RegExp]>([
		[
			'a part of it',
			() => `${address().street_number} ${address().street_name}`,
			/^No unit has the address in 'Unit of Interest'\. 'From List' shows all there are$/,
		],
		[
			'an address of two units',
			() => {
				rentEngine().rows.insert('units', { id: 999, address: address(), status: 'Archived' });
				return address().formatted_address;
			},
			/^2 units have the address in 'Unit of Interest': Available, #501; Archived, #999\. Choose it 'From List' or 'By ID'$/,
		],
	])('reads nothing by %s', async (_, given, told) => {
		const { thrown } = await getMany(given());
		expect(thrown?.message).toMatch(told);
		expect(lookUps()).toEqual([]);
	});
});
