import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { hash } from '../../json/hash';
import { isKeyTelling } from '../input/readKey';
import type { Hashed, ItemHashes, Meeting } from './sameItem';
import { isSameItem, hashesOf, meetingLater, parametersHash } from './sameItem';
import type { Entry, KnownAccount, Remembered, Saved, SavedEntry } from './remembered';
import { fromSaved, toSaved } from './remembered';

/** Characters of the hashes of an account, which are kept once. */
const ACCOUNT_LENGTH = 12;

/** The position of an account that is not known. */
const NO_ACCOUNT = -1;

/** An item that may be remembered. */
interface Item extends Hashed {
	itemIndex: number;
	/** None when its credential cannot be used; then its account is not known. */
	connection?: Connection;
}

/** What is remembered of one item, and how to change that. */
export interface ItemMemory {
	found?: Remembered;
	/** What was found belongs to another request than the present one, such as one with an earlier `$now`. */
	differs: boolean;
	keep(what: Remembered): void;
	forget(): void;
}

const runOf = (ctx: IExecuteFunctions): number => ctx.getWorkflowDataProxy(0).$runIndex as number;

/** Whether an earlier try of this run has remembered any item: then each item is told how it ended before. */
export function isTriedAgain(ctx: IExecuteFunctions): boolean {
	const { delivered = {} } = ctx.getContext('node') as Saved;
	return Object.keys(delivered).some((place) => place.startsWith(`${runOf(ctx)}:`));
}

function accountOf(node: INode, { service, baseUrl, token }: Connection): KnownAccount {
	return {
		address: hash(baseUrl, ACCOUNT_LENGTH),
		credential: hash(node.credentials?.[service.credential]?.id ?? '', ACCOUNT_LENGTH),
		token: hash([baseUrl, token], ACCOUNT_LENGTH),
	};
}

/**
 * Remembers in the execution's own data how each item ended, so that Retry On Fail and *Retry execution* go on where
 * the last try stopped. A later run of the node (a loop, an error output that leads back, an agent that calls its tool again)
 * takes over items in doubt, and only those: what was created is meant to be created again.
 *
 * `sameItem.ts` says which item is the remembered one. One of another account is another item. The account is known by base URL
 * and token; in a further try, a new token of the same credential may be one of the same account (`isRenewed`).
 */
export class Memory {
	private readonly saved: Record<string, SavedEntry | undefined>;
	private readonly accounts: KnownAccount[];
	private readonly run: number;
	private readonly parameters: string;
	/** The accounts of this run's items. */
	private readonly own: Map<Connection, KnownAccount>;
	/** The tokens of earlier tries and runs. */
	private readonly earlierTokens: Set<string>;
	/** Whether two keys mean two events, for the item at a position. */
	private readonly isKeyTelling: Record<Meeting, (itemIndex: number) => boolean>;
	/** Items in doubt of earlier runs, by their places, which are not taken over: by an item that is sent, or is previewed. */
	private readonly inDoubt: Record<'sent' | 'previewed', Map<string, Entry>>;

	/** @param connections of the items of this run */
	constructor(ctx: IExecuteFunctions, connections: Connection[]) {
		const node = ctx.getNode();
		const context = ctx.getContext('node') as Saved;
		this.saved = context.delivered ??= {};
		this.accounts = context.accounts ??= [];
		this.run = runOf(ctx);
		this.parameters = parametersHash(node);
		this.own = new Map(connections.map((connection) => [connection, accountOf(node, connection)]));
		this.earlierTokens = new Set(this.accounts.map(({ token }) => token));
		this.isKeyTelling = {
			triedAgain: () => false,
			comesBack: (itemIndex) => isKeyTelling(ctx, itemIndex, { comesBack: true }),
			isNew: (itemIndex) => isKeyTelling(ctx, itemIndex, { comesBack: false }),
		};
		const inDoubt = this.earlier('begun').flatMap((place): Array<[string, Entry]> => {
			const entry = this.at(place);
			return entry ? [[place, entry]] : [];
		});
		this.inDoubt = { sent: new Map(inDoubt), previewed: new Map(inDoubt) };
	}

	/** The places of items that ended so in earlier runs of the node in this execution, such as those of a loop. */
	earlier(state: Remembered['state']): string[] {
		return Object.keys(this.saved).filter(
			(place) => Number.parseInt(place, 10) < this.run && this.at(place)?.state === state,
		);
	}

	/** The output rows of what earlier runs of the node created in an account. */
	createdIn(connection: Connection): IDataObject[] {
		return this.earlier('created').flatMap((place) => {
			const entry = this.at(place);
			return entry?.state === 'created' && this.isSameAccount(entry, connection, 'triedAgain')
				? entry.rows
				: [];
		});
	}

