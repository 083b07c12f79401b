import type { IDataObject } from 'n8n-workflow';

import { ifSeveralOption } from '../../../shared/find/choose';
import { keyOptions } from '../../../shared/deliver/keyField';
import type { AskedItem, Verdict } from '../../../shared/deliver/beforeSending';
import type { Write } from '../../../shared/deliver/write';
import type { Tools } from '../../../shared/http/connection';
import type { ServiceRequest } from '../../../shared/http/service';
import type { Field } from '../../../shared/fields/field';
import type { ReadItem } from '../../../shared/fields/item';
import { objectOf, TEXT } from '../../../shared/json/schema';
import { textOf } from '../../../shared/json/text';
import { writeOperation } from '../../../shared/operation';
import type { FollowedItem, Followed } from '../../../shared/report/laterOutcomes';
import { checkEach, checkPms } from '../../rules/checkPms';
import { writeOf } from '../../jobs/jobWrite';
import { likenessOf } from '../../jobs/lookUpJob';
import { optionsFor } from '../../jobs/options';
import { outputOfJob, whoColumns, whoOf } from '../../jobs/output';
import type { CheckedWrite } from '../../rules/checkedWrite';
import { pendingIn } from '../../jobs/status';
import { followResults, UNREAD } from '../../jobs/waitForResult';
import { lead } from '../../records/people';
import type { LogRow } from '../../jobs/writeLog';
import { parameterOf } from '../../records/record';
import { LEAD_RULES, LEAD_UPDATE_RULES } from '../../rules/leads';
import { create, integrationField, newLeadCollections, newLeadFields } from './create';
import { ifNotItsOwn } from '../../leads/fieldsOfInquiry';
import { incompleteEvent } from '../../leads/firstEvent';
import { decide } from '../../leads/foundOrNew';
import { isSourceAlone } from '../../leads/changedValues';
import { claimKey, matchBy, matchesOf } from '../../leads/matchBy';
import { clearedAndFilled, clearFields } from '../../leads/fieldsOfChange';
import { update } from './update';

const pmsId: Field = {
	name: 'xId',
	label: 'PMS ID',
	kind: 'text',
	isId: true,
	remark: ifNotItsOwn,
	maxLength: 500,
	placeholder: 'e.g. 10432',
	description: "The ID of the lead in the PMS, for 'Match By'; it is not written",
	local: true,
};

const keepSourceAndAgent: Field = {
	name: 'keepSourceAndAgent',
	label: 'Keep Source and Agent',
	kind: 'boolean',
	default: true,
	withoutIt: 'those of a lead that is there might be overwritten',
	description: 'Whether a lead that is there keeps its source, employee and relationship',
	local: true,
};

const OWNER = {
	fields: [integrationField, matchBy, ...newLeadFields, clearFields],
	collections: newLeadCollections([pmsId, keepSourceAndAgent]),
};

const isChange = ({ values }: ReadItem): boolean => values.leadId !== undefined;

const CHECKED: CheckedWrite = {
	...OWNER,
	noun: 'lead',
	about: ['integrationId'],
	check: clearedAndFilled,
};
const OF_NEW: CheckedWrite = {
	...CHECKED,
	pms: LEAD_RULES,
	check: (item) => [...incompleteEvent(item), ...clearedAndFilled(item)],
};
const OF_CHANGED: CheckedWrite = { ...CHECKED, pms: LEAD_UPDATE_RULES };

/** Checks new leads and changes, each by the rules for it. */
async function check(tools: Tools, items: AskedItem[]): Promise<Verdict[]> {
	const of = (item: ReadItem) => (isChange(item) ? OF_CHANGED : OF_NEW);
	return await checkEach(of, items, async (write, some) => await checkPms(write, tools, some));
}

/**
 * @cause In the column `hint`: nobody waited for the PMS, which gives the ID.
 * @cure Add the option _Wait for Result_.
 */
const WAIT = "Add the option 'Wait for Result' to get lead_id.";
/**
 * @cause In the column `hint`: this PMS does not give the ID of a new lead.
 * @cure Find the lead after Propexo's next sync.
 */
const NO_ID =
	"The PMS has taken it and does not give its ID: the lead can be found after Propexo's next sync.";

/** Adds the ID of a new lead, or why there is none. */
function withLead(row: IDataObject): IDataObject {
	if (row.action !== 'created') return row;
	const { action, created_record_id, write_status, ...others } = row;
	// What an earlier try said may not be so any more.
	delete others.hint;
	const told = write_status === undefined ? {} : { write_status, created_record_id };
	if (typeof created_record_id === 'string')
		return { action, lead_id: created_record_id, ...others, ...told };
	const hint = write_status === undefined ? WAIT : write_status === 'PENDING' ? UNREAD : NO_ID;
	return { action, ...others, ...told, hint };
}

/**
 * @cause In the column `hint`: Entrata takes a lead source only of a lead that has none, and this lead has got one since
 * Propexo read it.
 * @cure Nothing, if the source in the PMS is right. `write_errors` has the words of the PMS.
 */
const HAS_SOURCE =
	'The PMS did not accept the lead source; nothing else was to be changed. The lead may have got one meanwhile.';

/** @noMessage It is said beside the message that the PMS refused it. */
const REFUSED =
	"Nothing was written to the PMS. Fix what the message names, then run it again: the lead is looked for and written anew. Do not use 'Write Job: Retry' besides, and 'Retry' of the execution does not send it again.";

/** Whether the PMS refused the source of a lead that was there, and the item changes nothing else. */
const isRefusedSource = ({ connection }: FollowedItem, { rows: [row], failed }: Followed): boolean =>
	failed !== undefined && row !== undefined && isSourceAlone(connection.account, row);

/** Ends an item whose only change is in the PMS already. */
const withSource = (rows: IDataObject[]): IDataObject[] =>
	rows.map((row) => ({ ...row, action: 'unchanged', hint: HAS_SOURCE }));

const isOfRequest = (request: ServiceRequest, row: LogRow): boolean =>
	likenessOf(create.job, request, row) === 'same';

const WHO = ['integrationId'];
const output = outputOfJob(create.job, { lead_id: TEXT, ...whoColumns(OWNER, WHO) });

/** *Create or Update*: one lead for each person, however often the person comes. */
export const upsert = writeOperation(
	{
		value: 'upsert',
		name: 'Create or Update',
		action: 'Create or update lead',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	{
		...writeOf(CHECKED, [create.job, update.job], (item) => (isChange(item) ? update.job : create.job)),
		// A lead is recognized by itself, so there is no key to give.
		options: [...optionsFor(OWNER).filter((option) => !keyOptions.includes(option)), ifSeveralOption],
		decide: async (tools, items) => await decide(tools, items, isOfRequest),
		decidesAbout: parameterOf(lead),
		check,
		order: (item) => {
			const [match] = matchesOf(item);
			return textOf(item.values.leadId) || (match ? claimKey(item, match) : '');
		},
		sameEvent: () => [],
		did: (row) => pendingIn(row) ?? textOf(row.action),
		who: (item) => whoOf(OWNER, WHO, item),
		output: objectOf({ action: TEXT, ...output.properties, hint: TEXT }),
		followUp: async (tools, created) => {
			const followed = await followResults(tools, created, undefined, REFUSED);
			return followed.map((one, index) => {
				const item = created[index];
				if (item && isRefusedSource(item, one)) return { rows: withSource(one.rows) };
				return { ...one, rows: one.rows.map(withLead) };
			});
		},
	} satisfies Write,
);
