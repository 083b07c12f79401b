import type { IDataObject } from 'n8n-workflow';

import type { Claimed } from '../claimed';
import { claimedAs, notRecorded } from '../claimed';
import type { Claiming } from '../eventKey';
import { askedOf, keysOf, ownKeyOf } from '../eventKey';
import type { ItemKey, KeyState } from '../keys/itemKey';
import type { RefusedLater } from '../refusedLater';
import { knownRefused, refusalEventOf, refusalKeyOf, refusedLaterOf } from '../refusedLater';
import type { Run } from '../run';

/**
 * How often in a row a claim may have become too old to send with, before the item is given up. Each takes a call and a look, so
 * these are as many tries as one claim has.
 */
const MOST_TOO_OLD = 30;

/**
 * The claim of one item: the event of a key is only sent with it. An item without a key needs no claim and may always
 * send.
 */
export class Claim {
	/** What it claims, in order. */
	private readonly claiming: ItemKey[];
	/** The key that another execution works on. */
	private underWay?: ItemKey;
	/** How often in a row it was too old to send with. */
	private tooOld = 0;
	private readonly named: ItemKey[] = [];

	constructor(
		private readonly run: Run,
		private readonly item: Claiming,
	) {
		this.claiming = keysOf(item).map((name) => this.keyNamed(name));
	}

	/** Whether it was asked for before, so that it is known who has begun the key. */
	get isKnown(): boolean {
		return this.claiming.every((key) => key.isKnown);
	}

	/**
	 * Asks for the claim, before a request or once a look-up has found that the event of a begun key is absent.
	 *
	 * All keys are claimed with the same calls, because all claims have to be fresh when the request goes out: one that is still
	 * held is made again with the others. If one key is not the item's, the others are given back, so that no two items keep what
	 * the other one waits for. Of several that are begun, all are told: what is done about one has to hold for all of them.
	 */
	async take(): Promise<Claimed> {
		if (this.tooOld >= MOST_TOO_OLD) return { is: 'denied', because: notRecorded(this.item) };
		const asked = [...this.claiming];
		const isAnew = !asked.every((key) => key.isHeld);
		// A key whose removal is under way would be claimed with a later call than the others.
		await Promise.all(asked.map(async (key) => await key.written()));
		const all = await Promise.all(asked.map(async (key) => await this.takeOne(key, isAnew)));
		const blocking = all.findIndex(({ is }) => is !== 'ours' && is !== 'begun');
		const blocked = all[blocking];
		if (!blocked) return this.begunAmong(all);
		// What was found of the other keys may be out of date when they are claimed next.
		for (const [at, key] of this.claiming.entries()) if (at !== blocking) key.letGo();
		if (blocked.is === 'underWay') this.underWay = this.claiming[blocking];
		return blocked;
	}

	/** All keys that others had begun, as one; the item's own are given back then. */
	private begunAmong(all: Claimed[]): Claimed {
		const begun = all.flatMap((one) => (one.is === 'begun' ? one : []));
		const [first] = begun;
		if (!first) return { is: 'ours' };
		for (const [at, key] of this.claiming.entries()) if (all[at]?.is !== 'begun') key.letGo();
		const keys = begun.flatMap((one) => one.keys);
		return { ...first, keys, differs: begun.some(({ differs }) => differs) };
	}

	private async takeOne(itemKey: ItemKey, isAnew = false): Promise<Claimed> {
		const state = await itemKey.claim(isAnew).catch(() => undefined);
		if (state === undefined) return { is: 'denied', because: notRecorded(this.item) };
		const claimed = claimedAs(state, itemKey.key, this.item);
		if (claimed.is === 'ofOther') {
			// From now on the key names this event too, so that a redelivery of it is recognized.
			const own = this.keyNamed(claimed.own);
			this.claiming[0] = own;
			return await this.takeOne(own);
		}
		if (claimed.is === 'ours') return await this.unlessOwnIsTaken(itemKey);
		if (state !== 'done' && state !== 'doneOtherEvent') return claimed;
		const stateOf = async (name: string, event: string) => await this.stateOf(name, event);
		return knownRefused(claimed, await refusedLaterOf(this.run, this.item, stateOf));
	}

