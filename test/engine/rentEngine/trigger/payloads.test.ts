import type { IDataObject } from 'n8n-workflow';

import type { TriggerHost } from '../../support/trigger/host.ts';
import { useTriggers, post, shownBy } from '../../support/trigger/triggers.ts';
import { rentEngineTrigger, SECRET } from '../support/trigger.ts';

const triggers = useTriggers();

async function active(parameters: IDataObject = {}): Promise<TriggerHost> {
	const host = await rentEngineTrigger(triggers, parameters);
	await host.activate();
	return host;
}

const send = async ({ url }: TriggerHost, body: object, key = SECRET) =>
	await post(url, JSON.stringify(body), { 'x-api-key': key });

const scheduled = {
	id: 7,
	event_type: 'Showing Scheduled',
	created_at: '2026-03-01T15:00:00.000000Z',
	prospect: 1001,
	notes: null,
	context: { unit: 501, by: ['agent'] },
};
const complete = { ...scheduled, event_type: 'Showing Complete' };

const insert = { type: 'INSERT', table: 'leasing_events', record: scheduled, old_record: null };
const update = { type: 'UPDATE', table: 'leasing_events', record: complete, old_record: scheduled };
const removal = { type: 'DELETE', table: 'leasing_events', record: null, old_record: complete };
const every = { triggerOn: ['leasingEventCreated', 'leasingEventChanged', 'leasingEventDeleted'] };

describe('RentEngine Trigger, what it gives to the workflow', () => {
	it.each<[string, object, IDataObject]>([
		[
			'a new row',
			insert,
			{ action: 'INSERT', table: 'leasing_events', record: scheduled, old_record: null, changed: [] },
		],
		[
			'a changed row',
			update,
			{
				action: 'UPDATE',
				table: 'leasing_events',
				record: complete,
				old_record: scheduled,
				changed: ['event_type'],
			},
		],
		[
			'a deleted row',
			removal,
			{ action: 'DELETE', table: 'leasing_events', record: null, old_record: complete, changed: [] },
		],
	])('is the same in both forms of a webhook: %s', async (_, body, output) => {
		for (const form of [
			body,
			{ data: body },
			{ event_id: 'e1', data: body },
			{ data: { ...body, event_id: 1 } },
		]) {
			const host = await active(every);
			expect((await send(host, form)).status).toBe(200);
			expect(host.runs).toEqual([[output]]);
		}
	});

	it('says of a time without a zone that it is in UTC', async () => {
		const host = await active(every);
		const record = {
			...scheduled,
			planned_date_time: '2026-03-02T20:30:00',
			notes: '2026-03-02T20:30:00',
		};
		await send(host, { ...insert, record });
		expect(host.runs).toMatchObject([
			[{ record: { ...record, planned_date_time: '2026-03-02T20:30:00.000Z' } }],
		]);
	});

	it('names the fields whose values differ, however deep, and none that one of the rows leaves out', async () => {
		const host = await active({ triggerOn: ['prospectCreated', 'prospectChanged'] });
		const before = {
			id: 1,
			name: 'A',
			tags: ['x', { deep: [1] }],
			phone: '1',
			same: { b: 1, a: 2 },
			gone: 1,
		};
		const now = {
			id: 1,
			name: 'B',
			tags: ['x', { deep: [2] }],
			phone: 1,
			same: { a: 2, b: 1 },
			come: 2,
			empty: null,
		};
		await send(host, { type: 'UPDATE', table: 'prospects', record: now, old_record: before });
		expect(host.runs[0]?.[0]?.changed).toEqual(['name', 'tags', 'phone']);
	});

	it.each([
		['only its ID', { id: 5 }, []],
		['only what was edited', { notes: 'w' }, ['notes']],
		['nothing', {}, []],
		['null, which is a value', { id: 5, notes: null }, ['notes']],
	])(
		'starts a run, and calls nothing changed that is not known: of the old row %s',
		async (_, old, changed) => {
			const host = await active({ triggerOn: ['unitChanged'] });
			const record = { id: 5, status: 'Available', target_rental_rate: 1500, notes: 'x' };
			await send(host, { type: 'UPDATE', table: 'units', record, old_record: old });
			await send(host, {
				type: 'UPDATE',
				table: 'units',
				record: { ...record, notes: 'y' },
				old_record: old,
			});
			expect(host.runs.map(([item]) => item?.changed)).toEqual([changed, changed]);
		},
	);

	it("is told by RentEngine's own deliveries", async () => {
		const { settings, rows, webhooks } = triggers.emulator.rentEngine;
		for (const shape of ['flat', 'data'] as const) {
			const host = await active({
				triggerOn: ['leasingEventCreated', 'leasingEventChanged', 'prospectCreated'],
			});
			Object.assign(settings, { webhookUrl: host.url, webhookSecret: SECRET, webhookShape: shape });
			const { id } = rows.insert('leasing_events', { event_type: 'Showing Scheduled', prospect: 1001 });
			await webhooks.idle();
			rows.change('leasing_events', Number(id), { event_type: 'Showing Complete' });
			await webhooks.idle();
			rows.addProspect();
			await webhooks.idle();
			expect(host.runs).toMatchObject([
				[{ action: 'INSERT', record: { id, event_type: 'Showing Scheduled' } }],
				[
					{
						action: 'UPDATE',
						record: { id, event_type: 'Showing Complete' },
						changed: ['event_type'],
					},
				],
				[{ action: 'INSERT', table: 'prospects' }],
			]);
		}
	});
});

