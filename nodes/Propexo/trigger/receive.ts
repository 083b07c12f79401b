import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { canonical } from '../../shared/json/compare';
import { entriesOf, textOf } from '../../shared/json/text';
import { HOUR_MS } from '../../shared/json/time';
import { isOn } from '../../shared/fields/kinds/choice';
import { emptyChoice } from '../../shared/fields/triggerFields';
import { deliveryIn, IGNORED, NOT_AUTHENTIC, receive, reject, warn } from '../../shared/webhook/incoming';
import { startOnce } from '../../shared/webhook/repeats';
import { warnUntold } from '../../shared/webhook/untold';
import { RECORD_EVENTS } from './events';
import { triggerProperties } from './fields';
import { memoryOf } from './memory';
import { readPayload, simplified } from './payload';

/** Propexo repeats a delivery up to 10 times, every 15 minutes. Half an hour is added for clocks and slow attempts. */
const REPEATED_WITHIN_MS = 3 * HOUR_MS;
/** For events that look the same when they happen again: only until the next attempt. */
const NEXT_ATTEMPT_WITHIN_MS = 20 * 60_000;

/**
 * Whether a request carries the HMAC-SHA256 of its body, in hex. Compared in constant time; never throws.
 *
 * @param secret shared with the sender; without one nothing is signed rightly
 * @param bytes the body as it came over the network, not what was parsed from it
 * @param given the header
 */
export function isSignedWith(secret: string, bytes: Uint8Array, given: unknown): boolean {
	if (secret === '' || typeof given !== 'string' || !/^[0-9a-f]{64}$/i.test(given)) return false;
	return timingSafeEqual(createHmac('sha256', secret).update(bytes).digest(), Buffer.from(given, 'hex'));
}

function isWanted(ctx: IWebhookFunctions, delivery: IDataObject, triggers: string[]): boolean {
	const { integration_id: integrationIds, object: model } = delivery;
	const event = textOf(delivery.event);
	const facts = RECORD_EVENTS.includes(event) ? { integrationIds, model } : { integrationIds };
	const filters = Object.entries(facts)
		.map(([name, fact]) => ({
			name,
			chosen: entriesOf(ctx.getNodeParameter(name, '')),
			told: textOf(fact),
		}))
		.filter(({ chosen }) => chosen.length > 0);
	if (!triggers.includes(event)) return false;
	if (filters.some(({ chosen, told }) => told !== '' && !chosen.includes(told))) return false;
	for (const { name, told } of filters) if (told === '') warnUntold(ctx, triggerProperties, name);
	return true;
}

/** What the workflow gets of a delivery. */
function outputOf(ctx: IWebhookFunctions, delivery: IDataObject): IDataObject {
	return isOn(ctx.getNodeParameter('simplify', true)) === false ? delivery : simplified(delivery);
}

/**
 * Starts a run, unless the delivery repeats an earlier one. Ended syncs have no job ID, and changed records need not have one,
 * so only the last delivery about the same record counts as repeated. A sync names no record either, and often ends like the
 * one before it.
 */
function startFor(ctx: IWebhookFunctions, delivery: IDataObject): IWebhookResponseData {
	const { event, integration_id: integration, object, record_id: record, job_id: job } = delivery;
	const whole = canonical(delivery);
	const output = outputOf(ctx, delivery);
	if (job !== undefined) {
		return startOnce(ctx, { content: whole, withinMs: REPEATED_WITHIN_MS }, output);
	}
	const content = canonical([event, integration, object, record]);
	const withinMs = record === undefined ? NEXT_ATTEMPT_WITHIN_MS : REPEATED_WITHIN_MS;
	return startOnce(ctx, { content, state: whole, withinMs }, output);
}

/**
 * Takes one webhook of Propexo.
 *
 * @returns the run to start. None for a delivery that is not signed with the secret of this registration, that the
 * user did not ask for, or that came before
 */
export async function receivePropexo(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const incoming = await receive(ctx);
	if ('status' in incoming) return reject(ctx, incoming);
	const registration = memoryOf(ctx, ctx.getMode() === 'manual' ? 'test' : 'production').recall();
	if (!registration) {
		warn(
			ctx,
			/**
			 * @cause In n8n's log: the trigger lost what it remembers of its registration, as when a workflow was
			 * copied in the database.
			 * @cure Publish the workflow again.
			 */
			'A webhook was refused: the Propexo Trigger has no secret. Publish the workflow again.',
		);
		return reject(ctx, NOT_AUTHENTIC);
	}
	const { 'propexo-signature': signature } = ctx.getHeaderData();
	if (!isSignedWith(registration.secret, incoming.bytes, signature)) {
		warn(
			ctx,
			/**
			 * @cause In n8n's log: the webhook is not Propexo's, or its registration in Propexo has another secret.
			 * @cure Nothing, if the trigger starts as it should. Otherwise publish the workflow again.
			 */
			'A webhook was refused: it is not signed with the secret of this trigger.',
		);
		return reject(ctx, NOT_AUTHENTIC);
	}
	const triggers = () => entriesOf(ctx.getNodeParameter('triggers', []));
	const came = deliveryIn(ctx, incoming, emptyChoice(ctx, triggerProperties), (body) =>
		readPayload(body, triggers()),
	);
	if ('rejected' in came) return came.rejected;
	const { delivery } = came;
	return isWanted(ctx, delivery, triggers()) ? startFor(ctx, delivery) : IGNORED;
}
