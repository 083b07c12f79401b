import type { INodeProperties } from 'n8n-workflow';

import { expressionFlags, shownWith } from '../../shared/fields/editor';
import { EVENT_TYPE_OPTIONS, OTHER_TYPES } from '../records/eventTypes';
import { ABOUT_LEASING_EVENTS, ABOUT_OTHERS, EVENTS } from './events';

/**
 * In a notice, the editor keeps links and lists and no other tags.
 *
 * @noMessage
 */
const STEPS = [
	"Copy the production URL from 'Webhook URLs' above.",
	"In RentEngine, open the <a href='https://app.rentengine.io/developer/portal' target='_blank'>Developer Portal</a>, tab Webhooks, and add a webhook with this URL for everything that is chosen below. RentEngine calls it a table (leasing_events, prospects, units …) and an action (insert, update, delete).",
	"There, set an API key that RentEngine sends as X-API-Key, and enter the same text as 'Webhook Secret' in the credential. Without it, every webhook is refused.",
	'Publish this workflow. A test hears only what RentEngine sends to the test URL.',
];
/** @noMessage */
const BY_HAND = `RentEngine has no API to register a webhook, so it is entered there by hand:<ul>${STEPS.map((step) => `<li>${step}</li>`).join('')}</ul>`;

/** The fields of the trigger. */
export const triggerProperties: INodeProperties[] = [
	{ displayName: BY_HAND, name: 'steps', type: 'notice', default: '' },
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		required: true,
		options: EVENTS,
		default: ['leasingEventCreated', 'leasingEventChanged'],
		description: 'What starts the workflow',
	},
	...expressionFlags('triggerOn'),
	...shownWith('triggerOn', ABOUT_OTHERS, {
		displayName: 'Other Tables',
		name: 'otherTables',
		type: 'string',
		default: '',
		placeholder: 'e.g. showings, pm_business_development_leads',
		description: 'Names of further tables as RentEngine spells them, separated by commas',
	}),
	...shownWith('triggerOn', ABOUT_LEASING_EVENTS, {
		displayName: 'Event Types',
		name: 'eventTypes',
		type: 'multiOptions',
		// An expression may give any letter case, and types that RentEngine has added since.
		allowArbitraryValues: true,
		options: EVENT_TYPE_OPTIONS,
		default: [],
		hint: 'If this workflow assigns prospects, choose the types: each assignment is an event too, and would start it again',
		description: 'Only leasing events of these types start the workflow; all, if none is chosen',
	}),
	...shownWith('triggerOn', ABOUT_LEASING_EVENTS, {
		displayName: 'Other Event Types',
		name: 'otherEventTypes',
		type: 'string',
		default: '',
		placeholder: 'e.g. Showing Pending; Key Returned',
		description: OTHER_TYPES,
	}),
	...shownWith('triggerOn', ['leasingEventChanged'], {
		displayName: 'Include Edits',
		name: 'includeEdits',
		type: 'boolean',
		default: false,
		description:
			'Whether changes that leave the type of a leasing event as it was also start the workflow, such as edited notes or a showing at another time',
	}),
];
