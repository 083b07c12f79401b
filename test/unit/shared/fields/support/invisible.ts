/** What comes along when something is copied from a phone, a web page or a spreadsheet. */
export const SIGNS = [
	'\u200b',
	'\ufeff',
	'\u00ad',
	'\u200e',
	'\u202a',
	'\u202c',
	'\u2060',
	'\u2068',
	'\u200d',
	'\u061c',
];

/** A text with a character that shows nothing before, behind and within it. */
export const spoiled = (text: string, sign: string) =>
	`${sign}${text.slice(0, 3)}${sign}${text.slice(3)}${sign} `;
