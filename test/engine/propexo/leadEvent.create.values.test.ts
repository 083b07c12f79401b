import type { IDataObject } from 'n8n-workflow';

import { byId } from '../support/services.ts';
import { leadEvent, run } from './support/run.ts';
import { CALL } from './support/samples.ts';
import { useValues } from './support/values.ts';

const { services, requests, outcome } = useValues();

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
		expect(thrown?.message).toContain("Item 2 of 3: 'Call Audio Link' must be one whole address");
		expect(requests()).toBe(0);
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
			hints: [
				"'Notes' holds damaged letters (Ã©). Have it read as UTF-8, HTML or a link where it comes from.",
			],
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

describe('A sum of two numbers', () => {
	const item = { code: 1, phone: 5125550100, unit: 501, seq: 12 };
	const PHONE = '={{ $json.code + $json.phone }}';

	it.each<[string, IDataObject]>([
		['as a phone number', { ...CALL, callPhoneNumberFrom: PHONE }],
		['with a fixed code', { ...CALL, callPhoneNumberFrom: '={{ 1 + $json.phone }}' }],
		['in brackets', { ...CALL, callPhoneNumberFrom: '={{ ($json.code + $json.phone) }}' }],
		['as the number that a lead is found by', { leadId: { ...byId('x'), mode: 'phone', value: PHONE } }],
		['as an ID', { leadId: byId('={{ $json.unit + $json.seq }}') }],
		['as the ID of the event', { deduplicationKey: '={{ $json.unit + $json.seq }}' }],
	])('is refused: it may be that of another one, %s', async (_what, parameters) => {
		expect(await outcome(parameters, item)).toMatch(
			/is the sum of several numbers.* write (1|\{\{ \$json\.(code|unit) \}\})\{\{ \$json\.(phone|seq) \}\}/,
		);
	});

	it('is what is written as the message says', async () => {
		const callPhoneNumberFrom = '={{ $json.code }}{{ $json.phone }}';
		expect(await outcome({ ...CALL, callPhoneNumberFrom }, item)).toMatchObject({
			call_phone_number_from: '15125550100',
		});
	});

	it.each<[string, IDataObject]>([
		['a number of its own', { ...CALL, callPhoneNumberFrom: '={{ $json.phone }}' }],
		['a number behind a text', { ...CALL, callPhoneNumberFrom: "={{ '+' + $json.code + $json.phone }}" }],
		['a count', { deduplicationKey: '={{ $json.seq + 1 }}' }],
		['a calculated length', { ...CALL, callDuration: '={{ $json.unit + $json.seq }}' }],
	])('is not %s', async (_what, parameters) => {
		expect(await outcome(parameters, item)).toMatchObject({ hints: [] });
	});
});
