import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { canonical } from '../../shared/json/compare';
import { isOn } from '../../shared/fields/kinds/choice';
import { emptyChoice } from '../../shared/fields/triggerFields';
import { textOf } from '../../shared/json/text';
import { DAY_MS, HOUR_MS } from '../../shared/json/time';
import { deliveryIn, NOT_AUTHENTIC, NOT_READY, receive, reject, warn } from '../../shared/webhook/incoming';
import type { Identity } from '../../shared/webhook/repeats';
import { passOver, startOnce } from '../../shared/webhook/repeats';
import { warnUntold } from '../../shared/webhook/untold';
import { ofTypes } from '../records/eventTypes';
import { ABOUT_OTHERS, isChosen, LEASING_EVENTS } from './events';
import { triggerProperties } from './fields';
import type { Change, Delivery } from './payload';
import { readDelivery } from './payload';
import { chosenIn, rejectedWrongChoice } from './ready';
import { currentSecretOf, isSecret } from './secret';

/** For how long a delivery counts as repeated. Whether RentEngine repeats deliveries at all is not documented. */
const REPEATED_WITHIN_MS = HOUR_MS;
/** A hundred years: the same delivery counts as repeated until later deliveries take its room. */
const UNTIL_FORGOTTEN_MS = 100 * 365 * DAY_MS;

/** '' where RentEngine does not tell it, as with `old_record` of a database that only keeps the ID of a deleted row. */
const typeOf = (row: IDataObject | null): string => textOf(row?.event_type);

/** What the user chose in the node. */
function settings(ctx: IWebhookFunctions) {
	const { triggerOn, otherTables } = chosenIn(ctx);
	return {
		isChosen: isChosen(triggerOn, otherTables),
		/** As a table that the user named: then all that happens there is wanted. */
		isNamed: isChosen(
			triggerOn.filter((event) => ABOUT_OTHERS.includes(event)),
			otherTables,
		),
		isOfType: ofTypes(
			ctx.getNodeParameter('eventTypes', []),
			ctx.getNodeParameter('otherEventTypes', ''),
		),
		includeEdits: isOn(ctx.getNodeParameter('includeEdits', false)) === true,
	};
}

type Settings = ReturnType<typeof settings>;

/**
 * Whether a change marks a leasing event as deleted, and deletions are asked for. Source: the flag `deleted` of RentEngine's page
 * "Create leasing events". It is inferred that RentEngine sends such a row as an UPDATE.
 */
function isMarking({ action, table, record, old_record: old }: Change, { isChosen }: Settings): boolean {
	const isMarked = action === 'UPDATE' && table === LEASING_EVENTS && record?.deleted === true;
	return isMarked && old?.deleted !== true && isChosen(table, 'DELETE');
}

/** @returns the filter that would need what RentEngine does not tell, if the change is wanted because of it */
function isWanted(change: Change, wanted: Settings): boolean | 'eventTypes' | 'includeEdits' {
	const { action, table, record, old_record: old } = change;
	const isDeletion = isMarking(change, wanted);
	if (!isDeletion && !wanted.isChosen(table, action)) return false;
	if (table !== LEASING_EVENTS || wanted.isNamed(table, action)) return true;
	const type = typeOf(record ?? old);
	const isEdit = action === 'UPDATE' && !isDeletion && !wanted.includeEdits;
	if (type === '') return wanted.isOfType('') ? !isEdit || 'includeEdits' : 'eventTypes';
	return wanted.isOfType(type) && !(isEdit && typeOf(old) === type);
}

/**
 * Whether a delivery that starts no run tells of an event that the user wants to hear of once it changes. Without that
 * state, its first edit would look like a new event where RentEngine does not say what the row was before.
 */
const isFirstOfWanted = ({ action, table, record }: Change, { isOfType }: Settings): boolean =>
	action === 'INSERT' && table === LEASING_EVENTS && record !== null && isOfType(typeOf(record));

/** Whether a leasing event is marked as deleted, which may be taken back. */
const markedAs = (id: unknown, isDeleted: boolean): Identity => ({
	content: canonical([LEASING_EVENTS, id, 'deleted']),
	state: canonical(isDeleted),
	withinMs: UNTIL_FORGOTTEN_MS,
});

