import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { credentialsFor, headersFor } from '../../demo/example.ts';
import { freePort, LOOPBACK, needPort } from '../../demo/ports.ts';
import { start, type Program } from '../../demo/programs.ts';
import { deskCredentials, INTEGRATION_OF, shippedFor } from '../../demo/shipped.ts';
import { triesOf, type Try } from '../../demo/tries.ts';
import { n8nOf, pinnedVersion, ROOT } from '../support/n8nVersion.ts';

let folder: string;
let ports: { n8n: number; propexo: number; rentEngine: number; page: number };
let programs: Program[];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'leasing-demo-'));
	// So that no test has to wait for it.
	await n8nOf(pinnedVersion(), join(folder, 'install.log'));
	const [n8n, propexo, rentEngine, page] = await Promise.all([
		freePort(),
		freePort(),
		freePort(),
		freePort(),
	]);
	// The same for all tests: the demo keeps the database of its port, and later starts need not make one.
	ports = { n8n, propexo, rentEngine, page };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => (programs = []));

afterEach(async () => {
	await Promise.all(programs.map((program) => program.stop()));
});

/** `npm run demo` on the test's own ports, with a folder of its own. */
function demo(...args: string[]): Program {
	const flags = [
		`--n8n-port=${ports.n8n}`,
		`--propexo-port=${ports.propexo}`,
		`--rentengine-port=${ports.rentEngine}`,
		`--page-port=${ports.page}`,
	];
	const { npm_lifecycle_event: _, ...env } = process.env;
	const program = start({
		args: [join(ROOT, 'demo', 'demo.ts'), ...flags, ...args],
		cwd: ROOT,
		env: {
			...env,
			LEASING_EVENTS_DEMO_DIR: folder,
			LEASING_EVENTS_N8N_DIR: process.env['LEASING_EVENTS_N8N_DIR'] ?? join(ROOT, '.demo', 'n8n'),
		},
		log: join(folder, 'demo.log'),
	});
	programs.push(program);
	return program;
}

/** Until the program has said something, or has ended. */
async function says(program: Program, text: string): Promise<void> {
	let hasEnded = false;
	void program.ended.then(() => (hasEnded = true));
	while (!program.output.includes(text) && !hasEnded) await pause();
	expect(program.output).toContain(text);
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

/** Fails if one of the demo's servers still listens. */
async function expectAllPortsFree(): Promise<void> {
	for (const port of Object.values(ports)) await needPort(port, 'this test', '');
}

/** The lines of the table, by event. */
const row = (program: Program, event: string): string | undefined =>
	program.output.split('\n').find((line) => new RegExp(`^(Propexo|RentEngine) +${event} `).test(line));

test('the demo records one event of each kind, shows them, and leaves nothing running', async () => {
	const program = demo('--once');

	expect(await program.ended).toEqual({ code: 0, signal: null });

	for (const event of ['Call', 'Outgoing email', 'Appointment', 'Show', 'General']) {
		expect(row(program, event)).toMatch(/^Propexo .* lead_\d/);
	}
	expect(row(program, 'Assign to user')).toMatch(/^RentEngine .* 1001 /);
	expect(program.output).not.toContain('MISSING');
	expect(program.output).toContain(`http://127.0.0.1:${ports.n8n}`);
	expect(program.output).toContain(`http://127.0.0.1:${ports.page}`);
	await expectAllPortsFree();
});

test('the demo fails when an event is missing, and names it', async () => {
	const program = demo('--once');
	const fault = {
		system: 'propexo',
		match: { bodyIncludes: 'Will bring a friend' },
		status: 400,
		body: 'no',
	};
	for (;;) {
		const set = await fetch(`http://${LOOPBACK}:${ports.page}/api/faults`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(fault),
		}).catch(() => undefined);
		if (set?.ok === true) break;
		await pause();
	}

	expect(await program.ended).toEqual({ code: 1, signal: null });

	expect(row(program, 'Appointment')).toContain('MISSING');
	expect(row(program, 'Show')).not.toContain('MISSING');
	expect(program.output).toContain('Missing: Propexo\'s "Appointment"');
	await expectAllPortsFree();
});

/** What was created in the running demo so far, by its ID. */
async function created(): Promise<Map<string, Record<string, unknown>>> {
	const reply = await fetch(`http://${LOOPBACK}:${ports.page}/api/ledger`);
	const ledger = (await reply.json()) as Record<
		string,
		{ created: Array<{ id: string; body: Record<string, unknown> }> }
	>;
	return new Map(Object.values(ledger).flatMap((one) => one.created.map(({ id, body }) => [id, body])));
}

