import type { IDataObject } from 'n8n-workflow';

import type { Field, NumberField } from '../../shared/fields/field';
import type { Tools } from '../../shared/http/connection';
import { textOf } from '../../shared/json/text';
import type { Schema } from '../../shared/json/schema';
import { steadyNow } from '../../shared/process/steadyNow';
import type { FollowedItem, Followed, FollowUpTools } from '../../shared/report/laterOutcomes';
import { hint, toldIn } from '../../shared/report/hints';
import { notTaken } from '../../shared/report/errors';
import { itemsNamed, withItemName } from '../../shared/report/itemName';
import type { FailedOutcome } from '../../shared/report/outcome';
import { quoter } from '../../shared/report/redact';
import type { Awaited, Seen } from './polling';
import { poll } from './polling';
import type { WriteStatus } from './status';
import { isFinal, PENDING } from './status';
import { mayBeTaken, retryOf } from './successors';

const DEFAULT_TIMEOUT_S = 60;

export const waitTimeoutField: NumberField = {
	name: 'waitTimeout',
	label: 'Wait Timeout (Seconds)',
	kind: 'wholeNumber',
	default: DEFAULT_TIMEOUT_S,
	min: 1,
	max: 3_600,
	description: 'How long to wait at most, counted from when all items were sent',
	local: true,
};

/** How the result of a write is waited for where *Wait for Result* is on unless it is turned off. */
export interface Waiting {
	/** The columns that `meaningOf` adds to the output. */
	columns?: Record<string, Schema>;
	/** What the refusal of a PMS means, in its own words; undefined if no more than that it refused. */
	meaningOf(words: string[]): RefusalMeaning | undefined;
}

/** What the refusal of a PMS means. */
type RefusalMeaning =
	/** All is as the item wants it; the output rows get these columns. */
	| { done: IDataObject }
	/** What to say of it before the words of the PMS, what to do about it, and what a workflow can go by. */
	| { what: string; description: string; details: IDataObject };

/** The options of a write about its result. */
export const waitOptions = (waiting?: Waiting): Field[] => [
	{
		name: 'waitForResult',
		label: 'Wait for Result',
		kind: 'boolean',
		// The value that the option has when it is added: the opposite of what holds without it.
		default: !waiting,
		description: `Whether to wait until the PMS has accepted or refused the write${waiting ? '; on unless it is turned off here' : ''}. A refused one fails its item.`,
		builderHint:
			'Propexo answers before the PMS has written anything. Set it to true when a later step needs the record or must know that the PMS took it; no Wait node or loop is needed.',
		local: true,
	},
	waitTimeoutField,
];

/** Whether the result of an item with these options is waited for. */
export const isWaited = ({ waitForResult }: IDataObject, how?: Waiting): boolean =>
	(waitForResult ?? how !== undefined) === true;

const timeoutMsOf = ({ waitTimeout }: IDataObject): number =>
	Number(waitTimeout ?? DEFAULT_TIMEOUT_S) * 1_000;

/** Gives a function that waits for the result of a job of an earlier item as long as *Wait Timeout* says. */
export const endWaited =
	(tools: Tools, options: IDataObject) =>
	async (jobId: string): Promise<WriteStatus | undefined> => {
		const until = steadyNow() + timeoutMsOf(options);
		const [seen] = await poll([{ connection: tools, jobId, until }], tools.signal);
		return seen?.status;
	};

/**
 * @cause A hint: Propexo took the write, and could not be asked for its result while the node waited. An agent is told so, too,
 * where _Wait for Result_ is off. In the column `hint` of a new lead: the PMS needs longer than _Wait Timeout (Seconds)_.
 * @cure Ask again with _Write Job: Wait_.
 */
export const UNREAD = "Propexo accepted it, and did not say how it ended. 'Write Job: Wait' asks again.";

/**
 * Waits for the results of the items that want theirs: the follow-up of a write. Results that are known, because a look-up has
 * found them, are told to all. A record that was left as it was has no job, and nothing to wait for.
 *
 * @param fix what to do about a refusal
 */
export async function followResults(
	tools: FollowUpTools,
	created: FollowedItem[],
	how?: Waiting,
	fix = FIX,
): Promise<Followed[]> {
	const jobs = created.filter(({ rows: [row] }) => row?.job_id !== undefined);
	const waiting = jobs.filter(
		({ rows: [row], options }) => isFinal(row?.write_status) || isWaited(options, how),
	);
	if (waiting.length < jobs.length) {
		const agent = toldIn(tools.ctx);
		agent.remarks.push(UNREAD);
		agent.isOpen = true;
	}
	const results = await awaitResults(tools, waiting, how, fix);
	const told = new Map(waiting.map((item, index) => [item, results[index]]));
	return created.map((item) => told.get(item) ?? { rows: item.rows });
}

/**
 * Waits for the results of items whose first row has a `job_id`, and adds them to it. A write that the PMS refused
 * fails its item. A final result is kept in the rows, so that a further try of the execution does not ask again, unless it is a
 * refusal and the write was retried since: then the job of the retry stands in the rows.
 */
