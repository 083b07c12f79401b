import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { leasingEvent } from './support/run.ts';

const services = useServices();

const PROSPECT = 1001;
const AT = '2026-05-01T12:00:00.000000Z';

/** Gives the prospect further events, each a minute younger than the one before; those it had stay. */
function addEvents(types: string[], context: IDataObject = {}): void {
	const { events } = services.emulator.rentEngine.data;
	types.forEach((event_type, index) => {
		events.add({
			id: events.nextId(),
			created_at: new Date(Date.parse(AT) + index * 60_000).toISOString(),
			notes: null,
			prospect: PROSPECT,
			planned_date_time: null,
			source: 'Other',
			event_type,
			next_follow_up: null,
			deleted: false,
			created_by: '12345',
			context,
		});
	});
}

const getAll = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await leasingEvent(
		services,
		{ operation: 'getAll', prospectId: byId(PROSPECT), returnAll: true, ...parameters },
		settings,
	);
const requests = () => services.emulator.rentEngine.ledger.requests;
const types = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.event_type);

describe('RentEngine, Leasing Event: Get Many', () => {
	it('gives the events of the prospect alone, linked to its item', async () => {
		const { success } = await getAll(
			{ prospectId: byId('={{ $json.id }}') },
			{ items: [{ id: 1002 }, { id: 1001 }] },
		);
		expect(
			success.map(({ json, pairedItem }) => [json.prospect_id, json.event_type, pairedItem]),
		).toEqual([
			[1002, 'Assign to User', { item: 0 }],
			[1002, 'New', { item: 0 }],
			[1001, 'New', { item: 1 }],
		]);
	});

	it('reads on where a page only names the next one', async () => {
		for (const [index, next_page_number] of [1, 2, null].entries())
			services.emulator.rentEngine.faults.add({
				body: { data: [{ id: index }], page: { next_page_number } },
			});
		expect((await getAll()).success.map(({ json }) => json.id)).toEqual([0, 1, 2]);
	});

	it('leaves out the events of others, where RentEngine gives them too', async () => {
		const events = [{ id: 1, prospect_id: 1002 }, { id: 2, prospect_id: PROSPECT }, { id: 3 }];
		services.emulator.rentEngine.faults.add({
			body: { data: [...events, { id: 4, prospect: 1002 }], page: { has_more: false } },
		});
		expect((await getAll()).success.map(({ json }) => json.id)).toEqual([2, 3]);
	});

	it('of a prospect that is not found, or one of several, names no option that it does not have', async () => {
		const byPhone = { __rl: true, mode: 'phone', value: '={{ $json.phone }}' };
		const prospect = { phone: '+15125551234', unit_of_interest: null };
		for (const day of [2, 5])
			services.emulator.rentEngine.rows.addProspect({
				...prospect,
				created_at: `2026-11-0${day}T10:00:00Z`,
			});
		const { success } = await getAll(
			{ prospectId: byPhone },
			{
				items: [{ phone: '512-555-1234' }, { phone: '512-555-9999' }],
				onError: 'continueRegularOutput',
			},
		);
		expect(success.map(({ json }) => json.error)).toEqual([
			"Item 1 of 2: 2 prospects have the phone number in 'Prospect': added 2026-11-02; added 2026-11-05. Choose it 'From List' or 'By ID'",
			"Item 2 of 2: No prospect has the phone number in 'Prospect'. For one who came more than 90 days ago, choose 'From List' or 'By ID'",
		]);
	});

	it('says of a time without a zone that it is in UTC, but not in Raw', async () => {
		const times = {
			created_at: '2026-05-01T12:00:00.123456',
			planned_date_time: '2026-05-02 20:30:00',
			next_follow_up: '2026-05-03 09:00:00+00',
		};
		const told = ['2026-05-01T12:00:00.123Z', '2026-05-02T20:30:00.000Z', times.next_follow_up];
		const fields = Object.keys(times);
		for (const [output, given] of [
			['fields', told],
			['simple', told.slice(0, 2)],
			['raw', Object.values(times)],
		] as const) {
			const row = { id: 1, event_type: 'New', prospect_id: PROSPECT, notes: '2026-05-02 20:30:00' };
			services.emulator.rentEngine.faults.add({ body: { data: [{ ...row, ...times }] } });
			const [item] = (await getAll({ output, fields })).success;
			expect(fields.flatMap((name) => item?.json[name] ?? [])).toEqual(given);
			expect(item?.json.notes ?? row.notes).toBe(row.notes);
		}
	});

	it.each<[string, unknown[], string]>([
		['an empty page', [], 'The list kept changing while it was read'],
		['the same page again', [{ id: 1 }], 'The list kept changing while it was read'],
		['no records', [null], 'RentEngine answered in another form than documented'],
	])('gives nothing rather than a part, when it gets %s and there are more', async (_, data, message) => {
		const page = { has_more: true };
		services.emulator.rentEngine.faults.add({ body: { data: [{ id: 1 }], page } });
		services.emulator.rentEngine.faults.add({ body: { data, page }, times: Infinity });
		const { success, thrown } = await getAll();
		expect([success, thrown?.message]).toEqual([[], message]);
		expect(requests()).toHaveLength(2);
	});

	it('reads the envelope page by page, from page 0 on, until there is no more', async () => {
		addEvents(Array.from({ length: 250 }, () => 'Log Note'));
		const { success } = await getAll();
		expect(success).toHaveLength(251);
		expect(new Set(success.map(({ json }) => json.id)).size).toBe(251);
		expect(requests().map(({ method, path, query }) => [method, path.split('/').at(-1), query])).toEqual(
			['0', '1', '2'].map((page_number) => [
				'GET',
				'leasing_events',
				{ prospect_id: '1001', limit: '100', page_number },
			]),
		);
	});

	it('reads no further page than the limit needs', async () => {
		addEvents(Array.from({ length: 250 }, () => 'Log Note'));
		const { success } = await getAll({ returnAll: false, limit: 20 });
		expect(success).toHaveLength(20);
		expect(requests()).toHaveLength(1);
	});

	it('takes has_more for an answer where a page is short', async () => {
		const answer = (id: number, has_more: boolean) => ({
			body: {
				data: [{ id, event_type: `Type ${id}` }],
				page: { limit: 100, page_number: 0, has_more },
			},
		});
		services.emulator.rentEngine.faults.add(answer(1, true));
		services.emulator.rentEngine.faults.add(answer(2, false));
		const { success } = await getAll();
		expect(types(success)).toEqual(['Type 1', 'Type 2']);
		expect(requests()).toHaveLength(2);
	});

	it.each([
		['a type of the list', { eventTypes: ['Log Note'] }, ['Log Note']],
		[
			'types of the list, one with a comma in its name',
			{ eventTypes: ['Contacted, Awaiting Information', 'Log Note'] },
			['Log Note', 'Contacted, Awaiting Information'],
		],
		[
			'types by an expression that gives a text',
			{ eventTypes: '={{ "Log Note,New" }}' },
			['Log Note', 'New'],
		],
		['a type that the list does not hold', { otherEventTypes: 'Key Returned' }, ['Key Returned']],
		[
			'types of both kinds, in any letter case',
			{ eventTypes: ['New'], otherEventTypes: 'key returned; Showing Pending' },
			['Key Returned', 'New'],
		],
		[
			'types with commas between them, one with a comma in its name',
			{ otherEventTypes: 'log note, contacted, awaiting information,Key Returned' },
			['Log Note', 'Contacted, Awaiting Information', 'Key Returned'],
		],
		[
			'a type with a comma in its name, and nothing that is a part of it',
			{ otherEventTypes: 'Contacted, Awaiting Information' },
			['Contacted, Awaiting Information'],
		],
	])('filters by %s', async (_, filters, expected) => {
		addEvents(['Contacted, Awaiting Information', 'Log Note', 'Key Returned', 'Contacted']);
		const { success, thrown } = await getAll({ filters });
		expect(thrown).toBeUndefined();
		expect(types(success)).toEqual(expect.arrayContaining(expected));
		expect(success).toHaveLength(expected.length);
		// The API has no such parameter and refuses those it does not know.
		expect(Object.keys(requests()[0]?.query ?? {}).sort()).toEqual([
			'limit',
			'page_number',
			'prospect_id',
		]);
	});

	it('counts the limit after filtering', async () => {
		addEvents([...Array.from({ length: 5 }, () => 'Log Note'), 'Key Returned', 'Key Returned']);
		const { success } = await getAll({
			returnAll: false,
			limit: 3,
			filters: { eventTypes: ['Log Note'] },
		});
		expect(types(success)).toEqual(['Log Note', 'Log Note', 'Log Note']);
	});

	it('filters by time, the first moment included and the last one not', async () => {
		addEvents(['First', 'Second', 'Third', 'Fourth']);
		const { success } = await getAll({
			filters: { createdAfter: '2026-05-01T07:01:00-05:00', createdBefore: '2026-05-01T12:03:00Z' },
		});
		expect(types(success)).toEqual(['Third', 'Second']);
	});

	it('reads a time without an offset in the time zone of the workflow', async () => {
		addEvents(['First', 'Second']);
		const { success } = await getAll(
			{ filters: { createdAfter: '2026-05-01T07:01:00' } },
			{ timezone: 'America/Chicago' },
		);
		expect(types(success)).toEqual(['Second']);
	});

	it('names no option that it lacks where the time zone of the workflow is not clear', async () => {
		const { thrown } = await getAll(
			{ filters: { createdAfter: '2026-05-01T07:01:00' } },
			{ timezone: 'EST' },
		);
		expect(thrown?.message).toMatch(
			/the time zone of the workflow is EST.*Change it in the workflow's settings, or give the time an offset/,
		);
		expect(thrown?.message).not.toContain("'Time Zone'");
	});

	it('simplifies, or gives what the API gave', async () => {
		const simple = await getAll();
		expect(simple.success[0]?.json).toEqual({
			prospect_id: 1001,
			id: expect.any(Number),
			event_type: 'New',
			created_at: expect.any(String),
			source: 'Other',
			notes: null,
			created_by: '12345',
			planned_date_time: null,
			property_address: expect.any(String),
			context: {},
		});
		const raw = await getAll({ output: 'raw' });
		expect(Object.keys(raw.success[0]?.json ?? {})).toEqual(
			expect.arrayContaining(['unit_of_interest', 'next_follow_up', 'prospect_id']),
		);
	});

	it.each([
		['a type that does not exist', { filters: { eventTypes: '={{ ["Lunch"] }}' } }, "'Event Types'"],
		['a date without a time', { filters: { createdAfter: '2026-05-01' } }, "'Created After'"],
		['a text for the prospect', { prospectId: byId('={{ "abc" }}') }, "'Prospect'"],
	])('refuses %s and asks nothing', async (_, parameters, field) => {
		const { thrown } = await getAll(parameters);
		expect(thrown?.message).toContain(`${field}`);
		expect(requests()).toEqual([]);
	});

	it('tells a reply of another form than documented', async () => {
		services.emulator.rentEngine.faults.add({ body: { events: [] } });
		const { thrown } = await getAll();
		expect(thrown?.message).toBe('RentEngine answered in another form than documented');
	});

	it('puts an item that fails on the error output and goes on', async () => {
		services.emulator.rentEngine.faults.add({ status: 403, body: { error: 'Forbidden' } });
		const { success, error } = await getAll(
			{ prospectId: byId('={{ $json.id }}') },
			{ items: [{ id: 1002 }, { id: 1001 }], onError: 'continueErrorOutput' },
		);
		expect(types(success)).toEqual(['New']);
		expect(error[0]?.json.error).toMatch(/^Item 1 of 2: RentEngine refused it \(HTTP 403\)/);
		expect(error[0]?.pairedItem).toEqual({ item: 0 });
	});
});
