import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { argumentsIn } from '../fields/expression';
import { isObject, picked } from '../json/objects';
import { textOf } from '../json/text';
import { isTool } from './agentCall';
import type { ToldToAgent } from './hints';
import { toldIn } from './hints';
import { isOwnFailure, outputOf } from './output';
import type { FailedOutcome } from './outcome';
import { OUTCOME_NAMES } from './outcome';

/*
 * What an AI agent is told when its model calls the node as a tool (`agentCall.ts`). An error would end the run of some agents, and the
 * others would tell the model only its message. So the node answers: what is wrong, what is taken, and what to do next.
 */

/** One problem as the details of an error item have it. */
interface FieldProblem {
	field?: string;
	message: string;
	/** No other value of the field fixes it. */
	needs_person?: boolean;
	/** It is the key, and it belongs to another event that ended so. */
	used_by?: 'recorded' | 'refused';
}

/** The node as the tool of an agent. */
interface Tool {
	ctx: IExecuteFunctions;
	node: INode;
	/** The fields of its operation. */
	properties(): INodeProperties[];
	/** The name of the parameter for the key of an event. */
	keyName: string;
	/** It writes something that may be refused after the service took it. */
	isAnsweredLater: boolean;
	/** Whether the call has no key because of a value of the workflow, so that no argument helps. */
	lacksPartOfKey(ctx: IExecuteFunctions): boolean;
	/** Whether another event may have the same key, as these options say. */
	sendsOtherEvent(options: IDataObject): boolean;
}

/** HTTP statuses of refusals that other values may fix. */
const ABOUT_VALUES = [400, 404, 409, 413, 422];

const UNKNOWN =
	'It may exist already: do not call the tool again for it, and do not record it in another way. Tell the user so: a person has to look it up first.';

/** Of an event that was there before, whatever the call was about. */
const IF_IT_DIFFERS =
	'Do not call the tool again for it. If the values given now differ, or it was cancelled since, tell the user: a person has to do it.';

const SKIPPED = `An event with this ID was recorded before; the values given now were not, and whether it still stands is not known. ${IF_IT_DIFFERS}`;

const SENT_BEFORE = `An event with this ID was sent before and accepted; the values given now were not sent, and it may have been refused or cancelled later: say only that it was sent. ${IF_IT_DIFFERS}`;

const REFUSED_BEFORE =
	'This was sent before, and it was refused; it may still be tried again. Do not tell anybody that it is done, and do not call the tool again for it. Tell the user: a person has to look whether it was tried again; if not, it can be sent with another Event ID.';

const OTHER_RECORDED =
	'An event with this ID is recorded, with another person, kind or time; nothing was recorded or changed now. If yours is the same event, do not call the tool again for it: tell the user that a person has to correct the recorded one by hand.';

const SKIPPED_OTHER =
	'An event with this ID was sent before, with another person, kind or time. The values given now are not recorded: do not say that they are, and do not call the tool again for it. Tell the user: a person has to correct the recorded one by hand.';

const KEY_USED =
	"It was refused, so nothing is recorded. Do not call the tool again for it: its 'Event ID in Your System' is used up.";

const NEEDS_PERSON =
	'Do not call the tool again, also not with the values written in another way. Tell the user that a person has to do first what the error says.';

const PREVIEWED =
	"This was a preview: nothing was recorded or changed. Do not tell anybody that it is done, and do not call the tool again: a person has to turn 'Preview Only' off first.";

const PREVIEW_REFUSED =
	"This was a preview: nothing was recorded or changed, and 'error' says what would stop it. Do not tell anybody that it is done.";

const REMARKS =
	'The remarks say what may be wrong. Tell the user, and do not call the tool again only because of them.';

const OPEN =
	'It is not certain yet: the remarks say which answer is missing; tell the user. Do not tell anybody that it is done or confirmed, and do not send it again.';

const NOTHING_FOUND =
	'Nothing was found. Check the values you searched by; if they are right, tell the user that there is none.';

/** The remark about a read that gave as many records as its limit. */
export const FIRST_ONLY = "There may be more: 'Limit' ends the list. Do not say that these are all.";

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
function choiceNames({ type, options = [] }: INodeProperties): string[] {
	if (type !== 'options' && type !== 'multiOptions') return [];
	return (options as INodePropertyOptions[]).map(({ name }) => name);
}

/** Where a problem is: what is wrong stands in the `error`. */
function problemOf(
	{ field = '', message, needs_person: needsPerson }: FieldProblem,
	{ node, properties }: Tool,
) {
	const fields = needsPerson ? [] : fieldsNamed(field, node, properties());
	const args = argumentsIn(fields.map(({ written }) => written));
	const choices = [...new Set(fields.flatMap(({ property }) => choiceNames(property)))];
	return {
		field,
		...(args.length > 0 && { arguments: args }),
		// The message says them where the value is none of them.
		...(!choices.every((choice) => message.includes(choice)) && { allowed_values: choices }),
	};
}

