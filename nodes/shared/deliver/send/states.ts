import type { Place, Slot } from '../../http/limiter';
import type { Outcome } from '../../report/outcome';
import type { Doubt } from '../doubt';
import type { ReadyItem } from '../items';

/** What an item has been through so far; it goes along from state to state. */
export interface Past {
	/** Connections that could not be made. */
	connections: number;
	/** Requests whose outcome was in doubt, also those of earlier tries of the execution. */
	sends: number;
	lookUps: number;
	/** When the item's first request in doubt was begun, as `steadyNow` counts. */
	ownSince?: number;
	/** The last doubt that a look-up has ended: the record was absent, so that it may be sent again or refused. */
	absent?: Doubt;
	/** It must not be sent again, whatever a look-up finds: its record may be somebody else's by now. */
	isBarred?: true;
	/** Its keys that others had begun. */
	begun?: string[];
}

/**
 * The way of one item, from the moment it may be sent to its outcome. A state holds all that is known of the item; the
 * functions of the same names in `attempt.ts` each make the step from one state to the next.
 *
 * | State      | What happens                                               | Next state                  |
 * | ---------- | ---------------------------------------------------------- | --------------------------- |
 * | (begin)    | an earlier try created it                                  | ended: created ⁴            |
 * |            | an earlier try left it in doubt                            | inDoubt                     |
 * |            | it is new                                                  | waiting                     |
 * | `waiting`  | a slot is near                                             | claiming                    |
 * |            | the run stops, or the rate is used up for too long         | ended: not sent ¹           |
 * | `claiming` | the claim is its own                                       | claimed                     |
 * |            | its key is done                                            | ended: skipped ²            |
 * |            | another execution is at work on its key                    | waiting, when it has ended  |
 * |            | another execution has left its key in doubt                | inDoubt ²                   |
 * |            | denied: the key has another event, or cannot be recorded   | ended: not sent ¹           |
 * | `claimed`  | it gets a slot                                             | sending                     |
 * |            | no slot is near any more, or many others are in trouble    | waiting, without the claim  |
 * |            | the run stops, or the rate is used up for too long         | ended: not sent ¹           |
 * | `sending`  | the claim was made too long ago                            | claiming                    |
 * |            | another request about the same was quicker ⁶               | ended: not sent ¹           |
 * |            | proof: done                                                | ended: created              |
 * |            | proof: refused                                             | ended: refused ⁵            |
 * |            | proof: did not happen, and trying again may help           | waiting                     |
 * |            | proof: did not happen, and trying again does not help      | ended: not sent ¹           |
 * |            | no proof, or one that is not certain                       | inDoubt                     |
 * | `inDoubt`  | *If Outcome Is Unknown* is *Report*                        | ended: unknown              |
 * |            | its key was done meanwhile                                 | ended: skipped ²            |
 * |            | another execution is at work on its key                    | inDoubt, when it has ended  |
 * |            | look-up: found                                             | ended: created ³            |
 * |            | look-up: undecided, or too many look-ups                   | ended: unknown              |
 * |            | look-up: only older ones of a record, and all were refused | anew, under another key ²   |
 * |            | look-up: absent, with *Look Up, Then Report*               | ended: unknown              |
 * |            | look-up: absent, and it may be sent again                  | waiting                     |
 * |            | look-up: absent, and it was sent three times               | ended: unknown              |
 *
 * ¹ *Unknown* if a request was in doubt before: a look-up that found no record does not prove that it will never show, and no reply
 * has refused it.
 *
 * ² If the key is the claim of a record: the record or its job is looked for, and the item ends, or begins again
 * with another request or key (`RecordClaim`).
 *
 * ³ The follow-up ends it as *refused* if the look-up has found that the service refused it later, or as *unknown* if an
 * earlier request is still in doubt then.
 *
 * ⁴ If it has another key than then, or did not have one, its key is made done.
 *
 * ⁵ *Unknown* if a request was in doubt before, unless the service would always refuse the same (`Proof.always`, `Complaint.ofForm`).
 *
 * ⁶ `Write.trace` and `Decision.begin` know of it.
 *
 * A key counts as left in doubt, too, if its event was sent more than once and one request was refused later (`refusedLater.ts`).
 *
 * An item that comes into doubt claims its key, if it has not yet, and one that ends *unknown* leaves its key begun.
 */
export type State = UnderWay | Over;

/** One in which the item has something before it. */
export type UnderWay = { past: Past } & (
	| { at: 'waiting' }
	| { at: 'claiming'; place: Place }
	| { at: 'claimed'; place: Place }
	| { at: 'sending'; slot: Slot }
	| { at: 'inDoubt'; doubt: Doubt }
);

/** One that ends its way. */
export type Over =
	| { at: 'ended'; outcome: Outcome }
	/** It goes through the states again, with another request or other keys. */
	| { at: 'anew'; item: ReadyItem };

/** One of the states by its name. */
export type In<At extends State['at']> = Extract<State, { at: At }>;
