import type { AskedItem, Verdict } from '../../shared/deliver/beforeSending';
import type { Tools } from '../../shared/http/connection';
import type { ReadItem } from '../../shared/fields/item';
import type { FieldsOwner } from '../../shared/fields/collections';
import type { Problem } from '../../shared/fields/problem';
import { reader } from '../../shared/find/get';
import { TEXT } from '../../shared/json/schema';
import { textOf } from '../../shared/json/text';
import type { About } from '../../shared/operation';
import { eachOf } from '../../shared/process/order';
import { checkPms } from '../rules/checkPms';
import type { JobWrite } from '../jobs/jobWrite';
import { chosenWrite } from '../jobs/jobWrite';
import type { AppointmentClock } from '../pms';
import { pmsOf, vendorName } from '../pms';
import type { Found } from '../records/facts';
import { AGAIN, factOf, INTEGRATION_OF_EVENT, PROPERTY_OF, VENDOR, VENDOR_OF_EVENT } from '../records/facts';
import { FOR } from '../records/whose';
import type { ChosenClock, Known } from './convertStart';
import { convertStart, START_LABEL, START_PARTS } from './convertStart';
import type { Person } from './fields';
import { narrowed, PEOPLE, timeOptions } from './fields';
import { otherThanSaid } from './otherThanSaid';
import { bookingResult } from './result';
import { changeOfItem, changesWritten, OVERTAKEN } from './numberedChanges';
import { clockThere, PropertyClocks } from './propertyClocks';

/*
 * The check of an appointment: the rules of its PMS, and the clock by which that takes its *Start*. All that has to be asked
 * for is asked before anything is sent.
 */

/** The columns that repeat the time of an appointment, by the property's clock. */
const TIME_COLUMNS = { start: TEXT, start_text: TEXT, time_zone: TEXT };

type Check = (job: JobWrite, tools: Tools, items: AskedItem[]) => Promise<Verdict[]>;

/** A write that is checked so; an item that comes too late is refused too. */
const checkedBy = (check: Check, job: JobWrite): JobWrite => ({
	...job,
	trace: changesWritten(job.waiting),
	checkAll: async (tools, items) => withoutOlder(items, await check(job, tools, items)),
});

/** A write that gives an appointment its time: the time goes out by the clock of the PMS, and the PMS may have none free. */
export const booking = (own: JobWrite): JobWrite =>
	checkedBy(checkAppointments, {
		...own,
		options: timeOptions,
		columns: TIME_COLUMNS,
		waiting: bookingResult,
	});

/** A write that calls an appointment off. */
export const callingOff = (own: JobWrite): JobWrite => checkedBy(checkWhose, own);

/** Checks appointments by the rules of their PMSs, and compares them with what their items say of them. */
const checkWhose: Check = async (job, tools, items) => {
	const verdicts = await checkPms(job, tools, items);
	await eachRight(items, verdicts, async ({ read }, verdict) => {
		const other = await otherThanSaid(tools, job, read);
		return { ...verdict, problems: other ? [{ label: 'Appointment', ...other }] : [] };
	});
	return verdicts;
};

/**
 * Refuses the items whose appointment an item before them changes under a higher number. All items of a run are found before one
 * of them is sent, so that their look-up cannot decide.
 */
function withoutOlder(items: AskedItem[], verdicts: Verdict[]): Verdict[] {
	const reached = new Map<unknown, number>();
	items.forEach(({ read: item }, index) => {
		const { problems = [] } = verdicts[index] ?? {};
		const change = changeOfItem(item);
		if (change === undefined || problems.length > 0) return;
		const { eventId } = item.values;
		if (change < (reached.get(eventId) ?? 0)) problems.push(OVERTAKEN);
		else reached.set(eventId, change);
	});
	return verdicts;
}

/** What the operation and the writes behind it have in common. */
type Common = About & FieldsOwner & { noun: string };

/** What is different for leads, applicants and residents. */
type Own = Omit<JobWrite, keyof Common> & { noun?: string };

/**
 * An operation that writes appointments of leads, applicants or residents, as *For* says.
 *
 * @param checked `booking` or `callingOff`
 */
export function appointmentWrite(
	common: Common,
	checked: (job: JobWrite) => JobWrite,
	ownOf: (person: Person) => Own,
) {
	const jobOf = (person: Person): JobWrite =>
		checked({ ...common, ...narrowed(common, person), ...ownOf(person) });
	const people = Object.keys(PEOPLE) as Person[];
	const jobs = Object.fromEntries(people.map((person) => [person, jobOf(person)]));
	return chosenWrite({ ...common, chooses: FOR, jobs });
}

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
const checkAppointments: Check = async (job, tools, items) => {
	const verdicts = await checkWhose(job, tools, items);
	const get = reader(tools, tools.signal, '');
	const clocks = new PropertyClocks(get, 'property');
	await eachRight(items, verdicts, async (item, verdict) => {
		if (item.read.values.start === undefined) return verdict;
		return { ...verdict, ...(await timesOf(tools, clocks, item, verdict)) };
	});
	return verdicts;
};

/** The PMS and the property that an item is about. */
interface PmsAndProperty {
	vendor: Found<string>;
	/** Whose property it is, for messages. */
	whose: string;
	/** That property. */
	own: Found<string>;
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
	const [name] = (['leadId', 'applicantId', 'residentId'] as const).filter(
		(one) => values[one] !== undefined,
	);
	return {
		vendor: await ofIntegration(),
		whose: name?.replace('Id', '') ?? 'person',
		own: name && (await factOf(tools, PROPERTY_OF[name], textOf(values[name]), tools.signal)),
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
function noPms({ values }: ReadItem, vendor: Found<string>): Omit<Problem, 'label'> {
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
