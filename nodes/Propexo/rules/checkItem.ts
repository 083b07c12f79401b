import { isRequired, isShown } from '../../shared/fields/conditions';
import type { FieldsOwner } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/collections';
import type { ReadItem } from '../../shared/fields/item';
import { chosen } from '../../shared/fields/kinds/choice';
import { choicesOf } from '../../shared/fields/choices';
import { apiName } from '../../shared/fields/names';
import type { Problem, Remark } from '../../shared/fields/problem';
import { textOf } from '../../shared/json/text';
import type { Pms } from '../pms';
import type { PmsRules, WriteRules } from './rules';

/*
 * Checks one item against what its PMS requires and takes.
 */

/** What the check needs to know of a write. */
export interface CheckedWrite extends FieldsOwner {
	/** What is written, as users call it: "lead event". */
	noun: string;
	/** The fields that say whom or what it is about. Writes about the same are sent in input order. */
	about: string[];
	/** It asks the PMS for something and writes nothing. */
	asks?: true;
	/** The rules of the PMSs for it. Left out: nothing is checked. */
	pms?: WriteRules;
	/** The employee must be a leasing agent, whatever the PMS. */
	leasingAgent?: true;
	/** Rules of Propexo between the fields of one item, whatever the PMS. */
	check?(item: ReadItem): Problem[];
}

/** An item and the rules it is checked against. */
interface Against {
	write: CheckedWrite;
	rules: PmsRules;
	/** The name of the PMS. */
	pms: string;
	item: ReadItem;
}

/** A rule that the item breaks: its problem or, if the rule was only inferred, its remark. */
interface Broken {
	isSure: boolean;
	problem: Problem;
	remark: Remark;
}

const isSure = ({ rules: { inferred } }: Against, rule: 'required' | 'takes'): boolean =>
	inferred !== 'all' && inferred !== rule;

/**
 * @example 'Event Type' is empty, and MRI may need it. Propexo's documents are not sure, so Propexo decides
 * @cause A hint: what this PMS requires was only inferred from other pages of Propexo, or its page does not list a field that is
 * filled in. The item was sent.
 * @cure Nothing, unless Propexo refused it: then do what the hint says.
 */
const notSure = ({ pms }: Against, label: string, is: string, may: string): Remark => ({
	label,
	remark: `${is}, and ${pms} may ${may}. Propexo's documents are not sure, so Propexo decides`,
});

/**
 * The PMS has no such write at all.
 *
 * @example 'Integration' belongs to Yardi, which takes no resident events
 * @cause The PMS of the integration has no such events or appointments, or takes no changes.
 * @cure Record it there by hand, or as another kind of event.
 */
export function takesNone(write: CheckedWrite, pms: string): Problem {
	const wrong = write.asks
		? `belongs to ${pms}, and Propexo cannot ask ${pms} for ${write.noun}s`
		: `belongs to ${pms}, which takes no ${write.noun}s`;
	return { label: labelOf(write, write.about[0] ?? ''), wrong, needsPerson: true };
}

/**
 * The same where it was only inferred.
 *
 * @cause A hint: Propexo has no page about such a write for this PMS, so the PMS may have none. The item was sent.
 * @cure Nothing, unless Propexo refused it: then record it there by hand, or as another kind of event.
 */
export function mayTakeNone(write: CheckedWrite, pms: string): Remark {
	const remark = `belongs to ${pms}, which may take no ${write.noun}s: Propexo has no page about them, so Propexo decides`;
	return { label: labelOf(write, write.about[0] ?? ''), remark };
}

/** Whether a PMS takes a parameter, by what its pages say. */
const isTaken = ({ required = [], takes, lacks = [] }: PmsRules, name: string): boolean =>
	!lacks.includes(name) && (takes === undefined || required.includes(name) || takes.includes(name));

/** The two parameters that say what happened. */
const SAY_WHAT = ['eventName', 'eventTypeId'] as const;

/** One of the two. */
export type SaysWhat = (typeof SAY_WHAT)[number];

/** Whether the page of a PMS lists a parameter; without a page, every one. `uselessFields` tells of the two that say what happened. */
const isListed = ({ required = [], lists }: PmsRules, name: string): boolean =>
	lists === undefined || [...required, ...lists, ...SAY_WHAT].includes(name);

/**
 * Whether a PMS uses the other one of the two parameters that say what happened, or neither. Where Propexo's documents do not
 * say, it may use both.
 */
