import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { isPreview } from '../../../shared/deliver/options';
import type {
	Again,
	AskedItem,
	ClaimedBefore,
	Decision,
	DecideTools,
} from '../../../shared/deliver/beforeSending';
import type { ReadItem } from '../../../shared/fields/item';
import { reader, RecordsById } from '../../../shared/find/get';
import { grouped } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { eachOf } from '../../../shared/process/order';
import { isFinal } from '../../jobs/status';
import { lead } from '../../records/people';
import { pathOf } from '../../records/record';
import type { Changes, Changing } from './changeLead';
import { afterChange, asChanged, changeOf, foundBy, unheld, withAction } from './changeLead';
import { contradiction, isHeld, whoIn } from './differentPerson';
import type { FoundLead } from './findLead';
import { LeadFinder } from './findLead';
import { hasEvent } from './firstEvent';
import type { Failed, LeadJob } from './leadJobs';
import { isUnclaimed, leadJobOf, noteJob, recordOf, rowOf } from './leadJobs';
import type { Match } from './matchBy';
import { claimKey, fixedId, matchesOf, nothingToMatch } from './matchBy';
import type { Looked, LookedItem } from './rowsOfPerson';
import { joinRows } from './rowsOfPerson';

/*
 * *Create or Update*: what to do about each item. A lead that Propexo shows is changed, or is as it should be.
 * Another one is made under a claim, so that of all items and executions that bring the same person only one makes it.
 */

/** What earlier items do, if all goes well: `planned` of leads that are there; `made` of new ones, in a preview, by their claims. */
type Tools = DecideTools & Changing & { planned: Changes; made: Map<string, IDataObject> };

/** Gives a decision for each item. */
export async function decide(given: DecideTools, items: AskedItem[]): Promise<Decision[]> {
	/**
	 * @cause Propexo did not answer, or refused, when the node looked for the lead.
	 * @cure Read the rest of the message, and run it again. Nothing was sent.
	 */
	const name = 'The lead could not be looked up';
	const get = reader(given, given.signal, name);
	const tools: Tools = { ...given, get, planned: new Map(), made: new Map() };
	const finder = new LeadFinder(tools);
	const looked = items.map((item): LookedItem => ({ ...item, found: 'none' }));
	await eachOf(looked, async (item) => {
		item.found = await look(tools, finder, item);
	});
	for (const items of grouped(looked, ({ options }) => isPreview(options)).values()) joinRows(items);
	await findOthers(tools, looked);
	const decisions: Decision[] = [];
	// One after the other: an earlier item may change the lead that a later one is compared with.
	for (const item of looked) decisions.push(await decisionOf(tools, item));
	return decisions;
}

/** Looks for the lead of an item by each of its values, in their order. */
async function look(tools: Tools, finder: LeadFinder, item: AskedItem): Promise<Looked> {
	const { read } = item;
	const matches = matchesOf(read);
	const wrong = matches.length === 0 ? nothingToMatch(read) : fixedId(tools.ctx, matches);
	if (wrong) return { problem: wrong };
	for (const match of matches) {
		const found = match.finder
			? await finder.find(item, [match])
			: await byJob(tools, finder, read, match);
		if (found !== 'none') return found;
	}
	for (const match of matches) {
		const found = await byProcess(tools, read, match);
		if (found !== 'none') return found;
	}
	// Only the PMS gives such an ID, so the lead is there: Propexo does not show it yet, or it is of another property.
	const ofPms = matches.filter(({ field }) => field === 'xId');
	return await finder.find(item, ofPms, true);
}

/** Finds what items name besides their leads: in the property of the lead that was found, if one was. */
async function findOthers(tools: DecideTools, items: LookedItem[]): Promise<void> {
	const leads = new RecordsById();
	const right = items.filter(({ found }) => found === 'none' || !('problem' in found));
	for (const { read, found } of right) {
		if (found === 'none' || !('lead' in found)) continue;
		const id = textOf(found.lead.id);
		read.values.leadId = id;
		leads.know(pathOf(lead, id), found.lead);
	}
	await tools.findPlaced(right, leads);
}

