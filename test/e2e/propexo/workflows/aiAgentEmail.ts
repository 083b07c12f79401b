import { readWorkflow } from '../../../../demo/example.ts';
import { ROOT } from '../../../support/n8nVersion.ts';
import { post } from '../../support/instance.ts';
import { startModel } from '../../support/stubs.ts';
import { filledIn, type Shop } from '../../support/shipped.ts';
import { byId } from '../../../support/workflows.ts';

const FILE = 'propexo-ai-agent-email.json';

const STAND_IN = { name: 'Stand-in for the model' };

export function aiAgentEmail(shop: Shop): void {
	it('finds the lead, logs the email as it came, once, whatever the model repeats', async () => {
		const { instance, created, publishFilled } = shop();
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
				...STAND_IN,
				type: 'openAiApi',
				data: { apiKey: 'none', url: model.url },
			});
			const tool = readWorkflow(ROOT, FILE).nodes.find(({ name }) => name === 'Find lead');
			const { email1 } = tool?.parameters['filters'] as Record<string, unknown>;
			const workflow = filledIn(FILE, {
				'Find lead': { filters: { email1, integrationId: byId('int_yardi_1') } },
				'Log email': { integrationId: byId('int_any') },
			});
			const nodes = workflow.nodes.map((node) =>
				node.name === 'Model' ? { ...node, credentials: { openAiApi: { id, ...STAND_IN } } } : node,
			);
			const { webhook } = await publishFilled({ ...workflow, nodes });
			const { status, answer } = await post(webhook, email);
			expect({ status, answer }).toMatchObject({
				status: 200,
				answer: { output: 'Logged the email for the lead.' },
			});
			const { messages } = model.bodies[1] as { messages: Array<{ role: string; content: string }> };
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
}
