import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { byId, useServices } from '../support/services.ts';
import { leasingEvent } from './support/run.ts';

const services = useServices();

const created = () => services.emulator.rentEngine.ledger.created.map(({ body }) => body as IDataObject);
const assign = { assignedToUserIds: [RENTENGINE_USERS[0]?.id] };
const other = { eventType: 'other', customEventType: 'Log Note' };
const DIRTY = 'a\u0000b\u0007\tc\r\nd\u009b\ud83d';
const CLEAN = 'ab\tc\r\nd';

it('Texts and JSON are sent without control characters and halves of characters', async () => {
	await leasingEvent(
		services,
		{
			...other,
			additionalFields: { notes: '={{ $json.text }}' },
			context: '={{ { [$json.text]: [$json.text, { deep: $json.text }] } }}',
		},
		{ items: [{ text: DIRTY }] },
	);
	const [request] = services.emulator.rentEngine.ledger.requests.filter(({ method }) => method === 'POST');
	expect(request?.body).toMatchObject({
		events: [{ notes: CLEAN, context: { [CLEAN]: [CLEAN, { deep: CLEAN }] } }],
	});
});

it('A text of one line goes out as it is meant, and false is no text', async () => {
	const { success } = await leasingEvent(
		services,
		{
			...{ eventType: 'other', customEventType: '={{ $json.type }}' },
			additionalFields: { source: '={{ $json.source }}', notes: '={{ $json.notes }}' },
		},
		{
			items: [
				{ type: ' Log\u200b Note\u00a0', source: '\ufeffEmail ', notes: 'Line 1\u000bLine 2' },
				{ type: false },
				{ type: 'Log Note', notes: true },
			],
			onError: 'continueRegularOutput',
		},
	);
	const posts = services.emulator.rentEngine.ledger.requests.filter(({ method }) => method === 'POST');
	expect(posts.map(({ body }) => body)).toMatchObject([
		{ events: [{ event_type: 'Log Note', source: 'Email', notes: 'Line 1\nLine 2' }] },
	]);
	expect(success.slice(1).map(({ json }) => json.error)).toEqual([
		expect.stringContaining("'Custom Event Type' is false instead of a value"),
		expect.stringContaining("'Notes' is true instead of a value"),
	]);
});

it.each([
	[
		'a prospect',
		{ ...assign, prospectId: byId('={{ $json.value }}') },
		'undefined',
		"'Prospect' is the text undefined",
	],
	[
		'a prospect that was shortened',
		{ ...assign, prospectId: byId('={{ $json.value }}') },
		'1.2E+05',
		"'Prospect' is a number that a spreadsheet",
	],
	[
		'a prospect beyond 2^53',
		{ ...assign, prospectId: byId('={{ $json.value }}') },
		9_007_199_254_740_993,
		"'Prospect' is a number of more than 15 digits",
	],
	[
		'notes',
		{ ...assign, additionalFields: { notes: '=Note: {{ $json.value }}' } },
		{ a: 1 },
		"'Notes' holds [object Object]",
	],
	[
		'context',
		{ ...other, context: '={{ { text: "" + $json.value } }}' },
		{ a: 1 },
		"'Context (JSON)' holds [object Object]",
	],
	[
		'a text in context',
		{ ...other, context: '={{ { unit: { name: "" + $json.value.name } } }}' },
		{ a: 1 },
		"'Context (JSON)' holds the text undefined",
	],
	[
		'an ID in context',
		{ ...other, context: '{"unit": 8202522731445525542}' },
		'',
		"'Context (JSON)' holds a number of more than 15 digits",
	],
] as Array<[string, IDataObject, unknown, string]>)(
	'What was damaged on its way is refused and nothing is sent: %s',
	async (_what, parameters, value, message) => {
		const { thrown } = await leasingEvent(services, parameters, {
			items: [{ value: value as IDataObject }],
		});
		expect(thrown?.message).toContain(message);
		expect(created()).toEqual([]);
	},
);

