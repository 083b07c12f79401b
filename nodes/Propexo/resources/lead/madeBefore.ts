import type { IDataObject } from 'n8n-workflow';

import type { DecideTools, LookUpTools } from '../../../shared/deliver/write';
import { emailAlike, idAlike, phoneAlike } from '../../../shared/find/alike';
import type { ReadItem } from '../../../shared/fields/item';
import { ask } from '../../../shared/http/sendAgain';
import { replyIfDone } from '../../../shared/http/whatReplyProves';
import { textOf } from '../../../shared/json/text';
import { BoundedMap } from '../../../shared/process/boundedMap';
import { readStatus, statusRequest } from '../../jobs/status';
import type { WriteStatus } from '../../jobs/status';
import { throughLog } from '../../jobs/writeLog';
import type { Match } from './matches';

/*
 * The write jobs of leads that were made before. A new lead may not be readable for hours; its job is.
 */

/** A job that made a lead, and how it ended, as far as Propexo tells. */
export interface MadeBefore {
	jobId: string;
	status?: WriteStatus;
}

/** How long this process knows which job made a lead, in ms, and of how many: longer than a job shows in no log. */
const KNOWN_MS = 600_000;
const MOST_KNOWN = 20_000;

const known = new BoundedMap<{ jobId: string; until: number }>({
	most: MOST_KNOWN,
	isOver: ({ until }) => until <= Date.now(),
});

/** Notes the job that made the lead of a claim. */
export function noteJob(account: string, claim: string, jobId: string): void {
	known.set(`${account}\n${claim}`, { jobId, until: Date.now() + KNOWN_MS });
}

/** The parameter of a job that holds what a lead is matched by, and its normal form. */
const LOGGED: Record<string, { name: string; alike(text: string): string } | undefined> = {
	email1: { name: 'email_1', alike: emailAlike },
	phone1: { name: 'phone_1', alike: phoneAlike },
	thirdPartyId: { name: 'third_party_id', alike: idAlike },
};

/** Whether the parameters of a job are those of the lead that an item means. */
function isMeant(item: ReadItem, match: Match, parameters: Record<string, unknown>): boolean {
	const logged = LOGGED[match.field];
	if (!logged || parameters.lead_id !== undefined) return false;
	const { integrationId, propertyId } = item.values;
	return (
		logged.alike(textOf(parameters[logged.name])) === match.key &&
		textOf(parameters.integration_id) === textOf(integrationId) &&
		textOf(parameters.property_id) === textOf(propertyId)
	);
}

/** The newest job of the write log that made the lead; undefined if the log of the last month has none. */
async function fromLog(tools: DecideTools, item: ReadItem, match: Match): Promise<string | undefined> {
	const { integrationId } = item.values;
	const reading: LookUpTools = {
		ask: async (request) => await ask(tools, request, tools.signal),
		isTaken: () => false,
	};
	let jobId: string | undefined;
	const narrowed = { write_category: 'leads', integration_id: textOf(integrationId) };
	// The first row that fits is taken: the log is newest first.
	await throughLog(reading, 'month', 0, narrowed, (row) => {
		if (row.parameters && isMeant(item, match, row.parameters)) jobId = row.jobId;
		return jobId !== undefined;
	});
	return jobId;
}

async function statusOf(tools: DecideTools, jobId: string): Promise<WriteStatus | undefined> {
	const exchange = await ask(tools, statusRequest(jobId), tools.signal);
	return readStatus(replyIfDone(exchange)?.body);
}

/**
 * The job that made the lead that an item means; undefined if none is known.
 *
 * @param claim under which it was made
 */
export async function madeBefore(
	tools: DecideTools,
	item: ReadItem,
	match: Match,
	claim: string,
): Promise<MadeBefore | undefined> {
	const jobId = known.get(`${tools.account}\n${claim}`)?.jobId ?? (await fromLog(tools, item, match));
	return jobId === undefined ? undefined : { jobId, status: await statusOf(tools, jobId) };
}

/** The ID of the record that a job made; undefined as long as Propexo does not tell one. */
export const recordOf = ({ status }: MadeBefore): string | undefined =>
	status?.created_record_id ?? undefined;

/** The part of an output row that says what is known of a job. */
export const rowOf = ({ jobId, status }: MadeBefore): IDataObject => ({ job_id: jobId, ...status });