/** Whether a field is that of the key. */
const isKey = (field: string, { properties, keyName }: Tool): boolean =>
	properties().some(({ name, displayName }) => name === keyName && displayName === field);

/**
 * The problems without that of a key that follows from another one: no key can be made of a value that its own field does
 * not take either.
 */
function withoutFollowing(
	problems: Array<ReturnType<typeof problemOf>>,
	tool: Tool,
): Array<ReturnType<typeof problemOf>> {
	const isOther = ({ field }: { field: string }) => !isKey(field, tool);
	const wrong = problems.filter(isOther).flatMap((one) => one.arguments ?? []);
	return problems.filter((one) => isOther(one) || !one.arguments?.some((name) => wrong.includes(name)));
}

/** The answer about an item that failed. */
function refusalOf(json: IDataObject, tool: Tool, isLater: boolean): IDataObject {
	const { error, details, ...others } = json;
	const { outcome, what_to_do, fields = [], ...rest } = details as IDataObject;
	// A call is one item.
	const facts = picked(rest, (name) => name !== 'item');
	const wrongFields = fields as unknown as FieldProblem[];
	// Of what a person has to decide, the model is shown no argument to change.
	const forPerson = facts.needs_person === true && { needs_person: true };
	const problems = withoutFollowing(
		wrongFields.filter(({ field }) => field).map((one) => problemOf({ ...one, ...forPerson }, tool)),
		tool,
	);
	const wrong = [...new Set(problems.flatMap((problem) => problem.arguments ?? []))];
	const advice = textOf(what_to_do);
	const isAboutValues =
		outcome === OUTCOME_NAMES.refused && ABOUT_VALUES.includes(Number(facts.http_status ?? 400));
	const step = (): Step => {
		if (outcome === OUTCOME_NAMES.unknown) return stop(UNKNOWN);
		if (wrongFields.some(({ needs_person: needsPerson }) => needsPerson)) return stop(NEEDS_PERSON);
		if (facts.needs_person) return inVain(advice);
		const usedBy = wrongFields.find(({ used_by: by }) => by !== undefined)?.used_by;
		if (usedBy !== undefined) return afterOtherEvent(tool, advice, usedBy);
		if (isLater) return afterLateRefusal(tool, advice);
		const isOfKey = wrong.length > 0 && problems.every(({ field }) => isKey(field, tool));
		return isOfKey ? withoutKey(tool, wrong, advice) : nextStep(tool, wrong, advice, isAboutValues);
	};
	return {
		outcome,
		error,
		...(problems.length > 0 && { problems }),
		...facts,
		...others,
		...step(),
	};
}

/** What the model does next. */
interface Step extends IDataObject {
	call_again: boolean;
	what_to_do: string;
}

const stop = (words: string): Step => ({ call_again: false, what_to_do: words });

const again = (words: string): Step => ({ call_again: true, what_to_do: words });

const inVain = (advice: string): Step =>
	stop(`Your arguments cannot fix this, so do not call the tool again. Tell the user: ${advice}`);

/** @param how completes "call the tool again with the right one …" */
const perhaps = (advice: string, how = ''): Step =>
	again(
		`If one of your arguments is wrong, call the tool again with the right one${how}. Otherwise do not call it again, and tell the user: ${advice}`,
	);

/** What the model does about an item that was refused or not sent. */
function nextStep({ node }: Tool, wrong: string[], advice: string, isAboutValues: boolean): Step {
	if (wrong.length > 0)
		return again(
			`Nothing was recorded or changed. Call the tool again with another value for: ${wrong.join(', ')}. Keep to the allowed values and formats. Do not make anything up: ask the user.`,
		);
	return isAboutValues && argumentsIn(node.parameters).length > 0 ? perhaps(advice) : inVain(advice);
}

/**
 * The arguments in the key, and those that are nowhere else. One that also says whom or what the event is about, such as a
 * lead or a time, is not changed to get another key.
 */
function inKeyOf({ node, keyName }: Tool) {
	const { [keyName]: key, ...others } = node.parameters;
	const inKey = argumentsIn(key);
	return { inKey, free: inKey.filter((name) => !argumentsIn(others).includes(name)) };
}

