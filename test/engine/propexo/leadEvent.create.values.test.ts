import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { leadEvent, run } from './support/run.ts';
import { CALL } from './support/samples.ts';

const services = useServices({
	timing: { rate: { requests: 100_000 } },
});

const requests = () => services.emulator.propexo.ledger.requests.length;
const created = () => services.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);

/** Runs the node on one item; gives what was sent, or what the item was refused with. */
async function outcome(parameters: IDataObject, item: IDataObject = {}): Promise<IDataObject | string> {
	services.emulator.reset();
	const { thrown, hints } = await leadEvent(services, parameters, { items: [item] });
	if (thrown) {
		expect(created()).toEqual([]);
		return thrown.message;
	}
	return { ...created()[0], hints: hints.map(({ message }) => message) };
}

describe('What was damaged on its way', () => {
	const from = (value: unknown) => ({ value: value as IDataObject });
	const VALUE = '={{ $json.value }}';

	it.each<[string, IDataObject, IDataObject, string]>([
		[
			'undefined',
			{ notes: VALUE },
			from('undefined'),
			"'Notes' is the text undefined instead of a value: the item has no such field",
		],
		[
			'null',
			{ notes: VALUE },
			from(' null '),
			"'Notes' is the text null instead of a value: the field that it comes from is empty",
		],
		['NaN', { notes: VALUE }, from('NaN'), "'Notes' is the text NaN instead of a value"],
		[
			'an object in a text',
			{ notes: '=Tour: {{ $json.value }}' },
			from({ id: 1 }),
			"'Notes' holds [object Object]",
		],
		[
			'a date that is none',
			{ notes: '=Tour: {{ DateTime.fromISO("x").toFormat("d") }}' },
			{},
			"'Notes' holds the text Invalid DateTime in place of",
		],
		[
			'a missing part',
			{ notes: "={{ 'Tour with ' + $json.agent }}" },
			{},
			"'Notes' holds the text undefined in place of {{ $json.agent }}",
		],
		[
			'a missing part of three',
			{ notes: "={{ $json.first + ' ' + $json.last + '!' }}" },
			{ first: 'Grace' },
			'in place of {{ $json.last }}',
		],
		[
			'a missing part of a template',
			{ notes: '={{ `Tour with ${$json.agent} at ${$json.at}` }}' },
			{ agent: 'Jo' },
			'in place of {{ $json.at }}',
		],
		[
			'a part that says null',
			{ notes: '=Reason: {{ $json.value }}.' },
			from('null'),
			"'Notes' holds the text null in place of {{ $json.value }}",
		],
		['a lead', { leadId: byId(VALUE) }, from('undefined'), "'Lead' is the text undefined"],
		[
			'a part of a lead',
			{ leadId: byId('={{ "lead_" + $json.value }}') },
			{},
			"'Lead' holds the text undefined",
		],
		[
			'a lead as a rounded number',
			{ leadId: byId(VALUE) },
			from(8_202_522_731_445_525_542),
			"'Lead' is a number of more than 15 digits",
		],
		[
			'a rounded number in notes',
			{ notes: '=Lead {{ $json.value }} called' },
			from(8_202_522_731_445_525_542),
			"'Notes' holds a number of more than 15 digits",
		],
		[
			'the result of a division by 0 in notes',
			{ notes: '=Tours a day: {{ 4 / $json.value }}' },
			from(0),
			"'Notes' holds Infinity instead of a value: a number was divided by 0",
		],
		[
			'a rounded number in a link',
			{ ...CALL, callAudioLink: "={{ 'https://example.com/' + $json.value }}" },
			from(8_202_522_731_445_525_542),
			"'Call Audio Link' holds a number of more than 15 digits",
		],
		[
			'a rounded number in a lead',
			{ leadId: byId('=lead_{{ $json.value }}') },
			from(8_202_522_731_445_525_542),
			"'Lead' holds a number of more than 15 digits",
		],
		[
			'a lead that a spreadsheet shortened',
			{ leadId: byId(VALUE) },
			from('2.19E+26'),
			"'Lead' is a number that a spreadsheet or a program shortened",
		],
		[
			'a caller',
			{ ...CALL, callPhoneNumberFrom: VALUE },
			from('3.108207129E9'),
			"'Caller Phone Number' is a number that a spreadsheet",
		],
		[
			'a part of a caller',
			{ ...CALL, callPhoneNumberFrom: '={{ "+1" + $json.value }}' },
			{},
			"'Caller Phone Number' holds the text undefined",
		],
		[
			'a part of a caller that is null',
			{ ...CALL, callPhoneNumberFrom: '={{ "+1" + $json.value }}' },
			from(null),
			"'Caller Phone Number' holds the text null",
		],
		[
			'a part of an ID that is null, right behind the others',
			{ leadId: byId('={{ "lead" + $json.account + $json.value }}') },
			{ account: 7, ...from(null) },
			"'Lead' holds the text null",
		],
		[
			'an expression without its braces',
			{ notes: '=$json.value' },
			{},
			"'Notes' holds an expression or a merge field that was not filled in",
		],
		[
			'a part of an address',
			{
				eventKind: 'email',
				emailDirection: 'incoming',
				emailTo: "={{ $json.value + '@example.com' }}",
			},
			{},
			"'Email To' holds the text undefined",
		],
		[
			'a part of a link',
			{ ...CALL, callAudioLink: "={{ 'https://example.com/' + $json.value }}" },
			{},
			"'Call Audio Link' holds the text undefined",
		],
		[
			'a choice',
			{ ...CALL, callStatus: VALUE },
			from('undefined'),
			"'Call Status' is the text undefined",
		],
	])('is refused and nothing is sent: %s', async (_what, parameters, item, message) => {
		expect(await outcome(parameters, item)).toContain(message);
		expect(requests()).toBe(0);
	});

	it.each<[string, IDataObject, IDataObject, string]>([
		[
			'null and void',
			{ notes: VALUE },
			from('The old lease is null and void'),
			'The old lease is null and void',
		],
		[
			'null at the end of a part',
			{ notes: '=Note: {{ $json.value }}' },
			from('the balance is null'),
			'Note: the balance is null',
		],
		[
			'undefined as a word',
			{ notes: "={{ 'Note: ' + $json.value }}" },
			from('undefined terms in the lease'),
			'Note: undefined terms in the lease',
		],
		['a name', { notes: VALUE }, from('Christopher Null called'), 'Christopher Null called'],
		[
			'words between two parts',
			{ notes: "={{ $json.value + ' ' + $json.more }}" },
			{ ...from('this is'), more: 'null and void' },
			'this is null and void',
		],
		[
			'a choice between two texts',
			{ notes: "={{ $json.value ? 'null' + ' found' : 'x' }}" },
			from(true),
			'null found',
		],
		['a grandmother', { notes: VALUE }, from('nan is coming along'), 'nan is coming along'],
	])('is not found in what people write: %s', async (_what, parameters, item, notes) => {
		expect(await outcome(parameters, item)).toMatchObject({ notes });
	});

	it.each<[string, IDataObject]>([
		['its offset', { eventDatetime: '={{ $json.day }}T14:30:00{{ $json.part }}' }],
		['its AM or PM', { eventKind: 'show', timeFrom: '=2:30 {{ $json.part }}' }],
	])('a time without %s, which its expression did not find, is refused', async (_part, parameters) => {
		const event = { eventDatetime: '2026-03-01T14:30:00Z', ...parameters };
		expect(await outcome(event, { day: '2026-03-01', part: null })).toMatch(
			/' is not complete: \{\{ \$json\.part \}\} found nothing in the item/,
		);
		expect(requests()).toBe(0);
		expect(await outcome(event, { day: '2026-03-01', part: '' })).toMatchObject({ hints: [] });
	});

	it('an ID or a link with a part that found nothing is sent as it is, and told', async () => {
		const parameters = { ...CALL, callAudioLink: '=https://example.com/{{ $json.sid }}' };
		expect(await outcome(parameters)).toMatchObject({
			call_audio_link: 'https://example.com/',
			hints: ["'Call Audio Link' is not complete: {{ $json.sid }} found nothing in the item."],
		});
		expect(await outcome(parameters, { sid: '5' })).toMatchObject({ hints: [] });
	});
});

