import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { grouped, isObject } from '../json/objects';
import { textOf } from '../json/text';
import { nodeError } from './errors';
import type { Outcome } from './outcome';
import { isFailed, OUTCOME_NAMES } from './outcome';
import { named } from './summary';

/** How many messages an error of several items has. */
const MOST_TOLD = 10;

/**
 * In *Stop* mode: throws the error of the item that stopped the run. What is the same of several items is told once.
 *
 * @param summaryOfAll a text about all items; left out when nothing is created, so that nothing can be repeated
 */
export function throwFirst(node: INode, outcomes: Outcome[], summaryOfAll = () => ''): void {
	const causes = outcomes
		.filter(isFailed)
		.filter((outcome) => !('consequence' in outcome && outcome.consequence));
	const [first] = causes;
	if (!first) return;
	const groups = grouped(causes, ({ report }) => report.message.replace(/^Item \d+/, ''));
	const told = [...groups.values()].slice(0, MOST_TOLD).flatMap(([one = first, ...same]) => {
		/** @noMessage It follows a message about an item. */
		const more = `The same is true of ${named(same.map((cause) => outcomes.indexOf(cause)))}.`;
		return [`${one.report.message}.`, ...(same.length > 0 ? [more] : [])];
	});
	const parts = [first.report.description, told.slice(1).join(' '), summaryOfAll()];
	const description = parts.filter((part) => part !== '').join('\n\n');
	// The error stands for all items: see `http/cause.ts`.
	const isInDoubt = causes.some(({ state }) => state === 'unknown');
	throw nodeError(node, first, { description, ...(isInDoubt && { failure: undefined }) });
}

/**
 * Whether an item failed in a node of this package before, and comes from its error output.
 *
 * @param ends how it may have ended there
 */
export function isOwnFailure(
	{ error, details }: IDataObject,
	ends: string[] = Object.values(OUTCOME_NAMES),
): boolean {
	return typeof error === 'string' && isObject(details) && ends.includes(textOf(details.outcome));
}

/** What is added to the output of an item (*Add Delivery Details*). */
export interface Details {
	/** @param row an output row, or the facts about a failed item */
	of(row?: IDataObject): IDataObject;
	/** Whether they stand within the `details` of an error: failed items go to an output of their own. */
	within: boolean;
}

/** In which form a write gives out its rows. */
export interface RowForm {
	/** The columns that say who or what the item is about. */
	who: IDataObject;
	/** @param row as the service answered it */
	row(row: IDataObject): IDataObject;
}

/**
 * The output items of one outcome, linked to the input item.
 *
 * @param form left out for a read, which gives its rows as they are
 */
export function outputOf(
	outcome: Outcome,
	index: number,
	{ details, form }: { details?: Details; form?: RowForm } = {},
): INodeExecutionData[] {
	const pairedItem = { item: index };
	const detailed = (json: IDataObject, row?: IDataObject): IDataObject =>
		details ? { ...json, delivery: details.of(row) } : json;
	if (outcome.state === 'created')
		return outcome.rows.map((row) => {
			const given = harmless(row);
			return { json: detailed(form?.row(given) ?? given, row), pairedItem };
		});
	if (outcome.state === 'previewed') return [{ json: detailed(outcome.row), pairedItem }];
	if (outcome.state === 'skipped') {
		const json = {
			outcome: OUTCOME_NAMES.skipped,
			// What the item says of whom it is about was not recorded where that was another event.
			...(!outcome.isOther && form?.who),
			skipped: true,
			deduplication_key: outcome.key,
			...(outcome.isOther && { other_event: true }),
			...(outcome.isRefused && { refused_before: true }),
		};
		return [{ json: detailed(json), pairedItem }];
	}
	const { message, description, details: facts } = outcome.report;
	const described = {
		outcome: OUTCOME_NAMES[outcome.state],
		item: index + 1,
		...facts,
		what_to_do: description,
	};
	// n8n sends an item to the error output if it has these two keys and no other.
	const json = details?.within
		? { error: message, details: detailed(described, facts) }
		: detailed({ error: message, details: described }, facts);
	return [{ json, pairedItem }];
}

/** Renames a top-level `error`: n8n takes a first row that has one for a failed run, and runs the node again. */
function harmless(row: IDataObject): IDataObject {
	if (!('error' in row)) return row;
	const { error, ...rest } = row;
	return { ...rest, service_error: error };
}
