import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { credentialsFor, importInto } from '../../../../demo/example.ts';
import { startN8n, type N8n } from '../../../../demo/n8n.ts';
import { freePort } from '../../../../demo/ports.ts';
import { activate, signIn, type Session } from '../../../../demo/rest.ts';
import { FAULT_ROWS } from '../../../engine/support/deliver/faults.ts';
import { executionsOf, savedDataOf, type ExecutionData } from '../../../support/executions.ts';
import { setStage, type Stage } from '../../../support/realN8n.ts';
import { webhookWorkflow } from '../../../support/workflows.ts';
import { ACTS } from './leaks/acts.ts';
import { NOTES, personalIn, RENTER, TOKEN } from './leaks/marks.ts';
import { runAll, type Run, type Stranger } from './leaks/runs.ts';
import { placesOf } from './leaks/search.ts';
import { registerAll, testCredentials, triggerWorkflows, type Said } from './leaks/triggers.ts';

/*
 * Every fault of the matrix in a real n8n, with a token and personal data that are known again wherever they turn up.
 */

/** 429s are borne for five minutes, and n8n starts the node twice. */
const LONGEST_MS = 1_200_000;

let stage: Stage;
let n8n: N8n;
let session: Session;
let server: Server;
let stranger: Stranger;
let runs: Run[];
let registrations: Said[];
let tests: Said[];

beforeAll(async () => {
	stage = await setStage({
		emulator: {
			propexoTokens: [TOKEN],
			rentEngineTokens: [TOKEN],
			propexo: { slowFrom: 2, limit: 10_000 },
		},
		env: { N8N_LOG_LEVEL: 'debug', EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'true' },
	});
	stranger = await listenAside();
	// Each webhook says where its service is, so that no fault meets anything but its own.
	const elsewhere = { url: '={{ $json.body.address }}', token: TOKEN };
	const fixed = { id: 'registering', name: 'Registering', type: 'propexoApi' };
	const { url } = stage.emulator.propexo;
	await importInto(stage.home, 'credentials', [
		...credentialsFor(elsewhere, elsewhere),
		{ ...fixed, data: { environment: 'custom', baseUrl: url, token: TOKEN } },
	]);
	// What was imported stays behind in clear.
	rmSync(join(stage.home.userFolder, 'credentials.json'));
	await stage.importWorkflows([
		...ACTS.map(({ id, node }) => webhookWorkflow(stage.emulator, id, node)),
		...triggerWorkflows(fixed),
	]);
	n8n = await startN8n(stage.home, await freePort());
	session = await signIn(n8n.url);
	for (const { id } of ACTS) await activate(n8n.url, session, id, id);
	[runs, registrations, tests] = await Promise.all([
		runAll(n8n.url, session, stranger),
		registerAll(stage.emulator, session, stranger),
		testCredentials(session, stranger),
	]);
}, LONGEST_MS);

afterAll(async () => {
	await n8n?.stop();
	server?.close();
	await stage?.close();
});

