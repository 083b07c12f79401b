import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { segment } from '../../shared/http/credential';
import { textOf } from '../../shared/json/text';
import { chosenId, fillList } from '../../shared/read/listing';
import type { Get } from '../../shared/read/read';
import { NothingThere } from '../../shared/read/read';
import { propexo } from '../api';
import { vendorName } from '../pms';
import { NEWEST_FIRST, PAGE, pagesOf, readOne, readPage } from './paging';

/** A list of the editor, filled by n8n with what the user searches for and where the page before ended. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** What a list is made of. */
export interface List {
	/** Path of its records. */
	path: string;
	/** What must be chosen before, so that the list holds only what belongs to it. */
	of: 'everything' | 'integration' | 'property';
	/** Further parts of the query; called when the rest is known. */
	query?(ctx: ILoadOptionsFunctions): IDataObject;
	/** Leaves records out that cannot be meant. */
	keeps?(row: IDataObject): boolean;
	/** What a person calls the record. */
	name(row: IDataObject): string;
	/** What tells it from others of the name, such as an e-mail address; empty parts are left out. */
	details?(row: IDataObject): unknown[];
	/** What a search looks at besides what is shown. */
	hidden?(row: IDataObject): unknown[];
	/** The query that finds what was typed at once, where the API can. */
	exact?(typed: string): IDataObject | undefined;
	/** Newest first, as the API gives it, rather than by name. */
	newestFirst?: true;
}

/** A search looks through this many pages before it shows what it has found so far. */
const MOST_PAGES = 40;
/** So many finds fill the list; the next come when the user scrolls on. */
const ENOUGH = 50;
/** Properties are looked through for their names up to this many pages. */
const MOST_NAME_PAGES = 4;

const text = (value: unknown): string => textOf(value).trim();

/** The list method of a list. */
export function searchIn(list: List): ListSearch {
	return async function (filter, paginationToken) {
		return await fillList(this, propexo, async (get) => {
			const query = { ...(await narrow(this, get, list)), ...list.query?.(this) };
			const typed = (filter ?? '').trim();
			const exact = typed === '' || paginationToken ? undefined : list.exact?.(typed);
			if (exact) {
				const found = await readSome(get, list, { ...query, ...exact }, '', 0);
				if (found.results.length > 0) return found;
			}
			return await readSome(get, list, query, typed, Number(paginationToken ?? 0) || 0);
		});
	};
}

/** What the user has chosen already, as a query. */
async function narrow(ctx: ILoadOptionsFunctions, get: Get, list: List): Promise<IDataObject> {
	if (list.of === 'everything') return {};
	const integration = chosenId(ctx, 'integrationId') || chosenId(ctx, 'filters.integrationId');
	const owner = list.of === 'property' ? await ownerOf(ctx, get) : undefined;
	if (list.of === 'property' && integration === '' && !owner) {
		throw new NothingThere(
			"Choose an 'Integration' first",
			"What can be chosen here depends on it. If it is an expression, choose 'By ID' here and enter the ID.",
		);
	}
	const owned = text(owner?.integration_id);
	if (integration !== '' && owned !== '' && owned !== integration) {
		throw new NothingThere(
			"The chosen 'Lead' belongs to another integration than the chosen 'Integration'",
			'Choose the lead again, from the list of this integration.',
		);
	}
	const query: IDataObject = {};
	if (integration || owned) query.integration_id = integration || owned;
	if (owner?.property_id) query.property_id = owner.property_id;
	return query;
}

/** The chosen lead, or the event that is updated: what can be chosen belongs to its property. */
async function ownerOf(ctx: ILoadOptionsFunctions, get: Get): Promise<IDataObject | undefined> {
	const lead = chosenId(ctx, 'leadId');
	if (lead !== '') return await readOne(get, `/v1/leads/${segment(lead)}`, 'lead');
	const event = chosenId(ctx, 'eventId');
	return event === '' ? undefined : await readOne(get, `/v1/events/${segment(event)}`, 'lead event');
}

async function readSome(
	get: Get,
	list: List,
	query: IDataObject,
	typed: string,
	from: number,
): Promise<INodeListSearchResult> {
	const found: INodeListSearchItems[] = [];
	let offset = from;
	for (let pages = 0; pages < MOST_PAGES; pages++) {
		const asked = { ...query, 'order-by': NEWEST_FIRST, limit: PAGE, offset };
		const body = await get({ method: 'GET', path: list.path, query: asked });
		const { rows, more } = readPage(body, PAGE);
		offset += rows.length;
		const kept = rows.filter((row) => text(row.id) !== '' && (list.keeps?.(row) ?? true));
		found.push(...(await matching(get, list, query, kept, typed)));
		if (!more) return { results: arranged(list, found) };
		if (typed === '' || found.length >= ENOUGH) break;
	}
	return { results: arranged(list, found), paginationToken: textOf(offset) };
}

async function matching(
	get: Get,
	list: List,
	query: IDataObject,
	rows: IDataObject[],
	typed: string,
): Promise<INodeListSearchItems[]> {
	const places = await propertyNames(get, list, query, rows);
	const shown = rows.map((row) => labelOf(list, query, row, places));
	const isDouble = (label: string) => shown.indexOf(label) !== shown.lastIndexOf(label);
	return rows.flatMap((row, index) => {
		const label = shown[index] ?? '';
		const name = isDouble(label) ? `${label}, ${text(row.x_id) || text(row.id)}` : label;
		const looked = [name, row.x_id, row.id, ...(list.hidden?.(row) ?? [])].map(text).join('\n');
		if (!looked.toLowerCase().includes(typed.toLowerCase())) return [];
		return [{ name, value: text(row.id) }];
	});
}

/** "Grace Hale (grace@example.com), Lakeview Terrace, Entrata": as much of it as is not the same for all. */
function labelOf(list: List, query: IDataObject, row: IDataObject, places: Map<string, string>): string {
	const details = (list.details?.(row) ?? []).map(text).filter((part) => part !== '');
	const name = list.name(row).trim() || text(row.x_id) || text(row.id);
	const where = [
		places.get(text(row.property_id)) ?? '',
		list.of !== 'everything' && query.integration_id === undefined
			? vendorName(row.integration_vendor)
			: '',
	].filter((part) => part !== '');
	return [details.length > 0 ? `${name} (${details.join(', ')})` : name, ...where].join(', ');
}

/** The names of the properties that rows of several of them belong to. A list without them is better than none. */
async function propertyNames(
	get: Get,
	list: List,
	query: IDataObject,
	rows: IDataObject[],
): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	if (list.path === PROPERTIES || query.property_id !== undefined) return names;
	const wanted = new Set(rows.map((row) => text(row.property_id)).filter((id) => id !== ''));
	if (wanted.size === 0) return names;
	const { integration_id } = query;
	try {
		let pages = 0;
		for await (const page of pagesOf(get, PROPERTIES, { ...(integration_id && { integration_id }) })) {
			for (const row of page) names.set(text(row.id), text(row.name));
			if (++pages >= MOST_NAME_PAGES || [...wanted].every((id) => names.has(id))) break;
		}
	} catch {
		return names;
	}
	return names;
}

export const PROPERTIES = '/v1/properties/';

function arranged(list: List, found: INodeListSearchItems[]): INodeListSearchItems[] {
	if (list.newestFirst) return found;
	return found.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
