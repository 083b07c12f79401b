import type { IDataObject } from 'n8n-workflow';

import { by } from '../support/locator.ts';
import type { Settings } from '../support/services.ts';
import { byId, useNewServices, withTiming } from '../support/services.ts';
import { addLead, INTEGRATION, leadsIn, lookUps, recipients } from './support/finding.ts';
import { leadEvent } from './support/run.ts';

const services = useNewServices();

/** As fast as the emulator here: what counts is how many requests there are. */
const fast = () => withTiming(services, { rate: { requests: 100_000, windowMs: 60_000 } });
const create = async (mode: string, items: IDataObject[], settings: Settings = {}) =>
	await leadEvent(
		fast(),
		{ integrationId: byId(INTEGRATION), leadId: by(mode, '={{ $json.who }}'), eventName: 'NOTE' },
		{ items, ...settings },
	);

function addLeads(count: number): void {
	const { data } = services.emulator.propexo;
	data.leads.replace(leadsIn(services).slice(0, 1));
	for (let number = 1; number < count; number++) {
		const phone_1 = `512${String(2_000_000 + number)}`;
		addLead(services, `lead_n${number}`, { phone_1 });
	}
}

describe('Lead Event: Create, what finding leads costs', () => {
	it('asks for each of a few values once, however many rows there are', async () => {
		addLeads(10);
		const items = Array.from({ length: 40 }, (_, row) => ({ who: `lead_n${1 + (row % 4)}@example.com` }));
		const { success } = await create('email', items);
		expect(success).toHaveLength(40);
		expect(lookUps(services).map(({ query }) => query.email_1)).toEqual(
			[1, 2, 3, 4].map((number) => `lead_n${number}@example.com`),
		);
	});

	it('1,000 rows over 50 phones of a long list: at most 50 look-ups', async () => {
		addLeads(10_000);
		const items = Array.from({ length: 1_000 }, (_, row) => ({ who: `512${2_000_001 + (row % 50)}` }));
		const { success } = await create('phone', items);
		expect(success).toHaveLength(1_000);
		// Forty pages are fewer than fifty values.
		expect(lookUps(services).map(({ query }) => query.phone_1)).toEqual(
			Array.from({ length: 40 }, () => undefined),
		);
		expect(new Set(recipients(services)).size).toBe(50);
	}, 60_000);

	it('5,000 rows over 5,000 e-mails of 4,000 leads: 16 look-ups', async () => {
		addLeads(4_000);
		const items = Array.from({ length: 5_000 }, (_, row) => ({ who: `lead_n${row + 1}@example.com` }));
		const { thrown } = await create('email', items);
		// Nobody is found for the last thousand, so that nothing is sent.
		expect(thrown?.message).toContain('No lead of');
		expect(lookUps(services)).toHaveLength(16);
		expect(recipients(services)).toHaveLength(0);
	}, 120_000);

	it('learns once that a list is too long, and asks value by value from then on', async () => {
		addLeads(2_000);
		const items = (from: number) =>
			Array.from({ length: 6 }, (_, row) => ({ who: `lead_n${from + row}@example.com` }));
		await create('email', items(1));
		// One page told that there are eight.
		expect(lookUps(services)).toHaveLength(7);
		await create('email', items(11));
		expect(lookUps(services)).toHaveLength(13);
	});

	it('shares answers between executions, those under way too', async () => {
		addLeads(10);
		const item = { who: 'lead_n1@example.com' };
		await Promise.all(Array.from({ length: 20 }, async () => await create('email', [item])));
		await create('email', [item]);
		expect(recipients(services)).toHaveLength(21);
		expect(lookUps(services)).toHaveLength(1);
	});

	it('asks again soon for a lead that was not there', async () => {
		addLeads(10);
		const item = { who: 'late@example.com' };
		const now = jest.spyOn(Date, 'now');
		const start = Date.now();
		expect((await create('email', [item])).thrown?.message).toContain('No lead of');
		addLead(services, 'late');
		expect((await create('email', [item])).thrown?.message).toContain('No lead of');
		now.mockImplementation(() => start + 7_000);
		const { success } = await create('email', [item]).finally(() => now.mockRestore());
		expect(success[0]?.json.resolved).toEqual({ lead_id: 'late', found_by: 'email' });
		expect(lookUps(services)).toHaveLength(2);
	});

	it('keeps the answers of one account from another', async () => {
		addLeads(10);
		const item = { who: 'lead_n1@example.com' };
		await create('email', [item]);
		const other = { environment: 'custom', baseUrl: services.emulator.propexo.url, token: 'another' };
		const { thrown } = await create('email', [item], { credentials: { propexoApi: other } });
		expect(thrown).toBeDefined();
		expect(recipients(services)).toHaveLength(1);
	});
});
