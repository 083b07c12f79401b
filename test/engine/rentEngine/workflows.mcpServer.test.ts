import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { shippedNode } from '../support/shipped.ts';
import { leasingEvent } from './support/run.ts';

const services = useServices();
const FILE = 'rentengine-mcp-server.json';

/** What an assistant is told when it calls a tool of the workflow with these arguments. */
async function call(name: string, given: IDataObject = {}): Promise<IDataObject[]> {
	const { parameters } = shippedNode(FILE, name);
	const tool = { node: 'rentEngineTool', items: [given], timezone: 'America/Chicago' } as Settings;
	const { success, thrown } = await services.run('rentEngine', parameters, tool);
	expect(thrown).toBeUndefined();
	return success.map(({ json }) => json);
}

const planned = () => services.emulator.rentEngine.ledger.requests.filter(({ method }) => method === 'POST');

/** A renter and a time that RentEngine offers. */
async function showing(): Promise<IDataObject> {
	const [unit] = await call('Find units');
	const [free] = await call('Find free times', { unit_id: unit?.id });
	return {
		...{ unit_id: unit?.id, start: free?.start, first_name: 'Riley', last_name: 'Stone' },
		...{ email: 'riley@example.com', phone: '(512) 555-0199' },
		...{ credit_score: '700+', income: '$5000-$6000/month' },
	};
}

it('an assistant finds a unit and a free time, and plans the showing once', async () => {
	const wanted = await showing();
	const [first] = await call('Plan showing', wanted);
	expect(first).toMatchObject({ unitId: wanted.unit_id, email: 'riley@example.com' });
	expect(Date.parse(String(first?.plannedForTime))).toBe(Date.parse(String(wanted.start)));
	expect(await call('Plan showing', wanted)).toMatchObject([{ skipped: true }]);
	const moment = new Date(String(wanted.start)).toISOString();
	for (const otherwise of [
		{ phone: '+15125550199' },
		{ start: moment },
		{ phone: '512.555.0199', start: moment },
		{ phone: '(512) 555-0199 ext. 12' },
	])
		expect(await call('Plan showing', { ...wanted, ...otherwise })).toMatchObject([{ skipped: true }]);
	const [other] = await call('Plan showing', { ...wanted, email: 'another@example.com' });
	expect(other).toMatchObject({ outcome: 'not sent', call_again: false });
	expect(other?.what_to_do).toMatch(/^Do not change phone, unit_id, start to get through/);
	expect(planned()).toHaveLength(1);
});

it('plans one showing, however the time of a second call is written', async () => {
	const wanted: IDataObject = { ...(await showing()), phone: '(512) 555-0155' };
	const moment = DateTime.fromISO(String(wanted.start), { zone: 'America/Chicago' });
	await call('Plan showing', wanted);
	const otherwise = [
		moment.toFormat('yyyy-MM-dd h:mm a'),
		moment.toFormat('yyyy-MM-dd HH:mm:ss ZZ'),
		`${moment.toUTC().toFormat('yyyy-MM-dd HH:mm')} UTC`,
		...[moment.toRFC2822(), String(moment.toSeconds()), String(moment.toMillis())],
	];
	for (const start of otherwise)
		expect([start, await call('Plan showing', { ...wanted, start })]).toMatchObject([
			start,
			[{ skipped: true, call_again: false }],
		]);
	expect(planned()).toHaveLength(1);
});

it('is asked for the same time in another form where no ID can be made of the first', async () => {
	const wanted: IDataObject = { ...(await showing()), phone: '(512) 555-0154' };
	const moment = DateTime.fromISO(String(wanted.start), { zone: 'utc' });
	const [answer] = await call('Plan showing', {
		...wanted,
		start: `${moment.toFormat('yyyy-MM-dd HH:mm')} GMT`,
	});
	expect(answer).toMatchObject({
		...{ outcome: 'not sent', call_again: true },
		what_to_do: expect.stringMatching(
			/^Nothing was recorded .* phone, unit_id, start, .* the same values, each written as its description says/,
		),
	});
	expect(planned()).toEqual([]);
});

