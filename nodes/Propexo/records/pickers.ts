import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { textOf } from '../../shared/json/text';
import { chosenId, fillList } from '../../shared/read/listing';
import { NothingThere } from '../../shared/read/read';
import { propexo } from '../api';
import { allEventNames, GENERIC_EVENT_NAMES, pmsOf, vendorName } from '../pms';
import { integrationPath } from './integrations';
import type { ListSearch } from './lists';
import { PROPERTIES, searchIn } from './lists';
import { readOne } from './paging';
import { tenDigits } from './phone';

/*
 * The lists behind the resource locators. Paths, filters and fields: the read endpoints of Propexo's OpenAPI file.
 */

const words = (...parts: unknown[]): string =>
	parts.filter((part) => typeof part === 'string' && part !== '').join(' ');

const unless = (state: unknown, note: string): string | undefined => (state === false ? note : undefined);

/** Whether a type of event is for leads; one that names no models is for all. */
function isForLeads({ models }: IDataObject): boolean {
	return (
		!Array.isArray(models) ||
		models.length === 0 ||
		models.some((model) => /^leads?$/i.test(textOf(model)))
	);
}

function leadBy(typed: string): IDataObject | undefined {
	if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)) return { email_1: typed };
	const phone = tenDigits(typed);
	return phone === undefined ? undefined : { phone_1: phone };
}

const records: Record<string, ListSearch> = {
	searchIntegrations: searchIn({
		path: '/v1/admin/integrations/',
		of: 'everything',
		name: ({ name }) => words(name),
		details: ({ vendor, active, is_archived }) => [
			vendorName(vendor),
			unless(active, 'not active'),
			is_archived === true ? 'archived' : '',
		],
	}),
	searchProperties: searchIn({
		path: PROPERTIES,
		of: 'integration',
		name: ({ name }) => words(name),
		details: ({ code, city, state, is_active }) => [code, city, state, unless(is_active, 'not active')],
	}),
	searchLeads: searchIn({
		path: '/v1/leads/',
		of: 'integration',
		name: ({ first_name, last_name }) => words(first_name, last_name),
		details: ({ email_1, phone_1 }) => [email_1 ?? phone_1],
		hidden: ({ phone_1, email_2 }) => [phone_1, email_2],
		exact: leadBy,
		newestFirst: true,
	}),
	searchEventTypes: searchIn({
		path: '/v1/event-types/',
		of: 'property',
		keeps: isForLeads,
		name: ({ name }) => words(name),
		details: ({ code }) => [code],
	}),
	searchEventSubTypes: searchIn({
		path: '/v1/event-sub-types/',
		of: 'property',
		query: ofTheChosenType,
		name: ({ name }) => words(name),
	}),
	searchEventResults: searchIn({
		path: '/v1/event-results/',
		of: 'property',
		name: ({ name }) => words(name),
	}),
	searchEmployees: searchIn({
		path: '/v1/employees/',
		of: 'property',
		name: ({ name }) => words(name),
		details: ({ email, is_active }) => [email, unless(is_active, 'not active')],
	}),
	searchUnits: searchIn({
		path: '/v1/units/',
		of: 'property',
		name: ({ number }) => words(number),
		details: ({ building_name, floor_plan_name, address_1 }) => [
			building_name ?? address_1,
			floor_plan_name,
		],
	}),
	searchLeadSources: searchIn({
		path: '/v1/lead-sources/',
		of: 'property',
		name: ({ name }) => words(name),
	}),
};

function ofTheChosenType(ctx: ILoadOptionsFunctions): IDataObject {
	const type = chosenId(ctx, 'eventTypeId');
	if (type !== '') return { event_type_id: type };
	throw new NothingThere(
		"Choose an 'Event Type' first",
		"The sub types depend on it. If it is an expression, choose 'By ID' here and enter the ID.",
	);
}

/** The names that the PMS of the chosen integration takes; without an integration, those of all PMSs. */
async function searchEventNames(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const typed = (filter ?? '').trim().toLowerCase();
	return await fillList(this, propexo, async (get) => {
		const integration = chosenId(this, 'integrationId');
		const found =
			integration === ''
				? allEventNames().map(({ name, takenBy }) => entry(name, `${name} (${takenBy.join(', ')})`))
				: namesOf((await readOne(get, integrationPath(integration), 'integration')).vendor);
		return { results: found.filter(({ name }) => name.toLowerCase().includes(typed)) };
	});
}

const entry = (value: string, name = value): INodeListSearchItems => ({ name, value });

function namesOf(vendor: unknown): INodeListSearchItems[] {
	const names = pmsOf(vendor)?.eventNames;
	if (names === 'any') {
		throw new NothingThere(
			`${vendorName(vendor)} takes any text as 'Event Name'`,
			"Choose 'By Name' and type it.",
		);
	}
	if (names === 'none') {
		throw new NothingThere(
			`${vendorName(vendor)} goes by event types, not by names`,
			"Leave 'Event Name' empty and choose an 'Event Type'.",
		);
	}
	return (names ?? GENERIC_EVENT_NAMES).map((name) => entry(name));
}

/** Mountain Time, by which Entrata goes. */
const ENTRATA_ZONE = pmsOf('ENTRATA')?.zone ?? '';

/** All time zones, with the two that are mostly meant before the others. */
async function searchTimeZones(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const typed = (filter ?? '').trim().toLowerCase().replaceAll(' ', '_');
	const own = this.getTimezone();
	const first = [entry(ENTRATA_ZONE, 'Entrata (Mountain Time)'), entry(own, `The Workflow's (${own})`)];
	const all = Intl.supportedValuesOf('timeZone').map((zone) => entry(zone));
	const fits = ({ name }: INodeListSearchItems) => name.toLowerCase().replaceAll(' ', '_').includes(typed);
	return { results: [...first, ...all].filter(fits) };
}

/** The lists of the node, by the names its fields know them by. */
export const pickers: Record<string, ListSearch> = { ...records, searchEventNames, searchTimeZones };