	/** Whether an earlier try of this run has remembered anything of an item. */
	has(itemIndex: number): boolean {
		return this.saved[this.placeOf(itemIndex)] !== undefined;
	}

	/** Whether an earlier try of this run created the item or left it in doubt, whatever is wrong with its fields now. */
	wasSent(item: Omit<Item, 'request'>): boolean {
		const entry = this.at(this.placeOf(item.itemIndex));
		// In a first try, no item is hashed for this.
		return entry !== undefined && this.isSame(entry, item, this.hashesOf(item), 'triedAgain');
	}

	/** What is remembered of one item, and how to change that. Called once for each item of a run that is sent. */
	of(item: Item): ItemMemory {
		const hashes = this.hashesOf(item);
		const place = this.placeOf(item.itemIndex);
		const from = this.fromOf('sent', item, hashes);
		if (from !== place) {
			this.saved[place] = this.saved[from];
			delete this.saved[from];
		}
		const before = this.at(place);
		// One that cannot be read in this try stays known by what it was sent with.
		const kept = (!item.request && before) || hashes;
		return {
			...this.found(place, item, hashes),
			keep: (what) => {
				this.saved[place] = toSaved(what, kept, this.positionOf(item));
			},
			forget: () => {
				delete this.saved[place];
			},
		};
	}

	/** What is remembered of an item that is only previewed. As `of`, but nothing is changed. */
	look(item: Item): ItemMemory {
		const hashes = this.hashesOf(item);
		const from = this.fromOf('previewed', item, hashes);
		return { ...this.found(from, item, hashes), keep: () => {}, forget: () => {} };
	}

	private placeOf(itemIndex: number): string {
		return `${this.run}:${itemIndex}`;
	}

	private hashesOf(item: Hashed): ItemHashes {
		return hashesOf(item, this.parameters);
	}

	private at(place: string): Entry | undefined {
		const saved = this.saved[place];
		return saved && fromSaved(saved);
	}

	/** Where an item is remembered: at its own place, or where an earlier run left it in doubt. */
	private fromOf(how: keyof typeof this.inDoubt, item: Item, hashes: ItemHashes): string {
		const place = this.placeOf(item.itemIndex);
		if (this.saved[place] !== undefined) return place;
		const inDoubt = this.inDoubt[how];
		if (inDoubt.size === 0) return place;
		const meeting = meetingLater(item.input);
		const isIt = ([at, entry]: [string, Entry]) =>
			this.saved[at] !== undefined && this.isSame(entry, item, hashes, meeting);
		// Of several that it may be, it is the one with its request.
		const isRequest = (one: [string, Entry]) => one[1].request === hashes.request && isIt(one);
		const [earlier] = [...inDoubt].find(isRequest) ?? [...inDoubt].find(isIt) ?? [];
		if (earlier !== undefined) inDoubt.delete(earlier);
		return earlier ?? place;
	}

	private found(place: string, item: Item, hashes: ItemHashes): Pick<ItemMemory, 'found' | 'differs'> {
		const entry = this.at(place);
		const found = entry && this.isSame(entry, item, hashes, 'triedAgain') ? entry : undefined;
		return { found, differs: found !== undefined && found.request !== hashes.request };
	}

	private isSame(
		entry: Entry,
		{ connection, itemIndex }: Item,
		hashes: ItemHashes,
		meeting: Meeting,
	): boolean {
		return (
			this.isSameAccount(entry, connection, meeting) &&
			isSameItem(entry, hashes, meeting, this.isKeyTelling[meeting](itemIndex))
		);
	}

	private isSameAccount(entry: Entry, connection: Connection | undefined, meeting: Meeting): boolean {
		const own = connection && this.own.get(connection);
		if (!own) return meeting === 'triedAgain';
		const known = this.accounts[entry.account];
		if (!known || known.token === own.token) return known !== undefined;
		return meeting === 'triedAgain' && this.isRenewed(known, own);
	}

	/**
	 * Whether a new token stands for an earlier one of the same credential. It does not if other items still have the earlier
	 * one. Where items have several tokens, one of those must have stayed: if all are new, the credential leads elsewhere.
	 */
	private isRenewed(earlier: KnownAccount, own: KnownAccount): boolean {
		if (earlier.address !== own.address || earlier.credential !== own.credential) return false;
		const used = new Set([...this.own.values()].map(({ token }) => token));
		if (used.has(earlier.token)) return false;
		const haveAllChanged = ![...used].some((token) => this.earlierTokens.has(token));
		return used.size === 1 || this.earlierTokens.size === 1 || !haveAllChanged;
	}

	private positionOf({ connection }: Item): number {
		const own = connection && this.own.get(connection);
		if (!own) return NO_ACCOUNT;
		const at = this.accounts.findIndex(
			({ token, credential }) => token === own.token && credential === own.credential,
		);
		return at >= 0 ? at : this.accounts.push(own) - 1;
	}
}