	/**
	 * A free key whose event may have a second one, `own`: it was sent with that before if the event that had this key
	 * then was refused since, or is no longer remembered.
	 */
	private async unlessOwnIsTaken(itemKey: ItemKey): Promise<Claimed> {
		const { key, options } = this.item;
		const name = key?.key === itemKey.key ? ownKeyOf(key, options) : undefined;
		if (name === undefined) return { is: 'ours' };
		const own = this.keyNamed(name);
		const claimed = await this.takeOne(own);
		if (claimed.is === 'ours') own.giveBack();
		else {
			itemKey.giveBack();
			this.claiming[0] = own;
		}
		return claimed;
	}

	/**
	 * After `underWay`: waits until the other execution has ended its work on the key, or has had the time for it.
	 *
	 * @param signal ends the wait at once
	 */
	async waitForOther(signal: AbortSignal): Promise<void> {
		await this.underWay?.waitForOther(signal).catch(() => undefined);
	}

	/** Right before a request: whether the claim still holds. If not, it has to be taken again. */
	maySend(): boolean {
		const [first, ...others] = this.claiming;
		const maySend = first?.maySend(others) ?? true;
		this.tooOld = maySend ? 0 : this.tooOld + 1;
		return maySend;
	}

	/**
	 * The event exists: when it comes again with this key, it is skipped.
	 *
	 * @param rows the output rows of what was created
	 */
	async finish(rows: IDataObject[]): Promise<void> {
		for (const key of this.claiming) key.finish();
		const { key, decision } = this.item;
		const alsoDone = decision?.claim?.alsoDone(rows).map((name) => ({ key: name, event: '' }));
		const others = (alsoDone ?? key?.repeatedBy(rows) ?? []).map(async (other) => {
			const named = this.keyNamed(other.key, other.event);
			// The record exists. If the other key cannot be made done, a redelivery is in doubt, but not this item.
			await named.claim().catch(() => undefined);
			named.finish();
		});
		await Promise.all(others);
	}

	/**
	 * The service took the event and refused it later. Its key stays done: it may still be sent by the service again.
	 *
	 * @returns whether the store knows it; if not, a repeated item is skipped and does not mention the refusal
	 */
	async noteRefused(refused: RefusedLater = {}): Promise<boolean> {
		const name = refusalKeyOf(this.item);
		if (name === undefined) return false;
		const key = this.keyNamed(name, refusalEventOf(refused));
		const state = await key.claim().catch(() => undefined);
		if (state === 'free') key.finish();
		await this.end();
		return state === 'free' || state === 'done';
	}

	/** The state of another key, which is not kept claimed; undefined if the store does not tell it. */
	async stateOf(name: string, event = ''): Promise<KeyState | undefined> {
		const key = this.keyNamed(name, event);
		const state = await key.claim().catch(() => undefined);
		key.giveBack();
		return state;
	}

	/** After `ours`: the request did not happen. The key is as it was before the claim. */
	giveBack(): void {
		this.tooOld = 0;
		for (const key of this.claiming) key.giveBack();
	}

	/** After `ours`: the event is in doubt, so that its key is begun, whether or not a request goes out. */
	leaveBegun(): void {
		for (const key of this.claiming) key.leaveBegun();
	}

	/** The event does not exist and will not: the key is as if it had never been seen. */
	release(): void {
		for (const key of this.claiming) key.release();
	}

	/** The item ends. */
	async end(): Promise<void> {
		await Promise.all(this.named.map(async (key) => await key.end()));
	}

	private keyNamed(name: string, event?: string): ItemKey {
		const { about, timeoutMs: ms } = askedOf(this.item, name, event);
		// Everything but the key of an event is found by other means when it comes again.
		const isMet = name === this.item.key?.key;
		const named = this.run.keys.keyOf(name, about, ms, isMet);
		this.named.push(named);
		return named;
	}
}
