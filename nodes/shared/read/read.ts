import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { FieldsOwner } from '../fields/collections';
import { allFields } from '../fields/collections';
import { parametersOf } from '../fields/parameters';
import { panelWordsOf } from '../fields/names';
import type { ReadItem } from '../fields/item';
import { privateValues, readItem } from '../fields/item';
import type { Problem, Remark } from '../fields/problem';
import type { ToFind } from '../find/find';
import { findRecords } from '../find/find';
import type { Get } from '../find/get';
import { ifItGoesOn, NothingThere, reader, ReadFailed, UndocumentedReply, whyUnusable } from '../find/get';
import type { Connection, Tools } from '../http/connection';
import { cancelSignalOf, connectItems } from '../http/connection';
import type { Service } from '../http/service';
import { grouped } from '../json/objects';
import type { Schema } from '../json/schema';
import { textOf } from '../json/text';
import { FIRST_ONLY } from '../report/agent';
import { goesOnAfterErrors } from '../report/agentCall';
import type { FollowUp } from '../report/laterOutcomes';
import { afterFollowUp, followAll } from '../report/laterOutcomes';
import type { FailedOutcome, Outcome } from '../report/outcome';
import { isFailed } from '../report/outcome';
import { reportOf } from '../report/errors';
import { itemName } from '../report/itemName';
import { outputOf, throwFirst } from '../report/output';
import { invalid } from '../report/problems';
import { tellRemarks, toldIn } from '../report/hints';
import { isAtLimit } from './listing';
import type { RecordFields } from './output';

/** What was found out about one item before anything is read for it. */
export interface Examined {
	problems: Problem[];
	/** Told in a hint; they stop nothing. */
	remarks?: Remark[];
}

/** An operation that reads records and changes nothing: all that is its own. */
export interface Read extends FieldsOwner {
	service: Service;
	/** What there is to say of an item whose fields are right by themselves. */
	check?(item: ReadItem): Examined;
	/**
	 * Finds out what the fields alone do not tell, such as the PMS of an integration. Gives one answer per item, and must
	 * not reject.
	 */
	examine?(tools: Tools, items: ToFind[]): Promise<Examined[]>;
	/** The records, or other rows, of one item without problems. It may add remarks to the item. */
	rows(get: Get, item: ReadItem, tools: Tools): Promise<IDataObject[]>;
	/** What an output item holds: the fields of a record, of which *Output* chooses, or a schema of the rows as they are. */
	output: RecordFields | { schema: Schema };
	/** What is done once all items were read, such as waiting for a result. `options` are the items' values. */
	followUp?: FollowUp;
}

/** One item that can be read for: its fields and its credential are right. */
interface Readable {
	name: string;
	item: ReadItem;
	connection: Connection;
	/** What is redacted from the service's words about it, besides the token. */
	redacted: unknown[];
}

/**
 * Reads records for every input item, one item after the other, each with its own credential. With *Stop* on error
 * nothing is asked when the fields or the credential of any item are not right.
 *
 * @returns the rows in input order, each linked to its item; items that failed give `{ error, details }`
 * @throws a NodeApiError or NodeOperationError about the first failing item, unless the node continues on error
 */
