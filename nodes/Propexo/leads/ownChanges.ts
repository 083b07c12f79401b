import type { IDataObject } from 'n8n-workflow';

import type { Get } from '../../shared/find/get';
import { canonical } from '../../shared/json/compare';
import { picked } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { BoundedMap } from '../../shared/process/boundedMap';
import type { Note, WriteStatus } from '../jobs/status';
import { isFinal, KNOWN_MS, statusBy } from '../jobs/status';
import { endOf as endOfWrite, isFailure, mayBeTaken } from '../jobs/successors';
import { differences } from './differences';

/* What this process has changed of leads in the last day. Propexo may show something else for hours. */

/** How many leads are remembered, and how many changes of each. */
const MOST_LEADS = 20_000;
const MOST_CHANGES = 20;

interface Change {
	/** Whose lead it is. */
	account: string;
	/** By the API's names. */
	values: IDataObject;
	/** When the lead was added: a sandbox that is filled again gives IDs again. */
	addedAt: string;
	/** Until when it counts: of one that Propexo has not taken, it is over. */
	until: number;
	/** The PMS has refused it, and all retries of it that were known then. */
	isRefused?: true;
	/** The PMS has taken it, or a part. */
	isSure?: true;
	/** Left out of one that is under way, or of which nobody knows whether it arrived. */
	jobId?: string;
}

/** The account, and how the run reads from Propexo. */
export interface Changing {
	account: string;
	get: Get;
	/** How a job has ended, if it is waited for. */
	endOf?(jobId: string): Promise<WriteStatus | undefined>;
}

const isKept = ({ until }: Change): boolean => until > Date.now();
/** By account and lead, in the order in which they were sent. */
const changes = new BoundedMap<Change[]>({ most: MOST_LEADS, isOver: (all) => !all.some(isKept) });

const nameOf = (account: string, id: unknown): string => `${account}\n${textOf(id)}`;
const allOf = (account: string, { id, created_at }: IDataObject): Change[] =>
	(changes.get(nameOf(account, id)) ?? []).filter(
		(change) => isKept(change) && change.addedAt === textOf(created_at),
	);
/** A write that was refused may be retried since. */
const isRetried = ({ account, jobId }: Change): boolean =>
	jobId !== undefined && mayBeTaken(account, jobId, 'retry');
const isInForce = (change: Change): boolean => isKept(change) && (!change.isRefused || isRetried(change));
const inForce = (all: Change[]): Change[] => all.filter(isInForce);
const changesOf = (account: string, lead: IDataObject): Change[] => inForce(allOf(account, lead));

/** The changes of a lead, with room for one more: refused ones go first, then the two oldest become one. */
function withRoom(all: Change[]): Change[] {
	if (all.length < MOST_CHANGES) return all;
	const kept = inForce(all);
	const [oldest, next] = kept;
	if (!oldest || !next || kept.length < MOST_CHANGES) return kept;
	// Itself and no copy: its job may still be noted.
	next.values = { ...oldest.values, ...next.values };
	return kept.slice(1);
}

/** Notes a change that goes out now. */
export function noteChange(account: string, lead: IDataObject, values: IDataObject): Note {
	const addedAt = textOf(lead.created_at);
	const change: Change = { account, values, addedAt, until: Date.now() + KNOWN_MS };
	changes.set(nameOf(account, lead.id), [...withRoom(allOf(account, lead)), change]);
	return {
		taken: (jobId) => {
			change.jobId = jobId;
		},
		takeBack: () => {
			change.until = 0;
		},
	};
}

/** Asks how the job of a change has ended, unless that is known. */
async function settle({ get, endOf }: Changing, change: Change): Promise<void> {
	const { account, jobId, isSure } = change;
	if (isSure || !jobId) return;
	const end = await endOfWrite(account, jobId, async (job) => await (endOf?.(job) ?? statusBy(get, job)));
	if (isFailure(end)) change.isRefused = true;
	else if (isFinal(end.status?.write_status)) change.isSure = true;
}

/** Asks how the changes of a lead have ended: one that the PMS has refused since Propexo took it counts no more. */
export async function settleAll(changing: Changing, lead: IDataObject): Promise<void> {
	for (const change of changesOf(changing.account, lead)) await settle(changing, change);
}

/** A lead as Propexo will show it once it shows what it has taken. What a change in doubt makes different is as it shows it now. */
export function asChanged(account: string, lead: IDataObject): IDataObject {
	let now = lead;
	for (const { values, jobId } of changesOf(account, lead)) {
		const different = jobId === undefined && differences(now, values);
		now = { ...now, ...(different ? picked(lead, (name) => different.includes(name)) : values) };
	}
	return now;
}

/**
 * The names of the values that may not be as an item says, whatever Propexo shows: the last change that the PMS has surely
 * taken, or a later one, is another. Propexo is asked about a change only if it may have brought the value back.
 */
export async function mayDiffer(
	changing: Changing,
	lead: IDataObject,
	body: IDataObject,
): Promise<Set<string>> {
	const names = new Set<string>();
	for (const change of changesOf(changing.account, lead)) {
		const { values } = change;
		const others = picked(
			body,
			(name, value) => name in values && canonical(values[name]) !== canonical(value),
		);
		const different = differences(values, others);
		const back = [...names].filter((name) => name in values && !different.includes(name));
		if (back.length > 0) await settle(changing, change);
		if (!isInForce(change)) continue;
		if (change.isSure) for (const name of back) names.delete(name);
		for (const name of different) names.add(name);
	}
	return names;
}

/** Whether the job of an output row was to change this value of its lead and nothing else, if this process knows it. */
export const isChangeOf = (name: string, account: string, { lead_id, job_id }: IDataObject): boolean =>
	(changes.get(nameOf(account, lead_id)) ?? []).some(
		({ values, jobId }) => jobId === job_id && Object.keys(values).join() === name,
	);
