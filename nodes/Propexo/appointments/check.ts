import type { IDataObject } from 'n8n-workflow';

import type { AskedItem, Verdict } from '../../shared/deliver/beforeSending';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import { reader } from '../../shared/find/get';
import type { Connection, Tools } from '../../shared/http/connection';
import { textOf, titleCase } from '../../shared/json/text';
import { eachOf } from '../../shared/process/order';
import { checkPms } from '../rules/checkPms';
import type { JobWrite } from '../jobs/jobWrite';
import type { AppointmentClock } from '../pms';
import { pmsOf, vendorName } from '../pms';
import type { FoundFact } from '../records/facts';
import {
	AGAIN,
	factOf,
	INTEGRATION_OF_EVENT,
	PROPERTY_OF,
	VENDOR,
	VENDOR_OF_EVENT,
	WHOSE_EVENT,
} from '../records/facts';
import { agrees, FOR, isNobodys, othersIn, personOf } from '../records/whose';
import type { ChosenClock, Known } from './clockOfStart';
import { convertStart, START_LABEL, START_PARTS } from './convertStart';
import { clockThere, PropertyClocks } from './propertyClocks';

/*
 * The check of an appointment: whether it is the one that its item says, the rules of its PMS, and the clock by which that
 * takes its *Start*. All that has to be asked for is asked before anything is sent.
 */

/** Checks all items of a write; one verdict for each, in their order. */
export type Check = (job: JobWrite, tools: Tools, items: AskedItem[]) => Promise<Verdict[]>;

type Wrong = Omit<Problem, 'label'>;

/** Checks appointments by the rules of their PMSs, and compares them with what their items say of them. */
export const checkWhose: Check = async (job, tools, items) => {
	const verdicts = await checkPms(job, tools, items);
	await eachRight(items, verdicts, async ({ read }, verdict) => {
		const other = await otherThanSaid(tools, job, read);
		return { ...verdict, problems: other ? [{ label: 'Appointment', ...other }] : [] };
	});
	return verdicts;
};

/** Gives each item without problems another verdict. */
async function eachRight(
	items: AskedItem[],
	verdicts: Verdict[],
	anew: (item: AskedItem, verdict: Verdict) => Promise<Verdict>,
): Promise<void> {
	await eachOf(items, async (item, index) => {
		const verdict = verdicts[index];
		if (verdict?.problems.length === 0) verdicts[index] = await anew(item, verdict);
	});
}

/** Checks appointments, and tells their times. */
export const checkAppointments: Check = async (job, tools, items) => {
	const verdicts = await checkWhose(job, tools, items);
	const get = reader(tools, tools.signal, '');
	const clocks = new PropertyClocks(get, 'property');
	await eachRight(items, verdicts, async (item, verdict) => {
		if (item.read.values.start === undefined) return verdict;
		return { ...verdict, ...(await timesOf(tools, clocks, item, verdict)) };
	});
	return verdicts;
};

/*
 * An appointment that is named by its Propexo ID is compared with what the item says of it. One that is found by something
 * else is compared when it is found.
 */

/**
 * What is wrong with the appointment of an item; undefined if it is the one that the item says, or if Propexo does not show it
 * yet. One that is to be called off is read only if the item says whose it is.
 */
async function otherThanSaid(
	tools: Connection & { signal: AbortSignal },
	{ method }: JobWrite,
	{ values, found }: ReadItem,
): Promise<Wrong | undefined> {
	const isRead = method === 'PUT' || personOf(values) !== undefined;
	if (values.eventId === undefined || 'event_id' in found || !isRead) return undefined;
	const row = await factOf(tools, WHOSE_EVENT, textOf(values.eventId), tools.signal);
	if (row === 'absent' || row === 'none') return undefined;
	return row ? difference(row.is, values) : unread(values);
}

