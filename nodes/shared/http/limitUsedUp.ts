import { DateTime } from 'luxon';
import type { Failure } from 'n8n-workflow';

import type { Connection } from './connection';
import type { Exchange } from './exchange';
import { tokenOf } from './service';

/** Whether the service takes no more requests for now. */
export const isOverLimit = (exchange: Exchange): boolean =>
	exchange.kind === 'replied' ? exchange.status === 429 : exchange.limited === true;

/** A wait shorter than this, in ms, is over before anybody reads of it. */
const TELLING_MS = 60_000;

/**
 * That the service takes no more requests for now, and until when if it says so: "RentEngine's request limit is used up
 * until 10:47 (America/Chicago); nothing is wrong with your settings".
 *
 * @example RentEngine's request limit is used up until 10:47 (America/Chicago); nothing is wrong with your settings
 * @cause The service takes no more requests for now. Most likely something else uses the same token or API key.
 * @cure Run it again later, with n8n's _Retry_: what was created is then skipped.
 */
export function limitUsedUp({ ctx, service, limiter }: Connection): string {
	const isSoon = limiter.blockedUntil - Date.now() < TELLING_MS;
	/** @noMessage It is a part of the message below. */
	const how = isSoon ? 'for now' : `until ${momentOf(limiter.blockedUntil, ctx.getTimezone())}`;
	return `${service.name}'s request limit is used up ${how}; nothing is wrong with your settings`;
}

/** The same as n8n reads it from an error: with the wait that the service has asked for, if it has. */
export function causeOfLimit({ limiter }: Connection): Failure {
	const retryAfterMs = limiter.blockedUntil - Date.now();
	const cause = 'rate-limited';
	return retryAfterMs > 0 ? { cause, retryAfterMs, resetsAtEpochMs: limiter.blockedUntil } : { cause };
}

/** "10:47 (America/Chicago)", with the day if that is not today. `at` is in epoch ms. */
export function momentOf(at: number, zone: string): string {
	const moment = DateTime.fromMillis(at, { zone, locale: 'en-US' });
	const isToday = moment.hasSame(DateTime.now().setZone(zone), 'day');
	return `${moment.toFormat(isToday ? 'H:mm' : 'MMMM d, H:mm')} (${zone})`;
}

/**
 * What to do when the limit is used up.
 *
 * @noMessage It is said beside the message above.
 */
export const onceOpen = ({ service }: Connection): string =>
	`Run it again later, and look whether something else uses up the limit of the same ${service.name} ${tokenOf(service)}.`;
