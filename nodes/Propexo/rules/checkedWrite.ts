import type { FieldsOwner } from '../../shared/fields/collections';
import { allFields } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import type { PmsRules, WriteRules } from './rules';

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
export interface Against {
	write: CheckedWrite;
	rules: PmsRules;
	/** The name of the PMS. */
	pms: string;
	item: ReadItem;
	/** Names of fields that are filled in, but not sent. */
	leftOut: string[];
}

/** The field of a write with this name. */
export const fieldOf = (write: FieldsOwner, name: string): Pick<Field, 'name' | 'label' | 'api'> =>
	allFields(write).find((field) => field.name === name) ?? { name, label: name };

/** What a field of a write is called in the panel. */
export const labelOf = (write: FieldsOwner, name: string): string => fieldOf(write, name).label;

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
