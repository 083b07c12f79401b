import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { cleaned } from '../fields/cleaned';
import type { Field } from '../fields/field';
import type { Connection } from '../http/connection';
import { connect } from '../http/connection';
import type { Service } from '../http/service';
import { isObject } from '../json/objects';
import { textOf } from '../json/text';
import { nodeError } from '../report/errors';
import type { Get } from '../find/get';
import { NothingThere, reader, ReadFailed } from '../find/get';

/** @noMessage */
const NO_NUMBER = 'nobody knows how many are wanted';

/** *Return All* and *Limit*: the same on every *Get Many*. */
export const listingFields: Field[] = [
	{
		name: 'returnAll',
		label: 'Return All',
		kind: 'boolean',
		withoutIt: NO_NUMBER,
		description: 'Whether to return all results or only up to a given limit',
		local: true,
	},
	{
		name: 'limit',
		label: 'Limit',
		kind: 'wholeNumber',
		default: 50,
		min: 1,
		shownFor: { returnAll: ['false'] },
		withoutIt: NO_NUMBER,
		description: 'Max number of results to return',
		local: true,
	},
];

/** How many rows the *Return All* and *Limit* of an item ask for. */
export function wantedRows(values: IDataObject): number {
	return values.returnAll === true ? Infinity : Number(values.limit ?? 50);
}

/** The modes of a locator whose value is the record's ID; '' is that of a node that was not opened yet. */
const HOLD_IDS = ['list', 'id', ''];

/**
 * The ID that a resource locator of the node holds at the moment; '' for none. An expression that the editor could not
 * resolve counts as none.
 *
 * @param parameter its name, with that of its collection before it: `filters.propertyId`
 */
export function chosenId(ctx: ILoadOptionsFunctions, parameter: string): string {
	const given: unknown = ctx.getCurrentNodeParameter(parameter);
	// What a record is found by is no ID.
	if (isObject(given) && 'mode' in given && !HOLD_IDS.includes(textOf(given.mode))) return '';
	const value = isObject(given) ? given.value : given;
	const text = cleaned(textOf(value));
	return text.startsWith('=') ? '' : text;
}

/**
 * Fills a picker.
 *
 * @param load reads one page; `token` is what the page before gave as its `paginationToken`
 * @throws a NodeApiError with the service's own words, rather than giving an empty list
 */
export async function fillList(
	ctx: ILoadOptionsFunctions,
	service: Service,
	load: (
		get: Get,
		connection: Connection,
	) => Promise<{ results: INodeListSearchItems[]; paginationToken?: string }>,
): Promise<INodeListSearchResult> {
	const node = ctx.getNode();
	const connection = await connect(ctx, node, service);
	const get = reader(connection, new AbortController().signal, () => undefined, 'The list', []);
	try {
		return await load(get, connection);
	} catch (cause) {
		if (cause instanceof ReadFailed) throw nodeError(node, cause.outcome);
		if (cause instanceof NothingThere) {
			throw new NodeOperationError(node, cause.because, { description: cause.advice });
		}
		throw nodeError(node, unreadableList(service));
	}
}

/**
 * @cause A list of the panel got an answer that nobody has documented.
 * @cure Choose _By ID_ and enter the ID. Check _Base URL_.
 */
function unreadableList({ name }: Service): ReadFailed['outcome'] {
	return {
		state: 'refused',
		report: {
			message: `The list could not be read: ${name} answered in another form than documented`,
			description: "Choose 'By ID' and enter the ID instead.",
			details: {},
		},
	};
}
