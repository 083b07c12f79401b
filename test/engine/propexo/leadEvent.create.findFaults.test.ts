import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { triesAll } from '../../support/effort.ts';
import { by } from '../support/locator.ts';
import type { Settings } from '../support/services.ts';
import { byId, useNewServices, withTiming } from '../support/services.ts';
import { addLead, INTEGRATION, leadsIn, lookUps, recipients, replaceLeads } from './support/finding.ts';
import { leadEvent } from './support/run.ts';

const services = useNewServices();

const propexo = () => services.emulator.propexo;
const fast = () => withTiming(services, { rate: { requests: 100_000, windowMs: 60_000 } });
const create = async (items: IDataObject[], settings: Settings = {}, on = fast()) =>
	await leadEvent(
		on,
		{ integrationId: byId(INTEGRATION), leadId: by('email', '={{ $json.who }}'), eventName: 'NOTE' },
		{ items, ...settings },
	);
const toLeads = (path = '/v1/leads/') => ({ match: { method: 'GET', path } });

/** Leads with creation times in the order of their numbers, and a row for each of some of them. */
const addLeads = (count: number) =>
	replaceLeads(services, count, (number) => ({
		created_at: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
	}));
const rows = (numbers: number[]) => numbers.map((number) => ({ who: `lead_n${number}@example.com` }));
const everyTenth = (count: number) => Array.from({ length: count / 10 - 1 }, (_, at) => (at + 1) * 10);

describe('Lead Event: Create, a look-up of leads', () => {
	const theLead = () => ({ who: leadsIn(services)[0]!.email_1 });

	it('that is answered with 429 is asked again', async () => {
		propexo().faults.add({ ...toLeads(), status: 429, times: 2, headers: { 'retry-after': '0' } });
		// However often: other programs may use up the limit for a while.
		propexo().faults.add({ ...toLeads(), status: 429, times: 5, headers: { 'retry-after': '0.1' } });
		const { success } = await create([theLead()]);
		expect(success).toHaveLength(1);
		expect(lookUps(services)).toHaveLength(8);
	});

	it('that is answered with nothing but 429 ends when that has lasted for too long', async () => {
		const refusing = { ...toLeads(), status: 429, times: Infinity, headers: { 'retry-after': '0.05' } };
		propexo().faults.add(refusing);
		const patient = withTiming(services, { rate: { requests: 100_000, patienceMs: 6_000 } });
		const { thrown } = await create([theLead()], {}, patient);
		expect(thrown?.message).toContain(
			"'Lead' could not be looked up: Propexo's request limit is used up",
		);
		expect(lookUps(services).length).toBeGreaterThan(4);
		expect(propexo().ledger.created).toEqual([]);
	});

	it.each([
		[
			'500',
			{ status: 500, body: { error: { code: 'x', message: 'Oops' } } },
			"'Lead' could not be looked up: ",
			'Propexo is not working properly. Run it again later.',
		],
		[
			'HTML',
			{ status: 200, body: '<html>Sorry</html>' },
			"'Lead' could not be looked up: Propexo answered HTTP 200 with",
			'Run it again. If this goes on, check ',
		],
		[
			'another form',
			{ status: 200, body: { leads: [] } },
			"'Lead' could not be looked up: Propexo answered in another form than documented",
			'Run it again later.',
		],
		[
			'401',
			{ status: 401, body: { error: { code: 'x', message: 'No' } } },
			"'Lead' could not be looked up: ",
			'Check the token in the Propexo credential: it is missing, mistyped or revoked.',
		],
		[
			'no connection',
			{ close: 'before' as const },
			"'Lead' could not be looked up: ",
			'in the Propexo credential, then run it again.',
		],
	])('that is answered with %s sends nothing, and says what to do', async (_, fault, told, cure) => {
		propexo().faults.add({ ...toLeads(), times: Infinity, ...fault });
		const { thrown } = await create([theLead()]);
		expect(thrown?.message).toContain(told);
		expect(thrown?.description).toMatch(/^Nothing was sent for it\. /);
		expect(thrown?.description).toContain(cure);
		expect(thrown?.message).not.toContain(String(theLead().who));
		expect(propexo().ledger.created).toEqual([]);
	});

	it('that fails for one value leaves the others be when the node goes on', async () => {
		addLead(services, 'lead_bad');
		const bad = 'lead_bad@example.com';
		propexo().faults.add({
			match: { method: 'GET', path: '/v1/leads/' },
			status: 400,
			body: { error: { code: 'x', message: `Not ${bad}` } },
		});
		const { success, error } = await create([{ who: bad }, theLead()], {
			onError: 'continueErrorOutput',
		});
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(error[0]?.json.error).toMatch(/^Item 1 of 2: 'Lead' could not be looked up: /);
		expect(error[0]?.json.error).not.toContain(bad);
	});

	it('that the token may not make is not made for every value', async () => {
		propexo().faults.add({ ...toLeads(), times: Infinity, status: 401, body: {} });
		const items = Array.from({ length: 100 }, (_, row) => ({ who: `someone${row % 4}@example.com` }));
		const { error } = await create(items, { onError: 'continueErrorOutput' });
		expect(error).toHaveLength(100);
		expect(lookUps(services).length).toBeLessThanOrEqual(4);
		expect(propexo().ledger.created).toEqual([]);
	});

	const [many, pages] = triesAll ? [10_000, 40] : [2_500, 10];
	it(`reads ${many} leads over ${pages} pages and finds each of them`, async () => {
		addLeads(many);
		const wanted = everyTenth(many);
		const { success } = await create(rows(wanted));
		expect(success).toHaveLength(wanted.length);
		expect(lookUps(services)).toHaveLength(pages);
		expect([...recipients(services)].sort()).toEqual(wanted.map((number) => `lead_n${number}`).sort());
	});

	it('finds everybody although a lead is taken out of the list while it is read', async () => {
		addLeads(1_000);
		propexo().faults.add({ ...toLeads(), after: 1, times: 3, delayMs: 300 });
		const wanted = everyTenth(1_000);
		const creating = create(rows(wanted));
		while (lookUps(services).length < 2) await sleep(5);
		propexo().data.leads.delete('lead_n3');
		const { success } = await creating;
		expect(success).toHaveLength(wanted.length);
		expect(lookUps(services)).toHaveLength(8);
	});

	it('finds everybody although a lead comes into the list while it is read', async () => {
		addLeads(1_000);
		propexo().faults.add({ ...toLeads(), after: 1, times: 3, delayMs: 300 });
		const wanted = everyTenth(1_000);
		const creating = create(rows(wanted));
		while (lookUps(services).length < 2) await sleep(5);
		addLead(services, 'lead_new', { created_at: '2027-01-01T00:00:00.000Z' });
		const { success } = await creating;
		expect(success).toHaveLength(wanted.length);
	});

	it('of a list that does not stop changing sends nothing', async () => {
		addLeads(1_000);
		const taken = (total: number) => ({
			status: 200,
			body: {
				meta: { orderBy: [], hasMore: false, total },
				results: propexo().data.leads.rows.slice(0, 200),
			},
		});
		propexo().faults.add({ ...toLeads(), times: Infinity, ...taken(240) });
		const { thrown } = await create(rows(everyTenth(1_000)));
		expect(thrown?.message).toContain(
			"'Lead' could not be looked up: the list kept changing while it was read",
		);
		expect(propexo().ledger.created).toEqual([]);
	});
});
