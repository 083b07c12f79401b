import type { IDataObject } from 'n8n-workflow';

import type { Likeness } from '../../../shared/deliver/send/lookUp';
import { likenessOfListed } from '../../../shared/deliver/send/lookUp';
import type { LookedUp, LookUpTools } from '../../../shared/deliver/write';
import type { Remark } from '../../../shared/fields/problem';
import { phoneForm } from '../../../shared/find/alike';
import { contradicts } from '../../../shared/find/contradicts';
import type { ServiceRequest } from '../../../shared/http/service';
import { holdsAll } from '../../../shared/json/compare';
import { isObject } from '../../../shared/json/objects';
import { opened, textOf } from '../../../shared/json/text';
import { usersIn } from '../../records/eventTypes';
import { ifReadable, pagesSince, rowsSince } from '../../records/paging';
import { MOST_OF_PERSON } from '../../records/prospects';

/**
 * Marks a request as one for any of these users, who take turns. Another execution may have sent it for another user,
 * so a look-up takes an assignment to any of them for its own.
 */
export function toAnyOf(users: string[], request: ServiceRequest): ServiceRequest {
	const [sent = {}] = (request.body?.events ?? []) as IDataObject[];
	return { ...request, about: { ...sent, context: [...users].sort(), inBulk: wasInBulk(sent) } };
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
function likenessOf(row: IDataObject, sent: IDataObject, users?: string[]): Likeness {
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

const wasInBulk = ({ context }: IDataObject): boolean =>
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

/** What is looked for, and where. */
interface Sought {
	tools: LookUpTools;
	sent: IDataObject;
	/** Those who take turns. */
	users?: string[];
	since: number;
}

/** What the events of one prospect tell. */
async function lookAmong(prospect_id: unknown, { tools, sent, users, since }: Sought): Promise<LookedUp> {
	let doubtful = false;
	let isWhole = false;
	const query = { prospect_id } as IDataObject;
	for await (const { rows, more, when } of pagesSince(tools, '/leasing_events', query, since)) {
		for (const row of rows) {
			const told = { id: textOf(row.id), when: when(row.created_at) };
			const like = likenessOfListed(tools, told, () =>
				likenessOf(row, { ...sent, prospect_id } as IDataObject, users),
			);
			// The list says `prospect_id` where the reply to a creation says `prospect`.
			if (like === 'same') {
				const remark = wasInBulk(sent) ? ONLY_ONE_IS_SURE : undefined;
				return { found: [{ prospect: row.prospect_id, ...row }], remark };
			}
			doubtful ||= like === 'perhaps';
		}
		isWhole = !more;
	}
	return isWhole && !doubtful ? 'absent' : 'undecided';
}

/**
 * Whether no other prospect with the phone number has an event that was sent in bulk: RentEngine may have come to some of
 * them, and not to the one that is named. RentEngine cannot search, so all prospects of the account are read.
 */
async function isOnNoOther(sought: Sought): Promise<boolean> {
	const { tools, sent, since } = sought;
	const { rows, complete } = await rowsSince(tools, '/prospects', {}, since);
	const named = rows.find(({ id }) => textOf(id) === textOf(sent.prospect_id));
	const numberOf = ({ phone }: IDataObject) => phoneForm(textOf(phone));
	const others = rows.filter((row) => named && row !== named && numberOf(row) === numberOf(named));
	if (!complete || !named || others.length > MOST_OF_PERSON) return false;
	for (const { id } of others) if ((await lookAmong(id, sought)) !== 'absent') return false;
	return true;
}

/**
 * Looks for a leasing event among those of its prospect: same type, context and notes, created since the request
 * began. An event since then that may be the one, but cannot be compared, leaves it undecided. One that was sent in bulk is
 * *absent* only if no other prospect with the phone number has it.
 */
export async function lookUpLeasingEvent(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const [sent] = (request.body?.events ?? []) as IDataObject[];
	if (!sent) return 'undecided';
	const sought: Sought = { tools, sent, users: anyOf(request), since };
	const through = async (): Promise<LookedUp> => {
		const verdict = await lookAmong(sent.prospect_id, sought);
		const isSure = verdict !== 'absent' || !wasInBulk(sent) || (await isOnNoOther(sought));
		return isSure ? verdict : 'undecided';
	};
	return await ifReadable(through());
}