it.each([
	["{ when: new Date('x') }", 'Invalid Date'],
	["{ tours: [{ when: DateTime.fromISO('x') }] }", 'Invalid DateTime'],
])('A context with a date that could not be read is refused: %s', async (code, mark) => {
	services.emulator.rentEngine.settings.eventTypes = ['Log Note'];
	const { thrown } = await leasingEvent(services, { ...other, context: `={{ ${code} }}` }, { items: [{}] });
	expect(created()).toEqual([]);
	expect(thrown?.message).toContain(
		`'Context (JSON)' holds the text ${mark}: it comes from a date that could not be read`,
	);
});

it('A date in the context goes out as an ISO text', async () => {
	services.emulator.rentEngine.settings.eventTypes = ['Log Note'];
	const context = "={{ { at: [new Date(0), DateTime.fromISO('2026-03-01T14:30', { zone: 'UTC' })] } }}";
	await leasingEvent(services, { ...other, context }, { items: [{}] });
	expect(created()).toMatchObject([
		{ context: { at: ['1970-01-01T00:00:00.000Z', '2026-03-01T14:30:00.000Z'] } },
	]);
});

it('Notes that somebody else wrote are recorded with an expression or an object among their words, and a hint asks', async () => {
	for (const notes of ['He sent [object Object], twice', 'The form says {{ $99 }} deposit']) {
		const additionalFields = { notes: '={{ $json.notes }}' };
		const { hints } = await leasingEvent(
			services,
			{ ...assign, additionalFields },
			{ items: [{ notes }] },
		);
		expect(created().at(-1)).toMatchObject({ notes });
		expect(hints.map(({ message }) => message).join()).toMatch(/^'Notes' holds (\[object|an expression)/);
	}
});

it('A date object in the notes is written as ISO', async () => {
	for (const code of ['$now', 'new Date(0)']) {
		await leasingEvent(
			services,
			{ ...assign, additionalFields: { notes: `={{ ${code} }}` } },
			{ items: [{}] },
		);
		expect(created().at(-1)?.notes).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/);
	}
});

it('A part of the notes that found nothing is refused, behind a condition too', async () => {
	const notes = "={{ $json.agent ? 'Assigned to ' + $json.agent + ', ' + $json.team : '' }}";
	const { thrown } = await leasingEvent(
		services,
		{ ...assign, additionalFields: { notes } },
		{ items: [{ agent: 'Jo' }] },
	);
	expect(thrown?.message).toContain("'Notes' holds the text undefined in place of {{ $json.team }}");
	expect(created()).toEqual([]);
});

it('A part of the context that found nothing is told', async () => {
	services.emulator.rentEngine.settings.eventTypes = ['Log Note'];
	const context = '={"unit": "{{ $json.unit }}", "by": "agent"}';
	const { thrown, hints } = await leasingEvent(services, { ...other, context }, { items: [{}] });
	expect(thrown).toBeUndefined();
	expect(hints.map(({ message }) => message)).toEqual([
		"'Context (JSON)' is not complete: {{ $json.unit }} found nothing in the item.",
	]);
});

it('Users of whom an expression found only some get the prospect, and a hint says so', async () => {
	const [{ id }] = RENTENGINE_USERS;
	const assignedToUserIds = `=${id}, {{ $json.other }}`;
	const { hints } = await leasingEvent(services, { assignedToUserIds }, { items: [{}] });
	expect(created()).toMatchObject([{ context: { assignedToUserIds: [id] } }]);
	expect(hints.map(({ message }) => message)).toEqual([
		"'Assign to Users' is not complete: {{ $json.other }} found nothing in the item.",
	]);
});

it('Choices are taken as the editor shows them, in any letter case', async () => {
	await leasingEvent(
		services,
		{
			...assign,
			eventType: '={{ "assign to user" }}',
			additionalFields: { source: '={{ $json.source }}' },
		},
		{ items: [{ source: 'phone_call' }, { source: 'WHATSAPP' }] },
	);
	const sources = services.emulator.rentEngine.ledger.requests.map(
		({ body }) => ((body as IDataObject).events as IDataObject[])[0]?.source,
	);
	expect(sources).toEqual(['Phone Call', 'WhatsApp']);
});
