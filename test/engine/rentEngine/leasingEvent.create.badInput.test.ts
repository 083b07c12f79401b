import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { leasingEvent } from './support/run.ts';

/** A token as RentEngine gives it: a JWT, which seems to tell the account by this. */
const ACCOUNT = '7a1c2f4e-2d7b-4b1a-9f39-0f8a2f6f1c01';
const encoded = (part: IDataObject) => Buffer.from(JSON.stringify(part)).toString('base64url');
const TOKEN = `${encoded({ alg: 'HS256' })}.${encoded({ user: { account_id: ACCOUNT } })}.signature`;

const services = useServices({ rentEngineTokens: [TOKEN] });

const USER = RENTENGINE_USERS[0].id;
const ASSIGN = 'Assign to User';
/** An assignment whose type and context are written by hand. */
const written = (customEventType: string, context: IDataObject): IDataObject => ({
	...{ eventType: 'other', customEventType },
	context: JSON.stringify(context),
});
const requests = () => services.emulator.rentEngine.ledger.requests;
const created = () => services.emulator.rentEngine.ledger.created;
const assign = async (parameters: IDataObject, settings: Settings = {}) =>
	await leasingEvent(services, { assignedToUserIds: USER, ...parameters }, settings);

const PROSPECT = { id: 1001, name: 'Dana', phone: '+12125550100', unit_of_interest: 501 };
const UNIT = { id: 501, address: '1 Main St', bedrooms: '2', status: 'Available' };
const EVENT = { id: 1002, event_type: 'New', created_at: '2026-03-01T14:30:00Z' };
const IS_EVENT =
	"'Prospect' is the ID of a leasing event in this item. Use the ID of the prospect: in a leasing event from RentEngine it is 'prospect_id' or 'prospect', not 'id'";

