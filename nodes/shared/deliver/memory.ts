import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import type { ServiceRequest } from '../http/service';
import { hash } from '../json/hash';
import { DEEPEST_READ, isDeeperThan, picked } from '../json/objects';
import { isTool, OF_CALLS } from '../report/agentCall';
import { OUTCOME_NAMES } from '../report/outcome';
import { isOwnFailure } from '../report/output';
import type { EventKey } from './eventKey';
import { changesWithRuns, isNewEachTime } from './input/readKey';
import type { Entry, ItemIds, KnownAccount, Remembered, Saved, SavedEntry } from './remembered';
import { fromSaved, idOf, keyIdOf, toSaved } from './remembered';

const isSteady = (one: ItemIds, other: ItemIds): boolean =>
	one.steady.some((id) => other.steady.includes(id));

/** Characters of the hashes of an account, which are kept once. */
const ACCOUNT_LENGTH = 12;

/** The position of an account that is not known. */
const NO_ACCOUNT = -1;

/** What an item is recognized by. */
interface Recognized {
	itemIndex: number;
	/** None when its fields have problems; then it is recognized by its input and parameters alone. */
	request?: ServiceRequest;
	input: IDataObject;
	/** None when its credential cannot be used; then its account is not known. */
	connection?: Connection;
	/** What stays of it when it is read again (`Steady`), in several forms: two items are the same if they agree in one. */
	stays?: ReadonlyArray<unknown[] | undefined>;
	key?: Pick<EventKey, 'key'>;
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

/** The parameters that say what to send. Options only say how: a change of options does not make it another request. */
function parametersThatMatter(node: INode): IDataObject {
	return { ...node.parameters, options: undefined } as IDataObject;
}

/** Names that the output of a failed item adds to its input, and n8n to a tool's. The input may have used them itself. */
const ADDED = ['error', 'details', 'delivery', OF_CALLS];

/** Values that are nested too deep to be hashed, or contain themselves, are left out. */
const hashable = (input: IDataObject, isTaken: (name: string) => boolean): IDataObject =>
	picked(input, (name, value) => isTaken(name) && !isDeeperThan(value, DEEPEST_READ));

/**
 * The part of an item that stays when it fails here and comes back from the error output, or when an agent's call comes
 * again.
 */
const telling = (input: IDataObject): IDataObject => hashable(input, (name) => !ADDED.includes(name));

/** The values that an item's input itself has under those names; none if it is a failure that comes back. */
const ownUnder = (input: IDataObject): IDataObject =>
	isOwnFailure(input) ? {} : hashable(input, (name) => name !== OF_CALLS && ADDED.includes(name));

function accountOf(node: INode, { service, baseUrl, token }: Connection): KnownAccount {
	return {
		address: hash(baseUrl, ACCOUNT_LENGTH),
		credential: hash(node.credentials?.[service.credential]?.id ?? '', ACCOUNT_LENGTH),
		token: hash([baseUrl, token], ACCOUNT_LENGTH),
	};
}

/**
 * Remembers in the execution's own data how each item ended, so that Retry On Fail and *Retry execution* go on where
 * the last try stopped.
 *
 * A further try of the same run recognizes an item by any of these:
 * - its request, also if an expression was corrected
 * - its input and parameters, also if an expression gives another value each time, such as `$now`
 * - what its fields say without such values, also if both is the case, or the record that it names is not found any more
 *
 * A later run of the node (a loop, an error output that leads back, an agent that calls its tool again) recognizes only
 * items in doubt: by the same request, as the item that failed, or by the same input with the same fields. One with another
 * key is another item, unless the key changes by itself.
 *
 * An item of another account is another item. The account is known by base URL and token; in a further try, a new token
 * of the same credential is one of the same account, unless the items of the run have several tokens.
 */
export class Memory {
	private readonly saved: Record<string, SavedEntry | undefined>;
	private readonly accounts: KnownAccount[];
	private readonly run: number;
	private readonly parameters: string;
	/** The accounts of this run's items. */
	private readonly own: Map<Connection, KnownAccount>;
	private readonly hasSeveralTokens: boolean;
	/** Whether items with different keys are different events; `back`: also if one failed and comes back. */
	private readonly isToldByKey: Record<'new' | 'back', boolean>;
	/** Places of earlier runs whose item is still in doubt. */
	private readonly inDoubt: Set<string>;
	/** The same for a preview, without those that a previewed item was recognized in. */
	private readonly notPreviewed: Set<string>;