describe('What is legal goes out', () => {
	it.each(['anonymous', 'Restricted', '+266696687', 'client:agent_7', 'sip:front-desk@example.com', '12'])(
		'a caller such as %s',
		async (caller) => {
			expect(await outcome({ ...CALL, callPhoneNumberFrom: caller })).toMatchObject({
				call_phone_number_from: caller,
			});
		},
	);

	it.each([
		's3://calls/2026/1.mp3',
		'urn:call:1',
		'https://example.com/%5B1%5D.mp3?x=1#t=5',
		'ftp://example.com/1',
	])('a link such as %s', async (link) => {
		const parameters = { ...CALL, callAudioLink: link, additionalFields: { callRecordingUrl: link } };
		expect(await outcome(parameters)).toMatchObject({ call_audio_link: link, call_recording_url: link });
	});

	it('the address of "Name <address>" is sent', async () => {
		const email = {
			eventKind: 'email',
			emailDirection: 'outgoing',
			emailFrom: 'Leasing Office <leasing@example.com>',
		};
		expect(await outcome({ ...email, emailCc: '"Cole, Avery" <avery@example.com>' })).toMatchObject({
			email_from: 'leasing@example.com',
			email_cc: 'avery@example.com',
		});
	});

	it('one wrong link among right ones is told before anything is sent', async () => {
		const links = ['https://example.com/1', 'https://example.com/[2]', 'https://example.com/3'];
		const { thrown } = await leadEvent(
			services,
			{ ...CALL, callAudioLink: '={{ $json.link }}' },
			{ items: links.map((link) => ({ link })) },
		);
		expect(thrown?.message).toContain("Item 2 of 3: 'Call Audio Link' must be a whole address");
		expect(requests()).toBe(0);
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
	])('the end of a call in the words of %s', async (_system, words) => {
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
	])('%s is no end of a call that has a name', async (status) => {
		// An ID is not repeated in a message: it may be anybody's.
		const given = status.length > 30 ? '' : `is '${status}' and `;
		expect(await outcome({ ...CALL, callStatus: '={{ $json.status }}' }, { status })).toContain(
			`'Call Status' ${given}must be one of: Abandoned; Answered; Busy; Disconnected; Failure to Connect; No Answer; Voicemail`,
		);
	});
});

