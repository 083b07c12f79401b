import type { IDataObject } from 'n8n-workflow';

import { wallTimeOf } from '../../process/steadyNow';
import { Claim } from './claim';
import { keysOf } from '../eventKey';
import type { ReadyItem } from '../items';
import type { Doubt } from '../doubt';
import type { Begun, Remembered } from '../memory/remembered';
import { keyHashOf } from '../memory/sameItem';
import { isDetailed } from '../options';
import type { Run } from '../run';

/*
 * What stays of an item for a further try of the execution.
 */

/** The item's own requests: when the first one in doubt was begun, as `steadyNow` counts, and how many may have arrived. */
interface OwnRequests {
	ownSince: number;
	sends: number;
}

/** What a look-up has to go by. */
type ToLookUp = Pick<Doubt, 'lookFrom' | 'last' | 'guessed' | 'does' | 'httpCode'> & { because?: string };

/**
 * Remembers that a request of an item was begun, and with which key. By the machine's clock: a further try may run in another
 * process.
 */
export function keepBegun({ key, memory }: ReadyItem, own: OwnRequests, doubt: ToLookUp): void {
	const hash = keyHashOf(key);
	memory.keep({
		state: 'begun',
		...begunOf(own, doubt),
		...(hash !== undefined && { key: hash }),
	});
}

/** What is remembered of requests in doubt. */
export function begunOf(
	{ ownSince, sends }: OwnRequests,
	{ lookFrom, last = ownSince, guessed, does, because, httpCode }: ToLookUp,
): Begun {
	return {
		since: wallTimeOf(ownSince),
		because,
		...(last !== ownSince && { last: wallTimeOf(last) }),
		...(lookFrom < ownSince && { from: wallTimeOf(lookFrom) }),
		...(httpCode !== undefined && { httpCode }),
		...(guessed && { guessed }),
		...(does && { does }),
		...(sends > 1 && { sends }),
	};
}

/** Remembers that the record of an item exists: with its trail, if its output tells that or a request is in doubt, and its key. */
export function keepCreated(item: ReadyItem, rows: IDataObject[]): void {
	const { options, trail, memory } = item;
	const { inDoubt } = trail;
	const key = keyHashOf(item.key);
	const told = isDetailed(options) ? { ...trail } : inDoubt && { inDoubt };
	memory.keep({
		state: 'created',
		rows,
		...(told && { trail: told }),
		...(key !== undefined && { key }),
	});
}

/**
 * The service has refused a request later, and an earlier one is in doubt. What an item claims is done for the store, so that it is
 * not sent again. If the store does not know of the doubt, the item stays created for a further try, which ends it as this one does.
 */
export function keepInDoubt(
	item: ReadyItem,
	inDoubt: Begun,
	{ rows, isNoted }: { rows: IDataObject[]; isNoted: boolean },
): void {
	const key = keyHashOf(item.key);
	if (keysOf(item).length > 0 && !isNoted) keepCreated(item, rows);
	else item.memory.keep({ state: 'begun', ...inDoubt, ...(key !== undefined && { key }) });
}

/**
 * An earlier try created the item with another key or with none. Makes its present key done, so that a redelivery with this
 * key is skipped. If the store fails, the item still counts as created: its record exists.
 */
export async function keepLaterKey(
	run: Run,
	item: ReadyItem,
	created: Extract<Remembered, { state: 'created' }>,
): Promise<void> {
	const { key, account } = item;
	if (!key || keyHashOf(key) === created.key) return;
	const release = await run.keys.hold(key.key, account.signal);
	const claim = new Claim(run, item);
	if ((await claim.take()).is === 'ours') await claim.finish(created.rows);
	await claim.end();
	release();
}