describe('Bad input to Leasing Event: Create is told, and nothing is sent', () => {
	it.each([
		[
			"a unit's ID from the row of a prospect",
			{ prospectId: byId('={{ $json.unit_of_interest }}') },
			PROSPECT,
			"'Prospect' is the ID of a unit in this item. Use the ID of the prospect: in a prospect from RentEngine it is 'id', not 'unit_of_interest'",
		],
		[
			"a unit's ID from the row of a unit",
			{ prospectId: byId('={{ $json.id }}') },
			UNIT,
			"'Prospect' is the ID of a unit in this item.",
		],
		[
			"a unit's ID from a webhook",
			{ prospectId: byId('={{ $json.record.unit_of_interest }}') },
			{ type: 'INSERT', table: 'prospects', record: PROSPECT },
			"'Prospect' is the ID of a unit in this item.",
		],
		[
			"a unit's ID from a webhook that n8n's own node has taken",
			{ prospectId: byId('={{ $json.body.data.record.unit_of_interest }}') },
			{ headers: {}, body: { event_id: 'e1', data: { table: 'prospects', record: PROSPECT } } },
			"'Prospect' is the ID of a unit in this item.",
		],
		[
			"a unit's ID from the body of a system of one's own",
			{ prospectId: byId('={{ $json.body.unit_id }}') },
			{ body: { call_id: 'c1', prospect_id: 1001, unit_id: 1002 } },
			"'Prospect' is the ID of a unit in this item.",
		],
		[
			"an event's ID from the row of an event",
			{ prospectId: byId('={{ $json.id }}') },
			{ ...EVENT, prospect_id: 1001 },
			IS_EVENT,
		],
		[
			"an event's ID from a row with all that RentEngine gives",
			{ prospectId: byId('={{ $json.id }}') },
			{ ...EVENT, prospect_id: 1001, unit_of_interest: 501 },
			IS_EVENT,
		],
		[
			"an event's ID from the trigger",
			{ prospectId: byId('={{ $json.record.id }}') },
			{
				...{ action: 'UPDATE', table: 'leasing_events', changed: ['event_type'] },
				record: { ...EVENT, prospect: 1001 },
				old_record: { ...EVENT, prospect: 1001, event_type: 'Log Note' },
			},
			IS_EVENT,
		],
		[
			'a text for a prospect',
			{ prospectId: byId('={{ $json.name }}') },
			PROSPECT,
			"'Prospect' must be a prospect's ID: a positive whole number such as 12345",
		],
		[
			'the digits of something else for a prospect',
			{ prospectId: byId('={{ $json.zip }}') },
			{ zip: '01001' },
			"'Prospect' must be a prospect's ID: a positive whole number such as 12345",
		],
		[
			'a phone number that was dragged into the prospect, which n8n sets to By ID then',
			{ prospectId: byId('={{ $json.phone }}') },
			PROSPECT,
			"such as 12345. For anything else, set the first box of the field to 'By Phone Number' or 'By Email'",
		],
		[
			'no prospect',
			{ prospectId: byId('={{ $json.nothing }}') },
			{},
			"'Prospect' is empty and must be filled in",
		],
		[
			'no list of users',
			{ assignedToUserIds: '={{ $json.users }}' },
			{},
			"'Assign to Users' is empty and must be filled in when 'Event Type' is Assign to User",
		],
		[
			'a list of nothing',
			{ assignedToUserIds: '={{ [null, ""] }}' },
			{},
			"'Assign to Users' must hold user IDs such as",
		],
		[
			'nobody whose turn it could be',
			{ assignedToUserIds: '={{ [] }}', assignment: 'nextInTurn' },
			{},
			"'Assign to Users' is an empty list; 'Next in Turn' needs at least one user",
		],
		[
			'a name for a user',
			{ assignedToUserIds: `${USER}, Avery Cole` },
			{},
			"'Assign to Users' must hold user IDs such as 1259ef6e-61ee-42cb-b6bd-7fe547569d7c; its second entry is something else",
		],
		[
			'a text for yes or no',
			{ applyActionInBulk: '={{ "maybe" }}' },
			{},
			"'Apply Action in Bulk' is 'maybe' and must be true or false",
		],
		[
			'another assignment than there is',
			{ assignment: '={{ "roundRobin" }}' },
			{},
			"'Assignment' is 'roundRobin' and must be one of: All Listed Users; Next in Turn",
		],
		[
			'malformed JSON',
			{ eventType: 'other', customEventType: 'Log Note', context: '={{ "{importance: high" }}' },
			{},
			"'Context (JSON)' is not valid JSON. Check quotes, commas and brackets",
		],
		[
			'a list for the context',
			{ eventType: 'other', customEventType: 'Log Note', context: '={{ [1] }}' },
			{},
			"'Context (JSON)' must be a JSON object",
		],
		[
			'no type where the type is another one',
			{ eventType: '={{ "other" }}' },
			{},
			"'Custom Event Type' is empty and must be filled in when 'Event Type' is Other",
		],
		[
			'an assignment as another type, without users',
			{ eventType: 'other', customEventType: ASSIGN },
			{},
			`'Context (JSON)' must hold the users of an assignment: {"assignedToUserIds": ["1259ef6e`,
		],
		[
			'an assignment as another type, to a user by name',
			written('assign to user', { assignedToUserIds: [USER, 'Avery Cole'] }),
			{},
			"'Context (JSON)' must hold the users of an assignment",
		],
		[
			'an assignment as another type, to no list',
			written(ASSIGN, { assignedToUserIds: USER }),
			{},
			"'Context (JSON)' must hold the users of an assignment",
		],
		[
			'an assignment as another type, in bulk by a text',
			written(ASSIGN, { assignedToUserIds: [USER], applyActionInBulk: 'true' }),
			{},
			"'Context (JSON)' must hold the users of an assignment",
		],
		[
			'a source that only replies have',
			{ additionalFields: { source: '={{ "Showing Scheduler" }}' } },
			{},
			"'Source' must be one of: Automation; Email;",
		],
	])('%s', async (_, parameters: IDataObject, item: IDataObject, message) => {
		const { thrown, success } = await assign(parameters, { items: [item] });
		expect(thrown?.message).toContain(message);
		expect(success).toEqual([]);
		expect(requests()).toEqual([]);
	});

	it.each<[string, IDataObject, Settings]>([
		['where Event Type is an expression', { eventType: `={{ '${ASSIGN}' }}` }, {}],
		[
			'in a tool whose model gives the Event Type',
			{ eventType: "={{ $fromAI('type') }}" },
			{ node: 'rentEngineTool', items: [{ type: ASSIGN }] } as Settings,
		],
	])('users that nobody has chosen from the list, %s', async (_, parameters, settings) => {
		const goOn: Settings = { onError: 'continueRegularOutput', ...settings };
		const { success } = await assign({ ...parameters, usersFrom: 'list', assignedToUserIds: [] }, goOn);
		expect(success.map(({ json }) => json.error)).toEqual([expect.stringContaining("'Assign to Users'")]);
		expect(requests()).toEqual([]);
	});

	it('goes for one item of many too', async () => {
		const { thrown } = await assign(
			{ prospectId: byId('={{ $json.id }}') },
			{ items: [{ id: 1001 }, { id: 1002 }, { id: 'x' }] },
		);
		expect(thrown?.message).toMatch(/^Item 3 of 3: 'Prospect' must be/);
		expect(requests()).toEqual([]);
	});
});

