import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { nameAlike } from '../../shared/find/alike';
import type { Get } from '../../shared/find/get';
import { NothingThere } from '../../shared/find/get';
import { textOf, withCommas } from '../../shared/json/text';
import type { PageStart } from '../../shared/read/pages';
import { firstPages } from '../../shared/read/pages';
import { fillList, orNothing } from '../../shared/read/pickers';
import { propexo } from '../api';
import { allEventNames, ENTRATA_ZONE, GENERIC_EVENT_NAMES, pmsOf, vendorName } from '../pms';
import { chosenIn } from './chosen';
import { dependsOn, placeQueries } from './findable';
import { pagesOf, readOne } from './paging';
import { integration, NO_INTEGRATIONS, property } from './places';
import type { Chosen, Picker, RecordType } from './record';
import { parameterOf, pathOf, pluralOf, searchMethodOf, trimmed } from './record';
import { recordTypes } from './recordTypes';

/*
 * The lists of the editor from which records, the names of events, and time zones are chosen.
 */

/** A list of the editor, filled by n8n with what the user searches for and where the page before ended. */
type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A kind of record that can be picked. */
type Pickable = RecordType & { picker: Picker };

/** A search looks through this many pages before it shows what it has found so far. */
const MOST_PAGES = 40;
/** This many finds fill the list. More come when the user scrolls on. */
const ENOUGH = 50;
/** The most pages of properties that are read for their names. */
const MOST_NAME_PAGES = 4;

/** Fills the picker of a kind of record. */
function searchIn(record: Pickable): ListSearch {
	return async function (filter, paginationToken) {
		const advice = record.picker.of === 'everything' ? NO_INTEGRATIONS : undefined;
		const asked = { plural: pluralOf(record), filter, paginationToken, advice };
		return await fillList(this, propexo, asked, async (get, connection) => {
			const chosen = await chosenIn(this, connection, dependsOn(record));
			const query = await narrow(this, get, record, chosen);
			const looked = { ctx: this, get, record, chosen, query };
			const typed = (filter ?? '').trim();
			const exact = typed === '' || paginationToken ? undefined : exactly(record, typed);
			if (exact) {
				const found = await readSome({ ...looked, query: { ...query, ...exact } }, '', 0);
				if (found.results.length > 0) return found;
			}
			return await readSome(looked, typed, Number(paginationToken ?? 0) || 0);
		});
	};
}

/** The query that finds what was typed with one request, if the API has such a filter. */
function exactly({ finders = [] }: RecordType, typed: string): IDataObject | undefined {
	for (const { query, typed: read } of finders) {
		const value = read?.(typed);
		if (value !== undefined) return query?.(value, {});
	}
	return undefined;
}

/** What a picker is filled with. */
interface Looked {
	ctx: ILoadOptionsFunctions;
	get: Get;
	record: Pickable;
	/** What has been chosen already, and the query that follows from it. */
	chosen: Chosen;
	query: IDataObject;
}

/** What the user has chosen already, as a query. */
async function narrow(
	ctx: ILoadOptionsFunctions,
	get: Get,
	record: Pickable,
	chosen: Chosen,
): Promise<IDataObject> {
	const { of } = record.picker;
	if (of === 'everything') return {};
	// An integration that was added as a filter and is empty would offer the records of all integrations.
	const isFilterEmpty =
		chosen('integrationId') === '' && ctx.getCurrentNodeParameter('filters.integrationId') !== undefined;
	const { list, part, owner } = await placeQueries(
		record,
		chosen,
		async (path, noun) => await readOne(get, path, noun),
	);
	if (isFilterEmpty || (of === 'property' && list.integration_id === undefined && !owner)) {
		/**
		 * @cause A list is opened before the integration is chosen.
		 * @cure Choose _Integration_ first. If that is an expression, choose another mode, such as _By Phone Number_.
		 */
		throw new NothingThere(
			"Choose an 'Integration' first",
			"If it is an expression, choose 'By ID' here",
		);
	}
	return { ...list, ...part, ...record.picker.query?.(chosen) };
}

async function readSome(looked: Looked, typed: string, from: number): Promise<INodeListSearchResult> {
	const { ctx, get, record, query, chosen } = looked;
	const resource = textOf(ctx.getCurrentNodeParameter('resource'));
	const found: INodeListSearchItems[] = [];
	let next: PageStart | undefined;
	const pages = pagesOf(get, record.path, query, { from: { page: 0, offset: from } });
	for await (const page of firstPages(pages, typed === '' ? 1 : MOST_PAGES)) {
		next = page.next;
		const kept = page.rows.filter(
			(row) => trimmed(row.id) !== '' && (record.picker.keeps?.(row, resource, chosen) ?? true),
		);
		found.push(...(await matching(looked, kept, typed)));
		if (found.length >= ENOUGH) break;
	}
	if (!record.picker.newestFirst)
		found.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
	return { results: found, ...(next && { paginationToken: textOf(next.offset) }) };
}

