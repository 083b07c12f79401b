import { byId } from '../../../support/workflows.ts';
import { publishAskingAgent, type AskingAgent } from '../../support/agents.ts';
import { post } from '../../support/instance.ts';
import { soon } from '../../support/mails.ts';
import type { Shop } from '../../support/shipped.ts';
import type { Move } from '../../support/stubs.ts';

const FILE = 'propexo-book-a-tour-agent.json';
const INTEGRATION = 'int_entrata_1';

interface FreeTime {
	start: string;
	start_text: string;
	employee_id: string | null;
}

/** The rows that a tool gave its agent. */
const rowsIn = (told: string): FreeTime[] => {
	const answer = JSON.parse(told) as FreeTime[] | { response: FreeTime[] };
	return Array.isArray(answer) ? answer : answer.response;
};

export function bookATourAgent(shop: Shop): void {
	let agent: AskingAgent;
	let respond: (answers: string[]) => Move;
	let messages = 0;

	beforeAll(async () => {
		const integrationId = byId(INTEGRATION);
		const filling = { 'Free times': { integrationId }, 'Book tour': { integrationId } };
		agent = await publishAskingAgent(shop(), FILE, filling, (answers) => respond(answers));
	});

	afterAll(() => agent?.close());

	let property: unknown;
	let lead: string | undefined;
	beforeEach(() => {
		const { leads, properties } = shop().instance.emulator.propexo.data;
		const writer = leads.rows.find(({ integration_id }) => integration_id === INTEGRATION);
		Object.assign(writer ?? {}, { email_1: 'writer@example.com' });
		lead = writer?.id;
		property = properties.get(writer?.property_id ?? '')?.['name'];
		agent.mailServer.mails.length = 0;
	});

	/** The tool that books, as n8n asks a model to call one that needs a yes. */
	const offer = ({ start, employee_id }: FreeTime): Move => ({
		tool: 'Book_tour',
		arguments: {
			toolParameters: { start, employee_id: employee_id ?? '' },
			hitlParameters: { other_times: 'Friday at 2 PM' },
		},
	});

	/** The renter writes; the model looks for free times, then does what `next` says by what it was told since. */
	async function message(next: (free: FreeTime[], told: string[]) => Move) {
		const told: string[] = [];
		let isOver = false;
		respond = (answers) => {
			told.splice(0, told.length, ...answers);
			const [first, ...since] = answers;
			if (first === undefined) return { tool: 'Free_times', arguments: { from: '2030-03-05' } };
			const move = next(rowsIn(first), since);
			isOver ||= 'say' in move;
			return move;
		};
		const body = {
			message_id: `msg-${++messages}`,
			...{ from: 'writer@example.com', property, text: 'Could I see the two-bedroom on Tuesday?' },
		};
		expect((await post(agent.webhook, body)).status).toBe(200);
		// At the end the team hears what the agent did.
		const isTold = () => shop().chat.bodies.length > 0;
		return { told, over: async () => void (await soon(() => (isOver && isTold()) || undefined)) };
	}

	const DONE: Move = { say: 'Done.' };

	it("offers a free time in the property's own time, and books it after a yes", async () => {
		const { told, over } = await message((free, since) =>
			since.length === 0 ? offer(free[2] as FreeTime) : DONE,
		);
		const mail = await soon(() => agent.mailServer.mails[0]);
		const [, , free] = rowsIn(told[0] ?? '');
		// "Tuesday, March 5, 2030, 10:00 AM UTC-5", as the renter reads it.
		expect(mail).toContain(free?.start_text.replace(/ [A-Z]+$/, ' UTC-5'));
		expect(mail).toContain('Friday at 2 PM');
		expect(mail).toContain('writer@example.com');
		expect(shop().created('propexo')).toEqual([]);
		await agent.click(true, 0);
		await over();
		expect(shop().created('propexo')).toEqual([expect.objectContaining({ lead_id: lead })]);
		expect(told[1]).toContain(free?.start);
	});

	it('books nothing after a no, and another time once the renter says yes to that', async () => {
		const { told, over } = await message((free, since) =>
			since.length < 2 ? offer(free[since.length * 4] as FreeTime) : DONE,
		);
		await agent.click(false, 0);
		await soon(() => agent.mailServer.mails[1]);
		expect(shop().created('propexo')).toEqual([]);
		await agent.click(true, 1);
		await over();
		expect(told[1]).toContain('rejected the tool call');
		expect(shop().created('propexo')).toHaveLength(1);
	});

	it('tells the agent that nobody knows whether a booking arrived, and never sends it again', async () => {
		const { told, over } = await message((free, since) => {
			if (since.length === 0)
				shop().instance.emulator.propexo.faults.add({
					match: { method: 'POST' },
					status: 502,
					write: true,
				});
			return since.length < 2 ? offer(free[0] as FreeTime) : DONE;
		});
		await agent.click(true, 0);
		await agent.click(true, 1);
		await over();
		expect(shop().chat.said()).toEqual([expect.stringContaining('writer@example.com: Done.')]);
		for (const answer of told.slice(1)) {
			expect(answer).toContain('"outcome":"unknown"');
			expect(answer).toContain('"call_again":false');
		}
		expect(shop().created('propexo')).toHaveLength(1);
	});

	it('asks nobody about a message without an ID, and says so', async () => {
		const said = shop().chat.said().length;
		expect(
			(await post(agent.webhook, { from: 'writer@example.com', property, text: 'A tour?' })).status,
		).toBe(200);
		expect(await soon(() => shop().chat.said()[said])).toMatch(
			/^A message came without message_id, .* nothing was done about it: .*"A tour\?"/,
		);
		expect(agent.mailServer.mails).toEqual([]);
	});

	it('books a time once, however often the model wants it and the renter says yes', async () => {
		const { told, over } = await message((free, since) =>
			since.length < 2 ? offer(free[0] as FreeTime) : DONE,
		);
		await agent.click(true, 0);
		await agent.click(true, 1);
		await over();
		expect(told[2]).toContain('"skipped":true');
		expect(shop().created('propexo')).toHaveLength(1);
	});
}
