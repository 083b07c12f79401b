import type { Schema } from '../../shared/json/schema';
import type { Waiting } from '../jobs/waitForResult';

/*
 * What a PMS says of an appointment that it does not write. The words are those of the PMSs, which Propexo passes on; no
 * list of them is published.
 */

/** Somebody else has the time already. */
const SLOT_TAKEN = [
	/\b(slot|time|appointment|calendar|date)\b.{0,60}\b(no longer|not|isn't)\b.{0,20}\bavailable\b/i,
	/\b(slot|time|appointment|calendar|agent)\b.{0,60}\b(unavailable|taken|full|reserved|fully booked|already booked)\b/i,
	/\balready\b.{0,20}\b(booked|taken|reserved|scheduled)\b|\bdouble.?book|\bfully booked\b/i,
	/\b(conflicts?|overlaps?|overlapping)\b.{0,60}\bappointments?\b|\bappointments?\b.{0,60}\b(conflicts?|overlaps?)\b/i,
];

const isTaken = (words: string[]): boolean =>
	words.some((text) => SLOT_TAKEN.some((form) => form.test(text)));

/** How the result of a booking is waited for: a time that is taken is told by that name. */
export const bookingResult: Waiting = {
	byDefault: true,
	columns: {},
	reading: (words) =>
		isTaken(words)
			? {
					what: 'slot taken',
					description:
						"Nothing was written to the PMS, because the time is not free any more. Ask for the free times again, and choose another one. Send it anew with that, with another 'Event ID in Your System' if it has one; 'Write Job: Retry' would ask for the same time.",
					details: { slot_taken: true },
				}
			: undefined,
};

/** It was called off before. */
const CANCELLED_BEFORE =
	/\balready\b.{0,30}\b(cancell?ed|called off|deleted)\b|\b(cancell?ed|called off|deleted)\b.{0,30}\balready\b|\b(was|is|has been) cancell?ed\b/i;

const YES: Schema = { type: 'boolean' };

/** How the result of a cancellation is waited for: one that was called off before is as it should be. */
export const cancelResult: Waiting = {
	byDefault: true,
	columns: { already_cancelled: YES },
	reading: (words) =>
		words.some((text) => CANCELLED_BEFORE.test(text)) ? { done: { already_cancelled: true } } : undefined,
};
