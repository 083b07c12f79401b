import type { WorkflowFile, WorkflowNode } from '../../../demo/example.ts';
import { signed } from '../../engine/propexo/support/trigger.ts';
import { SECRET } from '../../engine/rentEngine/support/trigger.ts';
import { cpuMs } from '../../support/cpu.ts';
import { table } from '../../support/report.ts';
import { pause, until } from '../../support/until.ts';
import { chain, propexoCreate } from '../../support/workflows.ts';
import { propexoTrigger, registrations } from '../propexo/support/trigger.ts';
import { startInstance, type Instance } from '../support/instance.ts';
import { saveActive, switchOn, trigger } from '../support/triggers.ts';
import { webhookTrigger } from '../support/variants.ts';

/*
 * Bursts of webhooks in one real n8n. What is compared takes turns, round after round, so that what disturbs the machine
 * disturbs both; ratios count.
 */
const ROUNDS = Number(process.env.BURST_ROUNDS ?? 5);
const MANY = Number(process.env.BURST_MANY ?? 2_000);
const MANY_MS = MANY * 30;
const LEADS = 200;

const noOp: WorkflowNode = {
	id: 'nothing',
	name: 'Nothing',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [200, 0],
	parameters: {},
};

/**
 * n8n makes an isolated JavaScript engine for each webhook and each run before it knows whether there is an expression; only
 * for its own Webhook node it leaves that out. That takes most of the time of a burst, of any workflow. With this setting it
 * makes one when it is needed (n8n 2.41, `expression-engine.config`).
 */
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

let instance: Instance;
const start = async (env: NodeJS.ProcessEnv): Promise<void> => {
	const propexo = { limit: 1_000_000, slowFrom: 2, latencyMs: 50 };
	instance = await startInstance([], { propexo, counts: { leads: LEADS } }, env);
};
/** Those with a RentEngine Trigger. */
const workflows: string[] = [];
const rows: Array<Record<string, string | number>> = [];

/** One way in: posts the delivery with this number, and gives whether n8n took it. */
type Door = (number: number) => Promise<boolean>;

async function post(url: string, text: string, headers: Record<string, string> = {}): Promise<boolean> {
	const reply = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: text,
	});
	await reply.arrayBuffer();
	return reply.ok;
}

/** n8n's own Webhook node, which answers when the run has begun. */
async function webhookDoor(path: string): Promise<Door> {
	const webhook = webhookTrigger('Webhook', path);
	const parameters = {
		...webhook.parameters,
		responseMode: 'onReceived',
		responseData: undefined,
		options: {},
	};
	const file = chain(path, { ...webhook, parameters }, noOp);
	const { webhook: url } = await instance.publish(file, path);
	return async (number) => await post(url, JSON.stringify(told(number)));
}

const told = (number: number) => ({
	trigger: 'WRITE_OPERATION_FAILURE',
	data: { root_job_id: `job_${number}`, write_status: 'FAILURE', job_id: `job_${number}` },
});

async function propexoDoor(): Promise<Door> {
	const node = propexoTrigger();
	await saveActive(instance, chain('propexo', node, noOp));
	const [{ url, secret } = { url: '', secret: '' }] = await registrations(instance, node);
	return async (number) => {
		const text = JSON.stringify(told(number));
		return await post(url, text, signed(secret, text));
	};
}

async function rentEngineDoor(): Promise<Door> {
	const { url: baseUrl, token } = instance.emulator.rentEngine;
	const name = `RentEngine with a secret ${workflows.length}`;
	const { id } = await instance.session.post<{ id: string }>('/credentials', {
		name,
		type: 'rentEngineApi',
		data: { baseUrl, token, webhookSecret: SECRET },
	});
	const node = trigger('rentEngineTrigger', { triggerOn: ['leasingEventCreated', 'leasingEventChanged'] });
	const credentials = { rentEngineApi: { id, name } };
	const file: WorkflowFile = chain('rentEngine', { ...node, credentials }, noOp);
	const saved = await instance.session.post<{ id: string }>('/workflows', file);
	workflows.push(saved.id);
	expect(await switchOn(instance, saved.id)).toMatchObject({ status: 'published' });
	const url = `${instance.n8n.url}/webhook/${String(node['webhookId'])}/webhook`;
	const record = { event_type: 'Assign to User', prospect_id: 1 };
	return async (number) =>
		await post(
			url,
			JSON.stringify({ type: 'INSERT', table: 'leasing_events', record: { id: number, ...record } }),
			{ 'x-api-key': SECRET },
		);
}

/** A Webhook and behind it *Lead Event: Create*; answered when that has ended. */
async function createDoor(path: string, options: object): Promise<Door> {
	const node = propexoCreate({ ...options });
	const file = chain(path, webhookTrigger('Webhook', path), { ...node, id: path });
	const { webhook } = await instance.publish(file, path);
	return async (number) => {
		const event = { event_id: `${path} ${number}`, lead_id: `lead_${(number % LEADS) + 1}` };
		return await post(webhook, JSON.stringify({ ...event, notes: event.event_id }));
	};
}

let numbers = 0;

/** What a burst took, in ms: until all answers were there, and of CPU in n8n until it did nothing any more. */
interface Took {
	time: number;
	cpu: number;
}

