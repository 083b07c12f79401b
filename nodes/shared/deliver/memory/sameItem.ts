import type { IDataObject, INode } from 'n8n-workflow';

import type { ServiceRequest } from '../../http/service';
import { hash } from '../../json/hash';
import { DEEPEST_READ, isDeeperThan, picked } from '../../json/objects';
import { OF_CALLS } from '../../report/agentCall';
import { OUTCOME_NAMES } from '../../report/outcome';
import { isOwnFailure } from '../../report/output';
import type { EventKey } from '../eventKey';

/*
 * Whether an item is one that is remembered: the only place that decides it.
 */

/** Hashes by which an item is recognized. */
export interface ItemHashes {
	/** Of its request: also the same where an expression was written in another way. */
	request: string;
	/** Of its input and the node's parameters: also the same where an expression gives another value each time. */
	source: string;
	/** Of its fields without such values (`Steady`), in one or two forms; none if the request holds all of it. */
	steady: string[];
	/** Of its event's key, if it has one. */
	key?: string;
}

/** How an item meets a remembered one. */
export type Meeting =
	/** At its place, in a further try of the same run. */
	| 'triedAgain'
	/** In a later run of the node, as an item that failed and whose outcome is unknown: the error output leads back. */
	| 'comesBack'
	/** In a later run of the node, as any other item: in a loop, or when an agent calls its tool again. */
	| 'isNew';

/** Which hashes two items have in common. */
type Common = Record<'request' | 'source' | 'steady', boolean>;

/** What two items must have in common to be one, for each way in which they meet. */
const ENOUGH: Record<Meeting, (common: Common) => boolean> = {
	triedAgain: ({ request, source, steady }) => request || source || steady,
	comesBack: ({ request, source }) => request || source,
	isNew: ({ request, source, steady }) => request || (source && steady),
};

/**
 * Whether an item is the remembered one. Their accounts are compared before.
 *
 * @param isKeyTelling whether two keys mean two events. In a further try they do not: the key may have been corrected
 */
export function isSameItem(
	remembered: ItemHashes,
	item: ItemHashes,
	meeting: Meeting,
	isKeyTelling: boolean,
): boolean {
	const { request, source, steady, key = item.key } = remembered;
	const isOtherEvent = meeting !== 'triedAgain' && isKeyTelling && key !== (item.key ?? key);
	const common = {
		request: request === item.request,
		source: source === item.source,
		steady: steady.some((one) => item.steady.includes(one)),
	};
	return !isOtherEvent && ENOUGH[meeting](common);
}

/** Characters of such a hash, 6 bits each. It may be short, because it is compared with few others. */
export const HASH_LENGTH = 7;

const shortHash = (what: unknown): string => hash(what, HASH_LENGTH);

/** The hash of the key of an event. */
export const keyHashOf = (key: Pick<EventKey, 'key'> | undefined): string | undefined =>
	key && shortHash(key.key);

/** Names that the output of a failed item adds to its input, and n8n to a tool's. The input may have used them itself. */
const ADDED = ['error', 'details', 'delivery', OF_CALLS];

/** Values that are nested too deep to be hashed, or contain themselves, are left out. */
const hashable = (input: IDataObject, isTaken: (name: string) => boolean): IDataObject =>
	picked(input, (name, value) => isTaken(name) && !isDeeperThan(value, DEEPEST_READ));

/**
 * The part of an item that stays when it fails here and comes back from the error output, or when an agent's call comes
 * again.
 */
const lasting = (input: IDataObject): IDataObject => hashable(input, (name) => !ADDED.includes(name));

/** The values that an item's input itself has under those names; none if it is a failure that comes back. */
const ownUnder = (input: IDataObject): IDataObject =>
	isOwnFailure(input) ? {} : hashable(input, (name) => name !== OF_CALLS && ADDED.includes(name));

/**
 * How an item of a later run meets those of earlier ones. One that brings nothing but its error does not show whose it is:
 * behind a node with *Continue*, all that failed there look like that.
 */
export const meetingLater = (input: IDataObject): Meeting =>
	isOwnFailure(input, [OUTCOME_NAMES.unknown]) && Object.keys(lasting(input)).length > 0
		? 'comesBack'
		: 'isNew';

/** What the hashes of an item are made of. */
export interface Hashed {
	/** None when its fields have problems; then it is recognized by its input and parameters alone. */
	request?: ServiceRequest;
	input: IDataObject;
	/** What stays of it when it is read again (`Steady`), in several forms. */
	stays?: ReadonlyArray<unknown[] | undefined>;
	key?: Pick<EventKey, 'key'>;
}

/**
 * The hashes of an item.
 *
 * @param parameters a hash of the node's parameters (`parametersHash`)
 */
export function hashesOf({ request, input, stays = [], key }: Hashed, parameters: string): ItemHashes {
	const own = ownUnder(input);
	return {
		request: shortHash([request?.about ?? request]),
		source: shortHash([parameters, lasting(input)]),
		steady: [...new Set(stays.flatMap((one) => (one ? shortHash([one, own]) : [])))],
		key: keyHashOf(key),
	};
}

/** The hash of the parameters that say what to send. Options only say how: a change of options makes no other request. */
export const parametersHash = ({ parameters }: INode): string => hash({ ...parameters, options: undefined });
