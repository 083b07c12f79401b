import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { deliver } from './deliver/deliver';
import { sendsOtherEvent } from './deliver/eventKey';
import { lacksPartOfKey } from './deliver/input/readKey';
import { keyField, keyFieldOf } from './deliver/keyField';
import { optionsCollection } from './deliver/options';
import { outputSchema } from './deliver/tell/outputRows';
import type { Write, WriteTimes } from './deliver/write';
import { collectionProperty, editorProperties } from './fields/editor';
import type { FieldCollection } from './fields/collections';
import type { Field } from './fields/field';
import { joinAlike } from './fields/joinAlike';
import { schemaWithResolved } from './find/resolved';
import { CONFIGURATION_INVALID } from './http/cause';
import type { Rate, Service } from './http/service';
import type { Schema } from './json/schema';
import { executions } from './process/order';
import { asWanted, outputFields, schemaOf } from './read/output';
import type { Read } from './read/read';
import { readRecords } from './read/read';
import { answersTo } from './report/agent';
import { goesOnAfterErrors, refuseMixedUp } from './report/agentCall';
import { reportOf } from './report/errors';
import { itemName } from './report/itemName';
import { outputOf } from './report/output';

/** One operation of a resource: how the editor offers it and what it does. */
export interface Operation {
	/** Value of the `operation` parameter. */
	value: string;
	/** Title Case, without the resource. */
	name: string;
	/** Sentence case, with the resource: "Create lead event". */
	action: string;
	description: string;
	/** What an output item holds; the build makes the schema of it that n8n reads (gulpfile.js). */
	output: Schema;
	/** What it writes may be refused after the service took it. */
	isAnsweredLater?: boolean;
	properties(resource: string): INodeProperties[];
	execute(ctx: IExecuteFunctions, timing?: Timing): Promise<INodeExecutionData[]>;
}

/** How the editor offers an operation. */
export type About = Pick<Operation, 'value' | 'name' | 'action' | 'description'>;

/**
 * Times that replace those of the service, for a run against an emulator: a test need not wait for a minute to pass.
 */
export interface Timing extends Partial<WriteTimes> {
	/** Parts of the rate that the service publishes. */
	rate?: Partial<Rate>;
	/** When to send again while the service is out of reach or busy: ms from one try to the next. */
	retryAfterMs?: readonly number[];
}

function timed(service: Service, { rate, retryAfterMs = service.retryAfterMs }: Timing): Service {
	return { ...service, rate: { ...service.rate, ...rate }, retryAfterMs };
}

/** One resource of a service with its operations. */
export interface Resource {
	value: string;
	/** Title Case, singular. */
	name: string;
	operations: Operation[];
}

/** The editor properties of fields and collections that belong to one operation. */
function propertiesOf(
	resource: string,
	operation: string,
	fields: Field[],
	collections: FieldCollection[],
): INodeProperties[] {
	// n8n shows a property as soon as it meets a condition on an expression: the fixed ones come first.
	const show = { resource: [resource], operation: [operation] };
	return [
		...fields.flatMap((field) => editorProperties(field, show, fields)),
		...collections.map((collection) => collectionProperty(collection, show)),
	];
}

/** An operation that writes one record per item, as the write says. */
export function writeOperation(
	{ value, name, action, description }: About,
	declared: Write,
): Operation & { write: Write } {
	const write = { ...declared, output: schemaWithResolved(declared, declared.output) };
	return {
		value,
		name,
		action,
		description,
		write,
		output: outputSchema(write.output),
		isAnsweredLater: write.followUp !== undefined,
		properties: (resource) =>
			propertiesOf(
				resource,
				value,
				[...write.fields, ...keyFieldOf(write)],
				[...write.collections, optionsCollection(write)],
			),
		execute: async (ctx, { rate, retryAfterMs, ...times } = {}) => {
			const service = timed(write.service, { rate, retryAfterMs });
			return await deliver(ctx, { ...write, ...times, service });
		},
	};
}

