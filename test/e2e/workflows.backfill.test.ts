import { headersFor, readWorkflow, type WorkflowFile } from '../../demo/example.ts';
import { startMail, type MailServer } from '../../demo/mail.ts';
import { startN8n, type N8n } from '../../demo/n8n.ts';
import { signIn } from '../../demo/rest.ts';
import { ROOT } from '../support/n8nVersion.ts';
import { hasTime } from '../support/effort.ts';
import { eventually, until } from '../support/until.ts';
import { byId } from '../support/workflows.ts';
import { startInstance, type Instance } from './support/instance.ts';

/*
 * workflows/propexo-backfill.json in a real n8n: a file, a preview, a person's yes, a run, a report. n8n is killed in the
 * middle of a run, and the same file is uploaded again, saved by a spreadsheet program meanwhile.
 */

const FILE = 'propexo-backfill.json';
/** The page asks for a password. */
const VISITOR = headersFor('basicAuth');
/** Rows of the file; each is read four times, and n8n evaluates every expression of it each time. */
const ROWS = hasTime ? 5_000 : 400;
const PEOPLE = 40;
/** How long a step may take on a machine that has other work to do. After a kill, what is in doubt is looked for four minutes. */
const PATIENCE_S = hasTime ? 1_500 : 480;
/** Five steps: two previews, half a run, the rest of it, and starting n8n again. */
const ALL_STEPS_MS = 5 * PATIENCE_S * 1_000;
const SMTP = { name: 'Mail server', type: 'smtp' };

let instance: Instance;
let mail: MailServer;
let n8n: N8n;
let smtp: { id: string; name: string };

beforeAll(async () => {
	mail = await startMail();
	instance = await startInstance([], { propexo: { limit: 1_000_000, slowFrom: 2, jobMs: 20 } });
	({ n8n } = instance);
	const data = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
	smtp = { ...(await instance.session.post<{ id: string }>('/credentials', { ...SMTP, data })), ...SMTP };
});

afterAll(async () => {
	if (n8n !== instance?.n8n) await n8n?.stop();
	await instance?.stop();
	await mail?.close();
});

const emailOf = (person: number): string => `renter${person}@example.com`;

/** Leads of the integration whose PMS takes everything. */
function furnish(): void {
	const { leads } = instance.emulator.propexo.data;
	const lead = leads.get('lead_1');
	if (!lead) throw new Error('The emulator has no lead');
	const whose = { integration_id: 'int_any', integration_vendor: 'OTHER' };
	for (let person = 0; person < PEOPLE; person++)
		leads.add({ ...lead, ...whose, id: `renter_${person}`, email_1: emailOf(person) });
}

/** The workflow with what a user fills in. */
function filledIn(): WorkflowFile {
	const workflow = readWorkflow(ROOT, FILE);
	const addresses = { fromEmail: 'n8n@example.com', toEmail: 'manager@example.com' };
	const nodes = workflow.nodes.map((node) => {
		if (node.type.endsWith('.emailSend'))
			return {
				...node,
				parameters: { ...node.parameters, ...addresses },
				credentials: { smtp: { id: smtp.id, name: smtp.name } },
			};
		if (node.name !== 'Record the event') return node;
		const options = { ...(node.parameters['options'] as object), timeout: 1 };
		return { ...node, parameters: { ...node.parameters, integrationId: byId('int_any'), options } };
	});
	return { ...workflow, nodes };
}

/**
 * No two rows have the same time. Two in ten are written the US way.
 *
 * @param saved as a spreadsheet program writes it once it has saved the file
 */
