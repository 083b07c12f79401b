import type { IDataObject } from 'n8n-workflow';

import { additionalFieldsOf } from '../../../shared/fields/collections';
import type { FieldsOwner } from '../../../shared/fields/collections';
import type { Field } from '../../../shared/fields/field';
import { ifFarOff } from '../../../shared/fields/times/plausible';
import { TEXT_OR_NULL } from '../../../shared/json/schema';
import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import type { Columns } from '../../../shared/read/output';
import { propexo } from '../../api';
import { isWithin, partsOf, readSlots } from '../../appointments/availability';
import { duration } from '../../appointments/fields';
import { EMPLOYEE, END, IN_WORDS, START } from '../../appointments/moment';
import { PropertyClocks } from '../../appointments/propertyClocks';
import { byStart, tellRows, tellShortNotice, today } from '../../appointments/availabilityRows';
import { checkPms } from '../../rules/checkPms';
import { timeZone } from '../../jobs/options';
import type { CheckedWrite } from '../../rules/checkedWrite';
import { recordField } from '../../records/field';
import { employee } from '../../records/people';
import { integration, property } from '../../records/places';
import { texts, words } from '../../records/record';
import { AVAILABILITY_RULES } from '../../rules/appointments';
import { choicesOf } from '../../../shared/fields/choices';

/** So many days are asked for, unless the item says otherwise: the most of one request. */
const USUAL_DAYS = 7;
/** A quarter. Nobody plans a tour further ahead, and each week is a request to the PMS. */
const MOST_DAYS = 92;

const fields: Field[] = [
	recordField(integration, { required: true }),
	recordField(property, {
		withoutIt: 'the free times of all properties would be found',
		description: 'The property to be visited. Entrata and RealPage Exchange require one.',
	}),
	{
		name: 'availabilityStartDate',
		label: 'From',
		kind: 'date',
		remark: ifFarOff,
		description: 'The first day. Left out, it is today.',
	},
	{
		name: 'availabilityDurationDays',
		label: 'Days',
		kind: 'wholeNumber',
		default: USUAL_DAYS,
		min: 1,
		max: MOST_DAYS,
		description: 'How many days, including the first',
	},
];

const additionalFields = additionalFieldsOf([
	{ ...duration, default: 30, description: 'How long the appointment takes, in minutes' },
	{
		name: 'calendarTypes',
		label: 'Calendar Types',
		kind: 'choices',
		options: choicesOf('GENERAL', 'LEASING', 'MAINTENANCE', 'RESIDENT'),
		hint: 'Entrata takes appointments from Propexo only for Leasing',
		description: 'Which calendars to read. Left out, Leasing and Resident.',
	},
	recordField(employee, { description: 'Only the free times of this employee' }),
	{
		...timeZone,
		description:
			"The property's, if neither the PMS nor Propexo gives it, as with RealPage. Left out, it is the workflow's.",
	},
]);

const owner: FieldsOwner = { fields, collections: [additionalFields] };

const checked: CheckedWrite = {
	...owner,
	noun: 'free time',
	about: ['integrationId'],
	pms: AVAILABILITY_RULES,
	asks: true,
};

const columns: Columns = {
	...START,
	...END,
	...IN_WORDS,
	agent_name: {
		schema: TEXT_OR_NULL,
		of: ({ agent_first_name, agent_last_name }) => words(agent_first_name, agent_last_name) || null,
	},
	...EMPLOYEE,
	...texts('x_agent_id', 'calendar_type', 'x_property_id'),
	date_raw: { schema: TEXT_OR_NULL, of: ({ date }) => date },
	start_raw: { schema: TEXT_OR_NULL, of: ({ start }) => start },
	end_raw: { schema: TEXT_OR_NULL, of: ({ end }) => end },
	time_zone_raw: { schema: TEXT_OR_NULL, of: ({ timezone }) => timezone },
	minimum_appointment_lead_time: { type: ['number', 'null'] },
};

/** What *Selected Fields* offers besides the columns: the rest of a calendar, and of its day. */
const others = [
	'last_seen',
	'default_appointment_length',
	'day_of_week',
	'opening_time',
	'closing_time',
	'simultaneous_appointment_mode',
	'max_simultaneous_appointments',
];

/** POST /v1/appointment-availability/: one row for each free time, by the clocks of its property. */
export const getAvailability = readOperation(
	{
		value: 'getAvailability',
		name: 'Get Availability',
		action: 'Get free times for appointments',
		description: 'Ask the PMS for the free times of a property',
	},
	{
		...owner,
		service: propexo,
		examine: async (tools, items) => await checkPms(checked, tools, items),
		async rows(get, item, tools) {
			const { availabilityStartDate, availabilityDurationDays } = item.values;
			const reading = { get, tools, properties: new PropertyClocks(get, 'integration') };
			const first = textOf(availabilityStartDate) || (await today(reading, item));
			const rows: IDataObject[] = [];
			for (const part of partsOf(first, Number(availabilityDurationDays ?? USUAL_DAYS))) {
				const asked = {
					availability_start_date: part.from,
					availability_duration_days: part.days,
				};
				const slots = await readSlots(get, { ...item.body, ...asked });
				rows.push(...slots.filter((slot) => isWithin(part, slot)));
			}
			await tellRows(reading, item, rows);
			const free = byStart(rows, item.values);
			tellShortNotice(item, free);
			return free;
		},
		output: { columns, others },
	},
);
