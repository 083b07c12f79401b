import type { IDataObject } from 'n8n-workflow';

import type { DecideTools } from '../../shared/deliver/beforeSending';
import type { ReadItem } from '../../shared/fields/item';
import { ReadFailed } from '../../shared/find/get';
import { valueNamed } from '../../shared/find/contradicts';
import { ask } from '../../shared/http/sendAgain';
import { textOf } from '../../shared/json/text';
import { BoundedMap } from '../../shared/process/boundedMap';
import { nodeIdOf } from '../../shared/process/nodeId';
import { steadyNow } from '../../shared/process/steadyNow';
import { partOf } from '../jobs/lookUpJob';
import { KNOWN_MS, statusIn, statusRequest } from '../jobs/status';
import type { End } from '../jobs/successors';
import { endOf, isFailure } from '../jobs/successors';
import type { Note, WriteStatus } from '../jobs/status';
import type { LogRow } from '../jobs/writeLog';
import { rangeSince, readingWith, throughLog } from '../jobs/writeLog';
import { HELD_IN, whoIn } from './differentPerson';
import type { Match } from './matchBy';
import { claimKey, matchesOf } from './matchBy';

/*
 * The write jobs of leads that were made before. A new lead may not be readable for hours, but its job is.
 */

/** A job that made a lead, and how it ended, if Propexo says so. */
export interface LeadJob {
	/** '' of a change that is under way or in doubt. */
	jobId: string;
	status?: WriteStatus;
	/** The values it was sent with that tell the person from others. */
	parameters?: Record<string, unknown>;
	/** The ID of the lead that it changed, and when that was added. */
	lead?: IDataObject;
	/** The status is FAILURE: all jobs for the lead, newest first. All of them failed. */
	failed?: Failed[];
}

/** A job that the PMS has refused. */
export interface Failed {
	jobId: string;
	/** It belongs to the claim. The job of another workflow or operation says nothing about the claim. */
	isOwn: boolean;
}

/** The claim whose job is looked for. */
interface ClaimOfJob {
	key: string;
	/** The request that an earlier try of this execution has begun. */
	own?: OwnRequest;
	/** What an earlier look has read of the log. */
	seen?: SeenOfLog;
}

/** A request in doubt of this execution: as many later jobs with what it holds as it was sent are its own. */
interface OwnRequest {
	/** When it was begun, as `steadyNow` counts. */
	since: number;
	/** How often it may have arrived. */
	sends: number;
	/** Whether a job holds what was sent, and no more. */
	isOf(row: LogRow): boolean;
}

/** What was read of the log: it is read whole once, and further looks read what is new. */
export interface SeenOfLog {
	rows: LogRow[];
	/** When it was read last, as `steadyNow` counts. */
	at?: number;
}

/** A job is listed once it has ended, so a further look also reads what was sent so long before the last one, in ms. */
const STILL_PENDING_MS = 1_800_000;

/** For how many leads this process remembers which job made them. */
const MOST_KNOWN = 20_000;

const known = new BoundedMap<Omit<LeadJob, 'status' | 'failed'> & { node: string; until: number }>({
	most: MOST_KNOWN,
	isOver: ({ until }) => until <= Date.now(),
});

type Place = Pick<DecideTools, 'account' | 'ctx'>;

/** How a job is known. */
const nameOf = ({ account }: Pick<Place, 'account'>, claim: string): string => `${account}\n${claim}`;

/** Notes the job that made the lead of a claim, or changed a lead: nobody has claimed that one. */
export function noteJob(place: Place, claim: string, sent: LeadJob): Note {
	const name = nameOf(place, claim);
	const before = known.get(name);
	const until = Date.now() + KNOWN_MS;
	const node = sent.lead === undefined ? nodeIdOf(place.ctx) : '';
	const note = { ...sent, node, until };
	known.set(name, note);
	return {
		taken: (jobId) => {
			note.jobId = jobId;
		},
		takeBack: () => {
			// A later note that is taken back must not bring this one back.
			note.until = 0;
			if (before && known.get(name) === undefined) known.set(name, before);
		},
	};
}