describe('IDs that are right are taken', () => {
	it.each([
		[
			'a prospect whose number is also that of its unit',
			{ id: 1001, unit_of_interest: 1001 },
			'={{ $json.id }}',
		],
		[
			'a prospect named by an item that knows its unit',
			{ prospect_id: 1001, unit: 501 },
			'={{ $json.prospect_id }}',
		],
		['an ID that is not in the item', { id: 7, unit_of_interest: 501 }, '1001'],
		[
			'the prospect of an event',
			{ ...EVENT, prospect: 1001, unit_of_interest: 501 },
			'={{ $json.prospect }}',
		],
		[
			'the prospect of an event that has its number',
			{ ...EVENT, id: 1001, prospect_id: 1001 },
			'={{ $json.prospect_id }}',
		],
		[
			'a prospect in an event of another system',
			{ event_type: 'contact.updated', id: 1001 },
			'={{ $json.id }}',
		],
		[
			'a prospect in an event of another system, beside its name',
			{ event_type: 'missed_call', id: 1001, prospect: 'Nathan Smith' },
			'={{ $json.id }}',
		],
		[
			'a prospect that only has the number of an event, which is told',
			{ ...EVENT, prospect: 1003 },
			'1002',
			"'Prospect' has the number of a leasing event in this item.",
		],
		[
			'a prospect that has the number of a unit elsewhere in the item',
			{ body: { prospect_id: 1001, tour: { unit_id: 1001 } } },
			'={{ $json.body.prospect_id ?? $json.body.tour.unit_id }}',
		],
		[
			'a prospect beside a unit that has its number',
			{ prospect: { id: 1001, name: 'Ann' }, unit: { id: 1001, bedrooms: 2, address: '1 Elm St' } },
			'={{ $json.prospect.id }}',
		],
		[
			'a prospect by the name of a lead, which is told',
			{ lead: { id: 1001 }, unit: { id: 1001 } },
			'={{ $json.lead.id }}',
			"'Prospect' has the number of a unit in this item.",
		],
	])('%s', async (_, item: IDataObject, prospectId, told = '') => {
		const { thrown, hints } = await assign({ prospectId: byId(prospectId) }, { items: [item] });
		expect(thrown).toBeUndefined();
		expect(hints.map(({ message }) => message)).toEqual(told ? [expect.stringContaining(told)] : []);
		expect(created()).toHaveLength(1);
	});

	it.each(['1001', '={{ 1000 + 1 }}'])(
		'a prospect that only has the number of a unit in its item, %s: it is told',
		async (prospectId) => {
			const { thrown, hints } = await assign(
				{ prospectId: byId(prospectId) },
				{ items: [{ unit_of_interest: 1001 }] },
			);
			expect(thrown).toBeUndefined();
			expect(created()).toHaveLength(1);
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringContaining("'Prospect' has the number of a unit in this item. Check that it is"),
			]);
		},
	);

	it.each<[string, IDataObject, string]>([
		[
			"the account's UUID",
			{ assignedToUserIds: ACCOUNT.toUpperCase() },
			"'Assign to Users' is the ID of the RentEngine account by its API key",
		],
		[
			"the account's UUID among users",
			{ assignedToUserIds: `={{ ["${USER}", "${ACCOUNT}"] }}` },
			"'Assign to Users' holds as its second entry the ID of the RentEngine account",
		],
		[
			"an assignment as another type, to the account's UUID",
			written(ASSIGN, { assignedToUserIds: [ACCOUNT.toUpperCase()] }),
			"'Context (JSON)' holds the ID of the RentEngine account",
		],
	])('%s, which may be that of a user: it is told', async (_, parameters, told) => {
		services.emulator.rentEngine.settings.checkReferences = false;
		const { thrown, hints } = await assign(parameters);
		expect(thrown).toBeUndefined();
		expect(created()).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining(told)]);
	});

	it.each(['={{ [] }}', '={{ "[]" }}', '[]'])('an empty list of users, %s: it is told', async (users) => {
		const { thrown, hints } = await assign({ assignedToUserIds: users });
		expect(thrown).toBeUndefined();
		expect(created()[0]?.body).toMatchObject({ context: { assignedToUserIds: [] } });
		expect(hints.map(({ message }) => message)).toEqual([
			"'Assign to Users' is an empty list, so the prospect is assigned to nobody.",
		]);
	});

	it('an empty list of users that an expression gives instead of IDs', async () => {
		await assign({ usersFrom: 'id', userIds: '={{ [] }}' });
		expect(created()[0]?.body).toMatchObject({ context: { assignedToUserIds: [] } });
	});

	it.each([
		['From List', (users: string) => ({ assignedToUserIds: users })],
		['By ID', (users: string) => ({ usersFrom: 'id', userIds: users })],
	])('users with names, %s: the IDs are sent and the names shown', async (_, parameters) => {
		const [first, second] = RENTENGINE_USERS;
		const { success } = await assign(parameters(`={{ "Jordan = ${first.id}, ${second.id}" }}`));
		expect(created()[0]?.body).toMatchObject({ context: { assignedToUserIds: [first.id, second.id] } });
		expect(success.map(({ json }) => json)).toMatchObject([{ assigned_to: `Jordan, ${second.id}` }]);
	});

	it.each([ASSIGN, 'assign to user'])('an assignment that is written as another type: %s', async (type) => {
		const context = { assignedToUserIds: [USER], applyActionInBulk: true };
		const { thrown } = await assign(written(type, context));
		expect(thrown).toBeUndefined();
		const [event] = created().map(({ body }) => body);
		expect(event).toEqual({ prospect_id: 1001, event_type: ASSIGN, context });
		const { hints } = await assign(written(type, { assignedToUserIds: [] }));
		expect(hints.map(({ message }) => message)).toEqual([
			"'Context (JSON)' holds an empty list, so the prospect is assigned to nobody.",
		]);
	});

	it('users by a list that was written down as JSON', async () => {
		const [first, second] = RENTENGINE_USERS;
		await assign({ assignedToUserIds: `={{ '${JSON.stringify([first.id, second.id])}' }}` });
		expect(created()[0]?.body).toMatchObject({ context: { assignedToUserIds: [first.id, second.id] } });
	});
});

