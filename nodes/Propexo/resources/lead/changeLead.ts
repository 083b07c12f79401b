import type { IDataObject } from 'n8n-workflow';

import type { Again, AskedItem, Decision, DecideTools } from '../../../shared/deliver/beforeSending';
import { isPreview } from '../../../shared/deliver/options';
import type { ReadItem } from '../../../shared/fields/item';
import type { Problem } from '../../../shared/fields/problem';
import type { Get } from '../../../shared/find/get';
import { RecordsById } from '../../../shared/find/get';
import { picked } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { employee, ifNotSeen, lead } from '../../records/people';
import { readOne } from '../../records/paging';
import { pathOf } from '../../records/record';
import { LEAD_UPDATE_RULES } from '../../rules/leads';
import { asRead, differences, heldElsewhere, lostZeros, poorer } from './differences';
import { contradiction, isHeld, whoIn } from './differentPerson';
import type { Note } from '../../jobs/status';
import { endWaited, isWaited } from '../../jobs/waitForResult';
import { ADDRESS_NAMES } from './fieldsOfPerson';
import type { FoundLead } from './findLead';
import { hasEvent } from './firstEvent';
import { jobOf, noteJob } from './leadJobs';
import { claimKey, matchBy, matchesOf } from './matchBy';
import type { Changing } from './ownChanges';
import { asChanged, forgetRefused, isChangeOf, mayDiffer, noteChange } from './ownChanges';
import type { LookedItem } from './rowsOfPerson';
import { addressWithoutType, nulls } from './update';

/* What an item changes of a lead that is there already, and what to do about the item then. */

/** Only a new lead has these. */
const OF_NEW_LEADS = ['integration_id', 'property_id', 'third_party_id', 'organization_name', 'events'];

/** Entrata takes a source only of a lead that has none. Source: its page "Update lead". */
const KEEPS_SOURCE = 'ENTRATA';
const SOURCE = 'lead_source_id';
const ADDRESS_TYPE = 'address_type_id';
const AGENT = 'employee_id';

/**
 * PMSs want these of a new lead, so they are often the same for everybody. A lead that is there has its own, which *Keep
 * Source and Agent* keeps.
 */
const KEPT = [SOURCE, 'lead_source', AGENT, 'lead_relationship_id'];

/** The lead's own names, where its PMS requires names with each change. */
const ownNames = (held: IDataObject): IDataObject =>
	picked(
		held,
		(name, value) =>
			/^(first|last)_name$/.test(name) &&
			textOf(value) !== '' &&
			LEAD_UPDATE_RULES[textOf(held.integration_vendor)]?.required !== undefined,
	);

/** What an item says of a lead that is there, by the API's names. */
function saidOf(item: ReadItem, held: IDataObject): IDataObject {
	const keepsSource = held.integration_vendor === KEEPS_SOURCE && textOf(held[SOURCE]) !== '';
	const isTaken = (name: string) => {
		if (OF_NEW_LEADS.includes(name.split('.')[0] ?? '')) return false;
		if (item.values.keepSourceAndAgent && KEPT.includes(name)) return false;
		return name !== SOURCE || !keepsSource;
	};
	return { ...ownNames(held), ...picked(item.body, isTaken), ...nulls(item) };
}

/**
 * A change without what the lead holds otherwise, or better. What is left out for one reason does not count for the other. A ZIP
 * code that has lost its zero is the lead's own.
 */
function unheld(held: IDataObject, said: IDataObject): IDataObject {
	const body = lostZeros(held, said) ? { ...said, zip: held.zip } : said;
	const without = (from: IDataObject, names: string[]) =>
		picked(from, (name, value) => value === null || !names.includes(name));
	const better = without(body, poorer(held, body));
	return { ...ownNames(held), ...without(better, heldElsewhere(held, better)) };
}

/** Whether an employee is the lead's own. Of that one, Propexo gives the name and the PMS's own ID. */
async function isItsEmployee(held: IDataObject, employeeId: string, get: Get): Promise<boolean> {
	const row = await readOne(get, pathOf(employee, employeeId), employee.noun).catch(
		(): IDataObject => ({}),
	);
	const [id, its] = [row.x_id, held.x_leasing_agent_id].map(textOf);
	// Two employees may have the same name, so the PMS's own IDs decide where both are given.
	if (id && its) return id === its;
	const name = textOf(row.name);
	return name !== '' && name === textOf(held.leasing_agent);
}

