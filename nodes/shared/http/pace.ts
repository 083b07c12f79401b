import { DateTime } from 'luxon';
import type { Failure } from 'n8n-workflow';

import { HOUR_MS } from '../json/time';
import type { Connection } from './connection';
import { tokenOf } from './service';

/*
 * The rate of a service as people are told of it: how long requests take, and until when it is used up.
 */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** How long requests take at the rate of a service. */
export interface Pace {
	ms: number;
	/** "Propexo takes 150 requests in 60 s" */
	rate: string;
}

/** How long so many further requests of an account take, if nobody else uses its rate. */
function paceOf({ limiter, service }: Connection, count: number): Pace {
	const { limit, windowMs } = limiter.rateNow;
	return {
		ms: limiter.takesMs(count),
		/** @noMessage A part of hints about time. */
		rate: `${service.name} takes ${limit} requests in ${windowMs / SECOND_MS} s`,
	};
}

/** How long so many further requests of several accounts take: the time of the slowest. Undefined without any. */
export function slowestPace(counts: Iterable<[Connection, number]>): Pace | undefined {
	const paces = [...counts].map(([connection, count]) => paceOf(connection, count));
	return paces.sort((a, b) => b.ms - a.ms)[0];
}

/** "5,000" */
export const numberOf = (count: number): string => count.toLocaleString('en-US');

/** @noMessage A part of hints about time. */
const about = (count: number, unit: string): string => `about ${count} ${unit}${count === 1 ? '' : 's'}`;

/** "less than a minute", "about 34 minutes", "about 3 hours": as exact as such an estimate is. */
export function durationOf(ms: number): string {
	/** @noMessage A part of hints about time. */
	if (ms < MINUTE_MS) return 'less than a minute';
	if (ms < 2 * HOUR_MS) return about(Math.round(ms / MINUTE_MS), 'minute');
	return about(Math.round(ms / HOUR_MS), 'hour');
}

/**
 * That the service takes no more requests for now, and until when if it says so: "RentEngine's request limit is used up
 * until 10:47 (America/Chicago)".
 *
 * @example RentEngine's request limit is used up until 10:47 (America/Chicago)
 * @cause The service takes no more requests for now. Most likely something else uses the same token or API key.
 * @cure Run it again later, with n8n's _Retry_: what was created is then skipped.
 */
export function limitUsedUp({ ctx, service, limiter }: Connection): string {
	// A shorter wait is over before anybody reads of it.
	const isSoon = limiter.blockedUntil - Date.now() < MINUTE_MS;
	/** @noMessage It is a part of the message below. */
	const how = isSoon ? 'for now' : `until ${momentInWords(limiter.blockedUntil, ctx.getTimezone())}`;
	return `${service.name}'s request limit is used up ${how}`;
}

/** The same as n8n reads it from an error: with the wait that the service has asked for, if it has. */
export function causeOfLimit({ limiter }: Connection): Failure {
	const retryAfterMs = limiter.blockedUntil - Date.now();
	const cause = 'rate-limited';
	return retryAfterMs > 0 ? { cause, retryAfterMs, resetsAtEpochMs: limiter.blockedUntil } : { cause };
}

/** "10:47 (America/Chicago)", with the day if that is not today. `at` is in epoch ms. */
export function momentInWords(at: number, zone: string): string {
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
	`Run it again later. Something else may use up the limit of the same ${service.name} ${tokenOf(service)}.`;
