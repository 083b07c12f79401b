import type { INodePropertyMode } from 'n8n-workflow';

import type { Field, FoundBy } from './field';
import type { Control } from './kinds/kind';

const BY_ID = { displayName: 'By ID', name: 'id' };
const BY_NAME = { displayName: 'By Name', name: 'name' };
const FROM_LIST = { displayName: 'From List', name: 'list' };

const foundBy = ({ mode, given: { label, placeholder } }: FoundBy): INodePropertyMode => ({
	...{ displayName: `By ${label}`, name: mode },
	type: 'string',
	...(placeholder !== undefined && { placeholder }),
});

/**
 * The editor's control of a field that can be chosen from a list, told by what people hold, or typed. IDs come last: few
 * people hold any.
 */
export function locator(field: Field): Control {
	const listed = 'searchMethod' in field && field.searchMethod !== undefined ? field : undefined;
	const byHand: INodePropertyMode = {
		...(field.kind === 'record' ? BY_ID : BY_NAME),
		type: 'string',
		...('placeholder' in field && { placeholder: field.placeholder }),
	};
	const found = field.kind === 'record' ? (field.findable?.modes.map(foundBy) ?? []) : [];
	if (!listed) {
		return { type: 'resourceLocator', default: { mode: 'id', value: '' }, modes: [...found, byHand] };
	}
	const list = { searchListMethod: listed.searchMethod, searchable: true };
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [{ ...FROM_LIST, type: 'list', typeOptions: list }, ...found, byHand],
		...(listed.dependsOn && {
			typeOptions: { loadOptionsDependsOn: listed.dependsOn.map((name) => `${name}.value`) },
		}),
	};
}
