import type { Beside, Condition, RecordField } from '../../shared/fields/field';
import { titleCase } from '../../shared/json/text';
import { findableRecord } from './findable';
import { property } from './places';
import type { RecordType } from './record';
import { EXAMPLE_ID, parameterOf, searchMethodOf, withArticle } from './record';
import { personOf } from './whose';

/** What a field that names a record declares besides the record. */
export interface OwnOfField {
	label?: string;
	required?: true;
	local?: true;
	shownFor?: Condition;
	hint?: string;
	withoutIt?: RecordField['withoutIt'];
	uselessBeside?: Beside;
	description?: string;
	/** The operation has no field of an integration. */
	alone?: true;
}

/** A field that names a record of a kind: chosen from its picker, or typed. */
export function recordField(record: RecordType, { alone, ...own }: OwnOfField = {}): RecordField {
	const { noun, picker, description } = record;
	const { id = `${withArticle(noun)}'s Propexo ID` } = record;
	const label = titleCase(noun);
	const { finders: all = [] } = record;
	const finders = all.filter(({ needs }) => !(alone && needs === 'Integration'));
	const field = {
		name: parameterOf(record),
		label,
		kind: 'record' as const,
		record: id,
		description,
		placeholder: EXAMPLE_ID,
		// A kind without finders is named only by its ID.
		...(finders.length > 0 && { findable: findableRecord({ ...record, finders }) }),
		...own,
	};
	return picker ? { ...field, searchMethod: searchMethodOf(record) } : field;
}

/** *Property*, where it only says where to look for other records. */
export const placeField = (noun: string): RecordField =>
	recordField(property, {
		local: true,
		// A person given by ID needs no property, and has one where other records can be looked for.
		withoutIt: (values) =>
			personOf(values) ? undefined : `${withArticle(noun)} of another property might be taken`,
		description: `Where to look for the ${noun}, the unit and other records given by name or number. Left out, it is the ${noun}'s own.`,
	});
