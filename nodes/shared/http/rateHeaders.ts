import { textOf } from '../json/text';

/** What the headers of one reply say about the rate; undefined where they say nothing that can be read. */
interface RateHeaders {
	/** How many requests the service takes in one window. */
	limit?: number;
	/** How many of them are left. */
	remaining?: number;
	/** When the window ends, in ms from now. */
	resetMs?: number;
	/** How long the service asks to wait, in ms from now. */
	retryAfterMs?: number;
}

/** Seconds above this are epoch seconds, and above the second one epoch ms. */
const EPOCH_SECONDS_FROM = 1e9;
const EPOCH_MS_FROM = 1e11;

/** A header's number, written in digits; undefined for any other text, even if `Number` reads it. */
function readNumber(value: unknown): number | undefined {
	const text = textOf(value).trim();
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Seconds (fractions allowed), epoch seconds or ms, or an HTTP date, as ms from `now`; undefined when unreadable. */
function readDelay(value: unknown, now: number): number | undefined {
	const seconds = readNumber(value);
	if (seconds !== undefined) {
		if (seconds > EPOCH_MS_FROM) return Math.max(0, seconds - now);
		return Math.max(0, seconds > EPOCH_SECONDS_FROM ? seconds * 1_000 - now : seconds * 1_000);
	}
	const date = Date.parse(textOf(value));
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function readCount(value: unknown): number | undefined {
	const count = readNumber(value);
	return count === undefined ? undefined : Math.floor(count);
}

/**
 * Reads the headers in which services tell their rate.
 *
 * @param headers names in lower case
 * @param here epoch ms by the clock of this machine, which may be wrong: that of the service counts, if it tells its time
 */
export function readRateHeaders(headers: Record<string, unknown>, here: number): RateHeaders {
	const now = Date.parse(textOf(headers.date)) || here;
	return {
		limit: readCount(headers['x-ratelimit-limit'] ?? headers['ratelimit-limit']),
		remaining: readCount(headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining']),
		resetMs: readDelay(
			headers['x-ratelimit-reset-after'] ?? headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'],
			now,
		),
		retryAfterMs: readDelay(headers['retry-after'], now),
	};
}