	/** @param connections of the items of this run */
	constructor(ctx: IExecuteFunctions, connections: Connection[]) {
		const node = ctx.getNode();
		const context = ctx.getContext('node') as Saved;
		this.saved = context.delivered ??= {};
		this.accounts = context.accounts ??= [];
		this.run = runOf(ctx);
		this.parameters = hash(parametersThatMatter(node));
		this.own = new Map(connections.map((connection) => [connection, accountOf(node, connection)]));
		this.hasSeveralTokens = new Set(connections.map(({ token }) => token)).size > 1;
		// An agent that calls again may make up another ID for the same event.
		const isGiven = !isTool(ctx);
		this.isToldByKey = {
			new: isGiven && !isNewEachTime(ctx),
			back: isGiven && !changesWithRuns(ctx),
		};
		this.inDoubt = new Set(this.earlier('begun'));
		this.notPreviewed = new Set(this.inDoubt);
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
			return entry?.state === 'created' && this.isSameAccount(entry, connection) ? entry.rows : [];
		});
	}

	/** Whether an earlier try of this run has remembered anything of an item. */
	has(itemIndex: number): boolean {
		return this.saved[this.placeOf(itemIndex)] !== undefined;
	}

	/** What is remembered of one item, and how to change that. Called once for each item of a run that is not only previewed. */
	of(item: Recognized): ItemMemory {
		const ids = this.idsOf(item);
		const place = this.placeOf(item.itemIndex);
		this.takeOver(place, ids, item);
		const before = this.at(place);
		// One that cannot be read in this try stays known by what it was sent with.
		const kept = (!item.request && before) || ids;
		return {
			...this.known(before, ids, item),
			keep: (what) => {
				this.saved[place] = toSaved(what, kept, this.positionOf(item));
			},
			forget: () => {
				delete this.saved[place];
			},
		};
	}

	/** Whether an earlier try of this run created the item or left it in doubt, whatever is wrong with its fields now. */
	wasSent(item: Omit<Recognized, 'request'>): boolean {
		const entry = this.at(this.placeOf(item.itemIndex));
		// In a first try, no item is hashed for this.
		return entry !== undefined && this.known(entry, this.idsOf(item), item).found !== undefined;
	}

	/** What is remembered of an item that is only previewed. As `of`, but nothing is changed. */
	look(item: Recognized): ItemMemory {
		const ids = this.idsOf(item);
		const place = this.placeOf(item.itemIndex);
		const entry = this.at(place) ?? this.at(this.earlierOf(this.notPreviewed, ids, item) ?? place);
		return { ...this.known(entry, ids, item), keep: () => {}, forget: () => {} };
	}

	private placeOf(itemIndex: number): string {
		return `${this.run}:${itemIndex}`;
	}

	private idsOf({ request, input, stays = [] }: Recognized): ItemIds {
		const own = ownUnder(input);
		return {
			request: idOf([request?.about ?? request]),
			source: idOf([this.parameters, telling(input)]),
			steady: [...new Set(stays.flatMap((one) => (one ? idOf([one, own]) : [])))],
		};
	}

	private known(
		entry: Entry | undefined,
		ids: ItemIds,
		{ connection }: Recognized,
	): Pick<ItemMemory, 'found' | 'differs'> {
		const isSame =
			entry?.request === ids.request ||
			entry?.source === ids.source ||
			(entry !== undefined && isSteady(entry, ids));
		const found = entry && isSame && this.isSameAccount(entry, connection) ? entry : undefined;
		return { found, differs: found !== undefined && found.request !== ids.request };
	}

	private at(place: string): Entry | undefined {
		const saved = this.saved[place];
		return saved && fromSaved(saved);
	}

	/** Gives an item the entry of an earlier run of the node in which it was left in doubt. */
	private takeOver(place: string, ids: ItemIds, item: Recognized): void {
		if (this.saved[place] !== undefined) return;
		const earlier = this.earlierOf(this.inDoubt, ids, item);
		if (earlier === undefined) return;
		this.saved[place] = this.saved[earlier];
		delete this.saved[earlier];
	}

	/** The place of an earlier run in which an item was left in doubt; it is taken out of `places`. */
	private earlierOf(
		places: Set<string>,
		ids: ItemIds,
		{ input, connection, key }: Recognized,
	): string | undefined {
		const own = connection && this.own.get(connection);
		const keyId = keyIdOf(key);
		// One that failed in another node may bring nothing but its error, as others do.
		const comesBack = isOwnFailure(input, [OUTCOME_NAMES.unknown]);
		const isToldByKey = this.isToldByKey[comesBack ? 'back' : 'new'];
		const earlier = [...places].find((other) => {
			const entry = this.at(other);
			if (!own || !entry || this.accounts[entry.account]?.token !== own.token) return false;
			if (isToldByKey && keyId !== undefined && (entry.key ?? keyId) !== keyId) return false;
			if (entry.request === ids.request) return true;
			return entry.source === ids.source && (comesBack || isSteady(entry, ids));
		});
		if (earlier !== undefined) places.delete(earlier);
		return earlier;
	}

	private isSameAccount(entry: Entry, connection: Connection | undefined): boolean {
		const own = connection && this.own.get(connection);
		if (!own) return true;
		const known = this.accounts[entry.account];
		if (known?.address !== own.address) return false;
		return known.token === own.token || (!this.hasSeveralTokens && known.credential === own.credential);
	}

	private positionOf({ connection }: Recognized): number {
		const own = connection && this.own.get(connection);
		if (!own) return NO_ACCOUNT;
		const at = this.accounts.findIndex(
			({ token, credential }) => token === own.token && credential === own.credential,
		);
		return at >= 0 ? at : this.accounts.push(own) - 1;
	}
}
