import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { by } from '../support/locator.ts';
import { anotherProcess } from '../support/services.ts';
import { useProspects } from './support/prospects.ts';
import { jsonOf } from './support/run.ts';

const { services, rentEngine, prospects, create, lookUps, recipients } = useProspects();

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

	it('in Stop mode one row that finds nobody sends nothing', async () => {
		prospects({});
		const items = [{ who: 'person0@example.com' }, { who: 'nobody@example.com' }];
		const { thrown } = await create(by('email', '={{ $json.who }}'), {}, { items });
		expect(thrown?.message).toMatch(/^Item 2 of 2: No prospect has/);
		expect(recipients()).toEqual([]);
	});

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

it('A retry in which an item in doubt cannot be read finds the prospects of the others all the same', async () => {
	prospects({}, {}, {});
	const items = [0, 1, 2].map((index) => ({
		email: `person${index}@example.com`,
		...(index > 0 && { id: `of person ${index}` }),
	}));
	// What is wrong with the first item does not keep the second, which is in doubt too, from being looked up for its prospect.
	for (const prospect of [2001, 2002])
		rentEngine().faults.add({ match: { bodyIncludes: `${prospect}` }, close: 'after', delayMs: 3_000 });
	rentEngine().faults.add({ match: { bodyIncludes: '2003' }, status: 422, delayMs: 500 });
	const parameters = { deduplicationKey: '={{ $json.id }}', options: { outcomeUnknown: 'report' } };
	const stopped = await create(by('email', '={{ $json.email }}'), parameters, { items });
	expect(stopped.thrown?.description).toContain('1 refused (item 3), 2 unknown (items 1–2)');
	const options = { itemsWithoutKey: 'refuse', outcomeUnknown: 'lookUpOnly' };
	const retried = await anotherProcess(services, { lookUpAfterMs: [20] }).engine.retry(stopped, {
		parameters: { ...stopped.options.parameters, options },
	});
	expect(retried.thrown?.description).toContain('2 created (items 2–3), 1 unknown (item 1)');
	expect(recipients()).toEqual([2001, 2002, 2003]);
	const looked = rentEngine().ledger.requests.filter(
		({ method, path }) => method === 'GET' && path.endsWith('/leasing_events'),
	);
	expect(looked.map(({ query }) => query.prospect_id)).toEqual(['2002']);
});

it('A retry that another item stops looks up no item in doubt whose prospect it has not found', async () => {
	prospects({}, {});
	const items = [30, 'soon'].map((timeout, index) => ({ email: `person${index}@example.com`, timeout }));
	rentEngine().faults.add({ match: { bodyIncludes: '2001' }, close: 'after' });
	rentEngine().faults.add({ match: { bodyIncludes: '2002' }, status: 422, delayMs: 500 });
	const parameters = { options: { outcomeUnknown: 'report' } };
	const stopped = await create(by('email', '={{ $json.email }}'), parameters, { items });
	expect(stopped.thrown?.description).toContain('1 refused (item 2), 1 unknown (item 1)');
	const before = rentEngine().ledger.requests.length;
	const options = { outcomeUnknown: 'lookUp', timeout: '={{ $json.timeout }}' };
	const retried = await anotherProcess(services, { lookUpAfterMs: [20] }).engine.retry(stopped, {
		parameters: { ...stopped.options.parameters, options },
	});
	expect(retried.thrown?.description).toContain('1 unknown (item 1), 1 not sent (item 2)');
	expect(rentEngine().ledger.requests).toHaveLength(before);
});
