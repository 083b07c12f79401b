import type { FieldCollection } from '../../../shared/fields/collections';
import type { Write } from '../../../shared/deliver/write';
import type { Field } from '../../../shared/fields/field';
import { jobWrite } from '../../jobs/jobWrite';
import { recordField } from '../../records/field';
import { integration, property } from '../../records/places';
import { LEAD_RULES } from '../../rules/leads';
import {
	ofYardi,
	placeFields,
	source,
	sourceFields,
	stateFields,
	wishFields,
} from '../../leads/fieldsOfInquiry';
import { ifPlaceholders, nameAndContact, personFields } from '../../leads/fieldsOfPerson';
import { employeeOfEvent, firstEvent, incompleteEvent } from '../../leads/firstEvent';
import { noteUnclaimed } from '../../leads/leadJobs';

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
	...ifPlaceholders(nameAndContact),
	source,
];

/** What can be added to a new lead. @param own fields about where it comes from, besides those of all new leads */
export const newLeadCollections = (own: Field[] = []): FieldCollection[] => [
	personFields,
	placeFields,
	sourceFields([...ofYardi, ...own]),
	wishFields(numbers),
	stateFields(numbers),
	firstEvent,
];

/** Who a new lead is: what makes two items the same person. */
const WHO = ['integrationId', 'propertyId', 'email1', 'phone1', 'thirdPartyId', 'firstName', 'lastName'];

/** *Create or Update* knows a lead by its job until Propexo shows it. */
const decide: Write['decide'] = async (tools, items) =>
	await Promise.resolve(
		items.map(({ read }) => ({ noteTaken: (rows) => noteUnclaimed(tools, read, rows) })),
	);

/** One new lead. Propexo answers with a job; the PMS gets the lead after it. */
export const create = jobWrite(
	{
		value: 'create',
		name: 'Create',
		action: 'Create lead',
		description: 'Add a person who may rent, whether or not the PMS knows them already',
		noun: 'lead',
		fields: [integrationField, ...newLeadFields],
		collections: newLeadCollections(),
		method: 'POST',
		// With a trailing slash, as the list has one.
		path: '/v1/leads/',
		pms: LEAD_RULES,
		about: ['integrationId'],
		inOrderOf: WHO,
		sameEvent: WHO.slice(1),
		check: incompleteEvent,
		adds: employeeOfEvent,
	},
	{ decide },
);
