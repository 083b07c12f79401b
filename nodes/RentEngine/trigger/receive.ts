import type { IDataObject, IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { emptyChoice, foundNothing, notTaken } from '../../shared/fields/triggerFields';
import { canonical } from '../../shared/json/compare';
import { entriesOf, textOf } from '../../shared/json/text';
import { BoundedMap } from '../../shared/process/boundedMap';
import { nodeIdOf } from '../../shared/process/nodeId';
import { steadyNow } from '../../shared/process/steadyNow';
import {
	NOT_A_WEBHOOK,
	NOT_AUTHENTIC,
	NOT_READY,
	objectIn,
	receive,
	reject,
	warn,
} from '../../shared/webhook/incoming';
import type { Identity } from '../../shared/webhook/repeats';
import { passOver, startOnce } from '../../shared/webhook/repeats';
import { rentEngine } from '../api';
import { ofTypes } from '../records/eventTypes';
import { ABOUT_OTHERS, EVENTS, isChosen, LEASING_EVENTS } from './events';
import { triggerProperties } from './fields';
import type { Change, Delivery } from './payload';
import { readDelivery } from './payload';
import { isSecret } from './secret';

/** For how long a delivery counts as repeated. Whether RentEngine repeats deliveries at all is not documented. */
const REPEATED_WITHIN_MS = 3_600_000;
/** A hundred years: the same delivery counts as repeated until later deliveries take its room. */
const UNTIL_FORGOTTEN_MS = 100 * 365 * 86_400_000;

/** How long the secret is remembered, in ms: n8n reads the credential from its database, and webhooks come in bursts. */
const SECRET_KEPT_MS = 1_000;
/** How many triggers' secrets are remembered at a time. More are hardly published in one n8n. */
const MOST_SECRETS = 1_000;

/** The secret, or why n8n could not read it. */
type ReadSecret = { secret: string } | { failed: Error };

const secrets = new BoundedMap<{ read: Promise<ReadSecret>; until: number }>({
	most: MOST_SECRETS,
	isOver: ({ until }) => until <= steadyNow(),
});

/** The secret with which a webhook is checked; '' when there is none. A failure is not remembered. */
async function currentSecretOf(ctx: IWebhookFunctions): Promise<ReadSecret> {
	const node = nodeIdOf(ctx);
	const { read } = secrets.getOrAdd(node, () => ({
		read: secretOf(ctx).then(
			(secret) => ({ secret }),
			(failed: Error) => ({ failed }),
		),
		until: steadyNow() + SECRET_KEPT_MS,
	}));
	if ('failed' in (await read)) secrets.delete(node);
	return await read;
}

/** The secret of the credential; '' when there is none. */
async function secretOf(ctx: IHookFunctions | IWebhookFunctions): Promise<string> {
	const { webhookSecret } = await ctx.getCredentials(rentEngine.credential);
	return textOf(webhookSecret).trim();
}

const EVENT_VALUES = EVENTS.map(({ value }) => textOf(value));

/** What is wrong with the choices of the node: with them, no webhook could ever start the workflow. */
function wrongChoice(ctx: IHookFunctions): { message: string; description: string } | undefined {
	const { triggerOn, otherTables } = chosenIn(ctx);
	if (triggerOn.length === 0) {
		/**
		 * @cause _Trigger On_ is empty.
		 * @cure Choose at least one event and publish the workflow again.
		 */
		return {
			message: "No event is chosen in 'Trigger On'",
			description: 'Choose at least one event and publish the workflow again.',
		};
	}
	const unknown = triggerOn.find((event) => !EVENT_VALUES.includes(event));
	if (unknown !== undefined) {
		/**
		 * @cause An expression, or a workflow that was written elsewhere, names an event that the list does not have.
		 * @cure Choose from the list, or use the values that the message names.
		 */
		return {
			message: `'Trigger On' names an event that does not exist: '${unknown}'`,
			description: `Choose from the list, or let the expression give one of these: ${EVENT_VALUES.join(', ')}. Then publish the workflow again.`,
		};
	}
	if (otherTables.length > 0 || !ABOUT_OTHERS.some((event) => triggerOn.includes(event))) return undefined;
	/**
	 * @cause An event of other records is chosen, and no table is named.
	 * @cure Enter the names of the tables, or leave out the events of other records.
	 */
	return {
		message: "'Other Tables' is empty, and an event of other records is chosen",
		description:
			"Enter the names of the tables as RentEngine spells them, or take these events out of 'Trigger On'. Then publish the workflow again.",
	};
}

/**
 * Checks what no webhook can be taken without: a secret in the credential, and choices that are not empty.
 *
 * @throws a NodeOperationError, shown in the editor
 */
export async function expectReady(ctx: IHookFunctions): Promise<void> {
	const empty = emptyChoice(ctx, triggerProperties);
	if (empty !== undefined) throw foundNothing(ctx.getNode(), empty);
	const wrong = wrongChoice(ctx);
	if (wrong) throw new NodeOperationError(ctx.getNode(), wrong.message, { description: wrong.description });
	if ((await secretOf(ctx)) !== '') return;
	/**
	 * @cause The workflow is published, and the credential has no _Webhook Secret_.
	 * @cure Enter the API key that is set for the webhook in RentEngine's Developer Portal, and publish the workflow
	 * again.
	 */
	throw new NodeOperationError(ctx.getNode(), "The RentEngine credential holds no 'Webhook Secret'", {
		description:
			"Without it nobody can tell RentEngine's webhooks from forged ones, so none is accepted. Enter the API key that is set for the webhook in RentEngine's Developer Portal as 'Webhook Secret' and publish the workflow again.",
	});
}

function typeOf(row: IDataObject | null): unknown {
	return row?.event_type;
}

/** The events that are chosen, and the tables that are named. */
function chosenIn(ctx: IHookFunctions | IWebhookFunctions) {
	const get = (name: string, separator?: RegExp) => entriesOf(ctx.getNodeParameter(name, ''), separator);
	return { triggerOn: get('triggerOn'), otherTables: get('otherTables', /[,;\s]/) };
}

/** What the user chose in the node. */
function settings(ctx: IWebhookFunctions) {
	const { triggerOn, otherTables } = chosenIn(ctx);
	return {
		isChosen: isChosen(triggerOn, otherTables),
		isOfType: ofTypes(
			ctx.getNodeParameter('eventTypes', []),
			ctx.getNodeParameter('otherEventTypes', ''),
		),
		includeEdits: ctx.getNodeParameter('includeEdits', false) === true,
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

function isWanted(change: Change, wanted: Settings): boolean {
	const { action, table, record, old_record: old } = change;
	const isDeletion = isMarking(change, wanted);
	if (!isDeletion && !wanted.isChosen(table, action)) return false;
	if (table !== LEASING_EVENTS) return true;
	const type = typeOf(record ?? old);
	if (!wanted.isOfType(type)) return false;
	const isEdit = action === 'UPDATE' && old !== null && typeOf(old) === type;
	return isDeletion || wanted.includeEdits || !isEdit;
}

/**
 * Whether a delivery that starts no run tells of an event that the user wants to hear of once it changes. Without that
 * state, its first edit would look like a new event where RentEngine does not say what the row was before.
 */
const isFirstOfWanted = ({ action, table, record }: Change, { isOfType }: Settings): boolean =>
	action === 'INSERT' && table === LEASING_EVENTS && record !== null && isOfType(typeOf(record));

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
	const isUntold = action !== 'DELETE' && type !== undefined && typeOf(old) === undefined;
	if (id !== undefined && old?.deleted === undefined && isMarking(change, wanted))
		return { content: canonical([table, id, 'deleted']), withinMs: UNTIL_FORGOTTEN_MS };
	if (table === LEASING_EVENTS && id !== undefined && isUntold && !wanted.includeEdits) {
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

/**
 * Takes one webhook of RentEngine.
 *
 * @returns the run to start. None for a delivery without the secret of the credential, that the user did not ask for, or
 * that came before
 */
export async function receiveRentEngine(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const incoming = await receive(ctx);
	if ('status' in incoming) return reject(ctx, incoming);
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
	if (!isSecret(secret, ctx.getHeaderData()['x-api-key'])) {
		warn(ctx, secret === '' ? NO_SECRET : OTHER_SECRET);
		return reject(ctx, NOT_AUTHENTIC);
	}
	const empty = emptyChoice(ctx, triggerProperties);
	if (empty !== undefined) {
		warn(ctx, notTaken(empty));
		return reject(ctx, NOT_READY);
	}
	const body = objectIn(incoming.bytes);
	const delivery = body && readDelivery(body);
	if (!delivery) return reject(ctx, NOT_A_WEBHOOK);
	const wanted = settings(ctx);
	const identity = identityOf(delivery, wanted);
	if (!isWanted(delivery.change, wanted)) {
		return passOver(ctx, identity, isFirstOfWanted(delivery.change, wanted));
	}
	return startOnce(ctx, identity, delivery.change);
}