describe('RentEngine Trigger, the webhooks that start a run', () => {
	const row = (table: string, type = 'INSERT', id: unknown = 1) => ({
		type,
		table,
		record: { id },
		old_record: null,
	});

	it('are those of the chosen tables, also of any by name', async () => {
		const host = await active({
			triggerOn: ['unitCreated', 'applicationGroupCreated', 'otherRecordCreated'],
			otherTables: ' Showings ,pm_business_development_leads\nlockboxes',
		});
		for (const table of [
			'units',
			'rental_application_groups',
			'showings',
			'pm_business_development_leads',
			'lockboxes',
		]) {
			await send(host, row(table, 'INSERT', 'a-text-id'));
		}
		for (const table of ['prospects', 'leasing_events', 'other', '']) await send(host, row(table));
		expect(host.runs.map(([item]) => item?.table)).toEqual([
			'units',
			'rental_application_groups',
			'showings',
			'pm_business_development_leads',
			'lockboxes',
		]);
	});

	it.each<[IDataObject, string]>([
		[{ triggerOn: [] }, "No event is chosen in 'Trigger On'"],
		[
			{ triggerOn: ['leasingEventCreated', 'leasingEventUpdated'] },
			"'Trigger On' names an event that does not exist: 'leasingEventUpdated'",
		],
		[
			{ triggerOn: '={{ "Unit Changed" }}' },
			"'Trigger On' names an event that does not exist: 'Unit Changed'",
		],
		[
			{ triggerOn: ['unitCreated', 'otherRecordDeleted'] },
			"'Other Tables' is empty, and an event of other records is chosen",
		],
		[
			{ triggerOn: ['otherRecordCreated'], otherTables: ' , ' },
			"'Other Tables' is empty, and an event of other records is chosen",
		],
	])('are never none: %j is refused when the workflow is published', async (parameters, message) => {
		const host = await rentEngineTrigger(triggers, parameters);
		const shown = await shownBy(host.activate());
		expect(shown.message).toBe(message);
		expect(shown.description).toMatch(/ublish the workflow again\.$/);
		await expect(host.listen()).rejects.toThrow(message);
	});

	it.each([
		['unitCreated', 'INSERT'],
		['unitChanged', 'UPDATE'],
		['unitDeleted', 'DELETE'],
	])('are those of the chosen event: %s', async (event, action) => {
		const host = await active({ triggerOn: [event] });
		for (const type of ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) {
			expect((await send(host, row('units', type))).status).toBe(200);
		}
		expect(host.runs.map(([item]) => item?.action)).toEqual([action]);
	});

	it('are those of the chosen event types, also of any by name and in any letter case', async () => {
		const host = await active({
			...every,
			eventTypes: ['Contacted, Awaiting Information'],
			otherEventTypes: 'Key Returned; Showing Complete ',
		});
		for (const event_type of [
			'New',
			'Contacted, Awaiting Information',
			'Key Returned',
			'key returned',
			'Moved In',
		]) {
			await send(host, { ...insert, record: { id: event_type, event_type } });
		}
		await send(host, update);
		await send(host, removal);
		await send(host, { ...removal, old_record: scheduled });
		const types = host.runs.map(([item]) => (item?.record ?? item?.old_record) as IDataObject);
		expect(types.map(({ event_type }) => event_type)).toEqual([
			'Contacted, Awaiting Information',
			'Key Returned',
			'key returned',
			'Showing Complete',
			'Showing Complete',
		]);
	});

	it.each([
		{ otherEventTypes: 'New, Key Returned' },
		{ eventTypes: '={{ "New,Contacted, Awaiting Information" }}', otherEventTypes: 'Key Returned' },
	])('are also those of types with commas between them: %j', async (types) => {
		const host = await active({ ...every, ...types });
		for (const event_type of ['New', 'Key Returned', 'Moved In', 'Contacted'])
			await send(host, { ...insert, record: { id: event_type, event_type } });
		expect(host.runs.map(([item]) => (item?.record as IDataObject).id)).toEqual(['New', 'Key Returned']);
	});

	it('ask for no event type in other tables', async () => {
		const host = await active({ triggerOn: ['leasingEventCreated', 'unitCreated'], eventTypes: ['New'] });
		await send(host, row('units'));
		await send(host, { ...row('leasing_events'), record: scheduled });
		expect(host.runs.map(([item]) => item?.table)).toEqual(['units']);
		expect(host.warnings).toEqual([]);
	});

	const untold = [undefined, null, ''].map((event_type) => ({ id: 7, notes: 'a', event_type }));
	const edited = untold.map((record) => ({ ...record, notes: 'b' }));
	it.each<[string, object[], string, IDataObject]>([
		[
			'a new row',
			untold.map((record) => ({ ...insert, record })),
			'Event Types',
			{ eventTypes: ['New'] },
		],
		[
			'a deleted row',
			[{ id: 7 }, ...untold].map((old_record) => ({ ...removal, old_record })),
			'Event Types',
			{ otherEventTypes: 'New' },
		],
		[
			'an edited row',
			edited.map((record, n) => ({ ...update, record, old_record: untold[n] })),
			'Event Types',
			{ eventTypes: ['New'], includeEdits: true },
		],
		[
			'an edited row, without edits',
			edited.map((record, n) => ({ ...update, record, old_record: untold[n] })),
			'Include Edits',
			{},
		],
		[
			'an edited row, whose type is only told as it was',
			edited.map((record) => ({ ...update, record, old_record: scheduled })),
			'Include Edits',
			{},
		],
	])(
		'are also those that do not tell their type, which the log says once: %s',
		async (_, bodies, label, filters) => {
			const host = await active({ ...every, ...filters });
			for (const [event_id, data] of bodies.entries()) await send(host, { event_id, data });
			expect(host.runs).toHaveLength(bodies.length);
			expect(host.warnings).toEqual([
				expect.stringMatching(
					new RegExp(`does not tell what '${label}' goes by.+start the workflow`),
				),
			]);
		},
	);

	it('do not tell their type, and nobody asks for it: that is not worth a word', async () => {
		const host = await active({ ...every, includeEdits: true });
		for (const body of [
			{ ...removal, old_record: { id: 7 } },
			{ ...insert, record: { id: 8 } },
		])
			await send(host, body);
		expect(host.runs).toHaveLength(2);
		expect(host.warnings).toEqual([]);
	});
});