async function matching(looked: Looked, rows: IDataObject[], typed: string): Promise<INodeListSearchItems[]> {
	const places = await propertyNames(looked, rows);
	const shown = rows.map((row) => labelOf(looked, row, places));
	const isDouble = (label: string) => shown.indexOf(label) !== shown.lastIndexOf(label);
	return rows.flatMap((row, index) => {
		const label = shown[index] ?? '';
		const name = isDouble(label) ? `${label}, ${trimmed(row.x_id) || trimmed(row.id)}` : label;
		const searched = [name, row.x_id, row.id, ...(looked.record.picker.hidden?.(row) ?? [])]
			.map(trimmed)
			.join('\n');
		if (!nameAlike(searched).includes(nameAlike(typed))) return [];
		return [{ name, value: trimmed(row.id) }];
	});
}

/** "Grace Hale (grace@example.com), Lakeview Terrace, Entrata". What is the same for all rows is left out. */
function labelOf({ record, query }: Looked, row: IDataObject, places: Map<string, string>): string {
	const { picker } = record;
	const details = withCommas(...(picker.details?.(row) ?? []).map(trimmed));
	const name = picker.name(row).trim() || trimmed(row.x_id) || trimmed(row.id);
	const isOfAll = picker.of !== 'everything' && query.integration_id === undefined;
	return withCommas(
		details === '' ? name : `${name} (${details})`,
		places.get(trimmed(row.property_id)),
		isOfAll ? vendorName(row.integration_vendor) : '',
	);
}

/** The names of the properties that the rows belong to; a property that cannot be read is left out. */
async function propertyNames(
	{ get, record, query }: Looked,
	rows: IDataObject[],
): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	if (record === property || query.property_id !== undefined) return names;
	const wanted = new Set(rows.map((row) => trimmed(row.property_id)).filter((id) => id !== ''));
	if (wanted.size === 0) return names;
	const { integration_id } = query;
	try {
		const pages = pagesOf(get, property.path, { ...(integration_id && { integration_id }) });
		for await (const { rows: places } of firstPages(pages, MOST_NAME_PAGES)) {
			for (const row of places) names.set(trimmed(row.id), trimmed(row.name));
			if ([...wanted].every((id) => names.has(id))) break;
		}
	} catch {
		// The list is shown without them.
	}
	return names;
}

const isPickable = (record: object): record is Pickable => 'picker' in record;

const ofRecords = Object.fromEntries(
	recordTypes.filter(isPickable).map((record) => [searchMethodOf(record), searchIn(record)]),
);

/** The names that the PMS of the chosen integration takes; without an integration, those of all PMSs. */
async function searchEventNames(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const typed = (filter ?? '').trim().toLowerCase();
	return await fillList(this, propexo, { plural: 'event names', filter }, async (get, connection) => {
		const ofIntegration = parameterOf(integration);
		const chosen = (await chosenIn(this, connection, [ofIntegration]))(ofIntegration);
		const found =
			chosen === ''
				? allEventNames().map(({ name, takenBy }) => entry(name, `${name} (${takenBy.join(', ')})`))
				: namesOf((await readOne(get, pathOf(integration, chosen), 'integration')).vendor);
		return { results: found.filter(({ name }) => name.toLowerCase().includes(typed)) };
	});
}

const entry = (value: string, name = value): INodeListSearchItems => ({ name, value });

function namesOf(vendor: unknown): INodeListSearchItems[] {
	const names = pmsOf(vendor)?.eventNames;
	if (names === 'any') {
		/**
		 * @cause The list of event names is opened, and this PMS takes any name.
		 * @cure Choose _By Name_ and type one.
		 */
		throw new NothingThere(
			`${vendorName(vendor)} takes any text as 'Event Name'`,
			"Choose 'By Name' and type it",
		);
	}
	if (names === 'none') {
		/**
		 * @cause The list of event names is opened, and this PMS has event types instead.
		 * @cure Leave _Event Name_ empty and choose an _Event Type_.
		 */
		throw new NothingThere(
			`${vendorName(vendor)} uses event types, not names`,
			"Leave 'Event Name' empty; choose an 'Event Type'",
		);
	}
	return (names ?? GENERIC_EVENT_NAMES).map((name) => entry(name));
}

/** All time zones, the two that are chosen most often first. */
async function searchTimeZones(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const typed = (filter ?? '').trim().toLowerCase().replaceAll(' ', '_');
	const own = this.getTimezone();
	const first = [entry(ENTRATA_ZONE, 'Entrata (Mountain Time)'), entry(own, `The Workflow's (${own})`)];
	const all = Intl.supportedValuesOf('timeZone').map((zone) => entry(zone));
	const fits = ({ name }: INodeListSearchItems) => name.toLowerCase().replaceAll(' ', '_').includes(typed);
	return orNothing({ plural: 'time zones', filter }, { results: [...first, ...all].filter(fits) });
}

/** The pickers of the node, by the `searchMethod` of their fields. */
export const pickers: Record<string, ListSearch> = { ...ofRecords, searchEventNames, searchTimeZones };
