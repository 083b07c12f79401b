import type { AskedItem, Verdict } from '../../shared/deliver/beforeSending';
import { isPreview } from '../../shared/deliver/options';
import type { FieldsOwner } from '../../shared/fields/collections';
import { TEXT } from '../../shared/json/schema';
import type { About } from '../../shared/operation';
import { goesOnAfterErrors } from '../../shared/report/agentCall';
import type { JobWrite } from '../jobs/jobWrite';
import { chosenWrite } from '../jobs/jobWrite';
import { FOR } from '../records/whose';
import type { Check } from './check';
import { checkAppointments, checkWhose } from './check';
import type { Person } from './fields';
import { narrowed, PEOPLE, timeOptions } from './fields';
import { changeOfItem, changesWritten, OVERTAKEN } from './numberedChanges';
import { bookingResult } from './result';

/*
 * Writing appointments of leads, applicants or residents. Propexo answers with a job; the PMS gets the appointment after it.
 */

/** The columns that repeat the time of an appointment, by the property's clock. */
const TIME_COLUMNS = { start: TEXT, start_text: TEXT, time_zone: TEXT };

/** A write that is checked so; an item that comes too late is refused too. */
const checkedBy = (check: Check, job: JobWrite): JobWrite => ({
	...job,
	trace: changesWritten(job.waiting),
	checkAll: async (tools, items) =>
		withoutOlder(items, await check(job, tools, items), goesOnAfterErrors(tools.ctx)),
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

/**
 * Refuses the items whose appointment an item before them changes under a higher number. All items of a run are found before one
 * of them is sent, so that their look-up cannot decide. Where the run goes on after errors, it is decided right before their
 * requests (`changesWritten`): the newer change may not go out.
 *
 * @param goesOn whether the other items are sent when one fails
 */
function withoutOlder(items: AskedItem[], verdicts: Verdict[], goesOn: boolean): Verdict[] {
	const reached = new Map<unknown, number>();
	items.forEach(({ read: item, options }, index) => {
		const { problems = [] } = verdicts[index] ?? {};
		const change = changeOfItem(item);
		if (change === undefined || problems.length > 0) return;
		const { eventId } = item.values;
		const isOlder = change < (reached.get(eventId) ?? 0);
		if (isOlder && (!goesOn || isPreview(options))) problems.push(OVERTAKEN);
		if (!isOlder) reached.set(eventId, change);
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