/** What is to be changed, without an address that stays as it was; empty if nothing changes. */
async function newIn(changing: Changing, held: IDataObject, body: IDataObject): Promise<IDataObject> {
	const changedBack = await mayDiffer(changing, held, body);
	const different = new Set([...differences(held, body), ...changedBack]);
	const isNewAddress = ADDRESS_NAMES.some((name) => different.has(name));
	if (!isNewAddress) different.delete(ADDRESS_TYPE);
	const isAgentAlone = different.size === 1 && different.has(AGENT);
	// Propexo's record of a lead has no such field: if it is there, an earlier item has set the employee.
	const isOfRecord = !changedBack.has(AGENT) && !(AGENT in held);
	if (isAgentAlone && isOfRecord && (await isItsEmployee(held, textOf(body[AGENT]), changing.get)))
		return {};
	if (different.size === 0) return {};
	// A source that is refused, because somebody else was faster, is no reason to refuse anything else.
	if (different.size === 1 && different.has(SOURCE) && held.integration_vendor === KEEPS_SOURCE)
		return { [SOURCE]: body[SOURCE] };
	return picked(body, (name) => isNewAddress || ![...ADDRESS_NAMES, ADDRESS_TYPE].includes(name));
}

/** What an item changes of a lead with these values, whatever this process has changed. */
export const changesOf = async (
	changing: Changing,
	item: ReadItem,
	lead: IDataObject,
): Promise<IDataObject> => await newIn(changing, lead, unheld(lead, saidOf(item, lead)));

/** What items of the run change, by the lead's ID. */
type Changes = Map<unknown, IDataObject>;

/** The change that an item makes. */
type Change =
	| { problem: Problem }
	/**
	 * `body` is empty if everything is as the item says; `whole`: with the values too that are left out because the lead holds them
	 * already, elsewhere, or better.
	 */
	| { body: IDataObject; whole: IDataObject };

/**
 * What is left of a change of a lead as this process has changed it. A change that the PMS has refused holds nothing back:
 * Propexo is asked about those that hold something back.
 *
 * @param of gives what is left of the change for a lead with these values
 */
async function afterChanges<Left extends { left: IDataObject }>(
	changing: Changing,
	held: IDataObject,
	of: (now: IDataObject) => Promise<Left>,
): Promise<Left> {
	const found = await of(asChanged(changing.account, held));
	if (Object.keys((await of(held)).left).every((name) => name in found.left)) return found;
	await forgetRefused(changing, held);
	return await of(asChanged(changing.account, held));
}

/**
 * Compares an item with the lead, which is among its values.
 *
 * @param before what earlier items of the run change of the lead, if all goes well
 */
async function changeOf(
	changing: Changing,
	item: ReadItem,
	{ lead: held, by }: FoundLead,
	before?: IDataObject,
): Promise<Change> {
	const change = async (from: IDataObject) => {
		const now = { ...from, ...before };
		const whole = saidOf(item, now);
		return { whole, left: unheld(now, whole) };
	};
	const contradicts = contradiction(item, { ...held, ...before }, by);
	if (contradicts) return { problem: contradicts };
	const { whole, left } = await afterChanges(changing, held, change);
	const body = await newIn(changing, { ...held, ...before }, left);
	const isSent = (name: string) => name in body;
	const [problem] = ADDRESS_NAMES.some(isSent) ? addressWithoutType(item) : [];
	return problem ? { problem } : { body, whole };
}

/** Whether the job of an output row was to give a lead its source and nothing else. */
export const isSourceAlone = (account: string, row: IDataObject): boolean => isChangeOf(SOURCE, account, row);

const isEmpty = (body: IDataObject): boolean => Object.keys(body).length === 0;

/** How the lead of an item was found. */
const foundBy = ({ lead: held, by }: FoundLead) => ({
	id: textOf(held.id),
	by: by.finder?.mode ?? by.field,
});

/** Adds the columns that say what was done with a lead that was there. */
const withAction = (action: string, { lead: held }: FoundLead, rows: IDataObject[]): IDataObject[] =>
	rows.map((row) => ({ action, lead_id: held.id, ...row }));

/** `planned`: what earlier items change of leads that are there, if all goes well. */
export type ChangeTools = DecideTools & Changing & { planned: Changes };

