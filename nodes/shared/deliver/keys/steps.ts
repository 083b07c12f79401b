import type { Entries } from './entries';

/** What a begun key that is not done was begun for. */
export type BegunFor =
	/** The same request. */
	| 'begun'
	/**
	 * The same event with another request. A look-up that does not find this item's request proves nothing.
	 */
	| 'begunOtherwise'
	/** Another event. */
	| 'begunOtherEvent';

/** A claim on its way: its round, its nonce, and how often it was made or looked at. */
export interface KeyClaim {
	round: number;
	nonce: string;
	tries: number;
	/** Nobody had begun the key before. */
	isFirst: boolean;
	/**
	 * The nonce of the item's earlier claim, if this one follows it. The next round may be claimed only while it is
	 * there.
	 */
	former?: string;
	/**
	 * This claim was made once before. The round was taken then, perhaps by an item that has lost and takes its round
	 * back.
	 */
	isSecond?: true;
}

/**
 * What one item knows of its key, and how it gets from step to step:
 *
 * | State      | What the call on the store shows, or what happens              | Next state                        |
 * | ---------- | -------------------------------------------------------------- | --------------------------------- |
 * | `free`     | the item wants to send                                         | claiming, round 1                 |
 * | `claiming` | `seen` and `open` are new                                      | looking, round 1                  |
 * |            | a later round, and only its own `open` is new ¹                | looking                           |
 * |            | `seen` is there, `open` is new                                 | done                              |
 * |            | anything else: another has begun it                            | begun (later rounds: counting)    |
 * | `looking`  | the own nonce is there                                         | held                              |
 * |            | nonce and round are gone: an unrelated call has wiped them out | looking, as they are there again  |
 * |            | the nonce is there, the key is gone                            | claiming, with another nonce      |
 * |            | `seen` is there, `open` is gone: done meanwhile                | done                              |
 * |            | anything else: another claim came later                        | begun                             |
 * |            | the own nonce is there; a call was late, or the look came late | claiming, next round ²            |
 * |            | too many tries                                                 | failed                            |
 * | `held`     | the request goes out                                           | sending                           |
 * |            | it has become old, or may have been wiped out                  | claiming, next round              |
 * | `sending`  | the event exists                                               | done                              |
 * |            | it did not happen, and nobody had begun the key before         | free                              |
 * |            | it did not happen, and the key had been begun before           | sending, as it is                 |
 * |            | it was refused                                                 | free                              |
 * |            | it is in doubt, and a look-up has found nothing                | claiming, next round              |
 * |            | the item ends in doubt                                         | begun                             |
 * |            | the claim may have been wiped out                              | sending, next round               |
 * | `counting` | the next round is there                                        | counting, from that               |
 * |            | the next round is new                                          | begun                             |
 * | `begun`    | a look-up has found nothing                                    | claiming, next round              |
 * |            | a look-up has found the event                                  | done                              |
 *
 * ¹ An item that had already claimed the key must also find the nonce of its earlier claim. If it finds both that nonce
 * and the new round, it asks once more: the item that lost takes its round back. One that claims it after a look-up must not find
 * `busy`: the key may have been given back since, and claimed anew.
 *
 * ² So does a new claim of a process whose records were wiped out lately (`StoreAnswer.isWary`).
 *
 * An item may send only from *held*, and only for a short time.
 */
export type KeyStep =
	| { at: 'free' }
	| ({ at: 'claiming' } & KeyClaim)
	/** `isLate`: the call that recorded the claim was late. */
	| ({ at: 'looking'; since: number; isLate: boolean } & KeyClaim)
	| ({ at: 'held'; since: number } & KeyClaim)
	| ({ at: 'sending'; since: number } & KeyClaim)
	| { at: 'counting'; round: number; by: BegunFor; underWay: boolean }
	/** `mine`: this item has left it in doubt. */
	| { at: 'begun'; round: number; by: BegunFor; underWay: boolean; mine?: true }
	| { at: 'done'; otherEvent: boolean }
	| { at: 'failed' };

/** One of the steps by its name. */
export type At<Name extends KeyStep['at']> = Extract<KeyStep, { at: Name }>;

/** What names the entries of a claim. */
export type ClaimNames = Pick<KeyClaim, 'round' | 'nonce' | 'former'>;

/** What a call on the store has shown. */
export interface StoreAnswer {
	/** The entries that were not there. They are now. */
	fresh: ReadonlySet<string>;
	/**
	 * This call, or one since the last answers, took longer than other processes are silent. It may have wiped out a
	 * claim that another item had already seen in the store.
	 */
	late: boolean;
	/**
	 * Another process has lately wiped out what this one had recorded: its claim may stand under this one, with entries that
	 * this process has removed and recorded again. So a new claim takes one more round: only one of the two gets that.
	 */
	isWary: boolean;
	/** When the call began, epoch ms. */
	at: number;
}

/** The step after a call, and the entries to remove. */
export interface Next {
	step: KeyStep;
	remove: string[];
}

/** What a step needs beside the store. */
export interface Means {
	entries: Entries;
	newNonce(): string;
	/** How long a claim may be used after it was last seen in the store, in ms. */
	lease: number;
}