describe('What only RentEngine can know is told with what to do', () => {
	it('an unknown prospect', async () => {
		const { thrown } = await assign({ prospectId: byId(501) });
		expect(thrown?.message).toMatch(/^RentEngine refused it \(HTTP 404\): Prospect not found/);
		expect(thrown?.description).toContain('it takes the ID of a prospect, not that of a unit');
		expect(created()).toEqual([]);
	});

	it.each(['dataPath', 'instancePath'] as const)('an unknown user (%s)', async (errorStyle) => {
		Object.assign(services.emulator.rentEngine.settings, { knownUsersOnly: true, errorStyle });
		const { thrown } = await assign({ assignedToUserIds: '00000000-0000-4000-8000-000000000000' });
		expect(thrown?.message).toMatch(/^RentEngine refused it \(HTTP 400\): 'Assign to Users': /);
		expect(thrown?.description).toContain('it takes the IDs of users, not that of the account');
		expect(created()).toEqual([]);
	});

	it.each([
		[401, 'User is not authenticated', 'Check the API key'],
		[403, 'User has no access', 'The API key of the RentEngine credential has no right to do this'],
		[404, 'Prospect not found', "Check 'Prospect'"],
	])('HTTP %i: %s', async (status, error, description) => {
		services.emulator.rentEngine.faults.add({ status, body: { error } });
		const { thrown } = await assign({});
		expect(thrown?.description).toContain(description);
	});

	it.each<[IDataObject, string]>([
		[{ error: 'Not valid', details: 'prospect is archived' }, 'Not valid: prospect is archived'],
		[{ error: 'Not valid', details: ['no prospect', 'no user'] }, 'Not valid: no prospect; no user'],
		[{ error: { message: 'prospect is archived' }, details: null }, 'prospect is archived'],
		[{ error: null, message: 'prospect is archived' }, 'prospect is archived'],
	])('in its own words, also where they stand elsewhere than documented: %j', async (body, words) => {
		services.emulator.rentEngine.faults.add({ status: 422, body });
		const { thrown } = await assign({});
		expect(thrown?.message).toBe(`RentEngine refused it (HTTP 422): ${words}`);
		expect(thrown?.description).toContain("Check 'Prospect'");
	});

	it.each([
		[{ missingProperty: 'assignedToUserIds' }, "'Assign to Users': "],
		[{ missingProperty: 'applyActionInBulk' }, "'Apply Action in Bulk': "],
		[{ missingProperty: 'prospect_id' }, "'Prospect': "],
		[{ additionalProperty: 'notes' }, "'Notes': "],
	])('fields that its details name: %p', async (params, label) => {
		services.emulator.rentEngine.faults.add({
			status: 400,
			body: {
				error: 'Invalid request parameters',
				details: [
					{ keyword: 'required', dataPath: '.events[0].context', params, message: 'is wrong' },
					{
						keyword: 'if',
						dataPath: '.events[0]',
						params: {},
						message: 'should match "then" schema',
					},
				],
			},
		});
		const { thrown } = await assign({});
		expect(thrown?.message).toBe(`RentEngine refused it (HTTP 400): ${label}is wrong`);
	});
});