it('is told that corrected answers were not recorded with a showing that is planned', async () => {
	const wanted = { ...(await showing()), phone: '(512) 555-0153' };
	await call('Plan showing', wanted);
	const [answer] = await call('Plan showing', { ...wanted, income: '$7000+/month', last_name: 'Stein' });
	expect(answer).toMatchObject({
		...{ skipped: true, call_again: false },
		what_to_do: expect.stringMatching(
			/the values given now were not, .* If the values given now differ, or it was cancelled since, tell the user: a person has to do it/,
		),
	});
	expect(JSON.stringify(answer)).not.toContain('nothing is missing');
	expect(planned()).toHaveLength(1);
});

it('is told that nobody knows whether a showing arrived, and it is not sent again', async () => {
	const wanted = { ...(await showing()), first_name: 'Lost' };
	const at = { ...wanted, phone: '(512) 555-0188' };
	services.emulator.rentEngine.faults.add({ match: { method: 'POST' }, status: 502, write: true });
	for (const _ of [1, 2])
		expect(await call('Plan showing', at)).toMatchObject([{ outcome: 'unknown', call_again: false }]);
	expect(planned()).toHaveLength(1);
});

const NOT_MADE = 'Showing could not be created';
const about = (path: string, message: string, params: IDataObject = {}) => ({
	error: NOT_MADE,
	details: [{ dataPath: path, message, params }],
});
/** Calls *Plan showing* for a renter whose showing RentEngine refuses so. */
async function refused(body: IDataObject, status = 400): Promise<IDataObject> {
	const wanted = { ...(await showing()), phone: '(512) 555-0166' };
	services.emulator.rentEngine.faults.add({ match: { method: 'POST' }, status, body });
	const [answer = {}] = await call('Plan showing', wanted);
	return answer;
}

it.each<[string, IDataObject]>([
	['error', { error: 'Prescreening failed' }],
	['error, which is an object', { error: { code: 7, message: 'The pre-screening failed' } }],
	['message beside the error', { error: NOT_MADE, message: 'Prescreening failed' }],
	['reason', { error: NOT_MADE, reason: 'Prescreening failed' }],
	['details, a text', { error: NOT_MADE, details: 'Prescreening failed' }],
	['details, an object', { error: NOT_MADE, details: { message: 'Prescreening failed' } }],
	['details, a list of texts', { error: NOT_MADE, details: ['Prescreening failed'] }],
	['details of no field', { error: NOT_MADE, details: [{ message: 'Prescreening failed' }] }],
	['details of a field', about('.prospectData.creditScore', 'Prescreening failed: credit score too low')],
	['details of another field', about('.unitId', 'Prescreening of the unit failed')],
	['the path of the credit score', about('.prospectData.creditScore', 'is too low')],
	['the path of the income', about('/prospectData/income', 'is too low')],
	['the path of an answer', about('.prospectData.questionAnswers[0].answer', 'is not accepted')],
	['words about the credit score', { error: 'The credit score does not qualify' }],
	['words about the income', { error: NOT_MADE, details: [{ message: 'income too low' }] }],
	[
		'words about the answer of a prospect',
		{ error: "The prospect's income does not meet that of the unit" },
	],
	['words about a record and the prescreening', { error: 'Prescreening for the unit failed' }],
])('is told to leave the answers as they are when RentEngine refuses them: in %s', async (where, body) => {
	const answer = await refused(body, where === 'error' ? 403 : 400);
	expect(answer).toMatchObject({ outcome: 'refused', needs_person: true, call_again: false });
	expect(answer.what_to_do).toMatch(
		/do not call the tool again.* the renter may have been told.* do not change the answers/,
	);
	expect(JSON.stringify(answer)).not.toMatch(/othing was recorded|"arguments"/);
});

