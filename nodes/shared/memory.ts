import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import type { ServiceRequest } from './service';

/** What is remembered of an item that must not be sent again. */
export type Remembered =
	| { state: 'created'; rows: IDataObject[] }
	/** A request was begun at `since` (epoch ms); `because` says why its outcome is unknown, once that is known. */
	| { state: 'begun'; since: number; because?: string };

type Entry = Remembered & { request: string; source: string };

function hash(value: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(value) ?? '')
		.digest('base64')
		.slice(0, 22);
}

/** What a node is told to send, apart from how: a change of options does not make it another request. */
function parametersThatMatter(node: INode): IDataObject {
	return { ...node.parameters, options: undefined } as IDataObject;
}

/**
 * Remembers in the execution's own data what each item came to, so that Retry On Fail and *Retry execution*
 * go on where the last try stopped.
 *
 * An item is known again when its request is the same, or when it was made from the same input and parameters:
 * the first survives a mended expression, the second one that gives another value each time, such as `$now`.
 */
export class Memory {
	private readonly entries: Record<string, Entry | undefined>;
	private readonly run: number;
	private readonly parameters: string;

	constructor(ctx: IExecuteFunctions, node: INode) {
		const context = ctx.getContext('node') as { delivered?: Record<string, Entry | undefined> };
		context.delivered ??= {};
		this.entries = context.delivered;
		this.run = ctx.getWorkflowDataProxy(0).$runIndex as number;
		this.parameters = hash(parametersThatMatter(node));
	}

	/** The place of one item: read it once per run, then write through it. */
	of(itemIndex: number, request: ServiceRequest, input: IDataObject): ItemMemory {
		const place = `${this.run}:${itemIndex}`;
		const ids = { request: hash(request), source: hash([this.parameters, input]) };
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
}

export interface ItemMemory {
	found?: Remembered;
	/** What was found is of another request than the present one, such as one with an earlier `$now`. */
	differs: boolean;
	keep(what: Remembered): void;
	forget(): void;
}
