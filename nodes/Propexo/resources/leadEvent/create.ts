import type { Field } from '../../../shared/fields/field';
import { createEvent } from '../../events/write';
import { agentName, rentAmount } from '../../events/fields';
import { employee, lead, leadSource } from '../../records/people';
import { recordField } from '../../records/field';
import { LEAD_EVENT_RULES } from '../../rules/events';
import { choicesOf } from '../../../shared/fields/choices';

const ofRpx = 'RealPage Exchange';
const ofMri = 'MRI';

/** The values of two PMSs; the generic schema lists only those of the first. */
const statuses = choicesOf(
	{ value: 'ACTIVE', description: ofRpx },
	{ value: 'COMPLETED', description: ofMri },
	{ value: 'DENIED', description: ofMri },
	{ value: 'FUTURE', description: ofRpx },
	{ value: 'LEASED', description: ofRpx },
	{ value: 'LOST', description: ofRpx },
	{ value: 'OPEN', description: ofMri },
	{ value: 'REVIEW', description: ofMri },
	{ value: 'UNQUALIFIED', description: ofRpx },
);

const own: Field[] = [
	recordField(employee),
	{
		name: 'status',
		label: 'Status',
		kind: 'choice',
		options: statuses,
		default: 'ACTIVE',
		description: 'The status of the event (MRI), or of the lead after it (RealPage Exchange)',
	},
	recordField(leadSource),
	agentName,
	{
		name: 'callRecordingUrl',
		label: 'Call Recording URL',
		kind: 'url',
		placeholder: 'e.g. https://example.com/recordings/123.mp3',
		description: 'Where the recording is kept, for RealPage Exchange',
	},
	rentAmount,
];

/** One event of one lead. */
export const create = createEvent({
	person: lead,
	pms: LEAD_EVENT_RULES,
	own,
});
