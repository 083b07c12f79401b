import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type {
	Again,
	AskedItem,
	ClaimedBefore,
	Decision,
	DecideTools,
} from '../../shared/deliver/beforeSending';
import { isPreview } from '../../shared/deliver/options';
import type { ReadItem } from '../../shared/fields/item';
import { reader } from '../../shared/find/get';
import type { ServiceRequest } from '../../shared/http/service';
import { grouped } from '../../shared/json/objects';
import { eachOf } from '../../shared/process/order';
import type { Because } from '../../shared/report/outcome';
import type { Note, WriteStatus } from '../jobs/status';
import { isFinal } from '../jobs/status';
import { isFailure, mayBeTaken, noteSuccessor } from '../jobs/successors';
import type { LogRow } from '../jobs/writeLog';
import type { ChangeTools } from './decideChange';
import { changeFound, decideChange, findOthers } from './decideChange';
import { asRead } from './differences';
import { contradiction, whoIn } from './differentPerson';
import { LeadFinder, look, noteRefused, told } from './findLead';
import { changesOf } from './changedValues';
import type { Failed, LeadJob, SeenOfLog } from './leadJobs';
import { jobOf, leadJobOf, noteJob, notReadable, recordOf } from './leadJobs';
import type { Match } from './matchBy';
import { claimKey, matchesOf } from './matchBy';
import type { LookedItem } from './rowsOfPerson';
import { joinRows } from './rowsOfPerson';

/*
 * *Create or Update*: what to do about each item. A lead that is there is changed (`decideChange.ts`). Another one is made under a
 * claim, so that of all items and executions that bring the same person only one makes it.
 */

/** `made`: the leads that earlier items make in a preview, by their claims. */
type Tools = ChangeTools & {
	made: Map<string, IDataObject>;
	refused: Map<ReadItem, Set<string>>;
	isOf: IsOfRequest;
};

/** Whether a job of the log holds what the request of a new lead holds, and no more. */
type IsOfRequest = (request: ServiceRequest, row: LogRow) => boolean;

/**
 * Gives a decision for each item.
 *
 * @param isOf whether a job of the log is that of a request
 */
export async function decide(given: DecideTools, items: AskedItem[], isOf: IsOfRequest): Promise<Decision[]> {
	/**
	 * @cause Propexo did not answer, or refused, when the node looked for the lead.
	 * @cure Read the rest of the message, and run it again. Nothing was sent.
	 */
	const name = 'The lead could not be looked up';
	const get = reader(given, given.signal, name);
	const tools: Tools = { ...given, get, planned: new Map(), made: new Map(), refused: new Map(), isOf };
	const finder = new LeadFinder(tools);
	const looked = items.map((item): LookedItem => ({ ...item, found: 'none' }));
	await eachOf(looked, async (item) => {
		item.found = await told(tools, look(tools, finder, item));
	});
	for (const items of grouped(looked, ({ options }) => isPreview(options)).values()) joinRows(items);
	await findOthers(tools, looked);
	const decisions: Decision[] = [];
	// One after the other: an earlier item may change the lead that a later one is compared with.
	for (const item of looked) decisions.push(await decisionOf(tools, item));
	return decisions;
}

async function decisionOf(tools: Tools, asked: LookedItem): Promise<Decision> {
	const { read: item, found } = asked;
	if (found === 'none') return item.problems.length === 0 ? decideNew(tools, asked) : {};
	if ('problem' in found) return found;
	if ('made' in found) return { rows: [notReadable(found.made)] };
	return await decideChange(tools, asked, found);
}

/**
 * @cause The PMS had refused the lead before, and _Write Job: Retry_ sends that write again at this moment.
 * @cure Run it again a little later: the lead is then found, or known by the job of the retry.
 */
const RETRIED: Because = {
	because:
		'the lead is not added beside a retry: its write, which the PMS had refused, is being sent again',
	description: 'Run it again a little later. Nothing was sent.',
	details: {},
};

