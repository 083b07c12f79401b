import type { IDataObject } from 'n8n-workflow';

import type { LookedUp, LookUpTools, Write } from '../../shared/deliver/write';
import type { ReadItem } from '../../shared/fields/item';
import { segment } from '../../shared/http/credential';
import type { ServiceRequest } from '../../shared/http/service';
import { textOf } from '../../shared/json/text';
import type { About, Operation } from '../../shared/operation';
import { writeOperation } from '../../shared/operation';
import { propexo, readWriteReply } from '../api';
import type { CheckedWrite } from './pmsRules';
import { checkPms } from './checkPms';
import type { LoggedWrite } from './lookUpJob';
import { lookUpJob } from './lookUpJob';
import { optionsFor } from './options';
import { outputOfJob } from './output';
import { followResults } from './waitForResult';

/** What is different for each write that Propexo answers with a job. Everything else is the same for all of them. */
export interface JobWrite extends About, CheckedWrite, LoggedWrite {
	/**
	 * The fields that, together with `about`, make two items with the same Deduplication Key the same event: what kind,
	 * when.
	 */
	sameEvent: string[];
	/** The fields that say who an item is about, if those in `about` do not: items about the same go out in their order. */
	inOrderOf?: string[];
	/** What the request holds besides the values of the fields, by the API's names. */
	adds?(item: ReadItem): IDataObject;
	/** Reads a reply that has another form than those of other writes (`readWriteReply`). */
	rows?: Write['rows'];
	isRefusal?: Write['isRefusal'];
	repeatedBy?: Write['repeatedBy'];
	/** Finds a write whose log row does not hold what was sent. */
	lookUp?(tools: LookUpTools, request: ServiceRequest, since: number): Promise<LookedUp>;
}

/** When a write in doubt is looked up, in ms from one look to the next. Its job shows in the log once it has ended. */
export const LOOK_UP_AFTER_MS = [2_000, 5_000, 10_000, 20_000];

/** Reads the reply to a write. */
export const readRows: Write['rows'] = (body) => {
	const reply = readWriteReply(body);
	return reply && [reply];
};

/** An operation that lets Propexo write something to the PMS, and follows its write job. */
export function jobWrite(job: JobWrite): Operation & { write: Write; job: JobWrite } {
	const { value, name, action, description, noun, fields, collections } = job;
	const about = { value, name, action, description };
	const operation = writeOperation(about, {
		service: propexo,
		noun,
		fields,
		collections,
		options: optionsFor(job),
		check: async (...about) => await checkPms(job, ...about),
		request: (item, options) => requestOf(job, item, options),
		order: ({ values }) => (job.inOrderOf ?? job.about).map((field) => textOf(values[field])).join('\n'),
		sameEvent: () => [...job.about, ...job.sameEvent],
		rows: job.rows ?? readRows,
		output: outputOfJob(job),
		isRefusal: job.isRefusal,
		repeatedBy: job.repeatedBy,
		idOf: (row) => textOf(row.job_id),
		lookUp: job.lookUp ?? (async (...asked) => await lookUpJob(job, ...asked)),
		lookUpAfterMs: LOOK_UP_AFTER_MS,
		followUp: followResults,
	});
	return { ...operation, job };
}

/** The request of one item. */
export function requestOf(
	{ method, path, adds }: JobWrite,
	item: ReadItem,
	options: IDataObject,
): ServiceRequest {
	const { values } = item;
	const body = placed({ ...item.body, ...adds?.(item) });
	return {
		method,
		path: path.replace(/\{(\w+)\}/g, (_, field: string) => segment(textOf(values[field]))),
		...(options.ignoreUnknownFields === true && { query: { ignore_unknown_fields: true } }),
		// n8n sends no body at all for an object without keys, and leaves out keys that are undefined.
		body: Object.keys(body).length > 0 ? body : { nothing: undefined },
	};
}

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
