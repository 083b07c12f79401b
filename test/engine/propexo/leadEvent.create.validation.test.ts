import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';
import { CALL } from './support/samples.ts';

const services = useServices();

const requests = () => services.emulator.propexo.ledger.requests.length;

const email: IDataObject = {
	eventKind: 'email',
	emailDirection: 'outgoing',
	emailFrom: 'leasing@example.com',
};

/** Gives a parameter by an expression, as CRM data come in: n8n's own check of literal values stays out of it. */
const bad = (value: unknown) => ({ items: [{ bad: value as IDataObject }] });
const expression = '={{ $json.bad }}';

describe('Propexo, Lead Event: Create, before anything is sent', () => {
	it('asks for the duration of a call that nobody entered; none at all can be entered', async () => {
		const { callDuration, ...others } = CALL;
		// n8n itself says so, as the editor marks the empty field.
		await expect(leadEvent(services, others)).rejects.toThrow(
			'Parameter "Call Duration (Seconds)" is required.',
		);
		expect([callDuration, requests()]).toEqual([95, 0]);
		await leadEvent(services, { ...CALL, callDuration: 0 });
		expect(services.emulator.propexo.ledger.created).toMatchObject([{ body: { call_duration: 0 } }]);
	});

	it('tells all empty fields that a kind of event needs in one sentence', async () => {
		const none = '={{ $json.none }}';
		const { thrown } = await leadEvent(services, {
			eventKind: 'call',
			callStatus: 'ANSWER',
			callPhoneNumberFrom: none,
			callPhoneNumberTo: none,
			callDuration: none,
			callAudioLink: none,
		});
		expect(thrown?.message).toBe(
			"A call needs 4 more fields: 'Caller Phone Number', 'Called Phone Number', 'Call Duration (Seconds)', 'Call Audio Link'. Their expressions found nothing in this item (webhook data is under $json.body)",
		);
		expect(thrown?.context.data).toMatchObject({ outcome: 'not sent', fields: new Array(4).fill({}) });
	});

	it.each<[string, IDataObject, unknown, string]>([
		['a missing lead', { leadId: byId(expression) }, undefined, "'Lead' is empty and must be filled in"],
		[
			'a missing integration',
			{ integrationId: byId(expression) },
			'',
			"'Integration' is empty and must be filled in",
		],
		[
			'a kind that does not exist',
			{ eventKind: expression },
			'sms',
			"'Event Kind' is 'sms' and must be one of: Appointment; Call; Email; General; Show",
		],
		[
			'a date that does not exist',
			{ eventDatetime: expression },
			'2026-02-30T10:00:00',
			"'Event Date and Time' is 2026-02-30T10:00:00, which is not a date that exists: February 2026 has no day 30",
		],
		[
			'a date without a time',
			{ eventDatetime: expression },
			'2026-03-01',
			"'Event Date and Time' has no time of day",
		],
		[
			'a text for a date',
			{ eventDatetime: expression },
			'tomorrow',
			"'Event Date and Time' must be a date and time such as",
		],
		[
			'notes of 257 characters',
			{ notes: expression },
			'x'.repeat(257),
			"'Notes' is 257 characters long, and the limit is 256",
		],
		['an object for a text', { notes: expression }, { a: 1 }, "'Notes' must be a text"],
		[
			'a call without a caller',
			{ ...CALL, callPhoneNumberFrom: expression },
			null,
			"'Caller Phone Number' is empty and must be filled in when 'Event Kind' is Call",
		],
		[
			'a call without a number called',
			{ ...CALL, callPhoneNumberTo: expression },
			'',
			"'Called Phone Number' is empty",
		],
		[
			'a caller that a spreadsheet shortened',
			{ ...CALL, callPhoneNumberFrom: expression },
			'4.47900E+11',
			"'Caller Phone Number' is a number that a spreadsheet or a program shortened",
		],
		['a call without a status', { ...CALL, callStatus: expression }, undefined, "'Call Status' is empty"],
		[
			'an unknown call status',
			{ ...CALL, callStatus: expression },
			'ringing',
			"'Call Status' is 'ringing' and must be one of: Abandoned; Answered; Busy",
		],
		[
			'a call without a duration',
			{ ...CALL, callDuration: expression },
			undefined,
			"'Call Duration (Seconds)' is empty",
		],
		[
			'half a second',
			{ ...CALL, callDuration: expression },
			1.5,
			"'Call Duration (Seconds)' must be a whole number from 0 to 86400",
		],
		[
			'a negative duration',
			{ ...CALL, callDuration: expression },
			-1,
			"'Call Duration (Seconds)' must be a whole number from 0 to 86400",
		],
		[
			'more than a day',
			{ ...CALL, callDuration: expression },
			86_401,
			"'Call Duration (Seconds)' must be a whole number from 0 to 86400",
		],
		[
			'a duration in words',
			{ ...CALL, callDuration: expression },
			'2 min',
			"'Call Duration (Seconds)' must be a whole number",
		],
		[
			'a call without a link',
			{ ...CALL, callAudioLink: expression },
			undefined,
			"'Call Audio Link' is empty",
		],
		[
			'a link that is none',
			{ ...CALL, callAudioLink: expression },
			'recording 5',
			"'Call Audio Link' must be one whole address such as https://",
		],
		[
			'a link with brackets',
			{ ...CALL, callAudioLink: expression },
			'https://example.com/calls/[5].mp3',
			"'Call Audio Link' must be one whole address such as https://",
		],
		[
			'an outgoing email without a sender',
			{ ...email, emailFrom: expression },
			undefined,
			"'Email From' is empty and must be filled in when 'Email Direction' is Outgoing",
		],
		[
			'an address without an @',
			{ ...email, emailTo: expression },
			'nathan',
			"'Email To' must be one email address",
		],
		[
			'two copies, where the API takes one address',
			{ ...email, emailCc: expression },
			'a@example.com, b@example.com',
			"'Email CC' must be one email address",
		],
		[
			'a direction that does not exist',
			{ ...email, emailDirection: expression },
			'both',
			"'Email Direction' is 'both' and must be one of: Incoming; Outgoing",
		],
		[
			'no boolean',
			{ ...email, emailSend: expression },
			'maybe',
			"'Send Email' is 'maybe' and must be true or false",
		],
		[
			'a time of day that does not exist',
			{ eventKind: 'show', timeFrom: expression },
			'25:00',
			"'Time From' must be a time of day",
		],
		[
			'an unknown status',
			{ additionalFields: { status: expression } },
			'WON',
			"'Status' is 'WON' and must be one of: Active; Completed",
		],
		[
			'a negative rent',
			{ additionalFields: { rentAmount: expression } },
			-5,
			"'Rent Amount (Dollars)' must be an amount in dollars of at least 0",
		],
		[
			'a recording that is no address',
			{ additionalFields: { callRecordingUrl: expression } },
			'x',
			"'Call Recording URL' must be one whole address such as https://",
		],
		[
			'a time zone that does not exist',
			{ options: { timeZone: expression } },
			'Texas',
			"'Time Zone' must be the name of a time zone",
		],
	])('names %s', async (_, parameters, value, message) => {
		const { thrown } = await leadEvent(services, parameters, bad(value));
		expect(thrown?.message).toContain(message);
		expect(thrown?.description).toContain('Nothing was sent');
		expect(thrown?.context.itemIndex).toBeUndefined();
		expect(requests()).toBe(0);
	});

	it('names the fields whose expressions cannot be evaluated, and no others of their collection', async () => {
		const nowhere = "={{ $('Nowhere').item.json.title }}";
		const { thrown } = await leadEvent(services, {
			notes: nowhere,
			additionalFields: { title: nowhere, agentName: 'Jordan', reasonsForEvent: '={{ $json.why }}' },
		});
		expect(thrown?.message).toMatch(
			/^'Notes' could not be read: .+\. Check its expression\. The same is true of 'Title'$/,
		);
		expect(requests()).toBe(0);
	});

	it('sends nothing for any of 300 items when number 212 is wrong', async () => {
		const items = Array.from({ length: 300 }, (_, index) => ({ seconds: index === 211 ? 'long' : 60 }));
		const { thrown, success } = await leadEvent(
			services,
			{ ...CALL, callDuration: '={{ $json.seconds }}' },
			{ items },
		);
		expect(thrown?.message).toBe(
			"Item 212 of 300: 'Call Duration (Seconds)' must be a whole number from 0 to 86400, in digits without commas and units",
		);
		expect(thrown?.description).toContain(
			'None of the 300 lead events were sent. Fix item 212 and run it again.',
		);
		// n8n would show it as [item 211].
		expect(thrown?.context.itemIndex).toBeUndefined();
		expect(success).toEqual([]);
		expect(requests()).toBe(0);
	});

	it('names every wrong field of an item, and the other items that are wrong', async () => {
		const { thrown } = await leadEvent(
			services,
			{ ...CALL, callDuration: '={{ $json.seconds }}', callAudioLink: '={{ $json.link }}' },
			{
				items: [
					{ seconds: 1, link: 'https://example.com/1' },
					{ seconds: 'x', link: 'y' },
					{ seconds: 'z', link: 'https://example.com/3' },
				],
			},
		);
		expect(thrown?.message).toContain("Item 2 of 3: 'Call Duration (Seconds)' must");
		expect(thrown?.message).toContain("'Call Audio Link' must");
		expect(thrown?.description).toMatch(/^Item 3 of 3: 'Call Duration \(Seconds\)' must/m);
	});

	it('names the other ways when a phone number was dragged into a field, which n8n sets to By ID then', async () => {
		const parameters = { ...CALL, leadId: byId('={{ $json.from }}') };
		const { thrown } = await leadEvent(services, parameters, { items: [{ from: '(512) 555-0100' }] });
		expect(thrown?.message).toMatch(
			/^'Lead' must be a lead's Propexo ID: .*set the first box of the field to 'By Email' or 'By Phone Number' or 'By PMS ID'$/,
		);
	});

	it('tells what is the same of several items once, with their numbers', async () => {
		const seconds = Array.from({ length: 300 }, (_, index) => (index === 4 || index === 6 ? '' : 'x'));
		const { thrown } = await leadEvent(
			services,
			{ ...CALL, callDuration: '={{ $json.seconds }}' },
			{ items: seconds.map((one) => ({ seconds: one })) },
		);
		expect(thrown?.message).toContain("Item 1 of 300: 'Call Duration (Seconds)' must");
		const [, others, all] = thrown?.description?.split('\n\n') ?? [];
		expect(others).toMatch(
			/^The same is true of items 2–4, 6, 8–300\. Item 5 of 300: .*\. The same is true of item 7\.$/,
		);
		expect(all).toMatch(/^None of the 300 lead events were sent/);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'sends the right items under %s and fails the wrong one',
		async (onError) => {
			const items = [{ seconds: 1 }, { seconds: 'x' }, { seconds: 3 }];
			const result = await leadEvent(
				services,
				{ ...CALL, callDuration: '={{ $json.seconds }}' },
				{ items, onError },
			);
			expect(
				services.emulator.propexo.ledger.created.map(
					({ body }) => (body as IDataObject).call_duration,
				),
			).toEqual([1, 3]);
			const failed =
				onError === 'continueErrorOutput'
					? result.error
					: result.success.filter(({ json }) => 'error' in json);
			expect(failed).toHaveLength(1);
			expect(failed[0]?.pairedItem).toEqual({ item: 1 });
			expect(failed[0]?.json).toMatchObject({
				error: "Item 2 of 3: 'Call Duration (Seconds)' must be a whole number from 0 to 86400, in digits without commas and units",
				details: { outcome: 'not sent', item: 2, fields: [{ field: 'Call Duration (Seconds)' }] },
			});
			expect(
				result.success.filter(({ json }) => 'job_id' in json).map(({ pairedItem }) => pairedItem),
			).toEqual([{ item: 0 }, { item: 2 }]);
		},
	);

	it('refuses a base URL that would show the token', async () => {
		const { thrown } = await services.engine.run({
			node: 'propexo',
			parameters: {
				resource: 'leadEvent',
				operation: 'create',
				integrationId: byId('int_any'),
				leadId: byId('lead_1'),
			},
			credentials: {
				propexoApi: {
					environment: 'custom',
					baseUrl: 'http://api.example.com',
					token: 'secret-token',
				},
			},
		});
		expect(thrown?.message).toContain("'Base URL'");
		expect(thrown?.description).toContain('https://');
	});
});
