import type { Emulator } from '../../../../emulator/index.ts';
import { headersFor, readWorkflow } from '../../../../demo/example.ts';
import { ROOT } from '../../../support/n8nVersion.ts';
import { type Shop } from '../../support/shipped.ts';
import { eventually } from '../../../support/until.ts';
import { byId } from '../../../support/workflows.ts';

const FILE = 'propexo-tours-spreadsheet.json';
/** The page asks for a password. */
const VISITOR = headersFor('basicAuth');

const CSV = [
	'name,email,phone,unit,when,notes',
	'Ana,ana@example.com,,101,2026-03-01 14:30,Liked the view',
	'Nobody,nobody@example.com,,101,2026-03-01 15:30,Unknown lead',
	'Ben,ben@example.com,,101,not a date,Asked about pets',
	'Cleo,,(512) 555-0142,102,2026-03-02 10:00,"Brought a friend, twice"',
].join('\n');

/** Leads and units of the integration whose PMS takes everything. */
function furnish({ data }: Emulator['propexo']): void {
	const whose = { integration_id: 'int_any', integration_vendor: 'OTHER', property_id: 'prop_any' };
	const [lead, unit, property] = [
		data.leads.get('lead_1'),
		data.units.get('unit_1'),
		data.properties.get('prop_1'),
	];
	if (!lead || !unit || !property) throw new Error('The emulator has no first records');
	data.properties.add({ ...property, ...whose, id: 'prop_any' });
	for (const name of ['ana', 'ben', 'cleo'])
		data.leads.add({
			...{ ...lead, ...whose, id: `lead_${name}`, email_1: `${name}@example.com` },
			phone_1: name === 'cleo' ? '5125550142' : null,
		});
	for (const number of ['101', '102']) data.units.add({ ...unit, ...whose, id: `unit_${number}`, number });
}

/** The rows of a CSV file, its cells without the quotes around them. */
const rowsOf = (csv: string): string[][] =>
	csv
		.trim()
		.split(/\r?\n/)
		.map((line) =>
			[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, a, b]) => a ?? b ?? ''),
		);