/** Gives a file to the address that takes it, as curl or a person at a page does. */
async function give({ how, url, file, contentType, headers, asksBy }: Try): Promise<Response> {
	const lines = headers === undefined ? [] : readFileSync(headers, 'utf8').trim().split('\n');
	const more = lines.map((line) => line.split(': ', 2) as [string, string]);
	if (how === 'post')
		return await fetch(url, {
			method: 'POST',
			headers: { 'content-type': contentType, ...headersFor(asksBy), ...Object.fromEntries(more) },
			body: readFileSync(file),
		});
	const form = new FormData();
	form.append('field-0', new Blob([readFileSync(file)], { type: contentType }), basename(file));
	return await fetch(url, { method: 'POST', headers: headersFor(asksBy), body: form });
}

/** Until the demo holds so many more than before; gives what is new. */
async function more(
	before: ReadonlyMap<string, unknown>,
	count: number,
): Promise<Array<Record<string, unknown>>> {
	const giveUp = Date.now() + 60_000;
	for (;;) {
		const held = [...(await created())].filter(([id]) => !before.has(id)).map(([, body]) => body);
		if (held.length >= count || Date.now() > giveUp) return held;
		await pause();
	}
}

/** How many events a file is about: the rows of a spreadsheet below its heads. */
const eventsIn = ({ file }: Try): number =>
	file.endsWith('.csv') ? readFileSync(file, 'utf8').trim().split('\n').length - 1 : 1;

test('the demo stays up with every automation, records their files of each PMS, and ends all when interrupted', async () => {
	const program = demo();
	await says(program, 'Ctrl-C ends everything');
	expect(program.output).not.toContain('n8n did not publish it');
	expect((await fetch(`http://${LOOPBACK}:${ports.page}/`)).status).toBe(200);
	const service = { url: '', token: '' };
	const lent = [...credentialsFor(service, service), ...deskCredentials({ mailPort: 0 })];
	const all = shippedFor(ROOT, { credentials: lent, chat: '' });
	for (const { workflow } of all) expect(program.output).toContain(workflow.name);

	const url = `http://${LOOPBACK}:${ports.n8n}`;
	let mails = 0;
	for (const one of triesOf(join(ROOT, 'demo', 'files'), all, url)) {
		const label = `${one.name}, ${basename(one.file)}`;
		const before = await created();
		const reply = await give(one);
		const answer = await reply.text();
		// One fails on purpose. Some answer before the PMS does.
		const fine = one.name === 'propexo-write-failed' ? [422] : [200, 202];
		expect([label, fine.includes(reply.status), answer]).toEqual([label, true, answer]);
		if (one.file.includes('/tour-times.')) {
			expect(JSON.parse(answer)).toEqual({ times: expect.arrayContaining([expect.anything()]) });
		} else if (one.name === 'propexo-backfill') {
			// It asks first, by mail.
			mails += 1;
			const asked = `An email came: "Back-fill: record ${eventsIn(one)} events?"`;
			while (program.output.split(asked).length - 1 < mails) await pause();
		} else {
			const held = await more(before, eventsIn(one));
			// The update of a lead names no integration.
			const where = held.map((body) => body['integration_id']).filter((id) => id !== undefined);
			const expected = one.pms === undefined ? [] : [INTEGRATION_OF[one.pms].id];
			expect([label, held.length >= eventsIn(one), [...new Set(where)]]).toEqual([
				...[label, true],
				expected,
			]);
		}
	}

	process.kill(program.pid, 'SIGINT');

	expect(await program.ended).toEqual({ code: 0, signal: null });
	await expectAllPortsFree();
});

test.each([
	['n8n', 'n8n'],
	['propexo', 'propexo'],
	['rentEngine', 'rentengine'],
	['page', 'page'],
] as const)(
	'the demo says on one line that the port of %s is in use, and how to choose another',
	async (which, flag) => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(ports[which], LOOPBACK, resolve));
		try {
			const program = demo('--once');

			expect(await program.ended).toEqual({ code: 1, signal: null });

			const line = new RegExp(`^Port ${ports[which]}, for .+, is in use\\. .+ --${flag}-port \\d+$`);
			expect(program.output.trim()).toMatch(line);
		} finally {
			server.close();
		}
	},
);

test('the demo says on one line that it does not know an argument', async () => {
	const program = demo('--twice');

	expect(await program.ended).toEqual({ code: 1, signal: null });
	expect(program.output.trim()).toBe("Unknown option '--twice'. See npm run demo -- --help");
});