/** What the model does where no key can be made of its arguments, though each field takes its own. */
function withoutKey(tool: Tool, inKey: string[], advice: string): Step {
	if (tool.lacksPartOfKey(tool.ctx)) return inVain(advice);
	const { free } = inKeyOf(tool);
	if (free.length > 0) return nextStep(tool, free, advice, false);
	return again(
		`Nothing was recorded or changed. The ID of the event is made of ${inKey.join(', ')}, and one of them is written in a way that no ID can be made of. Call the tool again with the same values, each written as its description says. Do not make anything up: ask the user.`,
	);
}

const keep = (names: string[], advice: string): Step =>
	stop(
		`Do not change ${names.join(', ')} to get through. Only if the user names another value, call the tool again with it. Otherwise tell the user: ${advice}`,
	);

/**
 * What the model does about an item whose key belongs to another event. If that one is recorded, the item may be the same event with
 * a corrected time or person, and another ID would record it twice.
 */
function afterOtherEvent(tool: Tool, advice: string, usedBy: 'recorded' | 'refused'): Step {
	const { inKey, free } = inKeyOf(tool);
	if (inKey.length > 0 && free.length === 0) return keep(inKey, advice);
	if (usedBy === 'refused' || free.length === 0) return nextStep(tool, free, advice, false);
	return stop(
		`${OTHER_RECORDED} Only if the user says that it is another event, call the tool with an ID of its own in: ${free.join(', ')}.`,
	);
}

/**
 * What the model does about an item that the service took, and that was refused later. Its key is used up, because the
 * service may still try that item again.
 */
function afterLateRefusal(tool: Tool, advice: string): Step {
	const { node, keyName, isAnsweredLater } = tool;
	const { [keyName]: key, options } = node.parameters as IDataObject;
	if (!isAnsweredLater || argumentsIn(node.parameters).length === 0) return inVain(advice);
	if (textOf(key) === '') return perhaps(advice);
	const { inKey, free } = inKeyOf(tool);
	if (free.length > 0) return perhaps(advice, `, and with another value for: ${free.join(', ')}`);
	if (inKey.length > 0) return keep(inKey, advice);
	if (isObject(options) && tool.sendsOtherEvent(options as IDataObject))
		return perhaps(advice, '; only another person, kind or time makes it another event');
	return stop(`${KEY_USED} Tell the user: ${advice}`);
}

/** What an agent is given in place of the node's output items. */
export function answersTo(
	ctx: IExecuteFunctions,
	about: Omit<Tool, 'node' | 'ctx'>,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	if (!isTool(ctx)) return items;
	const told = toldIn(ctx);
	if (items.length === 0)
		return [
			{ json: withRemarks({ found: 0, what_to_do: NOTHING_FOUND }, told), pairedItem: { item: 0 } },
		];
	const tool = { ...about, ctx, node: ctx.getNode() };
	return items.map(({ json, ...item }, index) => {
		const itemIndex = isObject(item.pairedItem) ? Number(item.pairedItem.item) : -1;
		const isLater = told.refusedLater.includes(itemIndex);
		const answer = isOwnFailure(json)
			? refusalOf(json, tool, isLater)
			: withoutSending(json, tool, told.wouldFail.get(itemIndex));
		// The remarks are about all items, and name those that they are about.
		return { ...item, json: index === 0 ? withRemarks(answer, told) : answer };
	});
}

/** Tells the agent that nothing was sent for a previewed or skipped item, and what to do. */
function withoutSending(json: IDataObject, tool: Tool, wouldFail?: FailedOutcome): IDataObject {
	if (json.preview === true)
		return wouldFail ? previewOfRefusal(json, tool, wouldFail) : { ...json, ...stop(PREVIEWED) };
	if (json.skipped !== true) return json;
	if (json.refused_before === true) return { ...json, ...stop(REFUSED_BEFORE) };
	if (json.other_event === true) return { ...json, ...stop(SKIPPED_OTHER) };
	return { ...json, ...stop(tool.isAnsweredLater ? SENT_BEFORE : SKIPPED) };
}

/** The answer about a previewed item that would not be sent: what the run would answer, and that it was a preview. */
function previewOfRefusal(json: IDataObject, tool: Tool, wouldFail: FailedOutcome): IDataObject {
	const refusals = outputOf(wouldFail, 0).map((item) => refusalOf(item.json, tool, false));
	const [{ error, problems = [], call_again, what_to_do } = {} as IDataObject] = refusals;
	return { ...json, error, problems, call_again, what_to_do: `${PREVIEW_REFUSED} ${textOf(what_to_do)}` };
}

/** An answer with what a person is told in hints. */
function withRemarks(answer: IDataObject, { remarks, isOpen }: ToldToAgent): IDataObject {
	if (remarks.length === 0) return answer;
	return { ...answer, remarks, what_to_do: answer.what_to_do ?? (isOpen ? OPEN : REMARKS) };
}