export async function readRecords(ctx: IExecuteFunctions, declared: Read): Promise<INodeExecutionData[]> {
	const node = ctx.getNode();
	const goOn = goesOnAfterErrors(ctx);
	const prepared = await prepare(ctx, declared, goOn);
	const outcomes: Outcome[] = [];
	prepared.forEach((one, index) => {
		if ('report' in one) outcomes[index] = one;
	});
	if (!goOn) throwFirst(node, outcomes);
	const known = panelWordsOf(declared);
	const signal = cancelSignalOf(ctx);
	let isCut = false;
	for (const [index, one] of prepared.entries()) {
		if ('report' in one) continue;
		const { name, item, connection, redacted } = one;
		const get = reader(connection, signal, name, { redacted, known });
		const outcome = await readOne(
			declared.service,
			name,
			async () => await declared.rows(get, item, { ...connection, ctx, signal }),
		);
		outcomes[index] = outcome;
		if (isFailed(outcome) && !goOn) throwFirst(node, outcomes);
		isCut ||= outcome.state === 'created' && isAtLimit(declared, item.values, outcome.rows);
	}
	const followed = await followAll(declared.followUp, { ctx, signal }, outcomes, (index) => {
		const one = prepared[index];
		if (!one || 'report' in one) return undefined;
		const { name, item, connection, redacted } = one;
		return { name, connection, options: item.values, redacted };
	});
	const final = outcomes.map((outcome, index) => afterFollowUp(outcome, followed[index]));
	if (!goOn) throwFirst(node, final);
	tellRemarks(
		ctx,
		prepared.map((one) => ('report' in one ? undefined : one.item)),
		final,
	);
	if (isCut) toldIn(ctx).remarks.push(FIRST_ONLY);
	return final.flatMap((outcome, index) => outputOf(outcome, index));
}

/** Reads and checks all items, and finds the records they name; gives the failure of each that is not right. */
async function prepare(
	ctx: IExecuteFunctions,
	declared: Read,
	goOn: boolean,
): Promise<Array<Readable | FailedOutcome>> {
	const connections = await connectItems(ctx, declared.service);
	const parameters = parametersOf(ctx);
	const items = connections.map(({ connection, problem }, index) => {
		const item = readItem(parameters, index, declared, { zone: ctx.getTimezone() });
		if (problem) item.problems.push(problem);
		return { item, connection };
	});
	const right = items.flatMap(({ item, connection }) =>
		item.problems.length === 0 && connection ? [{ read: item, connection, options: {} }] : [],
	);
	const resource = textOf(ctx.getNode().parameters.resource);
	if (goOn || right.length === items.length) {
		await findRecords(allFields(declared), right, { resource, signal: cancelSignalOf(ctx), goOn });
	}
	for (const { item } of items) if (item.problems.length === 0) told(item, declared.check?.(item));
	await examineAll(ctx, declared, right, goOn || (right.every(isRight) && right.length === items.length));
	return items.map(({ item, connection }, index) => {
		const name = itemName(index, items.length);
		if (!connection || item.problems.length > 0) return invalid(name, item.problems);
		return { name, item, connection, redacted: privateValues(item, declared) };
	});
}

function told(item: ReadItem, { problems = [], remarks = [] }: Partial<Examined> = {}): void {
	item.problems.push(...problems);
	item.remarks.push(...remarks);
}

const isRight = ({ read: { problems } }: ToFind): boolean => problems.length === 0;

/** Lets the read examine the items without problems, those of each connection together. */
async function examineAll(
	ctx: IExecuteFunctions,
	declared: Read,
	all: ToFind[],
	isWanted: boolean,
): Promise<void> {
	if (!declared.examine || !isWanted) return;
	for (const [connection, items] of grouped(all.filter(isRight), (one) => one.connection)) {
		const answers = await declared.examine({ ...connection, ctx, signal: cancelSignalOf(ctx) }, items);
		items.forEach((one, position) => told(one.read, answers[position]));
	}
}

/** A read that succeeded counts as created: it gives its item an output. */
async function readOne(service: Service, name: string, rows: () => Promise<IDataObject[]>): Promise<Outcome> {
	try {
		return { state: 'created', rows: await rows() };
	} catch (cause) {
		if (cause instanceof ReadFailed) return cause.outcome;
		const refused = (because: string, description: string): Outcome => ({
			state: 'refused',
			report: reportOf(name, { because, description, details: {} }),
		});
		if (cause instanceof UndocumentedReply)
			return refused(whyUnusable(cause, service), ifItGoesOn(service));
		if (!(cause instanceof NothingThere)) return await Promise.reject(cause as Error);
		return refused(cause.because, cause.advice);
	}
}
