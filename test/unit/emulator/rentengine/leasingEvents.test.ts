import { RENTENGINE_USERS } from '../../../../emulator/index.ts';
import { clientsOf, dig, list, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

const [first, second] = RENTENGINE_USERS;
const assign = (more: Record<string, unknown> = {}, context: Record<string, unknown> = {}) => ({
	prospect_id: 1001,
	event_type: 'Assign to User',
	...more,
	context: { assignedToUserIds: [first.id], ...context },
});

const emulator = useEmulator({ rentEngine: { limit: 100_000 } });
const clients = clientsOf(emulator);

const faultsOf = (reply: Reply): string[] =>
	list(reply.json, 'details').map((detail) =>
		`${String(dig(detail, 'dataPath'))} ${String(dig(detail, 'keyword'))}`.trim(),
	);

describe('a leasing event that is accepted', () => {
	it('is answered with every documented field', async () => {
		const reply = await clients.createLeasingEvent(
			assign({ source: 'Phone Call', notes: 'Primary agent' }),
		);
		expect(reply.status).toBe(201);
		expect(reply.json).toEqual([
			{
				id: expect.any(Number),
				created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
				notes: 'Primary agent',
				prospect: 1001,
				planned_date_time: null,
				source: 'Phone Call',
				event_type: 'Assign to User',
				next_follow_up: null,
				deleted: false,
				created_by: '12345',
				context: {
					assignedToUserIds: [first.id],
					createdByUserRole: 'Property Manager',
					previousAssignedToUserIds: [],
				},
			},
		]);
	});

	it('remembers who had the prospect before', async () => {
		await clients.createLeasingEvent(assign());
		const reply = await clients.createLeasingEvent(assign({}, { assignedToUserIds: [second.id] }));
		expect(dig(reply.json, '0.context.previousAssignedToUserIds')).toEqual([first.id]);
	});

	it('is answered as an object when that is set', async () => {
		emulator.rentEngine.settings.replyShape = 'object';
		expect((await clients.createLeasingEvent(assign())).json).toMatchObject({ prospect: 1001 });
	});

	it.each(['Phone Call', 'Text Message', 'Email', 'Facebook Message', 'WhatsApp', 'Other', 'Automation'])(
		'may come by %s',
		async (source) => {
			expect((await clients.createLeasingEvent(assign({ source }))).status).toBe(201);
		},
	);

	it('is made for every prospect with the same telephone number when applied in bulk', async () => {
		const reply = await clients.createLeasingEvent(assign({}, { applyActionInBulk: true }));
		expect((reply.json as unknown[]).map((event) => dig(event, 'prospect'))).toEqual([1001, 1002, 1003]);
		const created = emulator.rentEngine.ledger.created.map((entry) => dig(entry.body, 'prospect_id'));
		expect(created).toEqual([1001, 1002, 1003]);
		expect(emulator.rentEngine.ledger.requests[0]?.created).toHaveLength(3);
	});

	it('may name no user: the page gives no least number', async () => {
		const reply = await clients.createLeasingEvent(assign({}, { assignedToUserIds: [] }));
		expect([reply.status, dig(reply.json, '0.context.assignedToUserIds')]).toEqual([201, []]);
	});

	it('may be of a type that the API adds later', async () => {
		expect((await clients.createLeasingEvent({ prospect_id: 1001, event_type: 'Log Note' })).status).toBe(
			400,
		);
		emulator.rentEngine.settings.eventTypes.push('Log Note');
		const event = { prospect_id: 1001, event_type: 'Log Note', context: { anything: [1, 2] } };
		expect((await clients.createLeasingEvent(event)).json).toMatchObject([
			{ context: { anything: [1, 2] } },
		]);
	});
});

describe('a leasing event that is refused', () => {
	it.each([
		[
			'no prospect',
			{ event_type: 'Assign to User', context: { assignedToUserIds: [first.id] } },
			['.events[0] required'],
		],
		['a prospect as text', assign({ prospect_id: '1001' }), ['.events[0].prospect_id type']],
		['no context', { prospect_id: 1001, event_type: 'Assign to User' }, ['.events[0] required']],
		['no assignees', assign({}, { assignedToUserIds: undefined }), ['.events[0].context required']],
		[
			'one that is no UUID',
			assign({}, { assignedToUserIds: ['x'] }),
			['.events[0].context.assignedToUserIds[0] format'],
		],
		[
			'a text for the list',
			assign({}, { assignedToUserIds: first.id }),
			['.events[0].context.assignedToUserIds type'],
		],
		[
			'a text for a boolean',
			assign({}, { applyActionInBulk: 'true' }),
			['.events[0].context.applyActionInBulk type'],
		],
		['an unknown field', assign({ title: 'x' }), ['.events[0] additionalProperties']],
		[
			'an unknown field in the context',
			assign({}, { x: 1 }),
			['.events[0].context additionalProperties'],
		],
		['a source of replies alone', assign({ source: 'Showing Scheduler' }), ['.events[0].source enum']],
		[
			'an event type that cannot be created',
			assign({ event_type: 'New' }),
			['.events[0].event_type enum'],
		],
	])('for %s', async (_what, event, expected) => {
		const reply = await clients.createLeasingEvent(event);
		expect(reply.status).toBe(400);
		expect(dig(reply.json, 'error')).toBe('Invalid request parameters');
		expect(faultsOf(reply)).toEqual(expected);
		expect(emulator.rentEngine.ledger.created).toEqual([]);
	});

	it.each([[[]], [[assign(), assign()]]])('unless there is exactly one: %#', async (events) => {
		const reply = await clients.rentEngine('/leasing_events', { method: 'POST', body: { events } });
		expect([reply.status, list(reply.json, 'details').length]).toEqual([400, 1]);
	});

	it('in the words of ajv 6, or of ajv 8 where that is set', async () => {
		const event = { prospect_id: 1001, event_type: 'Assign to User' };
		const documented = await clients.createLeasingEvent(event);
		expect(list(documented.json, 'details')[0]).toEqual({
			keyword: 'required',
			dataPath: '.events[0]',
			schemaPath: '#/properties/events/items/then/required',
			params: { missingProperty: 'context' },
			message: "should have required property 'context'",
		});
		emulator.rentEngine.settings.errorStyle = 'instancePath';
		const live = await clients.createLeasingEvent(event);
		expect(list(live.json, 'details')[0]).toMatchObject({
			instancePath: '/events/0',
			message: "must have required property 'context'",
		});
	});

	it('with 404 for a prospect that is none, a unit for example', async () => {
		const reply = await clients.createLeasingEvent(assign({ prospect_id: 501 }));
		expect([reply.status, reply.json]).toEqual([404, { error: 'Prospect not found' }]);
	});

	it('for a stranger: assignees are users of the account', async () => {
		const stranger = assign({}, { assignedToUserIds: [first.id, emulator.rentEngine.data.accountId] });
		expect(faultsOf(await clients.createLeasingEvent(stranger))).toEqual([
			'.events[0].context.assignedToUserIds[1] exists',
		]);
		expect((await clients.createLeasingEvent(assign())).status).toBe(201);
	});
});

describe('reading', () => {
	const emulator = useEmulator({ seed: 'large', rentEngine: { limit: 100_000 } });
	const clients = clientsOf(emulator);

	it("lists a prospect's events newest first in an envelope, with prospect_id", async () => {
		const made = await clients.createLeasingEvent(assign({ notes: 'mine' }));
		const page = await clients.rentEngine('/leasing_events?prospect_id=1001&limit=1');
		expect(page.json).toMatchObject({
			data: [{ id: dig(made.json, '0.id'), prospect_id: 1001, notes: 'mine', unit_of_interest: 501 }],
			page: { limit: 1, page_number: 0, has_more: true, next_page_number: 1 },
		});
		expect(dig(page.json, 'data.0')).not.toHaveProperty('prospect');
		const last = await clients.rentEngine('/leasing_events?prospect_id=1001&limit=1&page_number=1');
		expect(last.json).toMatchObject({
			data: [{ event_type: 'New' }],
			page: { has_more: false, next_page_number: null },
		});
	});

	it('shows an event changed in place under the same ID', async () => {
		const [event] = emulator.rentEngine.data.events
			.ofProspect(1003)
			.filter((one) => one.event_type === 'Showing Scheduled');
		emulator.rentEngine.rows.change('leasing_events', Number(event?.id), {
			event_type: 'Showing Complete',
		});
		const page = await clients.rentEngine('/leasing_events?prospect_id=1003');
		expect(list(page.json, 'data')).toContainEqual(
			expect.objectContaining({ id: event?.id, event_type: 'Showing Complete' }),
		);
	});

	it('pages 5,000 prospects from page 0, each once, 100 at a time', async () => {
		const seen = new Set<unknown>();
		for (let page = 0; ; page++) {
			const rows = list(
				{ rows: (await clients.rentEngine(`/prospects?limit=100&page_number=${page}`)).json },
				'rows',
			);
			for (const row of rows) seen.add(dig(row, 'id'));
			if (rows.length < 100) break;
		}
		expect(seen.size).toBe(5_000);
	});

	it('takes in the moment itself with created_after', async () => {
		const at = emulator.rentEngine.data.prospects.get(5_999)?.created_at ?? '';
		const rows = await clients.rentEngine(`/prospects?created_after=${at}`);
		expect((rows.json as unknown[]).map((row) => dig(row, 'id'))).toEqual([5_999, 6_000]);
		const before = await clients.rentEngine(`/prospects?created_before=${at}&limit=1`);
		expect(dig(before.json, '0.id')).toBe(1001);
		emulator.rentEngine.settings.prospectOrder = 'newest';
		expect(dig((await clients.rentEngine('/prospects?limit=1')).json, '0.id')).toBe(6_000);
		emulator.rentEngine.settings.prospectOrder = 'oldest';
	});

	it('lists 300 units whose address is an object, now and then a number', async () => {
		const { units } = emulator.rentEngine.data;
		expect(units.size).toBe(300);
		const kinds = new Set(units.rows.map((unit) => typeof unit.address));
		expect(kinds).toEqual(new Set(['object', 'number']));
		const found = await clients.rentEngine('/units?city=Austin&statuses=Available,On%20Hold&limit=100');
		const rows = found.json as unknown[];
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			expect(dig(row, 'address.city')).toBe('Austin');
			expect(['Available', 'On Hold']).toContain(dig(row, 'status'));
		}
		expect((await clients.rentEngine('/units?unitIds=501,502')).json).toHaveLength(2);
	});

	it('tells users by the showing times of a unit', async () => {
		const reply = await clients.rentEngine('/showings/availability?unitId=501');
		const invited = list(reply.json, 'availability.preferredShowingWindows.0.invitedUserIdsArray');
		expect(invited.length).toBeGreaterThan(0);
		expect(RENTENGINE_USERS.map((user) => user.id)).toEqual(expect.arrayContaining(invited));
		expect((await clients.rentEngine('/showings/availability?unitId=1001')).status).toBe(404);
		expect((await clients.rentEngine('/showings/availability')).status).toBe(400);
	});

	it.each([
		'/prospects?offset=1',
		'/prospects?page=1',
		'/prospects?created_after=2026-01-05',
		'/units?account_id=1',
		'/units?limit=101',
		'/units?statuses=Available,Rented',
		'/units?unitIds=501,Oak',
		'/leasing_events?prospect=1001',
		'/leasing_events?prospect_id=abc',
	])('refuses %s with 400', async (path) => {
		const reply = await clients.rentEngine(path);
		expect([reply.status, dig(reply.json, 'error')]).toEqual([400, 'Invalid query parameters']);
		expect(list(reply.json, 'details')).toHaveLength(1);
	});
});

it('fails for a text with a NUL, which PostgreSQL does not take', async () => {
	const reply = await clients.createLeasingEvent(assign({ notes: 'Called\0 back' }));
	expect([reply.status, reply.json]).toEqual([500, { error: 'Internal Server Error' }]);
	expect(emulator.rentEngine.ledger.created).toEqual([]);
});