/** The lead that a job has made for a value that Propexo's list does not hold. */
async function byJob(tools: DecideTools, finder: LeadFinder, item: ReadItem, match: Match): Promise<Looked> {
	const made = await leadJobOf(tools, item, match, { key: claimKey(item, match) });
	if (!made || made.failed) return 'none';
	const { lead: changed } = made;
	const id = textOf(changed?.id) || recordOf(made);
	const found = id === undefined ? 'none' : await finder.read(id, match);
	// In a sandbox that was filled anew, the ID may be another lead's.
	if (changed && found !== 'none' && 'lead' in found && found.lead.created_at !== changed.created_at)
		return 'none';
	if (changed || found !== 'none') return found;
	const problem = contradiction(item, made.parameters ?? {}, match);
	return problem ? { problem } : { made };
}

/**
 * The lead that another node of this process has made, or that got the value since Propexo read it. Its job may still be under
 * way; then it is looked at several times.
 */
async function byProcess(tools: Tools, item: ReadItem, match: Match): Promise<Looked> {
	const isMeant = isUnclaimed(tools, claimKey(item, match));
	let found: Looked = 'none';
	for (const pause of isMeant ? [0, ...tools.pausesMs] : []) {
		if (pause > 0) await sleep(pause, tools.signal).catch(() => undefined);
		found = await byJob(tools, new LeadFinder(tools), item, match);
		if (found === 'none' || !('made' in found) || isFinal(found.made.status?.write_status)) break;
	}
	return found;
}

async function decisionOf(tools: Tools, asked: LookedItem): Promise<Decision> {
	const { read: item, options, found } = asked;
	const isRight = item.problems.length === 0;
	if (found === 'none') return isRight ? toMake(tools, asked) : {};
	if ('problem' in found) return found;
	if ('made' in found) return { rows: [notReadable(found.made)] };
	const { account, planned } = tools;
	const { lead: held } = found;
	const isPreviewed = isPreview(options);
	// What is only previewed changes nothing.
	const place = `${isPreviewed} ${textOf(held.id)}`;
	const before = planned.get(place);
	const change = await changeOf(tools, item, found, before);
	if (change !== 'none' && 'problem' in change) return change;
	if (!isRight) return {};
	tellNoEvent(item);
	item.found.lead_id = foundBy(found);
	if (change === 'none') return { rows: withAction('unchanged', found, [{}]) };
	let { body } = change.item;
	planned.set(place, { ...before, ...body });
	item.body = body;
	const after = afterChange(tools, found, () => body);
	const { id, created_at } = held;
	/** Notes of whom the values are that the lead gets. */
	const note = (jobId: string) => {
		const sent = { jobId, parameters: whoIn({ ...held, ...body }), lead: { id, created_at } };
		const isNew = (match: Match) => !isHeld(held, match) && isHeld(body, match);
		return matchesOf(item)
			.filter(isNew)
			.map((match) => noteJob(tools, claimKey(item, match), sent));
	};
	let notes: Array<() => void> = [];
	const isLater = before !== undefined && !isPreviewed;
	// What an earlier item was to change decides what this one does, once it is known whether Propexo has taken that.
	if (isLater) item.body = change.whole;
	return {
		exists: true,
		...after,
		atLast: (request) => {
			const left = isLater ? unheld(asChanged(account, held), request.body ?? {}) : {};
			if (Object.keys(left).length > 0) body = left;
			notes = [after.noteSent(), ...note('')];
			return isLater ? { ...request, body } : request;
		},
		noteTaken: (rows) => {
			after.noteTaken(rows);
			note(jobOf(rows));
		},
		takeBack: () => notes.forEach((takeBack) => takeBack()),
	};
}

/**
 * @cause A hint: the person was there already, and _First Event_ is only for new leads.
 * @cure Use _Lead Event: Create_ after this node.
 */
const NO_EVENT = {
	label: 'First Event',
	remark: "was not written, because the lead existed already. If an earlier try added it, its event is there; if not, use 'Lead Event: Create' after this node",
	ahead: "would not be written, because the lead exists already. To write it, use 'Lead Event: Create' after this node",
};

function tellNoEvent(item: ReadItem): void {
	if (hasEvent(item)) item.remarks.push(NO_EVENT);
}

const jobOf = ([row]: IDataObject[]): string => textOf(row?.job_id);

/** A new lead, under the claim of all that it is recognized by. */
function toMake(tools: Tools, asked: LookedItem): Decision {
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
	const who = whoIn(item.body);
	return {
		withColumns: (rows) => rows.map((row) => ({ action: 'created', ...row })),
		noteTaken: (rows) => {
			for (const key of claimed.values()) noteJob(tools, key, { jobId: jobOf(rows), parameters: who });
		},
		claim: {
			keys,
			marks: (rows) => keys.map((key) => jobMark(key, jobOf(rows))),
			again: async (before) => {
				const first = keys.find((key) => claimed.get(key) === before.key) ?? before.key;
				const match = matches.get(first);
				const next = match && (await again(tools, asked, match, before));
				if (next && 'key' in next) claimed.set(first, next.key);
				return next;
			},
		},
	};
}

