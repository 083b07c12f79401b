import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { AskedItem, DecideTools } from '../../shared/deliver/beforeSending';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import { candidateOf } from '../../shared/find/candidates';
import { choose, ifSeveralOf } from '../../shared/find/choose';
import type { Finder, ReadById, Where } from '../../shared/find/findable';
import type { Get } from '../../shared/find/get';
import { orElse, RecordsById } from '../../shared/find/get';
import { failureProblem, noneProblem, severalProblem } from '../../shared/find/messages';
import { Stopped } from '../../shared/find/sharedAnswers';
import { OtherRecords } from '../../shared/find/source';
import type { Way } from '../../shared/find/ways';
import { waysOf } from '../../shared/find/ways';
import { canonical } from '../../shared/json/compare';
import { textOf } from '../../shared/json/text';
import { isFinal } from '../jobs/status';
import { askList, hasNone, readOne } from '../records/paging';
import { lead } from '../records/people';
import { pathOf } from '../records/record';
import { areDifferentPeople, contradiction, hasTheName, isHeld } from './differentPerson';
import type { Failed, LeadJob } from './leadJobs';
import { isKnownHere, leadJobOf, recordOf } from './leadJobs';
import type { Match } from './matchBy';
import { claimKey, fixedId, LEADS, matchBy, matchesOf, nothingToMatch } from './matchBy';

/** A lead as Propexo holds it now, and what it was found by. */
export interface FoundLead {
	lead: IDataObject;
	by: Match;
}

/** The one lead that an item means, why it cannot be told, or that there is none. */
type FoundOrNot = FoundLead | { problem: Problem } | 'none';

/** The one lead that an item means. It may be known only by the job that makes it. */
export type Looked = FoundOrNot | { made: LeadJob };

/** The leads that have a value. `more`: there are others that were not read. */
type Listed = Awaited<ReturnType<typeof askList>>;

/** What looking for a lead needs. */
type Looking = DecideTools & {
	get: Get;
	/** Jobs that were to make the lead of an item, and that the PMS has refused. */
	refused: Map<ReadItem, Set<string>>;
};

/** @noMessage It ends the message about several leads. */
const WAY = "Change the one that is meant with 'Lead: Update', or add the option 'If Several Match'";

/** @noMessage It ends the same message where the option does not decide. */
const WAY_OF_PEOPLE =
	"They have different names, so the newest may be somebody else. Give the name of the one that is meant exactly as its lead has it, or change it with 'Lead: Update'";

/**
 * Looks for leads in Propexo's list, each time again: what was read a minute ago may have been changed since. Several
 * items with the same value share one request.
 */
export class LeadFinder {
	private readonly byId = new RecordsById();
	private readonly asked = new Map<string, Promise<Listed>>();

	constructor(private readonly tools: Looking) {}

	private readonly readById: ReadById = async (path, noun) =>
		await this.byId.read(path, async () => await readOne(this.tools.get, path, noun));

	/**
	 * Finds the one lead that has the first of these values that any lead has.
	 *
	 * @param mustBeThere it is a problem if none has it
	 */
	async find(item: AskedItem, matches: Match[], mustBeThere = false): Promise<FoundOrNot> {
		for (const match of matches) {
			const found = await this.byOne(item, match, mustBeThere);
			if (found !== 'none') return found;
		}
		return 'none';
	}

	private async byOne(
		{ read: item, options }: AskedItem,
		match: Match,
		mustBeThere: boolean,
	): Promise<FoundOrNot> {
		const { finder } = match;
		if (!finder) return 'none';
		const where = await LEADS.where(item, {
			resource: 'lead',
			options,
			readById: this.readById,
			get: this.tools.get,
		});
		const { rows, more } = await this.ask(where, match, finder);
		const candidates = rows.flatMap((row) => candidateOf(LEADS, row) ?? []);
		const lookedFor = { findable: LEADS, finder, label: finder.field.label, where };
		if (candidates.length === 0) return mustBeThere ? { problem: await noneProblem(lookedFor) } : 'none';
		// Of those who share a value, such as a couple, the one that the item names.
		const others = new Set(rows.filter((row) => contradiction(item, row, match)).map(({ id }) => id));
		const fitting = candidates.filter(({ id }) => !others.has(id));
		// A newer one whose name only fits may be somebody else: Maria Elena beside Maria.
		const exact = new Set(rows.filter((row) => hasTheName(item, row)).map(({ id }) => id));
		const called = fitting.filter(({ id }) => exact.has(id));
		const named = called.length === 0 ? fitting : called;
		const meant = named.length === 0 ? candidates : named;
		const areOthers =
			named.length > 1 &&
			areDifferentPeople(
				rows.filter(({ id }) => named.some((one) => one.id === id)),
				match,
			);
		const chosen = areOthers
			? 'several'
			: choose({ rows: meant, more }, LEADS.ages, ifSeveralOf(options), item);
		if (typeof chosen === 'string') {
			const answered = { rows: candidates, more };
			const tools = { readById: this.readById, get: this.tools.get };
			const way = areOthers ? WAY_OF_PEOPLE : WAY;
			return { problem: await severalProblem({ ...lookedFor, way }, answered, chosen, tools) };
		}
		const row = rows.find(({ id }) => id === chosen.one.id);
		return row ? { lead: row, by: match } : 'none';
	}

