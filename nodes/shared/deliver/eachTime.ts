/*
 * Expressions that give another value each time they are evaluated, so that the same event looks like another one when it
 * comes again.
 */

/** What gives another value however soon it is evaluated again, as patterns of code. */
const NEW_EACH_TIME = [
	String.raw`\$now\b`,
	String.raw`\$execution(?:Id|\s*\.\s*id)?\b`,
	String.raw`\bDateTime\.(?:now|local|utc)\s*\(\s*\)`,
	String.raw`\bDate\.now\s*\(\s*\)`,
	String.raw`\bnew\s+Date\b(?!\s*\(\s*[^\s)])(?:\s*\(\s*\))?`,
	String.raw`\bMath\.random\s*\(\s*\)`,
	String.raw`\b(?:crypto\.)?randomUUID\s*\(\s*\)`,
].join('|');

/** What only writes such a value in another form. */
const IN_OTHER_FORM = String.raw`\s*\.\s*(?:ts|(?:to(?:Millis|Seconds|UnixInteger|ISO|ISOString|String|JSON)|valueOf|getTime)\(\))`;

/** A code that is all such a value. Of a part of one nobody knows it: it may be a fallback, or cut down to the day. */
export const IS_NEW_EACH_TIME = new RegExp(`^(?:${NEW_EACH_TIME})(?:${IN_OTHER_FORM})?$`);

/** An expression with such a value in it, or with one that is another one on the next day. */
export const CHANGES_EACH_TIME = new RegExp(String.raw`${NEW_EACH_TIME}|\$today\b`);

/** It stays in all tries of one run, and may choose what each round of a loop is about. */
export const RUN_INDEX = /\$runIndex\b/;
