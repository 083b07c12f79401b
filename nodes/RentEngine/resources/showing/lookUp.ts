import type { IDataObject } from 'n8n-workflow';

import type { LookedUp, LookUpTools } from '../../../shared/deliver/write';
import { emailForm, phoneForm } from '../../../shared/find/alike';
import { readServiceTime } from '../../../shared/http/serviceTime';
import type { ServiceRequest } from '../../../shared/http/service';
import { isObject } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { DAY_MS } from '../../../shared/json/time';
import { ofProspect } from '../../records/eventTypes';
import type { RowsSince } from '../../records/paging';
import { ifReadable, rowsSince } from '../../records/paging';
import { MOST_OF_PERSON } from '../../records/prospects';

/*
 * The reply to a creation has no ID, and there is no list of showings. A showing shows as an event of its prospect, and the
 * prospect is found by what the request says of the person. Source: RentEngine's event type "Showing Scheduled" with its
 * `planned_date_time`; that a showing made by the API gets one is inferred.
 */

/** The prospects of this time are read first: most people book soon after they asked. */
const RECENT_MS = 90 * DAY_MS;

const SCHEDULED = 'Showing Scheduled';
/** Types that tell of a showing or of its prescreening. RentEngine changes the type of an event in place. */
const ABOUT_SHOWINGS = /show|prescreen/i;

interface Showing {
	unitId: string;
	/** Epoch ms. */
	time: number;
	phone: string;
	email: string;
}

/** What tells a showing from others, where RentEngine gives no ID. */
const nameOf = ({ unitId, time, email }: Pick<Showing, 'unitId' | 'time' | 'email'>): string =>
	[unitId, time, email].join(' ');

/** The same of an output row. */
export const nameOfShowing = ({ unitId, plannedForTime, email }: IDataObject): string =>
	nameOf({
		unitId: textOf(unitId),
		time: readServiceTime(plannedForTime),
		email: emailForm(textOf(email)),
	});

function showingOf({ body = {} }: ServiceRequest): Showing {
	const person = isObject(body.prospectData) ? body.prospectData : {};
	return {
		unitId: textOf(body.unitId),
		time: readServiceTime(body.plannedForTime),
		phone: phoneForm(textOf(person.phone)),
		email: emailForm(textOf(person.email)),
	};
}

/** Whether a prospect has neither a phone number nor an email address to compare. */
const hasNoContact = ({ phone, email }: IDataObject): boolean =>
	phoneForm(textOf(phone)) === '' && emailForm(textOf(email)) === '';

/** What the output says of the event of a showing. */
const outputRow = (row: IDataObject): IDataObject => {
	const { id, event_type, prospect_id, planned_date_time, created_at } = row;
	return { id, event_type, prospect_id, planned_date_time, created_at };
};

/** What the events of one prospect tell. */
function judged({ rows, complete, when }: RowsSince, showing: Showing, { isTaken }: LookUpTools): LookedUp {
	let doubtful = !complete;
	for (const row of rows) {
		const isOfUnit = textOf(row.unit_of_interest) === showing.unitId;
		if (isTaken(textOf(row.id)) || (!isOfUnit && textOf(row.unit_of_interest) !== '')) continue;
		const isThen = readServiceTime(row.planned_date_time) === showing.time;
		const time = when(row.created_at);
		if (isThen && isOfUnit && row.event_type === SCHEDULED && time === 'after')
			return { found: [outputRow(row)] };
		// An older showing at the time, one that has gone on since, a prescreening: the request may have done that.
		// One that does not give its type may be anything.
		const mayBe = ABOUT_SHOWINGS.test(textOf(row.event_type)) || textOf(row.event_type) === '';
		doubtful ||= isThen || (mayBe && time !== 'before');
	}
	return doubtful ? 'undecided' : 'absent';
}

/** What the events of the person's prospects tell, among all prospects that match a query. */
async function lookAmong(
	tools: LookUpTools,
	showing: Showing,
	query: IDataObject,
	since: number,
): Promise<LookedUp> {
	const prospects = await rowsSince(tools, '/prospects', query, since);
	const own = prospects.rows.filter(
		({ phone, email }) =>
			phoneForm(textOf(phone)) === showing.phone || emailForm(textOf(email)) === showing.email,
	);
	// A prospect that is new since then may be the request's: it makes the prospect and runs the prescreening first. So may a new
	// one that tells neither a phone number nor an email address.
	const isNew = ({ created_at }: IDataObject) => prospects.when(created_at) !== 'before';
	const mayHaveBegun = own.some(isNew) || prospects.rows.some((row) => isNew(row) && hasNoContact(row));
	const isSure = prospects.complete && own.length <= MOST_OF_PERSON && !mayHaveBegun;
	let verdict: LookedUp = isSure ? 'absent' : 'undecided';
	for (const { id } of own.slice(0, MOST_OF_PERSON)) {
		const events = await rowsSince(tools, '/leasing_events', { prospect_id: id }, since);
		const found = judged({ ...events, rows: events.rows.filter(ofProspect(id)) }, showing, tools);
		if (typeof found === 'object') return found;
		if (found === 'undecided') verdict = found;
	}
	return verdict;
}

/**
 * Looks for a showing among the events of all prospects of the person: planned for the same time and the same unit, since
 * the request began. It is *absent* only if all prospects of the account were read, none of the person's is new since then,
 * and no event tells of anything that the request may have done.
 */
export async function lookUpShowing(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const showing = showingOf(request);
	// Another item of the run made the same showing, and its event cannot be told from that of this one.
	if (tools.isTaken(nameOf(showing))) return 'undecided';
	const through = async (): Promise<LookedUp> => {
		const created_after = new Date(since - RECENT_MS).toISOString();
		const recent = await lookAmong(tools, showing, { created_after }, since);
		return recent === 'absent' ? await lookAmong(tools, showing, {}, since) : recent;
	};
	return await ifReadable(through());
}
