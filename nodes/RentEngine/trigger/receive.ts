import type { IDataObject, IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { IGNORED, NOT_A_WEBHOOK, NOT_AUTHENTIC, objectIn, receive, reject } from '../../shared/incoming';
import { canonical, startOnce } from '../../shared/repeats';
import { isSecret } from '../../shared/signature';
import { textOf } from '../../shared/text';
import { rentEngine } from '../api';
import { LEASING_EVENTS, OTHER } from './fields';
import type { Change, Delivery } from './payload';
import { readDelivery } from './payload';

/** Whether and how long RentEngine repeats a delivery is not documented. */
const REPEATED_WITHIN_MS = 3_600_000;

/** The secret of the credential; '' when there is none. */
async function secretOf(ctx: IHookFunctions | IWebhookFunctions): Promise<string> {
	const { webhookSecret } = await ctx.getCredentials(rentEngine.credential);
	return textOf(webhookSecret).trim();
}

/**
 * Checks that webhooks can be taken at all.
 *
 * @throws a NodeOperationError, shown in the editor, when the credential holds no secret
 */
export async function checkSecret(ctx: IHookFunctions): Promise<void> {
	if ((await secretOf(ctx)) !== '') return;
	throw new NodeOperationError(ctx.getNode(), "The RentEngine credential holds no 'Webhook Secret'", {
		description:
			"Without it nobody can tell RentEngine's webhooks from forged ones, so none is taken. Enter the API key that is set for the webhook in RentEngine's Developer Portal as 'Webhook Secret' and publish the workflow again.",
	});
}

/** A list, or the separated text that a user or an expression gives. */
function list(value: unknown, separator: RegExp): string[] {
	const entries = Array.isArray(value) ? value : textOf(value).split(separator);
	return entries.map((entry) => textOf(entry).trim()).filter((entry) => entry !== '');
}

function typeOf(row: IDataObject | null): unknown {
	return row?.event_type;
}

/** What the node is set to. */
function settings(ctx: IWebhookFunctions) {
	const get = (name: string, separator = /,/) => list(ctx.getNodeParameter(name, ''), separator);
	const tables = get('tables');
	return {
		tables: [
			...tables.filter((table) => table !== OTHER),
			...(tables.includes(OTHER) ? get('otherTables', /[,;]/) : []),
		],
		actions: get('actions'),
		types: [...list(ctx.getNodeParameter('eventTypes', []), /;/), ...get('otherEventTypes', /;/)],
		includeEdits: ctx.getNodeParameter('includeEdits', false) === true,
	};
}

type Settings = ReturnType<typeof settings>;

function isWanted({ action, table, record, old_record: old }: Change, wanted: Settings): boolean {
	if (!wanted.tables.includes(table) || !wanted.actions.includes(action)) return false;
	if (table !== LEASING_EVENTS) return true;
	const type = typeOf(record ?? old);
	if (wanted.types.length > 0 && !wanted.types.includes(textOf(type))) return false;
	const isEdit = action === 'UPDATE' && old !== null && typeOf(old) === type;
	return wanted.includeEdits || !isEdit;
}

/**
 * What makes two deliveries the same. RentEngine changes leasing events in place, under one ID: where it does not
 * tell what a row was before, its type is all that tells one event from the next.
 */
function identity({ change, eventId }: Delivery, { includeEdits }: Settings): string {
	const { table, record, old_record: old } = change;
	const isTyped = table === LEASING_EVENTS && record?.id !== undefined && typeOf(record) !== undefined;
	if (isTyped && !old && !includeEdits) return canonical([table, record.id, typeOf(record)]);
	return canonical([change, eventId ?? null]);
}

/**
 * Takes one webhook of RentEngine.
 *
 * @returns the run to start, or an answer without one: what does not bring the secret of the credential, was not
 * asked for, or has been delivered before
 */
export async function receiveRentEngine(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const incoming = receive(ctx);
	if ('status' in incoming) return reject(ctx, incoming);
	// Without its credential the node is as closed as without a secret.
	const secret = await secretOf(ctx).catch(() => '');
	if (secret === '')
		ctx.logger.warn("A webhook was refused: the RentEngine credential has no 'Webhook Secret'.");
	if (!isSecret(secret, ctx.getHeaderData()['x-api-key'])) return reject(ctx, NOT_AUTHENTIC);
	const body = objectIn(incoming.bytes);
	const delivery = body && readDelivery(body);
	if (!delivery) return reject(ctx, NOT_A_WEBHOOK);
	const wanted = settings(ctx);
	if (!isWanted(delivery.change, wanted)) return IGNORED;
	return startOnce(ctx, identity(delivery, wanted), REPEATED_WITHIN_MS, delivery.change);
}