function csvOf(rows: number, saved = false): string {
	const lines = Array.from({ length: rows }, (_, index) => {
		const day = 1 + (Math.floor(index / 1_440) % 28);
		const [hour, minute] = [Math.floor(index / 60) % 24, String(index % 60).padStart(2, '0')];
		const iso = `2023-05-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:${minute}`;
		const us = saved
			? `5/${day}/2023 ${hour}:${minute}`
			: `5/${day}/2023 ${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
		const person = index % PEOPLE;
		return `${emailOf(person)},,Call From Prospect,${index % 5 === 0 ? us : iso},Row ${index}.`;
	});
	return ['email,phone,type,when,notes', ...lines].join('\n');
}

async function upload(csv: string): Promise<void> {
	const data = new FormData();
	data.append('field-0', new Blob([csv], { type: 'text/csv' }), 'old.csv');
	const reply = await fetch(`${n8n.url}/form/back-fill`, { method: 'POST', headers: VISITOR, body: data });
	expect(reply.ok).toBe(true);
}

/** The next mail with such a subject. */
async function nextMail(subject: RegExp) {
	await until(
		`a mail about ${subject.source}`,
		() => mail.mails.some((one) => subject.test(one.subject)),
		PATIENCE_S,
	);
	return mail.mails.splice(
		mail.mails.findIndex((one) => subject.test(one.subject)),
		1,
	)[0]!;
}

/** Opens the page behind the button of a mail, as a person does, and answers it. */
async function answer(text: string, word: 'Yes' | 'No'): Promise<void> {
	const [, address = ''] = /href="(http[^"]+)"/.exec(text) ?? [];
	const page = new URL(address.replaceAll('&amp;', '&'));
	// The address that the world would use is not this one.
	page.host = new URL(n8n.url).host;
	const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
	// n8n sends the mail a moment before it has put the execution away.
	await eventually(async () =>
		expect(await (await fetch(page, { headers })).text()).toContain('Record these rows?'),
	);
	const form = new FormData();
	form.append('field-0', word);
	expect((await fetch(page, { method: 'POST', body: form, headers })).ok).toBe(true);
}

const created = () => instance.emulator.propexo.ledger.created;
const notesOf = () => created().map(({ body }) => String((body as { notes?: unknown }).notes));

interface Report {
	outcomes: Record<string, number>;
	rows: string[];
}

async function report(): Promise<Report> {
	const { files } = await nextMail(/the report/);
	const lines = (files['report.csv'] ?? '')
		.replace(/^\uFEFF/, '')
		.trim()
		.split(/\r?\n/);
	const columns = (lines[0] ?? '').split(',').map((cell) => cell.replaceAll('"', ''));
	const at = columns.indexOf('outcome');
	const outcomes: Record<string, number> = {};
	for (const line of lines.slice(1)) {
		const outcome = line.split(',')[at]?.replaceAll('"', '') ?? '';
		outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
	}
	return { outcomes, rows: lines.slice(1).map((line) => (line.split(',')[0] ?? '').replaceAll('"', '')) };
}

async function publish(): Promise<void> {
	const id = await instance.save(filledIn());
	const { versionId } = await instance.session.get<{ versionId: string }>(`/workflows/${id}`);
	await instance.session.post(`/workflows/${id}/activate`, { versionId });
	await eventually(async () =>
		expect((await fetch(`${n8n.url}/form/back-fill`, { headers: VISITOR })).ok).toBe(true),
	);
}

/** Kills n8n as a machine does that loses its power, and starts it again. */
async function killAndStart(): Promise<void> {
	process.kill(-n8n.program.pid, 'SIGKILL');
	await n8n.program.ended;
	n8n = await startN8n(instance.home, Number(new URL(n8n.url).port));
	await signIn(n8n.url);
	await eventually(async () =>
		expect((await fetch(`${n8n.url}/form/back-fill`, { headers: VISITOR })).ok).toBe(true),
	);
}

test('a preview tells what would happen, and nothing is recorded without a yes', async () => {
	await publish();
	furnish();
	const wrong = [
		'nobody@example.com,,Call From Prospect,2023-05-01T10:00,Unknown',
		`${emailOf(1)},,Call From Prospect,someday,No time`,
		',,Call From Prospect,2023-05-01T10:00,Nobody',
		`${emailOf(1)},,Call From Prospect,5/1/2023 12:01:30 AM,Row 1 with its seconds.`,
	];
	await upload([csvOf(5), ...wrong].join('\n'));
	const asked = await nextMail(/record 5 events\?/);
	expect(asked.text).toContain('Would be recorded: 5');
	expect(asked.text).toContain('the same as an earlier row, would be skipped: 1');
	expect(asked.text).toContain('Not right, would not be sent: 3');
	expect(asked.text).toMatch(
		/Row 7: No lead of .* has the email address in &#39;Lead&#39;|Row 7: No lead of/,
	);
	expect(asked.text).toMatch(/Row 8: .*Event Date and Time/);
	await answer(asked.text, 'No');
	expect(created()).toEqual([]);

	await upload([csvOf(5), ...wrong].join('\n'));
	await answer((await nextMail(/record 5 events\?/)).text, 'Yes');
	expect(await report()).toEqual({
		outcomes: { created: 5, 'not sent': 3, 'same as an earlier row': 1 },
		rows: ['2', '3', '4', '5', '6', '7', '8', '9', '10'],
	});
	expect(new Set(notesOf())).toEqual(new Set([0, 1, 2, 3, 4].map((index) => `Row ${index}.`)));
});

test(
	'n8n killed in the middle, the same file again, saved by a spreadsheet program: an event for each row, none twice, the report complete',
	async () => {
		const csv = csvOf(ROWS);
		await upload(csv);
		const first = await nextMail(new RegExp(`record ${ROWS - 5} events\\?`));
		expect(first.text).toContain('would be skipped: 5');
		await answer(first.text, 'Yes');
		await until('half of the events', () => created().length >= ROWS / 2, PATIENCE_S, 20);
		await killAndStart();
		const before = created().length;
		expect(before).toBeLessThan(ROWS);

		await upload(csvOf(ROWS, true));
		const second = await nextMail(/record \d+ events\?/);
		await answer(second.text, 'Yes');
		const { outcomes, rows } = await report();

		const notes = notesOf();
		expect(notes).toHaveLength(ROWS);
		expect(new Set(notes).size).toBe(ROWS);
		expect(rows).toEqual(Array.from({ length: ROWS }, (_, index) => String(index + 2)));
		expect(Object.keys(outcomes).sort()).toEqual(['created', 'recorded before']);
		expect((outcomes['created'] ?? 0) + (outcomes['recorded before'] ?? 0)).toBe(ROWS);
	},
	ALL_STEPS_MS,
);
