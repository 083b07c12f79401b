import type { Field } from '../../shared/fields/field';
import { choicesOf } from '../../shared/fields/choices';

const KIND_EMAIL = { eventKind: ['email'] };

/** @param noun the person who got or wrote it: "lead" */
export const emailFields = (noun: string): Field[] => [
	{
		name: 'emailDirection',
		label: 'Email Direction',
		kind: 'choice',
		default: 'outgoing',
		local: true,
		options: choicesOf(
			{
				value: 'incoming',
				subject: 'An incoming email',
				description: `The ${noun} wrote it`,
				alsoTaken: ['inbound', 'received'],
			},
			{
				value: 'outgoing',
				subject: 'An outgoing email',
				description: `It was written to the ${noun}`,
				alsoTaken: ['outbound', 'sent'],
			},
		),
		shownFor: KIND_EMAIL,
		required: true,
		description: 'Who wrote to whom',
	},
	{
		name: 'emailFrom',
		label: 'Email From',
		kind: 'email',
		shownFor: KIND_EMAIL,
		required: { emailDirection: ['outgoing'] },
		placeholder: 'e.g. leasing@example.com',
		description: 'The address it was sent from',
	},
	{
		name: 'emailTo',
		label: 'Email To',
		kind: 'email',
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. nathan@example.com',
		hint: `Propexo accepts only the ${noun}'s own primary address here`,
		description: 'The address it was sent to',
	},
	{
		name: 'emailSubject',
		label: 'Email Subject',
		kind: 'text',
		byAnybody: true,
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. Your tour on Saturday',
		description: 'The subject line of the message',
	},
	{
		name: 'emailBody',
		label: 'Email Body',
		kind: 'text',
		rows: 5,
		shownFor: KIND_EMAIL,
		description: 'The text of the message',
	},
	{
		name: 'emailCc',
		label: 'Email CC',
		kind: 'email',
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. manager@example.com',
		description: 'Who got a copy',
	},
	{
		name: 'emailBcc',
		label: 'Email BCC',
		kind: 'email',
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. archive@example.com',
		description: 'Who got a blind copy',
	},
	{
		name: 'emailSend',
		label: 'Send Email',
		kind: 'boolean',
		shownFor: KIND_EMAIL,
		hint: `If this is on, the PMS sends a real email to the ${noun}`,
		description: 'Whether the PMS should send the message, not only record it',
	},
];
