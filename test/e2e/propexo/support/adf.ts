/*
 * Leads as ADF 1.0 (Auto-lead Data Format), which listing sites send by HTTP or as the text of a mail. Elements and
 * attributes: the schema at https://repository.data2type.de/ADF/v_1.0/html/index.html; the media type and the form of
 * the dates: https://en.wikipedia.org/wiki/Auto-lead_Data_Format.
 */

export const FILE = 'propexo-adf-lead.json';

/** The parts of one prospect, as XML. */
export interface Prospect {
	status?: string;
	id?: string;
	date?: string;
	contact?: string;
	comments?: string;
	vendor?: string;
}

const VENDOR = '<vendor><vendorname>Maple &amp; Oak Court</vendorname><contact/></vendor>';
const DATE = '<requestdate>2026-03-01T14:30:00-06:00</requestdate>';

export const prospect = ({
	status = 'new',
	id = '',
	date = DATE,
	contact = '',
	comments = '',
	vendor = VENDOR,
}: Prospect): string =>
	`<prospect status="${status}">${id}${date}
	<vehicle interest="lease" status="used"><year/><make/><model>2 bedrooms</model><stock>204</stock></vehicle>
	<customer><contact>${contact}</contact>${comments && `<comments>${comments}</comments>`}</customer>
	${vendor}
	<provider><name part="full">Listing Site</name><service>Rentals</service></provider>
</prospect>`;

export const adf = (...prospects: string[]): string =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<?adf version="1.0"?>\n<adf>\n${prospects.join('\n')}\n</adf>\n`;

export const idOf = (id: string): string => `<id sequence="1" source="Listing Site">${id}</id>`;

export const contactOf = (first: string, email: string, phone = ''): string =>
	`<name part="first">${first}</name><name part="last">Alvarez</name><email>${email}</email>${phone && `<phone>${phone}</phone>`}`;
