import type { Field, FieldCollection } from './field';

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
	placeholder: 'Add Field',
	empty: 'leftOut',
	fields,
});
