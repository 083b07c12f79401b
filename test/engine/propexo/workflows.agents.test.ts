import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { shippedNode } from '../support/shipped.ts';

/*
 * The tools of the agents that ask a person first, as they are called after a yes; test/e2e runs the workflows in one real n8n.
 */

const services = useServices({ propexo: { jobMs: 0 }, timing: { rate: { requests: 100_000 } } });
const propexo = () => services.emulator.propexo;
const created = () => propexo().ledger.created.map(({ body }) => body as IDataObject);
let messages = 0;
beforeEach(() => void messages++);

/** What the agent is told when its model calls the tool, and somebody has said yes. */
async function call([file, name]: readonly [string, string], given: IDataObject, body: IDataObject = {}) {
	const { parameters } = shippedNode(file, name);
	const message = { message_id: `message ${messages}`, from: 'writer@example.com', ...body };
	const tool = { node: 'propexoTool', items: [{ body: message, ...given }], timezone: 'America/Chicago' };
	const { success, thrown } = await services.run(
		'propexo',
		{ ...parameters, integrationId: byId(body.integration ?? 'int_any') },
		tool as Settings,
	);
	expect(thrown).toBeUndefined();
	return success[0]?.json ?? {};
}

describe('propexo-agent-asks-first', () => {
	const LOG = ['propexo-agent-asks-first.json', 'Log event'] as const;
	const when = '2026-03-01T14:30:00-06:00';
	beforeEach(() => {
		const { leads } = propexo().data;
		const writer = { id: 'lead_writer', integration_id: 'int_any', email_1: 'writer@example.com' };
		leads.add({ ...leads.get('lead_1')!, ...writer });
	});

	it('records a message once, whatever the model writes about it', async () => {
		const tour = 'Asks for a tour on Saturday';
		expect(await call(LOG, { when, notes: tour })).not.toHaveProperty('skipped');
		for (const notes of [tour, 'A tour is wanted', 'Has two cats'])
			expect(await call(LOG, { when, notes })).toMatchObject({ skipped: true, call_again: false });
		expect(await call(LOG, { when: '2026-03-01T15:00:00-06:00', notes: tour })).toMatchObject({
			outcome: 'not sent',
			call_again: false,
		});
		expect(created().map(({ notes }) => notes)).toEqual([tour]);
	});

	it('records nothing of a message without an ID', async () => {
		for (const message_id of [undefined, null, ''])
			expect(await call(LOG, { when, notes: 'Has two cats' }, { message_id })).toMatchObject({
				outcome: 'not sent',
				error: expect.stringContaining("'Event ID in Your System'"),
			});
		expect(created()).toEqual([]);
	});
});

describe('propexo-book-a-tour-agent', () => {
	const BOOK = ['propexo-book-a-tour-agent.json', 'Book tour'] as const;
	const start = '2030-03-05T10:30:00-05:00';
	let body: IDataObject;
	beforeEach(() => {
		const { leads, properties } = propexo().data;
		const lead = leads.rows.find(({ integration_id: whose }) => whose === 'int_entrata_1');
		Object.assign(lead ?? {}, { email_1: 'writer@example.com' });
		const property = String(properties.get(lead?.property_id ?? '')?.['name']);
		body = { property, integration: 'int_entrata_1' };
	});

	it('books the time that the renter saw, once', async () => {
		expect(await call(BOOK, { start, employee_id: '' }, body)).toMatchObject({ write_status: 'SUCCESS' });
		const again = await call(BOOK, { start: '2030-03-05T15:30:00Z', employee_id: '' }, body);
		expect(again).toMatchObject({ skipped: true, call_again: false });
		expect(created()).toHaveLength(1);
	});

	it.each([
		...['2030-03-05 10:30 AM', '2030-03-05T10:30:00', '2030-03-05 15:30 UTC', '1898955000'],
		...['Tue, 05 Mar 2030 10:30:00 -0500', '2030-03-05T10:30:00 -05:00', 'Tuesday at 10:30'],
	])('books no time that the renter could not see, and the agent may correct it: %s', async (written) => {
		const answer = await call(BOOK, { start: written, employee_id: '' }, body);
		expect(answer).toMatchObject({
			...{ outcome: 'not sent', call_again: true },
			problems: [{ field: 'Start', arguments: ['start'] }],
			what_to_do: expect.stringContaining('another value for: start'),
		});
		expect(created()).toEqual([]);
	});

	it('books no tour at a property that the email to the renter did not name', async () => {
		const other = propexo().data.properties.rows.find(
			({ integration_id: whose, name }) => whose === 'int_entrata_1' && name !== body.property,
		);
		const answer = await call(
			BOOK,
			{ start, employee_id: '' },
			{ ...body, property: String(other?.['name']) },
		);
		expect(answer).toMatchObject({ outcome: 'not sent', error: expect.stringMatching(/No lead /) });
		expect(created()).toEqual([]);
	});
});
