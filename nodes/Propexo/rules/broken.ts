import { hasLimitedTexts } from '../../shared/deliver/options';
import type { FieldsOwner } from '../../shared/fields/collections';
import { allFields } from '../../shared/fields/collections';
import { isRequired, isShown } from '../../shared/fields/conditions';
import type { Field } from '../../shared/fields/field';
import type { ReadItem } from '../../shared/fields/item';
import { shortened } from '../../shared/fields/cleaned';
import { isDay, withoutTime } from '../../shared/fields/times/dateTime';
import { apiName, put } from '../../shared/fields/names';
import type { Problem, Remark } from '../../shared/fields/problem';
import { textOf } from '../../shared/json/text';
import type { Against, CheckedWrite } from './checkedWrite';
import { fieldOf, labelOf, missing } from './checkedWrite';
import { SAY_WHAT } from './eventNames';
import type { PmsRules } from './rules';
import { isTaken } from './rules';

/*
 * Checks one item against what its PMS requires and takes.
 */

/** A rule that the item breaks: its problem or, if the rule was only inferred, its remark. */
interface Broken {
	isSure: boolean;
	problem: Problem;
	remark: Remark;
}

/**
 * The rules of the PMS that the item breaks.
 *
 * @param dropsUnknown Propexo leaves out the fields that the PMS does not take
 */
export function brokenRules(against: Against, dropsUnknown: boolean): Broken[] {
	if (against.rules.noSuchWrite) {
		const none = noSuchWrite(against);
		return none.isSure ? [none] : [none, ...daysAgainst(against)];
	}
	return [
		...emptyFields(against),
		...longTexts(against),
		...daysAgainst(against),
		...(dropsUnknown ? [] : unknownFields(against)),
	];
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
function takesNone(write: CheckedWrite, pms: string): Problem {
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
function mayTakeNone(write: CheckedWrite, pms: string): Remark {
	const remark = `belongs to ${pms}, which may take no ${write.noun}s: Propexo has no page about them, so Propexo decides`;
	return { label: labelOf(write, write.about[0] ?? ''), remark };
}

/** The PMS has no such write at all, or may have none. */
const noSuchWrite = (against: Against): Broken => ({
	isSure: isSure(against, 'takes'),
	problem: takesNone(against.write, against.pms),
	remark: mayTakeNone(against.write, against.pms),
});

/**
 * Whether the page of a PMS lists a parameter. Every one counts as listed where nothing is known of the page, and always the two
 * that say what happened, because `uselessFields` checks them.
 */
const isListed = ({ required = [], lists }: PmsRules, name: string): boolean =>
	lists === undefined || [...required, ...lists, ...SAY_WHAT].includes(name);

/** *Send Email*, if it is off and the PMS does not know the field: most PMSs refuse it even then. */
export const unknownSwitches = (rules: PmsRules, { values }: ReadItem): string[] =>
	values.emailSend === false && !isTaken(rules, 'emailSend') ? ['emailSend'] : [];

/** The fields that the PMS requires and that are empty: the write does not fill them in by itself either. */
function emptyFields(against: Against): Broken[] {
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

/** The text that the option *Shorten Notes* cuts. A name or an ID is no other one's beginning. */
const NOTES = 'notes';

/**
 * Cuts the notes where the PMS takes no more of them. Changes the item. A limit that was only inferred cuts nothing.
 *
 * @returns what was cut
 */
export function shortenNotes(against: Against): Remark[] {
	const { write, rules, pms, item } = against;
	const field = allFields(write).find(({ name }) => name === NOTES);
	const most = rules.longest?.[NOTES];
	const text = textOf(item.values[NOTES]);
	if (!field || most === undefined || text.length <= most || !isSure(against, 'takes')) return [];
	const short = shortened(text, most);
	if (short === '') return [];
	put(item, field, short);
	/**
	 * @example 'Notes' is longer than the 30 characters that MRI takes, and is cut
	 * @cause A hint: the PMS takes a shorter text than Propexo, and the option _Shorten Notes_ is on, so its end is not sent.
	 * @cure Nothing, or shorten the text where it comes from.
	 */
	const remark = `is longer than the ${most} characters that ${pms} takes, and is cut`;
	return [{ label: field.label, remark }];
}

/** The texts that are longer than the PMS takes them. */
function longTexts(against: Against): Broken[] {
	const { write, rules, pms, item } = against;
	return Object.entries(rules.longest ?? {}).flatMap(([name, most]) => {
		const { length } = textOf(item.values[name]);
		if (length <= most) return [];
		/**
		 * @example 'Notes' is 300 characters long, and MRI takes 30. Shorten it
		 * @cause The PMS takes a shorter text than Propexo.
		 * @cure Shorten the text. For notes, the option _Shorten Notes_ does it.
		 */
		const is = `is ${length} characters long, and ${pms} takes ${most}`;
		/** @noMessage It is the message above. */
		const problem = { label: labelOf(write, name), wrong: `${is}. Shorten it${offered(write, name)}` };
		return [{ isSure: isSure(against, 'takes'), problem, remark: { label: problem.label, remark: is } }];
	});
}

/** @noMessage It ends the message above. */
const offered = (write: CheckedWrite, name: string): string =>
	name === NOTES && hasLimitedTexts(write) ? ", or add the option 'Shorten Notes'" : '';

/** The fields that are filled in and that the PMS does not take, or may not take. */
function unknownFields(against: Against): Broken[] {
	const { write, rules, pms, item, leftOut } = against;
	const { values } = item;
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

/** The problems of days without a time of day, for a PMS that does not take them. */
export const daysAlone = (write: FieldsOwner, { values }: ReadItem): Problem[] =>
	allFields(write).flatMap((field) => {
		const value = values[field.name];
		if (field.kind !== 'dateTime' || !isDay(value)) return [];
		return [{ label: field.label, wrong: withoutTime(value) }];
	});

/** The same against the rules of a PMS, which takes days, or may. */
function daysAgainst(against: Against): Broken[] {
	const { write, rules, item } = against;
	if (rules.takesDays === true) return [];
	return daysAlone(write, item).map((problem) => ({
		isSure: rules.takesDays === undefined,
		problem,
		/** @noMessage It is a part of the message of `notSure`. */
		remark: notSure(against, problem.label, 'has no time of day', 'need one'),
	}));
}

/**
 * The employee is not a leasing agent, but must be one.
 *
 * @cause The employee is not a leasing agent, and Propexo or the PMS takes nobody else.
 * @cure Choose one from the list: it holds only leasing agents.
 */
export function notAnAgent(against: Against): Broken {
	const { write, pms } = against;
	const label = labelOf(write, 'employeeId');
	const by = write.leasingAgent ? 'Propexo' : pms;
	const wrong = `must be a leasing agent: ${by} takes nobody else here. Choose one from the list`;
	return {
		isSure: write.leasingAgent === true || isSure(against, 'takes'),
		problem: { label, wrong },
		/** @noMessage Parts of a hint that has its place above. */
		remark: notSure(against, label, 'is no leasing agent', 'take nobody else'),
	};
}
