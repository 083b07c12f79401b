import type { Connection } from './connection';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long requests take at the rate of a service. */
export interface Pace {
	ms: number;
	/** "Propexo takes 150 requests in 60 s" */
	rate: string;
}

/** How long so many further requests of an account take, if nobody else uses its rate. */
export function paceOf({ limiter, service }: Connection, count: number): Pace {
	const { limit, windowMs } = limiter.rateNow;
	return {
		ms: limiter.takesMs(count),
		/** @noMessage A part of hints about time. */
		rate: `${service.name} takes ${limit} requests in ${windowMs / SECOND_MS} s`,
	};
}

/** "5,000" */
export const numberOf = (count: number): string => count.toLocaleString('en-US');

/** @noMessage A part of hints about time. */
const about = (count: number, unit: string): string => `about ${count} ${unit}${count === 1 ? '' : 's'}`;

/** "less than a minute", "about 34 minutes", "about 3 hours": as exact as such an estimate is. */
export function spanOf(ms: number): string {
	/** @noMessage A part of hints about time. */
	if (ms < MINUTE_MS) return 'less than a minute';
	if (ms < 2 * HOUR_MS) return about(Math.round(ms / MINUTE_MS), 'minute');
	return about(Math.round(ms / HOUR_MS), 'hour');
}