export async function awaitResults(
	tools: FollowUpTools,
	given: FollowedItem[],
	how?: Waiting,
	fix = FIX,
): Promise<Followed[]> {
	const now = steadyNow();
	const items = given.map(asRetried);
	const open = items.filter(({ rows: [row] }) => row && !isFinal(row.write_status));
	const answers = await poll(
		open.map(({ connection, rows, options }): Awaited => ({
			connection,
			jobId: textOf(rows[0]?.job_id),
			until: now + timeoutMsOf(options),
		})),
		tools.signal,
	);
	const seen = new Map(open.map((item, index) => [item, answers[index]]));
	const results = items.map((item) => resultOf({ item, seen: seen.get(item), fix }, how));
	tellUnfinished(tools, items, results);
	return results.map(({ followed }) => followed);
}

/** An item whose write was refused and retried since, with the job of the retry, which is asked for now. */
function asRetried(item: FollowedItem): FollowedItem {
	const [row, ...others] = item.rows;
	const { account } = item.connection;
	const jobId = textOf(row?.job_id);
	if (row?.write_status !== 'FAILURE' || !mayBeTaken(account, jobId, 'retry')) return item;
	const retry = retryOf(account, jobId);
	return retry === undefined ? item : { ...item, rows: [{ ...row, job_id: retry, ...PENDING }, ...others] };
}

/** The result of waiting for one item; `status` is its write status, or `unread` if Propexo did not give it. */
interface Result {
	followed: Followed;
	status: string;
}

function resultOf(
	{ item, seen, fix }: { item: FollowedItem; seen?: Seen; fix: string },
	how?: Waiting,
): Result {
	const [row, ...others] = item.rows;
	if (!row) return { followed: { rows: item.rows }, status: 'SUCCESS' };
	const known = isFinal(row.write_status);
	const now: IDataObject = known ? row : { ...row, ...(seen?.status ?? PENDING) };
	const rows = [now, ...others];
	const status = known || seen?.status ? textOf(now.write_status) : 'unread';
	if (status !== 'FAILURE') return { followed: { rows }, status };
	const meaning = how?.meaningOf(textsIn(now.write_errors));
	if (meaning && 'done' in meaning) return { followed: { rows: [{ ...now, ...meaning.done }] }, status };
	return { followed: { rows, failed: refusedBy({ item, row: now, fix }, meaning) }, status };
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

/** Tells the user in hints which writes have no result, or only succeeded in part. */
function tellUnfinished({ ctx }: FollowUpTools, items: FollowedItem[], results: Result[]): void {
	const tell = (isMeant: (status: string) => boolean, words: string, isOpen?: boolean) => {
		const meant = items.flatMap(({ index }, at) => (isMeant(results[at]?.status ?? '') ? [index] : []));
		if (meant.length > 0)
			hint(ctx, withItemName(itemsNamed(meant, ctx.getInputData().length), words), isOpen);
	};
	tell(
		(status) => status === 'PARTIAL_SUCCESS',
		/**
		 * @cause A hint: the PMS took a part of the write. It was not sent again.
		 * @cure Read `write_errors`, and fix the rest in the PMS.
		 */
		'The PMS took only a part of it; write_errors says which part failed.',
	);
	tell(
		(status) => status !== 'unread' && !isFinal(status),
		/**
		 * @cause A hint: the PMS needs longer than _Wait Timeout (Seconds)_.
		 * @cure Ask again with _Write Job: Wait_. The Propexo Trigger tells of a write that fails later.
		 */
		"The PMS had not answered when the time was up, so write_status is PENDING. 'Write Job: Wait' goes on waiting, and the Propexo Trigger tells of a write that fails later.",
		true,
	);
	tell((status) => status === 'unread', UNREAD, true);
}

/** @noMessage It is said beside the message below. */
const FIX =
	"Nothing was written to the PMS. Fix in the PMS what the message names, then use 'Write Job: Retry' with the job_id; 'Retry' of the execution does not send it again. To send other values, run it again with another 'Event ID in Your System' if it has one.";

function refusedBy(
	{ item, row, fix }: { item: FollowedItem; row: IDataObject; fix: string },
	meaning?: Exclude<RefusalMeaning, { done: IDataObject }>,
): FailedOutcome {
	const { name, connection, rows, redacted, known } = item;
	const { write_errors: errors } = row as WriteStatus;
	const said = rows.flatMap(({ data }) => Object.values(data ?? {}));
	const words = errors.map(quoter(errors, [...redacted, ...said, connection.token]));
	const lacks = notTaken('event_name', known);
	const reasons = lacks === undefined ? words : [lacks, ...words];
	/** @noMessage It ends the message below. */
	const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : ' and did not say why';
	return {
		state: 'refused',
		report: {
			/**
			 * @example The PMS refused it: The guest card is closed
			 * @cause Propexo took the write, and the PMS refused it. The rest of the message is in the words of the PMS.
			 * @cure Fix in the PMS what it names, then use _Write Job: Retry_ with the `job_id`. To send it with other
			 * values, run it again with another _Event ID in Your System_ if it has one.
			 */
			message: withItemName(name, `${meaning ? `${meaning.what}: ` : ''}the PMS refused it${why}`),
			description: meaning?.description ?? fix,
			details: {
				job_id: row.job_id,
				write_status: row.write_status,
				write_errors: words,
				...meaning?.details,
			},
		},
	};
}
