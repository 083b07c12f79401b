import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { FieldCollection, FieldsOwner } from '../fields/collections';
import type { BooleanField, ChoiceField, DateFormatField, Field, TimeZoneField } from '../fields/field';
import { allFields } from '../fields/collections';
import { isOn } from '../fields/kinds/choice';
import { ifSeveralOption } from '../find/choose';
import { hasAges } from '../find/findable';
import { DEFAULT_TIMEOUT_MS } from '../http/network';
import { textOf } from '../json/text';
import { keyOptions } from './keyField';

/** For writes that send times. A service may offer a list of zones to choose from. */
export const timeZoneOption: TimeZoneField = {
	name: 'timeZone',
	label: 'Time Zone',
	kind: 'timeZone',
	placeholder: 'e.g. America/Chicago',
	withoutIt: "times would be those of the workflow's time zone",
	description:
		"The time zone of dates and times that are written without an offset. Left out, it is the workflow's.",
	local: true,
};

/** For writes that send times. */
const dateFormatOption: DateFormatField = {
	name: 'dateFormat',
	label: 'Date Format',
	kind: 'dateFormat',
	placeholder: 'e.g. MM/dd/yyyy h:mm a',
	withoutIt: 'dates might be read another way',
	description:
		"How dates are written that are not ISO, in luxon's tokens: MM/dd/yyyy h:mm a reads 03/01/2026 2:30 PM, and serial the date numbers of a spreadsheet.",
	local: true,
};

/** The time zone of an item's wall-clock times. */
export const zoneOf = (ctx: IExecuteFunctions, { timeZone }: IDataObject): string =>
	textOf(timeZone ?? ctx.getTimezone());

/** The longest timeout, and the shortest one that was given in ms rather than in seconds. */
const MOST_MS = 300_000;
const LEAST_MS = 1_000;
/** Nobody waits so many seconds; fewer may be meant, so that is told. */
const SURELY_MS = 10_000;

/** ms to wait for the reply to one request. Seconds that are too many are cut: a shorter wait would leave more in doubt. */
export function timeoutMs({ timeout }: IDataObject): number {
	if (timeout === undefined) return DEFAULT_TIMEOUT_MS;
	const given = Number(timeout);
	return given < LEAST_MS ? Math.min(given * 1_000, MOST_MS) : given;
}

export const outcomeUnknownOption: ChoiceField = {
	name: 'outcomeUnknown',
	label: 'If Outcome Is Unknown',
	kind: 'choice',
	default: 'report',
	options: [
		{
			name: 'Report',
			value: 'report',
			description: 'Fail the item: the event may or may not exist. It is not sent again.',
		},
		{
			name: 'Look Up, Then Retry',
			value: 'lookUp',
			description: 'Ask the service whether the event exists, and send it again only if it does not',
		},
		{
			name: 'Look Up, Then Report',
			value: 'lookUpOnly',
			description:
				'Ask the service whether the event exists. If not, fail the item. It is not sent again.',
		},
	],
	description: 'What to do when a request was sent and no clear answer came back',
	builderHint:
		'"lookUp" lets the node find out by itself; "report" leaves it to a person. Never build a step that sends such an item again.',
	local: true,
};

/** Options that every write offers. */
export const writeOptions: Field[] = [
	...keyOptions,
	outcomeUnknownOption,
	{
		name: 'timeout',
		label: 'Timeout (Seconds)',
		kind: 'wholeNumber',
		default: DEFAULT_TIMEOUT_MS / 1_000,
		min: 1,
		max: MOST_MS,
		remark: (value) =>
			Number(value) > MOST_MS / 1_000 && Number(value) < SURELY_MS
				? /**
					 * @example 'Timeout (Seconds)' is 3600, and the node waits 3.6 seconds for an answer
					 * @cause A hint: _Timeout (Seconds)_ is more than 300. Up to 999 it is cut; a number from 1000 on is read as
					 * milliseconds.
					 * @cure Write seconds, 300 or less.
					 */
					`is ${Number(value)}, and the node waits ${timeoutMs({ timeout: value }) / 1_000} seconds for an answer`
				: undefined,
		description:
			'How long to wait for the answer to one request, up to 300 seconds. A number from 1000 on is read as milliseconds.',
		local: true,
	},
	timeZoneOption,
	dateFormatOption,
];

