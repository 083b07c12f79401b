import { steadyNow, steadyTimeOf } from '../process/steadyNow';
import type { Does } from '../report/outcome';
import { KEY_LABEL } from './keyField';
import type { ItemMemory } from './memory/memory';
import type { Begun } from './memory/remembered';

/** A request was begun, and nobody knows whether it had an effect. Times are as `steadyNow` counts. */
export interface Doubt {
	/** Since when a look-up looks for its record: when the first request for it was begun, also by another execution. */
	lookFrom: number;
	/** When the last request for it was begun; left out where nobody knows. */
	last?: number;
	/** When it was begun is not known; `lookFrom` is a likely time. */
	guessed?: true;
	/** Nobody waits for its reply any more, and the service may still be at work on it. */
	mayGoOn?: true;
	/** What the request does, where that is known beside the item's present one. */
	does?: Does;
	/** It was sent several times, and one of these requests was refused. */
	isRefused?: true;
	/** It is about another request than the item's present one: not finding the present one proves nothing. */
	differs?: boolean;
	because: string;
	httpCode?: number;
}

/**
 * The doubt in which an earlier try of the execution left an item, perhaps in another process.
 *
 * @cause n8n or its server was stopped while the request was on its way, in an earlier try.
 * @cure Look in the service whether the record exists, or let the option _If Outcome Is Unknown_ look it up.
 */
export function doubtOf({
	since,
	last = since,
	from = since,
	guessed: isGuessed,
	does,
	because,
	httpCode,
}: Begun): Doubt {
	// By the clock of another machine, or this one was set back: how long ago it was is not known.
	const isAhead = since > Date.now();
	return {
		...(isAhead ? guessed() : { lookFrom: steadyTimeOf(from), last: steadyTimeOf(last) }),
		...(isGuessed && { guessed: isGuessed }),
		...(does && { does }),
		...(httpCode !== undefined && { httpCode }),
		mayGoOn: true,
		because: because ?? 'the run was interrupted while it was being sent',
	};
}

/**
 * The doubt in which an earlier try left an item: also when its first own request was begun, and how many requests are in doubt.
 * Undefined if the item is not in doubt.
 */
export function doubtIn({
	found,
	differs,
}: ItemMemory): { doubt: Doubt; ownSince: number; sends: number } | undefined {
	if (found?.state !== 'begun') return undefined;
	const doubt = doubtOf(found);
	const ownSince = found.from === undefined ? doubt.lookFrom : steadyTimeOf(found.since);
	return { doubt: { ...doubt, differs }, ownSince, sends: found.sends ?? 1 };
}

/** How long ago another execution most likely began a key, in ms. */
const KEY_BEGUN_WITHIN_MS = 2_700_000;

const guessed = () => ({ lookFrom: steadyNow() - KEY_BEGUN_WITHIN_MS, guessed: true }) as const;

/**
 * The doubt in which another execution has left a key.
 *
 * @param claimed whether it was begun for another request, and how often that was sent, where the key tells
 * @param isRecord whether the key is the claim of a record
 * @cause Another execution, or an item before it, began the same event and was cut off, or does not know its outcome.
 * @cure Look in the service whether the record exists, or let the option _If Outcome Is Unknown_ look it up.
 */
export function begunElsewhere(
	{ differs, sends }: { differs?: boolean; sends?: number },
	isRecord: boolean,
): Doubt {
	const because = `an earlier item or execution began to ${isRecord ? 'add the same record' : `send the event with this '${KEY_LABEL}'`} and did not finish`;
	/**
	 * @cause An earlier execution sent the event again, because a look-up did not find it. One of its requests was refused, and
	 * nobody knows what came of the others.
	 * @cure Look in the service whether the record exists, or let the option _If Outcome Is Unknown_ look it up.
	 */
	const becauseRefused = `an earlier item or execution sent the event with this '${KEY_LABEL}' more than once, and one request was refused`;
	const doubt = { ...guessed(), mayGoOn: true, differs } as const;
	return sends === undefined
		? { ...doubt, because }
		: { ...doubt, because: becauseRefused, isRefused: true };
}
