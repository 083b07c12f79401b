import { clientsOf, dig, list, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

const emulator = useEmulator({ rentEngine: { limit: 100_000 } });
const { rentEngine } = clientsOf(emulator);

const person = {
	firstName: 'Riley',
	lastName: 'Stone',
	email: 'riley@example.com',
	phone: '5125550199',
	creditScore: '700+',
	income: '$5000-$6000/month',
	questionAnswers: [{ question: 'Do you have a housing voucher?', fixedQuestionType: 'housing_voucher' }],
	prospectType: 'Self',
};
const windowsOf = async (unitId: number): Promise<unknown> =>
	dig((await rentEngine(`/showings/availability?unitId=${unitId}`)).json, 'availability');
const startOf = async (unitId: number): Promise<unknown> =>
	dig(await windowsOf(unitId), 'preferredShowingWindows.0.start');
const create = async (data: object = {}, more: object = {}): Promise<Reply> =>
	await rentEngine('/showings/create', {
		method: 'POST',
		body: {
			unitId: 501,
			plannedForTime: await startOf(501),
			prospectData: { ...person, ...data },
			...more,
		},
	});
const faultsOf = (reply: Reply): string[] =>
	list(reply.json, 'details').map(
		(detail) => `${String(dig(detail, 'dataPath'))} ${String(dig(detail, 'keyword'))}`,
	);
const events = () => emulator.rentEngine.data.events.list.slice(before);
let before = 0;
beforeEach(() => {
	before = emulator.rentEngine.data.events.list.length;
});

describe('the times in which a unit can be shown', () => {
	it('are those of its own clocks, with every documented field', async () => {
		const [austin, denver] = [await windowsOf(501), await windowsOf(502)];
		expect(austin).toEqual({
			unitId: 501,
			preferredShowingWindows: expect.any(Array),
			availableShowingWindows: expect.any(Array),
			showingMethod: 'Accompanied',
			timezoneName: 'America/Chicago',
			timezoneAbbreviation: expect.stringMatching(/^C[SD]T$/),
			unitStatus: 'Available',
		});
		expect(dig(austin, 'preferredShowingWindows.0')).toEqual({
			start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/),
			end: expect.any(String),
			invitedUserIdsArray: [expect.any(String), expect.any(String)],
			showingMethodsAvailable: ['Accompanied', 'Self Guided'],
		});
		const at = (windows: unknown, zone: string): string =>
			new Date(String(dig(windows, 'preferredShowingWindows.0.start'))).toLocaleTimeString('en-US', {
				timeZone: zone,
			});
		expect([at(austin, 'America/Chicago'), at(denver, 'America/Denver')]).toEqual([
			'11:00:00 AM',
			'11:00:00 AM',
		]);
	});

	it('need a unit that exists', async () => {
		expect((await rentEngine('/showings/availability')).status).toBe(400);
		expect((await rentEngine('/showings/availability?unitId=9')).status).toBe(404);
		expect((await rentEngine('/showings/availability?unitId=501&from=today')).status).toBe(400);
	});
});

describe('a showing', () => {
	it('is planned for a new prospect, tells no ID, and shows as an event', async () => {
		const time = await startOf(501);
		const reply = await create({}, { plannedForTime: time, desiredShowingMethod: 'Self Guided' });
		expect([reply.status, reply.json]).toEqual([200, { statusText: 'success' }]);
		expect(events()).toMatchObject([{ event_type: 'Showing Scheduled', source: 'Showing Scheduler' }]);
		expect(Date.parse(String(events()[0]?.planned_date_time))).toBe(Date.parse(String(time)));
		expect(emulator.rentEngine.data.prospects.get(Number(events()[0]?.prospect))).toMatchObject({
			name: 'Riley Stone',
			phone: '+15125550199',
			unit_of_interest: 501,
		});
		expect(emulator.rentEngine.ledger.created).toMatchObject([{ kind: 'showing' }]);
	});

	it('belongs to the prospect who asked about the unit before', async () => {
		const known = emulator.rentEngine.data.prospects.rows[0];
		await create({ phone: known?.phone.slice(2) });
		expect(events()).toMatchObject([{ prospect: known?.id }]);
	});

	it('that is moved keeps its event', async () => {
		await create();
		const plannedForTime = dig(await windowsOf(501), 'preferredShowingWindows.1.start');
		await create({}, { plannedForTime, rescheduleEvent: events()[0]?.id });
		expect(events()).toHaveLength(1);
		expect(Date.parse(String(events()[0]?.planned_date_time))).toBe(Date.parse(String(plannedForTime)));
	});

	it('of an agent needs a token instead of a prescreening', async () => {
		const agent = { prospectType: 'Agent', creditScore: 'Below 500' };
		expect(faultsOf(await create(agent))).toEqual(['.prospectData required']);
		expect((await create({ ...agent, agentTk: 'AB12C' })).status).toBe(400);
		expect((await create({ ...agent, agentTk: 'AB12CD' })).status).toBe(200);
	});

	it('is not made when the prescreening fails, which is told to the prospect', async () => {
		const reply = await create({ creditScore: 'Below 500' });
		expect([reply.status, reply.json]).toEqual([400, { error: 'Prescreening failed' }]);
		expect(events()).toMatchObject([{ event_type: 'Prescreen Rejected - Self reported credit' }]);
		expect(emulator.rentEngine.ledger.created).toEqual([]);
	});

	it.each<[string, object, object, string[]]>([
		['an unknown field', {}, { notes: 'x' }, [' additionalProperties']],
		['an unknown field of the person', { notes: 'x' }, {}, ['.prospectData additionalProperties']],
		['no answers', { questionAnswers: undefined }, {}, ['.prospectData required']],
		[
			'an answer without its question',
			{ questionAnswers: [{ answer: 'x' }] },
			{},
			['.prospectData.questionAnswers[0] required'],
		],
		['a phone number of eleven digits', { phone: '15125550199' }, {}, ['.prospectData.phone pattern']],
		['a unit as a text', {}, { unitId: '501' }, ['.unitId type']],
		[
			'a time without an offset',
			{},
			{ plannedForTime: '2026-12-01T10:00:00' },
			['.plannedForTime format'],
		],
		['another type of prospect', { prospectType: 'Renter' }, {}, ['.prospectData.prospectType enum']],
	])('with %s is refused', async (_, data, more, faults) => {
		expect(faultsOf(await create(data, more))).toEqual(faults);
	});

	it.each<[string, object]>([
		['at a time outside the windows', { plannedForTime: '2026-03-01T10:00:00Z' }],
		['by a method that the unit does not have', { desiredShowingMethod: 'Remote Guided' }],
		['of a unit that is not there', { unitId: 9 }],
	])('%s is refused', async (_, more) => {
		expect((await create({}, more)).status).toBeGreaterThanOrEqual(400);
		expect(emulator.rentEngine.ledger.created).toEqual([]);
	});
});
