import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { ReadItem } from '../../shared/fields/item';
import type { Get } from '../../shared/find/get';
import type { Tools } from '../../shared/http/connection';
import { textOf } from '../../shared/json/text';
import { pmsOf } from '../pms';
import { factOf, VENDOR } from '../records/facts';
import { newest } from '../records/paging';
import { employee } from '../records/people';
import type { Clocks } from './availability';
import { clockOtherwise, propertyToldBy, shownSlot } from './availability';
import { keepShown, shownOf } from './moment';
import type { PropertyClocks } from './propertyClocks';
import { ifAllowed } from './propertyClocks';
import type { ClockOfProperty } from './timezones';

/*
 * The rows of free times: when each begins by the clock of its property, who has it, and which of them are given out.
 */

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
export async function tellRows(
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
	for (const row of rows) {
		const place = { id: textOf(values.propertyId), xId: textOf(row.x_property_id) };
		const own =
			propertyToldBy(row, known) === undefined
				? await properties.of(integrationId, place, pmsOf(known)?.appointments)
				: UNASKED;
		const shown = shownSlot(row, { own, vendor: known, ...zones });
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
	if (rows.some((row) => shownOf(row).isGuessed)) {
		/**
		 * @cause A hint: nobody but the workflow says in which time zone the property is.
		 * @cure If the property is elsewhere, add _Time Zone_ under _Additional Fields_.
		 */
		const remark = `is shown in ${zones.workflow}, the workflow's time zone, because neither the PMS nor Propexo gives the property's. If it is elsewhere, add 'Time Zone' under 'Additional Fields'`;
		item.remarks.push({ label: 'Start', remark });
	}
}

/**
 * Gives the Propexo ID of the agent of a row, which the reply names only by the ID in the PMS. If one employee is asked for,
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
export async function today({ tools, properties }: Reading, item: ReadItem): Promise<string> {
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
export function byStart(rows: IDataObject[], { employeeId }: IDataObject): IDataObject[] {
	const timed = rows
		.filter((row) => employeeId === undefined || (shownOf(row).employeeId ?? employeeId) === employeeId)
		.map((row) => ({ row, at: Date.parse(textOf(shownOf(row).start)) || Infinity }))
		.filter(({ at }) => at > Date.now());
	// Infinity less Infinity is no number, so equal ones are compared first.
	return timed.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ row }) => row);
}

/**
 * Counts those that begin within the lead time of their calendar. Propexo's documents do not say whether the PMS leaves such times
 * out itself, so they stay in.
 */
export function tellShortNotice(item: ReadItem, rows: IDataObject[]): void {
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
