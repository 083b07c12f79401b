import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { by } from '../support/locator.ts';
import type { Settings, byId } from '../support/services.ts';
import { anotherProcess, useNewServices } from '../support/services.ts';
import { jsonOf, leasingEvent, run } from './support/run.ts';

const services = useNewServices({ rentEngine: { limit: 100_000 } });

const rentEngine = () => services.emulator.rentEngine;
const [user] = RENTENGINE_USERS;
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const lookUps = () => rentEngine().ledger.requests.filter(({ path }) => path.endsWith('/prospects'));
const recipients = () =>
	rentEngine().ledger.created.map(({ body }) => (body as { prospect_id: number }).prospect_id);

/** The prospects of an account, each with an address and a number of their own; those of `days` ago. */
function prospects(...given: IDataObject[]): void {
	rentEngine().data.prospects.replace([]);
	given.forEach((one, index) => {
		const own = { email: `person${index}@example.com`, phone: `+1512555${1000 + index}` };
		const { days, ...row } = one;
		const created_at = daysAgo(Number(days ?? 10));
		rentEngine().rows.addProspect({ id: 2001 + index, ...own, created_at, ...row });
	});
}

const create = async (prospectId: ReturnType<typeof byId>, more: IDataObject = {}, settings: Settings = {}) =>
	await leasingEvent(services, { prospectId, assignedToUserIds: user!.id, ...more }, settings);

const MODES = [
	{ mode: 'phone', is: 'the phone number', field: 'phone', value: '+15125551234', given: '(512) 555-1234' },
	{ mode: 'phone', is: 'the phone number', field: 'phone', value: '512.555.1234', given: '1-512-555-1234' },
	{
		mode: 'phone',
		is: 'the phone number',
		field: 'phone',
		value: '+44 20 7946 0000',
		given: '00442079460000',
	},
	{
		mode: 'email',
		is: 'the email address',
		field: 'email',
		value: 'Ana@Example.com',
		given: 'ana@example.com',
	},
];

describe.each(MODES)('Leasing Event: Create, a prospect of $value given as $given', (kind) => {
	const { mode, is, field, value, given } = kind;

	it('is the one who has it, and the output says so', async () => {
		prospects({}, { [field]: value, name: null }, {});
		const rows = jsonOf(await create(by(mode, given)));
		expect(recipients()).toEqual([2002]);
		expect(rows).toMatchObject([{ resolved: { prospect_id: 2002, found_by: mode } }]);
		expect(lookUps()).toHaveLength(1);
	});

	it('is not there, and nothing is sent', async () => {
		prospects({}, { email: null, phone: null, name: null }, {});
		const { thrown } = await create(by(mode, given));
		expect(thrown?.message).toBe(
			`No prospect has ${is} in 'Prospect'. For one who came earlier, set the option 'Look Back (Days)' to more days (90 unless set)`,
		);
		expect(recipients()).toEqual([]);
	});

	it('is one of several, told apart by unit and day', async () => {
		prospects(
			{ [field]: value, unit_of_interest: 501, created_at: '2026-11-02T10:00:00Z' },
			{ [field]: value, unit_of_interest: 502, created_at: '2026-11-05T10:00:00Z', name: 'Ana' },
		);
		const { thrown } = await create(by(mode, given));
		expect(thrown?.message).toMatch(
			new RegExp(
				`^2 prospects have ${is} in 'Prospect': .*, added 2026-11-02; .*, added 2026-11-05\\. Choose 'By ID'`,
			),
		);
		expect(thrown?.message).not.toMatch(/Ana|512|example\.com|2001|2002/i);
		expect(recipients()).toEqual([]);
	});
});