export function isUseless(name: SaysWhat, { eventNames }: Pms, rules: PmsRules = {}): boolean {
	const needs = (one: SaysWhat) => rules.required?.includes(one) === true;
	if (rules.takes === 'nothing' || needs(name)) return false;
	if (name === 'eventName' && eventNames === 'none') return true;
	if (rules.inferred === 'all') return false;
	const isLacking = rules.inferred !== 'takes' && !isTaken(rules, name);
	return isLacking || (rules.inferred !== 'required' && SAY_WHAT.some(needs));
}

/** What is said of a filled parameter that the PMS does not use, but may take. */
export function uselessFields({ write, rules, pms, item }: Against, known: Pms): Remark[] {
	const isOfWrite = (name: string) => write.fields.some((field) => field.name === name);
	if (!SAY_WHAT.every(isOfWrite)) return [];
	const useless = SAY_WHAT.filter((name) => isUseless(name, known, rules) && isTaken(rules, name));
	return useless
		.filter((name) => item.values[name] !== undefined)
		.map((name) => {
			const other = name === 'eventName' ? 'eventTypeId' : 'eventName';
			/**
			 * @example 'Event Name' was sent, and Entrata uses 'Event Type'. Empty it if it was meant for another integration
			 * @cause A hint: _Event Name_ is filled in for a PMS that uses event types, or the other way round, such as after
			 * another integration was chosen. It was sent all the same.
			 * @cure Empty the field, if it was meant for another integration.
			 */
			const rest = `${pms} uses '${labelOf(write, other)}'. Empty it if it was meant for another integration`;
			/** @noMessage It is the message above. */
			return {
				label: labelOf(write, name),
				remark: `was sent, and ${rest}`,
				ahead: `would be sent, and ${rest}`,
			};
		});
}

/** Puts the name of an event into the spelling of the PMS; if its list has no such name, that is told. */
export function spelled({ write, rules, pms, item }: Against, { eventNames }: Pms): Remark[] {
	const { values, body } = item;
	const given = textOf(values.eventName);
	if (given === '' || typeof eventNames !== 'object' || !isTaken(rules, 'eventName')) return [];
	const name = chosen(choicesOf(...eventNames), given);
	if (name !== undefined) {
		values.eventName = body.event_name = name;
		return [];
	}
	/**
	 * @example 'Event Name' is none of Rent Manager's: CALL, EMAIL, NOTE, VISIT. Propexo decides
	 * @cause A hint: Propexo's documents list the names that the PMS takes, and this is none of them. It was sent.
	 * @cure Nothing, if Propexo has taken it. Otherwise use one of these names.
	 */
	const remark = `is none of ${pms}'s: ${eventNames.join(', ')}. Propexo decides`;
	return [{ label: labelOf(write, 'eventName'), remark }];
}

/** Whether *Send Email* is off and the PMS does not know the field: most PMSs refuse it even then. */
export const isUnknownSwitch = (rules: PmsRules, { values }: ReadItem): boolean =>
	values.emailSend === false && !isTaken(rules, 'emailSend');

/** The fields that the PMS requires and that are empty: the write does not fill them in by itself either. */
export function emptyFields(against: Against): Broken[] {
	const { write, rules, pms, item } = against;
	return (rules.required ?? [])
		.filter((name) => item.values[name] === undefined && !(apiName(fieldOf(write, name)) in item.body))
		.map((name) => {
			/**
			 * @example 'Agent Name' is empty, and Yardi requires it
			 * @cause The PMS of the integration demands this field.
			 * @cure Fill it in. If it is not shown, add it under _Additional Fields_.
			 */
			const problem = missing(write, name, `is empty, and ${pms} requires it`, pms);
			const remark = notSure(against, problem.label, 'is empty', 'need it');
			return { isSure: isSure(against, 'required'), problem, remark };
		});
}

/** The texts that are longer than the PMS takes them. */
export function longTexts(against: Against): Broken[] {
	const { write, rules, pms, item } = against;
	return Object.entries(rules.longest ?? {}).flatMap(([name, most]) => {
		const { length } = textOf(item.values[name]);
		if (length <= most) return [];
		/**
		 * @example 'Notes' is 300 characters long, and MRI takes 30. Shorten it
		 * @cause The PMS takes a shorter text than Propexo.
		 * @cure Shorten the text.
		 */
		const is = `is ${length} characters long, and ${pms} takes ${most}`;
		/** @noMessage It is the message above. */
		const problem = { label: labelOf(write, name), wrong: `${is}. Shorten it` };
		return [{ isSure: isSure(against, 'takes'), problem, remark: { label: problem.label, remark: is } }];
	});
}