async function listenAside(): Promise<Stranger> {
	const heard: string[] = [];
	server = createServer((request, response) => {
		heard.push(JSON.stringify([request.url, request.headers]));
		response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

/** What is left of an execution without the user's own data: what came in, and what a created event gave back. */
function withoutOwnData(data: ExecutionData): object {
	const copy = structuredClone(data);
	const { runData } = copy.resultData;
	delete runData.Webhook;
	for (const tasks of Object.values(runData)) {
		for (const task of tasks) {
			const outputs =
				(task.data as { main?: Array<Array<{ json: Record<string, unknown> }> | null> } | undefined)
					?.main ?? [];
			// n8n puts the input of a failed item beside what the node says of it.
			task.data = {
				told: outputs
					.flatMap((items) => items ?? [])
					.filter(({ json }) => 'error' in json)
					.map(({ json: { error, details } }) => ({ error, details })),
			};
			delete task.inputOverride;
		}
	}
	for (const entry of copy.executionData?.nodeExecutionStack ?? []) delete entry.data;
	delete copy.executionData?.waitingExecution;
	return copy;
}

/** What the node remembers of its items holds the rows of created events, which are its output. */
const withoutRows = (text: string): string => text.replace(/"rows":\[\{.*?\}\]/g, '');

/** What an item came to, by the answer of a node that goes on. */
function outcomeIn(answer: string): string {
	const { details } = JSON.parse(answer) as { details?: { outcome?: string } };
	return details?.outcome ?? 'created';
}

describe('after every fault of the matrix, in a real n8n', () => {
	it('has met each of them in all that creates, changes and reads', async () => {
		const [stopping, others] = [
			ACTS.filter(({ cancelled }) => cancelled),
			ACTS.filter(({ cancelled }) => !cancelled),
		];
		const rows = FAULT_ROWS.length - 1;
		expect(runs).toHaveLength(rows * others.length + stopping.length);
		const missed = runs.filter(
			({ row, used }) => (row.fault ?? row.redirect ?? row.cancel) && used === 0,
		);
		expect(missed.map(({ row, act }) => `${act.id}: ${row.name}`)).toEqual([]);
		const told = runs.filter(({ act }) => act.tells);
		expect(told.map(({ row, act, answer }) => [act.id, row.name, outcomeIn(answer)])).toEqual(
			told.map(({ row, act }) => [act.id, row.name, row.outcome]),
		);
		const executions = await executionsOf(session);
		expect(executions).toHaveLength(runs.length);
		expect(executions.filter(({ status }) => status === 'canceled')).toHaveLength(stopping.length);
		expect(executions.filter(({ status }) => status === 'error').length).toBeGreaterThan(rows);
	});

	it('has met them in what registers a trigger and in the test of a credential', () => {
		for (const said of [registrations, tests]) {
			expect(said.length).toBeGreaterThan(FAULT_ROWS.length / 2);
			const missed = said.filter(({ used }) => used === 0);
			expect([said === tests, missed]).toEqual([said === tests, []]);
		}
		expect(tests.filter(({ answer }) => answer.includes('"Error"')).length).toBeGreaterThan(20);
	});

	it('no other host has heard of anything', () => {
		expect(stranger.heard).toEqual([]);
	});

	it('the token is nowhere in what n8n keeps and shows', async () => {
		expect(await placesOf(TOKEN, stage.home, session)).toEqual([]);
	});

	it("the renter's data are in saved executions, and in nothing else", async () => {
		for (const mark of [...Object.values(RENTER), NOTES]) {
			expect([mark, await placesOf(mark, stage.home, session)]).toEqual([
				mark,
				['database: execution_data.data', 'editor: /executions/…'],
			]);
		}
	});

	it("saved executions hold the renter's data only where the user's own data flow", async () => {
		for (const { id, workflowId } of await executionsOf(session)) {
			const { data } = await savedDataOf(session, id);
			const rest = withoutRows(JSON.stringify(withoutOwnData(data)));
			expect([workflowId, id, personalIn(rest)]).toEqual([workflowId, id, []]);
		}
	});

	it("no answer holds the token or, unless the event was created, the renter's data", () => {
		for (const { act, row, answer } of runs.filter((run) => run.answer !== '')) {
			expect(answer).not.toContain(TOKEN);
			const { body: _input, ...json } = JSON.parse(answer) as Record<string, unknown>;
			const isCreated = json.job_id !== undefined || json.id !== undefined;
			if (!isCreated)
				expect([act.id, row.name, personalIn(JSON.stringify(json))]).toEqual([act.id, row.name, []]);
		}
		for (const { row, answer } of [...registrations, ...tests]) {
			expect([row, answer.includes(TOKEN), personalIn(answer)]).toEqual([row, false, []]);
		}
	});

	it('a token would be found: in what is executed, in a file, in the log, in whatever encoding', async () => {
		const [act] = ACTS;
		await fetch(`${n8n.url}/webhook/${act?.id}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ notes: `a token: ${TOKEN}`, address: 'https://leasing-events.invalid' }),
		});
		writeFileSync(
			join(stage.home.userFolder, '.n8n', 'planted'),
			Buffer.from(`:${TOKEN}:`).toString('base64'),
		);
		appendFileSync(stage.home.log, `authorization: ${Buffer.from(TOKEN).toString('hex')}\n`);
		expect(await placesOf(TOKEN, stage.home, session)).toEqual([
			'database: execution_data.data',
			'editor: /executions/…',
			'file: ../n8n.log',
			'file: .n8n/planted',
		]);
	});
});
