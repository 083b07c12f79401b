import type { IDataObject } from 'n8n-workflow';

import { iso } from '../../shared/fields/times/clock';
import type { Get } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { isInSpan, spanOf } from '../../shared/read/listing';
import { eventColumns } from '../events/read';
import { pmsOf } from '../pms';
import { event } from '../records/events';
import { recordField } from '../records/field';
import type { Complete } from '../records/paging';
import { applicant, lead, resident } from '../records/people';
import { getMany, getOne } from '../records/reading';
import type { RecordType } from '../records/record';
import { texts } from '../records/record';
import { EVENT_AT, IN_WORDS, inWords, keepShown, momentIn, shownOf, START } from './moment';
import { clockOfPms, PropertyClocks } from './propertyClocks';
import type { ClockOfProperty } from './timezones';

/*
 * Appointments as they are read: events with the time at which they take place. Propexo writes their times as it got them
 * from the PMS, with an offset or by the clock of the PMS.
 */

const appointment = {
	...event,
	path: '/v1/appointments/',
	description: "The appointment by its Propexo ID. 'Get Many' finds it.",
	columns: { ...texts('id'), ...START, ...IN_WORDS, ...eventColumns, ...EVENT_AT },
};

/**
 * Adds the times of one appointment in the time zone of its property. Without a known zone, `problem` says why they
 * are missing.
 */
function tell(row: IDataObject, own: ClockOfProperty): void {
	const clock = clockOfPms(row.integration_vendor, own);
	const start = momentIn(row.appointment_datetime, clock);
	const happened = momentIn(row.event_datetime, clock);
	const [zone] = [own, clock].flatMap((one) => ('zone' in one ? one.zone : []));
	keepShown(row, {
		zone,
		...(start && 'at' in start && shown(start.at, zone)),
		...(start && 'problem' in start && { problem: start.problem }),
		...(happened && 'at' in happened && { eventAt: iso(at(happened.at, zone)) }),
	});
}

type Time = Parameters<typeof iso>[0];

const at = (time: Time, zone: string | undefined): Time => (zone === undefined ? time : time.setZone(zone));

function shown(time: Time, zone: string | undefined): { start: string; text: string } {
	const start = at(time, zone);
	return { start: iso(start), text: inWords(start) };
}

const UNKNOWN: ClockOfProperty = { why: 'unknown' };

/** Tells the times of appointments; each integration is asked once for the time zones of its properties. */
export function tellStarts(get: Get): Complete {
	const clocks = new PropertyClocks(get, 'integration');
	return async (rows) => {
		for (const row of rows) {
			const { integration_id, integration_vendor, property_id, appointment_datetime, event_datetime } =
				row;
			if (textOf(appointment_datetime) === '' && textOf(event_datetime) === '') continue;
			const id = textOf(property_id);
			const rule = pmsOf(integration_vendor)?.appointments;
			const own = id === '' ? UNKNOWN : await clocks.of(textOf(integration_id), { id }, rule);
			tell(row, own);
		}
	};
}

/** GET /v1/events/{event_id}: appointments have no read by ID of their own, and their IDs are those of events. */
export const getAppointment = getOne(
	{ ...appointment, path: event.path, id: "an appointment's Propexo ID" },
	{
		noun: 'appointment',
		label: 'Appointment',
		completes: tellStarts,
	},
);

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
export const getAppointments = getMany(appointment, {
	noun: 'appointment',
	description: 'List the appointments of a person, a property or an integration',
	filters: [withWhom(lead), withWhom(applicant), withWhom(resident), ...starts.fields],
	check: starts.check,
	keeps: (row, _, values) => isInTime(row, values),
	isUntold: (row) => textOf(shownOf(row).start) === '',
	completes: tellStarts,
});
