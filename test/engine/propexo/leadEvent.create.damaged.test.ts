import type { IDataObject } from 'n8n-workflow';

import { byId } from '../support/services.ts';
import { CALL } from './support/samples.ts';
import { useValues } from './support/values.ts';

const { requests, outcome } = useValues();

describe('What was damaged on its way', () => {
	const from = (value: unknown) => ({ value: value as IDataObject });
	const VALUE = '={{ $json.value }}';
	const EMAIL = { eventKind: 'email', emailDirection: 'incoming' };

	/** The text goes out as it is, and one hint asks about it. */
	async function expectHint(text: string, parameters: IDataObject, hint: RegExp): Promise<void> {
		const sent = await outcome(parameters, from(text));
		expect(JSON.stringify(sent)).toContain(text);
		expect(sent).toMatchObject({ hints: [expect.stringMatching(hint)] });
	}

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
			'a missing part of a text that is cut',
			{ notes: "={{ ('Tour with ' + $json.agent).slice(0, 256) }}" },
			{},
			"'Notes' holds the text undefined in place of {{ $json.agent }}",
		],
		[
			'a missing part of two fields',
			{ notes: '={{ ($json.agent + $json.at).toUpperCase() }}' },
			{ agent: 'Jo ' },
			"'Notes' holds the text undefined in place of {{ $json.at }}",
		],
		[
			'a missing part behind a condition',
			{ notes: "={{ $json.agent ? 'Tour with ' + $json.agent + ', ' + $json.team : '' }}" },
			{ agent: 'Jo' },
			"'Notes' holds the text undefined in place of {{ $json.team }}",
		],
		[
			'a missing part in place of another text',
			{ notes: "={{ $json.text || 'Dear ' + $json.name }}" },
			{},
			"'Notes' holds the text undefined in place of {{ $json.name }}",
		],
		[
			'a calculation behind a condition',
			{ notes: '={{ $json.value && `Rent: ${$json.rent * 12}` }}' },
			from('x'),
			"'Notes' holds the text NaN in place of {{ $json.rent * 12 }}",
		],
		[
			'a missing part of a date',
			{ eventDatetime: "={{ $json.day + ' ' + $json.time }}" },
			{ day: '2026-03-01' },
			"'Event Date and Time' holds the text undefined in place of {{ $json.time }}: the item has no such field",
		],
		[
			'a part of a date that is null',
			{ eventDatetime: "={{ $json.day ? `${$json.day}T${$json.time}` : '' }}" },
			{ day: '2026-03-01', time: null },
			"'Event Date and Time' holds the text null in place of {{ $json.time }}",
		],
		[
			'a part of a number',
			{ ...CALL, callDuration: "={{ $json.minutes + $json.seconds + '' }}" },
			{ minutes: '1' },
			"'Call Duration (Seconds)' holds the text undefined in place of {{ $json.seconds }}",
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
		...['String($json.value)', '$json.value.toString()', "$json.value ? 'x' + $json.value : ''"].map(
			(code): [string, IDataObject, IDataObject, string] => [
				`a rounded number that was made a text: ${code}`,
				{ leadId: byId(`={{ ${code} }}`) },
				from(8_202_522_731_445_525_542),
				'a number of more than 15 digits',
			],
		),
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
		['a missing part that is cut off', { notes: "={{ ('# 5 ' + $json.none).slice(0, 3) }}" }, {}, '# 5'],
		['a grandmother', { notes: VALUE }, from('nan is coming along'), 'nan is coming along'],
	])('is not found in what people write: %s', async (_what, parameters, item, notes) => {
		expect(await outcome(parameters, item)).toMatchObject({ notes });
	});

	describe('in a text of several rows, or the subject of an email, that somebody else wrote', () => {
		const TEXTS = ['He sent [object Object], twice', 'The form says {{ $99 }} deposit'];

		it.each(TEXTS)('is recorded, and a hint asks: %s', async (text) => {
			for (const parameters of [
				{ notes: VALUE },
				{ notes: '=From the form: {{ $json.value }}' },
				{ ...EMAIL, emailBody: VALUE },
				{ ...EMAIL, emailSubject: VALUE },
			])
				await expectHint(
					text,
					parameters,
					/^'(Notes|Email Body|Email Subject)' holds (\[object Object\]|an expression)/,
				);
		});

		it.each(['Hi {{first_name}}, your tour', 'Your quote {Name:1}'])(
			'is recorded with a merge field among its words, and a hint asks: %s',
			async (text) =>
				await expectHint(
					text,
					{ ...EMAIL, emailSubject: VALUE },
					/^'Email Subject' holds an expression/,
				),
		);

		it.each(['[4512]', '{}', '["a"]', 'Email Subject', '"Tour"'])(
			'is recorded as it is, also where it looks like a list or an object: %s',
			async (text) =>
				expect(await outcome({ ...EMAIL, emailSubject: VALUE }, from(text))).toMatchObject({
					email_subject: text,
				}),
		);

		it.each<[string, IDataObject, IDataObject]>([
			[
				'an object in the expression',
				{ notes: '=Tour: {{ $json.value }} and {{ $json.more }}' },
				{ value: 'x', more: {} },
			],
			['a list of objects', { notes: "={{ 'Tours: ' + $json.value }}" }, { value: [{}] }],
			['a part that is an expression', { notes: '=For {{ $json.value }}!' }, from('{{ $json.name }}')],
			['a fixed text', { notes: 'For {{ $json.name }}!' }, {}],
			[
				'a title',
				{ additionalFields: { title: '={{ $json.value }}' } },
				from('He sent [object Object], twice'),
			],
			['a fixed subject', { ...EMAIL, emailSubject: 'Hi {{first_name}}' }, {}],
		])(
			'is refused where the workflow made it, and in a text of one line: %s',
			async (_what, parameters, item) => {
				expect(await outcome(parameters, item)).toMatch(/^'(Notes|Title|Email Subject)' holds /);
				expect(requests()).toBe(0);
			},
		);
	});

	it.each(['$now', "new Date('2026-03-01T14:30:00-06:00')"])(
		'a date object is written as ISO in a text, at the top and in a collection: %s',
		async (code) => {
			for (const parameters of [
				{ notes: `={{ ${code} }}` },
				{ additionalFields: { title: `={{ ${code} }}` } },
			] as IDataObject[]) {
				const { notes, title = notes } = (await outcome(parameters)) as IDataObject;
				expect(title).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/);
			}
		},
	);

	it('a date object that is no date is refused in a text', async () => {
		for (const code of ["new Date('x')", "DateTime.fromISO('x')"])
			expect(await outcome({ notes: `={{ ${code} }}` })).toContain("'Notes' is an invalid date");
	});

	it.each<[string, IDataObject]>([
		['its offset', { eventDatetime: '={{ $json.day }}T14:30:00{{ $json.part }}' }],
		['its AM or PM', { eventKind: 'show', timeFrom: '=2:30 {{ $json.part }}' }],
		[
			'its AM or PM, in a list',
			{ eventDatetime: "={{ [$json.day, '2:30', $json.part].join(' ').trim() }}" },
		],
		[
			'its AM or PM, behind a condition',
			{ eventDatetime: "={{ $json.day ? [$json.day, '2:30', $json.part].join(' ').trim() : '' }}" },
		],
		[
			'its AM or PM, where there is no other date',
			{ eventDatetime: "={{ $json.when || [$json.day, '2:30', $json.part].join(' ').trim() }}" },
		],
	])('a time without %s, which its expression did not find, is refused', async (_part, parameters) => {
		const event = { eventDatetime: '2026-03-01T14:30:00Z', ...parameters };
		for (const part of [null, ''])
			expect(await outcome(event, { day: '2026-03-01', part })).toMatch(
				/' is not complete: \{\{ \$json\.part \}\} found nothing in the item/,
			);
		expect(requests()).toBe(0);
		const allowed = JSON.parse(
			JSON.stringify(event).replace('$json.part', "($json.part ?? '')"),
		) as IDataObject;
		for (const part of [null, ''])
			expect(await outcome(allowed, { day: '2026-03-01', part })).toMatchObject({ hints: [] });
	});

	it.each<[string, string]>([
		['AM or PM', String.raw`={{ $json.day }} 2:30 {{ String($json.part).replace(/[^APM]/gi, '') }}`],
		['offset', String.raw`={{ $json.day }}T14:30:00{{ String($json.part).replace(/[^0-9:+-]/g, '') }}`],
		['offset', String.raw`={{ ($json.day + 'T14:30:00' + $json.part).replace(/[a-z]+$/, '') }}`],
		['time', '={{ $json.day }} {{ String($json.part).slice(11, 16) }}'],
	])('a time without its %s, which its expression takes away, is refused: %s', async (_part, written) => {
		for (const part of [null, undefined])
			expect(await outcome({ eventDatetime: written }, { day: '2026-03-01', part })).toMatch(
				/' is not complete: \{\{ \$json\.part \}\} found nothing in the item/,
			);
		expect(requests()).toBe(0);
	});

	it('a date that is cut out of a longer text may lack what follows it', async () => {
		const eventDatetime = "={{ ($json.day + 'T14:30:00Z ' + $json.part).slice(0, 20) }}";
		expect(await outcome({ eventDatetime }, { day: '2026-03-01' })).toMatchObject({ hints: [] });
	});

	it.each([
		"$json.day + 'T14:30:00' + ($json.part ? ' ' + $json.part : '')",
		"$json.day + 'T14:30:00' + ($json.part == null ? '' : $json.part)",
		"$json.day + 'T14:30:00' + ($json.none && ' ' + $json.none)",
		"[$json.day + 'T14:30:00', $json.part].filter(Boolean).join('')",
		"($json.day && $json.day + 'T14:30:00') || $json.part",
		"($json.part ?? $json.day) + 'T14:30:00'",
	])('a part of a time that the expression leaves out is not asked for: %s', async (code) => {
		expect(
			await outcome({ eventDatetime: `={{ ${code} }}` }, { day: '2026-03-01', part: null, none: '' }),
		).toMatchObject({
			event_datetime: expect.stringContaining('2026-03-01T14:30:00') as string,
			hints: [],
		});
	});

	it.each(['Dear undefined, see you', 'Rent: NaN a month', 'At Invalid DateTime', 'It was Invalid Date'])(
		'a text with such a word among its others is sent, and a hint asks: %s',
		async (text) => {
			for (const parameters of [
				{ notes: VALUE },
				{ notes: text },
				{ ...EMAIL, emailSubject: VALUE },
				{ ...EMAIL, emailBody: VALUE },
			])
				await expectHint(
					text,
					parameters,
					/ holds (undefined|NaN|Invalid Date(Time)?)\. Check whether/,
				);
		},
	);

	it.each(['undefinedness of it all', 'Nan is coming along', 'Annan', 'an invalid date was given'])(
		'a word that is only like it is not asked about: %s',
		async (notes) => expect(await outcome({ notes: VALUE }, from(notes))).toMatchObject({ hints: [] }),
	);

	it.each([
		'https://example.com/calls/undefined.mp3',
		'https://undefined/1',
		'https://example.com/?id=undefined',
	])('a link that came damaged is sent, and a hint asks: %s', async (link) => {
		for (const callAudioLink of [VALUE, link])
			expect(await outcome({ ...CALL, callAudioLink }, from(link))).toMatchObject({
				call_audio_link: link,
				hints: [expect.stringMatching(/^'Call Audio Link' holds undefined\. Check whether/)],
			});
	});

	const PART = '$json.part';
	const PARTLY: Array<[string, IDataObject]> = [
		['a phone number', { ...CALL, callPhoneNumberFrom: `=+1512555{{ ${PART} }}0100` }],
		['a link', { ...CALL, callAudioLink: `=https://example.com/{{ ${PART} }}.mp3` }],
		['an email', { ...EMAIL, emailFrom: `=lead+{{ ${PART} }}@example.com` }],
		['an ID', { leadId: byId(`=lead_1{{ ${PART} }}`) }],
	];
	const swallowed = (parameters: IDataObject, code: string): IDataObject =>
		JSON.parse(
			JSON.stringify(parameters).replace(PART, JSON.stringify(code).slice(1, -1)),
		) as IDataObject;

	it.each(PARTLY)(
		'%s is told without its part: missing, empty, or taken away by a method',
		async (_, given) => {
			const hints = [
				expect.stringMatching(/ is not complete: \{\{ .* \}\} found nothing in the item\.$/),
			];
			for (const part of [null, '']) expect(await outcome(given, { part })).toMatchObject({ hints });
			const taken = swallowed(given, String.raw`String($json.part).replace(/\D/g, '')`);
			expect(await outcome(taken)).toMatchObject({ hints });
			expect(await outcome(swallowed(given, "$json.part ?? ''"), { part: '' })).toMatchObject({
				hints: [],
			});
		},
	);

	it('an ID or a link with a part that found nothing is sent as it is, and told', async () => {
		const parameters = { ...CALL, callAudioLink: '=https://example.com/{{ $json.sid }}' };
		expect(await outcome(parameters)).toMatchObject({
			call_audio_link: 'https://example.com/',
			hints: ["'Call Audio Link' is not complete: {{ $json.sid }} found nothing in the item."],
		});
		expect(await outcome(parameters, { sid: '5' })).toMatchObject({ hints: [] });
	});
});
