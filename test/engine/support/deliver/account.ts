import type { IDataObject, NodeApiError } from 'n8n-workflow';

import type { RunResult } from '../engine.ts';
import type { Driven, Emulated } from './driven.ts';
import { markOf } from './driven.ts';

export type OutcomeName = 'created' | 'skipped' | 'refused' | 'unknown' | 'not sent';

/** The outcome of each item as a run reported it, and the IDs of the reported events, by item. */
export interface Account {
	outcomes: OutcomeName[];
	ids: string[][];
}

/** "1–3, 5" as positions counted from 0. */
function positions(text: string): number[] {
	return text.split(', ').flatMap((range) => {
		const [from = 0, to = from] = range.split('–').map(Number);
		return Array.from({ length: to - from + 1 }, (_, step) => from + step - 1);
	});
}

/** What an update or a cancellation that was carried out is told as. */
const CARRIED_OUT = ['updated', 'cancelled'];

/** Sets the outcome of an item; fails when the item has one already: then it was reported twice. */
function settle(outcomes: Array<OutcomeName | undefined>, index: number, told: string): void {
	expect({ index, outcome: outcomes[index] }).toEqual({ index, outcome: undefined });
	outcomes[index] = (CARRIED_OUT.includes(told) ? 'created' : told) as OutcomeName;
}

/** The outcomes in the error of a stopped run. */
function fromError({ thrown }: RunResult, count: number): Account {
	const outcomes = new Array<OutcomeName | undefined>(count).fill(undefined);
	const { description, context } = thrown as NodeApiError;
	if (count === 1) outcomes[0] = (context.data as IDataObject).outcome as OutcomeName;
	const [, none] = /None of the (\d+) /.exec(description ?? '') ?? [];
	if (none !== undefined) {
		expect(Number(none)).toBe(count);
		return { outcomes: new Array<OutcomeName>(count).fill('not sent'), ids: [] };
	}
	for (const [, many, outcome, items = ''] of (description ?? '').matchAll(
		/(\d+) ([a-z ]+) \(items? ([^)]*)\)/g,
	)) {
		const indexes = positions(items);
		expect(indexes).toHaveLength(Number(many));
		for (const index of indexes) settle(outcomes, index, outcome ?? '');
	}
	return { outcomes: outcomes as OutcomeName[], ids: [] };
}

/** The outcomes in the output items. */
function fromItems(driven: Driven, { success, error }: RunResult, count: number): Account {
	const outcomes = new Array<OutcomeName | undefined>(count).fill(undefined);
	const ids: string[][] = Array.from({ length: count }, () => []);
	for (const { json, pairedItem } of [...success, ...error]) {
		const { item: index } = pairedItem as { item: number };
		const failed = json.details as { outcome?: OutcomeName } | undefined;
		if (json.error !== undefined) settle(outcomes, index, failed?.outcome ?? 'unknown');
		else if (json.skipped === true) settle(outcomes, index, 'skipped');
		else {
			if (ids[index]?.length === 0) settle(outcomes, index, 'created');
			ids[index]?.push(driven.idIn(json));
		}
	}
	const tellsNone = ids.flat().every((id) => id === '');
	return { outcomes: outcomes as OutcomeName[], ids: tellsNone ? [] : ids };
}

/** What a run said about its items, in the error that stopped it or in its output. */
export function accountOf(driven: Driven, result: RunResult, count: number): Account {
	return result.thrown ? fromError(result, count) : fromItems(driven, result, count);
}

/** IDs of the events that exist, by their item. */
export function existing({ ledger }: Emulated, count: number): string[][] {
	const bodies = ledger.created.map(({ id, body }) => ({ id, body: JSON.stringify(body) }));
	return Array.from({ length: count }, (_, index) =>
		bodies.filter(({ body }) => body.includes(markOf(index))).map(({ id }) => id),
	);
}

/**
 * Checks the promises for one run: every item has exactly one outcome, every outcome is true, no event exists twice, and
 * every event that exists is reported as created or as unknown.
 */
export function expectTrue(emulated: Emulated, account: Account): void {
	const exists = existing(emulated, account.outcomes.length);
	const told = account.outcomes.map((outcome, index) => ({
		item: index,
		outcome,
		exists: exists[index]?.length,
		...(account.ids[index] && outcome === 'created' && { ids: account.ids[index] }),
	}));
	const truth = account.outcomes.map((outcome, index) => ({
		item: index,
		outcome: expect.stringMatching(/^(created|refused|unknown|not sent)$/),
		exists: wantedEvents(outcome, exists[index]?.length ?? 0),
		...(account.ids[index] && outcome === 'created' && { ids: exists[index] }),
	}));
	expect(told).toEqual(truth);
}

/** How many events an item must have. An unknown one may have none or one. */
function wantedEvents(outcome: OutcomeName, found: number): number {
	if (outcome === 'unknown') return Math.min(found, 1);
	return outcome === 'created' ? 1 : 0;
}