describe('RentEngine Trigger, a leasing event that is changed in place', () => {
	const edited = { ...update, record: { ...complete, notes: 'Liked the view' }, old_record: complete };

	it('is another event when it has another type', async () => {
		const host = await active();
		for (const body of [insert, update, insert, update]) await send(host, body);
		expect(host.runs.map(([item]) => item?.action)).toEqual(['INSERT', 'UPDATE']);
	});

	it('is another event, too, where RentEngine does not tell what it was before', async () => {
		const host = await active();
		const blind = { ...update, old_record: null };
		for (const body of [insert, blind, blind, { ...blind, record: { ...complete, notes: 'Liked it' } }]) {
			await send(host, body);
		}
		expect(host.runs).toHaveLength(2);
	});

	it('is another event, too, when it returns to such a type, but no repeat is', async () => {
		const host = await active();
		const blind = (event_type: string) => ({
			...update,
			record: { ...scheduled, event_type },
			old_record: null,
		});
		const [there, back] = [blind('Showing Scheduled'), blind('Showing Canceled')];
		for (const body of [there, there, back, back, there, there]) await send(host, body);
		expect(host.runs.map(([item]) => (item?.record as IDataObject).event_type)).toEqual([
			'Showing Scheduled',
			'Showing Canceled',
			'Showing Scheduled',
		]);
	});

	it('is another event when it returns to a type it had', async () => {
		const host = await active();
		await send(host, update);
		await send(host, { ...update, record: { ...scheduled, notes: 'Again' }, old_record: complete });
		expect(host.runs).toHaveLength(2);
	});

	it('is no other event when it keeps its type, unless edits are included', async () => {
		const [without, including] = [await active(), await active({ includeEdits: true })];
		for (const host of [without, including]) {
			await send(host, edited);
			await send(host, { ...edited, old_record: null });
		}
		expect(including.runs).toHaveLength(2);
		expect(including.runs[0]?.[0]?.changed).toEqual(['notes']);
		expect(without.runs).toEqual([[expect.objectContaining({ old_record: null })]]);
	});

	it('is read with edits, or without them, from the text that a variable of n8n holds', async () => {
		for (const [text, runs] of [
			['true', 1],
			['Yes', 1],
			['false', 0],
			['no', 0],
		] as const) {
			const host = await active({ includeEdits: `={{ '${text}' }}` });
			await send(host, edited);
			expect([text, host.runs.length]).toEqual([text, runs]);
		}
	});

	it.each([
		['RentEngine tells what it was', edited],
		['RentEngine does not tell what it was', { ...edited, old_record: null }],
	])(
		'starts a run also for an edit where leasing_events is one of the other tables: %s',
		async (_, body) => {
			const other = { triggerOn: ['otherRecordChanged'], otherTables: 'showings, leasing_events' };
			const host = await active(other);
			const next = { ...body, record: { ...body.record, notes: 'b2' } };
			for (const one of [body, body, next, next]) await send(host, one);
			expect(host.runs).toHaveLength(2);
		},
	);

	it('is an edit where only `event_id` is new and its type is the last one that was told', async () => {
		const [without, including] = [await active(), await active({ includeEdits: true })];
		const typed = ({ event_type }: typeof scheduled) => ({
			...update,
			record: { ...scheduled, event_type },
			old_record: null,
		});
		const bodies = [
			typed(scheduled),
			typed(scheduled),
			typed(complete),
			typed(scheduled),
			typed(scheduled),
		];
		for (const host of [without, including])
			for (const [n, data] of bodies.entries())
				for (const _ of [1, 2]) await send(host, { event_id: `e${n}`, data });
		const types = (host: typeof without) =>
			host.runs.map(([item]) => (item?.record as IDataObject).event_type);
		expect(types(without)).toEqual(['Showing Scheduled', 'Showing Complete', 'Showing Scheduled']);
		expect(types(including)).toEqual(bodies.map(({ record }) => record.event_type));
	});

	it('starts two runs for two events of the same content', async () => {
		const host = await active();
		for (const event_id of ['e1', 'e2', 'e2']) await send(host, { event_id, data: update });
		expect(host.runs).toHaveLength(2);
	});
});

