import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { inOrder, shippedNode } from '../support/shipped.ts';

/** The reader that n8n uses for XML; it comes with n8n-workflow, without types. */
const { Parser } = jest.requireActual<{
	Parser: new (options: object) => { parseStringPromise: (xml: string) => Promise<IDataObject> };
}>('xml2js');

/*
 * What the workflows for leads and tours make of the people and of the notes in what senders post; test/e2e runs the whole
 * workflows in a real n8n.
 */

const services = useServices({
	timing: { rate: { requests: 100_000 }, lookUpAfterMs: [50, 50] },
	propexo: { jobMs: 20 },
});
/** Everybody of a test is new: nodes remember whom they have added. */
let people = 0;
const emailOf = (name: string): string => `${name}.${++people}@example.com`;
const created = () => services.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);

const ADF = 'propexo-adf-lead.json';
const MITS = 'propexo-mits-lead.json';
const CALENDLY = 'propexo-calendly-tours.json';
const SHOWMOJO = 'propexo-showmojo-tours.json';

beforeEach(() => {
	const { leads, properties } = services.emulator.propexo.data;
	const whose = { integration_id: 'int_any', integration_vendor: 'OTHER', property_id: 'prop_court' };
	const own = { id: 'prop_court', name: 'Maple Court', x_id: 'p0001' };
	properties.add({ ...properties.get('prop_1')!, ...whose, ...own });
	leads.add({ ...leads.get('lead_1')!, ...whose, id: 'lead_any' });
});

/** Runs a node of a workflow at the integration whose PMS takes everything; does not wait for the PMS. */
async function run(
	file: string,
	name: string,
	items: IDataObject[],
	chosen: IDataObject = {},
): Promise<IDataObject[]> {
	const { parameters, onError } = shippedNode(file, name);
	const options = { ...(parameters.options as IDataObject), waitForResult: false, ...chosen };
	const settings = { items, onError, timezone: 'America/Chicago' };
	return inOrder(
		await services.run('propexo', { ...parameters, integrationId: byId('int_any'), options }, settings),
	);
}

/** A document as n8n's webhook reads its bytes: always as UTF-8. */
async function read(xml: string, encoding: BufferEncoding = 'utf8'): Promise<IDataObject> {
	const reader = new Parser({ normalize: true, normalizeTags: true, explicitArray: false });
	return await reader.parseStringPromise(Buffer.from(xml, encoding).toString());
}

const prospectOf = (contact: string, more = ''): string =>
	`<adf><prospect><id source="Site">1</id><requestdate>2026-03-01T14:30:00-06:00</requestdate>
	<customer><contact>${contact}</contact></customer>${more}<vendor><vendorname>Maple Court</vendorname></vendor></prospect></adf>`;

describe(ADF, () => {
	const find = async (xml: string, encoding?: BufferEncoding) => {
		const { adf } = await read(xml, encoding);
		return await run(ADF, 'Find or add the lead', [{ lead: adf as IDataObject }]);
	};
	const notesOf = async (xml: string) => {
		const { adf } = await read(xml);
		await run(ADF, 'Record the inquiry', [{ lead_id: 'lead_any', lead: adf as IDataObject }]);
		return created()[0]?.notes;
	};

	it('writes all units, all comments and everybody who asks into the notes', async () => {
		const more = `
			<customer><contact><name part="first">Ben</name><name part="last">Lee</name><email>ben@example.com</email>
			<phone>512-555-0142</phone></contact><comments>Two cats</comments><comments>Wants parking</comments></customer>
			<vehicle><model>2 bedrooms</model><stock>204</stock><comments>Which floor?</comments></vehicle>
			<vehicle><model>1 bedroom</model><stock>101</stock></vehicle>`;
		expect(await notesOf(prospectOf('<name part="full">Ana Lee</name>', more))).toBe(
			[
				...[
					'Two cats',
					'Wants parking',
					'Which floor?',
					'With: Ben Lee ben@example.com 512-555-0142',
				],
				'About: 2 bedrooms 204; 1 bedroom 101',
			].join('\n'),
		);
	});

	it('knows the parts of a name in any letter case', async () => {
		const names = '<name part="First">Ana</name><name part="LAST">Lee</name>';
		await find(prospectOf(`${names}<email>${emailOf('ana')}</email>`));
		expect(created()).toMatchObject([{ first_name: 'Ana', last_name: 'Lee' }]);
	});

	it.each(['John Lee Jr.', 'John Lee, Jr.', 'Lee Jr., John'])(
		'takes the suffix of a name for a part of the last one: %s',
		async (name) => {
			await find(prospectOf(`<name part="full">${name}</name><email>${emailOf('john')}</email>`));
			expect(created()).toMatchObject([{ first_name: 'John', last_name: 'Lee Jr.' }]);
		},
	);

	it.each([
		['Marcus Jr', 'Marcus', 'Jr'],
		['Kim Iv', 'Kim', 'Iv'],
	])('takes the second of two words for the last name: %s', async (name, first_name, last_name) => {
		await find(prospectOf(`<name part="full">${name}</name><email>${emailOf('kim')}</email>`));
		expect(created()).toMatchObject([{ first_name, last_name }]);
	});

	it('knows the suffix of a name', async () => {
		const names =
			'<name part="first">John</name><name part="last">Lee</name><name part="suffix">Jr.</name>';
		await find(prospectOf(`${names}<email>${emailOf('john')}</email>`));
		expect(created()).toMatchObject([{ first_name: 'John', last_name: 'Lee Jr.' }]);
	});

	it('changes nobody by a name whose letters are broken, as in a document that is not UTF-8', async () => {
		const xml = prospectOf(`<name part="full">Zo\u00eb Lee</name><email>${emailOf('zoe')}</email>`);
		expect((await find(xml, 'latin1'))[0]?.error).toContain("'Email'");
		expect(created()).toEqual([]);
		await find(xml);
		expect(created()).toMatchObject([{ first_name: 'Zo\u00eb' }]);
	});
});