/** Notes the job of a lead that was made without a claim, where none is known. */
export function noteUnclaimed(place: Place, item: ReadItem, rows: IDataObject[]): void {
	const sent = { jobId: jobOf(rows), parameters: whoIn(item.body), node: '' };
	const until = Date.now() + KNOWN_MS;
	for (const match of matchesOf(item))
		known.getOrAdd(nameOf(place, claimKey(item, match)), () => ({ ...sent, until }));
}

/**
 * Whether this process knows the lead of a claim: the claims of two nodes do not meet, and n8n forgets those that many newer ones
 * have followed.
 */
export const isKnownHere = (place: Place, claim: string): boolean =>
	known.get(nameOf(place, claim)) !== undefined;

/**
 * Whether the parameters of a job are those of the lead that an item means.
 *
 * @param logged where they hold the value that it is recognized by
 */
function isMeant(
	item: ReadItem,
	{ key, alike }: Match,
	parameters: Record<string, unknown>,
	logged: string,
): boolean {
	const { integrationId, propertyId } = item.values;
	const of = (name: string) => textOf(valueNamed(parameters, name));
	return (
		of('lead_id') === '' &&
		alike(of(logged)) === key &&
		of('integration_id') === textOf(integrationId) &&
		of('property_id') === textOf(propertyId)
	);
}

/** @noMessage It is said beside the messages below. */
const ONLY_IF_NEW = "Add the person with 'Lead: Create' only if the PMS does not have them.";
/**
 * @cause The write log, or the result of a write in it, could not be read: the lead may have been added before.
 * @cure Run it again. Nothing was sent. If this goes on, give the token the right to read the write log and the status of
 * writes. Add the person with _Lead: Create_ only if the PMS does not have them.
 */
const UNCLEAR = 'The lead could not be looked up: Propexo did not say whether an earlier write has added it';
/** @noMessage It is said beside the message above. */
const AGAIN = `Run it again. If this goes on, give the token the right to read the write log and the status of writes. ${ONLY_IF_NEW}`;
/**
 * @cause Propexo's list does not show the _Third-Party ID_, and the log has more than 30,000 writes of leads in the last month.
 * @cure Match by email or phone number instead. Add the person with _Lead: Create_ only if the PMS does not have them. Nothing
 * was sent.
 */
const TOO_LONG = 'The lead could not be looked up: the log of writes is too long to be read whole';
/** @noMessage It is said beside the message above. */
const OTHERWISE = `Match by email or phone number instead. ${ONLY_IF_NEW}`;

const unclear = (message = UNCLEAR, description = AGAIN) =>
	new ReadFailed({ state: 'notSent', report: { message, description, details: {} } });

/**
 * The jobs of the write log for the lead, newest first, up to the first one that the PMS has taken.
 *
 * @throws ReadFailed when the log was not read so far. One that is too long is enough where Propexo's list has the value.
 */
async function fromLog(
	tools: DecideTools,
	item: ReadItem,
	match: Match,
	{
		own: { since } = { since: Infinity },
		seen = { rows: [] },
	}: Pick<ClaimOfJob, 'seen'> & { own?: Pick<OwnRequest, 'since'> },
): Promise<LogRow[]> {
	const { integrationId } = item.values;
	const at = steadyNow();
	const range = rangeSince((seen.at ?? -Infinity) - STILL_PENDING_MS) ?? 'month';
	const rows: LogRow[] = [];
	const [logged = ''] = HELD_IN[match.field] ?? [];
	const narrowed = { write_category: 'leads', integration_id: textOf(integrationId) };
	const way = await throughLog(readingWith(tools), { range, since, narrowed }, (row) => {
		const parameters = partOf(row.parameters ?? {}, [logged]);
		const fits = row.jobId !== '' && isMeant(item, match, parameters, logged);
		if (fits) rows.push({ ...row, parameters });
		return fits && row.status === 'SUCCESS';
	});
	if (way === 'unreadable') throw unclear();
	if (way === 'tooLong' && !match.finder) throw unclear(TOO_LONG, OTHERWISE);
	const isNew = ({ jobId }: LogRow) => !rows.some((row) => row.jobId === jobId);
	return Object.assign(seen, { at, rows: [...rows, ...seen.rows.filter(isNew)] }).rows;
}

