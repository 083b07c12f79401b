import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import type { ServiceRequest } from '../http/service';
import { DEEPEST_READ, isDeeperThan } from '../json/depth';
import { hash } from '../json/hash';

/** What is remembered of an item that must not be sent again. */
export type Remembered =
	| { state: 'created'; rows: IDataObject[] }
	/** A request was begun at `since` (epoch ms); `because` says why its outcome is unknown, once that is known. */
	| { state: 'begun'; since: number; because?: string };

type Entry = Remembered & { request: string; source: string };

/** What a node is told to send, apart from how: a change of options does not make it another request. */
function parametersThatMatter(node: INode): IDataObject {
	return { ...node.parameters, options: undefined } as IDataObject;
}

/** What tells an item from others: nothing that is nested so deep, or in itself, that it could not be hashed. */
function withoutDepths(input: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(input).filter(([, value]) => !isDeeperThan(value, DEEPEST_READ)),
	);
}

/**
 * Remembers in the execution's own data what each item came to, so that Retry On Fail and *Retry execution*
 * go on where the last try stopped.
 *
 * An item is known again when its request is the same, or when it was made from the same input and parameters:
 * the first survives a mended expression, the second one that gives another value each time, such as `$now`. At
 * another address, such as production after the sandbox, it is another item.
 */
export class Memory {
	private readonly entries: Record<string, Entry | undefined>;
	private readonly run: number;
	private readonly parameters: string;
	private readonly isTool: boolean;

	/** @param address where the requests go */
	constructor(
		ctx: IExecuteFunctions,
		node: INode,
		private readonly address: string,
	) {
		const context = ctx.getContext('node') as { delivered?: Record<string, Entry | undefined> };
		context.delivered ??= {};
		this.entries = context.delivered;
		this.run = ctx.getWorkflowDataProxy(0).$runIndex as number;
		this.parameters = hash(parametersThatMatter(node));
		// The first n8n 2 do not tell.
		this.isTool = 'isToolExecution' in ctx && ctx.isToolExecution();
	}

	/**
	 * The place of one item: read it once per run, then write through it.
	 *
	 * @param request none when its fields do not pass; then it is known by its input and parameters alone
	 */
	of(itemIndex: number, request: ServiceRequest | undefined, input: IDataObject): ItemMemory {
		const ids = {
			request: hash([this.address, request]),
			source: hash([this.address, this.parameters, withoutDepths(input)]),
		};
		const place = this.earlierCall(ids.request) ?? `${this.run}:${itemIndex}`;
		const entry = this.entries[place];
		const known = entry && (entry.request === ids.request || entry.source === ids.source);
		return {
			found: known ? entry : undefined,
			differs: known === true && entry?.request !== ids.request,
			keep: (what) => {
				this.entries[place] = { ...what, ...ids };
			},
			forget: () => {
				delete this.entries[place];
			},
		};
	}

	/**
	 * For n8n, each try of an agent's tool is a run of its own. The same request again, while what came of an earlier
	 * one is unknown, is another try of it, and has its place.
	 */
	private earlierCall(request: string): string | undefined {
		if (!this.isTool) return undefined;
		return Object.keys(this.entries).find((place) => {
			const entry = this.entries[place];
			return entry?.state === 'begun' && entry.request === request;
		});
	}
}

export interface ItemMemory {
	found?: Remembered;
	/** What was found is of another request than the present one, such as one with an earlier `$now`. */
	differs: boolean;
	keep(what: Remembered): void;
	forget(): void;
}