/** An operation that reads records for each item. */
export function readOperation(about: About, declared: Read): Operation {
	const read = withOutput(declared);
	return {
		...about,
		output: 'columns' in read.output ? schemaOf(read.output.columns) : read.output.schema,
		properties: (resource) => propertiesOf(resource, about.value, read.fields, read.collections),
		execute: async (ctx, timing = {}) =>
			await readRecords(ctx, { ...read, service: timed(read.service, timing) }),
	};
}

/** A read whose records have columns offers *Output*, and gives of each record what it says. */
function withOutput(read: Read): Read {
	const { output } = read;
	if (!('columns' in output)) return read;
	return {
		...read,
		fields: [...read.fields, ...outputFields(output)],
		rows: async (get, item, tools) => asWanted(output, item.values, await read.rows(get, item, tools)),
	};
}

/** What a new node is set to: the first one, which most people want. */
const firstOf = (choices: Array<{ value: string }>): string => choices[0]?.value ?? '';

/** The *Resource* and *Operation* choices of a node, and behind them the fields of every operation. */
export function nodeProperties(resources: Resource[]): INodeProperties[] {
	const byName = <T extends { name: string }>(list: T[]) =>
		[...list].sort((a, b) => a.name.localeCompare(b.name));
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: byName(resources).map(({ name, value }) => ({ name, value })),
			default: firstOf(resources),
		},
		...resources.map((resource): INodeProperties => ({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource.value] } },
			options: byName(resource.operations).map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
			default: firstOf(resource.operations),
		})),
		...joinAlike(
			resources.map(({ value, operations }) =>
				joinAlike(
					operations.map((operation) => operation.properties(value)),
					'operation',
				),
			),
			'resource',
		),
	];
}

/**
 * Runs the operation that the node is set to.
 *
 * @param timing times that replace those of the service
 */
export async function runOperation(
	ctx: IExecuteFunctions,
	resources: Resource[],
	timing?: Timing,
): Promise<INodeExecutionData[][]> {
	const resource = ctx.getNodeParameter('resource', 0) as string;
	const operation = ctx.getNodeParameter('operation', 0, '') as string;
	const chosen = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	const tool = {
		properties: () => chosen?.properties(resource) ?? [],
		keyName: keyField.name,
		isAnsweredLater: chosen?.isAnsweredLater ?? false,
		sendsOtherEvent,
		lacksPartOfKey,
	};
	try {
		if (!chosen) {
			/**
			 * @cause _Resource_ or _Operation_ is an expression that gives no operation of the node.
			 * @cure Choose both from the lists.
			 */
			throw new NodeOperationError(
				ctx.getNode(),
				`This node has no operation '${operation}' for '${resource}'`,
				{ description: "Choose 'Resource' and 'Operation' again.", failure: CONFIGURATION_INVALID },
			);
		}
		await executions.turn();
		refuseMixedUp(ctx);
		return [answersTo(ctx, tool, await chosen.execute(ctx, timing))];
	} catch (cause) {
		// An error thrown while a node continues on error would let n8n pass the input on as if all were well.
		if (goesOnAfterErrors(ctx) && cause instanceof NodeOperationError) {
			return [answersTo(ctx, tool, notSentAtAll(ctx, cause))];
		}
		throw cause instanceof NodeOperationError || cause instanceof NodeApiError
			? cause
			: new NodeOperationError(ctx.getNode(), cause as Error);
	}
}

/** Every item as not sent, all for the same reason. */
function notSentAtAll(
	ctx: IExecuteFunctions,
	{ message, description }: NodeOperationError,
): INodeExecutionData[] {
	const items = ctx.getInputData();
	return items.flatMap((_, index) => {
		const name = itemName(index, items.length);
		const report = reportOf(name, { because: message, description: description ?? '', details: {} });
		return outputOf({ state: 'notSent', report }, index);
	});
}
