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

/** A text that is all of a time and has no date, in whatever way it is written. */
export const isLikeATime = (text: string): boolean => text.length <= 60 && LIKE_A_TIME.test(text);

/** A text that is all of a date, of a time, or of both, in whatever way it is written. */
export const isLikeADate = (text: string): boolean => text.length <= 60 && LIKE_A_DATE.test(text);

/**
 * A value for a message, with `before` in front of it; '' for anything that does not look like a date or a time, because
 * it may be a name or a phone number.
 */
export const shown = (text: string, before = ''): string => (isLikeADate(text) ? `${before} ${text}` : '');
