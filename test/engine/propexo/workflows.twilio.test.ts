import { answerOf, damaged, statusOf, useCalls } from './support/calls.ts';
import * as twilio from './support/twilio.ts';

const { services, created, calls, log } = useCalls();

describe('propexo-twilio-calls', () => {
	const { FILE, postOf } = twilio;

	it('logs every end of a call for the renter, when it began', async () => {
		const posts = [
			postOf('1'),
			...twilio.ENDS.map((end) => postOf(end, twilio.notAnswered(end))),
			postOf('out', twilio.OUTGOING),
			postOf('recorded', {
				RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
			}),
		];
		const { success, error } = await log(FILE, posts);
		expect(error).toEqual([]);
		const [renter, office] = ['+15125550161', '+15125550199'];
		expect(calls()).toEqual([
			['ANSWER', renter, office, 184],
			['BUSY', renter, office, 0],
			['NO_ANSWER', renter, office, 0],
			['FAILURE_TO_CONNECT', renter, office, 0],
			['ABANDONED', renter, office, 0],
			['ANSWER', office, renter, 184],
			['ANSWER', renter, office, 184],
		]);
		for (const event of created()) expect(event.lead_id).toBe('lead_renter');
		const moments = created().map(({ event_datetime: at }) => new Date(String(at)).toISOString());
		expect([moments[0], moments[1]]).toEqual(['2026-03-01T20:30:00.000Z', '2026-03-01T20:33:04.000Z']);
		expect(created().map(({ call_audio_link: link }) => link)).toEqual([
			expect.stringContaining('/Calls/CA1.json') as string,
			...Array.from({ length: 5 }, () => expect.stringContaining('/Calls/') as string),
			expect.stringContaining('/Recordings/RE1') as string,
		]);
		expect(success.map(({ json }) => statusOf(FILE, json))).toEqual(posts.map(() => 202));
		expect(answerOf(FILE, success[0]?.json ?? {})).toMatchObject({
			recorded: null,
			reason: expect.stringContaining('not yet in the PMS') as string,
		});
	});

	it('answers 404 for an unknown number, 422 for a withheld one, 503 when nobody could be asked', async () => {
		const numbers = ['+15125557777', ...twilio.WITHHELD];
		const posts = numbers.map((From, index) => postOf(`withheld${index}`, { From, Caller: From }));
		const { success, error } = await log(FILE, posts);
		expect([success, created()]).toEqual([[], []]);
		expect(error.map(({ json }) => statusOf(FILE, json))).toEqual([
			404,
			...twilio.WITHHELD.map(() => 422),
		]);
		services.emulator.propexo.faults.add({ match: { path: '/v1/leads/' }, status: 500, times: Infinity });
		const unasked = await log(FILE, [postOf('unasked', { From: '+15125558888' })]);
		expect(unasked.error.map(({ json }) => statusOf(FILE, json))).toEqual([503]);
	});

	it('logs nothing when what it needs is missing, empty or of a wrong type', async () => {
		const cases = damaged(postOf('whole'), 'CallSid', twilio.NEEDED);
		const { error } = await log(FILE, [
			...cases.map(({ body }) => body),
			postOf('leg', { Direction: 'outbound-dial' }),
			postOf('odd', { Direction: 'constructor' }),
			postOf('soon', { CallStatus: 'in-progress' }),
		]);
		expect(error.map(({ json }, index) => [cases[index]?.what, statusOf(FILE, json)])).toEqual(
			[...cases, ...[1, 2, 3].map(() => undefined)].map((one) => [one?.what, 422]),
		);
		expect(created()).toEqual([]);
	});
});
