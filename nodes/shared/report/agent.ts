import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { argumentsIn } from '../fields/arguments';
import { isObject } from '../json/objects';
import { textOf } from '../json/text';
import type { ToldToAgent } from './hints';
import { toldIn } from './hints';
import { isOwnFailure } from './output';
import { OUTCOME_NAMES } from './outcome';

/*
 * What an AI agent is told when its model calls the node as a tool. An error would end the run of some agents, and the
 * others would tell the model its message alone. So the node answers: what is wrong, what is taken, and what to do next.
 */

/** Whether the node is the tool of an agent. n8n gives its type another name then; newer ones tell of most such runs. */
export const isTool = (ctx: IExecuteFunctions): boolean =>
	ctx.getNode().type.endsWith('Tool') || ('isToolExecution' in ctx && ctx.isToolExecution());

/** Whether failures are answered. With *On Error* set to *Stop Workflow* by hand they end the run, as n8n has it. */
const isAnswered = (ctx: IExecuteFunctions): boolean =>
	isTool(ctx) && ctx.getNode().onError !== 'stopWorkflow';

/** Whether an item that fails becomes an output item, so that the run goes on. */
export const goesOnAfterErrors = (ctx: IExecuteFunctions): boolean => ctx.continueOnFail() || isAnswered(ctx);

/** One problem as the details of an error item have it. */
interface Told {
	field?: string;
	message: string;
}

/** HTTP statuses of refusals that other values may mend. */
const ABOUT_VALUES = [400, 404, 409, 413, 422];

const UNKNOWN =
	'Do not call this tool again for it, and do not record it in another way: it may exist already, and then it would exist twice. Tell the user that the outcome is not known and that a person has to look it up before anything is sent again.';

const SKIPPED =
	'This was recorded before, so it was not recorded again. Nothing is missing: do not call the tool again for it.';

const REMARKS =
	'The remarks say what may be wrong about it. Tell the user, and do not call the tool again only because of them.';

const OPEN =
	'It is not certain yet: the remarks say which answer is missing. Do not tell anybody that it is done or confirmed, and do not send it again. Tell the user that the answer is still open.';

const NOTHING_FOUND =
	'Nothing was found. Check the values that you searched by; if they are right, tell the user that there is none.';

/** The fields of the panel with this label, each with what the workflow has in it. */
function fieldsNamed(label: string, { parameters }: INode, properties: INodeProperties[]) {
	const inside = (place: unknown, all: INodeProperties[]) =>
		all
			.filter(({ displayName }) => displayName === label)
			.map((property) => ({ property, written: isObject(place) ? place[property.name] : undefined }));
	const collections = properties.filter(({ type }) => type === 'collection');
	return [
		...inside(parameters, properties),
		...collections.flatMap(({ name, options }) =>
			inside(parameters[name], (options ?? []) as INodeProperties[]),
		),
	];
}

/** The names of a list of choices. */
function choicesOf({ type, options = [] }: INodeProperties): string[] {
	if (type !== 'options' && type !== 'multiOptions') return [];
	return (options as INodePropertyOptions[]).map(({ name }) => name);
}

/** One problem with the arguments that caused it, and the choices there are. */
function problemOf({ field = '', message }: Told, node: INode, properties: INodeProperties[]) {
	const fields = fieldsNamed(field, node, properties);
	const args = argumentsIn(fields.map(({ written }) => written));
	const choices = [...new Set(fields.flatMap(({ property }) => choicesOf(property)))];
	return {
		...(field !== '' && { field }),
		problem: message,
		...(args.length > 0 && { arguments: args }),
		...(choices.length > 0 && { allowed_values: choices }),
	};
}

/** The answer about an item that failed. */
function refusalOf(json: IDataObject, node: INode, properties: INodeProperties[]): IDataObject {
	const { error, details, ...others } = json;
	const { outcome, what_to_do, fields = [], item: _, ...facts } = details as IDataObject;
	const problems = (fields as unknown as Told[]).map((told) => problemOf(told, node, properties));
	const wrong = [...new Set(problems.flatMap((problem) => problem.arguments ?? []))];
	const isUnknown = outcome === OUTCOME_NAMES.unknown;
	const status = Number(facts.http_status ?? 400);
	const mayMend =
		wrong.length > 0 ||
		(outcome === OUTCOME_NAMES.refused &&
			ABOUT_VALUES.includes(status) &&
			argumentsIn(node.parameters).length > 0);
	return {
		outcome,
		error,
		...(problems.length > 0 && { problems }),
		...facts,
		...others,
		call_again: !isUnknown && mayMend,
		what_to_do: isUnknown ? UNKNOWN : nextStep(textOf(what_to_do), wrong, mayMend),
	};
}

/** What the model does about an item that was refused or not sent. */
function nextStep(advice: string, wrong: string[], mayMend: boolean): string {
	if (wrong.length > 0)
		return `Nothing was recorded or changed. Call the tool again with another value for: ${wrong.join(', ')}. Keep to the allowed values and formats. Ask the user for what you do not know; do not make it up.`;
	if (mayMend)
		return `If one of your arguments is wrong, call the tool again with the right one. Otherwise do not call it again, and tell the user: ${advice}`;
	return `Your arguments cannot mend this, so do not call the tool again. Tell the user: ${advice}`;
}

/** What an agent is given in place of the node's output items. */
export function answersTo(
	ctx: IExecuteFunctions,
	properties: INodeProperties[],
	items: INodeExecutionData[],
): INodeExecutionData[] {
	if (!isTool(ctx)) return items;
	const told = toldIn(ctx);
	if (items.length === 0)
		return [
			{ json: withRemarks({ found: 0, what_to_do: NOTHING_FOUND }, told), pairedItem: { item: 0 } },
		];
	return items.map(({ json, ...item }, index) => {
		const answer = answerTo(json, ctx.getNode(), properties);
		// The remarks are about all items, and name those that they are about.
		return { ...item, json: index === 0 ? withRemarks(answer, told) : answer };
	});
}

function answerTo(json: IDataObject, node: INode, properties: INodeProperties[]): IDataObject {
	if (isOwnFailure(json)) return refusalOf(json, node, properties);
	return json.skipped === true ? { ...json, what_to_do: SKIPPED } : json;
}

/** An answer with what a person is told in hints. */
function withRemarks(answer: IDataObject, { remarks, isOpen }: ToldToAgent): IDataObject {
	if (remarks.length === 0) return answer;
	return { ...answer, remarks, what_to_do: answer.what_to_do ?? (isOpen ? OPEN : REMARKS) };
}
