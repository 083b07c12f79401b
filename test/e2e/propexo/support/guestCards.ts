/*
 * AppFolio's report "Guest Card Inquiries" as CSV: its columns, "Last, First" as a name, times such as
 * "12/29/2025 at 01:19 PM", and headings of groups that begin with an arrow. AppFolio documents the fields of the report in its
 * Reports API (guest_card_inquiries, https://www.appfolio.com/stack); programs that read the exported file show how the file
 * writes them. That an export holds the last seven days again every day is documented by Rently:
 * https://apidocs.rently.com/reference/stage-3-rently-report-data-dictionary-1
 */

export const FILE = 'propexo-guest-cards.json';

export const COLUMNS = [
	...['Name', 'Email Address', 'Phone Number', 'Inquiry Received', 'Last Activity Date', 'Status'],
	...['Move In Preference', 'Max Rent', 'Pet Preference', 'Source', 'Property Name', 'Unit', 'Notes'],
	'Inquiry ID',
] as const;

export type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A file as AppFolio makes it, with a byte order mark. */
export const csv = (rows: Row[], columns: readonly string[] = COLUMNS): string =>
	`\uFEFF${[
		columns.join(','),
		...rows.map((row) => columns.map((name) => cell(row[name as keyof Row] ?? '')).join(',')),
	].join('\r\n')}\r\n`;

export const inquiry = (name: string, more: Row): Row => ({
	Name: `Alvarez, ${name}`,
	'Inquiry Received': '01/05/2026 at 03:15 PM',
	'Last Activity Date': '01/05/2026',
	Status: 'Active',
	Source: 'Zillow Rental Network',
	'Property Name': 'Maple & Oak Court',
	Unit: '204',
	...more,
});
