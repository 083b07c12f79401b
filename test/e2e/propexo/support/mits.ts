/*
 * Guest cards as MITS Lead Management, the XML standard of the multifamily industry. Structure, the types of events and
 * customers, and the attributes of IDs: "MITS 4.0 Lead Management" at
 * https://docs.google.com/document/d/177WMC_SuK1n-aZslKFX-2Z_dZSvofuEwG0AfJenpTvc/pub. Older versions write an ID as an
 * element, and common types with the prefix of a namespace.
 */

export const FILE = 'propexo-mits-lead.json';

export const idOf = (type: string, value: string, organization = 'Listing Site'): string =>
	`<Identification IDType="${type}" IDValue="${value}" OrganizationName="${organization}"/>`;

export const PROPERTY = idOf('PropertyID', 'p0001', 'Yardi');

interface Customer {
	type?: string;
	ids?: string;
	first?: string;
	last?: string;
	email?: string;
	phones?: string;
}

export const customer = ({
	type = 'prospect',
	ids = '',
	first = 'Maria',
	last = 'Alvarez',
	email = '',
	phones = '',
}: Customer): string => `<Customer Type="${type}">${ids}${ids.includes('PropertyID') ? '' : PROPERTY}
	<Name><NamePrefix/><FirstName>${first}</FirstName><MiddleName/><LastName>${last}</LastName></Name>
	${phones}<Email>${email}</Email></Customer>`;

export const phone = (type: string, number: string): string =>
	`<Phone PhoneType="${type}"><PhoneNumber>${number}</PhoneNumber></Phone>`;

interface Event {
	type?: string;
	date?: string;
	id?: string;
	comments?: string;
}

export const event = ({ type = 'Email', date = '2026-03-01T14:30:00', id, comments = '' }: Event): string =>
	`<Event EventType="${type}" EventDate="${date}">${id === undefined ? '' : `<EventID IDValue="${id}"/>`}
	<Agent><AgentName><FirstName>Jordan</FirstName><LastName>Smith</LastName></AgentName></Agent>
	<EventReasons/><FirstContact>true</FirstContact><Comments>${comments}</Comments>
	<TransactionSource>Listing Site</TransactionSource></Event>`;

export const prospect = (customers: string, events: string): string =>
	`<Prospect><Customers>${customers}</Customers>
	<CustomerPreferences><TargetMoveInDate>2026-05-01</TargetMoveInDate><DesiredNumBedrooms Exact="2"/>
	<DesiredUnit><MarketingName>204</MarketingName></DesiredUnit></CustomerPreferences>
	<Events>${events}</Events></Prospect>`;

export const mits = (...prospects: string[]): string =>
	`<?xml version="1.0" encoding="utf-8"?>
<LeadManagement xmlns="" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Prospects>${prospects.join('\n')}</Prospects></LeadManagement>`;

/** The same document with the prefix of a namespace before every element. */
export const prefixed = (xml: string): string =>
	xml
		.replace(/<(\/?)(?=[A-Z])/g, '<$1MITS:')
		.replace('xmlns=""', 'xmlns:MITS="http://my-company.com/namespace"');

/** The same document as older versions of MITS have it: the value of an ID is an element. */
export const withIdElements = (xml: string): string =>
	xml.replace(
		/<(Identification|EventID)([^>]*?) IDValue="([^"]*)"([^>]*)\/>/g,
		'<$1$2$4><IDValue>$3</IDValue></$1>',
	);
