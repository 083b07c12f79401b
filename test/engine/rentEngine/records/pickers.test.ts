import type { IDataObject } from 'n8n-workflow';

import { RentEngineApi } from '../../../../credentials/RentEngineApi.credentials';
import type { Fault } from '../../../../emulator/index.ts';
import { RENTENGINE_USERS } from '../../../../emulator/index.ts';
import { RentEngine } from '../../../../nodes/RentEngine/RentEngine.node';
import { createEditor } from '../../support/index.ts';
import { useServices } from '../../support/services.ts';
import { leasingEvent } from '../support/run.ts';

const services = useServices({ counts: { prospects: 600, units: 150 } });

const rentEngine = () => services.emulator.rentEngine;
const requests = () => rentEngine().ledger.requests;
const editor = (credentials: Record<string, string> = {}) =>
	createEditor(new RentEngine(), [new RentEngineApi()], {
		rentEngineApi: { ...services.credentials.rentEngineApi, ...credentials },
	});

/** All portions of a list, as the editor loads them while the user scrolls. */
async function allOf(method: string, filter?: string): Promise<Array<{ name: string; value: unknown }>> {
	const found: Array<{ name: string; value: unknown }> = [];
	let token: string | undefined;
	do {
		const { results, paginationToken } = await editor().search(method, filter, token);
		found.push(...results);
		token = paginationToken as string | undefined;
	} while (token !== undefined);
	return found;
}
const values = (list: Array<{ value: unknown }>) => list.map(({ value }) => value);
const names = (list: Array<{ name: string }>) => list.map(({ name }) => name);

