import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { shippedNode } from '../support/shipped.ts';

const services = useServices({ propexo: { jobMs: 0 } });
const FILE = 'propexo-mcp-server.json';
const integrationId = byId('int_any');

/** A lead of an integration and a property of their own. */
function addLead(): void {
	const { leads, properties } = services.emulator.propexo.data;
	const whose = { integration_id: 'int_any', integration_vendor: 'OTHER' };
	properties.add({ ...properties.get('prop_1')!, ...whose, id: 'prop_any', x_id: '9001' });
	const one = { ...leads.get('lead_1')!, ...whose, id: 'lead_caller', property_id: 'prop_any' };
	leads.add({ ...one, email_1: 'caller@example.com' });
}

/** What an assistant is told when it calls a tool of the workflow with these arguments. */
async function call(name: string, given: IDataObject): Promise<IDataObject[]> {
	const { parameters } = shippedNode(FILE, name);
	const { filters, options } = parameters as Record<string, IDataObject | undefined>;
	const chosen = {
		...(filters ? { filters: { ...filters, integrationId } } : { integrationId }),
		// Propexo does not give the time zone of this property.
		...(name === 'Book tour' && { options: { ...options, timeZone: 'America/Denver' } }),
	};
	const tool = { node: 'propexoTool', items: [given], timezone: 'America/Chicago' } as Settings;
	const { success, thrown } = await services.run('propexo', { ...parameters, ...chosen }, tool);
	expect(thrown).toBeUndefined();
	return success.map(({ json }) => json);
}

it('an assistant finds a lead and a free time, and books it once', async () => {
	addLead();
	const [lead] = await call('Find lead by email', { email: 'caller@example.com' });
	const [free] = await call('Find free times', { property_id: lead?.property_id, from: '2030-03-05' });
	expect(free).toEqual({
		start: expect.stringMatching(/^2030-03-\d\dT/),
		end: expect.stringMatching(/^2030-03-\d\dT/),
		start_text: expect.stringContaining('March'),
		problem: null,
	});
	const tour = { lead_id: lead?.id, start: free?.start, notes: 'Wants to see the two-bedroom' };
	const [booked] = await call('Book tour', tour);
	expect(Date.parse(String(booked?.start))).toBe(Date.parse(String(free?.start)));
	expect(await call('Book tour', tour)).toMatchObject([{ skipped: true }]);
	const otherwise = new Date(String(free?.start)).toISOString();
	expect(await call('Book tour', { ...tour, start: otherwise })).toMatchObject([{ skipped: true }]);
	// By the clock of the option 'Time Zone', as 'Start' is read.
	const byTheClock = String(free?.start).slice(0, 19);
	expect(await call('Book tour', { ...tour, start: byTheClock })).toMatchObject([{ skipped: true }]);
	expect(services.emulator.propexo.ledger.created.map(({ body }) => body)).toEqual([
		expect.objectContaining({ lead_id: 'lead_caller', notes: tour.notes }),
	]);
});

it('books one tour, however the time of a second call is written', async () => {
	addLead();
	const tour = { lead_id: 'lead_caller', start: '2030-03-06T10:00:00-07:00', notes: 'Two dogs' };
	expect(await call('Book tour', tour)).not.toMatchObject([{ skipped: true }]);
	for (const start of [
		...['2030-03-06 10:00 AM', '2030-03-06T10:00:00 -07:00', '2030-03-06 17:00 UTC', '1899046800'],
		'Wed, 06 Mar 2030 10:00:00 -0700',
	])
		expect(await call('Book tour', { ...tour, lead_id: ' lead_caller ', start })).toMatchObject([
			{ skipped: true, call_again: false },
		]);
	expect(services.emulator.propexo.ledger.created).toHaveLength(1);
});

it('is told that nobody knows whether a tour arrived, and it is not sent again', async () => {
	addLead();
	const { faults, ledger } = services.emulator.propexo;
	faults.add({ match: { method: 'POST' }, status: 502, write: true });
	const tour = { lead_id: 'lead_caller', start: '2030-03-05T10:00:00-07:00', notes: 'Two cats' };
	for (const _ of [1, 2])
		expect(await call('Book tour', tour)).toMatchObject([{ outcome: 'unknown', call_again: false }]);
	expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

it('is told which arguments are wrong: nothing is booked', async () => {
	addLead();
	const tour = { lead_id: 'lead_caller', start: 'tomorrow at noon', notes: 'x'.repeat(257) };
	const [answer] = await call('Book tour', tour);
	expect(answer).toMatchObject({ outcome: 'not sent', call_again: true });
	expect((answer?.problems as IDataObject[]).map((one) => one.arguments)).toEqual([['start'], ['notes']]);
	expect(services.emulator.propexo.ledger.created).toEqual([]);
});
