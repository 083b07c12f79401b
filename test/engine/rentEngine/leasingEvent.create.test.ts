import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { EngineCredentials } from '../support/credentials.ts';
import { byId, useServices } from '../support/services.ts';
import { leasingEvent } from './support/run.ts';

const services = useServices();

const users = Object.values(RENTENGINE_USERS).map((user) => (typeof user === 'string' ? user : user.id));
const [first = '', second = ''] = users;
const requests = () => services.emulator.rentEngine.ledger.requests.map(({ body }) => body);

describe('RentEngine, Leasing Event: Create', () => {
	it('sends every field of an assignment, one event a request', async () => {
		const { success, thrown } = await leasingEvent(services, {
			assignedToUserIds: `${first}, ${second}`,
			applyActionInBulk: true,
			additionalFields: { source: 'Phone Call', notes: 'Assigning to primary agent' },
		});
		expect(thrown).toBeUndefined();
		expect(requests()).toEqual([
			{
				events: [
					{
						prospect_id: 1001,
						event_type: 'Assign to User',
						source: 'Phone Call',
						notes: 'Assigning to primary agent',
						context: { assignedToUserIds: [first, second], applyActionInBulk: true },
					},
				],
			},
		]);
		expect(success.length).toBe(services.emulator.rentEngine.ledger.created.length);
		for (const item of success) expect(item.pairedItem).toEqual({ item: 0 });
	});

	it('has its credential read once for each item, and not again for each request', async () => {
		const decrypted = jest.spyOn(EngineCredentials.prototype, 'getDecrypted');
		const parameters = { assignedToUserIds: [RENTENGINE_USERS[0]?.id] };
		const { success } = await leasingEvent(services, parameters, { items: [{}, {}, {}] });
		expect([success.length, decrypted.mock.calls.length]).toEqual([3, 3]);
		decrypted.mockRestore();
	});

	it('gives the outcome, the event and the prospect first, and nothing that is null', async () => {
		const { success } = await leasingEvent(services, {
			assignedToUserIds: first,
			additionalFields: { notes: 'n' },
		});
		expect(Object.keys(success[0]?.json ?? {})).toEqual([
			...['outcome', 'id', 'prospect', 'event_type', 'created_at', 'notes', 'context'],
		]);
	});

	it('gives every documented field of the created event without Simplify', async () => {
		const { success } = await leasingEvent(services, {
			assignedToUserIds: first,
			additionalFields: { notes: 'n' },
			options: { simplify: false },
		});
		expect(Object.keys(success[0]?.json ?? {}).sort()).toEqual(
			[
				'outcome',
				'id',
				'created_at',
				'notes',
				'prospect',
				'planned_date_time',
				'source',
				'event_type',
				'next_follow_up',
				'deleted',
				'created_by',
				'context',
			].sort(),
		);
		expect(success[0]?.json).toMatchObject({ prospect: 1001, notes: 'n', event_type: 'Assign to User' });
	});

	it.each([
		['a text with commas', `${first},${second}`],
		['a list by an expression', '={{ $json.users }}'],
	])('takes users as %s', async (_, assignedToUserIds) => {
		await leasingEvent(services, { assignedToUserIds }, { items: [{ users: [first, second] }] });
		expect(requests()).toEqual([
			{
				events: [
					expect.objectContaining({
						context: { assignedToUserIds: [first, second], applyActionInBulk: false },
					}),
				],
			},
		]);
	});

	it.each(['object', 'array'] as const)('reads a reply that is an %s', async (replyShape) => {
		services.emulator.rentEngine.settings.replyShape = replyShape;
		const { success } = await leasingEvent(services, { assignedToUserIds: first });
		expect(success).toEqual([
			{
				json: expect.objectContaining({
					id: Number(services.emulator.rentEngine.ledger.created[0]?.id),
				}),
				pairedItem: { item: 0 },
			},
		]);
	});

	it('says of a time without a zone that it is in UTC, but not with Simplify off', async () => {
		const at = { created_at: '2026-03-01T20:30:00', next_follow_up: '2026-03-02 15:00:00' };
		services.emulator.rentEngine.faults.add({ status: 201, body: [{ id: 17, ...at }], times: 2 });
		const [simple, whole] = [
			await leasingEvent(services, { assignedToUserIds: first }),
			await leasingEvent(services, { assignedToUserIds: first, options: { simplify: false } }),
		];
		expect(simple.success[0]?.json.created_at).toBe('2026-03-01T20:30:00.000Z');
		expect(whole.success[0]?.json).toMatchObject(at);
	});

	it('sends another type with the context given as JSON', async () => {
		services.emulator.rentEngine.settings.eventTypes = ['Assign to User', 'Log Note'];
		const { thrown } = await leasingEvent(services, {
			eventType: 'other',
			customEventType: 'Log Note',
			context: '{"importance": "high"}',
		});
		expect(thrown).toBeUndefined();
		expect(requests()).toEqual([
			{ events: [{ prospect_id: 1001, event_type: 'Log Note', context: { importance: 'high' } }] },
		]);
	});

	it('tells a refusal with the fields as the editor shows them', async () => {
		const { thrown } = await leasingEvent(services, { eventType: 'other', customEventType: 'Log Note' });
		expect(thrown?.message).toMatch(/^RentEngine refused it \(HTTP 400\)/);
		expect(thrown?.message).toContain("'Custom Event Type'");
	});

	it('takes a prospect ID that is a text', async () => {
		await leasingEvent(services, { prospectId: byId(' 1002 '), assignedToUserIds: first });
		expect(requests()).toEqual([{ events: [expect.objectContaining({ prospect_id: 1002 })] }]);
	});

	it.each(['Phone Call', 'Text Message', 'Email', 'Facebook Message', 'WhatsApp', 'Other', 'Automation'])(
		'sends the source %s',
		async (source) => {
			const { thrown } = await leasingEvent(services, {
				assignedToUserIds: first,
				additionalFields: { source },
			});
			expect(thrown).toBeUndefined();
			expect(requests()).toEqual([{ events: [expect.objectContaining({ source })] }]);
		},
	);

	it('gives one item for each event of the reply, linked to the item it came of', async () => {
		// 1001, 1002 and 1003 are one person; 1004 is somebody else.
		const { success } = await leasingEvent(
			services,
			{ prospectId: byId('={{ $json.id }}'), assignedToUserIds: first, applyActionInBulk: true },
			{ items: [{ id: 1001 }, { id: 1004 }] },
		);
		expect(success.map(({ json, pairedItem }) => [json.prospect, pairedItem])).toEqual([
			[1001, { item: 0 }],
			[1002, { item: 0 }],
			[1003, { item: 0 }],
			[1004, { item: 1 }],
		]);
	});

	const other = { eventType: 'other', customEventType: 'Assign to User' };
	const inJson = '={{ { assignedToUserIds: [$json.user], applyActionInBulk: $json.bulk } }}';

	it.each<[string, IDataObject, [boolean, boolean]]>([
		['all in bulk', { applyActionInBulk: true }, [true, true]],
		['all in bulk, written as another type', { ...other, context: inJson }, [true, true]],
		['the first in bulk', { applyActionInBulk: '={{ $json.bulk }}' }, [true, false]],
		['the last in bulk', { applyActionInBulk: '={{ $json.bulk }}' }, [false, true]],
		['the last in bulk, written as another type', { ...other, context: inJson }, [false, true]],
		[
			'the first in bulk, and alone written as another type',
			{
				eventType: "={{ $json.bulk ? 'other' : 'Assign to User' }}",
				customEventType: 'Assign to User',
				context: JSON.stringify({ assignedToUserIds: [first], applyActionInBulk: true }),
			},
			[true, false],
		],
	])('the last item about a person counts, however long the others take: %s', async (_, how, bulk) => {
		const { data, faults } = services.emulator.rentEngine;
		faults.add({ match: { method: 'POST', bodyIncludes: '"prospect_id":1001' }, delayMs: 300 });
		const { thrown } = await leasingEvent(
			services,
			{ prospectId: byId('={{ $json.id }}'), assignedToUserIds: '={{ $json.user }}', ...how },
			{
				items: [
					{ id: 1001, user: first, bulk: bulk[0] },
					{ id: 1003, user: second, bulk: bulk[1] },
				],
			},
		);
		expect(thrown).toBeUndefined();
		const lastOf = (prospect: number) => data.events.ofProspect(prospect).at(-1)?.context;
		for (const prospect of bulk[1] ? [1001, 1002, 1003] : [1003])
			expect(lastOf(prospect)).toMatchObject({ assignedToUserIds: [second] });
	});

	it('assignments that might be in bulk and are not do not wait for each other', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add({ match: { method: 'POST', bodyIncludes: '"prospect_id":1001' }, delayMs: 4_000 });
		const { success } = await leasingEvent(
			services,
			{
				prospectId: byId('={{ $json.id }}'),
				assignedToUserIds: first,
				applyActionInBulk: '={{ $json.bulk }}',
			},
			{ items: [1001, 1003].map((id) => ({ id, bulk: false })) },
		);
		expect(success.map(({ json }) => json.prospect)).toEqual([1001, 1003]);
		expect(ledger.created.map(({ body }) => (body as IDataObject).prospect_id)).toEqual([1003, 1001]);
	});

	it("is not created by a reply that has an error in it, and the message says RentEngine's words", async () => {
		services.emulator.rentEngine.faults.add({
			match: { method: 'POST' },
			status: 200,
			body: { id: 'request-7', error: 'Prospect is being merged' },
		});
		const { thrown } = await leasingEvent(services, {
			assignedToUserIds: first,
			options: { outcomeUnknown: 'report' },
		});
		expect(thrown?.message).toBe(
			'RentEngine answered HTTP 200 with a reply of another form than documented ("Prospect is being merged"), so the leasing event may or may not exist in RentEngine',
		);
	});

	it('takes an event type by an expression, each item by its own', async () => {
		services.emulator.rentEngine.settings.eventTypes.push('Log Note');
		const { thrown } = await leasingEvent(
			services,
			{
				eventType: '={{ $json.type }}',
				assignedToUserIds: first,
				customEventType: 'Log Note',
				context: '={{ { about: $json.about } }}',
			},
			{ items: [{ type: 'Assign to User' }, { type: 'other', about: 'parking' }] },
		);
		expect(thrown).toBeUndefined();
		expect(requests()).toEqual([
			{
				events: [
					{
						prospect_id: 1001,
						event_type: 'Assign to User',
						context: { assignedToUserIds: [first], applyActionInBulk: false },
					},
				],
			},
			{ events: [{ prospect_id: 1001, event_type: 'Log Note', context: { about: 'parking' } }] },
		]);
	});
});
