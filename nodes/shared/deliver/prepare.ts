import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';
import { privateValues } from '../fields/item';
import { withResolved } from '../find/resolved';
import type { Connection } from '../http/connection';
import type { ServiceRequest } from '../http/service';
import { isTakenName } from '../report/errors';
import type { Outcome } from '../report/outcome';
import { invalid, problemTexts } from '../report/problems';
import type { ItemMemory, Memory } from './memory/memory';
import type { Remembered } from './memory/remembered';
import { doubtOf } from './doubt';
import { mayExist, wrongByNow } from './messages';
import type { CheckedItem, EndedItem, ReadyItem, ToSend } from './items';
import type { Account, Run } from './run';
import { takeFor } from './run';
import type { ClaimedBefore, Decision } from './beforeSending';
import type { Plan, Write } from './write';

/** An item that can be sent, or one that ends without that. */
export type Prepared = ToSend | EndedItem;

/** What the items of a run are prepared with. */
interface Preparing {
	run: Run;
	memory: Memory;
	/** What is decided about the sent items together, and about the previewed ones. */
	plans: Record<'ofRun' | 'ofPreview', Plan | undefined>;
	accounts: Map<Connection, Account>;
}

/** Makes the requests, and reads from memory how earlier tries of the execution ended. */
export const prepareAll = (preparing: Preparing, items: CheckedItem[]): Prepared[] =>
	items.map((item, index) => prepare(preparing, item, index));

function prepare({ run, memory, plans, accounts }: Preparing, checked: CheckedItem, index: number): Prepared {
	const { write } = run;
	const { name, options, connection, skipped, decision, isPreview } = checked;
	if (skipped) return { item: checked, outcome: skipped };
	const account = connection && accounts.get(connection);
	const plan = isPreview ? plans.ofPreview : plans.ofRun;
	const isRight = connection !== undefined && checked.read.problems.length === 0;
	const read = isRight && plan ? plan.complete(checked.read, index, options, connection) : checked.read;
	const item = { ...checked, read };
	const isToBeSent = isRight && read.problems.length === 0 && !decision.rows;
	const request = isToBeSent ? write.request(read, options) : undefined;
	const remembered = rememberedOf(memory, item, index, request);
	const { found } = remembered;
	const isCreated = found?.state === 'created';
	// What an earlier try created must not be taken by the look-up of another item.
	if (account && isCreated) takeFor(account, write, found.rows);
	if (decision.rows && isRight && !isCreated) return { item, outcome: unchanged(read, decision.rows) };
	// What an earlier try created is followed further, whatever is wrong with the item now.
	if (!account || !(request || isCreated)) {
		const outcome = earlier(write, item, found) ?? invalid(name, read.problems);
		return { item, outcome };
	}
	const redacted = privateValues(read, write).filter((value) => !isTakenName(checked.known, value));
	return {
		item: {
			...item,
			account,
			memory: remembered,
			redacted,
			trail: { attempts: 0 },
			request: request ?? write.request(read, options),
			complete: completed(write, read, decision),
		},
	};
}

/**
 * Prepares an item once more, because another item or execution has claimed its record before.
 *
 * @returns undefined if it makes no record under a claim, or nothing was found out
 */
export async function prepareAgain(
	write: Write,
	item: ReadyItem,
	before: ClaimedBefore,
): Promise<Prepared | undefined> {
	const { claim } = item.decision;
	const again = await claim?.again(before);
	if (!claim || !again) return undefined;
	// What is sent now is another request than the one that an earlier try may have left in doubt.
	const settled = { ...item, memory: { ...item.memory, found: undefined } };
	if ('keys' in again) return { item: { ...underKeys(settled, again.keys), ownBefore: before.own } };
	const { decision, read = item.read } = again;
	if (decision.problem) return { item, outcome: invalid(item.name, [decision.problem]) };
	if (decision.rows) return { item, outcome: unchanged(read, decision.rows) };
	const request = write.request(read, item.options);
	return { item: { ...settled, decision, request, complete: completed(write, read, decision) } };
}

/** An item that makes its record under other keys, in place of those that were claimed before. */
export function underKeys(item: ReadyItem, instead: Map<string, string>): ReadyItem {
	const { decision } = item;
	if (!decision.claim) return item;
	const keys = decision.claim.keys.map((key) => instead.get(key) ?? key);
	return { ...item, decision: { ...decision, claim: { ...decision.claim, keys } } };
}

/** Nothing needs to be sent: the record is as it should be. */
export const unchanged = (read: ReadItem, rows: IDataObject[]): Outcome => ({
	state: 'created',
	rows: withResolved(read)(rows),
	isUnsent: true,
});

/** Adds to the output rows what the item says: the records that were found, and what is the operation's own. */
function completed(write: Write, read: ReadItem, { withColumns }: Decision): ReadyItem['complete'] {
	const resolved = withResolved(read);
	return (rows) =>
		resolved(withColumns ? withColumns(rows) : rows).map((row) => ({
			...row,
			...read.columns,
			...write.columns?.(row, read),
		}));
}

/** What earlier tries of the execution came to with an item; `request` is its present one, if it has one. */
function rememberedOf(
	memory: Memory,
	{ read, input, connection, key, steady, decision, isPreview }: CheckedItem,
	itemIndex: number,
	request?: ServiceRequest,
): ItemMemory {
	const stays = [steady?.beforeFinding, request && steady?.afterFinding(read)];
	const about = { itemIndex, request, input, connection, stays, key };
	return stillInDoubt(isPreview ? memory.look(about) : memory.of(about), decision);
}

/**
 * What is remembered of an item. That a request was in doubt does not matter any more once the record was found: the
 * item has been compared with it again, and a change may be sent again.
 */
const stillInDoubt = (memory: ItemMemory, { exists, rows }: Decision): ItemMemory =>
	(exists || rows) && memory.found?.state === 'begun' ? { ...memory, found: undefined } : memory;

/** How an earlier try of an item ended, for an item whose fields have problems this time, so that it has no request. */
function earlier(write: Write, item: CheckedItem, found?: Remembered): Outcome | undefined {
	if (found?.state === 'created') return { state: 'created', rows: found.rows };
	if (found?.state !== 'begun') return undefined;
	const problems = problemTexts(item.read.problems).join('; ');
	const added = problems === '' ? undefined : wrongByNow(item.options, problems);
	return { state: 'unknown', report: mayExist(write, item, doubtOf(found), { added, sends: found.sends }) };
}
