import type { IDataObject } from 'n8n-workflow';

import type { LookedUp, LookUpTools } from '../../../shared/deliver/write';
import type { Remark } from '../../../shared/fields/problem';
import type { Since } from '../../../shared/http/serviceTime';
import { sinceBy } from '../../../shared/http/serviceTime';
import { contradicts, opened } from '../../../shared/find/contradicts';
import { replyIfDone } from '../../../shared/http/whatReplyProves';
import type { ServiceRequest } from '../../../shared/http/service';
import { holdsAll } from '../../../shared/json/compare';
import { isObject } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import type { Page } from '../../../shared/read/pages';
import { UndocumentedReply } from '../../../shared/find/get';
import { usersIn } from '../../records/eventTypes';
import { ifReadable, pageIn, pageRequest } from '../../records/paging';

/** The most pages that a look-up reads. More events of a prospect leave it undecided. */
const MOST_PAGES = 50;

/**
 * Marks a request as one for any of these users, who take turns. Another execution may have sent it for another user,
 * so a look-up takes an assignment to any of them for its own.
 */
export function toAnyOf(users: string[], request: ServiceRequest): ServiceRequest {
	const [sent] = (request.body?.events ?? []) as IDataObject[];
	return { ...request, about: { ...sent, context: [...users].sort() } };
}

/** The users of `toAnyOf`; undefined for a request that is for all users it names. */
function anyOf({ about }: ServiceRequest): string[] | undefined {
	const users = isObject(about) ? about.context : undefined;
	return Array.isArray(users) ? users.map(textOf) : undefined;
}

function isToOneOf(users: string[], context: unknown): boolean {
	const [given = '', ...others] = usersIn(context);
	return others.length === 0 && users.includes(given.toLowerCase());
}

/** Notes may come back with other line ends, and without the spaces around them. */
const notesOf = ({ notes }: IDataObject): string => textOf(notes).replace(/\s+/g, ' ').trim();

/**
 * How sure it is that an event of the list is the one that was sent. It is the same with the same type, notes and context.
 * It is another one only if it says so: what a reading of events looks like is not documented.
 */
function likenessOf(row: IDataObject, sent: IDataObject, users?: string[]): 'same' | 'perhaps' | 'other' {
	const { event_type, notes, prospect_id } = sent;
	const context = { ...(sent.context as IDataObject | undefined) };
	// RentEngine may not keep with the event whether it was applied in bulk.
	delete context.applyActionInBulk;
	const wanted = { ...context, ...(users && { assignedToUserIds: users }) };
	const told = { ...row, prospect_id: row.prospect_id ?? row.prospect };
	if (contradicts(told, { prospect_id, event_type, notes, context: wanted })) return 'other';
	if (users) delete context.assignedToUserIds;
	const given = opened(row.context);
	const isSame =
		row.event_type === event_type &&
		notesOf(row) === notesOf(sent) &&
		holdsAll(given ?? {}, context) &&
		(!users || isToOneOf(users, given));
	return isSame ? 'same' : 'perhaps';
}

const isInBulk = ({ context }: IDataObject): boolean =>
	isObject(context) && context.applyActionInBulk === true;

/**
 * @cause A hint: RentEngine gave no clear answer to an assignment in bulk, and the prospect that the item names has it. Nobody
 * knows whether RentEngine came to the other prospects with the phone number.
 * @cure Look at the other prospects of the person in RentEngine.
 */
const ONLY_ONE_IS_SURE: Remark = {
	label: 'Apply Action in Bulk',
	remark: 'may have reached only some of the prospects with the phone number: RentEngine gave no clear answer. Look at the others in RentEngine',
};

interface EventPage extends Page {
	/** Compares times in it with the moment the request began. */
	when: Since;
}

/** @throws UndocumentedReply when what came is no page of events */
async function readEvents({ ask }: LookUpTools, request: ServiceRequest, since: number): Promise<EventPage> {
	const reply = replyIfDone(await ask(request));
	// Events do not come as a bare list.
	const page = pageIn(isObject(reply?.body) ? reply.body : undefined);
	if (!reply || !page) throw new UndocumentedReply();
	return { ...page, when: sinceBy(reply, since) };
}

/**
 * Looks for a leasing event among those of its prospect: same type, context and notes, created since the request
 * began. Source: GET /leasing_events with `prospect_id`, `limit` and `page_number` from 0, as public clients use it;
 * the reply is `{ data, page: { has_more } }`. An event since then that may be the one, but cannot be compared, leaves it
 * undecided.
 */
export async function lookUpLeasingEvent(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const [sent] = (request.body?.events ?? []) as IDataObject[];
	if (!sent) return 'undecided';
	const query = { prospect_id: sent.prospect_id };
	const users = anyOf(request);
	const through = async (): Promise<LookedUp> => {
		let doubtful = false;
		// Reads up to the last page, even after a page with nothing new: *absent* must be certain.
		for (let page = 0; page < MOST_PAGES; page++) {
			const request = pageRequest('/leasing_events', query, page);
			const { rows, more, when } = await readEvents(tools, request, since);
			for (const row of rows) {
				const time = when(row.created_at);
				if (tools.isTaken(textOf(row.id)) || time === 'before') continue;
				const like = likenessOf(row, sent, users);
				// The list says `prospect_id` where the reply to a creation says `prospect`.
				if (like === 'same' && time === 'after') {
					const remark = isInBulk(sent) ? ONLY_ONE_IS_SURE : undefined;
					return { found: [{ prospect: row.prospect_id, ...row }], remark };
				}
				doubtful ||= like !== 'other';
			}
			if (!more) return doubtful ? 'undecided' : 'absent';
		}
		return 'undecided';
	};
	return await ifReadable(through());
}
