import type { IDataObject } from 'n8n-workflow';

import { samples } from '../../../../demo/samples.ts';
import type { Fault } from '../../../../emulator/server/faults.ts';
import type { Damaged } from '../../support/damage.ts';
import type { ServiceName } from '../../support/service.ts';

/*
 * What crm-webhook.json has to make of what a CRM posts, whatever n8n runs it.
 */

export const FILE = 'crm-webhook.json';

/** What a CRM posts, as the demo shows it. */
export function sampleOf(title: string, series: string): IDataObject {
	const now = new Date('2026-03-02T18:00:00Z');
	const found = samples({ now, series }).find((one) => one.title === title);
	if (!found) throw new Error(`There is no sample "${title}"`);
	return found.body as IDataObject;
}

/** A sample with the inputs without which there is no event, and those that a sender may leave empty. */
export interface Inputs {
	service: ServiceName;
	title: string;
	needed: string[];
	free: string[];
}

export const INPUTS: Inputs[] = [
	{
		service: 'propexo',
		title: 'Call',
		needed: [
			...['event_id', 'system', 'kind', 'integration_id', 'lead_id', 'event_type_id', 'occurred_at'],
			...['call', 'call.from', 'call.to', 'call.status', 'call.seconds', 'call.recording'],
		],
		free: ['notes', 'agent', 'title', 'reason', 'event_name', 'lead_source_id'],
	},
	{
		service: 'propexo',
		title: 'Outgoing email',
		needed: ['email', 'email.from', 'email.direction'],
		free: ['email.to', 'email.subject', 'email.text', 'email.cc'],
	},
	{
		service: 'propexo',
		title: 'Appointment',
		// Times of day cannot be told by the PMS's clock without the day.
		needed: ['visit.at'],
		free: ['visit', 'visit.from', 'visit.to', 'visit.unit_id'],
	},
	// A PMS that does not ask for the time would take it for one of now.
	{ service: 'propexo', title: 'General', needed: ['occurred_at'], free: ['notes'] },
	{
		service: 'rentEngine',
		title: 'Assign to user',
		needed: ['event_id', 'system', 'prospect_id', 'user_ids'],
		free: ['all_with_same_phone', 'source', 'notes'],
	},
];

/** Whether an event is recorded although one of its inputs is damaged: a free one that is empty is left out. */
export function isRecorded({ what, field, isBlank }: Damaged, { free }: Inputs): boolean {
	// A visit without its parts is one that was left out; a text in its place is none.
	const isLeftOut = what === 'visit: {"a":1}' || (isBlank && !what.startsWith('visit: "'));
	return isLeftOut && free.includes(field);
}

/** One delivery after something went wrong, and what the CRM hears. */
export interface Answer {
	what: string;
	/** What the service answers to the first request that writes. */
	fault?: Fault;
	/** Is posted first. */
	before?: IDataObject;
	/** What is posted then. */
	change?: IDataObject;
	status: number;
	/** Of the same event, delivered once more. */
	again: number;
	/** How many events there are in the end. */
	created: number;
}

const refusing = (status: number): Fault => ({
	match: { method: 'POST' },
	status,
	body: { error: { code: 'invalid_request', message: 'Not today' } },
});

export const ANSWERS: Answer[] = [
	{
		what: 'one 502 that wrote nothing',
		fault: { match: { method: 'POST' }, status: 502 },
		...{ status: 200, again: 200, created: 1 },
	},
	{
		what: 'one 502 that wrote the event',
		fault: { match: { method: 'POST' }, status: 502, write: true },
		...{ status: 200, again: 200, created: 1 },
	},
	...[400, 404, 405, 409, 422].map((status) => ({
		what: `a refusal with ${status}, which the CRM has to mend`,
		fault: refusing(status),
		...{ status: 422, again: 200, created: 1 },
	})),
	...[401, 403].map((status) => ({
		what: `a refusal with ${status}, for which the credential has to be mended`,
		fault: refusing(status),
		...{ status: 503, again: 200, created: 1 },
	})),
	{
		what: 'the ID of another event',
		before: {},
		change: { lead_id: 'lead_3', prospect_id: 1002, occurred_at: '2026-03-01T10:00:00-06:00' },
		...{ status: 422, again: 422, created: 1 },
	},
];