	/** The leads that have a value, in any likely spelling, or else those that have it as their second one. */
	private async ask(where: Where, match: Match, finder: Finder): Promise<Listed> {
		let found: Listed = { rows: [], more: false };
		for (const way of waysOf({ finder, values: [match.value], key: match.key })) {
			found = await this.askFor(where, match, way);
			if (found.rows.length > 0) break;
		}
		return found;
	}

	/**
	 * Reads leads by spellings of a value.
	 *
	 * @throws OtherRecords when Propexo gives others
	 */
	private async askFor({ list, part }: Where, match: Match, { finder, spellings }: Way): Promise<Listed> {
		const place = { ...list, ...part };
		const answers = await Promise.all(
			spellings.map(async (value) => await this.askOnce({ ...place, ...finder.query?.(value, place) })),
		);
		const rows = answers.flatMap((answer) => answer.rows);
		if (!rows.every((row) => isHeld(row, match) && LEADS.agrees(row, place))) throw new OtherRecords();
		return {
			rows: [...new Map(rows.map((row) => [row.id, row])).values()],
			more: answers.some(({ more }) => more),
		};
	}

	private async askOnce(query: IDataObject) {
		const name = canonical(query);
		const asking = this.asked.get(name) ?? askList(this.tools.get, LEADS.path, query);
		this.asked.set(name, asking);
		return await asking;
	}

	/** The lead with this ID, 'none' if Propexo does not show it. */
	async read(id: string, by: Match): Promise<FoundLead | 'none'> {
		const row = await orElse(readOne(this.tools.get, pathOf(lead, id), lead.noun), hasNone, undefined);
		return row ? { lead: row, by } : 'none';
	}
}

/** What was found; a problem if looking for it failed or was stopped: nothing is known of the lead then. */
export async function told<T>(tools: DecideTools, looking: Promise<T>): Promise<T | { problem: Problem }> {
	const found = await looking.catch((cause: Error) => cause);
	const failure = tools.signal.aborted ? new Stopped() : found;
	if (!(failure instanceof Error)) return failure;
	return { problem: failureProblem({ label: matchBy.label }, tools, failure) };
}

/** Looks for the lead of an item by each of its values, in their order. */
export async function look(tools: Looking, finder: LeadFinder, item: AskedItem): Promise<Looked> {
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
		// Propexo may show it by now, though the job gives no ID.
		const isHidden = found !== 'none' && 'made' in found;
		const shown = isHidden ? await new LeadFinder(tools).find(item, matches) : 'none';
		if (shown !== 'none') return shown;
		if (found !== 'none') return found;
	}
	// Only the PMS gives such an ID, so the lead is there: Propexo does not show it yet, or it is of another property.
	const ofPms = matches.filter(({ field }) => field === 'xId');
	return await finder.find(item, ofPms, true);
}

/** Notes which jobs the item replaces if it makes its lead. */
export function noteRefused(
	{ refused }: Pick<Looking, 'refused'>,
	item: ReadItem,
	failed: Array<Pick<Failed, 'jobId'>>,
): void {
	refused.set(item, new Set([...(refused.get(item) ?? []), ...failed.map(({ jobId }) => jobId)]));
}

/** The lead that a job has made for a value that Propexo's list does not hold. */
async function byJob(tools: Looking, finder: LeadFinder, item: ReadItem, match: Match): Promise<Looked> {
	const made = await leadJobOf(tools, item, match, { key: claimKey(item, match) });
	if (made?.failed) noteRefused(tools, item, made.failed);
	if (!made || made.failed) return 'none';
	const { lead: changed } = made;
	const id = textOf(changed?.id) || recordOf(made);
	const found = id === undefined ? 'none' : await finder.read(id, match);
	// In a sandbox that was filled again, the ID may be another lead's.
	if (changed && found !== 'none' && found.lead.created_at !== changed.created_at) return 'none';
	if (changed || found !== 'none') return found;
	const problem = contradiction(item, made.parameters ?? {}, match);
	return problem ? { problem } : { made };
}

/**
 * The lead that this process has made, by any node, or that got the value since Propexo read it. Its job may still be under
 * way; then it is looked at several times.
 */
async function byProcess(tools: Looking, item: ReadItem, match: Match): Promise<Looked> {
	const isMeant = isKnownHere(tools, claimKey(item, match));
	const pauses = isMeant ? [0, ...tools.pausesMs] : [];
	let found: Looked = 'none';
	for (const [round, pause] of pauses.entries()) {
		await sleep(pause, tools.signal);
		const asked = byJob(tools, new LeadFinder(tools), item, match);
		// Propexo may not tell of a new job yet.
		const told = await (round === 0 && pauses.length > 1 ? asked.catch(() => undefined) : asked);
		if (told === undefined) continue;
		found = told;
		if (found === 'none' || !('made' in found) || isFinal(found.made.status?.write_status)) break;
	}
	return found;
}