describe('Leasing Event: Create, a prospect that is found', () => {
	it('is not older than Look Back (Days)', async () => {
		prospects({ phone: '+15125551234', days: 120 });
		const given = by('phone', '5125551234');
		expect((await create(given)).thrown?.message).toContain('No prospect has');
		await create(given, { options: { lookBackDays: 150 } });
		expect(recipients()).toEqual([2001]);
	});

	it.each([
		['newest', {}, 2002],
		['newestActive', {}, 2003],
		['refuse', {}, undefined],
		['refuse', { applyActionInBulk: true }, 2002],
	])('of several: %s %j', async (ifSeveralMatch, more, taken) => {
		prospects(
			{ phone: '+15125551234', days: 30 },
			{ phone: '(512) 555-1234', days: 3, status: 'Not Interested' },
			{ phone: '512-555-1234', days: 20, status: 'Showing Desired' },
		);
		await create(by('phone', '5125551234'), { ...more, options: { ifSeveralMatch } });
		expect(recipients()).toEqual(taken === undefined ? [] : [taken]);
	});

	it('is not there for sure, where RentEngine gives the same page again and again', async () => {
		prospects(...Array.from({ length: 150 }, () => ({})), { phone: '+15125551234' });
		const { rows } = rentEngine().data.prospects;
		rentEngine().faults.add({ body: rows.slice(0, 100), times: Infinity });
		const { thrown } = await create(by('phone', '5125551234'));
		expect(thrown?.message).toBe(
			"'Prospect' could not be looked up: the list of prospects kept changing while it was read. Run it again",
		);
		expect(recipients()).toEqual([]);
	});

	it('is named by a number where RentEngine gives its ID as a text', async () => {
		prospects({}, { phone: '+15125551234' });
		const body = rentEngine().data.prospects.rows.map((row) => ({ ...row, id: `${row.id}` }));
		rentEngine().faults.add({ match: { path: '/prospects' }, status: 200, body });
		expect(jsonOf(await create(by('phone', '5125551234')))).toMatchObject([
			{ resolved: { prospect_id: 2002 } },
		]);
		expect(recipients()).toEqual([2002]);
	});

	it('is found where nobody can read since when the prospect is there', async () => {
		prospects({}, { phone: '+15125551234' });
		const body = rentEngine().data.prospects.rows.map((row) => ({ ...row, created_at: null }));
		rentEngine().faults.add({ match: { path: '/prospects' }, status: 200, body });
		await create(by('phone', '5125551234'));
		expect(recipients()).toEqual([2002]);
	});

	it.each(['000-000-0000', '+1 555-555-5555', '+266696687'])(
		'in bulk, nobody is assigned whose number strangers have too: %s',
		async (phone) => {
			prospects({ phone, email: 'ana@example.com' }, { phone });
			const given = by('email', 'ana@example.com');
			const inJson = {
				...{ eventType: 'other', customEventType: 'Assign to User' },
				context: JSON.stringify({ assignedToUserIds: [user?.id], applyActionInBulk: true }),
			};
			for (const inBulk of [{ applyActionInBulk: true }, inJson]) {
				const { thrown } = await create(given, inBulk);
				expect(thrown?.message).toBe(
					"The phone number of the prospect found by 'Prospect' is a placeholder, and in bulk RentEngine would assign everybody who has it. Turn 'Apply Action in Bulk' off, or correct the number in RentEngine",
				);
			}
			expect(recipients()).toEqual([]);
			await create(given);
			expect(recipients()).toEqual([2001]);
		},
	);

	it('in bulk, the number of a prospect that is named by ID is not looked at', async () => {
		prospects({ phone: '000-000-0000' }, { phone: '000-000-0000' }, {});
		await create(by('id', '2001'), { applyActionInBulk: true });
		expect(lookUps()).toEqual([]);
		expect(recipients().sort()).toEqual([2001, 2002]);
	});

	it.each([
		['in bulk it does not matter which one is named', { applyActionInBulk: true }, undefined],
		['one by one none is the newest', { options: { ifSeveralMatch: 'newest' } }, 'several'],
	])('of three who came at one moment: %s', async (_, more, told) => {
		const created_at = daysAgo(3);
		prospects(
			...[501, 502, 503].map((unit_of_interest) => ({
				...{ unit_of_interest, created_at },
				phone: '+15125551234',
			})),
		);
		const { thrown } = await create(by('phone', '5125551234'), more);
		if (told === undefined) expect(recipients().sort()).toEqual([2001, 2002, 2003]);
		// Not "add the option 'If Several Match'": it is there.
		else expect(thrown?.message).toMatch(/^3 prospects have .*\. Choose it 'From List' or 'By ID'$/);
	});

	it('in bulk, one without a number is assigned', async () => {
		prospects({ phone: null, email: 'ana@example.com' });
		await create(by('email', 'ana@example.com'), { applyActionInBulk: true });
		expect(recipients()).toContain(2001);
	});

	it('in bulk, prospects of one address and two phone numbers are not one person', async () => {
		prospects(
			{ email: 'office@example.com', phone: '+15125551234' },
			{ email: 'office@example.com', phone: '+15125559999' },
		);
		const { thrown } = await create(by('email', 'office@example.com'), { applyActionInBulk: true });
		expect(thrown?.message).toContain('2 prospects have the email address');
		expect(recipients()).toEqual([]);
	});

	it.each(['oldest', 'newest'] as const)(
		'among 1,000, listed with the %s first',
		async (prospectOrder) => {
			rentEngine().settings.prospectOrder = prospectOrder;
			prospects(...Array.from({ length: 1_000 }, (_, index) => ({ days: 80 - index * 0.05 })));
			const items = Array.from({ length: 100 }, (_, index) => ({
				who: `person${index * 10}@example.com`,
			}));
			const { success } = await create(by('email', '={{ $json.who }}'), {}, { items });
			expect(success).toHaveLength(100);
			expect(recipients().sort()).toEqual(items.map((_, index) => 2001 + index * 10));
			// Ten full pages, and the empty one behind them.
			expect(lookUps()).toHaveLength(11);
		},
		60_000,
	);

	describe('of many in a long look-back', () => {
		/** A hundred a day for 20 days, the newest first; every tenth has the same number. */
		const many = (): IDataObject[] =>
			Array.from({ length: 2_000 }, (_, index) => ({
				days: 0.5 + index * 0.01,
				...(index % 10 === 5 && { phone: '+12125550000' }),
				status: index < 1_000 ? 'Not Interested' : 'New',
			}));
		const given = () => by('phone', '(212) 555-0000');

		it.each([
			// What is read: 7 days; 23 more; all 90.
			['newest', {}, 2006, 7],
			['refuse', { applyActionInBulk: true }, 2006, 7],
			['newestActive', {}, 3006, 7 + 14],
			['refuse', {}, undefined, 21],
		])('%s %j reads no more than it takes', async (ifSeveralMatch, more, taken, requests) => {
			prospects(...many());
			const { thrown } = await create(given(), { ...more, options: { ifSeveralMatch } });
			expect(recipients()[0]).toBe(taken);
			if (taken === undefined) expect(thrown?.message).toContain('200 prospects have the phone number');
			expect(lookUps()).toHaveLength(requests);
		});

		it('an older one is found behind the first days, and nobody where there is nobody', async () => {
			prospects({ days: 80, phone: '5125551234' }, { days: 6.95 }, { days: 7.05 }, { days: 29.99 });
			const items = ['(512) 555-1234', '+15125551001', '+15125551002', '+15125551003', '5125550000'];
			const { success, error } = await create(
				by('phone', '={{ $json.who }}'),
				{ options: { ifSeveralMatch: 'newest' } },
				{ items: items.map((who) => ({ who })), onError: 'continueErrorOutput' },
			);
			expect(success.map(({ json }) => (json.resolved as IDataObject).prospect_id)).toEqual([
				2001, 2002, 2003, 2004,
			]);
			expect(error[0]?.json.error).toContain('No prospect has the phone number');
			expect(lookUps()).toHaveLength(3);
		});

		it('in bulk an email address is looked for in all of it: its prospects may be two people', async () => {
			prospects(
				{ days: 1, email: 'office@example.com', phone: '+15125551234' },
				{ days: 60, email: 'office@example.com', phone: '+15125559999' },
			);
			const { thrown } = await create(by('email', 'office@example.com'), { applyActionInBulk: true });
			expect(thrown?.message).toContain('2 prospects have the email address');
		});

		it('what was read a moment ago is not read again', async () => {
			prospects({ days: 1 }, { days: 2 });
			const options = { ifSeveralMatch: 'newest' };
			await create(by('email', 'person0@example.com'), { options });
			await create(by('email', 'person1@example.com'), { options });
			expect(recipients()).toEqual([2001, 2002]);
			expect(lookUps()).toHaveLength(1);
		});
	});

	it.each([
		['refuse', 0],
		['newest', 0],
		['newestActive', 0],
		// Somebody has set the clock of this machine for another time zone.
		['newest', 5],
	])(
		"who came since the list was read counts, with one request more: %s, RentEngine's clock %i hours behind",
		async (ifSeveralMatch, hours) => {
			prospects({ phone: '5125551234', days: 1 }, { days: 60 });
			const options = { ifSeveralMatch };
			const given = by('phone', '(512) 555-1234');
			await create(given, { options });
			const before = lookUps().length;
			const start = Date.now();
			const now = jest.spyOn(Date, 'now').mockImplementation(() => start + 30_000);
			rentEngine().rows.addProspect({
				...{ id: 9001, phone: '+1 512 555 1234', status: 'New' },
				created_at: new Date(start + 20_000 - hours * 3_600_000).toISOString(),
			});
			const { thrown } = await create(given, { options }).finally(() => now.mockRestore());
			if (ifSeveralMatch === 'refuse')
				expect(thrown?.message).toContain('2 prospects have the phone number');
			expect(recipients()).toEqual(ifSeveralMatch === 'refuse' ? [2001] : [2001, 9001]);
			expect(lookUps().length - before).toBe(1);
		},
	);

	it('is nobody where the address stands in place of one', async () => {
		const inPlace = [
			'noemail@noemail.com',
			'None@example.org',
			'test@test.com',
			'no-reply@listings.example',
		];
		prospects(...inPlace.map((email) => ({ email })));
		const { success } = await create(
			by('email', '={{ $json.who }}'),
			{},
			{ items: inPlace.map((who) => ({ who })), onError: 'continueRegularOutput' },
		);
		const wrong = expect.stringContaining('holds a placeholder in place of') as unknown;
		expect(success.map(({ json }) => json.error)).toEqual(inPlace.map(() => wrong));
		expect(recipients()).toEqual([]);
	});

	it('is nobody where the number stands in place of one, or there are two', async () => {
		prospects(
			...['000-000-0000', '5555555555', '+266696687', '+7378742833', '1234567890', '+15125551234'].map(
				(phone) => ({ phone }),
			),
		);
		const inPlace = ['0000000000', '(555) 555-5555', '+266696687', '+7378742833', '123-456-7890'];
		const two = ['512-555-1234, 737-555-0200', '512-555-1234 x 737-555-0200'];
		const { success } = await create(
			by('phone', '={{ $json.who }}'),
			{},
			{ items: [...inPlace, ...two].map((who) => ({ who })), onError: 'continueRegularOutput' },
		);
		expect(success.map(({ json }) => json.error)).toEqual([
			...inPlace.map(() => expect.stringContaining("so it may be anybody's")),
			...two.map(() => expect.stringContaining('must be a phone number with its area code')),
		]);
		expect(recipients()).toEqual([]);
	});

	it('is found among those read a moment ago', async () => {
		prospects({}, {});
		await create(by('email', 'person0@example.com'));
		await create(by('email', 'person1@example.com'));
		expect(recipients()).toEqual([2001, 2002]);
		expect(lookUps()).toHaveLength(1);
	});

	it('in Stop mode one row that finds nobody sends nothing', async () => {
		prospects({});
		const items = [{ who: 'person0@example.com' }, { who: 'nobody@example.com' }];
		const { thrown } = await create(by('email', '={{ $json.who }}'), {}, { items });
		expect(thrown?.message).toMatch(/^Item 2 of 2: No prospect has/);
		expect(recipients()).toEqual([]);
	});

	it.each([
		['500', { status: 500, body: { error: 'Oops' } }],
		['HTML', { status: 200, body: '<html></html>' }],
		['another form', { status: 200, body: { prospects: [] } }],
	])(
		'is not looked for in an answer of %s',
		async (_, fault) => {
			prospects({});
			rentEngine().faults.add({ match: { path: '/prospects' }, times: Infinity, ...fault });
			const { thrown } = await create(by('email', 'person0@example.com'));
			expect(thrown?.message).toMatch(/^'Prospect' could not be looked up: /);
			expect(recipients()).toEqual([]);
		},
		30_000,
	);

	it('is not looked for with an API key that is refused: the key is to be checked', async () => {
		prospects({});
		rentEngine().faults.add({ match: { path: '/prospects' }, times: Infinity, status: 401, body: {} });
		const { thrown } = await create(by('email', 'person0@example.com'));
		expect(thrown?.message).toMatch(/^'Prospect' could not be looked up: RentEngine refused it/);
		expect(thrown?.description).toBe(
			'Nothing was sent for it. Check the API key in the RentEngine credential: it is missing, mistyped or revoked.',
		);
	});

	it('is looked for again where RentEngine says to wait', async () => {
		prospects({});
		const fault = { status: 429, times: 2, headers: { 'retry-after': '0' } };
		rentEngine().faults.add({ match: { path: '/prospects' }, ...fault });
		await create(by('email', 'person0@example.com'));
		expect(recipients()).toEqual([2001]);
		expect(lookUps()).toHaveLength(3);
	}, 30_000);

	it.each(['oldest', 'newest'] as const)(
		'is found although others come in while the list is read, the %s first',
		async (prospectOrder) => {
			rentEngine().settings.prospectOrder = prospectOrder;
			prospects(...Array.from({ length: 350 }, (_, index) => ({ days: 60 - index * 0.1 })));
			rentEngine().faults.add({ match: { path: '/prospects' }, after: 1, times: 3, delayMs: 200 });
			const items = Array.from({ length: 35 }, (_, index) => ({
				who: `person${index * 10}@example.com`,
			}));
			const creating = create(by('email', '={{ $json.who }}'), {}, { items });
			while (lookUps().length < 2) await sleep(5);
			for (const id of [9001, 9002])
				rentEngine().rows.addProspect({ id, email: `${id}@example.com`, created_at: daysAgo(0) });
			expect((await creating).success).toHaveLength(35);
			expect(recipients().sort()).toEqual(items.map((_, index) => 2001 + index * 10));
		},
		60_000,
	);

	it('gets its turn', async () => {
		prospects({}, {});
		const users = RENTENGINE_USERS.slice(0, 2).map(({ id }) => id);
		const items = [{ who: 'person0@example.com' }, { who: 'person1@example.com' }];
		await create(
			by('email', '={{ $json.who }}'),
			{ assignedToUserIds: users.join(','), assignment: 'nextInTurn' },
			{ items },
		);
		const assigned = rentEngine().ledger.created.map(
			({ body }) => (body as { context: { assignedToUserIds: string[] } }).context.assignedToUserIds,
		);
		expect(assigned).toEqual(users.map((id) => [id]));
	});
});

