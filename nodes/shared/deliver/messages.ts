import type { IDataObject } from 'n8n-workflow';

import { addressOf } from '../http/service';
import { withItemName } from '../report/itemName';
import type { Because, Report } from '../report/outcome';
import type { Doubt } from './doubt';
import type { InputItem, ReadyItem } from './items';
import { givenKey, KEY_LABEL, offersKeys } from './keyField';
import { isLookedUp } from './options';
import type { Write } from './write';

/** @noMessage It is said beside the messages below. */
const WHICH_EVENT =
	"The two events differ in person, kind, time or the address they go to; a person named in another way, such as by ID, counts as another one. Each event needs its own ID. If your system gives several events one ID, or you tested at another address, set the option 'Same ID, Other Event' to Send; if it delivers changed events again, to Skip. If you corrected the item since, correct the delivered event by hand.";

const isUsed = (by: 'recorded' | 'refused', message: string) => ({
	fields: [{ field: KEY_LABEL, message, used_by: by }],
});

/**
 * The key is done, and its event was another one (*Same ID, Other Event*).
 *
 * @cause Two events came with one ID, and they differ in person, kind or time, or in the address that they are sent to.
 * @cure See [the same ID, another event](twice.md#the-same-id-another-event).
 */
export const KEY_OF_OTHER_EVENT: Because = {
	because: "its 'Event ID in Your System' was already used for another event, so it was not sent",
	description: WHICH_EVENT,
	details: isUsed('recorded', 'was already used for another event'),
};

/**
 * The same, and the service refused that other event after it had taken it.
 *
 * @cause Another event was sent with this ID before, and the PMS refused it.
 * @cure Send this one with another ID.
 */
export const KEY_OF_REFUSED_EVENT: Because = {
	because:
		"its 'Event ID in Your System' was already used for another event, which was refused, so it was not sent",
	description:
		"The two events differ in person, kind, time or the address they go to. Send this one with another ID. If your system gives several events one ID, set the option 'Same ID, Other Event' to Send.",
	details: isUsed('refused', 'was already used for another event, which was refused'),
};

/**
 * The key is begun and in doubt, and its event is another one.
 *
 * @cause Another event was sent with this ID before, and nobody knows whether it was created.
 * @cure Check where the ID comes from: each event needs its own.
 */
export const KEY_BEGUN_FOR_OTHER_EVENT: Because = {
	because:
		"its 'Event ID in Your System' was already used for another event, which may or may not exist, so it was not sent",
	description: WHICH_EVENT,
	details: {},
};

/** @noMessage It is said beside the messages below. */
const SAVE_WORKFLOW =
	"Save the workflow and run it again. If it is saved, n8n's database may be down or too slow.";
/**
 * n8n has no store to keep the item's key in.
 *
 * @cause The workflow was never saved, or n8n's database is down or too slow.
 * @cure Save the workflow and run it again.
 */
export const KEY_NOT_RECORDED: Because = {
	because: "n8n could not save its 'Event ID in Your System', so it was not sent",
	description: SAVE_WORKFLOW,
	details: {},
};
/**
 * n8n has no store for the claim of the record that the item makes.
 *
 * @cause Before a new record is added, the node saves what it is recognized by in n8n's database, so that it is added once. The
 * workflow was never saved, or n8n's database is down or too slow.
 * @cure Save the workflow and run it again.
 */
export const RECORD_NOT_CLAIMED: Because = {
	because: 'n8n could not save that this item adds a new record, so it was not sent',
	description: SAVE_WORKFLOW,
	details: {},
};

/**
 * What is added to the message about a record that stays in doubt although a look-up was asked for.
 *
 * @cause The look-up gave no clear answer, or n8n's database could not be asked for the event's ID.
 * @cure Look for the record in the service yourself.
 */
export const UNDECIDED = 'The node could not find out whether it exists.';
/**
 * What is added where the option says that it is not sent again.
 *
 * @cause The node looked for the record in the service and did not find it. It may still appear there: the service may be slow.
 * @cure Look there yourself later. If it is delivered again with the same ID, it is looked up again.
 */
export const NOT_FOUND = 'A look-up did not find it; it may still appear there later.';
/**
 * What is added about a record in doubt whose item cannot be read in a further try, or has no usable credential.
 *
 * @param problems what is wrong with the item, as `problemTexts` says it
 * @example It could not be looked up: 'Token' of the credential is empty. Fill it in.
 * @cause An earlier try left the record in doubt. In this one, a field or the credential of the item is wrong.
 * @cure Correct what it names, and use _Retry_ again.
 */
export function wrongByNow(options: IDataObject, problems: string): string {
	const text = problems.replace(/\.?$/, '.');
	return isLookedUp(options)
		? `It could not be looked up: ${text}`
		: `By now something is wrong with it: ${text}`;
}
/**
 * @cause The look-up did not find the record, and the run ended before it could be sent again.
 * @cure Run it again: it is looked up once more.
 */
export const notFoundYet = (because: string): string =>
	`A look-up did not find it, and the run ended before it could be sent again (${because}).`;

