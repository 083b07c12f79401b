import { post } from '../../support/instance.ts';
import { startModel } from '../../support/stubs.ts';
import { filledIn, type Shop } from '../../support/shipped.ts';
import { byId } from '../../../support/workflows.ts';

const FILE = 'propexo-ai-agent-email.json';

const STAND_IN = { name: 'Stand-in for the model' };

export function aiAgentEmail(shop: Shop): void {
	it('logs the email as it came, for the lead who wrote it, once, whatever the model repeats', async () => {
		const { instance, created, publishFilled } = shop();
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
			message_id: '<4711@mail.example.com>',
			from: 'Writer <writer@example.com>',
			to: 'leasing@example.com',
			subject: 'A tour on Saturday',
			text: 'Could I see the two-bedroom on Saturday?',
			received_at: '2026-03-01T14:30:00-06:00',
		};
		const log = { summary: 'Wants a tour of the two-bedroom on Saturday' };
		const model = await startModel((answers) => {
			if (answers.length < 2) return { tool: 'Log_email', arguments: log };
			return { say: 'Logged the email for the lead.' };
		});
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
				node.name === 'Model' ? { ...node, credentials: { openAiApi: { id, ...STAND_IN } } } : node,
			);
			const { webhook } = await publishFilled({ ...workflow, nodes });
			const { status, answer } = await post(webhook, email);
			expect({ status, answer }).toMatchObject({
				status: 200,
				answer: { output: 'Logged the email for the lead.' },
			});
			const { messages } = model.bodies[1] as { messages: Array<{ role: string; content: string }> };
			expect(messages.at(-1)?.content).toContain('lead_writer');
			expect(created('propexo')).toEqual([
				expect.objectContaining({
					lead_id: 'lead_writer',
					notes: log.summary,
					email_from: 'writer@example.com',
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
