import { DateTime } from 'luxon';
import type { Failure } from 'n8n-workflow';

import type { Connection } from './connection';

/** A wait shorter than this, in ms, is over before anybody reads of it. */
const TELLING_MS = 60_000;

const TIME = 'H:mm';
const DAY_AND_TIME = 'MMMM d, H:mm';

/**
 * That the service takes no more requests for now, and until when if it says so: "RentEngine's limit is used up until
 * 10:47 (America/Chicago)".
 */
export function limitUsedUp({ ctx, service, limiter }: Connection): string {
	const said = `${service.name}'s request limit is used up`;
	const now = Date.now();
	if (limiter.blockedUntil - now < TELLING_MS) return `${said} for now`;
	return `${said} until ${momentOf(limiter.blockedUntil, ctx.getTimezone())}`;
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
	return `${moment.toFormat(isToday ? TIME : DAY_AND_TIME)} (${zone})`;
}

/** What to do when the limit is used up. */
export const onceOpen = ({ service: { name } }: Connection): string =>
	`Nothing is wrong with your settings. Run it again later, and look whether something else uses up the limit of the same ${name} token.`;
