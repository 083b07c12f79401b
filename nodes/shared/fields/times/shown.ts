/** Whole names and short ones: `Sep`, `Sept`, `September`. */
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** `Mon`, `Monday`, and no name such as Monica: a part of a pattern. */
export const DAY_OF_WEEK = '(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)(?:[a-z]{0,3}day)?';

const DATE = [
	String.raw`\d{4}([-/.])\d{1,2}\1\d{1,2}`,
	String.raw`\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})`,
	String.raw`${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}`,
	String.raw`\d{1,2}(?:st|nd|rd|th)?[ -]${MONTH}\.?[ -]\d{4}`,
].join('|');
const TIME = String.raw`\d{1,2}(?:(?::\d{2}){1,2}(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)`;
const ZONE = String.raw`(?:z|utc|gmt|[ecmp][sd]t|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)`;

/** A date, a time, or both. */
const LIKE_A_DATE = new RegExp(
	`^(?:(?:${DAY_OF_WEEK},? )?(?:${DATE})(?:(?:t|,? (?:at )?)${TIME})?|${TIME})(?: ?${ZONE})?$`,
	'i',
);

/** A time without a date. */
const LIKE_A_TIME = new RegExp(`^${TIME}(?: ?${ZONE})?$`, 'i');

/** From when to when: `2:30-3:00 PM`, `2026-03-01 9:30 AM to 10:30 AM`. */
const LIKE_A_SPAN = new RegExp(
	`^(?:(?:${DAY_OF_WEEK},? )?(?:${DATE})(?:t|,? (?:at )?))?(?<from>${TIME}|\\d{1,2}) ?(?:-|–|—|to|until) ?(?<to>${TIME})(?: ?${ZONE})?$`,
	'i',
);

/** As an offset looks, behind a time. */
const LIKE_AN_OFFSET = /-\d\d:?\d\d$/;

/** The times of a text that says from when to when something lasts; undefined for any other text, and for one with an offset. */
export function timesOfSpan(text: string): { from: string; to: string } | undefined {
	const { from, to } =
		(text.length <= 60 && !LIKE_AN_OFFSET.test(text) ? LIKE_A_SPAN.exec(text)?.groups : undefined) ?? {};
	return from === undefined || to === undefined ? undefined : { from, to };
}

/** A text that is all of a time and has no date, in whatever way it is written. */
export const isLikeATime = (text: string): boolean => text.length <= 60 && LIKE_A_TIME.test(text);

/** A text that is all of a date, of a time, or of both, in whatever way it is written. */
export const isLikeADate = (text: string): boolean => text.length <= 60 && LIKE_A_DATE.test(text);

/**
 * A value for a message, with `before` in front of it; '' for anything that does not look like a date or a time, because
 * it may be a name or a phone number.
 */
export const shown = (text: string, before = ''): string => (isLikeADate(text) ? `${before} ${text}` : '');
