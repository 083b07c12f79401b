import type { Field } from '../../../shared/fields/field';
import { jobWrite } from '../../jobs/jobWrite';
import { recordField } from '../../records/field';
import { integration, property } from '../../records/places';
import { LEAD_RULES } from '../../rules/leads';
import { employeeOfEvent, firstEvent, incompleteEvent } from './firstEvent';
import { ofYardi, placeFields, source, sourceFields } from './where';
import { nameAndContact, personFields } from './who';
import { stateFields, wishFields } from './wishes';

const numbers = { ofUpdate: false };

/** Where a new lead is added. */
export const integrationField = recordField(integration, { required: true });

/** What the editor shows of a new lead besides. */
export const newLeadFields: Field[] = [
	recordField(property, {
		// Create or Update looks there for the lead.
		withoutIt: ({ matchBy }) => (matchBy ? 'a lead of another property might be changed' : undefined),
		description: 'The property that the lead asked for. Most PMSs require it of a new lead.',
	}),
	...nameAndContact,
	source,
];

/** The fields of a new lead. */
const NEW_LEAD = {
	fields: [integrationField, ...newLeadFields],
	collections: [
		personFields,
		placeFields,
		sourceFields(ofYardi),
		wishFields(numbers),
		stateFields(numbers),
		firstEvent,
	],
};

/** Who a new lead is: what makes two items the same person. */
const WHO = ['integrationId', 'propertyId', 'email1', 'phone1', 'thirdPartyId', 'firstName', 'lastName'];

/** One new lead. Propexo answers with a job; the PMS gets the lead after it. */
export const create = jobWrite({
	value: 'create',
	name: 'Create',
	action: 'Create lead',
	description: 'Add a person who may rent, whether or not the PMS knows them already',
	noun: 'lead',
	...NEW_LEAD,
	method: 'POST',
	// With a trailing slash, as the list has one.
	path: '/v1/leads/',
	pms: LEAD_RULES,
	about: ['integrationId'],
	inOrderOf: WHO,
	sameEvent: WHO.slice(1),
	check: incompleteEvent,
	adds: employeeOfEvent,
});
