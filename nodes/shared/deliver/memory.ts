import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import type { ServiceRequest } from '../http/service';
import { DEEPEST_READ, isDeeperThan } from '../json/depth';
import { hash } from '../json/hash';
import { isOwnFailure } from '../report/output';

/** What is remembered of an item that must not be sent again. */
export type Remembered =
	| { state: 'created'; rows: IDataObject[] }
	/** A request was begun at `since` (epoch ms); `because` says why its outcome is unknown, once that is known. */
	| { state: 'begun'; since: number; because?: string };

/** Hashes by which an item is known again. */
interface ItemIds {
	request: string;
	source: string;
}

/** Characters of such a hash, 6 bits each. It is compared with that of the same place, so it may be short. */
const ID_LENGTH = 7;
/** Characters of the hashes of an account, which are kept once. */
const ACCOUNT_LENGTH = 12;

/** The position of an account that is not known. */
const NO_ACCOUNT = -1;

/** What is known of one item. */
type Entry = Remembered & ItemIds & { account: number };

/**
 * An entry as it is kept with the execution, as short as can be: n8n keeps one for each item of each execution. `ids` are
 * those of the request and of the source, `account` is a position in the list of accounts and left out for the first.
 */
type SavedEntry = Remembered & { ids: string; account?: number };

function toSaved({ request, source, account, ...what }: Entry): SavedEntry {
	return { ...what, ids: `${request}${source}`, ...(account !== 0 && { account }) };
}

function fromSaved({ ids, account = 0, ...what }: SavedEntry): Entry {
	return { ...what, request: ids.slice(0, ID_LENGTH), source: ids.slice(ID_LENGTH), account };
}

/** Where requests went, as hashes. */
interface KnownAccount {
	address: string;
	credential: string;
	token: string;
}

/** What is kept with the execution, under `<run>:<item>`. */
interface Saved {
	delivered?: Record<string, SavedEntry | undefined>;
	accounts?: KnownAccount[];
}

export interface ItemMemory {
	found?: Remembered;
	/** What was found is of another request than the present one, such as one with an earlier `$now`. */
	differs: boolean;
	keep(what: Remembered): void;
	forget(): void;
}

/** What a node is told to send, apart from how: a change of options does not make it another request. */
function parametersThatMatter(node: INode): IDataObject {
	return { ...node.parameters, options: undefined } as IDataObject;
}

/**
 * What tells an item from others: nothing that is nested so deep, or in itself, that it could not be hashed. An item
 * that failed here before and is led back from the error output is the item that it was.
 */
function telling(input: IDataObject): IDataObject {
	const led = isOwnFailure(input);
	return Object.fromEntries(
		Object.entries(input).filter(
			([name, value]) =>
				!(led && (name === 'error' || name === 'details')) && !isDeeperThan(value, DEEPEST_READ),
		),
	);
}

function accountOf(node: INode, { service, baseUrl, token }: Connection): KnownAccount {
	return {
		address: hash(baseUrl, ACCOUNT_LENGTH),
		credential: hash(node.credentials?.[service.credential]?.id ?? '', ACCOUNT_LENGTH),
		token: hash([baseUrl, token], ACCOUNT_LENGTH),
	};
}

/**
 * Remembers in the execution's own data what each item came to, so that Retry On Fail and *Retry execution* go on where
 * the last try stopped.
 *
 * In a further try of the same run an item is known again when its request is the same, or when it was made from the
 * same input and parameters: the first survives a mended expression, the second one that gives another value each
 * time, such as `$now`. In a later run of the node (a loop, an error output that leads back, an agent that calls its
 * tool again) only what is in doubt is known again: the same request, or the item that failed.
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
	/** Places of earlier runs that are still in doubt. */
	private readonly inDoubt: Set<string>;

	/** @param connections of the items of this run */
	constructor(ctx: IExecuteFunctions, node: INode, connections: Connection[]) {
		const context = ctx.getContext('node') as Saved;
		this.saved = context.delivered ??= {};
		this.accounts = context.accounts ??= [];
		this.run = ctx.getWorkflowDataProxy(0).$runIndex as number;
		this.parameters = hash(parametersThatMatter(node));
		this.own = new Map(connections.map((connection) => [connection, accountOf(node, connection)]));
		this.hasSeveralTokens = new Set(connections.map(({ token }) => token)).size > 1;
		this.inDoubt = new Set(
			Object.keys(this.saved).filter(
				(place) => Number.parseInt(place, 10) < this.run && this.at(place)?.state === 'begun',
			),
		);
	}

	/**
	 * The place of one item: read it once per run, then write through it.
	 *
	 * @param request none when its fields do not pass; then it is known by its input and parameters alone
	 * @param connection none when its credential cannot be used; then its account is not known
	 */
	of(
		itemIndex: number,
		request: ServiceRequest | undefined,
		input: IDataObject,
		connection: Connection | undefined,
	): ItemMemory {
		const ids = {
			request: hash([request?.about ?? request], ID_LENGTH),
			source: hash([this.parameters, telling(input)], ID_LENGTH),
		};
		const place = `${this.run}:${itemIndex}`;
		this.takeOver(place, ids, input, connection);
		const entry = this.at(place);
		const known =
			entry !== undefined &&
			(entry.request === ids.request || entry.source === ids.source) &&
			this.isSameAccount(entry, connection);
		return {
			found: known ? entry : undefined,
			differs: known && entry.request !== ids.request,
			keep: (what) => {
				this.saved[place] = toSaved({ ...what, ...ids, account: this.positionOf(connection) });
			},
			forget: () => {
				delete this.saved[place];
			},
		};
	}

	private at(place: string): Entry | undefined {
		const saved = this.saved[place];
		return saved && fromSaved(saved);
	}

	/** Gives an item the entry of an earlier run of the node in which it was left in doubt. */
	private takeOver(place: string, ids: ItemIds, input: IDataObject, connection?: Connection): void {
		const own = connection && this.own.get(connection);
		if (this.saved[place] !== undefined || !own) return;
		const earlier = [...this.inDoubt].find((other) => {
			const entry = this.at(other);
			if (!entry || this.accounts[entry.account]?.token !== own.token) return false;
			return entry.request === ids.request || (isOwnFailure(input) && entry.source === ids.source);
		});
		if (earlier === undefined) return;
		this.inDoubt.delete(earlier);
		this.saved[place] = this.saved[earlier];
		delete this.saved[earlier];
	}

	private isSameAccount(entry: Entry, connection: Connection | undefined): boolean {
		const own = connection && this.own.get(connection);
		if (!own) return true;
		const known = this.accounts[entry.account];
		if (known?.address !== own.address) return false;
		return known.token === own.token || (!this.hasSeveralTokens && known.credential === own.credential);
	}

	private positionOf(connection: Connection | undefined): number {
		const own = connection && this.own.get(connection);
		if (!own) return NO_ACCOUNT;
		const at = this.accounts.findIndex(
			({ token, credential }) => token === own.token && credential === own.credential,
		);
		return at >= 0 ? at : this.accounts.push(own) - 1;
	}
}
