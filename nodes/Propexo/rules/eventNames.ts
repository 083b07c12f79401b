import { choicesOf } from '../../shared/fields/choices';
import type { ReadItem } from '../../shared/fields/item';
import { chosen } from '../../shared/fields/kinds/choice';
import type { Remark } from '../../shared/fields/problem';
import { textOf } from '../../shared/json/text';
import type { Pms } from '../pms';
import type { Against } from './checkedWrite';
import { labelOf } from './checkedWrite';
import type { PmsRules } from './rules';
import { isTaken } from './rules';

/*
 * The two parameters that say what happened: most PMSs use only one of them, and some have a list of names.
 */

/** The two parameters that say what happened. */
export const SAY_WHAT = ['eventName', 'eventTypeId'] as const;

/** One of the two. */
export type SaysWhat = (typeof SAY_WHAT)[number];

/**
 * Whether a PMS uses the other one of the two parameters that say what happened, or neither. Where Propexo's documents do not
 * say, it may use both.
 */
export function isUseless(name: SaysWhat, { eventNames }: Pms, rules: PmsRules = {}): boolean {
	const needs = (one: SaysWhat) => rules.required?.includes(one) === true;
	if (rules.noSuchWrite || needs(name)) return false;
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

/** Puts the name of an event into the spelling of the PMS, if its list has it. */
export function spellEventName({ rules, item }: Against, { eventNames }: Pms): void {
	const { values, body } = item;
	if (!hasNamesFor(rules, item, eventNames)) return;
	const name = chosen(choicesOf(...eventNames), textOf(values.eventName));
	if (name !== undefined) values.eventName = body.event_name = name;
}

/** What is said of a name that the list of the PMS does not have. */
export function unlistedName({ write, rules, pms, item }: Against, { eventNames }: Pms): Remark[] {
	if (!hasNamesFor(rules, item, eventNames)) return [];
	if (chosen(choicesOf(...eventNames), textOf(item.values.eventName)) !== undefined) return [];
	/**
	 * @example 'Event Name' is none of Rent Manager's: CALL, EMAIL, NOTE, VISIT. Propexo decides
	 * @cause A hint: Propexo's documents list the names that the PMS takes, and this is none of them. It was sent.
	 * @cure Nothing, if Propexo has taken it. Otherwise use one of these names.
	 */
	const remark = `is none of ${pms}'s: ${eventNames.join(', ')}. Propexo decides`;
	return [{ label: labelOf(write, 'eventName'), remark }];
}

/** Whether the item has an event name, and the PMS a list of the names that it takes. */
const hasNamesFor = (
	rules: PmsRules,
	{ values }: ReadItem,
	names: Pms['eventNames'],
): names is readonly string[] =>
	textOf(values.eventName) !== '' && typeof names === 'object' && isTaken(rules, 'eventName');
