import { additionalFieldsOf } from '../../../shared/fields/collections';
import type { Field, RecordField } from '../../../shared/fields/field';
import { json } from '../../kinds/json';
import { numericId } from '../../kinds/numericId';
import { listedUserIds, userIds } from '../../kinds/userIds';
import { ASSIGN_TO_USER } from '../../records/eventTypes';
import { findableProspect } from '../../records/prospects';

/*
 * The fields of POST /leasing_events. Names and values: RentEngine's page "Create leasing events", version 1.1.1.
 */

/** Values of *Assignment*. */
export const NEXT_IN_TURN = 'nextInTurn';

const ASSIGNING = { eventType: [ASSIGN_TO_USER] };
const OTHER = { eventType: ['other'] };

/** Where an event to be created may come from. Replies have more values. */
const sources = [
	'Automation',
	'Email',
	'Facebook Message',
	'Other',
	'Phone Call',
	'Text Message',
	'WhatsApp',
];

export const prospectField = {
	name: 'prospectId',
	label: 'Prospect',
	kind: 'record',
	written: numericId,
	record: "a prospect's ID",
	searchMethod: 'searchProspects',
	findable: findableProspect,
	required: true,
	placeholder: 'e.g. 12345',
	description: 'The prospect the event belongs to',
} satisfies RecordField;

const usersLabel = 'Assign to Users';
/** @noMessage */
const noListOfUsers = 'RentEngine has no list of its users.';

const assignmentFields: Field[] = [
	{
		name: 'usersFrom',
		label: 'Choose Users',
		kind: 'choice',
		default: 'list',
		fixed: true,
		local: true,
		shownFor: ASSIGNING,
		options: [
			{
				name: 'From List',
				value: 'list',
				description: 'Choose among the users of recent assignments and showings',
			},
			{ name: 'By ID', value: 'id', description: 'Enter the IDs, or let an expression give them' },
		],
		description: 'How the users are chosen',
	},
	{
		name: 'userIds',
		insteadOf: 'assignedToUserIds',
		api: 'assignedToUserIds',
		label: usersLabel,
		kind: 'own',
		own: userIds,
		shownFor: { ...ASSIGNING, usersFrom: ['id'] },
		required: true,
		placeholder: 'e.g. Jordan = 1259ef6e-61ee-42cb-b6bd-7fe547569d7c',
		hint: `${noListOfUsers} Choose 'From List', or take the IDs from the events of a prospect.`,
		description:
			'The user, or several of them. A name before an ID (Jordan = 1259ef6e-…) is shown in the output.',
	},
	{
		name: 'assignedToUserIds',
		// The keys of `context` are the only ones of the API in camelCase.
		api: 'assignedToUserIds',
		label: usersLabel,
		kind: 'own',
		own: listedUserIds,
		shownFor: { ...ASSIGNING, usersFrom: ['list'] },
		required: true,
		hint: `${noListOfUsers} These were seen in recent assignments and showings; for others choose 'By ID'.`,
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		name: 'assignment',
		label: 'Assignment',
		kind: 'choice',
		default: 'all',
		local: true,
		shownFor: ASSIGNING,
		withoutIt: 'every listed user would get the prospect',
		options: [
			{
				name: 'All Listed Users',
				value: 'all',
				description: 'Assign the prospect to every user of the list',
			},
			{
				name: 'Next in Turn',
				value: NEXT_IN_TURN,
				description:
					'Assign each prospect to one user of the list, the one whose latest turn is longest ago. Goes on where the last execution stopped.',
			},
		],
		description: 'Which of the listed users get the prospect',
		builderHint: `"${NEXT_IN_TURN}" is round robin: it needs no Code node and keeps no counter of yours.`,
	},
	{
		name: 'turnNotice',
		label: 'n8n keeps the turns with the published workflow: test runs in the editor, and runs before this node was renamed, may not count. Executions on several workers at the same moment can give one user two turns in a row.',
		kind: 'notice',
		local: true,
		shownFor: { ...ASSIGNING, assignment: [NEXT_IN_TURN] },
		description: '',
	},
	{
		name: 'applyActionInBulk',
		api: 'applyActionInBulk',
		label: 'Apply Action in Bulk',
		kind: 'boolean',
		shownFor: ASSIGNING,
		description:
			'Whether to assign all prospects with the same phone number, one for each unit the person asked about',
	},
	{
		name: 'bulkNotice',
		label: 'This reassigns <b>every</b> prospect with the same phone number, also those who are assigned to somebody else now, not just the one chosen above.',
		kind: 'notice',
		local: true,
		shownFor: { ...ASSIGNING, applyActionInBulk: ['true'] },
		description: '',
	},
];

export const leasingEventFields: Field[] = [
	prospectField,
	{
		name: 'eventType',
		label: 'Event Type',
		kind: 'choice',
		default: ASSIGN_TO_USER,
		local: true,
		required: true,
		options: [
			{
				name: 'Assign to User',
				value: ASSIGN_TO_USER,
				subject: 'An assignment',
				description: 'Hand the prospect over to one or more users',
			},
			{
				name: 'Other',
				value: 'other',
				subject: 'An event of another type',
				description: 'A type that RentEngine has added later; it refuses those it does not know',
			},
		],
		description: 'What happened',
	},
	...assignmentFields,
	{
		name: 'customEventType',
		api: 'event_type',
		label: 'Custom Event Type',
		kind: 'text',
		shownFor: OTHER,
		required: true,
		placeholder: 'e.g. Log Note',
		description: 'The type as RentEngine spells it',
	},
	{
		name: 'context',
		label: 'Context (JSON)',
		kind: 'own',
		own: json,
		shownFor: OTHER,
		description: 'What the type needs to know',
	},
];

export const additionalFields = additionalFieldsOf([
	{
		name: 'source',
		label: 'Source',
		kind: 'choice',
		default: 'Automation',
		options: sources.map((source) => ({ name: source, value: source })),
		description: 'Where the event came from',
	},
	{
		name: 'notes',
		label: 'Notes',
		kind: 'text',
		rows: 3,
		placeholder: 'e.g. Assigning to primary agent',
		description: 'What the leasing team should know',
	},
]);
