import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../../shared/json/text';
import { isInSpan, spanOf } from '../../../shared/read/listing';
import { appointment, tellStarts } from '../../appointments/read';
import { shownOf } from '../../appointments/moment';
import { recordField } from '../../records/field';
import { applicant, lead, resident } from '../../records/people';
import { getMany } from '../../records/reading';
import type { RecordType } from '../../records/record';

const withWhom = (person: RecordType) =>
	recordField(person, { description: `Only appointments with this ${person.noun}` });

/** @noMessage */
const FILTERED_HERE = 'Propexo has no such filter; this node leaves out the others';

const HERE = { local: true, hint: FILTERED_HERE } as const;

const starts = spanOf(
	'Starts',
	{ ...HERE, description: 'Only appointments that begin at this time or later' },
	{ ...HERE, description: 'Only appointments that begin before this time' },
);

/** Whether an appointment begins within the times of the filters. One whose start is not known does not. */
const isInTime = (row: IDataObject, { startsAfter, startsBefore }: IDataObject): boolean =>
	isInSpan(Date.parse(textOf(shownOf(row).start)), startsAfter, startsBefore);

/** GET /v1/appointments/ */
export const getAll = getMany(appointment, {
	noun: 'appointment',
	description: 'List the appointments of a person, a property or an integration',
	filters: [withWhom(lead), withWhom(applicant), withWhom(resident), ...starts.fields],
	check: starts.check,
	keeps: (row, _, values) => isInTime(row, values),
	isUntold: (row) => textOf(shownOf(row).start) === '' && textOf(shownOf(row).problem) !== '',
	completes: tellStarts,
});
