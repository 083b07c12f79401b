import type { IDataObject } from 'n8n-workflow';

import { NothingThere } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { event } from './events';
import { applicant, lead, resident } from './people';
import { readNamed } from './paging';
import { integration, property } from './places';
import type { Chosen, RecordType } from './record';
import { parameterOf, pathOf, titleCase } from './record';

/**
 * Records that decide the property: if an operation names one of them, everything else belongs to the same property.
 */
export const OWNERS: RecordType[] = [lead, applicant, resident, event];

/** The chosen person, event or property that decides a place: its label and its row. */
interface Owner {
	label: string;
	row: IDataObject;
}

/** The queries of a place: `list` for all records of an integration, and `part`, which narrows them down. */
export interface PlaceQueries {
	list: IDataObject;
	part: IDataObject;
	owner?: Owner;
}

const text = (value: unknown): string => textOf(value).trim();

/**
 * The place of the records that can be meant, from the other records that are chosen.
 *
 * @param chosen gives the ID chosen in a parameter
 * @param read reads a record by its path
 * @throws NothingThere when what is chosen does not fit together
 */
export async function placeQueries(
	{ noun, picker }: RecordType,
	chosen: Chosen,
	read: (path: string, noun: string) => Promise<IDataObject>,
): Promise<PlaceQueries> {
	if (!picker || picker.of === 'everything') return { list: {}, part: {} };
	const owner = picker.of === 'property' ? await ownerOf(chosen, read) : undefined;
	const integration_id = placeIn(integration, chosen, owner);
	const property_id = noun === property.noun ? '' : placeIn(property, chosen, owner);
	return {
		list: integration_id === '' ? {} : { integration_id },
		part: property_id === '' ? {} : { property_id },
		owner,
	};
}

/**
 * The ID of the integration or the property: the chosen one, or else that of the owner; '' for none.
 *
 * @throws NothingThere when the owner is of another one
 */
export function placeIn(place: RecordType, chosen: Chosen, owner: Owner | undefined): string {
	const { noun } = place;
	const given = chosen(parameterOf(place));
	const owned = text(owner?.row[`${noun}_id`]);
	if (owner && given !== '' && owned !== '' && owned !== given) {
		/**
		 * @example The chosen 'Lead' belongs to another property than the chosen 'Property'
		 * @cause The person, the event or the property that is chosen is of another integration or property than the one that
		 * is chosen.
		 * @cure Choose it again, from the list of this integration or property, or choose the place that it belongs to.
		 */
		throw new NothingThere(
			`The chosen '${owner.label}' belongs to another ${noun} than the chosen '${titleCase(noun)}'`,
			`Choose the ${owner.label.toLowerCase()} again, from the list of this ${noun}.`,
		);
	}
	return given || owned;
}

/** The chosen person, or the event that is updated. It decides the property. */
async function ownerOf(
	chosen: Chosen,
	read: (path: string, noun: string) => Promise<IDataObject>,
): Promise<Owner | undefined> {
	for (const owner of OWNERS) {
		const id = chosen(parameterOf(owner));
		if (id !== '')
			return {
				label: titleCase(owner.noun),
				row: await readNamed(read(pathOf(owner, id), owner.noun), owner.noun),
			};
	}
	return undefined;
}