describe('RentEngine Trigger, a leasing event that is marked as deleted', () => {
	const row = (deleted: boolean, notes = 'a') => ({ ...scheduled, notes, deleted });
	const marked = { ...update, record: row(true), old_record: row(false) };
	const later = { ...update, record: row(true, 'b'), old_record: row(true) };
	const deletions = { triggerOn: ['leasingEventCreated', 'leasingEventDeleted'] };
	const untold = (body: object) => ({ ...body, old_record: null });

	it("is told by RentEngine's own deliveries", async () => {
		const { settings, rows, webhooks } = triggers.emulator.rentEngine;
		const host = await active(deletions);
		Object.assign(settings, { webhookUrl: host.url, webhookSecret: SECRET });
		const { id } = rows.insert('leasing_events', { event_type: 'Showing Scheduled', prospect: 1001 });
		await webhooks.idle();
		rows.change('leasing_events', Number(id), { deleted: true });
		await webhooks.idle();
		expect(host.runs).toMatchObject([
			[{ action: 'INSERT' }],
			[{ action: 'UPDATE', changed: ['deleted'], record: { id, deleted: true } }],
		]);
	});

	it.each([
		['RentEngine tells what it was', (body: object) => body],
		['RentEngine does not tell what it was', untold],
	])('counts as deleted, once: %s', async (_, told) => {
		const host = await active(deletions);
		for (const body of [insert, told(marked), told(marked), told(later)]) await send(host, body);
		expect(host.runs.map(([item]) => (item?.record as IDataObject).deleted)).toEqual([undefined, true]);
	});

	it('counts as deleted again when it was restored meanwhile, also where RentEngine does not tell what it was', async () => {
		const host = await active(deletions);
		const restored = { ...update, record: row(false) };
		for (const body of [insert, untold(marked), untold(restored), untold(restored), untold(marked)])
			for (const _ of [1, 2]) await send(host, body);
		expect(host.runs.map(([item]) => (item?.record as IDataObject).deleted)).toEqual([
			undefined,
			true,
			true,
		]);
	});

	it('is nothing to those who wait for no deletion, or for one of another type', async () => {
		const changes = await active({ triggerOn: ['leasingEventCreated', 'leasingEventChanged'] });
		const others = await active({ ...every, eventTypes: ['New'] });
		for (const host of [changes, others])
			for (const body of [insert, marked, untold(marked), later]) await send(host, body);
		expect(changes.runs.map(([item]) => item?.action)).toEqual(['INSERT']);
		expect(others.runs).toEqual([]);
	});

	it('is one more edit to those who wait for edits', async () => {
		const host = await active({ triggerOn: ['leasingEventChanged'], includeEdits: true });
		for (const body of [marked, later]) await send(host, body);
		expect(host.runs.map(([item]) => item?.changed)).toEqual([['deleted'], ['notes']]);
	});
});

