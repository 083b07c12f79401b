import type { IDataObject } from 'n8n-workflow';

import type { AskedItem, Verdict } from '../../shared/deliver/beforeSending';
import type { Write } from '../../shared/deliver/write';
import type { Tools } from '../../shared/http/connection';
import type { FieldsOwner } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/collections';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import { segment } from '../../shared/http/service';
import type { ServiceRequest } from '../../shared/http/service';
import type { Schema } from '../../shared/json/schema';
import { textOf } from '../../shared/json/text';
import type { About, Operation } from '../../shared/operation';
import { writeOperation } from '../../shared/operation';
import type { Does } from '../../shared/report/outcome';
import { propexo, readWriteReply } from '../api';
import type { CheckedWrite } from '../rules/checkedWrite';
import { checkEach, checkPms, isAskedAbout } from '../rules/checkPms';
import type { LoggedWrite } from './lookUpJob';
import { isRequestOf, lookUpJob } from './lookUpJob';
import { optionsFor } from './options';
import { outputOfJob, whoColumns, whoOf } from './output';
import { pendingIn } from './status';
import type { Waiting } from './waitForResult';
import { followResults, isWaited } from './waitForResult';

/** What is different for each write that Propexo answers with a job. Everything else is the same for all of them. */
export interface JobWrite extends About, CheckedWrite, LoggedWrite {
	/** Left out: a POST creates, and a PUT changes. */
	does?: Does;
	/**
	 * The fields that, together with `about`, make two items with the same key the same event: what kind,
	 * when.
	 */
	sameEvent: string[];
	/** The fields that say who an item is about, if those in `about` do not: items about the same go out in their order. */
	inOrderOf?: string[];
	/** What the request holds besides the values of the fields, by the API's names. */
	adds?(item: ReadItem): IDataObject;
	/** Checks more than the rules of the PMSs (`checkPms`). Gives one verdict per item, and must not reject. */
	checkAll?(tools: Tools, items: AskedItem[]): Promise<Verdict[]>;
	/** Options besides those of every write, or in place of those with the same name. */
	options?: Field[];
	/** The columns that its verdicts add to the output (`Verdict.columns`). */
	columns?: Record<string, Schema>;
	/** How its result is waited for, and what it means. */
	waiting?: Waiting;
	trace?: Write['trace'];
}

/**
 * When a write in doubt is looked up, in ms from one look to the next: for three and a half minutes, because its job shows in
 * the log only once the PMS has answered, and what is not there at the last look is sent again.
 */
const LOOK_UP_AFTER_MS = [2_000, 5_000, 10_000, 20_000, 60_000, 120_000];

/**
 * An operation that lets Propexo write something to the PMS, and follows its write job. A `JobWrite` declares what is its
 * own (`createEvent` makes one for the events of each kind of people). `writeOf` completes it to a `Write`, and
 * `writeOperation` makes of that what n8n shows and runs.
 *
 * @param otherwise what this write does in another way than all others, such as reading a reply of another form
 */
export function jobWrite(
	job: JobWrite,
	otherwise: Partial<Write> = {},
): Operation & { write: Write; job: JobWrite } {
	const write = { ...writeOf(job, [job], () => job), ...otherwise };
	return { ...writeOperation(job, write), job };
}

/** One operation that is several writes. */
interface ChosenWrite extends About, FieldsOwner {
	/** What is written, as users call it. */
	noun: string;
	/** The field that chooses the write of an item. */
	chooses: string;
	/** The writes, by the values of that field. They have the same options, and wait in the same way. */
	jobs: Record<string, JobWrite>;
}

/** An operation that sends each item with the write that a field of the item chooses. */
export function chosenWrite(
	chosen: ChosenWrite,
): Operation & { write: Write; jobs: Record<string, JobWrite> } {
	const { chooses, jobs } = chosen;
	const all = Object.values(jobs);
	const of = ({ values }: ReadItem): JobWrite => jobs[textOf(values[chooses])] ?? (all[0] as JobWrite);
	return { ...writeOperation(chosen, writeOf(chosen, all, of)), jobs };
}

/**
 * What is the same for all writes of Propexo, said as `Write` wants it.
 *
 * @param jobs those that an item may have; what they have in common, such as options and waiting, the first one says
 * @param of gives the job of an item
 */
