import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { cancelSignalOf } from '../../http/connection';
import { ask } from '../../http/sendAgain';
import type { ServiceRequest } from '../../http/service';
import type { Since } from '../../http/serviceTime';
import { DAY_MS } from '../../json/time';
import { steadyNow } from '../../process/steadyNow';
import type { Doubt } from '../doubt';
import { timeoutMs } from '../options';
import type { ReadyItem } from '../items';
import type { Run } from '../run';
import type { LookedUp, LookUpTools } from '../write';

/** How far back a look-up goes at most for a key that another execution began, in ms: logs keep no more. */
const KEY_BEGUN_AT_MOST_MS = 28 * DAY_MS;
/**
 * How long a service may be at work on a request that nobody waits for any more, in ms from when it was sent. No API
 * tells it; servers and gateways give up on a request after a minute or two.
 */
const GOES_ON_FOR_MS = 120_000;

/**
 * Looks for the record of an item in doubt, several times, because it may take a while to show.
 *
 * @returns `undecided` when the execution is stopped meanwhile, or the records that are there prove nothing; `older`: it is absent
 * but for these, which may be those in doubt or others with the same content
 */
export async function lookUp(
	run: Run,
	item: ReadyItem,
	doubt: Doubt,
): Promise<LookedUp | { older: IDataObject[] }> {
	const { connection, signal, taken } = item.account;
	const tools = {
		account: connection.account,
		signal: cancelSignalOf(run.ctx),
		ask: async (request: ServiceRequest) =>
			await ask(connection, request, signal, timeoutMs(item.options)),
		isTaken: (id: string) => taken.has(id),
	};
	let verdict: LookedUp = 'undecided';
	for (const pause of pausesOf(run, item, doubt)) {
		try {
			await sleep(pause, signal);
		} catch {
			return 'undecided';
		}
		verdict = await run.write.lookUp(tools, item.request, doubt.lookFrom);
		if (typeof verdict === 'object') return verdict;
	}
	if (verdict === 'undecided' || doubt.differs) return 'undecided';
	if (!doubt.guessed) return 'absent';
	// An older record may be the one in doubt, or another one with the same content: it decides nothing.
	const older = await run.write.lookUp(tools, item.request, steadyNow() - KEY_BEGUN_AT_MOST_MS);
	return typeof older === 'object' ? { older: older.found } : older;
}

/** When to look, in ms from one look to the next: *absent* at the last look means that there will be no record. */
export function pausesOf({ write }: Run, { options }: ReadyItem, doubt: Doubt): number[] {
	const { guessed, mayGoOn, last = steadyNow() } = doubt;
	const pauses = [...write.lookUpAfterMs];
	// The other execution may still be waiting for its reply, for as long as its *Timeout* lets it, if no look-up has waited.
	if (guessed && doubt.last === undefined) pauses.push(timeoutMs(options));
	const { goesOnForMs = GOES_ON_FOR_MS } = write;
	const lastLook = steadyNow() + pauses.reduce((sum, pause) => sum + pause, 0);
	const rest = last + goesOnForMs - lastLook;
	if (mayGoOn && rest > 0) pauses.push(rest);
	return pauses;
}

/** How sure it is that a record is the one in doubt. */
export type Likeness = 'same' | 'perhaps' | 'other';

/**
 * How sure it is of a record that a list tells: it is another one if it was made before the request began, or belongs to
 * another item. Without a time or an ID it is only perhaps the one.
 *
 * @param compared what its values say
 */
export function likenessOfListed(
	{ isTaken }: LookUpTools,
	{ id, when }: { id: string; when: ReturnType<Since> },
	compared: () => Likeness,
): Likeness {
	if (when === 'before' || (id !== '' && isTaken(id))) return 'other';
	const like = compared();
	return like === 'same' && (when !== 'after' || id === '') ? 'perhaps' : like;
}
