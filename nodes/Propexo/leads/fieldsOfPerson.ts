import type { FieldCollection } from '../../shared/fields/collections';
import type { ChoiceField, Field } from '../../shared/fields/field';
import { apiName } from '../../shared/fields/names';
import { ifUnlikelyAge } from '../../shared/fields/times/plausible';
import { emailAlike, idAlike, ifNobodys, phoneAlike } from '../../shared/find/alike';
import { textOf } from '../../shared/json/text';
import { recordField } from '../records/field';
import { byEmail } from '../records/finders';
import { addressType } from '../records/people';
import { choicesOf } from '../../shared/fields/choices';

/*
 * Who a lead is. Names, limits and values of all fields of a lead: the schemas of POST /v1/leads/ and PUT /v1/leads/{id}
 * in Propexo's OpenAPI file.
 */

/** What the editor shows of every lead without adding it. */
export const nameAndContact: Field[] = [
	{
		name: 'firstName',
		label: 'First Name',
		kind: 'text',
		placeholder: 'e.g. Nathan',
		description: 'The first name of the lead. All PMSs but MRI require one of a new lead.',
	},
	{
		name: 'lastName',
		label: 'Last Name',
		kind: 'text',
		placeholder: 'e.g. Smith',
		description: 'The last name of the lead. Every PMS requires one of a new lead.',
	},
	{
		...byEmail('lead').field,
		remark: ifNobodys(emailAlike),
		description: "The lead's primary email address",
	},
	{
		name: 'phone1',
		api: 'phone_1',
		label: 'Phone Number',
		kind: 'phone',
		remark: ifNobodys(phoneAlike),
		placeholder: 'e.g. (512) 555-0100',
		description: "The lead's primary phone number",
	},
];

/** `OTHER` is not in the generic schema, but on the pages of three PMSs. */
const phoneType = (number: 1 | 2, title: string, usual: string): ChoiceField => ({
	name: `phone${number}Type`,
	api: `phone_${number}_type`,
	label: `${title} Type`,
	kind: 'choice',
	options: choicesOf(
		'FAX',
		{ value: 'HOME', alsoTaken: ['landline'] },
		{ value: 'MOBILE', alsoTaken: ['cell', 'cell phone'] },
		{ value: 'OTHER', description: 'Rent Manager, RealPage Exchange and Propertyware' },
		{ value: 'WORK', alsoTaken: ['office', 'business'] },
	),
	default: 'MOBILE',
	description: `What kind of number it is. Left out, it is ${usual} in ResMan.`,
});

/** A ZIP code as a number, 02134 without its zero; as Meta's lead files have it, `z:78701`; and none, `N/A`. */
const CHANGED_ZIP = /^\d{3,4}$|^z:|^\D*$/;

const address: Field[] = [
	{
		name: 'address1',
		api: 'address_1',
		label: 'Address',
		kind: 'text',
		placeholder: 'e.g. 12 Oak Street',
		description: 'The first line of the address where the lead lives now',
	},
	{
		name: 'address2',
		api: 'address_2',
		label: 'Address, Second Line',
		kind: 'text',
		placeholder: 'e.g. Apartment 4',
		description: 'The second line of that address',
	},
	{
		name: 'city',
		label: 'City',
		kind: 'text',
		placeholder: 'e.g. Austin',
		description: 'The city of that address',
	},
	{
		name: 'state',
		label: 'State',
		kind: 'text',
		placeholder: 'e.g. TX',
		description: 'The state of that address. MRI takes the two letters.',
	},
	{
		name: 'zip',
		label: 'ZIP Code',
		kind: 'text',
		isId: true,
		remark: (zip) =>
			CHANGED_ZIP.test(textOf(zip))
				? /**
					 * @cause A hint: the ZIP code has lost a zero at its beginning, has more than its digits, such as z:78701, or has none.
					 * It was sent.
					 * @cure Format the column as text where the file is made. Nothing, if it is a code of another country.
					 */
					'does not have the five digits of a ZIP code. A spreadsheet may have changed it'
				: undefined,
		placeholder: 'e.g. 78701',
		description: 'The ZIP code of that address',
	},
	{
		name: 'country',
		label: 'Country',
		kind: 'text',
		placeholder: 'e.g. US',
		description: 'The country of that address',
	},
];

/** Fields with a remark about a placeholder such as N/A, where they have none of their own. */
export const ifPlaceholders = (fields: Field[]): Field[] =>
	fields.map((field): Field => ({ remark: ifNobodys(idAlike), ...field }));

/** The parts of an address: a change of one of them needs *Address Type*. */
export const ADDRESS = address.map(({ name }) => name);
/** The same by the API's names. */
export const ADDRESS_NAMES = address.map(apiName);

/** Everything else about the person. */
export const personFields: FieldCollection = {
	name: 'personFields',
	label: 'More About the Person',
	fields: [
		{
			name: 'middleName',
			label: 'Middle Name',
			kind: 'text',
			placeholder: 'e.g. James',
			description: 'The middle name of the lead',
		},
		{
			name: 'middleInitial',
			label: 'Middle Initial',
			kind: 'text',
			maxLength: 1,
			placeholder: 'e.g. J',
			description: 'The first letter of the middle name, for PMSs that keep no more of it',
		},
		{
			name: 'dateOfBirth',
			label: 'Date of Birth',
			kind: 'date',
			past: true,
			remark: ifUnlikelyAge,
			description: 'The day on which the lead was born. A time of day is cut off.',
		},
		phoneType(1, 'Phone', 'Home'),
		{
			name: 'phone2',
			api: 'phone_2',
			label: 'Second Phone Number',
			kind: 'phone',
			remark: ifNobodys(phoneAlike),
			placeholder: 'e.g. (512) 555-0101',
			description: 'Another number of the lead',
		},
		/** @noMessage */
		phoneType(2, 'Second Phone', 'Mobile'),
		...ifPlaceholders(address),
		recordField(addressType),
	],
};
