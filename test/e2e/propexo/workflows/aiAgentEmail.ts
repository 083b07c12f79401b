import type { WorkflowNode } from '../../../../demo/example.ts';
import type { Fault } from '../../../../emulator/index.ts';
import { post } from '../../support/instance.ts';
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
		from: 'Writer <writer@example.com>',
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

	/** The tool is called once by the model, with Retry On Fail, and meets a fault the first time. */
	async function tryAgain(fault: Fault, change: object) {
		const { emulator } = shop().instance;
		emulator.propexo.faults.add({ match: { method: 'POST' }, ...fault });
		const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };
		const { answered } = await mail(
			shop,
			(answers) => (answers.length === 0 ? { tool: 'Log_email', arguments: log } : { say: 'Told.' }),
			(node) => {
				if (node.name !== 'Log email') return node;
				const given = node.parameters['options'] as object;
				// What is unknown stays so: a look-up would leave nothing to try again.
				const options = { ...given, outcomeUnknown: 'report', ...change };
				return { ...node, ...retrying, parameters: { ...node.parameters, options } };
			},
		);
		expect(answered.status).toBe(200);
		return emulator.propexo.ledger.requests
			.filter(({ method }) => method === 'POST')
			.map(({ status }) => status);
	}

	it.each([
		['with', {}],
		['without', { deduplicationKey: undefined }],
	])('Retry On Fail of the tool sends again what was refused alone, %s a key', async (_, change) => {
		expect(await tryAgain({ status: 400 }, change)).toEqual([400, 200]);
		expect(shop().created('propexo')).toHaveLength(1);
		shop().reset();
		expect(await tryAgain({ status: 502, write: true }, change)).toEqual([502]);
		expect(shop().created('propexo')).toHaveLength(1);
	});
}
