import type { IDataObject } from 'n8n-workflow';

import type { AskedItem } from '../../../shared/deliver/beforeSending';
import type { Problem } from '../../../shared/fields/problem';
import { candidateOf } from '../../../shared/find/candidates';
import { choose, ifSeveralOf } from '../../../shared/find/choose';
import type { Finder, ReadById, Where } from '../../../shared/find/findable';
import type { Get } from '../../../shared/find/get';
import { RecordsById } from '../../../shared/find/get';
import { failureProblem, noneProblem, severalProblem } from '../../../shared/find/messages';
import { OtherRecords } from '../../../shared/find/source';
import type { Connection } from '../../../shared/http/connection';
import { canonical } from '../../../shared/json/compare';
import { textOf } from '../../../shared/json/text';
import { askList, hasNone, readOne } from '../../records/paging';
import { lead } from '../../records/people';
import { pathOf } from '../../records/record';
import { contradiction } from './differentPerson';
import type { Match } from './matchBy';
import { LEADS, matchBy } from './matchBy';

/** A lead as Propexo holds it now, and what it was found by. */
export interface FoundLead {
	lead: IDataObject;
	by: Match;
}

/** The one lead that an item means, why it cannot be told, or that there is none. */
export type Found = FoundLead | { problem: Problem } | 'none';

/** @noMessage It ends the message about several leads. */
const WAY = "Change the one that is meant with 'Lead: Update', or add the option 'If Several Match'";

/**
 * Looks for leads in Propexo's list, each time again: what was read a minute ago may have been changed since. Several
 * items with the same value share one request.
 */
export class LeadFinder {
	private readonly byId = new RecordsById();
	private readonly asked = new Map<string, ReturnType<typeof askList>>();

	constructor(private readonly tools: Connection & { get: Get }) {}

	private readonly readById: ReadById = async (path, noun) =>
		await this.byId.read(path, async () => await readOne(this.tools.get, path, noun));

	/**
	 * Finds the one lead that has the first of these values that any lead has.
	 *
	 * @param mustBeThere it is a problem if none has it
	 */
	async find(item: AskedItem, matches: Match[], mustBeThere = false): Promise<Found> {
		try {
			for (const match of matches) {
				const found = await this.byOne(item, match, mustBeThere);
				if (found !== 'none') return found;
			}
			return 'none';
		} catch (cause) {
			return { problem: this.failure(cause) };
		}
	}

	private async byOne(
		{ read: item, options }: AskedItem,
		match: Match,
		mustBeThere: boolean,
	): Promise<Found> {
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
		if (candidates.length === 0)
			return mustBeThere ? { problem: await noneProblem(lookedFor, {}) } : 'none';
		// Of those who share a value, such as a couple, the one that the item names.
		const others = new Set(rows.filter((row) => contradiction(item, row, match)).map(({ id }) => id));
		const named = candidates.filter(({ id }) => !others.has(id));
		const meant = named.length === 0 ? candidates : named;
		const chosen = choose({ rows: meant, more }, LEADS.ages, ifSeveralOf(options), item);
		if (typeof chosen === 'string') {
			const answered = { rows: candidates, more };
			const tools = { readById: this.readById, get: this.tools.get, way: WAY };
			return { problem: await severalProblem(lookedFor, answered, chosen, tools) };
		}
		const row = rows.find(({ id }) => id === chosen.one.id);
		return row ? { lead: row, by: match } : 'none';
	}

	/** The leads that have a value, in any likely spelling, or else those that have it as their second one. */
	private async ask({ list, part }: Where, { field, key, value }: Match, finder: Finder) {
		const place = { ...list, ...part };
		const byFirst = async (forms: string[]) =>
			await this.askForms(
				place,
				forms,
				(form) => finder.query?.(form, place),
				(row) => finder.of(row).some((held) => finder.alike(textOf(held)) === key),
			);
		const found = await byFirst([value, key]);
		const { spellings } = finder;
		if (typeof spellings !== 'function' || found.rows.length > 0) return found;
		const spelt = await byFirst(spellings(key));
		if (field !== 'email1' || spelt.rows.length > 0) return spelt;
		const second = (email_2: string) => ({ email_2 });
		return await this.askForms(
			place,
			[value, key],
			second,
			({ email_2 }) => finder.alike(textOf(email_2)) === key,
		);
	}

	/**
	 * Reads leads by a value and by its normal form: Propexo does not say whether letter case matters to its filters.
	 *
	 * @param queryOf the query for one form
	 * @param holds whether a lead has the value
	 * @throws OtherRecords when Propexo gives others
	 */
	private async askForms(
		place: IDataObject,
		forms: string[],
		queryOf: (form: string) => IDataObject | undefined,
		holds: (row: IDataObject) => boolean,
	) {
		const answers = await Promise.all(
			[...new Set(forms)].map(async (form) => await this.askOnce({ ...place, ...queryOf(form) })),
		);
		const rows = answers.flatMap((answer) => answer.rows);
		if (!rows.every((row) => holds(row) && LEADS.agrees(row, place))) throw new OtherRecords();
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

	/**
	 * The lead with this ID, 'none' if Propexo does not show it. Any other failure is a problem: nothing is known of the
	 * lead then.
	 */
	async read(id: string, by: Match): Promise<Found> {
		try {
			return { lead: await readOne(this.tools.get, pathOf(lead, id), lead.noun), by };
		} catch (cause) {
			return hasNone(cause) ? 'none' : { problem: this.failure(cause) };
		}
	}

	private failure(cause: unknown): Problem {
		return failureProblem({ label: matchBy.label }, this.tools, cause as Error);
	}
}
