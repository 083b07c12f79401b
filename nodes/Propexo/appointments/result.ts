import type { Schema } from '../../shared/json/schema';
import type { Waiting } from '../jobs/waitForResult';

/*
 * What a PMS says of an appointment that it does not write. The words are those of the PMSs, which Propexo passes on; no
 * list of them is published.
 */

/** Somebody else has the time already. */
const SLOT_TAKEN = [
	/\b(slot|time|appointment|calendar|date|agent)\b.{0,60}\b(no longer|not|isn't)\b.{0,20}\bavailable\b/i,
	/\b(slot|time|appointment|calendar|agent)\b.{0,60}\b(unavailable|taken|full|reserved|fully booked|already booked)\b/i,
	/\balready\b.{0,20}\b(booked|taken|reserved|scheduled)\b|\bdouble.?book|\bfully booked\b/i,
	/\b(conflicts?|overlaps?|overlapping)\b.{0,60}\bappointments?\b|\bappointments?\b.{0,60}\b(conflicts?|overlaps?)\b/i,
];

const says = (forms: RegExp[], words: string[]): boolean =>
	words.some((text) => forms.some((form) => form.test(text)));

/** How the result of a booking is waited for: a time that is taken is told by that name. */
export const bookingResult: Waiting = {
	byDefault: true,
	columns: {},
	reading: (words) =>
		says(SLOT_TAKEN, words)
			? {
					what: 'slot taken',
					description:
						"Nothing was written to the PMS, because the time is not free any more. Ask for the free times again, and choose another one. Send it anew with that, with another 'Event ID in Your System' if it has one; 'Write Job: Retry' would ask for the same time.",
					details: { slot_taken: true },
				}
			: undefined,
};

/** It was called off before. Words that may mean anything else do not count: nothing may be told as done that is not. */
const CANCELLED_BEFORE = [
	/\balready (been )?(cancell?ed|called off|deleted)\b|\b(cancell?ed|called off|deleted) already\b/i,
	/\b(appointment|event|booking|tour) (is|was|has been) (cancell?ed|called off)\b/i,
];

const YES: Schema = { type: 'boolean' };

/** How the result of a cancellation is waited for: one that was called off before is as it should be. */
export const cancelResult: Waiting = {
	byDefault: true,
	columns: { already_cancelled: YES },
	reading: (words) => (says(CANCELLED_BEFORE, words) ? { done: { already_cancelled: true } } : undefined),
};