/** What is kept in the store of the job that made a lead under a claim: if it fails, the claim is free. */
const jobMark = (key: string, jobId: string): string => `${key}\njob\n${jobId}`;

/** The newest job of a claim, if all jobs for the lead have failed. Other failed jobs say nothing about the claim. */
async function failedJobOf(
	failed: Failed[],
	first: string,
	{ isMade, isMarked }: ClaimedBefore,
): Promise<string | undefined> {
	for (const { jobId, isOwn } of failed)
		if (isOwn || (isMade && (await isMarked(jobMark(first, jobId))))) return jobId;
	return undefined;
}

/**
 * What to do about a lead that another item or execution has made, or was about to make. Its job may still be under
 * way; then it is looked at several times.
 */
async function again(
	tools: Tools,
	asked: AskedItem,
	match: Match,
	claimed: ClaimedBefore,
): Promise<Again | undefined> {
	const { read: item } = asked;
	const { key, since, isMade } = claimed;
	/** The key of the claim before any job of it failed. */
	const first = claimKey(item, match);
	let made: LeadJob | undefined;
	for (const pause of isMade ? [0, ...tools.pausesMs] : [0]) {
		if (pause > 0) await sleep(pause, tools.signal).catch(() => undefined);
		if (tools.signal.aborted) break;
		const finder = new LeadFinder(tools);
		const found = await finder.find(asked, matchesOf(item));
		if (found !== 'none' && 'problem' in found) return { decision: found };
		if (found !== 'none') return await changeFound(tools, asked, found);
		made = await leadJobOf(tools, item, match, { key, since });
		if (made?.failed) {
			const jobId = await failedJobOf(made.failed, first, claimed);
			// The PMS has refused it, so there is no lead. All that find this out go on under the same new key.
			const next = `${first}\n${jobId}`;
			if (jobId !== undefined && next !== key) return { key: next };
			made = undefined;
		}
		const id = made && recordOf(made);
		const shown = id === undefined ? 'none' : await finder.read(id, match);
		if (shown !== 'none' && 'problem' in shown) return { decision: shown };
		if (shown !== 'none') return await changeFound(tools, asked, shown);
		const problem = contradiction(item, made?.parameters ?? {}, match);
		if (problem) return { decision: { problem } };
		if (made && isFinal(made.status?.write_status)) return { decision: { rows: [notReadable(made)] } };
	}
	return isMade || made ? { decision: { rows: [notReadable(made)] } } : undefined;
}

/** What an item changes of a lead that was made since it was looked for: what the item names is found again. */
async function changeFound(
	tools: Tools,
	{ read: item, options }: AskedItem,
	found: FoundLead,
): Promise<Again> {
	const read: ReadItem = {
		...item,
		values: { ...item.values },
		body: { ...item.body },
		found: { ...item.found },
		problems: [],
		remarks: [],
	};
	const looked = { read, options, found };
	await findOthers(tools, [looked]);
	const [problem] = read.problems;
	const decision = problem ? { problem } : await decisionOf({ ...tools, planned: new Map() }, looked);
	if (!decision.problem) tellNoEvent(item);
	return { decision, read };
}

/**
 * @cause In the column `hint`: the lead was added a short time ago, and Propexo does not show it yet.
 * @cure Run it again after the next sync.
 */
const NOT_READABLE =
	"The lead was added before, and Propexo shows it after its next sync. Nothing was sent. If it was removed in the PMS since, add it with 'Lead: Create'.";
/**
 * @cause In the column `hint`: the lead was added before, and Propexo shows no trace of it.
 * @cure Wait a little and run it again. If it goes on, look for the person in the PMS.
 */
const NO_TRACE =
	'The lead was added before, but Propexo shows no trace of it. Nothing was sent. Run it again later, or look for the person in the PMS.';

/** The output row of a lead that exists and cannot be read yet. */
function notReadable(made: LeadJob | undefined): IDataObject {
	const id = made && recordOf(made);
	return {
		action: 'unchanged',
		...(id !== undefined && { lead_id: id }),
		...(made && rowOf(made)),
		hint: made ? NOT_READABLE : NO_TRACE,
	};
}
