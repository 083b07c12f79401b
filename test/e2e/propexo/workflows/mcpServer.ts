import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../../support/workflows.ts';
import { connectMcp, type McpClient } from '../../support/mcp.ts';
import { filledIn, type Shop } from '../../support/shipped.ts';

const FILE = 'propexo-mcp-server.json';
const TOKEN = 'a-long-random-token';
const FINDERS = ['Find lead by email', 'Find lead by phone'];

/** An event that no other test logs: the workflow is the same for all, and so are its keys. */
const eventOf = (what: string) => ({
	lead_id: 'lead_caller',
	when: '2026-03-01T14:30:00-06:00',
	notes: `Called about the two-bedroom, ${what}`,
});

/** What a tool told the model. */
const told = (text: string) => JSON.parse(text) as IDataObject[];

export function mcpServer(shop: Shop): void {
	let assistant: McpClient;
	let url: string;

	beforeAll(async () => {
		const { instance } = shop();
		const integrationId = byId('int_any');
		const finders = FINDERS.map((name) => {
			const node = filledIn(FILE).nodes.find((one) => one.name === name);
			return [name, { filters: { ...(node?.parameters['filters'] as object), integrationId } }];
		});
		const filling = Object.fromEntries(finders) as Record<string, Record<string, unknown>>;
		for (const name of ['Find free times', 'Log event']) filling[name] = { integrationId };
		const book = filledIn(FILE).nodes.find(({ name }) => name === 'Book tour');
		// Propexo does not give the time zone of the property.
		const options = { ...(book?.parameters['options'] as object), timeZone: 'America/Denver' };
		filling['Book tour'] = { integrationId, options };
		const workflow = filledIn(FILE, filling);
		const { id: credential } = await instance.session.post<{ id: string }>('/credentials', {
			name: 'Door',
			type: 'httpBearerAuth',
			data: { token: TOKEN },
		});
		const nodes = workflow.nodes.map((node) =>
			node.type.endsWith('.mcpTrigger')
				? { ...node, credentials: { httpBearerAuth: { id: credential, name: 'Door' } } }
				: node,
		);
		const id = await instance.save({ ...workflow, nodes });
		const { versionId } = await instance.session.get<{ versionId: string }>(`/workflows/${id}`);
		await instance.session.post(`/workflows/${id}/activate`, { versionId });
		url = `${instance.n8n.url}/mcp/leasing-tools`;
		assistant = await connectMcp(url, TOKEN);
	});

	beforeEach(() => {
		const { leads, properties } = shop().instance.emulator.propexo.data;
		const whose = { integration_id: 'int_any', integration_vendor: 'OTHER' };
		properties.add({ ...properties.get('prop_1')!, ...whose, id: 'prop_any', x_id: '9001' });
		const one = { ...leads.get('lead_1')!, ...whose, id: 'lead_caller', property_id: 'prop_any' };
		leads.add({ ...one, email_1: 'caller@example.com', phone_1: '5125550177' });
	});

	it('is closed without a token', async () => {
		await expect(connectMcp(url, 'another token')).rejects.toThrow(/403|401/);
	});

	it('offers tools whose arguments say how they are written, and how to use them together', async () => {
		const tools = await assistant.tools();
		expect(tools.map(({ name }) => name).sort()).toEqual([
			'Book_tour',
			'Find_free_times',
			'Find_lead_by_email',
			'Find_lead_by_phone',
			'Log_event',
		]);
		const { properties } = tools.find(({ name }) => name === 'Log_event')!.inputSchema;
		expect(Object.keys(properties)).toEqual(['lead_id', 'when', 'notes']);
		expect(properties['notes']?.description).toContain('Up to 256 characters');
		expect(properties['when']?.description).toContain('such as 2026-03-01T14:30:00-06:00');
		expect(assistant.instructions).toContain('call_again: false');
	});

	it('finds a lead by email or phone, and says in words when there is none', async () => {
		const found = told(await assistant.call('Find_lead_by_email', { email: 'caller@example.com' }));
		expect(found).toMatchObject([{ id: 'lead_caller', email_1: 'caller@example.com' }]);
		expect(told(await assistant.call('Find_lead_by_phone', { phone: '(512) 555-0177' }))).toEqual(found);
		expect(told(await assistant.call('Find_lead_by_email', { email: 'nobody@example.com' }))).toEqual([
			{ found: 0, what_to_do: expect.stringContaining('Nothing was found') },
		]);
	});

	it('books a free time that it found, once', async () => {
		const [lead] = told(await assistant.call('Find_lead_by_email', { email: 'caller@example.com' }));
		const asked = { property_id: lead?.property_id, from: '2030-03-05' };
		const [free] = told(await assistant.call('Find_free_times', asked));
		expect(free).toEqual({
			start: expect.stringMatching(/^2030-03-\d\dT/),
			end: expect.stringMatching(/^2030-03-\d\dT/),
			start_text: expect.stringContaining('March'),
			problem: null,
		});
		const tour = { lead_id: lead?.id, start: free?.start, notes: 'Wants to see the two-bedroom' };
		const [booked] = told(await assistant.call('Book_tour', tour));
		expect(new Date(String(booked?.start))).toEqual(new Date(String(free?.start)));
		expect(told(await assistant.call('Book_tour', tour))).toMatchObject([{ skipped: true }]);
		expect(shop().created('propexo')).toEqual([
			expect.objectContaining({ lead_id: 'lead_caller', notes: tour.notes }),
		]);
	});

	it('logs an event once, however often the same call comes', async () => {
		const event = eventOf('wants a tour on Saturday');
		const call = async () => told(await assistant.call('Log_event', event));
		expect(await call()).toMatchObject([{ job_id: expect.any(String) }]);
		expect(await call()).toMatchObject([
			{ skipped: true, what_to_do: expect.stringMatching(/do not call the tool again/i) },
		]);
		expect(shop().created('propexo')).toEqual([
			expect.objectContaining({
				lead_id: 'lead_caller',
				notes: event.notes,
				event_datetime: event.when,
			}),
		]);
	});

	it('answers a wrong value with what is right, and takes the corrected call', async () => {
		const event = eventOf('has a dog');
		const given = { ...event, when: 'last Tuesday', notes: 'x'.repeat(257) };
		const [refused] = told(await assistant.call('Log_event', given));
		expect(refused).toMatchObject({ outcome: 'not sent', call_again: true });
		expect(refused?.problems).toEqual([
			expect.objectContaining({ arguments: ['when'] }),
			expect.objectContaining({ arguments: ['notes'] }),
		]);
		for (const said of ['2026-03-01', '256']) expect(refused?.error).toContain(said);
		expect(shop().created('propexo')).toEqual([]);
		await assistant.call('Log_event', event);
		expect(shop().created('propexo')).toHaveLength(1);
	});

	it('looks for an event whose answer got lost, and does not send it again', async () => {
		const { faults, ledger } = shop().instance.emulator.propexo;
		faults.add({ match: { method: 'POST' }, status: 502, write: true });
		const event = eventOf('asks for parking');
		expect(told(await assistant.call('Log_event', event))).toMatchObject([
			{ job_id: expect.any(String) },
		]);
		expect(told(await assistant.call('Log_event', event))).toMatchObject([{ skipped: true }]);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(shop().created('propexo')).toHaveLength(1);
	});
}
