import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkflow, type WorkflowFile } from '../../demo/example.ts';
import { ROOT } from '../support/n8nVersion.ts';
import { post, startInstance, type Instance } from './support/instance.ts';
import { startChat, startModel, type Stub } from './support/stubs.ts';

/*
 * Every automation of workflows/ as it is shipped, in a real n8n; only what a user fills in is filled in here.
 */

const USERS = ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c', '2c6b1f0a-9d5e-4a41-8c12-5b7f0e3d9a02'] as const;

let instance: Instance;
let chat: Stub;
let nextPath = 0;

beforeAll(async () => {
	chat = await startChat();
	instance = await startInstance([], {
		propexo: { limit: 100_000, slowFrom: 2, jobMs: 50 },
		rentEngine: { limit: 100_000 },
	});
});

afterAll(async () => {
	await instance?.stop();
	await chat?.close();
});

beforeEach(() => {
	instance.emulator.reset();
	chat.bodies.length = 0;
});

/** Parameters that a user fills in, by the name of the node. */
type Filling = Record<string, Record<string, unknown>>;

/** A shipped workflow with what a user fills in, and a webhook path that no other test has. */
function filledIn(file: string, filling: Filling = {}): { workflow: WorkflowFile; path: string } {
	const shipped = readWorkflow(ROOT, file);
	for (const name of Object.keys(filling)) {
		if (!shipped.nodes.some((node) => node.name === name))
			throw new Error(`${file} has no node "${name}"`);
	}
	const path = `shipped-${++nextPath}`;
	const nodes = shipped.nodes.map((node) => {
		const own = node.type.endsWith('.webhook') ? { path } : {};
		return { ...node, parameters: { ...node.parameters, ...filling[node.name], ...own } };
	});
	return { workflow: { ...shipped, nodes }, path };
}

async function publish(file: string, filling: Filling = {}): Promise<{ id: string; webhook: string }> {
	const { workflow, path } = filledIn(file, filling);
	return await instance.publish(workflow, path);
}

/** Saves and activates a workflow that has no webhook of its own path. */
async function activate(file: string, filling: Filling = {}): Promise<string> {
	const id = await instance.save(filledIn(file, filling).workflow);
	const { versionId } = await instance.session.get<{ versionId: string }>(`/workflows/${id}`);
	await instance.session.post(`/workflows/${id}/activate`, { versionId });
	return id;
}

const deactivate = async (id: string): Promise<void> => {
	await instance.session.post(`/workflows/${id}/deactivate`, {});
};

const created = (system: 'propexo' | 'rentEngine') =>
	instance.emulator[system].ledger.created.map(({ body }) => body as Record<string, unknown>);

