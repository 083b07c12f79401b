import type { INodePropertyMode } from 'n8n-workflow';

import type { Field, FoundBy } from './field';
import type { Control } from './kinds/kind';

const BY_ID = { displayName: 'By ID', name: 'id' };
const BY_NAME = { displayName: 'By Name', name: 'name' };
const FROM_LIST = { displayName: 'From List', name: 'list' };

const foundBy = ({ mode, field }: FoundBy): INodePropertyMode => ({
	// Spread: with all three side by side, n8n's lint rules take it for a field, which needs a default.
	...{ displayName: `By ${field.label}`, name: mode },
	type: 'string',
	...('placeholder' in field && field.placeholder !== undefined && { placeholder: field.placeholder }),
});

/**
 * The editor's control of a field that is chosen from a list, found by what people hold, or given by its ID. The mode
 * for IDs comes last: few people have them.
 *
 * It has no `loadOptionsDependsOn`: when the value of such a parameter changes, the editor empties the locator and saves
 * it so, and the value of an expression changes whenever a step runs. The list stays right without it, because the editor
 * loads a list again when any other parameter was changed.
 */
export function locator(field: Field): Control {
	const searchListMethod = listMethodOf(field);
	const byHand: INodePropertyMode = {
		...(field.kind === 'record' ? BY_ID : BY_NAME),
		type: 'string',
		...('placeholder' in field && { placeholder: field.placeholder }),
	};
	const found = field.kind === 'record' ? (field.findable?.modes.map(foundBy) ?? []) : [];
	const list: INodePropertyMode | undefined =
		searchListMethod === undefined
			? undefined
			: {
					...FROM_LIST,
					type: 'list',
					typeOptions: { searchListMethod, searchable: true },
				};
	return {
		type: 'resourceLocator',
		default: { mode: (list ?? byHand).name, value: '' },
		modes: [...(list ? [list] : []), ...found, byHand],
	};
}

/** The method that fills the list that the field is chosen from; undefined for one that has none. */
export const listMethodOf = (field: Field): string | undefined =>
	'searchMethod' in field ? field.searchMethod : undefined;

/** Whether the editor offers the field as a resource locator. */
export function isLocator(field: Field): boolean {
	return field.kind === 'record' || listMethodOf(field) !== undefined;
}
