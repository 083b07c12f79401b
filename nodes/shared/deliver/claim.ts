import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_MS } from '../http/network';
import { hash } from '../json/hash';
import type { ItemKey } from './keys/itemKey';
import type { Because } from './messages';
import { KEY_BEGUN_FOR_OTHER_EVENT, KEY_NOT_RECORDED, KEY_OF_OTHER_EVENT } from './messages';
import { timeoutMs } from './options';
import type { ReadyItem, Run } from './run';

/**
 * What an item learns when it asks for the claim of its key:
 * - `ours`: it may send, as long as `maySend`
 * - `done`: the event of the key exists
 * - `underWay`: another execution is working on it now
 * - `begun`: another execution has left it in doubt, or was cut off; `differs` if it sent another request than this
 *   item would
 * - `denied`: the item is not sent
 */
export type Claimed =
	| { is: 'ours' }
	| { is: 'done' }
	| { is: 'underWay' }
	| { is: 'begun'; differs: boolean }
	| { is: 'denied'; because: Because };

/**
 * The claim of one item: the event of a key is only sent with it. An item without a key needs no claim and may always
 * send. If the key belongs to another event, the item's option *Same Key, Other Event* decides.
 */
export class Claim {
	private key?: ItemKey;
	private readonly keys: ItemKey[] = [];

	constructor(
		private readonly run: Run,
		private readonly item: ReadyItem,
	) {
		if (item.key) this.key = this.keyNamed(item.key.key, item.key.event);
	}

	/** Whether it was asked for before, so that it is known who has begun the key. */
	get isKnown(): boolean {
		return this.key?.isKnown ?? true;
	}

	/** Asks for the claim, before a request or once a look-up has found that the event of a begun key is absent. */
	async take(): Promise<Claimed> {
		const state = this.key ? await this.key.claim().catch(() => undefined) : 'new';
		switch (state) {
			case undefined:
				return { is: 'denied', because: KEY_NOT_RECORDED };
			case 'new':
				return { is: 'ours' };
			case 'done':
				return { is: 'done' };
			case 'doneOtherEvent':
				return (await this.forOtherEvent(KEY_OF_OTHER_EVENT)) ?? { is: 'done' };
			case 'underWay':
				return { is: 'underWay' };
			case 'begun':
			case 'begunOtherwise':
				return { is: 'begun', differs: state !== 'begun' };
			case 'begunOtherEvent':
				return (
					(await this.forOtherEvent(KEY_BEGUN_FOR_OTHER_EVENT)) ?? { is: 'begun', differs: true }
				);
		}
	}

	/** After `underWay`: waits until the other execution has ended its work on the key, or has had the time for it. */
	async waitForOther(): Promise<void> {
		await this.key?.waitForOther(this.item.account.signal).catch(() => undefined);
	}

	/** Right before a request: whether the claim still holds. If not, it has to be taken again. */
	maySend(): boolean {
		return this.key?.maySend() ?? true;
	}

	/**
	 * The event exists: when it comes again with this key, it is skipped.
	 *
	 * @param rows the output rows of what was created
	 */
	async finish(rows: IDataObject[]): Promise<void> {
		this.key?.finish();
		const others = this.item.key?.repeatedBy?.(rows) ?? [];
		const marked = others.map(async (other) => {
			const key = this.keyNamed(other.key, other.event);
			// The record exists. If the other key cannot be marked as done, a redelivery is in doubt, but not this item.
			await key.claim().catch(() => undefined);
			key.finish();
		});
		await Promise.all(marked);
	}

	/** Whether the store keeps this as done, without a claim of it. */
	async isMarked(mark: string): Promise<boolean> {
		const key = this.keyNamed(mark, '');
		const state = await key.claim().catch(() => undefined);
		key.release();
		return state === 'done';
	}

	/** After `ours`: the request did not happen. The key is as it was before the claim. */
	giveBack(): void {
		this.key?.release();
	}

	/** The event does not exist and will not: the key is as if it had never been seen. */
	release(): void {
		this.key?.free();
	}

	/** The item ends. */
	async end(): Promise<void> {
		await Promise.all(this.keys.map(async (key) => await key.end()));
	}

	/** *Same Key, Other Event*; undefined where it says that both are the same event. */
	private async forOtherEvent(because: Because): Promise<Claimed | undefined> {
		const { key, options } = this.item;
		const { sameKeyOtherEvent = 'refuse' } = options;
		if (sameKeyOtherEvent === 'refuse') return { is: 'denied', because };
		if (sameKeyOtherEvent !== 'send' || !key || this.key?.key !== key.key) return undefined;
		// From now on the key names this event too, so that a redelivery of it is recognized.
		this.key = this.keyNamed(`${key.key}\n${key.event}`, key.event);
		return await this.take();
	}

	private keyNamed(key: string, event: string): ItemKey {
		const { request, options } = this.item;
		const about = { event, request: hash(request.about ?? request) };
		const named = this.run.keys.of(key, about, timeoutMs(options) ?? DEFAULT_TIMEOUT_MS);
		this.keys.push(named);
		return named;
	}
}
