import { byId } from '../../../support/workflows.ts';
import { publishAskingAgent, type AskingAgent } from '../../support/agents.ts';
import { post } from '../../support/instance.ts';
import { soon } from '../../support/mails.ts';
import { filledIn, type Shop } from '../../support/shipped.ts';
import type { Move } from '../../support/stubs.ts';

const FILE = 'propexo-agent-asks-first.json';

/** A call of the tool that needs approval, as n8n asks a model to make it. */
const propose = (given: object): Move => ({
	tool: 'Log_event',
	arguments: { toolParameters: given, hitlParameters: {} },
});

const event = {
	when: '2026-03-01T14:30:00-06:00',
	notes: 'Asks for a tour of the two-bedroom on Saturday',
};

export function agentAsksFirst(shop: Shop): void {
	let agent: AskingAgent;
	let respond: (answers: string[]) => Move;
	let messages = 0;

	beforeAll(async () => {
		const integrationId = byId('int_any');
		const find = filledIn(FILE).nodes.find(({ name }) => name === 'Find lead');
		const filters = { ...(find?.parameters['filters'] as object), integrationId };
		const filling = { 'Find lead': { filters }, 'Log event': { integrationId } };
		agent = await publishAskingAgent(shop(), FILE, filling, (answers) => respond(answers));
	});

	afterAll(() => agent?.close());

	beforeEach(() => {
		const { leads } = shop().instance.emulator.propexo.data;
		const one = { ...leads.get('lead_1')!, id: 'lead_writer', integration_id: 'int_any' };
		leads.add({ ...one, email_1: 'writer@example.com' });
		leads.add({ ...one, id: 'lead_other', email_1: 'other@example.com' });
		agent.mailServer.mails.length = 0;
		agent.model.bodies.length = 0;
	});

	/** A message comes in. The model does these things, one after the other; what it was told is gathered. */
	async function message(moves: Move[], id = `msg-${++messages}`) {
		const told: string[] = [];
		let isOver = false;
		respond = (answers) => {
			told.splice(0, told.length, ...answers);
			const move = moves[answers.length] ?? { say: 'Done.' };
			isOver ||= 'say' in move;
			return move;
		};
		const body = {
			message_id: id,
			from: 'writer@example.com',
			text: 'Could I see the two-bedroom on Saturday?',
			received_at: '2026-03-01T14:30:00-06:00',
		};
		expect((await post(agent.webhook, body)).status).toBe(200);
		// At the end the team hears what the agent did.
		const isTold = () => shop().chat.bodies.length > 0;
		return { told, over: async () => void (await soon(() => (isOver && isTold()) || undefined)) };
	}

	it('shows a person what it wants to record, and records it once approved', async () => {
		const { told, over } = await message([
			{ tool: 'Find_lead', arguments: { email: 'writer@example.com' } },
			// The lead is not the model's choice.
			propose({ ...event, lead_id: 'lead_other' }),
		]);
		const mail = await soon(() => agent.mailServer.mails[0]);
		expect(mail).toContain(event.notes);
		expect(mail).toContain('Lead: the one with the address writer@example.com');
		expect(shop().created('propexo')).toEqual([]);
		await agent.click(true, 0);
		await over();
		expect(told[0]).toContain('lead_writer');
		expect(shop().created('propexo')).toEqual([
			expect.objectContaining({ lead_id: 'lead_writer', notes: event.notes }),
		]);
	});

	it('writes nothing when the person declines', async () => {
		const { told, over } = await message([propose(event)]);
		await agent.click(false, 0);
		await over();
		expect(told[0]).toContain('rejected the tool call');
		expect(shop().chat.said()).toEqual([
			'The agent has dealt with a message of writer@example.com: Done.',
		]);
		expect(shop().created('propexo')).toEqual([]);
		expect(shop().instance.emulator.propexo.ledger.requests).toEqual([]);
	});

	it('corrects what was refused, and asks again', async () => {
		const { told, over } = await message([propose({ ...event, notes: 'x'.repeat(300) }), propose(event)]);
		await agent.click(true, 0);
		await agent.click(true, 1);
		await over();
		expect(told[0]).toContain('"arguments":["notes"]');
		expect(shop().created('propexo')).toEqual([expect.objectContaining({ notes: event.notes })]);
	});

	it('records a message once that comes again and is worded otherwise, though both are approved', async () => {
		const first = await message([propose(event)], 'msg-again');
		await agent.click(true, 0);
		await first.over();
		shop().chat.bodies.length = 0;
		const { told, over } = await message([propose({ ...event, notes: 'A tour is wanted' })], 'msg-again');
		await agent.click(true, 1);
		await over();
		expect(told[0]).toContain('"skipped":true');
		expect(shop().created('propexo')).toEqual([expect.objectContaining({ notes: event.notes })]);
	});

	it.each(['message_id', 'from', 'text'])(
		'asks nobody about a message without %s, and says so',
		async (name) => {
			const body = { message_id: 'msg-part', from: 'writer@example.com', text: 'A tour?', [name]: ' ' };
			expect((await post(agent.webhook, body)).status).toBe(200);
			await soon(() => shop().chat.said()[0]);
			expect(shop().chat.said()[0]).toMatch(
				/^A message came without message_id, from or text, and nothing was done about it: .*"text"/,
			);
			expect(agent.model.bodies).toEqual([]);
			expect(agent.mailServer.mails).toEqual([]);
		},
	);

	it('records once what is proposed and approved twice', async () => {
		const { told, over } = await message([propose(event), propose(event)]);
		await agent.click(true, 0);
		await agent.click(true, 1);
		await over();
		expect(told[1]).toContain('"skipped":true');
		expect(shop().created('propexo')).toHaveLength(1);
	});
}
