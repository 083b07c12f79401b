import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { additionalFieldsOf } from '../../../shared/fields/collections';
import type { FieldsOwner } from '../../../shared/fields/collections';
import type { Field } from '../../../shared/fields/field';
import type { ReadItem } from '../../../shared/fields/item';
import { ifFarOff } from '../../../shared/fields/times/plausible';
import type { Get } from '../../../shared/find/get';
import { TEXT_OR_NULL } from '../../../shared/json/schema';
import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import type { Columns } from '../../../shared/read/output';
import type { Tools } from '../../../shared/http/connection';
import { propexo } from '../../api';
import type { Clocks } from '../../appointments/availability';
import {
	clockOtherwise,
	isWithin,
	partsOf,
	propertyToldBy,
	readSlots,
	shownSlot,
} from '../../appointments/availability';
import { duration } from '../../appointments/fields';
import { EMPLOYEE, END, IN_WORDS, keepShown, shownOf, START } from '../../appointments/moment';
import { ifAllowed, PropertyClocks } from '../../appointments/propertyClocks';
import type { ClockOfProperty } from '../../appointments/timezones';
import { checkPms } from '../../rules/checkPms';
import { timeZone } from '../../jobs/options';
import type { CheckedWrite } from '../../rules/checkItem';
import { pmsOf } from '../../pms';
import { factOf, VENDOR } from '../../records/facts';
import { recordField } from '../../records/field';
import { newest } from '../../records/paging';
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

/** Said of a property whose calendar names its time zone. */
const UNASKED: ClockOfProperty = { why: 'unknown' };

const zonesOf = ({ values }: ReadItem, { ctx }: Tools): Pick<Clocks, 'option' | 'workflow'> => ({
	option: textOf(values.timeZone) || undefined,
	workflow: ctx.getTimezone(),
});

/** What the free times of an item are read with. */
interface Reading {
	get: Get;
	tools: Tools;
	properties: PropertyClocks;
}

/** Reads the clocks and the agents of free times, and keeps what they come to beside the rows. */
async function tellRows(
	{ get, tools, properties }: Reading,
	item: ReadItem,
	rows: IDataObject[],
): Promise<void> {
	const { values } = item;
	const integrationId = textOf(values.integrationId);
	const vendor = await factOf(tools, VENDOR, integrationId, tools.signal);
	const known = typeof vendor === 'object' ? vendor.is : undefined;
	const zones = zonesOf(item, tools);
	const agentOf = await agentsOf(get, values, rows);
	let isGuessed = false;
	for (const row of rows) {
		const place = { id: textOf(values.propertyId), xId: textOf(row.x_property_id) };
		const own =
			propertyToldBy(row, known) === undefined
				? await properties.of(integrationId, place, pmsOf(known)?.appointments)
				: UNASKED;
		const clocks: Clocks = { own, vendor: known, ...zones };
		const shown = shownSlot(row, clocks);
		isGuessed ||= shown.zone !== shownSlot(row, { ...clocks, workflow: 'UTC' }).zone;
		keepShown(row, { ...shown, employeeId: agentOf(row) });
	}
	const untold = rows.filter((row) => shownOf(row).problem !== undefined).length;
	if (untold > 0) {
		/**
		 * @cause A hint: of some free times nobody can tell when they begin.
		 * @cure Read their column `problem`.
		 */
		const remark = `is empty for ${untold} free ${untold === 1 ? 'time: its' : 'times: their'} column 'problem' says why`;
		item.remarks.push({ label: 'Start', remark });
	}
	if (isGuessed) {
		/**
		 * @cause A hint: nobody but the workflow says in which time zone the property is.
		 * @cure If the property is elsewhere, add _Time Zone_ under _Additional Fields_.
		 */
		const remark = `is shown in ${zones.workflow}, the workflow's time zone, because neither the PMS nor Propexo gives the property's. If it is elsewhere, add 'Time Zone' under 'Additional Fields'`;
		item.remarks.push({ label: 'Start', remark });
	}
}

/**
 * Gives the Propexo ID of the agent of a row, which the reply names by the ID in the PMS alone. If one employee is asked for,
 * an agent whom nobody knows is that one.
 */
async function agentsOf(
	get: Get,
	{ integrationId, propertyId, employeeId }: IDataObject,
	rows: IDataObject[],
): Promise<(row: IDataObject) => string | undefined> {
	const named = rows.some(({ x_agent_id }) => textOf(x_agent_id) !== '');
	if (!named) return () => undefined;
	const query = {
		integration_id: integrationId,
		// The one that is asked for may be listed at another property.
		...(propertyId !== undefined && employeeId === undefined && { property_id: propertyId }),
	};
	const employees = (await ifAllowed(newest(get, employee.path, query))) ?? [];
	return ({ x_agent_id, x_property_id }) => {
		const xId = textOf(x_agent_id);
		if (xId === '') return undefined;
		const own = employees.filter(({ x_id }) => textOf(x_id) === xId);
		const asked = own.filter(({ id }) => id === employeeId);
		const there = own.filter((one) => textOf(one.x_property_id) === textOf(x_property_id));
		const [one = { id: employeeId }, another] =
			[asked, there, own].find(({ length }) => length > 0) ?? [];
		return another ? undefined : textOf(one.id) || undefined;
	};
}

/** The first day, if the item names none: today where the property is, or else where the workflow is. */
async function today({ tools, properties }: Reading, item: ReadItem): Promise<string> {
	const { integrationId, propertyId } = item.values;
	const own = await properties.of(textOf(integrationId), { id: textOf(propertyId) }, undefined);
	const clock = 'zone' in own ? own : clockOtherwise({ own, ...zonesOf(item, tools) });
	return DateTime.now()
		.setZone(clock?.zone ?? 'utc')
		.toFormat('yyyy-MM-dd');
}

/**
 * Those that have not begun, by their start; those whose start could not be told come last. Where one employee is asked for, the
 * PMS may have answered with the times of others too.
 */
function byStart(rows: IDataObject[], { employeeId }: IDataObject): IDataObject[] {
	const timed = rows
		.filter((row) => employeeId === undefined || (shownOf(row).employeeId ?? employeeId) === employeeId)
		.map((row) => ({ row, at: Date.parse(textOf(shownOf(row).start)) || Infinity }))
		.filter(({ at }) => at > Date.now());
	return timed.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ row }) => row);
}

/**
 * Counts those that begin within the lead time of their calendar. Propexo's documents do not say whether the PMS leaves such times
 * out itself, so they stay in.
 */
function tellShortNotice(item: ReadItem, rows: IDataObject[]): void {
	const soon = rows.filter(
		(row) =>
			Date.parse(textOf(shownOf(row).start)) <
			Date.now() + Number(row.minimum_appointment_lead_time) * 60_000,
	).length;
	if (soon === 0) return;
	/**
	 * @cause A hint: a calendar takes appointments only some minutes ahead, and some of its free times begin before that.
	 * @cure Offer a later one, or let the workflow leave out those that begin within `minimum_appointment_lead_time`.
	 */
	const remark = `is sooner than the calendar's 'minimum_appointment_lead_time' for ${soon} of ${rows.length} free times, so the PMS may refuse them`;
	item.remarks.push({ label: 'Start', remark });
}

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
