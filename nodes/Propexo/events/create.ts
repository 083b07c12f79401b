import type { FieldsOwner } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/collections';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import type { CheckedWrite } from '../rules/checkItem';
import { missing } from '../rules/checkItem';
import { jobWrite } from '../jobs/jobWrite';
import type { RecordType } from '../records/record';
import { recordField } from '../records/field';
import { additionalFields, eventFields, shortNotes } from './fields';

/** What is different for the events of leads, applicants and residents. */
interface EventCreation extends Pick<CheckedWrite, 'pms' | 'leasingAgent'> {
	person: RecordType;
	description: string;
	path: string;
	/** Fields that the events of other people lack. */
	own: Field[];
	/** Left out: notes of up to 256 characters. */
	notes?: Field;
}

/** *Create*: one event of one person. Propexo answers with a job; the PMS gets the event after it. */
export function createEvent({ person, own, notes = shortNotes, ...write }: EventCreation) {
	const owner = {
		fields: eventFields(person, notes, write.pms),
		collections: [additionalFields(person, own)],
	};
	const noun = `${person.noun} event`;
	return jobWrite({
		...write,
		...owner,
		value: 'create',
		name: 'Create',
		action: `Create ${noun}`,
		noun,
		method: 'POST',
		about: ['integrationId', recordField(person).name],
		sameEvent: [
			'eventKind',
			'eventName',
			'eventTypeId',
			'eventDatetime',
			'callPhoneNumberFrom',
			'callPhoneNumberTo',
			'emailDirection',
			'emailFrom',
			'emailTo',
			'appointmentDatetime',
			'timeFrom',
			'unitId',
		],
		check: (item) => withoutRent(owner, item),
	});
}

/**
 * The only event that requires a rent. Source: `rent_amount_in_cents` of its schema, "Required for LeaseSign event".
 */
const LEASE_SIGN = 'LeaseSign';

function withoutRent(owner: FieldsOwner, { values }: ReadItem): Problem[] {
	const name = 'rentAmount';
	const hasField = allFields(owner).some((field) => field.name === name);
	if (!hasField || values.eventName !== LEASE_SIGN || values[name] !== undefined) return [];
	/**
	 * @cause A signed lease needs its rent. Propexo has the event LeaseSign for Yardi.
	 * @cure Fill it in.
	 */
	return [missing(owner, name, `is empty and must be filled in when 'Event Name' is ${LEASE_SIGN}`)];
}
