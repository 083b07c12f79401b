import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../../shared/fields/field';
import type { Problem, ReadItem } from '../../shared/fields/item';
import { integrationField, propertyField } from './fields';

/** Filters that every list of a property's records takes. */
export const narrowedBy: Field[] = [
	{ ...integrationField, description: 'The connection to the PMS that holds the records' },
	{ ...propertyField, dependsOn: ['filters.integrationId'] },
];

/** The query of an item: its filters. Everything else of it decides how it is read. */
export function queryOf({ body }: ReadItem): IDataObject {
	return { ...body };
}

/** IDs of a PMS are only told apart with their integration. Source: Propexo's guide on filtering. */
export function pmsIdAlone({ values }: ReadItem): Problem[] {
	if (values.xId === undefined || values.integrationId !== undefined) return [];
	return [{ label: 'PMS ID', wrong: "needs an 'Integration' beside it. Add it under 'Filters'" }];
}
