import { addressLine, findableUnit } from '../../../nodes/RentEngine/records/units';

const [byAddress] = findableUnit.modes;

const addressOf = (number: string, street: string, unit: string, formatted: string) => ({
	...{ street_number: number, street_name: street, unit, city: 'Austin', state: 'TX' },
	...{ zip_code: '78701', formatted_address: formatted },
});

/** Whether a unit is the one that an address means. */
function isMeant(
	address: string,
	number: string,
	street: string,
	unit: string,
	formatted = `${number} ${street}${unit && `, Unit ${unit}`}, Austin, TX 78701, USA`,
): boolean {
	const row = { id: 501, address: addressOf(number, street, unit, formatted) };
	const key = byAddress?.alike(address);
	return byAddress?.of(row).some((held) => byAddress.alike(String(held)) === key) === true;
}

describe('The address of a unit', () => {
	it.each([
		'101 Oak Street, Unit 2',
		'101 oak street #2',
		'101 Oak Street Unit #2',
		'101 Oak Street Apt. 2, Austin',
		'101  Oak Street, Suite 2, Austin, TX 78701',
		'101 Oak Street Unit2, Austin, TX, 78701, USA',
		'101 Oak St 2',
		'101 Oak St, 2, Austin, TX 78701',
	])('is the same however it is written: %s', (written) => {
		expect(isMeant(written, '101', 'Oak Street', '2')).toBe(true);
	});

	it.each(['3#12', '#3#12', '3 Apt 12', '3 #12'])('has each part of the number of a unit: %s', (unit) => {
		expect(isMeant('101 Oak Street, Unit 3#12', '101', 'Oak Street', unit)).toBe(true);
	});

	it.each([
		['12 1st Street, Austin', '1', '21st Street', ''],
		['1 21st Street', '12', '1st Street', ''],
		['101 Oak Street Unit 1 12', '101', 'Oak Street', '11 2'],
		['10 1 Oak Street', '101', 'Oak Street', ''],
		['101 Oak Street', '101', 'Oak Street', '2'],
		['101 Oak Street, Unit 22', '101', 'Oak Street', '2'],
		['101 Oak Street, Unit 312', '101', 'Oak Street', '3#12'],
		['101 Oak Street, Unit 3#12', '101', 'Oak Street', '312'],
		['101 Oak Street, Unit 12#3', '101', 'Oak Street', '1#23'],
		['101 Oak Street 22', '101', 'Oak Street', '2'],
		['1012 Oak Street', '101', 'Oak Street', '2'],
		['101 Oak Street N', '101', 'Oak Street', 'N'],
		['101 Oak Street North', '101', 'Oak Street', 'N'],
	])('%s is not %s %s %s', (written, number, street, unit) => {
		expect(isMeant(written, number, street, unit)).toBe(false);
	});

	const building = (number: string, street: string, unit: string, formatted: string) => {
		const key = (written: string) => isMeant(written, number, street, unit, formatted);
		return { is: key, line: addressLine({ address: addressOf(number, street, unit, formatted) }) };
	};

	it.each([
		['200 E Main St', '200', 'E Main St', 'E'],
		['200 East Main Street', '200', 'E Main St', 'E'],
		['4100 Highway 6', '4100', 'Highway 6', '6'],
		['4100 Hwy 6', '4100', 'Highway 6', '6'],
		['12 Avenue D', '12', 'Avenue D', 'D'],
		['12 Main St N', '12', 'Main St N', 'N'],
		['1 Second Street 2', '1', 'Second Street 2', '2'],
		['200 E Main St', '', '', 'E'],
		['200 E Main St', '200', '', 'E'],
	])(
		'is not that of the building where the street has the letter or number of the unit: %s',
		(line, number, street, unit) => {
			const whole = `${line}, Austin, TX 78701, USA`;
			const { is, line: shown } = building(number, street, unit, whole);
			expect(shown).toBe(`${line}, Unit ${unit}, Austin, TX 78701, USA`);
			for (const written of [line, whole, `${line}, Austin, TX 78701`, `${line}, Austin`])
				expect(is(written)).toBe(false);
			for (const written of [shown, `${line}, Unit ${unit}, Austin, TX 78701`])
				expect(is(written)).toBe(true);
		},
	);

	it.each([
		['101 Oak Street 2, Austin', '101', 'Oak Street'],
		['101 Oak St 2, Austin', '101', 'Oak Street'],
		['101 Oak Street, 2, Austin', '101', 'Oak Street'],
		['101 Oak Street, 2, Austin', '', ''],
		['101 Oak Street, Apt 2, Austin', '', ''],
		['Unit 2, 101 Oak Street, Austin', '101', 'Oak Street'],
	])('has the number of its unit once: %s', (whole, number, street) => {
		expect(building(number, street, '2', whole).line).toBe(whole);
	});

	it.each([
		['101 Oak St 204', '', '', '204'],
		['101 Oak St 204', '101', 'Oak', '204'],
		['101 Oak Street 204', '101', 'Oak', '204'],
		['101 Oak St N 204', '101', 'Oak St', '204'],
		['101 Oak St Bldg 3 204', '101', 'Oak St', '204'],
		['101 Oak St Bldg 3, 204', '101', 'Oak St', '204'],
		['101 Oak St, Bldg 3, 204', '101', 'Oak St', '204'],
		['Maple Court, 101 Oak Street, 204', '101', 'Oak Street', '204'],
		['Maple Court, 101 Oak Street 204', '101', 'Oak Street', '204'],
		['Maple Court, 101 Oak Street, 204', '', '', '204'],
		['101 Oak Street B', '101', 'North Oak Street', 'B'],
		['101 N Oak Street B', '101', 'Oak Street', 'B'],
		['101 North Street 204', '101', 'North Street', '204'],
		['4100 Highway 6 6', '4100', 'Highway 6', '6'],
		['100 Pacific Coast Highway 204', '100', 'Pacific Coast Hwy', '204'],
		['12 Elm Rd 204', '12', 'Elm', '204'],
		['200 E Main St, E', '200', 'E Main St', 'E'],
	])('names its unit, is shown as it is, and finds it: %s', (line, number, street, unit) => {
		const whole = `${line}, Austin, TX 78701, USA`;
		const { is, line: shown } = building(number, street, unit, whole);
		expect(shown).toBe(whole);
		expect([is(whole), is(`${line}, Austin, TX 78701`.toLowerCase())]).toEqual([true, true]);
	});

	it.each([
		['4100 County Road 204', '', '', '204'],
		['4100 State Hwy 6', '4100', 'State', '6'],
		['4100 Highway 6', '', '', '6'],
		['12 Main St N', '12', 'Main St', 'N'],
		['101 Oak St Bldg 3', '101', 'Oak St', '3'],
		['101 Oak St Bldg 3 204', '101', 'Oak St', '3'],
		['101 Oak St 3 204', '101', 'Oak St', '3'],
		['101 Oak St', '101', 'Oak St', '101'],
		['101 Oak St', '101', 'Oak St', '78701'],
		['101 Oak St', '101', 'Oak St', 'Austin'],
		['101 Oak St', '', '', '78701'],
	])('is not that of a unit where it may mean something else: %s', (line, number, street, unit) => {
		const whole = `${line}, Austin, TX 78701, USA`;
		const { is, line: shown } = building(number, street, unit, whole);
		expect(shown).toContain(`, Unit ${unit}, `);
		expect([is(whole), is(shown)]).toEqual([false, true]);
	});

	it.each([
		['4100 County Road 204', 'County Road', '204'],
		['4100 Highway 6', 'Highway', '6'],
		['4100 Avenue D', 'Avenue', 'D'],
		['4100 Oak Street Austin TX 78701', 'Oak Street', 'Austin'],
		['4100 Oak Street 78701', 'Oak Street', '78701'],
		['4100 Oak Street, 78701, USA', 'Oak Street', '78701'],
	])(
		'gets the unit added where only the street, the city or the ZIP code has its letters: %s',
		(...given) => {
			const [whole, street, unit] = given;
			expect(building('4100', street, unit, whole).line).toBe(
				whole.replace(/(?=,|$)/, `, Unit ${unit}`),
			);
		},
	);
});