/** Uploads a file as a browser does, and takes the file that the page then offers. */
async function upload(
	form: string,
	csv: string | Uint8Array<ArrayBuffer>,
): Promise<{ name: string; rows: string[][] }> {
	const data = new FormData();
	data.append('field-0', new Blob([csv], { type: 'text/csv' }), 'tours.csv');
	const page = await (await fetch(form, { method: 'POST', headers: VISITOR, body: data })).text();
	const [, name = '', file = ''] =
		/download="([^"]+)" href="data:text\/csv;charset=utf-8,([^"]+)"/.exec(page) ?? [];
	return { name, rows: rowsOf(decodeURIComponent(file).replace('\uFEFF', '')) };
}

export function toursSpreadsheet(shop: Shop): void {
	let id: string;
	let form: string;
	const created = () => shop().created('propexo');

	beforeAll(async () => {
		const record = readWorkflow(ROOT, FILE).nodes.find(({ name }) => name === 'Record the tour');
		id = await shop().activate(FILE, {
			'Record the tour': { ...record?.parameters, integrationId: byId('int_any') },
		});
		form = `${shop().instance.n8n.url}/form/tours`;
		await eventually(async () => expect((await fetch(form, { headers: VISITOR })).ok).toBe(true));
	});

	beforeEach(() => furnish(shop().instance.emulator.propexo));

	afterAll(() => shop().deactivate(id));

	it('records the rows that can be recorded, and reports what happened to each', async () => {
		const report = await upload(form, CSV);
		expect(report.name).toBe('report.csv');
		expect(report.rows).toEqual([
			['row', 'name', 'email', 'phone', 'outcome', 'details'],
			['2', 'Ana', 'ana@example.com', '', 'created', expect.stringMatching(/^cljob/)],
			[
				'3',
				'Nobody',
				'nobody@example.com',
				'',
				'not sent',
				expect.stringMatching(/^Row 3: No lead of/),
			],
			[
				'4',
				'Ben',
				'ben@example.com',
				'',
				'not sent',
				expect.stringMatching(/^Row 4: 'Event Date and Time'/),
			],
			['5', 'Cleo', '', '(512) 555-0142', 'created', expect.stringMatching(/^cljob/)],
		]);
		expect(
			created().map((event) => [event['lead_id'], event['unit_id'], event['event_datetime']]),
		).toEqual([
			['lead_ana', 'unit_101', '2026-03-01T14:30:00-06:00'],
			['lead_cleo', 'unit_102', '2026-03-02T10:00:00-06:00'],
		]);

		const mended = await upload(
			form,
			CSV.replace('not a date', '2026-03-01 17:00').replace('2026-03-01 14:30', '2026-03-01T14:30:20'),
		);
		expect(mended.rows.map((row) => row[4])).toEqual([
			'outcome',
			'recorded before',
			'not sent',
			'created',
			'recorded before',
		]);
		expect(created()).toHaveLength(3);
	});

	it('records a file once that a spreadsheet program saved with a byte order mark', async () => {
		const csv = '\uFEFFname,email,unit,when,notes\r\nAna,ana@example.com,101,2026-05-01 14:30,Été\r\n';
		const outcomes = async () => (await upload(form, csv)).rows.slice(1).map((row) => row.slice(0, 5));
		expect(await outcomes()).toEqual([['2', 'Ana', 'ana@example.com', '', 'created']]);
		expect(await outcomes()).toEqual([['2', 'Ana', 'ana@example.com', '', 'recorded before']]);
		expect(created()).toMatchObject([{ lead_id: 'lead_ana', notes: 'Été' }]);
	});

	it('records no row whose needed cells are missing, empty or ruined', async () => {
		const needed = ['email', 'when'];
		const good = {
			name: 'Ana',
			email: 'ana@example.com',
			unit: '101',
			when: '2026-06-01 14:30',
			notes: '',
		};
		const ruined = ['', '  ', 'undefined', 'null', '[object Object]', 'NaN', '2.19E+26', '#REF!'];
		const rows = needed.flatMap((column) => ruined.map((cell) => ({ ...good, [column]: cell })));
		const lines = [Object.keys(good), ...rows.map((row) => Object.values(row))];
		const report = await upload(form, lines.map((line) => line.join(',')).join('\n'));
		expect(report.rows.slice(1).filter(([, , , , outcome]) => outcome === 'created')).toEqual([]);
		expect(report.rows).toHaveLength(rows.length + 1);
		expect(created()).toEqual([]);
	});

	it('says of a file without rows, and of empty rows, that they are empty', async () => {
		const [columns, row] = CSV.replace('2026-03-01 14:30', '8/1/2026 2:30 PM').split('\n');
		const { rows } = await upload(form, [columns, row, ',,,,,', ',,,,,', ''].join('\n'));
		expect(rows.slice(1).map(([at, , , , outcome]) => [at, outcome])).toEqual([
			['2', 'created'],
			['3', 'empty'],
			['4', 'empty'],
		]);
		const none = await upload(form, 'name,email,unit,when,notes\n');
		expect(none.rows.slice(1).map((row) => row.slice(4))).toEqual([
			['empty', 'There is nothing in this row.'],
		]);
		expect(created()).toHaveLength(1);
	});

	it.each([
		['without emails and phones', 'name,unit,when\nAna,101,2026-07-01 14:30', "'Lead'"],
		['without the times', 'name,email,unit\nAna,ana@example.com,101', 'This row has: name, email, unit'],
		[
			'whose columns a semicolon separates',
			'name;email;unit;when\nAna;ana@example.com;101;2026-07-01 14:30',
			'have to be separated by commas. This row has: name;email;unit;when',
		],
		[
			'with a quotation mark too many',
			'name,email,unit,when\nAna,ana@example.com,101,2026-07-01 14:30\nBen,"ben@example.com,101,2026-07-02 14:30\n',
			'could not be read, so nothing of it was recorded. Fix it and upload it again: Quote Not Closed',
		],
		[
			'with a row that has too many cells',
			'name,email,unit,when\r\nAna,ana@example.com,101,2026-07-01 14:30\r\nBen,ben@example.com,101,2026-07-02 14:30,x\r\n',
			'could not be read, so nothing of it was recorded',
		],
		[
			'that is not UTF-8',
			Uint8Array.from(
				Buffer.from(
					'email,unit,when,notes\nana@example.com,101,2026-07-01 14:30,Caf\u00e9',
					'latin1',
				),
			),
			'the file is not saved as UTF-8',
		],
	])('says of a file %s that nothing was recorded, and why', async (_, csv, why) => {
		const { rows } = await upload(form, csv);
		expect(rows.slice(1).map(([, , , , outcome]) => outcome)).toEqual(['not sent']);
		expect(rows[1]?.[5]).toContain(why);
		expect(created()).toEqual([]);
	});
}
