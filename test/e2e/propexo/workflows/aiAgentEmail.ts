import { withKey } from '../../../engine/support/withKey.ts';
import type { WorkflowNode } from '../../../../demo/example.ts';
import type { Fault } from '../../../../emulator/index.ts';
import { post } from '../../support/instance.ts';
import { eventually } from '../../../support/until.ts';
import { startModel } from '../../support/stubs.ts';
import { filledIn, type Shop } from '../../support/shipped.ts';
import { byId } from '../../../support/workflows.ts';

const FILE = 'propexo-ai-agent-email.json';

const STAND_IN = { name: 'Stand-in for the model' };

const log = { summary: 'Wants a tour of the two-bedroom on Saturday' };

let mails = 0;

/** The email of a lead, and what the workflow makes of it with a model that answers as told. */
async function mail(
	shop: Shop,
	respond: Parameters<typeof startModel>[0],
	change = (node: WorkflowNode): WorkflowNode => node,
	from = 'Writer <writer@example.com>',
) {
	const { instance, publishFilled } = shop();
	const { leads } = instance.emulator.propexo.data;
	const lead = leads.get('lead_1');
	if (lead)
		leads.add({
			...lead,
			id: 'lead_writer',
			integration_id: 'int_any',
			email_1: 'writer@example.com',
		});
	const email = {
		message_id: `<${++mails}@mail.example.com>`,
		from,
		to: 'leasing@example.com',
		subject: 'A tour on Saturday',
		text: 'Could I see the two-bedroom on Saturday?',
		received_at: '2026-03-01T14:30:00-06:00',
	};
	const model = await startModel(respond);
	try {
		const { id } = await instance.session.post<{ id: string }>('/credentials', {
			...STAND_IN,
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		const workflow = filledIn(FILE, {
			'Log email': { integrationId: byId('int_any') },
		});
		const nodes = workflow.nodes.map((node) =>
			change(
				node.name === 'Model' ? { ...node, credentials: { openAiApi: { id, ...STAND_IN } } } : node,
			),
		);
		const { webhook } = await publishFilled({ ...workflow, nodes });
		const { status, answer } = await post(webhook, email);
		return { email, answered: { status, answer }, bodies: model.bodies };
	} finally {
		await model.close();
	}
}

export function aiAgentEmail(shop: Shop): void {
	it('logs the email as it came, for the lead who wrote it, once, whatever the model repeats', async () => {
		const { email, answered, bodies } = await mail(shop, (answers) => {
			if (answers.length < 2) return { tool: 'Log_email', arguments: log };
			return { say: 'Logged the email for the lead.' };
		});
		expect(answered).toMatchObject({
			status: 200,
			answer: { output: 'Logged the email for the lead.' },
		});
		const { messages } = bodies[1] as { messages: Array<{ role: string; content: string }> };
		expect(messages.at(-1)?.content).toContain('lead_writer');
		expect(shop().created('propexo')).toEqual([
			expect.objectContaining({
				lead_id: 'lead_writer',
				notes: log.summary,
				email_from: 'writer@example.com',
				email_subject: email.subject,
				email_body: email.text,
				event_datetime: email.received_at,
			}),
		]);
	});

	/** Agents call tools in two ways: up to 2.2 themselves, from 3 on through n8n. */
	const AGENTS = [2.2, 3.1];

	/**
	 * The model makes the same call of the tool twice.
	 *
	 * @returns what the model was told by the tool, and the statuses of what was sent
	 */
	async function callTwice(agent: number, fault: Fault, change: object, answer: object) {
		const { emulator } = shop().instance;
		emulator.propexo.faults.add({ match: { method: 'POST' }, ...fault });
		const told: string[] = [];
		const { answered } = await mail(
			shop,
			(answers) => {
				told.splice(0, told.length, ...answers);
				return answers.length < 2 ? { tool: 'Log_email', arguments: log } : { say: 'Told.' };
			},
			(node) => {
				if (node.name === 'Agent') return { ...node, typeVersion: agent };
				if (node.name !== 'Log email') return node;
				const given = node.parameters['options'] as object;
				// What is unknown stays so: a look-up would leave nothing to try again.
				const { deduplicationKey, ...rest } = node.parameters;
				const options = { deduplicationKey, ...given, outcomeUnknown: 'report', ...change };
				return { ...node, parameters: { ...rest, ...withKey(options) } };
			},
		);
		expect(answered).toEqual(answer);
		const statuses = emulator.propexo.ledger.requests
			.filter(({ method }) => method === 'POST')
			.map(({ status }) => status);
		return { told, statuses };
	}

	describe.each(AGENTS)('With version %s of the agent', (agent) => {
		it('the model is told what is wrong with its argument, and corrects it: one record', async () => {
			const tooLong = { summary: 'x'.repeat(300) };
			const told: string[] = [];
			await mail(
				shop,
				(answers) => {
					told.splice(0, told.length, ...answers);
					if (answers.length === 0) return { tool: 'Log_email', arguments: tooLong };
					return answers.length === 1 ? { tool: 'Log_email', arguments: log } : { say: 'Done.' };
				},
				(node) => (node.name === 'Agent' ? { ...node, typeVersion: agent } : node),
			);
			expect(JSON.parse(told[0] ?? '')).toEqual([
				{
					outcome: 'not sent',
					error: expect.stringContaining("'Notes' is 300 characters long, and the limit is 256"),
					problems: [{ field: 'Notes', arguments: ['summary'] }],
					call_again: true,
					what_to_do: expect.stringContaining('another value for: summary'),
				},
			]);
			expect(told[1]).toContain('lead_writer');
			expect(shop().created('propexo')).toEqual([
				expect.objectContaining({ notes: log.summary, lead_id: 'lead_writer' }),
			]);
		});

		it('a person is told of an email that could not be logged, and of none that needs no log', async () => {
			const { faults } = shop().instance.emulator.propexo;
			const call = (answers: string[]) =>
				answers.length === 0 ? { tool: 'Log_email', arguments: log } : { say: 'I could not.' };
			const version = (node: WorkflowNode) =>
				node.name === 'Agent' ? { ...node, typeVersion: agent } : node;
			const missing = { recorded: false, output: 'I could not.' };
			const stranger = await mail(shop, call, version, 'Stranger <stranger@example.com>');
			expect(stranger.answered).toEqual({ status: 422, answer: missing });
			const told =
				/^An email was not logged: Stranger .*A tour on Saturday.*No lead .*The agent says: I could not\.$/;
			await eventually(() => expect(shop().chat.said()).toEqual([expect.stringMatching(told)]));
			const refused = { match: { method: 'POST' }, status: 401 };
			faults.add(refused);
			expect((await mail(shop, call, version)).answered).toEqual({ status: 503, answer: missing });
			await eventually(() => expect(shop().chat.said()).toHaveLength(2));
			const letter = await mail(shop, () => ({ say: 'It is a newsletter.' }), version);
			expect(letter.answered).toEqual({ status: 200, answer: { output: 'It is a newsletter.' } });
			expect((await mail(shop, call, version)).answered.status).toBe(200);
			expect(shop().chat.said()).toHaveLength(2);
			expect(shop().created('propexo')).toHaveLength(1);
		});

		it.each([
			['with', {}],
			['without', { deduplicationKey: undefined, itemsWithoutKey: 'send' }],
		])('what was refused is sent once more when the model calls again, %s a key', async (_, change) => {
			const { told, statuses } = await callTwice(agent, { status: 400 }, change, {
				status: 200,
				answer: { output: 'Told.' },
			});
			expect(statuses).toEqual([400, 200]);
			expect(told[0]).toContain('"outcome":"refused"');
			expect(shop().created('propexo')).toHaveLength(1);
		});

		it.each([
			['with', {}],
			['without', { deduplicationKey: undefined, itemsWithoutKey: 'send' }],
		])('what is unknown is not sent again though the model calls again, %s a key', async (_, change) => {
			const { told, statuses } = await callTwice(agent, { status: 502, write: true }, change, {
				status: 503,
				answer: { recorded: null, output: 'Told.' },
			});
			await eventually(() =>
				expect(shop().chat.said()).toEqual([
					expect.stringMatching(
						/^Nobody knows whether an email was logged: Writer .*A tour on Saturday/,
					),
				]),
			);
			expect(statuses).toEqual([502]);
			for (const answer of told) {
				expect(answer).toContain('"outcome":"unknown"');
				expect(answer).toContain('do not call the tool again');
			}
			expect(told).toHaveLength(2);
			expect(shop().created('propexo')).toHaveLength(1);
		});
	});
}
