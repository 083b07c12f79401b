import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../shared/fields/item';
import type { Problem, Remark } from '../../shared/fields/problem';
import type { Get } from '../../shared/find/get';
import { isObject, picked } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { readOne } from '../records/paging';
import { employee } from '../records/people';
import { pathOf } from '../records/record';
import { LEAD_UPDATE_RULES } from '../rules/leads';
import { differences, heldElsewhere, lostZeros, poorer } from './differences';
import { contradiction } from './differentPerson';
import { ADDRESS_NAMES } from './fieldsOfPerson';
import type { FoundLead } from './findLead';
import type { Changing } from './ownChanges';
import { asChanged, settleAll, isChangeOf, mayDiffer } from './ownChanges';
import { nulls } from './fieldsOfChange';

/* What an item changes of a lead that is there already. */

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

/** Whether an employee is the lead's own. Propexo gives its name and the PMS's own ID. */
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

const ADDRESS_AND_TYPE = [...ADDRESS_NAMES, ADDRESS_TYPE];

/**
 * What is to be changed, without an address that stays as it was, or that lacks its type; empty if nothing changes.
 *
 * @param onUntyped is told of an address that is left out because it lacks its type
 */
async function newIn(
	changing: Changing,
	held: IDataObject,
	body: IDataObject,
	onUntyped?: () => void,
): Promise<IDataObject> {
	const changedBack = await mayDiffer(changing, held, body);
	const different = new Set([...differences(held, body), ...changedBack]);
	const isOtherAddress = ADDRESS_NAMES.some((name) => different.has(name));
	const isNewAddress = isOtherAddress && body[ADDRESS_TYPE] !== undefined;
	if (isOtherAddress && !isNewAddress) onUntyped?.();
	if (!isNewAddress) ADDRESS_AND_TYPE.forEach((name) => different.delete(name));
	const isAgentAlone = different.size === 1 && different.has(AGENT);
	// Propexo's record of a lead has no such field: if it is there, an earlier item has set the employee.
	const isOfRecord = !changedBack.has(AGENT) && !(AGENT in held);
	if (isAgentAlone && isOfRecord && (await isItsEmployee(held, textOf(body[AGENT]), changing.get)))
		return {};
	if (different.size === 0) return {};
	// A source that is refused, because somebody else was faster, is no reason to refuse anything else.
	if (different.size === 1 && different.has(SOURCE) && held.integration_vendor === KEEPS_SOURCE)
		return { [SOURCE]: body[SOURCE] };
	return picked(body, (name) => isNewAddress || !ADDRESS_AND_TYPE.includes(name));
}

/** What an item changes of a lead with these values, whatever this process has changed. */
export const changesOf = async (
	changing: Changing,
	item: ReadItem,
	lead: IDataObject,
): Promise<IDataObject> => await newIn(changing, lead, unheld(lead, saidOf(item, lead)));

/** The change that an item makes. */
type Change =
	| { problem: Problem }
	/**
	 * `body` is empty if everything is as the item says; `whole`: with the values too that are left out because the lead holds them
	 * already, elsewhere, or better.
	 */
	| { body: IDataObject; whole: IDataObject; remarks: Remark[] };

/**
 * @cause A hint: the lead is there already, and its address is another one. Propexo takes that only with its type. Everything
 * else was written.
 * @cure Fill in _Address Type_, under _More About the Person_.
 */
const UNTYPED: Remark = {
	label: 'Address Type',
	remark: 'is empty, and Propexo requires it when an address is changed: the address was not written',
	ahead: 'is empty, and Propexo requires it when an address is changed: the address would not be written',
};

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
	await settleAll(changing, held);
	return await of(asChanged(changing.account, held));
}

/**
 * Compares an item with the lead, which is among its values.
 *
 * @param before what earlier items of the run change of the lead, if all goes well
 */
export async function changeOf(
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
	const remarks: Remark[] = [];
	const body = await newIn(changing, { ...held, ...before }, left, () => remarks.push(UNTYPED));
	return { body, whole, remarks };
}

/**
 * What is left of a change once it is known what Propexo has taken of those before it.
 *
 * @param before what earlier items of the run were to change of the lead
 */
export async function leftOf(
	changing: Changing,
	held: IDataObject,
	whole: IDataObject,
	before: IDataObject,
): Promise<IDataObject> {
	const { left } = await afterChanges(changing, held, async (now) => {
		const known = { ...held, ...picked(now, (name) => name in before) };
		return { left: await newIn(changing, known, unheld(now, whole)) };
	});
	return left;
}

/**
 * Whether the job of an output row was to give a lead its source and nothing else. The row holds what Propexo repeats of the
 * request; where it repeats nothing, only the process that has sent it knows.
 */
export function isSourceAlone(account: string, row: IDataObject): boolean {
	const { data } = row;
	const sent = isObject(data) ? Object.keys(data).filter((name) => data[name] !== null) : [];
	return sent.join() === SOURCE || isChangeOf(SOURCE, account, row);
}