/** How a job ended, or a retry of it. */
const endOfJob = async (tools: DecideTools, jobId: string): Promise<End> =>
	await endOf(tools.account, jobId, async (job) =>
		statusIn(await ask(tools, statusRequest(job), tools.signal)),
	);

/**
 * The job that made the lead that an item means; undefined if none is known. One that failed is given only if all
 * others for the lead failed too.
 *
 * @param claim under which it was made
 * @throws ReadFailed when Propexo does not say enough
 */
export async function leadJobOf(
	tools: DecideTools,
	item: ReadItem,
	match: Match,
	{ key, ...looked }: ClaimOfJob,
): Promise<LeadJob | undefined> {
	const sent = known.get(nameOf(tools, key));
	const failed: Failed[] = [];
	let newest: WriteStatus | undefined;
	let isRetried = false;
	if (sent) {
		const end = sent.jobId ? await endOfJob(tools, sent.jobId) : { jobId: '' };
		newest = end.status;
		isRetried = end.jobId !== sent.jobId && !newest && !sent.lead;
		// The PMS may have refused a lead whose result nobody can read. One that was changed is there.
		if (sent.jobId && !newest && !sent.lead && !isRetried) throw unclear();
		if (!isFailure(end) && !isRetried) return { ...sent, ...(end.jobId && end), status: newest };
		failed.push({ jobId: sent.jobId, isOwn: sent.node === nodeIdOf(tools.ctx) });
	}
	const later: Failed[] = [];
	for (const row of await fromLog(tools, item, match, looked)) {
		if (row.jobId === sent?.jobId) continue;
		const end = await endOfJob(tools, row.jobId);
		const { status } = end;
		// The log may call a failure what was taken in part.
		if (!status && row.status !== 'SUCCESS') throw unclear();
		const { jobId, parameters } = row;
		if (!isFailure(end)) return { jobId: end.jobId, status, parameters };
		newest ??= status;
		const one = { jobId, isOwn: false };
		failed.push(one);
		if (row.when === 'after' && looked.own?.isOf(row)) later.push(one);
	}
	// A retry that is under way or in doubt, and that the log does not show.
	if (isRetried) throw unclear();
	// One of the requests may still be pending, as long as fewer jobs are there.
	if (later.length >= (looked.own?.sends ?? Infinity)) for (const one of later) one.isOwn = true;
	const [first] = failed;
	return first && { jobId: first.jobId, status: newest, failed };
}

/** The ID of the record that a job made; undefined as long as Propexo does not give one. */
export const recordOf = ({ status }: LeadJob): string | undefined => status?.created_record_id ?? undefined;

/**
 * @cause In the column `hint`: the lead was added a short time ago, and Propexo does not show it yet.
 * @cure Run it again after the next sync.
 */
const NOT_READABLE =
	"The lead was added before, and Propexo shows it after its next sync. Nothing was sent. If it was removed in the PMS since, use 'Lead: Create'.";
/**
 * @cause In the column `hint`: the lead was added before, and Propexo shows no trace of it.
 * @cure Wait a little and run it again. If it goes on, look for the person in the PMS.
 */
const NO_TRACE =
	'The lead was added before, but Propexo shows no trace of it. Nothing was sent. Run it again later, or look for the person in the PMS.';

/** The job of output rows. */
export const jobOf = ([row]: IDataObject[]): string => textOf(row?.job_id);

/** The output row of a lead that exists and cannot be read yet. */
export function notReadable(made: LeadJob | undefined): IDataObject {
	const id = made && recordOf(made);
	return {
		action: 'unchanged',
		...(id !== undefined && { lead_id: id }),
		...(made && { job_id: made.jobId, ...made.status }),
		hint: made ? NOT_READABLE : NO_TRACE,
	};
}
