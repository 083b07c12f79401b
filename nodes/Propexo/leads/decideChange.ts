import type { IDataObject } from 'n8n-workflow';

import type { Again, AskedItem, Decision, DecideTools } from '../../shared/deliver/beforeSending';
import { isPreview } from '../../shared/deliver/options';
import type { ReadItem } from '../../shared/fields/item';
import { RecordsById } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { ifNotSeen, lead } from '../records/people';
import { pathOf } from '../records/record';
import { asRead } from './differences';
import { isHeld, whoIn } from './differentPerson';
import type { Note } from '../jobs/status';
import { endWaited, isWaited } from '../jobs/waitForResult';
import type { FoundLead } from './findLead';
import { hasEvent } from './firstEvent';
import { changeOf, leftOf } from './changedValues';
import { jobOf, noteJob } from './leadJobs';
import { claimKey, matchBy, matchesOf } from './matchBy';
import type { Changing } from './ownChanges';
import { noteChange } from './ownChanges';
import type { LookedItem } from './rowsOfPerson';

/* What to do about an item whose lead is there already; what it changes of the lead is in `changedValues.ts`. */

const isEmpty = (body: IDataObject): boolean => Object.keys(body).length === 0;

/** How the lead of an item was found. */
const foundBy = ({ lead: held, by }: FoundLead) => ({
	id: textOf(held.id),
	by: by.finder?.mode ?? by.field,
});

/** Adds the columns that say what was done with a lead that was there. */
const withAction = (action: string, { lead: held }: FoundLead, rows: IDataObject[]): IDataObject[] =>
	rows.map((row) => ({ action, lead_id: held.id, ...row }));

/** What items of the run change, by the lead's ID. */
type Changes = Map<unknown, IDataObject>;

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

/**
 * What to do about a lead that was found: change what differs from the item, or nothing. What earlier items of the run are about to
 * change in it counts too.
 */
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
	item.remarks.push(...change.remarks);
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
				body = await leftOf(waiting, held, request.body ?? {}, before);
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
): Promise<Extract<Again, { decision: Decision }>> {
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
