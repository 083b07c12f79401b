import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../../shared/fields/item';
import type { Problem } from '../../../shared/fields/problem';
import type { Get } from '../../../shared/find/get';
import { canonical } from '../../../shared/json/compare';
import { picked } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { BoundedMap } from '../../../shared/process/boundedMap';
import { KNOWN_MS } from '../../jobs/status';
import { employee } from '../../records/people';
import { readOne } from '../../records/paging';
import { pathOf } from '../../records/record';
import { LEAD_UPDATE_RULES } from '../../rules/leads';
import { differences, heldElsewhere, poorer } from './differences';
import { contradiction } from './differentPerson';
import { ADDRESS_NAMES } from './fieldsOfPerson';
import type { FoundLead } from './findLead';
import { addressWithoutType, nulls } from './update';

/* What an item changes of a lead that is there already. */

/** Only a new lead has these. */
const OF_NEW_LEADS = ['integration_id', 'property_id', 'third_party_id', 'organization_name', 'events'];

/** Entrata takes a source only of a lead that has none. Source: its page "Update lead". */
const KEEPS_SOURCE = 'ENTRATA';
const SOURCE = 'lead_source_id';

/**
 * PMSs want these of a new lead, so they are often the same for everybody. A lead that is there has its own, which *Keep
 * Source and Agent* keeps.
 */
const KEPT = [SOURCE, 'lead_source', 'employee_id', 'lead_relationship_id'];

/** How many leads, and how many jobs, this process remembers. */
const MOST_KNOWN = 20_000;

/** What this process has changed of a lead, by the API's names. */
interface Changed {
	/** What Propexo has taken. It may show something else for hours. */
	taken: IDataObject;
	/** What was sent, and nobody knows whether it arrived. */
	inDoubt: IDataObject;
}

const changed = new BoundedMap<Changed & { until: number }>({
	most: MOST_KNOWN,
	isOver: ({ until }) => until <= Date.now(),
});
/** In place of two values of which nobody knows which the lead has: no item says it, so what an item says is written. */
const EITHER = '\0';
/** A sandbox that is filled anew gives IDs again, but not the time at which a lead was added. */
const leadOf = (account: string, { id, created_at }: IDataObject): string =>
	[account, textOf(id), textOf(created_at)].join('\n');
const changedOf = (account: string, lead: IDataObject): Changed =>
	changed.get(leadOf(account, lead)) ?? { taken: {}, inDoubt: {} };
const noteChanged = (account: string, lead: IDataObject, now: Changed): void =>
	changed.set(leadOf(account, lead), { ...now, until: Date.now() + KNOWN_MS });

/** The values that were others before. */
const others = (before: IDataObject, now: IDataObject): IDataObject =>
	picked(now, (name, value) => name in before && canonical(before[name]) !== canonical(value));

/** A lead as Propexo will show it once it shows what it has taken from this process. */
export function asChanged(account: string, lead: IDataObject): IDataObject {
	const { taken, inDoubt } = changedOf(account, lead);
	return { ...lead, ...picked(taken, (name) => !(name in inDoubt)) };
}

/** The jobs, by account and ID, that gave a lead its source and changed nothing else. */
const jobsOfSources = new BoundedMap<true>({ most: MOST_KNOWN });
const jobOf = (account: string, { job_id }: IDataObject): string => `${account}\n${textOf(job_id)}`;

/** Whether the job of an output row was to give a lead its source and nothing else, if this process knows it. */
export const isSourceAlone = (account: string, row: IDataObject): boolean =>
	jobsOfSources.get(jobOf(account, row)) === true;

/** Whether the PMS takes no source of the lead any more. */
const keepsSource = (account: string, lead: IDataObject): boolean =>
	lead.integration_vendor === KEEPS_SOURCE &&
	(textOf(lead[SOURCE]) !== '' || SOURCE in changedOf(account, lead).taken);

/** What an item says of a lead that is there, by the API's names. */
function changesOf(account: string, item: ReadItem, lead: IDataObject): IDataObject {
	const isTaken = (name: string) => {
		if (OF_NEW_LEADS.includes(name.split('.')[0] ?? '')) return false;
		if (item.values.keepSourceAndAgent && KEPT.includes(name)) return false;
		return name !== SOURCE || !keepsSource(account, lead);
	};
	return { ...picked(item.body, isTaken), ...nulls(item) };
}

/**
 * A change without what the lead holds otherwise, or better. What is left out for one reason does not count for the other. A PMS
 * that requires names with each change gets the lead's own.
 */
export function unheld(lead: IDataObject, body: IDataObject): IDataObject {
	const without = (from: IDataObject, held: string[]) =>
		picked(from, (name, value) => value === null || !held.includes(name));
	const better = without(body, poorer(lead, body));
	const left = without(better, heldElsewhere(lead, better));
	const isName = (name: string, value: unknown) => /^(first|last)_name$/.test(name) && textOf(value) !== '';
	const isNamed =
		Object.keys(left).length > 0 && LEAD_UPDATE_RULES[textOf(lead.integration_vendor)]?.required;
	return { ...(isNamed && picked(lead, isName)), ...left };
}