/** Finds what items name besides their leads: in the property of the lead that was found, if one was. */
export async function findOthers(tools: DecideTools, items: LookedItem[]): Promise<void> {
	const leads = new RecordsById();
	const right = items.filter(({ found }) => found === 'none' || !('problem' in found));
	for (const { read, found } of right) {
		if (found === 'none' || !('lead' in found)) continue;
		const id = textOf(found.lead.id);
		read.values.leadId = id;
		leads.know(pathOf(lead, id), found.lead);
	}
	await tools.findPlaced(right, leads);
}

export async function decideChange(
	tools: ChangeTools,
	{ read: item, options }: AskedItem,
	found: FoundLead,
): Promise<Decision> {
	const { account, planned } = tools;
	const { lead: held } = found;
	const isPreviewed = isPreview(options);
	// What is only previewed changes nothing.
	const place = `${isPreviewed} ${textOf(held.id)}`;
	const before = planned.get(place);
	// What an earlier item was to change decides what this one does, once it is known whether Propexo has taken that.
	const isLater = before !== undefined && !isPreviewed;
	const change = await changeOf(tools, item, found, before);
	if ('problem' in change) return change;
	if (item.problems.length > 0) return {};
	tellNoEvent(item);
	const remark = ifNotSeen(held);
	if (remark !== undefined) item.remarks.push({ label: matchBy.label, remark });
	item.found.lead_id = foundBy(found);
	const unchanged = withAction('unchanged', found, [{}]);
	let { body } = change;
	if (!isLater && isEmpty(body)) return { rows: unchanged };
	planned.set(place, { ...before, ...asRead(body) });
	item.body = isLater ? change.whole : body;
	let notes: Note[] = [];
	return {
		exists: true,
		withColumns: (rows) => withAction('updated', found, rows),
		atLast: async (request) => {
			if (isLater) {
				const waiting = isWaited(options) ? { ...tools, endOf: endWaited(tools, options) } : tools;
				const { left } = await afterChanges(waiting, held, async (now) => {
					const known = { ...held, ...picked(now, (name) => name in before) };
					return { left: await newIn(waiting, known, unheld(now, request.body ?? {})) };
				});
				body = left;
			}
			if (isEmpty(body)) return unchanged;
			notes = [noteChange(account, held, asRead(body)), ...noteValues(tools, item, held, body)];
			return isLater ? { ...request, body } : request;
		},
		noteTaken: (rows) => notes.forEach((note) => note.taken(jobOf(rows))),
		takeBack: () => notes.forEach((note) => note.takeBack()),
	};
}

/** Notes of whom the values are that a lead gets. */
function noteValues(tools: DecideTools, item: ReadItem, held: IDataObject, body: IDataObject): Note[] {
	const { id, created_at } = held;
	const sent = { jobId: '', parameters: whoIn({ ...held, ...body }), lead: { id, created_at } };
	return matchesOf(item)
		.filter((match) => !isHeld(held, match) && isHeld(body, match))
		.map((match) => noteJob(tools, claimKey(item, match), sent));
}

/** What an item changes of a lead that was made since it was looked for: what the item names is found again. */
export async function changeFound(
	tools: ChangeTools,
	{ read: item, options }: AskedItem,
	found: FoundLead,
): Promise<Again> {
	// The remarks stay those of the item: hints tell them.
	const read: ReadItem = {
		...item,
		values: { ...item.values },
		body: { ...item.body },
		found: { ...item.found },
		problems: [],
	};
	const looked = { read, options, found };
	await findOthers(tools, [looked]);
	const [problem] = read.problems;
	const decision = problem
		? { problem }
		: await decideChange({ ...tools, planned: new Map() }, looked, found);
	return { decision, read };
}

/**
 * @cause A hint: the person was there already, and _First Event_ is only for new leads.
 * @cure Use _Lead Event: Create_ after this node.
 */
const NO_EVENT = {
	label: 'First Event',
	remark: "was not written: the lead existed already. Unless an earlier try wrote it, use 'Lead Event: Create' after this node",
	ahead: "would not be written: the lead exists already. To write it, use 'Lead Event: Create' after this node",
};

function tellNoEvent(item: ReadItem): void {
	if (hasEvent(item)) item.remarks.push(NO_EVENT);
}
