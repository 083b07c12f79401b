import type { INodeProperties } from 'n8n-workflow';

import { EVENT_TYPES, OTHER_TYPES } from '../records/eventTypes';

export const LEASING_EVENTS = 'leasing_events';
export const OTHER = 'other';

/** In a notice, the editor keeps links and lists and no other tags. */
const STEPS = [
	"Copy the production URL from 'Webhook URLs' above.",
	"In RentEngine, open the <a href='https://app.rentengine.io/developer/portal' target='_blank'>Developer Portal</a>, tab Webhooks, and add a webhook for each table and event type chosen below, with this URL.",
	"There, set an API key that RentEngine sends as X-API-Key, and enter the same text as 'Webhook Secret' in the credential. Without one, nothing is taken.",
	'Publish this workflow.',
];
const BY_HAND = `RentEngine has no API to register a webhook, so it is entered there by hand:<ul>${STEPS.map((step) => `<li>${step}</li>`).join('')}</ul>`;

const leasingEventsChosen = { show: { tables: [LEASING_EVENTS] } };

/** The fields of the trigger. */
export const triggerProperties: INodeProperties[] = [
	{ displayName: BY_HAND, name: 'steps', type: 'notice', default: '' },
	{
		displayName: 'Tables',
		name: 'tables',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Leasing Events', value: LEASING_EVENTS },
			{ name: 'Other (by Name)', value: OTHER },
			{ name: 'Prospects', value: 'prospects' },
			{ name: 'Rental Application Groups', value: 'rental_application_groups' },
			{ name: 'Units', value: 'units' },
		],
		default: [LEASING_EVENTS],
		description: 'Which tables of RentEngine start the workflow',
	},
	{
		displayName: 'Other Tables',
		name: 'otherTables',
		type: 'string',
		default: '',
		placeholder: 'e.g. showings, pm_business_development_leads',
		description: 'Names of further tables as RentEngine spells them, separated by commas',
		displayOptions: { show: { tables: [OTHER] } },
	},
	{
		displayName: 'Actions',
		name: 'actions',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Delete', value: 'DELETE', description: 'A row was deleted' },
			{ name: 'Insert', value: 'INSERT', description: 'A row was added' },
			{ name: 'Update', value: 'UPDATE', description: 'A row was changed' },
		],
		default: ['INSERT', 'UPDATE'],
		description:
			'What has to happen to a row. A leasing event that moves on, such as from Showing Scheduled to Showing Complete, is an update of the same row.',
	},
	{
		displayName: 'Event Types',
		name: 'eventTypes',
		type: 'multiOptions',
		options: [...EVENT_TYPES]
			.sort((a, b) => a.localeCompare(b))
			.map((type) => ({ name: type, value: type })),
		default: [],
		description: 'Only leasing events of these types start the workflow; all, if none is chosen',
		displayOptions: leasingEventsChosen,
	},
	{
		displayName: 'Other Event Types',
		name: 'otherEventTypes',
		type: 'string',
		default: '',
		placeholder: 'e.g. Showing Pending; Key Returned',
		description: OTHER_TYPES,
		displayOptions: leasingEventsChosen,
	},
	{
		displayName: 'Include Edits',
		name: 'includeEdits',
		type: 'boolean',
		default: false,
		description:
			'Whether an update that leaves the type of a leasing event as it was, such as edited notes, starts the workflow too',
		displayOptions: leasingEventsChosen,
	},
];
