import type { IDataObject } from 'n8n-workflow';

import { isRequired } from './conditions';
import { argumentsIn, isExpression } from './expression';
import type { FieldCollection } from './collections';
import type { Field } from './field';
import type { Problem, Remark } from './problem';

/**
 * Why a field is empty although it was filled in with an expression.
 *
 * @cause The field is filled in with an expression, and the item has nothing there.
 * @cure Open the expression and choose this item in the preview. Webhook data is under `$json.body`.
 */
export const FOUND_NOTHING = 'its expression found nothing in this item (webhook data is under $json.body)';

/**
 * The problem of a required field that is empty, with the choice that makes it required.
 *
 * @cause A field that must be filled in is empty for this item.
 * @cure Fill it in, or fix the expression it comes from.
 */
function missing(field: Field, values: IDataObject, fields: Field[]): Problem {
	const names = Object.keys(field.required === true ? (field.shownFor ?? {}) : { ...field.required });
	const choices = names.flatMap((name) => {
		const owner = fields.find((other) => other.name === name);
		if (owner?.kind !== 'choice') return [];
		const option = owner.options.find(({ value }) => value === values[name]);
		if (!option) return [];
		const { name: given, subject = `'${owner.label}' ${given}` } = option;
		return [{ is: `'${owner.label}' is ${given}`, subject }];
	});
	const when = choices.map(({ is }) => is).join(' and ');
	return {
		label: field.label,
		wrong: `is empty and must be filled in${when === '' ? '' : ` when ${when}`}`,
		neededBy: choices.map(({ subject }) => subject).join(' and '),
	};
}

/** What comes of a field without a value: a problem, a default with a remark about it, or that it is left out. */
interface LeftEmpty {
	problem?: Problem;
	value?: boolean;
	remark?: Remark;
	/** The label of a field whose expression found nothing. */
	emptied?: string;
}

/** What stands around the field. */
interface Around {
	/** What the fields before it hold. */
	values: IDataObject;
	fields: Field[];
	/** That of its collection. */
	empty?: FieldCollection['empty'];
}

/**
 * What comes of a field of an item that has no value.
 *
 * @param written the field as the workflow holds it
 */
export function leftEmpty(field: Field, written: unknown, { values, fields, empty }: Around): LeftEmpty {
	const { label } = field;
	const withoutIt = typeof field.withoutIt === 'function' ? field.withoutIt(values) : field.withoutIt;
	const byExpression = isExpression(written);
	// What the model of an agent left out is not an expression to be corrected.
	const foundNothing = byExpression && argumentsIn(written).length === 0;
	/** @noMessage It ends the messages below. */
	const because = foundNothing ? `: ${FOUND_NOTHING}` : '';
	if (isRequired(field, values)) {
		const problem = missing(field, values, fields);
		return {
			problem: { ...problem, wrong: `${problem.wrong}${because}`, byExpression: foundNothing },
		};
	}
	if (empty === 'refused') {
		/** @noMessage It ends the message below. */
		const way = foundNothing ? because : '. Fill it in, or remove it';
		/**
		 * @cause A filter was added and its value is empty. It would find everything.
		 * @cure Fill it in, fix its expression, or remove the filter.
		 */
		const wrong = `is empty, and without it everything would be found${way}`;
		return { problem: { label, wrong } };
	}
	if (byExpression && withoutIt !== undefined) {
		/**
		 * @cause An option or a limit that says what the item may change has no value in this item.
		 * @cure Fix its expression, or remove the option.
		 */
		const wrong = `is empty and must be filled in${because}. Without it, ${withoutIt}`;
		return { problem: { label, wrong } };
	}
	// A switch without a value gets its default, as if the user had not touched it: the service might take it for on.
	if (byExpression && field.kind === 'boolean' && !field.local && !field.emptyIsNothing) {
		const isOn = field.default ?? false;
		return { value: isOn, remark: { label, remark: sentAs(isOn) } };
	}
	return byExpression ? { emptied: label } : {};
}

/**
 * @cause A hint: the expression of a switch found nothing in this item, so the default of the switch was sent.
 * @cure Fix the expression, or turn the switch on or off by hand.
 */
const sentAs = (isOn: boolean): string =>
	`is sent as ${isOn ? 'on' : 'off'}, because its expression found nothing`;
