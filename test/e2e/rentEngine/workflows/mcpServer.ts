import type { IDataObject } from 'n8n-workflow';

import { connectMcp, type McpClient } from '../../support/mcp.ts';
import { filledIn, type Shop } from '../../support/shipped.ts';

const FILE = 'rentengine-mcp-server.json';
const TOKEN = 'another-long-random-token';

/** What a tool told the model. */
const told = (text: string) => JSON.parse(text) as IDataObject[];

export function rentEngineMcpServer(shop: Shop): void {
	let assistant: McpClient;

	beforeAll(async () => {
		const { instance } = shop();
		const workflow = filledIn(FILE);
		const type = 'httpBearerAuth';
		const { id: credential } = await instance.session.post<{ id: string }>('/credentials', {
			...{ name: FILE, type, data: { token: TOKEN } },
		});
		const nodes = workflow.nodes.map((node) =>
			node.type.endsWith('.mcpTrigger')
				? { ...node, credentials: { [type]: { id: credential, name: FILE } } }
				: node,
		);
		const id = await instance.save({ ...workflow, nodes });
		const { versionId } = await instance.session.get<{ versionId: string }>(`/workflows/${id}`);
		await instance.session.post(`/workflows/${id}/activate`, { versionId });
		assistant = await connectMcp(`${instance.n8n.url}/mcp/rentengine-tools`, TOKEN);
	});

	it('finds a unit and a free time, and plans the showing once, however often the same call comes', async () => {
		expect((await assistant.tools()).map(({ name }) => name).sort()).toEqual([
			...['Find_events', 'Find_free_times', 'Find_units', 'Plan_showing'],
		]);
		expect(assistant.instructions).toContain('only after the user has said yes');
		const [unit] = told(await assistant.call('Find_units', {}));
		const [free] = told(await assistant.call('Find_free_times', { unit_id: String(unit?.id) }));
		const showing = {
			...{ unit_id: String(unit?.id), start: free?.start, first_name: 'Riley', last_name: 'Stone' },
			...{ email: 'riley@example.com', phone: '(512) 555-0199' },
			...{ credit_score: '700+', income: '$5000-$6000/month' },
		};
		expect(told(await assistant.call('Plan_showing', { ...showing, phone: '555' }))).toMatchObject([
			{ outcome: 'not sent', call_again: true, problems: [{ arguments: ['phone'] }] },
		]);
		expect(told(await assistant.call('Plan_showing', showing))).toMatchObject([
			{ unitId: unit?.id, email: 'riley@example.com' },
		]);
		expect(told(await assistant.call('Plan_showing', showing))).toMatchObject([{ skipped: true }]);
		const { requests } = shop().instance.emulator.rentEngine.ledger;
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
}
