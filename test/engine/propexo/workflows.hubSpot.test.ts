import type { IDataObject } from 'n8n-workflow';

import { inOrder } from '../support/shipped.ts';
import { answerOf, damaged, statusOf, useCalls } from './support/calls.ts';
import * as hubSpot from './support/hubSpot.ts';

const { created, log } = useCalls();

describe('propexo-hubspot-calls', () => {
	const { FILE, callOf, OUTCOMES, OUTGOING } = hubSpot;

	it('logs every end of a call for the renter; the outcome that a person chose counts more than the status', async () => {
		const calls: Array<[string, IDataObject]> = [
			['ANSWER', {}],
			['ANSWER', { hs_call_disposition: OUTCOMES.leftLiveMessage }],
			['ANSWER', { hs_call_disposition: OUTCOMES.own }],
			['ANSWER', { hs_call_disposition: null }],
			['ANSWER', { hs_call_status: '', ...OUTGOING }],
			['NO_ANSWER', { hs_call_disposition: OUTCOMES.noAnswer, ...OUTGOING }],
			['BUSY', { hs_call_disposition: OUTCOMES.busy, ...OUTGOING }],
			['VOICEMAIL', { hs_call_disposition: OUTCOMES.leftVoicemail, ...OUTGOING }],
			[
				'VOICEMAIL',
				{ hs_call_status: 'MISSED', hs_call_has_voicemail: 'true', hs_call_disposition: null },
			],
			...(['BUSY', 'NO_ANSWER'] as const).map((status): [string, IDataObject] => [
				status,
				{ hs_call_status: status, hs_call_duration: null, hs_call_disposition: null },
			]),
			[
				'FAILURE_TO_CONNECT',
				{ hs_call_status: 'FAILED', hs_call_duration: '', hs_call_disposition: '' },
			],
			['ABANDONED', { hs_call_status: 'CANCELED', hs_call_duration: 0, hs_call_disposition: '' }],
			// Outcomes by the names that people read.
			['NO_ANSWER', { hs_call_disposition: 'No answer' }],
			['VOICEMAIL', { hs_call_disposition: 'Left voicemail' }],
			['BUSY', { hs_call_disposition: 'Busy' }],
		];
		const { success } = await log(
			FILE,
			calls.map(([, more], index) => callOf(index + 1, more)),
		);
		expect(success.map(({ json }) => statusOf(FILE, json))).toEqual(calls.map(() => 200));
		expect(created().map(({ call_status }) => call_status)).toEqual(calls.map(([status]) => status));
		for (const event of created()) expect(event.lead_id).toBe('lead_renter');
		expect(created()[0]).toMatchObject({
			call_duration: 184,
			notes: 'Asked for parking',
			call_audio_link: hubSpot.CONNECTED.hs_call_recording_url,
		});
		expect(new Date(String(created()[0]?.event_datetime)).toISOString()).toBe('2026-03-01T20:30:00.000Z');
		expect(
			created()
				.slice(9, 13)
				.map(({ call_duration }) => call_duration),
		).toEqual([0, 0, 0, 0]);
	});

	it('writes the notes of a call as people read them in HubSpot', async () => {
		const written = {
			'<p>Tom &amp; Ann</p><p>It&#39;s &quot;urgent&quot;&#x21;</p>': 'Tom & Ann\nIt\'s "urgent"!',
			'<ul><li>Two cats</li>\n<li>May<br>or June</li></ul>': 'Two cats\nMay\nor June',
			'rent &lt; 1500, &gt; 1200; 5 &amp;lt; 6 &#128512;': 'rent < 1500, > 1200; 5 &lt; 6 😀',
			'rent < 1500 and > 1200': 'rent < 1500 and > 1200',
			'<p>&nbsp;</p>': 'COMPLETED',
		};
		const calls = Object.keys(written).map((hs_call_body, index) =>
			callOf(300 + index, { hs_call_body }),
		);
		await log(FILE, calls);
		expect(created().map(({ notes }) => notes)).toEqual(Object.values(written));
	});

	it('logs no wrong number, no call that goes on, and nothing that is damaged', async () => {
		const cases = [
			...damaged(callOf(50), 'hs_object_id', [...hubSpot.NEEDED, ...hubSpot.FREE]),
			...[
				{ hs_call_disposition: OUTCOMES.wrongNumber },
				{ hs_call_disposition: 'Wrong number' },
				{ hs_call_status: 'RINGING' },
				{ hs_call_status: 'IN_PROGRESS' },
				{ hs_call_direction: 'INTERNAL' },
				{ hs_call_duration: '3 minutes' },
			].map((more, index) => ({
				...{ what: JSON.stringify(more), field: '', isBlank: false },
				body: callOf(1_000 + index, more),
			})),
		];
		const answers = inOrder(
			await log(
				FILE,
				cases.map(({ body }) => body),
			),
		);
		const isLogged = ({ isBlank, field }: (typeof cases)[number]) =>
			isBlank && hubSpot.FREE.includes(field);
		expect(answers.map((json, index) => [cases[index]?.what, statusOf(FILE, json)])).toEqual(
			cases.map((one) => [one.what, isLogged(one) ? 200 : 422]),
		);
		expect(created()).toHaveLength(cases.filter(isLogged).length);
	});

	it('tells the truth of a call that comes again, of one that was refused, and of one that is under way', async () => {
		const refused = callOf(101, { hs_call_body: '[fail]' });
		const told = (json: IDataObject) => [statusOf(FILE, json), answerOf(FILE, json)];
		const hear = async (call: IDataObject) => told(inOrder(await log(FILE, [call]))[0] ?? {});
		const heard = (status: number, answer: object) => [status, expect.objectContaining(answer)];
		expect(await hear(refused)).toEqual(heard(422, { recorded: false, outcome: 'refused' }));
		expect(await hear(refused)).toEqual(heard(422, { recorded: false, repeated: true }));
		expect(await hear(callOf(102))).toEqual(heard(200, { recorded: true, repeated: false }));
		expect(await hear(callOf(102))).toEqual(heard(202, { recorded: null, repeated: true }));
		// What the node gives when the time for waiting is up.
		expect(told({ job_id: 'job_1', write_status: 'PENDING' })).toEqual(
			heard(202, { recorded: null, repeated: false, write_status: 'PENDING' }),
		);
		expect(await hear(callOf(104, { hs_call_from_number: '+15125557777' }))).toEqual(
			heard(404, { recorded: false }),
		);
	});
});