function unread(values: IDataObject): Wrong | undefined {
	const owner = personOf(values);
	return (
		owner && {
			/**
			 * @cause The item says whose appointment it is, and Propexo did not answer whose the one with this ID is.
			 * @cure Run it again later. If it goes on, give the token the right to read events, or leave the person empty.
			 */
			wrong: `could not be compared with '${titleCase(owner.noun)}': Propexo did not say whose it is. ${AGAIN} events`,
			passing: true,
		}
	);
}

/** What tells an appointment from the one that an item means. One that names nobody may be anybody's, and is taken. */
function difference(row: IDataObject, values: IDataObject): Wrong | undefined {
	/**
	 * @cause The ID is that of another event, such as a call.
	 * @cure Check the ID. _Appointment: Get Many_ lists the appointments of a person.
	 */
	if (isOtherEvent(row))
		return { wrong: 'is the ID of no appointment, but of another event, such as a call' };
	/**
	 * @cause The appointment with this ID is that of another kind of person than _For_ says.
	 * @cure Check the ID, and choose in _For_ whose appointment it is.
	 */
	if (othersIn(row, textOf(values[FOR])))
		return { wrong: "is of another kind of person than 'For' says. Check the ID, and 'For'" };
	const owner = personOf(values);
	if (!owner || isNobodys(row) || agrees(row, { [owner.filter]: textOf(values[owner.parameter]) }))
		return undefined;
	/**
	 * @cause The appointment with this ID is somebody else's.
	 * @cure Check the ID and the person. One of them is wrong.
	 */
	return {
		wrong: `is somebody else's in Propexo. Check the ID, and '${titleCase(owner.noun)}'`,
	};
}

/**
 * Whether an event is no appointment: it has no time, and its name says so too. PMSs have names of their own for
 * appointments.
 */
const isOtherEvent = ({ event_name, appointment_datetime }: IDataObject): boolean =>
	appointment_datetime === null &&
	/call|mail|text|sms|chat|fax|note|walk|web|internet|applic/i.test(textOf(event_name)) &&
	!/appointment|tour|show|visit/i.test(textOf(event_name));

/** The PMS and the property that an item is about. */
interface PmsAndProperty {
	vendor: FoundFact<string>;
	/** Whose property it is, for messages. */
	whose: string;
	/** That property. */
	own: FoundFact<string>;
	integrationId: string;
	/** The clock of the PMS. */
	rule?: AppointmentClock;
}

/** The PMS and the property of an item: of the appointment that is changed, or else of the person. */
async function pmsAndPropertyOf(tools: Tools, { values }: ReadItem): Promise<PmsAndProperty> {
	const integrationId = textOf(values.integrationId);
	const ofIntegration = async () =>
		integrationId === '' ? undefined : await factOf(tools, VENDOR, integrationId, tools.signal);
	if (values.eventId !== undefined) {
		const id = textOf(values.eventId);
		const vendor = await factOf(tools, VENDOR_OF_EVENT, id, tools.signal);
		const integration = await factOf(tools, INTEGRATION_OF_EVENT, id, tools.signal);
		return {
			vendor: typeof vendor === 'object' ? vendor : ((await ofIntegration()) ?? vendor),
			whose: 'appointment',
			own: await factOf(tools, PROPERTY_OF.eventId, id, tools.signal),
			integrationId: typeof integration === 'object' ? integration.is : integrationId,
		};
	}
	const person = personOf(values);
	return {
		vendor: await ofIntegration(),
		whose: person?.noun ?? 'person',
		own:
			person &&
			(await factOf(
				tools,
				PROPERTY_OF[person.parameter as keyof typeof PROPERTY_OF],
				textOf(values[person.parameter]),
				tools.signal,
			)),
		integrationId,
	};
}

/**
 * The properties that an item names, each once: that of the unit, that of *Property*, and that of the person or the
 * appointment. By the clock of most PMSs it matters where the unit is, so that is asked for.
 */
