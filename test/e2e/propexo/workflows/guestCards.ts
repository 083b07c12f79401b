import { headersFor } from '../../../../demo/example.ts';
import { COLUMNS, csv, FILE, inquiry, type Row } from '../support/guestCards.ts';
import { chosen, created, furnish } from '../support/leads.ts';
import type { Shop } from '../../support/shipped.ts';
import { eventually } from '../../../support/until.ts';

/** The page asks for a password. */
const VISITOR = headersFor('basicAuth');

/** What the report says of each row: its number and outcome; `why` where something is wrong. */
interface Report {
	rows: Array<Record<string, string>>;
	outcomes: string[];
}

/** The cells of a CSV text. */
function cellsOf(text: string): string[][] {
	const rows: string[][] = [[]];
	for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n|$)/g)) {
		rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
		if (end === '') break;
		if (end !== ',') rows.push([]);
	}
	return rows;
}

export function guestCards(shop: Shop): void {
	let id: string;
	let form: string;

	/** Uploads a file as a browser does; the file that the page then offers. */
	async function upload(file: string | Uint8Array): Promise<Report> {
		const data = new FormData();
		data.append('field-0', new Blob([file], { type: 'text/csv' }), 'guest_card_inquiries.csv');
		const reply = await fetch(form, { method: 'POST', headers: VISITOR, body: data });
		const page = await reply.text();
		const [, link = ''] =
			/download="report\.csv" href="data:text\/csv;charset=utf-8,([^"]+)"/.exec(page) ?? [];
		const [columns = [], ...lines] = cellsOf(decodeURIComponent(link).replace('\uFEFF', ''));
		const rows = lines.map((line) =>
			Object.fromEntries(columns.map((name, index) => [name, line[index] ?? ''])),
		);
		return { rows, outcomes: rows.map(({ lead = '', outcome = '' }) => `${lead} ${outcome}`.trim()) };
	}

	beforeAll(async () => {
		id = await shop().activate(FILE, chosen('Record the inquiry'));
		form = `${shop().instance.n8n.url}/form/guest-cards`;
		await eventually(async () => expect((await fetch(form, { headers: VISITOR })).ok).toBe(true));
	});

	beforeEach(() => furnish(shop()));

	afterAll(() => shop().deactivate(id));

	it('adds the people, records each inquiry once, and reports on each row', async () => {
		const rows: Row[] = [
			{ Name: '-> Maple & Oak Court' },
			inquiry('Ana', {
				...{
					'Email Address': 'Ana.K@example.com',
					'Phone Number': '(512) 555-0180',
					'Inquiry ID': '5640',
				},
				...{ Notes: 'Two cats, one "big" dog\r\nWants a tour', 'Move In Preference': '02/01/2026' },
			}),
			inquiry('Ben', { 'Phone Number': '+1 512.555.0181', 'Inquiry ID': '5641' }),
			{},
			inquiry('Nobody', { 'Inquiry ID': '5642' }),
			inquiry('Cleo', {
				'Email Address': 'cleo.k@example.com',
				'Inquiry Received': '',
				'Inquiry ID': '5643',
			}),
		];
		const first = await upload(csv(rows));
		expect(first.outcomes).toEqual([
			'not sent',
			'created created',
			'created created',
			'empty',
			'not sent',
			'created not sent',
		]);
		expect(first.rows.map(({ row, name }) => [row, name])).toEqual([
			['2', '-> Maple & Oak Court'],
			['3', 'Alvarez, Ana'],
			['4', 'Alvarez, Ben'],
			['5', ''],
			['6', 'Alvarez, Nobody'],
			['7', 'Alvarez, Cleo'],
		]);
		const reason = /'Match By'|'Event Date and Time'|'Property'/;
		expect(first.rows.map(({ why = '' }) => reason.exec(why)?.[0])).toEqual([
			"'Property'",
			...[undefined, undefined, undefined],
			"'Match By'",
			"'Event Date and Time'",
		]);
		// A row is named as the spreadsheet counts it.
		expect(first.rows.map(({ why = '' }) => /^(Row|Item) \d+/.exec(why)?.[0])).toEqual([
			'Row 2',
			...[undefined, undefined, undefined],
			'Row 6',
			'Row 7',
		]);
		const people = created(shop, 'lead');
		expect(people).toHaveLength(3);
		expect(people).toEqual(
			expect.arrayContaining([
				{
					...{ integration_id: 'int_any', property_id: 'prop_court' },
					...{ first_name: 'Ana', last_name: 'Alvarez' },
					...{ email_1: 'Ana.K@example.com', phone_1: '(512) 555-0180' },
				},
				{
					...{ integration_id: 'int_any', property_id: 'prop_court' },
					...{ first_name: 'Ben', last_name: 'Alvarez', phone_1: '+1 512.555.0181' },
				},
			]),
		);
		expect(created(shop, 'event')).toMatchObject([
			{
				event_datetime: '2026-01-05T15:15:00-06:00',
				notes: 'Two cats, one "big" dog\r\nWants a tour\nSource: Zillow Rental Network\nUnit: 204\nMove in: 02/01/2026',
			},
			{ event_datetime: '2026-01-05T15:15:00-06:00' },
		]);

		// The next day: the rows of the last seven days again, one of them mended, and a new one.
		const dan = inquiry('Dan', {
			...{ 'Email Address': 'dan.k@example.com', 'Inquiry Received': '01/06/2026 at 09:05 AM' },
			'Inquiry ID': '5644',
		});
		const next = [...rows.slice(1, 3), { ...rows[5], 'Inquiry Received': '01/05/2026 at 04:00 PM' }, dan];
		expect((await upload(csv(next))).outcomes).toEqual([
			'unchanged recorded before',
			'unchanged recorded before',
			'unchanged created',
			'created created',
		]);
		expect([created(shop, 'lead').length, created(shop, 'event').length]).toEqual([4, 4]);
	});

	it('knows a row without an ID again after a spreadsheet program wrote it in its own way', async () => {
		const columns = COLUMNS.filter((name) => name !== 'Inquiry ID');
		const of = (received: string, email: string, phone: string) => {
			const row = { 'Inquiry Received': received, 'Email Address': email, 'Phone Number': phone };
			return inquiry('Eva', row);
		};
		const eva = 'eva.k@example.com';
		expect(
			(
				await upload(
					csv(
						[of('01/05/2026 3:15 PM', eva, ''), of('01/05/2026 3:15 PM', '', '(512) 555-0182')],
						columns,
					),
				)
			).outcomes,
		).toEqual(['created created', 'created created']);
		const again = [
			of('1/5/2026 15:15', eva, '(512) 555-0183'),
			of('1/5/26 15:15', 'Eva.K@Example.com', ''),
			of('1/5/2026 3:15:20 PM', eva, ''),
			of('2026-01-05 15:15', eva, ''),
			of('2026-01-05T15:15:00-06:00', eva, ''),
			of('1/5/2026 15:15:00', '', '15125550182'),
			of('01/05/2026 at 03:15 PM', '', '512-555-0182'),
		];
		expect(
			(await upload(csv(again, columns))).outcomes.map((outcome) => outcome.split(' ', 2)[1]),
		).toEqual(again.map(() => 'recorded'));
		const others = [
			of('1/5/2026 3:16 PM', eva, ''),
			of('5/1/2026 15:15', eva, ''),
			of('13/1/2026 15:15', eva, ''),
			of('1/5/2026', eva, ''),
			of('46027.635', eva, ''),
		];
		expect((await upload(csv(others, columns))).outcomes).toEqual([
			...['unchanged created', 'unchanged created', 'unchanged not sent', 'unchanged not sent'],
			'unchanged not sent',
		]);
		expect(created(shop, 'event').map(({ event_datetime }) => event_datetime)).toEqual([
			...['2026-01-05T15:15:00-06:00', '2026-01-05T15:15:00-06:00', '2026-01-05T15:16:00-06:00'],
			'2026-05-01T15:15:00-05:00',
		]);
	});

	it.each([
		['without rows', csv([]), 'empty'],
		['of another kind', 'a;b\r\n1;2\r\n', 'not sent'],
		[
			'whose rows are broken',
			`${csv([inquiry('Fay', { 'Email Address': 'fay.k@example.com' })])}"open,x\r\n`,
			'not sent',
		],
		[
			'whose person is ruined',
			csv([inquiry('Gil', { 'Email Address': '#REF!', 'Phone Number': '5.13E+09' })]),
			'not sent',
		],
	])('says of a file %s that nothing was recorded', async (_, file, outcome) => {
		const { outcomes } = await upload(file);
		expect(outcomes).toEqual([outcome]);
		expect(shop().created('propexo')).toEqual([]);
	});
}
