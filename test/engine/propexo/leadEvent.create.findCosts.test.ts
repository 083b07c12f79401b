import type { IDataObject } from 'n8n-workflow';

import { triesAll } from '../../support/effort.ts';
import { by } from '../support/locator.ts';
import type { Settings } from '../support/services.ts';
import { byId, useNewServices, withTiming } from '../support/services.ts';
import { addLead, INTEGRATION, lookUps, recipients, replaceLeads } from './support/finding.ts';
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

const addLeads = (count: number) =>
	replaceLeads(services, count, (number) => ({ phone_1: String(5_122_000_000 + number) }));

/** Rows that name one lead after the other, beginning with the one of a number. */
const rows = (count: number, from = 1): IDataObject[] =>
	Array.from({ length: count }, (_, row) => ({ who: `lead_n${from + row}@example.com` }));

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

	const [listed, pages] = triesAll ? [10_000, 40] : [2_500, 10];
	it(`120 rows over 60 phones of ${listed} leads: the list is read, which has fewer pages`, async () => {
		addLeads(listed);
		const items = Array.from({ length: 120 }, (_, row) => ({ who: `512${2_000_001 + (row % 60)}` }));
		const { success } = await create('phone', items);
		expect(success).toHaveLength(120);
		expect(lookUps(services).map(({ query }) => query.phone_1)).toEqual(
			Array.from({ length: pages }, () => undefined),
		);
		expect(new Set(recipients(services)).size).toBe(60);
	});

	const phones = triesAll ? 50 : 25;
	it(`${4 * phones} rows over ${phones} phones of a list with more pages than that: a look-up for each phone`, async () => {
		addLeads(252 * phones);
		const items = Array.from({ length: 4 * phones }, (_, row) => ({
			who: `512${2_000_001 + (row % phones)}`,
		}));
		const { success } = await create('phone', items);
		expect(success).toHaveLength(4 * phones);
		const asked = lookUps(services).map(({ query }) => query.phone_1);
		expect([new Set(asked).size, asked.length]).toEqual([phones, phones]);
	});

	it('rows over more emails than there are leads, where the node goes on: a look-up for each 250 leads', async () => {
		addLeads(500);
		const { success, error } = await create('email', rows(600), { onError: 'continueErrorOutput' });
		expect(lookUps(services)).toHaveLength(2);
		expect([success.length, error.length]).toEqual([499, 101]);
		expect([...recipients(services)].sort()).toEqual(
			rows(499)
				.map((_, row) => `lead_n${row + 1}`)
				.sort(),
		);
		// Besides the writes, the node asks for the integration: once for its PMS, once for its name.
		expect(services.emulator.propexo.ledger.requests.length).toBeLessThanOrEqual(2 + 499 + 2);
	});

	const [known, looks] = triesAll ? [2_000, 8] : [500, 2];
	it(`${known + 500} rows over as many emails of ${known} leads: in Stop mode ${looks} look-ups, and nothing is sent`, async () => {
		addLeads(known);
		const { thrown } = await create('email', rows(known + 500));
		// Nobody is found for the last five hundred.
		expect(thrown?.message).toContain('No lead of');
		expect(lookUps(services)).toHaveLength(looks);
		expect(recipients(services)).toHaveLength(0);
	});

	it('in Stop mode with a lead for each row: as few look-ups, and all are sent', async () => {
		addLeads(251);
		const { success } = await create('email', rows(250));
		expect(success).toHaveLength(250);
		expect(lookUps(services)).toHaveLength(2);
		expect([...recipients(services)].sort()).toEqual(
			rows(250)
				.map((_, row) => `lead_n${row + 1}`)
				.sort(),
		);
	});

	it('learns once that a list is too long, and asks value by value from then on', async () => {
		addLeads(15_500);
		await create('email', rows(60));
		// One page told that there are sixty-two.
		expect(lookUps(services)).toHaveLength(61);
		await create('email', rows(60, 101));
		expect(lookUps(services)).toHaveLength(121);
	});

	it('reads a list for a few values too, once it is known to be short', async () => {
		addLeads(200);
		const now = jest.spyOn(Date, 'now');
		const start = Date.now();
		await create('email', rows(10));
		expect(lookUps(services)).toHaveLength(10);
		await create('email', rows(60, 11));
		expect(lookUps(services)).toHaveLength(11);
		// What was read is not used any more after a minute, but the length is still known.
		now.mockImplementation(() => start + 120_000);
		await create('email', rows(10)).finally(() => now.mockRestore());
		expect(lookUps(services)).toHaveLength(12);
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
		expect(lookUps(services).filter(({ query }) => query.email_1 === item.who)).toHaveLength(2);
	});

	it.each([
		// Four spellings of the first address, and one of the second.
		[2, 5 * 2],
		// The other spellings would be 60: the list is one page.
		[20, 20 + 1],
	])(
		'%i addresses that nobody has: %i look-ups, with those for other spellings and for second addresses',
		async (count, requests) => {
			addLeads(10);
			const { error } = await create('email', rows(count, 100), { onError: 'continueErrorOutput' });
			expect(error).toHaveLength(count);
			expect(lookUps(services)).toHaveLength(requests);
		},
	);

	it('keeps the answers of one account from another', async () => {
		addLeads(10);
		const item = { who: 'lead_n1@example.com' };
		await create('email', [item]);
		const other = { environment: 'custom', baseUrl: services.emulator.propexo.url, token: 'another' };
		const { thrown } = await create('email', [item], { credentials: { propexoApi: other } });
		expect(thrown?.message).toContain('HTTP 401');
		expect(recipients(services)).toHaveLength(1);
	});
});