async function propertiesOf(
	tools: Tools,
	{ values }: ReadItem,
	{ own, rule }: PmsAndProperty,
): Promise<string[]> {
	const unit =
		values.unitId === undefined || rule?.zone !== undefined
			? undefined
			: await factOf(tools, PROPERTY_OF.unitId, textOf(values.unitId), tools.signal);
	const chosen = textOf(values.propertyId);
	const named = [unit, chosen === '' ? undefined : { is: chosen }, own];
	return [...new Set(named.flatMap((one) => (typeof one === 'object' ? [one.is] : [])))];
}

/** What Propexo says of the clock of the property, and of the clocks of all properties that the item names. */
async function clocksOf(
	tools: Tools,
	clocks: PropertyClocks,
	item: ReadItem,
	about: PmsAndProperty,
): Promise<Pick<Known, 'property' | 'zones'>> {
	const { own, whose, integrationId, rule } = about;
	const ids = await propertiesOf(tools, item, about);
	const asked = ids.map(
		async (id) =>
			await clocks.of(integrationId, { id }, rule).catch(() => ({ why: 'unanswered' }) as const),
	);
	const told = await Promise.all(asked);
	const zones = told.flatMap((one) => clockThere(rule, one)?.zone ?? []);
	const property = told.find(({ why }) => why === 'unanswered') ?? told[0];
	if (property) return { property, zones };
	if (own === 'absent') return { property: { why: 'unknown' }, zones };
	/** @noMessage The name of a part of the panel. */
	const under = item.values.eventId === undefined ? 'Additional Fields' : 'Look In';
	return { property: own === 'none' ? { why: 'noProperty', whose, under } : { why: 'unread' }, zones };
}

/** What is sent of the time of an appointment, or why it cannot be converted. */
async function timesOf(
	tools: Tools,
	clocks: PropertyClocks,
	{ read: item, options }: AskedItem,
	{ remarks = [] }: Verdict,
): Promise<Partial<Verdict>> {
	const about = await pmsAndPropertyOf(tools, item);
	const { vendor } = about;
	if (typeof vendor !== 'object') return { problems: [{ label: START_LABEL, ...noPms(item, vendor) }] };
	const rule = pmsOf(vendor.is)?.appointments;
	const known = await clocksOf(tools, clocks, item, { ...about, rule });
	const converted = convertStart({
		start: textOf(item.values.start),
		pms: vendorName(vendor.is),
		rule,
		...known,
		chosen: options.appointmentClock as ChosenClock | undefined,
		zone: textOf(options.timeZone ?? tools.ctx.getTimezone()),
		isZoneChosen: options.timeZone !== undefined,
	});
	if ('problem' in converted) return { problems: [converted.problem] };
	const [date, time] = START_PARTS;
	return {
		remarks: [...remarks, ...converted.remarks],
		adds: { [date]: converted.date, [time]: converted.time },
		columns: { start: converted.start, start_text: converted.text, time_zone: converted.zone },
		// The date and time above are sent as they are. The start is not written in another time zone again.
		zone: undefined,
	};
}

/**
 * The problem of a time whose PMS is not known.
 *
 * @cause PMSs take times in different time zones, and the node could not find out which PMS it is.
 * @cure Choose _Integration_ and _Property_ under _Look In_, or run it again later.
 */
function noPms({ values }: ReadItem, vendor: FoundFact<string>): Wrong {
	/** @noMessage It begins the messages below. */
	const why = 'cannot be converted to the time zone of the PMS';
	if (values.eventId !== undefined && vendor === 'absent')
		return {
			wrong: `${why}: Propexo does not show this appointment. A new one shows after the next sync; until then, choose 'Integration' and 'Property' under 'Look In'`,
			needsPerson: true,
		};
	return {
		wrong: `${why}: Propexo did not say which PMS it is. ${AGAIN} integrations and events`,
		passing: true,
	};
}
