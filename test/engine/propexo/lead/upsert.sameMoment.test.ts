import type { IDataObject } from 'n8n-workflow';

import { anotherProcess, byId } from '../../support/services.ts';
import type { Services } from '../../support/services.ts';
import { NEW, next, rowsOf, stranger, timing, useUpsert } from '../support/upsert.ts';

const { madeLeads, propexo, services, test, upsert, writes } = useUpsert();

describe('The same new person at the same moment', () => {
	test('in two rows of a run makes one lead, and the second row changes it', async () => {
		const { email } = stranger();
		const items = [
			{ email, name: 'Nathan' },
			{ email, name: 'Paul' },
			{ email, name: 'Paul' },
		];
		const told = rowsOf(
			await upsert({ ...NEW, personFields: { middleName: '={{ $json.name }}' } }, { items }),
		);
		expect(told.map(({ action }) => action)).toEqual(['created', 'updated', expect.any(String)]);
		expect(madeLeads()).toHaveLength(1);
		expect(propexo().ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('in two rows of a run: what a hint says of the lead that the first row made is said once of the second', async () => {
		const { leads } = propexo().data;
		const add = leads.add.bind(leads);
		// The second row finds it only after the first one has made it.
		jest.spyOn(leads, 'add').mockImplementation((row) =>
			add({ ...row, last_seen: '2020-01-01T00:00:00Z' }),
		);
		leads.rows.forEach((row) => Object.assign(row, { last_seen: new Date().toISOString() }));
		const { email } = stranger();
		const items = ['Nathan', 'Paul'].map((name) => ({ email, name }));
		const firstEvent = {
			...{ firstEventName: 'Chat', firstEventDatetime: '2026-03-01T14:30:00-06:00' },
			firstEventEmployeeId: byId('emp_43'),
		};
		const personFields = { middleName: '={{ $json.name }}' };
		const { hints } = await upsert({ ...NEW, personFields, firstEvent }, { items });
		const of = (words: string) =>
			hints.map(({ message }) => message).filter((message) => message.includes(words));
		expect(of("'First Event' was not written")).toEqual([expect.stringMatching(/^Item 2 of 2: /)]);
		expect(of("'Match By' names somebody whom Propexo has not seen")).toEqual([
			expect.stringMatching(/^Item 2 of 2: /),
		]);
	});

	test('by two nodes, one after the other, makes one lead, and the second node changes it', async () => {
		propexo().settings.jobMs = 100;
		const items = [stranger()];
		await upsert(NEW, { items, nodeName: 'First', workflowId: 'website' });
		const more = { ...NEW, stateFields: { notes: 'Has a dog' } };
		const told = rowsOf(await upsert(more, { items, nodeName: 'Second', workflowId: 'calls' }));
		expect(told).toMatchObject([{ action: 'updated', lead_id: expect.any(String) }]);
		expect(madeLeads()).toHaveLength(1);
	});

	test('makes one lead where only some of the values are the same, in rows and in executions', async () => {
		const numbers = Array.from({ length: 6 }, (_, index) => `+1 303 555 ${7100 + next() + index * 97}`);
		const people = numbers.map((phone) => {
			const { email } = stranger();
			return [{ email, phone }, { phone }, { email }];
		});
		const parameters = { ...NEW, phone1: '={{ $json.phone }}' };
		const inRows = rowsOf(await upsert(parameters, { items: people.slice(0, 3).flat() }));
		const others = expect.not.stringMatching('created') as unknown;
		expect(inRows.map(({ action }) => action)).toEqual(
			people.slice(0, 3).flatMap(() => ['created', others, others]),
		);
		expect(madeLeads()).toHaveLength(3);
		const there = anotherProcess(services, timing);
		const deliver = async (item: IDataObject, index: number) =>
			rowsOf(await upsert(parameters, { items: [item] }, index % 2 ? there : services));
		const both = people.slice(3).flatMap((rows) => rows.slice(0, 2));
		const told = (await Promise.all(both.map(deliver))).flat();
		expect(told).toHaveLength(6);
		expect(told.filter(({ action }) => action === 'created')).toHaveLength(3);
		expect(madeLeads()).toHaveLength(6);
	});

	test('is not sent where only a value that counts less is the same: it may be somebody else', async () => {
		const families = [7301, 7302, 7303].map((number) => `+1 303 555 ${number}`);
		const items = families.flatMap((phone) => [stranger(), stranger()].map((one) => ({ ...one, phone })));
		const there = anotherProcess(services, timing);
		// Two come to one process, two to the other one, and one to each.
		const on = [services, services, there, there, services, there];
		const all = await Promise.all(
			items.map(async (item, index) => {
				const settings = { items: [item], onError: 'continueRegularOutput' as const };
				const parameters = { ...NEW, phone1: '={{ $json.phone }}' };
				return rowsOf(await upsert(parameters, settings, on[index]));
			}),
		);
		const refused = all.flat().filter(({ error }) => error !== undefined);
		expect(refused.map(({ error }) => error)).toEqual(
			families.map(() => expect.stringContaining('may be a different person')),
		);
		expect(all.flat().filter(({ action }) => action === 'created')).toHaveLength(families.length);
		expect(writes()).toHaveLength(families.length);
	});

	test('in two processes makes one lead each, however often they come', async () => {
		const there = anotherProcess(services, timing);
		const people = Array.from({ length: 20 }, stranger);
		const deliver = async (on: Services) =>
			await Promise.all(people.map(async (person) => await upsert(NEW, { items: [person] }, on)));
		const all = (await Promise.all([deliver(services), deliver(there)])).flat();
		expect(all.flatMap(({ thrown }) => thrown?.message ?? [])).toEqual([]);
		const actions = all.flatMap(rowsOf).map(({ action }) => action);
		expect(actions.filter((action) => action === 'created')).toHaveLength(people.length);
		expect(actions).toHaveLength(2 * people.length);
		const mails = madeLeads().map(({ body }) => (body as IDataObject).email_1);
		expect(mails.sort()).toEqual(people.map(({ email }) => email).sort());
	});
});

test('A new person whom n8n cannot save as claimed is not sent, in a run and in a preview, and the message names no field that the node lacks', async () => {
	jest.spyOn(services.engine.processedData, 'checkProcessedAndRecord').mockRejectedValue(
		new Error('The workflow was never saved'),
	);
	const items = [stranger()];
	const because = 'could not save that this item adds a new record, so it was not sent';
	const { thrown } = await upsert(NEW, { items });
	expect(thrown?.message).toContain(because);
	expect(thrown?.description).toContain('Save the workflow');
	const [previewed] = rowsOf(await upsert({ ...NEW, options: { previewOnly: true } }, { items }));
	expect(previewed).toMatchObject({ outcome: 'not_sent', problems: [expect.stringContaining(because)] });
	expect(JSON.stringify([thrown, previewed])).not.toContain('Event ID in Your System');
	expect(writes()).toEqual([]);
});