/**
 * @cause The first request had no clear answer, and the look-up did not find the record. So it was sent again, and that was
 * refused. It says nothing about the first request: the token may have been revoked since, or the record may be there.
 * @cure Look in the service whether the record exists.
 */
export const refusedAgain = (because: string): string =>
	`A look-up did not find it, so it was sent again, and that was refused (${because}).`;

/**
 * @example It was sent more than once, and one request was refused (the PMS refused it: The slot is taken), perhaps because another was carried out.
 * @cause The first request had no clear answer, so it was sent again. The service took the second one, and the PMS refused it. It
 * may have done so because it has taken the first one, or may still take it.
 * @cure Look in the PMS whether the record exists, before you use _Write Job: Retry_.
 */
export const refusedOnce = (because: string): string =>
	`It was sent more than once, and one request was refused (${because}), perhaps because another was carried out.`;

/**
 * @cause The first request had no clear answer, and the look-up did not find the record. So it was sent again, and the service
 * refused what it holds: it does not exist.
 * @cure Fix what the message names, and send it again.
 */
export const NOT_FOUND_AND_REFUSED = 'A look-up did not find it, so it was sent again and then refused.';

/**
 * The user stopped the execution.
 *
 * @cause Somebody stopped the execution.
 * @cure Run it again.
 */
export const STOPPED: Because = {
	because: 'the execution was stopped before it was sent',
	description: 'Run it again.',
	details: {},
};

const isRedirect = ({ httpCode = 0 }: Doubt): boolean => httpCode >= 300 && httpCode < 400;

const status = ({ httpCode }: Doubt): Pick<Report, 'httpCode' | 'details'> => ({
	httpCode,
	details: { ...(httpCode !== undefined && { http_status: httpCode }) },
});

/** What happened before a record was left in doubt. */
interface Before {
	/** A sentence about the look-ups. */
	added?: string;
	/** How often it was sent. */
	sends?: number;
}

/**
 * How often it was sent, and what that means.
 *
 * @noMessage Sentences below the message.
 */
function timesSent(sends: number, { isRefused }: Doubt, isNew: boolean): string {
	// Another sentence says that it was sent more than once. Two requests, of which one was refused, made one record at most.
	if (isRefused) return isNew && sends > 2 ? 'It may exist more than once.' : '';
	if (!isNew)
		return sends > 1
			? `It was sent ${sends} times, because look-ups did not find it.`
			: 'It was not sent again.';
	return sends > 1
		? `It was sent ${sends} times, because look-ups did not find it, and may exist more than once.`
		: 'It was not sent again, so that it is not created twice.';
}

/**
 * A record that stays in doubt.
 *
 * @example The service did not answer within the timeout, so the lead event may or may not exist in Propexo
 * @cause The request was sent, and no clear answer came back. Nobody knows whether the record exists.
 * @cure Look in the system that it goes to, such as the PMS. If it is missing there, send it again in a new execution, with
 * another _Event ID in Your System_ if it has one. Run a _Create or Update_ again; a new lead with _If Outcome Is Unknown_ set
 * to _Look Up, Then Retry_.
 * With _Look Up, Then Report_ the node looks for it by itself: see [which choice
 * fits](reliability.md#if-the-outcome-is-unknown).
 */
export function mayExist(
	write: Write,
	{ name, options, request }: Pick<InputItem, 'name' | 'options'> & Partial<Pick<ReadyItem, 'request'>>,
	doubt: Doubt,
	{ added = '', sends = 1 }: Before = {},
): Report {
	const { service, noun } = write;
	const does = doubt.does ?? (request && write.does?.(request)) ?? 'creates';
	/** @noMessage A part of the message below. */
	const otherKey = givenKey(options) === undefined ? '' : ", with another 'Event ID in Your System'";
	/** @noMessage A part of the message below. */
	const lookUp = isLookedUp(options)
		? ''
		: " With the option 'If Outcome Is Unknown' set to 'Look Up, Then Report' the node does that by itself.";
	/** @noMessage A part of the message below. */
	const redirected = isRedirect(doubt)
		? ` A wrong address redirects too: check ${addressOf(service)}.`
		: '';
	/** @noMessage Parts of the message below. Where a record is claimed without a key, a new execution finds the claim. */
	const [what, again] = offersKeys(write)
		? [noun, `send it again in a new execution${otherKey}.${lookUp}`]
		: does === 'changes'
			? ['update', 'run it again.']
			: [noun, "run it again with the option 'If Outcome Is Unknown' set to 'Look Up, Then Retry'."];
	/** @noMessage It is said below the message. */
	const advice = `Look in ${service.behind ?? service.name}: if it is missing there, ${again}${redirected}`;
	return {
		message: withItemName(
			name,
			`${doubt.because}, so the ${what} may or may not exist in ${service.name}`,
		),
		description: [added, timesSent(sends, doubt, does === 'creates'), advice]
			.filter((sentence) => sentence !== '')
			.join(' '),
		...status(doubt),
	};
}