describe("RentEngine Trigger, the webhook's secret", () => {
	it('is demanded when the workflow is switched on', async () => {
		for (const secret of ['', '  ']) {
			const host = await rentEngineTrigger(triggers, {}, { webhookSecret: secret });
			await expect(host.activate()).rejects.toMatchObject({
				message: "The RentEngine credential holds no 'Webhook Secret'",
				description: expect.stringContaining('Developer Portal'),
			});
			await expect(host.listen()).rejects.toThrow("holds no 'Webhook Secret'");
		}
	});

	it('opens to nobody when it was taken out of the credential later', async () => {
		const host = await active();
		host.credentials = { rentEngineApi: { ...host.credentials.rentEngineApi, webhookSecret: '' } };
		for (const key of ['', ' ', 'undefined', SECRET])
			expect((await send(host, insert, key)).status).toBe(401);
		expect(host.runs).toEqual([]);
		expect(host.warnings[0]).toContain("no 'Webhook Secret'");
	});

	it('opens to nobody while the credential cannot be read; what comes again then is taken', async () => {
		const host = await active();
		const { credentials } = host;
		host.credentials = {};
		expect((await send(host, insert)).status).toBe(503);
		expect((await send(host, insert, 'another secret')).status).toBe(503);
		expect(host.runs).toEqual([]);
		expect(host.warnings).toEqual([
			expect.stringContaining('the RentEngine credential could not be read'),
			expect.stringContaining('the RentEngine credential could not be read'),
		]);
		host.credentials = credentials;
		expect((await send(host, insert)).status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	it('is taken as it is now: a new one counts at once', async () => {
		const host = await active();
		host.credentials = {
			rentEngineApi: { ...host.credentials.rentEngineApi, webhookSecret: 'the next secret' },
		};
		expect((await send(host, insert)).status).toBe(401);
		expect(host.warnings).toEqual([
			expect.stringMatching(/did not bring the 'Webhook Secret'.+\(workflow '.+', node '.+'\)$/),
		]);
		expect((await send(host, insert, 'the next secret')).status).toBe(200);
	});

	it('is taken as it is now also when the clock of the machine was set back', async () => {
		const host = await active();
		expect((await send(host, insert)).status).toBe(200);
		host.credentials = {
			rentEngineApi: { ...host.credentials.rentEngineApi, webhookSecret: 'the next secret' },
		};
		const [wall, counted] = [Date.now(), performance.now()];
		jest.spyOn(Date, 'now').mockImplementation(() => wall - 3_600_000);
		jest.spyOn(performance, 'now').mockImplementation(() => counted + 2_000);
		const { status } = await send(host, insert, 'the next secret').finally(() => jest.restoreAllMocks());
		expect(status).toBe(200);
	});

	it('never reaches the workflow, the static data or a reply', async () => {
		const host = await active();
		const reply = await send(host, insert);
		expect(JSON.stringify([reply, host.runs, host.saved, host.warnings])).not.toContain(SECRET);
	});

	it('asks nothing of RentEngine, which has no API for webhooks', async () => {
		const host = await active();
		await host.activate('init');
		await host.deactivate();
		expect(triggers.emulator.rentEngine.ledger.requests).toEqual([]);
	});
});

it('RentEngine Trigger takes one delivery at the test URL', async () => {
	const host = await rentEngineTrigger(triggers);
	await host.listen();
	const url = host.url.replace('/webhook/', '/webhook-test/');
	const [first, second] = [
		await post(url, JSON.stringify(insert), { 'x-api-key': SECRET }),
		await post(url, JSON.stringify(insert), { 'x-api-key': SECRET }),
	];
	expect([first.status, second.status]).toEqual([200, 404]);
	expect(host.runs).toHaveLength(1);
});