/** Whether an item in doubt is looked up. */
export const isLookedUp = ({ outcomeUnknown }: IDataObject): boolean =>
	outcomeUnknown === 'lookUp' || outcomeUnknown === 'lookUpOnly';

/** How often an event is sent in all, if look-ups do not find it. */
export const MOST_SENDS = 3;

/** Whether an item that a look-up does not find is sent again. */
export const isSentAgain = ({ outcomeUnknown }: IDataObject): boolean => outcomeUnknown === 'lookUp';

/** What is done about an outcome that is not known, where an item does not say it. */
export function outcomeUnknownOf({ options }: { options: Field[] }): string | undefined {
	const option = options.find(({ name }) => name === outcomeUnknownOption.name);
	return option?.kind === 'choice' ? option.default : undefined;
}

const shortenOption: BooleanField = {
	name: 'shortenNotes',
	label: 'Shorten Notes',
	kind: 'boolean',
	default: true,
	description:
		'Whether to cut a text that is longer than its field takes, and notes that are longer than the PMS takes, instead of refusing them. Names are not cut at the limit of a PMS.',
	local: true,
};

/** Every write can be previewed. */
const previewOption: BooleanField = {
	name: 'previewOnly',
	label: 'Preview Only',
	kind: 'boolean',
	default: true,
	withoutIt: 'everything would be sent',
	description:
		'Whether to only tell what a run would send, which records it found, and what is wrong. Nothing is sent or remembered.',
	local: true,
};

/** Every write can tell how it went with each item. */
const detailsOption: BooleanField = {
	name: 'deliveryDetails',
	label: 'Add Delivery Details',
	kind: 'boolean',
	default: true,
	description:
		'Whether to add a field named delivery to each output item and error: outcome, item number, key, what was found, IDs, attempts and times',
	local: true,
};

/** Every write gives out few columns, unless this is turned off. */
export const simplifyOption: BooleanField = {
	name: 'simplify',
	label: 'Simplify',
	kind: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	local: true,
};

/** Whether the output of an item is simplified. */
export const isSimple = ({ simplify }: IDataObject): boolean => simplify !== false;

/** Whether the output of an item says how its delivery went. */
export const isDetailed = ({ deliveryDetails }: IDataObject): boolean => deliveryDetails === true;

/**
 * Whether a credential that cannot be used becomes the error of each item instead of stopping the run: in a preview, where
 * each error has its delivery details. Called only for such a credential, because n8n evaluates each expression again.
 */
export function isToldOfEach(ctx: IExecuteFunctions, goOn: boolean): boolean {
	const isChosen = (option: Field, index: number): boolean => {
		try {
			return isOn(ctx.getNodeParameter(`options.${option.name}`, index, false)) === true;
		} catch {
			return false;
		}
	};
	const { length } = ctx.getInputData();
	const areAll = (option: Field) => Array.from({ length }).every((_, index) => isChosen(option, index));
	return areAll(previewOption) || (goOn && areAll(detailsOption));
}

/** Whether an item is only previewed. */
export const isPreview = ({ previewOnly }: IDataObject): boolean => previewOnly === true;

/** Whether an operation has texts that can be too long, so that it offers *Shorten Notes*. */
export const hasLimitedTexts = (owner: FieldsOwner): boolean =>
	allFields(owner).some((field) => field.kind === 'text' && field.maxLength !== undefined);

const TIMES = ['dateTime', 'date', 'timeOfDay'];

/** Whether an operation sends times, so that it offers the options that say how they are read. */
const sendsTimes = (owner: FieldsOwner): boolean =>
	allFields(owner).some(({ kind, local }) => !local && TIMES.includes(kind));

const OF_TIMES = [timeZoneOption.name, dateFormatOption.name];

/**
 * The *Options* collection of an operation. *Preview Only*, *Add Delivery Details* and *Simplify* are always in it; *Shorten
 * Notes* only where a text has a limit, *If Several Match* where a person can be found, *Time Zone* and *Date Format* where
 * times are sent.
 */
export function optionsCollection(owner: FieldsOwner & { options: Field[] }): FieldCollection {
	const fields = [
		...owner.options.filter(({ name }) => sendsTimes(owner) || !OF_TIMES.includes(name)),
		...(hasAges(owner) ? [ifSeveralOption] : []),
		...(hasLimitedTexts(owner) ? [shortenOption] : []),
		previewOption,
		detailsOption,
		simplifyOption,
	];
	return { name: 'options', label: 'Options', placeholder: 'Add option', fields };
}
