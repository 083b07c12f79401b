import { readWorkflow } from '../../../../demo/example.ts';
import { ROOT } from '../../../support/n8nVersion.ts';
import { type Shop } from '../../support/shipped.ts';
import { eventually } from '../../../support/until.ts';
import { byId } from '../../../support/workflows.ts';

const FILE = 'propexo-tours-spreadsheet.json';

const CSV = [
	'tour_id,lead_id,unit_id,when,notes',
	't-1,lead_1,unit_1,2026-03-01 14:30,Liked the view',
	't-2,lead_9999,unit_1,2026-03-01 15:30,Unknown lead',
	't-3,lead_2,unit_1,not a date,Asked about pets',
	't-4,lead_3,unit_2,2026-03-02 10:00,"Brought a friend, twice"',
].join('\n');

/** The rows of a CSV file, its cells without the quotes around them. */
const rowsOf = (csv: string): string[][] =>
	csv
		.trim()
		.split(/\r?\n/)
		.map((line) =>
			[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, a, b]) => a ?? b ?? ''),
		);

/** Uploads a file as a browser does, waits as the form's page does, and takes the file that it then downloads. */
async function upload(form: string, csv: string): Promise<{ name: string; rows: string[][] }> {
	const data = new FormData();
	data.append('field-0', new Blob([csv], { type: 'text/csv' }), 'tours.csv');
	const reply = await fetch(form, { method: 'POST', body: data });
	const { formWaitingUrl } = (await reply.json()) as { formWaitingUrl: string };
	const waiting = new URL(formWaitingUrl);
	// The address that the world would use is not this one.
	waiting.host = new URL(form).host;
	const status = new URL(waiting);
	status.pathname += '/n8n-execution-status';
	await eventually(async () => expect(await (await fetch(status)).text()).toBe('form-waiting'));
	const page = await (await fetch(waiting)).text();
	const [, embedded = ''] = /decodeURIComponent\("([^"]+)"\)/.exec(page) ?? [];
	const [file] = JSON.parse(decodeURIComponent(embedded)) as Array<{ data: unknown; fileName: string }>;
	// As the page's own script ends the execution.
	await fetch(waiting, { method: 'POST' });
	const bytes = file?.data as string | { data: number[] };
	const text = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes.data);
	return { name: file?.fileName ?? '', rows: rowsOf(text.toString('utf8')) };
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
		await eventually(async () => expect((await fetch(form)).ok).toBe(true));
	});

	afterAll(() => shop().deactivate(id));

	it('records the rows that can be recorded, and reports what became of each', async () => {
		shop().instance.emulator.propexo.faults.add({
			match: { method: 'POST', body: (body) => JSON.stringify(body).includes('lead_9999') },
			status: 404,
			body: { error: { code: 'not_found', message: 'Lead not found' } },
			times: Infinity,
		});
		const report = await upload(form, CSV);
		expect(report.name).toBe('report.csv');
		expect(report.rows).toEqual([
			['row', 'tour_id', 'lead_id', 'outcome', 'details'],
			['2', 't-1', 'lead_1', 'created', expect.stringMatching(/^cljob/)],
			['3', 't-2', 'lead_9999', 'refused', expect.stringContaining('Lead not found')],
			['4', 't-3', 'lead_2', 'not sent', expect.stringContaining("'Event Date and Time'")],
			['5', 't-4', 'lead_3', 'created', expect.stringMatching(/^cljob/)],
		]);
		expect(created().map((event) => [event['lead_id'], event['event_datetime']])).toEqual([
			['lead_1', '2026-03-01T14:30:00-06:00'],
			['lead_3', '2026-03-02T10:00:00-06:00'],
		]);

		const mended = await upload(form, CSV.replace('not a date', '2026-03-01 17:00'));
		expect(mended.rows.map((row) => row[3])).toEqual([
			'outcome',
			'recorded before',
			'refused',
			'created',
			'recorded before',
		]);
		expect(created()).toHaveLength(3);
	});

	it('records a file once that a spreadsheet program saved with a byte order mark', async () => {
		const csv =
			'\uFEFFtour_id,lead_id,unit_id,when,notes\r\nbom-1,lead_1,unit_1,2026-03-01 14:30,Été\r\n';
		const outcomes = async () => (await upload(form, csv)).rows.slice(1).map((row) => row.slice(0, 4));
		expect(await outcomes()).toEqual([['2', 'bom-1', 'lead_1', 'created']]);
		expect(await outcomes()).toEqual([['2', 'bom-1', 'lead_1', 'recorded before']]);
		expect(created()).toMatchObject([{ lead_id: 'lead_1', notes: 'Été' }]);
	});

	it('records no row whose needed cells are missing, empty or ruined', async () => {
		const needed = ['tour_id', 'lead_id', 'when'];
		const good = {
			tour_id: 'cell',
			lead_id: 'lead_1',
			unit_id: 'unit_1',
			when: '2026-03-01 14:30',
			notes: '',
		};
		const ruined = ['', '  ', 'undefined', 'null', '[object Object]', 'NaN', '2.19E+26', '#REF!'];
		const bad = needed.flatMap((column) => ruined.map((cell) => ({ ...good, [column]: cell })));
		const rows = bad.map((row, index) => ({
			...row,
			tour_id: row.tour_id === 'cell' ? `cell-${index}` : row.tour_id,
		}));
		const lines = [Object.keys(good), ...rows.map((row) => Object.values(row))];
		const report = await upload(form, lines.map((line) => line.join(',')).join('\n'));
		expect(report.rows.slice(1).filter(([, , , outcome]) => outcome === 'created')).toEqual([]);
		expect(report.rows).toHaveLength(rows.length + 1);
		expect(created()).toEqual([]);
	});

	it.each([
		['without a column', 'tour_id,unit_id,when\nmissing-1,unit_1,2026-03-01 14:30'],
		['without the IDs of the tours', 'lead_id,unit_id,when\nlead_1,unit_1,2026-03-01 14:30'],
		['of another kind', 'tour_id;lead_id;unit_id;when\nsemi-1;lead_1;unit_1;2026-03-01 14:30'],
		['without rows', 'tour_id,lead_id,unit_id,when,notes\n'],
	])('says of a file %s that nothing was recorded', async (_, csv) => {
		const { rows } = await upload(form, csv);
		expect(rows.slice(1).map(([, , , outcome]) => outcome)).toEqual(['not sent']);
		expect(created()).toEqual([]);
	});
}