export function writeOf(
	owner: FieldsOwner & { noun: string },
	jobs: JobWrite[],
	of: (item: ReadItem) => JobWrite,
): Write {
	const [first] = jobs as [JobWrite];
	const { noun, fields, collections } = owner;
	const who = Object.fromEntries(
		jobs.flatMap(({ about: whom }) => Object.entries(whoColumns(owner, whom))),
	);
	const jobFor = (request: ServiceRequest) => jobs.find((one) => isRequestOf(one, request)) ?? first;
	return {
		service: propexo,
		noun,
		fields,
		collections,
		options: withOwn(optionsFor(owner, first.waiting), first.options),
		check: async (tools, items) =>
			await checkEach(of, items, async (job, some) => {
				return await (job.checkAll ? job.checkAll(tools, some) : checkPms(job, tools, some));
			}),
		wrongWith: (item) => nothingToChange(of(item), item),
		// Only the write itself knows what its own check asks.
		asks: (item, connection) =>
			of(item).checkAll !== undefined || isAskedAbout(of(item), connection, item),
		request: (item, options) => requestOf(of(item), item, options),
		order: (item) => {
			const { inOrderOf, about: whom } = of(item);
			return (inOrderOf ?? whom).map((field) => textOf(item.values[field])).join('\n');
		},
		sameEvent: (item) => sameEventOf(of(item), item),
		rows: (body) => {
			const reply = readWriteReply(body);
			return reply && [reply];
		},
		trace: first.trace,
		who: (item) => whoOf(owner, of(item).about, item),
		output: outputOfJob(owner, who, { ...first.columns, ...first.waiting?.columns }),
		does: (request) => jobFor(request).does ?? (request.method === 'POST' ? 'creates' : 'changes'),
		did: pendingIn,
		idOf: (row) => textOf(row.job_id),
		lookUp: async (tools, request, since) => await lookUpJob(jobFor(request), tools, request, since),
		lookUpAfterMs: LOOK_UP_AFTER_MS,
		awaitsAnswer: (options) => isWaited(options, first.waiting),
		followUp: async (tools, created) => await followResults(tools, created, first.waiting),
	};
}

const withOwn = (options: Field[], own: Field[] = []): Field[] => [
	...options.filter(({ name }) => !own.some((other) => other.name === name)),
	...own,
];

/**
 * The fields that make two items with one key the same event. Of a change it is what is changed: another phone number under
 * the ID of a lead is another change. Texts of several rows may differ when it comes again.
 */
function sameEventOf(job: JobWrite, { values, sought }: ReadItem): string[] {
	const named = [...job.about, ...job.sameEvent];
	if (job.method !== 'PUT') return named;
	const changed = allFields(job)
		.filter(({ name }) => name in values || name in sought)
		.filter((field) => !field.local && !(field.kind === 'text' && field.rows !== undefined))
		.map(({ name }) => name);
	return [...new Set([...named, ...changed])];
}

/** The problem of a change that changes nothing. */
function nothingToChange(job: JobWrite, item: ReadItem): Problem | undefined {
	if (job.method !== 'PUT' || Object.keys(bodyOf(job, item)).length > 0) return undefined;
	const fields = allFields(job);
	const labels = item.emptied.filter((label) => fields.some((field) => field.label === label));
	/** @noMessage It ends the message below. */
	const because =
		labels.length === 0
			? '. Fill in what is to be changed'
			: `: ${labels.map((label) => `'${label}'`).join(', ')} found nothing in this item. Check these expressions; webhook data is under $json.body`;
	/**
	 * @cause An update would change nothing: no field is filled in that could be changed, or their expressions found
	 * nothing in this item.
	 * @cure Fill in what is to be changed, or fix the expressions.
	 */
	const wrong = `Nothing is filled in that could be changed${because}`;
	return { label: job.name, wrong, whole: true };
}

/** The request of one item. */
function requestOf(job: JobWrite, item: ReadItem, options: IDataObject): ServiceRequest {
	const { method, path } = job;
	const { values } = item;
	const body = bodyOf(job, item);
	return {
		method,
		path: path.replace(/\{(\w+)\}/g, (_, field: string) => segment(textOf(values[field]))),
		...(options.ignoreUnknownFields === true && { query: { ignore_unknown_fields: true } }),
		// n8n sends no body at all for an object without keys, and leaves out keys that are undefined.
		body: Object.keys(body).length > 0 ? body : { nothing: undefined },
	};
}

/** What the request of an item holds. */
const bodyOf = ({ adds }: JobWrite, item: ReadItem): IDataObject => placed({ ...item.body, ...adds?.(item) });

/** Puts each value where its name says: `events.0.notes` goes into the first of the `events`. */
function placed(body: IDataObject): IDataObject {
	const whole: IDataObject = {};
	for (const [name, value] of Object.entries(body)) {
		const [top = name, , inner] = name.split('.');
		if (inner === undefined) whole[top] = value;
		else whole[top] = [{ ...(whole[top] as IDataObject[] | undefined)?.[0], [inner]: value }];
	}
	return whole;
}