/** The fields that are filled in and that the PMS does not take, or may not take. */
export function unknownFields(against: Against): Broken[] {
	const { write, rules, pms, item } = against;
	const { values } = item;
	const leftOut = isUnknownSwitch(rules, item) ? ['emailSend'] : [];
	const known = [...write.about, ...leftOut];
	const sent = allFields(write).filter(({ name, local }) => !local && values[name] !== undefined);
	const unknown = sent.filter(
		(field) =>
			isShown(field, values) &&
			!known.includes(field.name) &&
			!(isTaken(rules, field.name) && isListed(rules, field.name)),
	);
	return unknown.map((field) => {
		const { label } = field;
		/** @noMessage It ends the message below. */
		const orIgnored = write.asks ? '' : ", or add the option 'Ignore Unknown Fields'";
		const way = (them: string) => `${wayOut(write, field, item, them)}${orIgnored}`;
		const problem = {
			label,
			/**
			 * @example 'Title' is not accepted by Yardi: empty it, or add the option 'Ignore Unknown Fields'
			 * @cause The PMS of the integration has no such field for this write.
			 * @cure Empty the field. If _Event Kind_ requires it, choose General and write it into _Notes_. With the
			 * option _Ignore Unknown Fields_ Propexo leaves it out.
			 */
			wrong: `is not accepted by ${pms}: ${way('it')}`,
			/**
			 * @example 'Title' and 'Unit' are not accepted by Yardi: empty them, or add the option 'Ignore Unknown Fields'
			 * @cause The PMS of the integration has none of these fields for this write.
			 * @cure Empty them, or add the option _Ignore Unknown Fields_.
			 */
			together: `are not accepted by ${pms}: ${way('them')}`,
		};
		const remark = {
			/** @noMessage */
			...notSure(against, label, 'was sent', 'not take it'),
			/** @noMessage */
			ahead: notSure(against, label, 'would be sent', 'not take it').remark,
		};
		return { isSure: isSure(against, 'takes') && !isTaken(rules, field.name), problem, remark };
	});
}

/**
 * How to send the item without a field. A field that is required by a choice cannot be emptied: the choice must change.
 */
function wayOut(write: CheckedWrite, field: Field, { values }: ReadItem, them: string): string {
	const [decider] = isRequired(field, values) ? Object.keys(field.shownFor ?? {}) : [];
	/** @noMessage */
	if (decider !== undefined) return `choose another '${labelOf(write, decider)}'`;
	return field.kind === 'boolean' ? `turn ${them} off` : `empty ${them}`;
}

/**
 * The employee is not a leasing agent, but must be one.
 *
 * @cause The employee is not a leasing agent, and Propexo or the PMS takes nobody else.
 * @cure Choose one from the list: it holds only leasing agents.
 */
export function notAnAgent(write: CheckedWrite, pms: string): Problem {
	const by = write.leasingAgent ? 'Propexo' : pms;
	const wrong = `must be a leasing agent: ${by} takes nobody else here. Choose one from the list`;
	return { label: labelOf(write, 'employeeId'), wrong };
}

/** The field of a write with this name. */
const fieldOf = (write: FieldsOwner, name: string): Pick<Field, 'name' | 'label' | 'api'> =>
	allFields(write).find((field) => field.name === name) ?? { name, label: name };

const labelOf = (write: FieldsOwner, name: string): string => fieldOf(write, name).label;

/**
 * The problem of a field that is empty. For a field of a collection it says where to add it.
 *
 * @param wrong completes "'Label' …"
 * @param neededBy what needs it, if that may need other fields too
 */
export function missing(write: FieldsOwner, name: string, wrong: string, neededBy?: string): Problem {
	const isIn = (fields: Field[]) => fields.some((field) => field.name === name);
	const collection = isIn(write.fields) ? undefined : write.collections.find(({ fields }) => isIn(fields));
	return {
		label: labelOf(write, name),
		/** @noMessage */
		wrong: collection ? `${wrong} (add it under '${collection.label}')` : wrong,
		...(neededBy !== undefined && { neededBy }),
		...(collection && { under: collection.label }),
	};
}
