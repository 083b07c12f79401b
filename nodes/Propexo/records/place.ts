import type { IDataObject } from 'n8n-workflow';

import { NothingThere } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { event } from './events';
import { applicant, lead, resident } from './people';
import { integration, property } from './places';
import type { Chosen, RecordType } from './record';
import { parameterOf, pathOf, titleCase } from './record';

/**
 * Records that decide the property: if an operation names one of them, everything else belongs to the same property.
 */
export const OWNERS: RecordType[] = [lead, applicant, resident, event];

/** The queries of a place: `list` for all records of an integration, and `part`, which narrows them down. */
export interface PlaceQueries {
	list: IDataObject;
	part: IDataObject;
	/** The chosen person or event that decides the property: its label and its row. */
	owner?: { label: string; row: IDataObject };
}

const text = (value: unknown): string => textOf(value).trim();

/**
 * The place of the records that can be meant, from the other records that are chosen.
 *
 * @param chosen gives the ID chosen in a parameter
 * @param read reads a record by its path
 * @throws NothingThere when what is chosen does not fit together
 */
export async function placeOf(
	{ noun, picker }: RecordType,
	chosen: Chosen,
	read: (path: string, noun: string) => Promise<IDataObject>,
): Promise<PlaceQueries> {
	if (!picker || picker.of === 'everything') return { list: {}, part: {} };
	const ofIntegration = chosen(parameterOf(integration));
	const ofProperty = noun === property.noun ? '' : chosen(parameterOf(property));
	const owner = picker.of === 'property' ? await ownerOf(chosen, read) : undefined;
	const owned = text(owner?.row.integration_id);
	if (owner && ofIntegration !== '' && owned !== '' && owned !== ofIntegration) {
		/**
		 * @cause The person or event that is chosen is of another integration than the one that is chosen.
		 * @cure Choose the person again, from the list of this integration.
		 */
		throw new NothingThere(
			`The chosen '${owner.label}' belongs to another integration than the chosen 'Integration'`,
			`Choose the ${owner.label.toLowerCase()} again, from the list of this integration.`,
		);
	}
	const integration_id = ofIntegration || owned;
	const property_id = ofProperty || text(owner?.row.property_id);
	return {
		list: integration_id === '' ? {} : { integration_id },
		part: property_id === '' ? {} : { property_id },
		owner,
	};
}

/** The chosen person, or the event that is updated. It decides the property. */
async function ownerOf(
	chosen: Chosen,
	read: (path: string, noun: string) => Promise<IDataObject>,
): Promise<{ label: string; row: IDataObject } | undefined> {
	for (const owner of OWNERS) {
		const id = chosen(parameterOf(owner));
		if (id !== '')
			return { label: titleCase(owner.noun), row: await read(pathOf(owner, id), owner.noun) };
	}
	return undefined;
}