describe('Texts', () => {
	it('are sent without control characters and halves of characters; line breaks and tabs stay', async () => {
		const text = 'a\u0000b\u0007\tc\r\nd\u009b\u007f e\ud83d';
		const email = {
			eventKind: 'email',
			emailDirection: 'incoming',
			emailSubject: '={{ $json.text }}',
			emailBody: '={{ $json.text }}',
		};
		const additionalFields = { title: '={{ $json.text }}', agentName: '={{ $json.text }}' };
		expect(
			await outcome({ ...email, notes: '={{ $json.text }}', additionalFields }, { text }),
		).toMatchObject({
			notes: 'ab\tc\r\nd e',
			email_subject: 'ab\tc\r\nd e',
			email_body: 'ab\tc\r\nd e',
			title: 'ab\tc\r\nd e',
			agent_name: 'ab\tc\r\nd e',
		});
	});

	it('with letters that were damaged before they came are sent, and a hint says so', async () => {
		const notes = 'JosÃ© called';
		expect(await outcome({ notes: '={{ $json.notes }}' }, { notes })).toMatchObject({
			notes,
			hints: ["'Notes' holds damaged letters (Ã©). Have it read as UTF-8 or HTML where it comes from."],
		});
	});

	it('have as many UTF-16 units as Propexo takes: an emoji has two', async () => {
		const notes = '={{ $json.notes }}';
		const fits = `${'x'.repeat(254)}🙂`;
		expect(await outcome({ notes }, { notes: fits })).toMatchObject({ notes: fits });
		expect(await outcome({ notes }, { notes: `x${fits}` })).toContain(
			"'Notes' is 257 characters long, and the limit is 256. Shorten it, or add the option 'Shorten Notes'",
		);
	});

	it.each([
		['an emoji', `${'x'.repeat(255)}🙂`, 255],
		['a family', `${'x'.repeat(250)}👩‍👩‍👧‍👦`, 250],
		['a letter with an accent', `${'x'.repeat(255)}e\u0301`, 255],
		['a flag', `${'x'.repeat(254)}🇺🇸`, 254],
		['nothing', 'x'.repeat(300), 256],
	])('are cut by Shorten Notes without breaking %s, and that is told', async (_what, notes, length) => {
		const options = { shortenNotes: true };
		expect(await outcome({ notes: '={{ $json.notes }}', options }, { notes })).toMatchObject({
			notes: notes.slice(0, length),
			hints: ["'Notes' is longer than its 256 characters and is cut."],
		});
	});

	it('are not cut when the option is off, nor when they fit', async () => {
		const off = { notes: '={{ $json.notes }}', options: { shortenNotes: false } };
		expect(await outcome(off, { notes: 'x'.repeat(300) })).toContain('is 300 characters long');
		const on = { notes: '={{ $json.notes }}', options: { shortenNotes: true } };
		expect(await outcome(on, { notes: 'x'.repeat(256) })).toMatchObject({
			notes: 'x'.repeat(256),
			hints: [],
		});
	});
});

describe('A call of more than 4 hours', () => {
	it('is sent and told, for it may be milliseconds', async () => {
		const durations = [95, 45_000, 14_400, 14_401];
		const { hints } = await leadEvent(
			services,
			{ ...CALL, callDuration: '={{ $json.duration }}' },
			{ items: durations.map((duration) => ({ duration })) },
		);
		expect(created()).toHaveLength(4);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Items 2 and 4 of 4: 'Call Duration \(Seconds\)' is more than 4 hours\./),
		]);
	});
});

describe('An ID of the PMS', () => {
	it.each(['2.19E+26', 'undefined', 8_202_522_731_445_525_542])(
		'is refused as a filter when it is %p',
		async (xId) => {
			const filters = { xId: '={{ $json.xId }}', integrationId: byId('int_any') };
			const { thrown } = await run(services, 'lead', 'getAll', { filters }, { items: [{ xId }] });
			expect(thrown?.message).toMatch(/'PMS ID' (is a number|is the text undefined)/);
			expect(requests()).toBe(0);
		},
	);
});
