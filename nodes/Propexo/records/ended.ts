/*
 * Which status of a lead or an application says that the search is over. Each PMS has its own words for it, and most let
 * the users add some, so that the kinds of words decide. Whatever says nothing of it counts as active.
 */

/** Words that say so wherever they stand, as in `Application Denied`. */
const OVER = [
	'inactive|(?:in|non) active$|closed|lost|dead|deceased|spam|junk|duplicate|merged|archived?|deleted?|former',
	'cancell?ed|denied|declined|rejected|eliminated|evicted|unqualified|disqualified|ineligible',
	'withdrawn|withdrew|leased|rented|lease signed|signed lease|moved (?:in|out)',
].join('|');

/**
 * What a person does not want or is not.
 *
 * @noMessage Parts of a pattern.
 */
const NOT = [
	'(?:not|no longer) (?:active|interested|looking|qualified|eligible)',
	'not a (?:prospect|lead)',
	'do not (?:contact|lease|rent)',
	'did(?: not|n t) (?:lease|rent)',
].join('|');

/**
 * Words that say so only at the beginning: `Renter` and `Current Resident`, but neither `Tenant Screening` nor
 * `Follow-up Past Due`.
 */
const AT_FIRST = [
	'past(?! due)',
	'(?:(?:current|past|previous|existing|already|now)(?: an?)? )?(?:resident|renter|tenant)s?$',
].join('|');

const ENDED = new RegExp(`\\b(?:${OVER}|${NOT})\\b|^(?:${AT_FIRST})\\b`);

/** What may be called off or refused while the search goes on. */
const PARTS =
	'tour|showing|visit|viewing|appointment|appt|meeting|call|payment|credit card|guarantor|co ?signer|co ?applicant|roommate';

/** The same words where they say nothing of it: `Not Moved In Yet`, `Pre-leased`, `Possible Duplicate`, `Tour Cancelled`. */
const GOES_ON = new RegExp(
	[
		`\\b(?:not|never|pre|possible|potential)(?: yet| been)* (?:${OVER})\\b`,
		`\\b(?:${PARTS})s?(?: is| was| has been)? (?:cancell?ed|denied|declined|rejected)\\b`,
		`\\b(?:cancell?ed|declined) (?:${PARTS})s?\\b`,
	].join('|'),
	'g',
);

/** A status in lowercase, with one space between its words: `LEASE_SIGNED`, `Lease-Signed` and `LeaseSigned` are the same. */
const wordsOf = (status: string): string =>
	status
		.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.toLowerCase();

/** Whether a status says that nobody is looking any more. */
export const isEnded = (status: unknown): boolean =>
	typeof status === 'string' && ENDED.test(wordsOf(status).replace(GOES_ON, ''));
