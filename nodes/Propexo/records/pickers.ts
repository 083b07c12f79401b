import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { fillList, orNothing } from '../../shared/read/pickers';
import { NothingThere } from '../../shared/find/get';
import { propexo } from '../api';
import { allEventNames, ENTRATA_ZONE, GENERIC_EVENT_NAMES, pmsOf, vendorName } from '../pms';
import { chosenIn } from './chosen';
import type { ListSearch, Pickable } from './fillPicker';
import { searchIn } from './fillPicker';
import { readOne } from './paging';
import { recordTypes } from './recordTypes';
import { integration } from './places';
import { parameterOf, pathOf, searchMethodOf } from './record';

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
