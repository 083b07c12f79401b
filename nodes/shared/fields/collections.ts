import type { Field } from './field';

/*
 * All fields of an operation: those that always stand in the panel, and collections of those that are added there.
 */

/** A set of fields in one collection of the editor ("Additional Fields"). */
export interface FieldCollection {
	name: string;
	label: string;
	/** Of the button that adds a field; left out, it is "Add Field". */
	placeholder?: string;
	fields: Field[];
	/**
	 * What happens to a field that was added and has no value; left out, the field is left out. A filter without a value
	 * would find everything, so it is refused.
	 */
	empty?: 'refused';
}

/** What an operation says about its fields. */
export interface FieldsOwner {
	fields: Field[];
	collections: FieldCollection[];
}

/** They are asked for several times for each item. */
const listed = new WeakMap<FieldsOwner, readonly Field[]>();

/** All fields of an operation, including those of its collections. */
export function allFields(owner: FieldsOwner): readonly Field[] {
	const known = listed.get(owner);
	if (known) return known;
	const all = [...owner.fields, ...owner.collections.flatMap((collection) => collection.fields)];
	listed.set(owner, all);
	return all;
}

/** *Filters* of a *Get Many*. A filter without a value would find everything, so it is refused. */
export const filtersOf = (fields: Field[]): FieldCollection => ({
	name: 'filters',
	label: 'Filters',
	placeholder: 'Add Filter',
	empty: 'refused',
	fields,
});

/** *Additional Fields* of a write. A field without a value is left out. */
export const additionalFieldsOf = (fields: Field[]): FieldCollection => ({
	name: 'additionalFields',
	label: 'Additional Fields',
	fields,
});
