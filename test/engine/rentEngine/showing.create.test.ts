import type { IDataObject } from 'n8n-workflow';

import { useServices } from '../support/services.ts';
import { byId } from '../support/locator.ts';
import { timeOf } from './support/driven.ts';
import { run } from './support/run.ts';

const services = useServices();

const RENTER = {
	unitId: byId(501),
	plannedForTime: timeOf(0),
	prospectType: 'Self',
	firstName: 'Riley',
	lastName: 'Stone',
	email: 'Riley Stone <riley@example.com>',
	phone: 'Mobile Number: +1 (512) 555-0199 (work)',
	creditScore: '700+',
	income: '$5000-$6000/month',
};

const plan = async (parameters: IDataObject = {}, items: IDataObject[] = [{}]) =>
	await run(
		services,
		'showing',
		'create',
		{ ...RENTER, ...parameters },
		{ items, onError: 'continueRegularOutput' },
	);
const requests = () => services.emulator.rentEngine.ledger.requests;
const bodies = () => requests().map(({ body }) => body as IDataObject);
const messages = (result: Awaited<ReturnType<typeof plan>>) =>
	result.success.map(({ json }) => json.error ?? '');

describe('RentEngine, Showing: Create', () => {
	it('sends what the fields say, and nothing that was not filled in', async () => {
		const { success } = await plan();
		expect(requests()).toMatchObject([{ method: 'POST', status: 200 }]);
		expect(bodies()).toEqual([
			{
				unitId: 501,
				plannedForTime: timeOf(0),
				prospectData: {
					firstName: 'Riley',
					lastName: 'Stone',
					email: 'riley@example.com',
					phone: '5125550199',
					creditScore: '700+',
					income: '$5000-$6000/month',
					prospectType: 'Self',
					questionAnswers: [],
				},
			},
		]);
		expect(success.map(({ json }) => json)).toEqual([
			{
				outcome: 'created',
				statusText: 'success',
				unitId: 501,
				plannedForTime: timeOf(0).replace('.000Z', 'Z'),
				email: 'riley@example.com',
			},
		]);
	});

	it('sends every other field: an agent with a token, answers, method, what is moved', async () => {
		const questionAnswers = [
			{
				question: 'Do you have a housing voucher?',
				fixedQuestionType: 'housing_voucher',
				answer: 'No',
			},
			{ question: 'Pets?', answer: ['Dog'], weight: 12 },
		];
		const { success } = await plan(
			{
				prospectType: '={{ $json.type }}',
				agentTk: '={{ $json.token }}',
				questionAnswers: JSON.stringify(questionAnswers),
				additionalFields: {
					desiredShowingMethod: 'Self Guided',
					rescheduleEvent: '={{ $json.moved }}',
				},
			},
			[
				{ type: 'Agent', token: 'AB12CD', moved: 70001 },
				{ type: 'Self', moved: true },
				{ type: 'Self', moved: '"event_1"' },
				{ type: 'Self', moved: { id: 5 } },
			],
		);
		expect(success.map(({ json }) => json.statusText)).toEqual(new Array(4).fill('success'));
		expect(bodies().map(({ rescheduleEvent }) => rescheduleEvent)).toEqual([
			70001,
			true,
			'event_1',
			{ id: 5 },
		]);
		expect(bodies()[0]).toMatchObject({
			desiredShowingMethod: 'Self Guided',
			prospectData: { prospectType: 'Agent', agentTk: 'AB12CD', questionAnswers },
		});
		expect(bodies()[1]?.prospectData).not.toHaveProperty('agentTk');
	});

	it.each([
		...[undefined, null, '', [], {}, [null], { id: '' }],
		...[false, 0, '0', 'false', [false], { id: 0 }, { id: 'False' }],
	])('makes no second showing where the one that is to be moved is missing: %j', async (moved) => {
		const additionalFields = { rescheduleEvent: '={{ $json.moved }}' };
		const result = await plan({ additionalFields }, [{ moved } as IDataObject]);
		expect(messages(result)).toEqual([
			expect.stringMatching(
				/^'Reschedule Event \(JSON\)' (is empty.* Without it, this would be a second showing|holds nothing)/,
			),
		]);
		expect(requests()).toEqual([]);
	});

	it('reads the time in the zone that is meant, on both sides of a clock change', async () => {
		services.emulator.rentEngine.settings.checkWindows = false;
		await plan({ plannedForTime: '={{ $json.at }}', options: { timeZone: 'America/Chicago' } }, [
			{ at: '2027-03-13T16:00' },
			{ at: '2027-03-14T16:00' },
			{ at: '2027-03-14T02:30' },
			{ at: '2026-11-30 18:30' },
		]);
		expect(bodies().map(({ plannedForTime }) => plannedForTime)).toEqual([
			'2027-03-13T22:00:00.000Z',
			'2027-03-14T21:00:00.000Z',
			'2026-12-01T00:30:00.000Z',
		]);
	});

	it('refuses what RentEngine cannot take before anything is sent, each by its field', async () => {
		const wrong: IDataObject[] = [
			{ phone: '+44 20 7946 0000' },
			{ phone: '+7378742833' },
			// Nobody knows which one is meant.
			{ phone: '512-555-0100, 737-555-0200' },
			{ email: 'riley' },
			{ prospectType: 'Agent' },
			{ prospectType: 'Agent', agentTk: 'AB1' },
			{ questionAnswers: [{ question: 'Pets?' }, { answer: 'No' }] },
			{ questionAnswers: '{"question": "Pets?"}' },
			{ questionAnswers: ['Pets?'] },
			{ answersMissing: true },
			{ creditScore: '' },
		];
		const value = (name: string, otherwise: unknown) =>
			`={{ $json.${name} ?? ${JSON.stringify(otherwise)} }}`;
		const result = await plan(
			{
				phone: value('phone', RENTER.phone),
				email: value('email', RENTER.email),
				prospectType: value('prospectType', 'Self'),
				agentTk: value('agentTk', ''),
				creditScore: value('creditScore', '700+'),
				questionAnswers: '={{ $json.answersMissing ? undefined : ($json.questionAnswers ?? []) }}',
			},
			wrong,
		);
		expect(messages(result)).toEqual([
			expect.stringContaining("'Phone' must be a phone number of the USA or Canada"),
			expect.stringContaining("'Phone' must be a phone number of the USA or Canada"),
			expect.stringContaining("'Phone' must be a phone number of the USA or Canada"),
			expect.stringContaining("'Email' must be one email address"),
			expect.stringMatching(/Agent Token.* is empty|needs .*Agent Token/),
			expect.stringContaining("'Agent Token' is 3 characters long and must have 6"),
			expect.stringContaining("'Question Answers' has no text in 'question' of its second entry"),
			expect.stringContaining("'Question Answers' must be a JSON list of objects"),
			expect.stringContaining("'Question Answers' must be a JSON list of objects"),
			expect.stringContaining('the prescreening would get no answers'),
			expect.stringContaining("'Credit Score'"),
		]);
		expect(requests()).toEqual([]);
	});

	it('says what to do when the prescreening fails or the unit cannot be shown, and shows no answer', async () => {
		const result = await plan(
			{
				creditScore: '={{ $json.score }}',
				plannedForTime: '={{ $json.at }}',
				unitId: byId('={{ $json.unit }}'),
			},
			[
				{ score: 'Below 500', at: timeOf(0), unit: 501 },
				{ score: '700+', at: '2026-03-01T10:00:00Z', unit: 501 },
				{ score: '700+', at: timeOf(0), unit: 999 },
			],
		);
		expect(messages(result)).toEqual([
			'Item 1 of 3: RentEngine refused it (HTTP 400): Prescreening failed',
			'Item 2 of 3: RentEngine refused it (HTTP 400): The unit cannot be shown at this time',
			'Item 3 of 3: RentEngine refused it (HTTP 404): Unit not found',
		]);
		expect(result.success.map(({ json }) => (json.details as IDataObject).outcome)).toEqual(
			new Array(3).fill('refused'),
		);
		expect(JSON.stringify(result.success)).not.toContain('Below 500');
		expect(JSON.stringify(result.success)).toContain('do not change the answers to get through');
	});

	it.each([200, 500])("says RentEngine's words where they leave it unknown: HTTP %i", async (status) => {
		const body = {
			error: 'Riley Stone (riley@example.com) cannot be booked',
			details: [{ dataPath: '.unitId', message: 'should be a unit that is shown', params: {} }],
		};
		const { faults } = services.emulator.rentEngine;
		for (const one of [body, { error: body.error }])
			faults.add({ match: { method: 'POST' }, status, body: one });
		const result = await plan({}, [{}, {}]);
		const how = status === 200 ? ' with a reply of another form than documented' : '';
		expect(messages(result)).toEqual(
			["'Unit': should be a unit that is shown", '[…] […] ([…]) cannot be booked'].map(
				(words, index) =>
					`Item ${index + 1} of 2: RentEngine answered HTTP ${status}${how} ("${words}"), so the showing may or may not exist in RentEngine`,
			),
		);
		expect(result.success.map(({ json }) => (json.details as IDataObject).outcome)).toEqual([
			'unknown',
			'unknown',
		]);
	});

	const PROSPECT = { id: 501, phone: '+12125550100', unit_of_interest: 502 };
	const MISTAKEN = "'Unit' is the ID of a prospect in this item. Use the ID of the unit";

	it.each<[string, string, IDataObject]>([
		['a row of RentEngine', '={{ $json.id }}', PROSPECT],
		['a webhook of RentEngine', '={{ $json.record.id }}', { record: PROSPECT }],
		['an event', '={{ $json.prospect_id }}', { id: 7, prospect_id: 501 }],
	])("refuses the prospect's ID for that of the unit, taken from %s", async (_from, unit, item) => {
		const { success, hints } = await plan({ unitId: byId(unit) }, [item]);
		expect(success.map(({ json }) => json.error)).toEqual([expect.stringContaining(MISTAKEN)]);
		expect(hints).toEqual([]);
		expect(requests()).toEqual([]);
	});

	it("refuses an event's ID for that of the unit", async () => {
		const event = { id: 501, event_type: 'New', prospect_id: 1001, unit_of_interest: 502 };
		const { success } = await plan({ unitId: byId('={{ $json.id }}') }, [event]);
		expect(success.map(({ json }) => json.error)).toEqual([
			expect.stringContaining(
				"'Unit' is the ID of a leasing event in this item. Use the ID of the unit: in a leasing event from RentEngine it is 'unit_of_interest', not 'id'",
			),
		]);
		expect(requests()).toEqual([]);
	});

	it("takes the unit's ID, and hints at one that has the number of the prospect", async () => {
		const rows = [PROSPECT, { ...PROSPECT, id: 502 }, { id: 502, address: {}, bedrooms: 2 }];
		for (const row of rows) {
			const { success, hints } = await plan(
				{ unitId: byId('={{ $json.unit_of_interest ?? $json.id }}') },
				[row],
			);
			expect(success.map(({ json }) => json.unitId)).toEqual([502]);
			expect(hints).toEqual([]);
		}
		const { success, hints } = await plan({ unitId: byId(501) }, [PROSPECT]);
		expect(success.map(({ json }) => json.unitId)).toEqual([501]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining("'Unit' has the number of a prospect in this item"),
		]);
	});

	it('hints at a number and an address that nobody has', async () => {
		const { hints } = await plan({ phone: '(555) 555-5555', email: 'none@example.com' });
		expect(hints.map(({ message }) => message)).toEqual(
			['Email', 'Phone'].map(
				(label) => `'${label}' is a placeholder, incomplete or more than one. Check it.`,
			),
		);
	});

	it.each(['0000000000', '000-000-0000', '(123) 456-7890'])(
		'sends any ten digits, and hints at those that are no number: %s',
		async (phone) => {
			const { hints } = await plan({ phone });
			expect(bodies()).toMatchObject([{ prospectData: { phone: phone.replace(/\D/g, '') } }]);
			expect(hints.map(({ message }) => message)).toEqual([
				"'Phone' is a placeholder, incomplete or more than one. Check it.",
			]);
		},
	);

	it.each(['2030-03-04T00:00:00-06:00', '={{ Date.UTC(2030, 2, 4) }}', "={{ new Date('2030-03-04') }}"])(
		'hints at a time at midnight: %s',
		async (plannedForTime) => {
			const { hints } = await plan({ plannedForTime });
			expect(JSON.stringify(hints)).toContain("'Planned for Time' is at midnight");
		},
	);

	it('hints at a time in the past', async () => {
		const { hints } = await plan({ plannedForTime: '2026-03-01T10:00:00Z' });
		expect(JSON.stringify(hints)).toContain("'Planned for Time' is in the past");
	});
});
