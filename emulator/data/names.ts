import { pick } from './pick.ts';

/** Made-up people and places for the emulator's records. */
const list = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

export const FIRST_NAMES = list(`
	Maria, Dana, Omar, Priya, Lucas, Aisha, Peter, Grace, Noah, Ines, Tomas, Yuki, Clara, Samuel, Leila,
	Victor, Nadia, Felix, Rosa, Hugo, Amara, Jonas, Mei
`);

export const LAST_NAMES = list(`
	Alvarez, Brooks, Chen, Dubois, Eriksen, Fischer, Garza, Hale, Ibrahim, Jensen, Kowalski, Lindqvist,
	Moreau, Nakamura, Okafor, Petrov, Quinn, Rossi, Singh
`);

export const STREETS = list(`
	Harbor Street, Maple Avenue, Mill Road, Orchard Lane, Station Way, Willow Court
`);

/** City, state (short and long), ZIP, coordinates [longitude, latitude] and time zone with its offset in winter. */
export const CITIES = [
	{
		city: 'Austin',
		state: 'TX',
		stateName: 'Texas',
		zip: '78701',
		at: [-97.743, 30.267],
		zone: 'America/Chicago',
		winter: '-06:00',
	},
	{
		city: 'Denver',
		state: 'CO',
		stateName: 'Colorado',
		zip: '80202',
		at: [-104.99, 39.739],
		zone: 'America/Denver',
		winter: '-07:00',
	},
	{
		city: 'Phoenix',
		state: 'AZ',
		stateName: 'Arizona',
		zip: '85004',
		at: [-112.074, 33.448],
		zone: 'America/Phoenix',
		winter: '-07:00',
	},
	{
		city: 'Atlanta',
		state: 'GA',
		stateName: 'Georgia',
		zip: '30303',
		at: [-84.388, 33.749],
		zone: 'America/New_York',
		winter: '-05:00',
	},
] as const;

/** The city of a property; it has one of these. */
export const cityOf = (property: { [field: string]: unknown }): (typeof CITIES)[number] =>
	CITIES.find(({ city }) => city === property['city']) ?? CITIES[0];

export const PROPERTY_NAMES = list(`
	Cedar Heights, Riverside Commons, The Foundry, Lakeview Terrace, Oak Hollow, Summit Row, Harbor
	Point, Magnolia Place, Union Yards, Parkline, Stonegate, Bluebonnet Court
`);

const AREA_CODES = ['212', '303', '404', '512', '602', '713', '818', '907'] as const;

/** A telephone number of ten digits that only the `number`th person has. */
export const phoneOf = (number: number): string =>
	`${pick(AREA_CODES, number)}555${String(Math.floor(number / AREA_CODES.length) % 10_000).padStart(4, '0')}`;
