import { leadEvent } from './support/run.ts';
import { CALL } from './support/samples.ts';
import { useValues } from './support/values.ts';

const { services, created, outcome } = useValues();

describe('The end of a call', () => {
	const hintsOf = async (values: Record<string, unknown>) => {
		const told = await leadEvent(services, {
			...CALL,
			callStatus: 'ANSWER',
			callDuration: 95,
			...values,
		});
		expect(created()).toHaveLength(1);
		return told.hints.map(({ message }) => message).join();
	};

	it.each(['completed', 'Completed', ' COMPLETED '])(
		'that a system calls %s is sent as answered, and a hint asks: a voicemail may be meant',
		async (callStatus) => {
			expect(await hintsOf({ callStatus })).toContain(
				"'Call Status' was completed, and is sent as Answered",
			);
		},
	);

	it.each(['ANSWER', 'Answered', 'call connected', 'VOICEMAIL'])(
		'called %s is not asked about',
		async (callStatus) => {
			expect(await hintsOf({ callStatus })).toBe('');
		},
	);

	it.each([
		['ANSWER', 0, "'Call Duration (Seconds)' is 0, and 'Call Status' is Answered. Check both"],
		['NO_ANSWER', 0, ''],
		['ANSWER', 1, ''],
	])('%s after %d seconds is asked about if that cannot be: %s', async (callStatus, callDuration, hint) => {
		const told = await hintsOf({ callStatus, callDuration });
		expect(told.replace(/\.$/, '')).toBe(hint);
	});

	it.each([
		[
			'Twilio',
			{
				completed: 'ANSWER',
				busy: 'BUSY',
				failed: 'FAILURE_TO_CONNECT',
				'no-answer': 'NO_ANSWER',
				canceled: 'ABANDONED',
			},
		],
		[
			'RingCentral',
			{
				Accepted: 'ANSWER',
				'Call accepted': 'ANSWER',
				'Call connected': 'ANSWER',
				Missed: 'NO_ANSWER',
				Voicemail: 'VOICEMAIL',
				'No Answer': 'NO_ANSWER',
				'Not Answered': 'NO_ANSWER',
				Busy: 'BUSY',
				'Line Busy': 'BUSY',
				'Call Failed': 'FAILURE_TO_CONNECT',
				'IP Phone Offline': 'FAILURE_TO_CONNECT',
				Abandoned: 'ABANDONED',
			},
		],
		[
			'Aircall',
			{
				answered: 'ANSWER',
				short_abandoned: 'ABANDONED',
				abandoned_in_ivr: 'ABANDONED',
				abandoned_in_classic: 'ABANDONED',
				agents_did_not_answer: 'NO_ANSWER',
				no_available_agent: 'NO_ANSWER',
				out_of_opening_hours: 'NO_ANSWER',
			},
		],
		[
			'Vonage',
			{
				answered: 'ANSWER',
				completed: 'ANSWER',
				busy: 'BUSY',
				cancelled: 'ABANDONED',
				failed: 'FAILURE_TO_CONNECT',
				unanswered: 'NO_ANSWER',
			},
		],
		[
			'HubSpot',
			{
				Connected: 'ANSWER',
				Busy: 'BUSY',
				'Left live message': 'ANSWER',
				'Left voicemail': 'VOICEMAIL',
				'No answer': 'NO_ANSWER',
				COMPLETED: 'ANSWER',
				NO_ANSWER: 'NO_ANSWER',
				MISSED: 'NO_ANSWER',
				CANCELED: 'ABANDONED',
			},
		],
		[
			'HubSpot, by ID',
			{
				'f240bbac-87c9-4f6e-bf70-924b57d47db7': 'ANSWER',
				'a4c4c377-d246-4b32-a13b-75a56a4cd0ff': 'ANSWER',
				'9d9162e7-6cf3-4944-bf63-4dff82258764': 'BUSY',
				'b2cf5968-551e-4856-9783-52b3da59a7d0': 'VOICEMAIL',
				'73a0d17f-1163-4015-bdd5-ec830791da20': 'NO_ANSWER',
			},
		],
		[
			'CallRail',
			{
				Answered: 'ANSWER',
				'Missed Call': 'NO_ANSWER',
				'Voicemail call': 'VOICEMAIL',
				'Abandoned call': 'ABANDONED',
				'Answered call': 'ANSWER',
			},
		],
		[
			'the editor and the API',
			{
				'Failure to Connect': 'FAILURE_TO_CONNECT',
				FAILURE_TO_CONNECT: 'FAILURE_TO_CONNECT',
				'failure-to-connect': 'FAILURE_TO_CONNECT',
			},
		],
	])('is taken in the words of %s', async (_system, words) => {
		const { thrown } = await leadEvent(
			services,
			{ ...CALL, callStatus: '={{ $json.status }}', notes: '={{ $json.status }}' },
			{ items: Object.keys(words).map((status) => ({ status })) },
		);
		expect(thrown).toBeUndefined();
		const sent = created().map(({ notes, call_status: status }) => [notes, status]);
		expect(Object.fromEntries(sent)).toEqual(words);
	});

	it.each([
		...[
			'ringing',
			'queued',
			'in-progress',
			'IN_PROGRESS',
			'CALLING_CRM_USER',
			'done',
			'rejected',
			'Declined',
			'Blocked',
			'timeout',
			'machine',
			'hang up',
		],
		// HubSpot's ID of *Wrong number*.
		...['wrong number', '17b47fee-58de-441e-a44c-c6300d46f273'],
	])('is not %s', async (status) => {
		// Only a word of a program is repeated in a message: all else may be somebody's name or ID.
		const given = /^(?:[a-z-]+|[A-Z_]+)$/.test(status) ? `is '${status}' and ` : '';
		expect(await outcome({ ...CALL, callStatus: '={{ $json.status }}' }, { status })).toContain(
			`'Call Status' ${given}must be one of: Abandoned; Answered; Busy; Disconnected; Failure to Connect; No Answer; Voicemail`,
		);
	});
});

describe('A call of more than 1 hour', () => {
	it('is sent and told, for it may be milliseconds', async () => {
		const durations = [95, 12_000, 3_600, 3_601];
		const { hints } = await leadEvent(
			services,
			{ ...CALL, callDuration: '={{ $json.duration }}' },
			{ items: durations.map((duration) => ({ duration })) },
		);
		expect(created()).toHaveLength(4);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^Items 2 and 4 of 4: 'Call Duration \(Seconds\)' is more than 1 hour\..*divide by 1000/,
			),
		]);
	});

	it('is refused with the same advice where it is more than a day', async () => {
		for (const duration of [95_000, '95123.4'])
			expect(await outcome({ ...CALL, callDuration: '={{ $json.duration }}' }, { duration })).toContain(
				"'Call Duration (Seconds)' must be a whole number from 0 to 86400. It is in seconds; if your system gives milliseconds, divide by 1000",
			);
		for (const duration of [-1, 95.5])
			expect(
				await outcome({ ...CALL, callDuration: '={{ $json.duration }}' }, { duration }),
			).not.toContain('milliseconds');
	});
});