/** Posts as many deliveries at once. */
async function burst(door: Door, count: number): Promise<Took> {
	const { program } = instance.n8n;
	const [from, cpu] = [performance.now(), cpuMs([program])];
	const taken = await Promise.all(Array.from({ length: count }, async () => await door(++numbers)));
	expect(taken).toEqual(taken.map(() => true));
	const time = performance.now() - from;
	await quiet();
	// Each burst comes on its own. Otherwise one would begin in the middle of what the node does after another one.
	await pause(1_000 + 1_000 * Math.random());
	return { time, cpu: cpuMs([program]) - cpu };
}

/** Waits until n8n does nothing any more. */
async function quiet(): Promise<void> {
	const running = async () => {
		const { results } = await instance.session.get<{ results: unknown[] }>(
			`/executions?limit=1&filter=${encodeURIComponent(JSON.stringify({ status: ['running', 'new'] }))}`,
		);
		return results.length;
	};
	await until('n8n to be quiet', async () => (await running()) === 0);
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Lets all doors take turns; gives how much longer each takes than the first. */
async function compare(count: number, doors: Array<[name: string, door: Door]>): Promise<number[]> {
	const all = doors.map(([name, door]) => ({ name, door, took: [] as Took[] }));
	for (let round = 0; round <= ROUNDS; round++) {
		for (const { door, took } of round % 2 ? all : all.toReversed()) {
			const one = await burst(door, count);
			// The first round warms up.
			if (round > 0) took.push(one);
		}
	}
	const [first] = all;
	const medianOf = (figure: keyof Took, { took }: { took: Took[] } = { took: [] }) =>
		median(took.map((one) => one[figure]));
	return all.map((one) => {
		const ratio = medianOf('time', one) / medianOf('time', first);
		rows.push({
			[`${count} at once`]: one.name,
			'Expression engines': settings,
			'Time ÷ first': ratio.toFixed(2),
			'CPU ÷ first': (medianOf('cpu', one) / medianOf('cpu', first)).toFixed(2),
			Time: `${(medianOf('time', one) / 1_000).toFixed(2)} s`,
		});
		return ratio;
	});
}

/** Whether n8n's settings are its defaults; rows of both come into the same tables. */
let settings = '';

const compareTriggers = async (): Promise<number[]> =>
	await compare(100, [
		["n8n's Webhook node", await webhookDoor('plain')],
		['Propexo Trigger', await propexoDoor()],
		['RentEngine Trigger', await rentEngineDoor()],
	]);

const compareKeys = async (): Promise<number[]> =>
	await compare(40, [
		['Lead Event: Create', await createDoor('without', { deduplicationKey: undefined })],
		['Lead Event: Create with an event ID', await createDoor('keyed', {})],
	]);

/** Every event of both contestants was created once. */
function expectOnce(): void {
	const { created } = instance.emulator.propexo.ledger;
	const notes = created.map(({ body }) => (body as { notes: string }).notes);
	expect(new Set(notes).size).toBe(notes.length);
	expect(notes).toHaveLength(2 * (ROUNDS + 1) * 40);
}

afterAll(() => {
	const of = (count: number) => rows.filter((row) => `${count} at once` in row);
	if (of(100).length > 0) table('bursts-triggers', of(100));
	if (of(40).length > 0) table('bursts-keys', of(40));
});

describe("with n8n's own settings", () => {
	beforeAll(async () => {
		settings = 'own';
		await start({});
	});
	afterAll(async () => {
		await instance?.stop();
	});

	test('triggers answer each of 100 deliveries at once', async () => {
		await compareTriggers();
	});

	test('40 webhooks at once with an event ID take at most 1.5 times those without, and create each event once', async () => {
		const [, ratio] = await compareKeys();
		expectOnce();
		expect(ratio).toBeLessThanOrEqual(1.5);
	});
});

describe('with an engine for expressions only where there is one', () => {
	beforeAll(async () => {
		settings = 'lazy';
		workflows.length = 0;
		await start(LAZY);
	});
	afterAll(async () => {
		await instance?.stop();
	});

	test("triggers answer 100 deliveries at once in at most 1.3 times the time of n8n's Webhook node", async () => {
		const [, ...triggers] = await compareTriggers();
		for (const ratio of triggers) expect(ratio).toBeLessThanOrEqual(1.3);
	});

	test('40 webhooks at once with an event ID create each event once', async () => {
		await compareKeys();
		expectOnce();
	});

	test('of 2,000 deliveries in a minute none is lost', async () => {
		const door = await rentEngineDoor();
		const from = performance.now();
		const answers: Array<Promise<boolean>> = [];
		for (let sent = 0; sent < MANY; sent++) {
			answers.push(door(++numbers));
			await pause(Math.max(0, from + ((sent + 1) * MANY_MS) / MANY - performance.now()));
		}
		const taken = await Promise.all(answers);
		const ms = performance.now() - from;
		await quiet();
		const { count } = await instance.session.get<{ count: number }>(
			`/executions?limit=1&filter=${encodeURIComponent(JSON.stringify({ workflowId: workflows.at(-1) }))}`,
		);
		table('bursts-minute', [
			{
				Deliveries: MANY,
				'Seconds until all were answered': (ms / 1_000).toFixed(0),
				Refused: taken.filter((isTaken) => !isTaken).length,
				Runs: count,
			},
		]);
		expect(taken.every(Boolean)).toBe(true);
		expect(count).toBe(MANY);
	});
});