describe(MITS, () => {
	it('changes nobody by a name whose letters are broken, as in a document that is not UTF-8', async () => {
		const xml = `<LeadManagement><Prospects><Prospect><Customers><Customer Type="prospect">
			<Identification IDType="PropertyID" IDValue="p0001"/>
			<Name><FirstName>Zo\u00eb</FirstName><LastName>Lee</LastName></Name><Email>${emailOf('zoe')}</Email>
			</Customer></Customers></Prospect></Prospects></LeadManagement>`;
		for (const encoding of ['latin1', 'utf8'] as const) {
			const { leadmanagement: lead } = await read(xml, encoding);
			const [told] = await run(MITS, 'Find or add the lead', [{ lead: lead as IDataObject }]);
			expect(told?.error === undefined).toBe(encoding === 'utf8');
		}
		expect(created()).toMatchObject([{ first_name: 'Zo\u00eb' }]);
	});
});

/** What Calendly and ShowMojo say of a renter with this name, in one box. */
const NAMED: Array<[file: string, body: (name: string) => IDataObject]> = [
	[
		CALENDLY,
		(name) => ({
			payload: {
				...{ name, first_name: null, last_name: null, email: emailOf('ana') },
				scheduled_event: { name: 'Maple Court' },
			},
		}),
	],
	[
		SHOWMOJO,
		(name) => ({
			event: { showing: { name, email: emailOf('ana'), listing_full_address: 'Maple Court' } },
		}),
	],
];

describe.each(NAMED)('%s', (file, body) => {
	it.each([
		['Ana Maria Lee', { first_name: 'Ana Maria', last_name: 'Lee' }],
		['Lee, Ana Maria', { first_name: 'Ana Maria', last_name: 'Lee' }],
		[' Ana ', { first_name: 'Ana' }],
		['John Lee, Jr.', { first_name: 'John', last_name: 'Lee Jr.' }],
		['John Lee III', { first_name: 'John', last_name: 'Lee III' }],
		['Lee, John Sr', { first_name: 'John', last_name: 'Lee Sr' }],
		['Marcus Jr', { first_name: 'Marcus', last_name: 'Jr' }],
		['Kim Iv', { first_name: 'Kim', last_name: 'Iv' }],
	])('adds a renter by the name "%s"', async (name, parts) => {
		await run(file, 'Add the lead', [{ body: body(name) }]);
		expect(created()).toEqual([expect.objectContaining(parts)]);
		expect(Object.keys(created()[0] ?? {}).includes('last_name')).toBe('last_name' in parts);
	});
});

describe(CALENDLY, () => {
	it.each<[string, unknown, string]>([
		['without answers', null, ''],
		[
			'with questions that nobody answered',
			[
				{ question: 'Pets?', answer: null },
				{ question: 'Move-in?', answer: '' },
				{ question: 'Unit?', answer: '204' },
			],
			'. Unit? 204',
		],
		['with a list of nothing', [null], ''],
	])('books a tour %s, with its ID in the notes', async (_, questions_and_answers, notes) => {
		const id = `CAL${++people}`;
		const payload = {
			...{ uri: `https://api.calendly.com/scheduled_events/E/invitees/${id}`, questions_and_answers },
			scheduled_event: { start_time: '2030-03-02T19:30:00Z', end_time: '2030-03-02T20:00:00Z' },
		};
		const item = { lead_id: 'lead_any', body: { payload } };
		await run(CALENDLY, 'Book the tour', [item], { timeZone: 'America/Chicago' });
		expect(created()).toMatchObject([{ notes: `Calendly ${id}${notes}` }]);
	});
});

describe(SHOWMOJO, () => {
	it.each(['uid', 'id'])(
		'books no showing whose %s is empty: nothing could find it again',
		async (field) => {
			const showing = {
				uid: 'sm1',
				showtime: '2030-03-02T13:30:00-06:00',
				showing_time_zone: 'Arizona',
			};
			const event = { id: '11', showing: { ...showing, ...(field === 'uid' && { uid: '' }) } };
			const body = { event: { ...event, ...(field === 'id' && { id: '' }) } };
			const [told] = await run(SHOWMOJO, 'Book the tour', [{ lead_id: 'lead_any', body }]);
			expect(told?.error).toContain("'Event ID in Your System' holds no ID");
			expect(created()).toEqual([]);
		},
	);
});