it.each([
	['RentEngine lists the values that it takes', '.prospectData.income', { allowedValues: ['$5k', '$6k'] }],
	['another field is wrong', '.prospectData.email', {}],
])('may correct an argument when %s', async (_, path, params) => {
	const answer = await refused(about(path, 'should be equal to one of the allowed values', params));
	expect(answer).toMatchObject({ outcome: 'refused', call_again: true });
	expect(answer).not.toHaveProperty('needs_person');
});

it.each([
	...['creditScore', 'income', 'questionAnswers'].flatMap((field) => [
		[
			field,
			'required',
			'/events/0/context',
			{ missingProperty: field },
			`must have required property '${field}'`,
		],
		[field, 'type', `/${field}`, { type: 'integer' }, 'must be integer'],
		[field, undefined, `/prospectData/${field}`, { limit: 1 }, 'must not be so short'],
	]),
] as Array<[string, string | undefined, string, IDataObject, string]>)(
	'is told the field and what is wrong when RentEngine refuses only the form of an answer: %s, %s',
	async (field, keyword, instancePath, params, message) => {
		const detail = { instancePath, ...(keyword && { keyword }), params, message };
		const answer = await refused({ error: 'Invalid request parameters', details: [detail] });
		expect(answer).toMatchObject({ outcome: 'refused', error: expect.stringContaining(message) });
		expect(JSON.stringify(answer)).not.toMatch(/needs_person|rescreening/);
		const labels: IDataObject = { creditScore: 'Credit Score', income: 'Income' };
		const label = labels[field];
		if (label === undefined) return;
		expect(answer).toMatchObject({ call_again: true, problems: [{ field: label }] });
		expect(answer.what_to_do).toContain('ask the user');
	},
);

it.each([
	{ error: 'Unit does not belong to the account', description: 'see income limits' },
	{ error: 'Unit does not belong to the account; see income limits' },
])('is told to check the unit when RentEngine speaks of it first: %j', async (body) => {
	const answer = await refused(body);
	expect(answer.what_to_do).toContain("Check 'Unit'");
	expect(answer).not.toHaveProperty('needs_person');
});

it('may ask again when RentEngine refuses the form of an answer in words only', async () => {
	const answer = await refused({ error: NOT_MADE, details: ["must have required property 'income'"] });
	expect(answer).toMatchObject({ outcome: 'refused', call_again: true });
});

it('is told what the unit is for when RentEngine speaks of it in the details', async () => {
	const answer = await refused({ error: NOT_MADE, details: [{ message: 'No such unit' }] }, 404);
	expect(answer.what_to_do).toContain("Check 'Unit'");
});

it('reads all that happened with the prospect who has a number, the newest too', async () => {
	const { rows } = services.emulator.rentEngine;
	const { id } = rows.addProspect({ phone: '+15125550177', created_at: new Date().toISOString() });
	const notes = Array.from({ length: 23 }, (_, index) => `Assignment ${index + 1}`);
	for (const note of notes) {
		const { thrown } = await leasingEvent(services, {
			prospectId: byId(id),
			...{ eventType: 'Assign to User', usersFrom: 'list' },
			assignedToUserIds: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c'],
			additionalFields: { notes: note },
		});
		expect(thrown).toBeUndefined();
	}
	const events = await call('Find events', { phone: '512.555.0177' });
	expect(events.map((event) => event.notes)).toEqual(expect.arrayContaining(notes));
	expect(events[0]).toMatchObject({ event_type: 'Assign to User' });
});

it('is told which arguments are wrong, and that nobody has a number: nothing is planned', async () => {
	const wrong = { ...(await showing()), phone: '+7378742833', start: 'tomorrow at noon' };
	const [answer] = await call('Plan showing', wrong);
	expect(answer).toMatchObject({ outcome: 'not sent', call_again: true });
	expect((answer?.problems as IDataObject[]).flatMap((one) => one.arguments).sort()).toEqual([
		...['phone', 'start'],
	]);
	expect(planned()).toEqual([]);
	const [stranger] = await call('Find events', { phone: '(999) 555-0100' });
	expect(JSON.stringify(stranger)).toContain('has the phone number');
});