/** Whether an employee is the lead's own. Of that one, Propexo gives the name and the PMS's own ID. */
async function isItsEmployee(lead: IDataObject, employeeId: string, get: Get): Promise<boolean> {
	const row = await readOne(get, pathOf(employee, employeeId), employee.noun).catch(
		(): IDataObject => ({}),
	);
	const [id, its] = [row.x_id, lead.x_leasing_agent_id].map(textOf);
	// Two employees may have the same name, so the PMS's own IDs decide where both are given.
	if (id && its) return id === its;
	const name = textOf(row.name);
	return name !== '' && name === textOf(lead.leasing_agent);
}

/** What is to be changed, without an address that stays as it was; undefined if nothing changes. */
async function newIn(
	{ account, get }: Changing,
	lead: IDataObject,
	body: IDataObject,
): Promise<IDataObject | undefined> {
	const { taken, inDoubt } = changedOf(account, lead);
	const changedBack = [taken, inDoubt].flatMap((before) => differences(before, others(before, body)));
	const different = new Set([...differences(lead, body), ...changedBack]);
	const isNewAddress = ADDRESS_NAMES.some((name) => different.has(name));
	if (!isNewAddress) different.delete('address_type_id');
	const isAgentAlone =
		different.size === 1 && different.has('employee_id') && !changedBack.includes('employee_id');
	if (isAgentAlone && (await isItsEmployee(lead, textOf(body.employee_id), get))) return undefined;
	if (different.size === 0) return undefined;
	// A source that is refused, because somebody else was faster, is no reason to refuse anything else.
	if (different.size === 1 && different.has(SOURCE) && lead.integration_vendor === KEEPS_SOURCE)
		return { [SOURCE]: body[SOURCE] };
	return picked(
		body,
		(name) => isNewAddress || (!ADDRESS_NAMES.includes(name) && name !== 'address_type_id'),
	);
}

/** What items of the run change, by the lead's ID. */
export type Changes = Map<unknown, IDataObject>;

/** The account, and how the run reads from Propexo. */
export interface Changing {
	account: string;
	get: Get;
}

/** The change that an item makes. */
export type Change =
	| { problem: Problem }
	/** Everything is as the item says. */
	| 'none'
	/** `whole`: with the values too that are left out because the lead holds them elsewhere, or better. */
	| { item: ReadItem; whole: IDataObject };

/**
 * Compares an item with the lead, which is among its values.
 *
 * @param before what earlier items of the run change of the lead, so that what Propexo holds says nothing
 */
export async function changeOf(
	changing: Changing,
	item: ReadItem,
	{ lead, by }: FoundLead,
	before?: IDataObject,
): Promise<Change> {
	const now = { ...lead, ...before };
	const contradicts = contradiction(item, now, by);
	if (contradicts) return { problem: contradicts };
	const whole = changesOf(changing.account, item, now);
	const left = unheld({ ...asChanged(changing.account, lead), ...before }, whole);
	const body = before ? left : await newIn(changing, lead, left);
	if (!body || Object.keys(body).length === 0) return 'none';
	const isSent = (name: string) => name in body;
	const [problem] = ADDRESS_NAMES.some(isSent) ? addressWithoutType(item) : [];
	return problem ? { problem } : { item: { ...item, body }, whole };
}

/** How the lead of an item was found. */
export const foundBy = ({ lead, by }: FoundLead) => ({
	id: textOf(lead.id),
	by: by.finder?.mode ?? by.field,
});

/** Adds the columns that say what was done with a lead that was there. */
export const withAction = (action: string, { lead }: FoundLead, rows: IDataObject[]): IDataObject[] =>
	rows.map((row) => ({ action, lead_id: lead.id, ...row }));

/** What follows once the change is sent, and once Propexo has taken it or not. */
export const afterChange = ({ account }: Changing, { lead, by }: FoundLead, sent: () => IDataObject) => ({
	withColumns: (rows: IDataObject[]) => withAction('updated', { lead, by }, rows),
	/** Returns what takes the note back. */
	noteSent: () => {
		const { taken, inDoubt: before } = changedOf(account, lead);
		// The source is not held back: it is written again if nobody knows how this ended.
		const sending = picked(sent(), (name) => name !== SOURCE);
		const marks = others(before, sending);
		for (const name of Object.keys(marks)) marks[name] = EITHER;
		noteChanged(account, lead, { taken, inDoubt: { ...before, ...sending, ...marks } });
		return () => {
			const { taken: now, inDoubt } = changedOf(account, lead);
			const rest = picked(inDoubt, (name) => !(name in sending));
			noteChanged(account, lead, {
				taken: now,
				inDoubt: { ...rest, ...picked(before, (name) => name in sending) },
			});
		};
	},
	noteTaken: (rows: IDataObject[]) => {
		const change = sent();
		const { taken, inDoubt } = changedOf(account, lead);
		noteChanged(account, lead, {
			taken: { ...taken, ...change },
			inDoubt: picked(inDoubt, (name) => !(name in change)),
		});
		if (SOURCE in change && Object.keys(change).length === 1)
			for (const row of rows) jobsOfSources.set(jobOf(account, row), true);
	},
});