describe('Prospect: Get Many of a unit given by its address', () => {
	const address = () => rentEngine().data.units.get(501)!.address as IDataObject;
	const getMany = async (value: unknown) =>
		await run(services, 'prospect', 'getAll', {
			filters: { unitOfInterest: by('address', value) },
			returnAll: true,
		} as IDataObject);

	it.each<[string, () => unknown]>([
		['the whole address', () => address().formatted_address],
		['without the country', () => String(address().formatted_address).replace(', USA', '').toUpperCase()],
		[
			'street and unit',
			() => `${address().street_number} ${address().street_name} Apt ${address().unit}`,
		],
	])('finds it by %s', async (_, given) => {
		const rows = jsonOf(await getMany(given()));
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ unit_of_interest }) => unit_of_interest === 501)).toBe(true);
	});

	const live = (number: string, street: string, unit: string | null, city = 'Austin') => ({
		...{ street_number: number, street_name: street, unit, city, state: 'Texas', zip_code: '78701' },
		formatted_address: `${number} ${street}${unit ? `, Unit ${unit}` : ''}, ${city}, TX 78701, USA`,
	});
	/** A formatted address that ends with the building. */
	const ofBuilding = (number: string, unit: string) => ({
		...live(number, 'Elm Street', unit),
		formatted_address: `${number} Elm Street, Austin, TX 78701, USA`,
	});
	const putUnits = (addresses: IDataObject[]) => {
		const { rows } = rentEngine().data.units;
		addresses.forEach((one, index) => Object.assign(rows[index] ?? {}, { address: one }));
	};
	const ELM = live('12', 'Elm Street', '4');

	it.each<[given: string, address: IDataObject]>([
		['12 Elm Street Apt 4 Austin TX', ELM],
		['12 Elm Street, Unit 4, Austin, TX', ELM],
		['12 Elm Street #4, Austin, Texas', ELM],
		['14 elm street, austin, tx', live('14', 'Elm Street', null)],
		['14 Elm St', live('14', 'Elm Street', null)],
		['14 Elm Street, Austin', live('14', 'Elm St.', null)],
		['18 N Oak Ave', live('18', 'North Oak Avenue', null)],
		['18 north oak avenue #2a', live('18', 'N Oak Ave', '2A')],
		['20 Lake Pkwy NE, Austin, TX 78701', live('20', 'Lake Parkway Northeast', null)],
		['12 Elm Street Apt 4, Austin, TX 78701-4321', ELM],
		['22 St. Marie Rd Unit N', live('22', 'St Marie Road', 'N')],
		['24 Elm Street #4, Austin, TX 78701', ofBuilding('24', '4')],
		['24 Elm St, Apt 4, Austin, TX', ofBuilding('24', 'Apt 4')],
		['26 Elm Street, Austin, TX 78701', ofBuilding('26', 'N/A')],
		['26 Elm Street', ofBuilding('26', '-')],
	])('finds it by %s', async (given, one) => {
		putUnits([one, live('99', 'Elm Street', null)]);
		const rows = jsonOf(await getMany(given));
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ unit_of_interest }) => unit_of_interest === 501)).toBe(true);
	});

	it.each<[given: string, found: 'No unit has' | '2 units have', addresses: IDataObject[]]>([
		['12 Elm Street Apt 4', '2 units have', [ELM, live('12', 'Elm Street', '4', 'Dallas')]],
		['14 Elm St', '2 units have', [live('14', 'Elm St', null), live('14', 'Elm Street', null)]],
		['12 Elm Street Apt 4, Dallas, TX', 'No unit has', [ELM]],
		['12 Elm Street Apt 4, Austin, TX 78702', 'No unit has', [ELM]],
		['12 Elm Street Apt 4, Austin, TX 78702-4321', 'No unit has', [ELM]],
		['12 Elm Street Apt 10432-1202', 'No unit has', [live('12', 'Elm Street', '10432-1201')]],
		['10432-1202 Elm St, Austin', 'No unit has', [live('10432-1201', 'Elm Street', null)]],
		['14 Elm St', 'No unit has', [live('14', 'Elm Avenue', null)]],
		['16 N Street', 'No unit has', [live('16', 'North Street', null)]],
		['16 Easter Ave', 'No unit has', [live('16', 'E Aster Avenue', null)]],
		['16 Elm Street Unit North', 'No unit has', [live('16', 'Elm Street', 'N')]],
		['24 Elm Street, Austin, TX 78701', 'No unit has', [ofBuilding('24', '4')]],
		['24 Elm Street, Austin, TX 78701', 'No unit has', [ofBuilding('24', '24')]],
	])('by %s, %s it, nothing is read', async (given, found, addresses) => {
		putUnits(addresses);
		const { thrown } = await getMany(given);
		expect(thrown?.message).toContain(`${found} the address in 'Unit of Interest'`);
		expect(lookUps()).toEqual([]);
	});

	it.each<[string, () => unknown, RegExp]>([
		[
			'a part of it',
			() => `${address().street_number} ${address().street_name}`,
			/^No unit has the address in 'Unit of Interest'\. 'From List' shows all there are$/,
		],
		[
			'an address of two units',
			() => {
				rentEngine().rows.insert('units', { id: 999, address: address(), status: 'Archived' });
				return address().formatted_address;
			},
			/^2 units have the address in 'Unit of Interest': Available, #501; Archived, #999\. Choose it 'From List' or 'By ID'$/,
		],
	])('reads nothing by %s', async (_, given, told) => {
		const { thrown } = await getMany(given());
		expect(thrown?.message).toMatch(told);
		expect(lookUps()).toEqual([]);
	});
});

it('a retry in Stop mode finds the prospects of all items, though an option refuses the one that was created by now', async () => {
	prospects({}, {}, {});
	const items = [0, 1, 2].map((index) => ({
		phone: `(512) 555-${1000 + index}`,
		...(index > 0 && { event_id: `stop ${index}` }),
	}));
	const deduplicationKey = '={{ $json.event_id }}';
	for (const id of [2002, 2003])
		rentEngine().faults.add({
			match: { method: 'POST', bodyIncludes: `"prospect_id":${id}` },
			status: 422,
			delayMs: 200,
		});
	const first = await create(by('phone', '={{ $json.phone }}'), { deduplicationKey }, { items });
	expect([first.thrown !== undefined, recipients()]).toEqual([true, [2001]]);
	const parameters = { ...first.options.parameters, options: { itemsWithoutKey: 'refuse' } };
	// Another process does not remember what it has read.
	const retried = await anotherProcess(services, {}).engine.retry(first, { parameters });
	expect(retried.thrown).toBeUndefined();
	expect(retried.success).toHaveLength(3);
	expect(recipients().sort()).toEqual([2001, 2002, 2003]);
});
