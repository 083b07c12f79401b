import { textOf } from '../json/text';
import { DAY_MS } from '../json/time';
import { steadyNow } from '../process/steadyNow';
import type { Reply } from './exchange';

/**
 * How far off the clock of a service may be read, in ms: its `Date` header has whole seconds, and the reply takes time.
 */
const CLOCK_TOLERANCE_MS = 2_000;
/**
 * How far the two clocks may differ where a service does not give its time, in ms: one that was set by hand for another
 * time zone is hours off.
 */
const UNKNOWN_CLOCK_MS = DAY_MS;

const STAMP =
	/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:Z|([+-]\d{2})(?::?(\d{2}))?)?$/i;

/**
 * Epoch ms of a time that a service wrote, as JSON or as its database does (`2026-03-01 14:30:00+00`); NaN for
 * anything else. Where it leaves the zone out, it means UTC.
 */
export function readServiceTime(written: unknown): number {
	const [, day, time, hours, minutes = '00'] = STAMP.exec(textOf(written)) ?? [];
	return Date.parse(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
}

/** Whether a record was created after a request began, judged by the clock of the service. */
export type Since = (createdAt: unknown) => 'after' | 'before' | 'unclear';

/**
 * Compares times of a service with one of this machine, whatever the two clocks show: the service's own clock is
 * read from the `Date` header of its reply. Without that header, nothing is surely *after*, and only what is more than a day
 * older is *before*.
 *
 * @param begun epoch ms as this process counts them (`steadyNow`)
 */
export function sinceBy({ headers }: Reply, begun: number, now = steadyNow()): Since {
	const served = Date.parse(textOf(headers.date));
	const known = !Number.isNaN(served);
	const from = begun + (known ? served - now : 0);
	return (createdAt) => {
		const time = readServiceTime(createdAt);
		if (Number.isNaN(time)) return 'unclear';
		if (known) return time >= from - CLOCK_TOLERANCE_MS ? 'after' : 'before';
		return time >= from - UNKNOWN_CLOCK_MS ? 'unclear' : 'before';
	};
}