/** Asks until the check holds; its own message if it never does. */
async function eventually(check: () => void): Promise<void> {
	const giveUp = Date.now() + 60_000;
	for (;;) {
		try {
			return check();
		} catch (error) {
			if (Date.now() > giveUp) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

const said = (): string[] => chat.bodies.map((body) => (body as { text: string }).text);

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

describe('every workflow that is shipped', () => {
	const files = readdirSync(join(ROOT, 'workflows')).filter((file) => file.endsWith('.json'));

	it.each(files)('%s explains itself, holds no credential and nothing that is not connected', (file) => {
		const workflow = readWorkflow(ROOT, file);
		const notes = workflow.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
		expect(notes.length).toBeGreaterThanOrEqual(2);
		expect(workflow.nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		const linked = JSON.stringify(workflow.connections);
		for (const { name, type } of workflow.nodes) {
			if (!type.endsWith('.stickyNote')) expect(linked).toContain(JSON.stringify(name));
		}
		const ids = workflow.nodes.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('propexo-call-log.json', () => {
	const CALL = {
		call_id: 'call-1',
		integration_id: 'int_entrata_1',
		event_type_id: 'etype_13',
		from: '+1 512 555 0100',
		to: '+1 512 555 0199',
		status: 'ANSWER',
		seconds: 184,
		recording: 'https://phone.example.com/recordings/1.mp3',
		at: '2026-03-01T14:30:00-06:00',
		notes: 'Asked for parking',
	};
	let webhook: string;

	beforeAll(async () => {
		({ webhook } = await publish('propexo-call-log.json'));
	});

	/** A lead of the one PMS in the emulator that takes calls and tells the ID of the record. */
	function leadThere(): void {
		const { leads } = instance.emulator.propexo.data;
		const lead = leads.get('lead_2');
		if (lead) leads.add({ ...lead, id: 'lead_there', integration_id: 'int_any', phone_1: '5125550123' });
	}

	const phone = () => String(instance.emulator.propexo.data.leads.get('lead_2')?.phone_1);
	const typeId = () =>
		[...instance.emulator.propexo.data.eventTypes].find((type) => type.integration_id === 'int_entrata_1')
			?.id;
	const call = (more: object = {}) => ({ ...CALL, event_type_id: typeId(), phone: phone(), ...more });

	it('finds the lead by the number, logs the call and answers with the ID that the PMS gave it', async () => {
		leadThere();
		const event = call({ integration_id: 'int_any', phone: '(512) 555-0123', event_type_id: undefined });
		const { status, answer } = await post(webhook, event);
		expect({ status, answer }).toMatchObject({
			status: 200,
			answer: {
				recorded: true,
				repeated: false,
				write_status: 'SUCCESS',
				record_id: expect.any(String) as string,
			},
		});
		expect(created('propexo')).toEqual([
			expect.objectContaining({
				lead_id: 'lead_there',
				integration_id: 'int_any',
				call_duration: 184,
				call_status: 'ANSWER',
				notes: 'Asked for parking',
			}),
		]);
	});

	it('logs a repeated call once', async () => {
		await post(webhook, call({ call_id: 'call-2' }));
		const again = await post(webhook, call({ call_id: 'call-2' }));
		expect(again).toMatchObject({ status: 200, answer: { recorded: true, repeated: true } });
		expect(created('propexo')).toHaveLength(1);
	});

	it('answers that no lead has the number', async () => {
		const { status, answer } = await post(webhook, call({ call_id: 'call-3', phone: '+1 512 555 7777' }));
		expect({ status, answer }).toMatchObject({ status: 404, answer: { recorded: false } });
		expect(created('propexo')).toEqual([]);
	});

	it('answers with the reason of a refusal, and that repeating does not help', async () => {
		const { status, answer } = await post(webhook, call({ call_id: 'call-4', notes: '[fail]' }));
		expect({ status, answer }).toMatchObject({
			status: 422,
			answer: { recorded: false, outcome: 'refused', reason: expect.any(String) as string },
		});
	});
});

describe('rentengine-missed-call.json', () => {
	it('assigns the newest prospect with the number to the next agent, once for each call', async () => {
		const { webhook } = await publish('rentengine-missed-call.json', {
			'Assign the next agent': { usersFrom: 'id', assignedToUserIds: USERS.join(', ') },
		});
		const { rows } = instance.emulator.rentEngine;
		const now = new Date().toISOString();
		const first = rows.addProspect({ phone: '+15125550142', created_at: now });
		const second = rows.addProspect({ phone: '+15125550143', created_at: now });
		const call = (call_id: string, from: string, status = 'missed') => ({
			call_id,
			from,
			status,
			at: now,
		});
		await post(webhook, call('one', '(512) 555-0142'));
		await eventually(() => expect(created('rentEngine')).toHaveLength(1));
		await post(webhook, call('one', '(512) 555-0142'));
		await post(webhook, call('answered', '(512) 555-0143', 'answered'));
		await post(webhook, call('stranger', '(512) 555-9999'));
		await post(webhook, call('two', '512.555.0143'));
		await eventually(() => expect(created('rentEngine')).toHaveLength(2));
		const assigned = created('rentEngine').map((event) => [
			event['prospect_id'],
			(event['context'] as { assignedToUserIds: string[] }).assignedToUserIds,
			event['source'],
		]);
		expect(assigned).toEqual([
			[first.id, [USERS[0]], 'Phone Call'],
			[second.id, [USERS[1]], 'Phone Call'],
		]);
	});
});

describe('rentengine-every-morning.json', () => {
	const soon = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
	const assign = { usersFrom: 'id', assignedToUserIds: USERS.join(', ') };

	it('assigns who is new, names who has no agent, and assigns nobody twice', async () => {
		const { rows, faults } = instance.emulator.rentEngine;
		const now = Date.now();
		const at = (seconds: number) => new Date(now + seconds * 1_000).toISOString();
		const prospects = [1, 2, 3].map((n) => rows.addProspect({ created_at: at(-10 + n) }));
		const refused = prospects[1]?.id;
		faults.add({
			match: {
				method: 'POST',
				body: (body) => JSON.stringify(body).includes(`"prospect_id":${refused}`),
			},
			status: 400,
			body: { error: 'Prospect is blocked' },
			times: Infinity,
		});
		const id = await activate('rentengine-every-morning.json', {
			'Every morning': soon,
			'Assign next in turn': assign,
			'Tell the team': { url: chat.url },
		});
		await eventually(() => expect(chat.bodies.length).toBeGreaterThanOrEqual(2));
		await deactivate(id);
		const [first = '', second = ''] = said();
		expect(first).toContain('Assigned this morning: 2. Assigned before: 0. Without an agent: 1.');
		expect(first).toMatch(new RegExp(`Prospect ${refused}: .*Prospect is blocked`));
		expect(second).toContain('Assigned this morning: 0. Assigned before: 2. Without an agent: 1.');
		const assigned = created('rentEngine').map((event) => event['prospect_id']);
		expect(assigned.sort()).toEqual([prospects[0]?.id, prospects[2]?.id]);
	});

	it('says that nobody is new', async () => {
		const id = await activate('rentengine-every-morning.json', {
			'Every morning': soon,
			'Assign next in turn': assign,
			'New prospects': { filters: { createdAfter: '={{ $now.plus({ days: 1 }) }}' } },
			'Tell the team': { url: chat.url },
		});
		await eventually(() => expect(said()).toContain('No new prospects since yesterday.'));
		await deactivate(id);
		expect(created('rentEngine')).toEqual([]);
	});
});

describe('propexo-write-failed.json', () => {
	let id: string;

	beforeEach(async () => {
		id = await activate('propexo-write-failed.json', {
			'Give the PMS time': { amount: 2 },
			'Tell a person': { url: chat.url },
		});
		await eventually(() => {
			const hooks = instance.emulator.propexo.ledger.requests.filter(
				({ method, path, status }) =>
					method === 'POST' && path.startsWith('/v1/webhooks') && Number(status) < 300,
			);
			expect(hooks.length).toBeGreaterThan(0);
		});
	});

	afterEach(() => deactivate(id));

	async function write(notes: string): Promise<void> {
		const { url, token } = instance.emulator.propexo;
		const reply = await fetch(`${url}/v1/events/leads`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes }),
		});
		expect(reply.status).toBe(200);
	}

	const retries = () => instance.emulator.propexo.ledger.created.filter(({ kind }) => kind === 'retry');

	it('has a failed write sent once more, and nobody is told when that helps', async () => {
		await write('[fail once] Asked for parking');
		await eventually(() => expect(retries()).toHaveLength(1));
		await instance.emulator.propexo.webhooks.idle();
		expect(said()).toEqual([]);
	});

	it('tells a person when the retry fails too, and does not retry again', async () => {
		await write('[fail] Asked for parking');
		await eventually(() => expect(said()).toHaveLength(1));
		expect(retries()).toHaveLength(1);
		expect(said()[0]).toMatch(/^A write to .* needs a person\. Job \S+: FAILURE/);
		expect(said()[0]).toContain(retries()[0]?.id);
	});

	it('tells a person of a write that the PMS took in part, without sending it again', async () => {
		await write('[partial] Asked for parking');
		await eventually(() => expect(said()).toHaveLength(1));
		expect(retries()).toEqual([]);
	});
});

describe('propexo-tours-spreadsheet.json', () => {
	const CSV = [
		'tour_id,lead_id,unit_id,when,notes',
		't-1,lead_1,unit_1,2026-03-01 14:30,Liked the view',
		't-2,lead_9999,unit_1,2026-03-01 15:30,Unknown lead',
		't-3,lead_2,unit_1,not a date,Asked about pets',
		't-4,lead_3,unit_2,2026-03-02 10:00,"Brought a friend, twice"',
	].join('\n');

	/** Uploads as a browser would, waits for the page with the download, and takes the file from the execution. */
	async function upload(form: string, csv: string, workflowId: string): Promise<string[]> {
		const data = new FormData();
		data.append('field-0', new Blob([csv], { type: 'text/csv' }), 'tours.csv');
		const reply = await fetch(form, { method: 'POST', body: data });
		const { formWaitingUrl } = (await reply.json()) as { formWaitingUrl: string };
		const { pathname, search } = new URL(formWaitingUrl);
		await eventuallyTrue(async () => {
			const page = await fetch(`${instance.n8n.url}${pathname}${search}`);
			return (await page.text()).includes('report.csv');
		});
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await instance.session.get<{ results: Array<{ id: string }> }>(
			`/executions?filter=${filter}`,
		);
		const saved = await instance.session.get<{ data: string }>(`/executions/${results[0]?.id}`);
		// "row," in base64: how the report begins.
		const [, file = ''] = /"(cm93L[A-Za-z0-9+/=]+)"/.exec(saved.data) ?? [];
		return Buffer.from(file, 'base64').toString('utf8').split('\r\n');
	}

	async function eventuallyTrue(ask: () => Promise<boolean>): Promise<void> {
		const giveUp = Date.now() + 60_000;
		while (!(await ask())) {
			if (Date.now() > giveUp) throw new Error('It did not become true within a minute');
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}

	it('records the rows that can be recorded, and reports what became of each', async () => {
		const id = await activate('propexo-tours-spreadsheet.json', {
			'Record the tour': {
				...parametersOf('propexo-tours-spreadsheet.json', 'Record the tour'),
				integrationId: byId('int_any'),
			},
		});
		const form = `${instance.n8n.url}/form/tours`;
		await eventuallyTrue(async () => (await fetch(form)).ok);
		instance.emulator.propexo.faults.add({
			match: { method: 'POST', body: (body) => JSON.stringify(body).includes('lead_9999') },
			status: 404,
			body: { detail: 'Lead not found' },
			times: Infinity,
		});
		const report = await upload(form, CSV, id);
		expect(report).toEqual([
			expect.stringContaining('outcome'),
			expect.stringMatching(/^\W*2\W+t-1\W+lead_1\W+created\b/),
			expect.stringMatching(/^\W*3\W+t-2\W+lead_9999\W+refused\b.*/),
			expect.stringMatching(/^\W*4\W+t-3\W+lead_2\W+not sent\b.*'Event Date and Time'/),
			expect.stringMatching(/^\W*5\W+t-4\W+lead_3\W+created\b/),
		]);
		expect(created('propexo').map((event) => [event['lead_id'], event['event_datetime']])).toEqual([
			['lead_1', '2026-03-01T14:30:00-06:00'],
			['lead_3', '2026-03-02T10:00:00-06:00'],
		]);

		const mended = CSV.replace('not a date', '2026-03-01 17:00');
		const second = await upload(form, mended, id);
		expect(
			second.map((line) => /created|recorded before|refused|not sent|outcome/.exec(line)?.[0]),
		).toEqual(['outcome', 'recorded before', 'refused', 'created', 'recorded before']);
		expect(created('propexo')).toHaveLength(3);
		await deactivate(id);
	});

	function parametersOf(file: string, name: string): Record<string, unknown> {
		return readWorkflow(ROOT, file).nodes.find((node) => node.name === name)?.parameters ?? {};
	}
});

describe('propexo-ai-agent-email.json', () => {
	it('finds the lead, logs the email as it came, once, whatever the model repeats', async () => {
		const lead = instance.emulator.propexo.data.leads.get('lead_1');
		const email = {
			message_id: '<4711@mail.example.com>',
			from: String(lead?.email_1),
			to: 'leasing@example.com',
			subject: 'A tour on Saturday',
			text: 'Could I see the two-bedroom on Saturday?',
			received_at: '2026-03-01T14:30:00-06:00',
		};
		const log = { lead_id: 'lead_1', summary: 'Wants a tour of the two-bedroom on Saturday' };
		const model = await startModel((answers) => {
			if (answers.length === 0) return { tool: 'Find_lead', arguments: { email: email.from } };
			if (answers.length < 3) return { tool: 'Log_email', arguments: log };
			return { say: 'Logged the email for the lead.' };
		});
		try {
			const { id } = await instance.session.post<{ id: string }>('/credentials', {
				name: 'Stand-in for the model',
				type: 'openAiApi',
				data: { apiKey: 'none', url: model.url },
			});
			const { workflow, path } = filledIn('propexo-ai-agent-email.json', {
				'Find lead': { filters: { email1: filterOf('email1'), integrationId: byId('int_yardi_1') } },
				'Log email': { integrationId: byId('int_any') },
			});
			const nodes = workflow.nodes.map((node) =>
				node.name === 'Model'
					? { ...node, credentials: { openAiApi: { id, name: 'Stand-in for the model' } } }
					: node,
			);
			const { webhook } = await instance.publish({ ...workflow, nodes }, path);
			const { status, answer } = await post(webhook, email);
			expect({ status, answer }).toMatchObject({
				status: 200,
				answer: { output: 'Logged the email for the lead.' },
			});
			const messages = (model.bodies[1] as { messages: Array<{ role: string; content: string }> })
				.messages;
			expect(messages.at(-1)?.content).toContain('lead_1');
			expect(created('propexo')).toEqual([
				expect.objectContaining({
					lead_id: 'lead_1',
					notes: log.summary,
					email_from: email.from,
					email_subject: email.subject,
					email_body: email.text,
					event_datetime: email.received_at,
				}),
			]);
		} finally {
			await model.close();
		}
	});

	function filterOf(name: string): unknown {
		const tool = readWorkflow(ROOT, 'propexo-ai-agent-email.json').nodes.find(
			(node) => node.name === 'Find lead',
		);
		return (tool?.parameters['filters'] as Record<string, unknown>)[name];
	}
});