/** Notes that a leasing event is not marked as deleted any more, so that it starts a run when it is marked again. */
function noteRestored(ctx: IWebhookFunctions, { action, table, record }: Change): void {
	const isRestored = action === 'UPDATE' && table === LEASING_EVENTS && record?.deleted === false;
	if (isRestored && record.id !== undefined) passOver(ctx, markedAs(record.id, false));
}

/**
 * What makes two deliveries the same. A row may change back and forth, told in the same words each time. So without an ID
 * of the event, only the last delivery about a row counts as repeated. An insertion stays the same whatever updates follow.
 *
 * RentEngine changes leasing events in place, under one ID. Where it does not say what a row was before, the row is
 * another event if its type is not the last one: however long ago that was, an edit tells it in the same words. A deletion
 * ends the event, in whichever of its two places the row stands; a row that is marked as deleted may be edited further.
 */
function identityOf({ change, eventId }: Delivery, wanted: Settings): Identity {
	const { action, table, record, old_record: old } = change;
	const id = (record ?? old)?.id ?? undefined;
	const type = typeOf(record);
	const isUntold = action !== 'DELETE' && type !== '' && typeOf(old) === '';
	const isNamed = wanted.isNamed(table, action);
	if (id !== undefined && old?.deleted === undefined && isMarking(change, wanted) && !isNamed)
		return markedAs(id, true);
	if (table === LEASING_EVENTS && id !== undefined && isUntold && !wanted.includeEdits && !isNamed) {
		return {
			content: canonical([table, id]),
			state: canonical(type),
			begins: action === 'INSERT',
			withinMs: UNTIL_FORGOTTEN_MS,
		};
	}
	const withinMs = REPEATED_WITHIN_MS;
	if (eventId !== undefined || id === undefined) return { content: canonical([change, eventId]), withinMs };
	return { content: canonical([table, id, action]), state: canonical(change), withinMs };
}

/**
 * @cause In n8n's log: the credential has no _Webhook Secret_.
 * @cure Enter it, and publish the workflow again.
 */
const NO_SECRET = "A webhook was refused: the RentEngine credential has no 'Webhook Secret'.";
/**
 * @cause In n8n's log: a webhook came without an API key or with another one than the credential holds.
 * @cure Enter the API key that the webhook has in RentEngine's Developer Portal as _Webhook Secret_ of the credential.
 */
const OTHER_SECRET =
	"A webhook was refused: it did not bring the 'Webhook Secret' of the RentEngine credential.";

/** The answer to a request that does not prove to be from RentEngine; undefined for one that does. */
async function rejectedUnproven(ctx: IWebhookFunctions): Promise<IWebhookResponseData | undefined> {
	const read = await currentSecretOf(ctx);
	if ('failed' in read) {
		/**
		 * @cause In n8n's log: n8n could not read the RentEngine credential of the trigger, perhaps because its database
		 * was busy. The webhook was answered with 503.
		 * @cure Nothing, if RentEngine sends the webhook again. Otherwise look at the reason in the log, and at the
		 * credential of the trigger.
		 */
		warn(
			ctx,
			`A webhook was not accepted: the RentEngine credential could not be read. ${read.failed.message}`,
		);
		return reject(ctx, NOT_READY);
	}
	const { secret } = read;
	if (isSecret(secret, ctx.getHeaderData()['x-api-key'])) return undefined;
	warn(ctx, secret === '' ? NO_SECRET : OTHER_SECRET);
	return reject(ctx, NOT_AUTHENTIC);
}

/**
 * Takes one webhook of RentEngine.
 *
 * @returns the run to start. None for a delivery without the secret of the credential, that the user did not ask for, or
 * that came before
 */
export async function receiveRentEngine(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const incoming = await receive(ctx);
	if ('status' in incoming) return reject(ctx, incoming);
	const unproven = await rejectedUnproven(ctx);
	if (unproven) return unproven;
	const came = deliveryIn(ctx, incoming, emptyChoice(ctx, triggerProperties), readDelivery);
	if ('rejected' in came) return came.rejected;
	const wrong = rejectedWrongChoice(ctx);
	if (wrong) return wrong;
	const { delivery } = came;
	noteRestored(ctx, delivery.change);
	const wanted = settings(ctx);
	const identity = identityOf(delivery, wanted);
	const isStarting = isWanted(delivery.change, wanted);
	if (isStarting === false) return passOver(ctx, identity, isFirstOfWanted(delivery.change, wanted));
	if (isStarting !== true) warnUntold(ctx, triggerProperties, isStarting);
	return startOnce(ctx, identity, delivery.change);
}