describe('The list of prospects', () => {
	it.each(['oldest', 'newest'] as const)(
		'shows the newest first, all of them and each once, when the API gives the %s first',
		async (order) => {
			rentEngine().settings.prospectOrder = order;
			const newestFirst = [...rentEngine().data.prospects.rows].reverse().map(({ id }) => id);
			const { results } = await editor().search('searchProspects');
			expect(values(results)).toEqual(newestFirst.slice(0, results.length));
			expect(values(await allOf('searchProspects'))).toEqual(newestFirst);
		},
	);

	it('shows who came a moment ago before everybody else', async () => {
		const { id } = rentEngine().rows.addProspect({ name: 'Just Arrived' });
		const { results } = await editor().search('searchProspects');
		expect(results[0]).toMatchObject({
			value: id,
			name: expect.stringMatching(/^Just Arrived \(.*#\d+\)$/),
		});
	});

	it('reads a crowded time in portions', async () => {
		const now = Date.now();
		const crowd = Array.from({ length: 700 }, (_, index) =>
			rentEngine().rows.addProspect({ created_at: new Date(now - index * 60_000).toISOString() }),
		);
		const found = values(await allOf('searchProspects'));
		expect(found.slice(0, 700)).toEqual(crowd.map(({ id }) => id));
		expect(new Set(found).size).toBe(1300);
	});

	it('tells prospects of one person apart by unit, date and ID', async () => {
		const found = await allOf('searchProspects', 'r0@example.com');
		expect(found).toHaveLength(3);
		expect(new Set(names(found)).size).toBe(3);
		expect(found[0]?.name).toMatch(/^\w+ \w+ \(\d+ .+, Unit \d.*, USA, 2026-01-05, #1003\)$/);
	});

	it.each([
		['name', (row: IDataObject) => String(row.name).toUpperCase()],
		['email address', (row: IDataObject) => row.email],
		['phone number', (row: IDataObject) => row.phone],
		[
			'phone number with other signs',
			(row: IDataObject) =>
				`(${String(row.phone).slice(2, 5)}) ${String(row.phone).slice(5, 8)}-${String(row.phone).slice(8)}`,
		],
		['phone number with +1', (row: IDataObject) => `+1 ${String(row.phone).slice(2)}`],
		['phone number with 1-', (row: IDataObject) => `1-${String(row.phone).slice(2)}`],
		['ID', (row: IDataObject) => row.id],
	])('finds the oldest prospect by %s', async (_, searchFor) => {
		const [oldest] = rentEngine().data.prospects.rows;
		const found = await allOf('searchProspects', String(searchFor(oldest as IDataObject)));
		expect(values(found)).toContain(oldest?.id);
		expect(found.length).toBeLessThan(50);
	});

	it.each(['nunez', 'José Núñez', 'JOSE N'])('finds a name with accents by %s', async (typed) => {
		const { id } = rentEngine().rows.addProspect({ name: 'José Núñez', phone: '(512) 555-0142' });
		expect(values(await allOf('searchProspects', typed))).toEqual([id]);
		expect(values(await allOf('searchProspects', '+1 512 555 0142'))).toEqual([id]);
	});

	it('finds those who ask about a unit by its address', async () => {
		const unit = rentEngine().data.units.get(507);
		const { formatted_address } = unit?.address as IDataObject;
		const found = await allOf('searchProspects', String(formatted_address).split(',')[0]);
		const wanted = rentEngine().data.prospects.rows.filter((row) => row.unit_of_interest === 507);
		expect(values(found)).toEqual(expect.arrayContaining(wanted.map(({ id }) => id)));
	});

	it('goes without addresses where units may not be read', async () => {
		rentEngine().faults.add({
			match: { path: '/units' },
			times: Infinity,
			status: 403,
			body: { error: 'No' },
		});
		const { results } = await editor().search('searchProspects');
		expect(results[0]?.name).toMatch(/\(Unit \d+, 2026-\d\d-\d\d, #1600\)$/);
	});

	it('says nothing was found, rather than searching for ever', async () => {
		expect(await allOf('searchProspects', 'nobody of this name')).toEqual([
			{ name: 'No match among the prospects that were read', value: false },
			{ name: expect.stringContaining('choose another way'), value: true },
		]);
	});

	it('says that no unit matches, and what to do', async () => {
		expect(await allOf('searchUnits', 'nowhere')).toEqual([
			{ name: 'No units match what you typed', value: false },
			{ name: expect.stringContaining('Type less of it'), value: true },
		]);
	});

	it('stays far below the limit of requests for one portion', async () => {
		await editor().search('searchProspects', 'nobody of this name');
		expect(requests().length).toBeLessThan(30);
		expect(requests().map(({ status }) => status)).toEqual(requests().map(() => 200));
	});

	it("shows the API's own words when it refuses", async () => {
		await expect(editor({ token: 'wrong' }).search('searchProspects')).rejects.toMatchObject({
			message: 'The list: RentEngine refused it (HTTP 401): Unauthorized',
			description: expect.stringContaining('Check the API key in the RentEngine credential'),
		});
	});

	it('tells an answer of another form than documented', async () => {
		rentEngine().faults.add({ body: { prospects: [] } });
		await expect(editor().search('searchProspects')).rejects.toMatchObject({
			message: 'The list could not be read: RentEngine answered in another form than documented',
			description: expect.stringContaining("Choose 'By ID'"),
		});
	});
});

describe('The list of units', () => {
	it('shows all units by address, status and ID, those without an address by number', async () => {
		const found = await allOf('searchUnits');
		expect(new Set(values(found))).toEqual(new Set(rentEngine().data.units.rows.map(({ id }) => id)));
		expect(found).toHaveLength(150);
		expect(names(found)).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^100 .+, Unit 1, .+, USA \(Available, #501\)$/),
				'Unit 525 (Archived, #525)',
			]),
		);
	});

	it.each([
		['address', '100 '],
		['ID', '501'],
	])('finds a unit by %s', async (_, filter) => {
		expect(values(await allOf('searchUnits', filter))).toContain(501);
	});

	it('tells the units of one building apart, and those of one address', async () => {
		const building = { formatted_address: '12 Elm Street, Austin, TX 78701, USA', street_number: '12' };
		rentEngine().data.units.replace([]);
		['1', 'Apt 2B', null, null].forEach((unit, index) =>
			rentEngine().rows.insert('units', { id: 501 + index, address: { ...building, unit } }),
		);
		expect(names(await allOf('searchUnits'))).toEqual([
			'12 Elm Street, Austin, TX 78701, USA (Available, #503)',
			'12 Elm Street, Austin, TX 78701, USA (Available, #504)',
			'12 Elm Street, Unit 1, Austin, TX 78701, USA (Available, #501)',
			'12 Elm Street, Unit 2B, Austin, TX 78701, USA (Available, #502)',
		]);
	});

	it('finds units by status and place together', async () => {
		const found = await allOf('searchUnits', 'available denver');
		expect(found.length).toBeGreaterThan(0);
		for (const { name } of found) expect(name).toMatch(/Denver.*\(Available, #\d+\)/);
	});
});

describe('The list of users', () => {
	const ids = RENTENGINE_USERS.map(({ id }) => id as string);

	it('shows those seen in assignments and showing times, and how each was seen', async () => {
		const found = await editor().options('getUsers');
		expect(found.map(({ value }) => value).sort()).toEqual([...ids].sort());
		for (const { name, value, description } of found) {
			expect(name).toBe(value);
			expect(description).toMatch(
				/^Assigned \d+ times lately, last on 2026-01-\d\d( \(.+\))?$|^Invited to showings$/,
			);
		}
	});

	it.each(['text', 'snake_case'] as const)(
		'shows those of assignments whose context the list gives in another form: %s',
		async (listedContext) => {
			Object.assign(rentEngine().settings, { listedContext });
			rentEngine().faults.add({
				match: { path: '/showings/availability' },
				status: 403,
				times: Infinity,
			});
			const found = await editor().options('getUsers');
			expect(found.length).toBeGreaterThan(1);
			for (const { description } of found) expect(description).toMatch(/^Assigned/);
		},
	);

	it('shows who was assigned last first', async () => {
		await leasingEvent(services, { assignedToUserIds: ids[3] });
		const [first] = await editor().options('getUsers');
		expect(first?.value).toBe(ids[3]);
	});

	it.each<[string, Fault]>([
		[
			'refuses to give them otherwise',
			{
				status: 400,
				body: {
					error: 'Invalid query parameters',
					details: [{ params: { missingProperty: 'prospect_id' } }],
				},
			},
		],
		['gives none otherwise', { status: 200, body: { data: [], page: { has_more: false } } }],
	])('asks for the events of the newest prospects where the API %s', async (_, fault) => {
		rentEngine().faults.add({ match: { path: '/leasing_events' }, ...fault });
		const found = await editor().options('getUsers');
		expect(found[0]?.description).toMatch(/^Assigned/);
		const asked = requests().filter(({ query }) => 'prospect_id' in query);
		expect(asked.map(({ query }) => query.prospect_id)).toContain('1600');
		expect(requests().length).toBeLessThan(30);
	});

	it('goes without showing times where they may not be read', async () => {
		rentEngine().faults.add({
			match: { path: '/showings/availability' },
			times: Infinity,
			status: 403,
			body: { error: 'Forbidden' },
		});
		const found = await editor().options('getUsers');
		expect(found.length).toBeGreaterThan(0);
		for (const { description } of found) expect(description).toMatch(/^Assigned/);
	});

	it('reads the other name that the documents give to invited users', async () => {
		rentEngine().faults.add({
			match: { path: '/leasing_events' },
			body: { data: [{ id: 1, unit_of_interest: 501 }], page: { has_more: false } },
		});
		rentEngine().faults.add({
			match: { path: '/showings/availability' },
			body: { availability: { preferredShowingWindows: [{ invitedUserIds: [ids[5]] }] } },
		});
		expect((await editor().options('getUsers')).map(({ value }) => value)).toEqual([ids[5]]);
	});

	it('says what to do where nobody was assigned yet', async () => {
		rentEngine().data.events.clear();
		expect(await editor().options('getUsers')).toEqual([
			{
				name: expect.stringMatching(/^There are no users/),
				value: '',
				description: expect.stringContaining("'By ID'"),
				disabled: true,
			},
		]);
		const { thrown } = await leasingEvent(services, { usersFrom: 'list', assignedToUserIds: [''] });
		expect(thrown?.message).toContain("'Assign to Users' is empty");
	});

	it('says what to do while the node has no credential, as n8n asks then', async () => {
		const { options } = createEditor(new RentEngine(), [new RentEngineApi()], {});
		expect(await options('getUsers')).toEqual([
			{
				name: 'The list has not been read yet',
				value: '',
				description: expect.stringContaining('open it again'),
				disabled: true,
			},
		]);
	});

	it("shows the API's own words when it refuses the token", async () => {
		await expect(editor({ token: 'wrong' }).options('getUsers')).rejects.toMatchObject({
			message: 'The list: RentEngine refused it (HTTP 401): Unauthorized',
		});
	});

	it('gives values that the node takes', async () => {
		const chosen = (await editor().options('getUsers')).slice(0, 2).map(({ value }) => value);
		const { thrown } = await leasingEvent(services, {
			usersFrom: 'list',
			assignedToUserIds: chosen as string[],
		});
		expect(thrown).toBeUndefined();
		expect(rentEngine().ledger.created[0]?.body).toMatchObject({
			context: { assignedToUserIds: chosen },
		});
	});
});