/** A new lead, under the claim of all that it is recognized by. */
function decideNew(tools: Tools, asked: LookedItem): Decision {
	const { read: item, known: matches = new Map<string, Match>() } = asked;
	if (matches.size === 0) return {};
	const keys = [...matches.keys()].sort();
	if (isPreview(asked.options)) {
		const by = matchesOf(item).find((match) => tools.made.has(claimKey(item, match)));
		const before = by && tools.made.get(claimKey(item, by));
		const problem = before && contradiction(item, before, by);
		if (problem) return { problem };
		const body = Object.assign(before ?? {}, item.body);
		if (!before) for (const key of keys) tools.made.set(key, body);
	}
	/** Under which keys it is claimed in place of those: others, once a job has failed. */
	const claimed = new Map(keys.map((key) => [key, key]));
	const firstOf = (name: string) => keys.find((key) => claimed.get(key) === name) ?? name;
	const who = whoIn(item.body);
	const replaced = new Map<string, Note>();
	return {
		withColumns: (rows) => rows.map((row) => ({ action: 'created', ...row })),
		begin: () => {
			const refused = [...(tools.refused.get(item) ?? [])];
			if (refused.some((jobId) => mayBeTaken(tools.account, jobId, 'retry'))) return RETRIED;
			for (const jobId of refused)
				if (!replaced.has(jobId)) replaced.set(jobId, noteSuccessor(tools.account, jobId, 'anew'));
			return undefined;
		},
		noteTaken: (rows) => {
			for (const key of claimed.values()) noteJob(tools, key, { jobId: jobOf(rows), parameters: who });
			for (const note of replaced.values()) note.taken(jobOf(rows));
		},
		takeBack: () => {
			for (const note of replaced.values()) note.takeBack();
			replaced.clear();
		},
		claim: {
			keys,
			alsoDone: (rows) => keys.map((key) => jobKey(key, jobOf(rows))),
			changes: async (values) => await changesOf(tools, item, asRead(values)),
			again: async (before) => {
				const instead = new Map<string, string>();
				for (const key of before.keys) {
					const match = matches.get(firstOf(key));
					const next = match && (await told(tools, again(tools, asked, match, { ...before, key })));
					// An item that is in doubt stays so.
					if (next && 'problem' in next) return before.isMade ? { decision: next } : undefined;
					if (next && 'decision' in next) return next;
					if (next) instead.set(key, next.key);
				}
				if (instead.size < before.keys.length) return undefined;
				for (const [key, next] of instead) claimed.set(firstOf(key), next);
				return { keys: instead };
			},
			insteadOf: (rows, begun) => {
				if (!rows.every((row) => isFailure({ status: row as WriteStatus }))) return undefined;
				noteRefused(tools, item, [{ jobId: jobOf(rows) }]);
				const instead = new Map(begun.map((key) => [key, afterJob(firstOf(key), jobOf(rows))]));
				for (const [key, next] of instead) claimed.set(firstOf(key), next);
				return instead;
			},
		},
	};
}

/** The key that is done for the job that made a lead under a claim: if the job fails, the claim is free. */
const jobKey = (key: string, jobId: string): string => `${key}\njob\n${jobId}`;

/** The key of a claim once a job under it has failed. All that find this out go on under the same one. */
const afterJob = (first: string, jobId: string): string => `${first}\n${jobId}`;

/** The newest job of a claim, if all jobs for the lead have failed. Other failed jobs say nothing about the claim. */
async function failedJobOf(
	failed: Failed[],
	first: string,
	{ isMade, isDone }: ClaimedBefore,
): Promise<string | undefined> {
	for (const { jobId, isOwn } of failed)
		if (isOwn || (isMade && (await isDone(jobKey(first, jobId))))) return jobId;
	return undefined;
}

/** What is decided about a lead that was found, or is known by its job. */
type Found = Extract<Again, { decision: Decision }>;

/**
 * What to do about a lead that another item or execution has made, or was about to make. Its job may still be under
 * way; then it is looked at several times.
 */
async function again(
	tools: Tools,
	asked: AskedItem,
	match: Match,
	claimed: ClaimedBefore & { key: string },
): Promise<Found | { key: string } | undefined> {
	const { read: item } = asked;
	const { key, own, isMade, request } = claimed;
	const isOf = (row: LogRow) => tools.isOf(request, row);
	/** The key of the claim before any job of it failed. */
	const first = claimKey(item, match);
	const seen: SeenOfLog = { rows: [] };
	let made: LeadJob | undefined;
	const pauses = isMade ? [0, ...tools.pausesMs] : [0];
	for (const [round, pause] of pauses.entries()) {
		await sleep(pause, tools.signal);
		const finder = new LeadFinder(tools);
		const found = await finder.find(asked, matchesOf(item));
		if (found !== 'none' && 'problem' in found) return { decision: found };
		if (found !== 'none') return await changeFound(tools, asked, found);
		const job = leadJobOf(tools, item, match, { key, own: own && { ...own, isOf }, seen });
		// Propexo may not tell of a new job yet.
		made = await (round === 0 && pauses.length > 1 ? job.catch(() => undefined) : job);
		if (made?.failed) {
			const jobId = await failedJobOf(made.failed, first, claimed);
			noteRefused(tools, item, made.failed);
			// The PMS has refused it, so there is no lead.
			const next = jobId === undefined ? key : afterJob(first, jobId);
			if (next !== key) return { key: next };
			made = undefined;
		}
		const id = made && recordOf(made);
		const shown = id === undefined ? 'none' : await finder.read(id, match);
		if (shown !== 'none') return await changeFound(tools, asked, shown);
		const problem = contradiction(item, made?.parameters ?? {}, match);
		if (problem) return { decision: { problem } };
		if (made && isFinal(made.status?.write_status)) break;
	}
	return isMade || made ? { decision: { rows: [notReadable(made)] } } : undefined;
}
