import { byHand, chosen, node, settled, type Editor } from '../support/editor.ts';
import {
	addable,
	choose,
	chooseMode,
	field,
	fieldsWhenLike,
	input,
	item,
	openList,
	parameters,
	shownFields,
	wholePanel,
} from '../support/panel.ts';
import { picture } from '../support/picture.ts';

/*
 * The lists are written from the two API pages, not from the nodes.
 */

const HEAD = ['Resource', 'Operation', 'Integration', 'Lead', 'Event Kind'];
/** The PMS of the chosen integration, Entrata, goes by event types. */
const EVERY_KIND = ['Event Type', 'Event Date and Time', 'Notes'];
/** No PMS is known. */
const OF_ANY_PMS = ['Event Name', ...EVERY_KIND];
const ID = 'Event ID in Your System';
const TAIL = [ID, 'Additional Fields', 'Options'];

const CALL = [
	'Caller Phone Number',
	'Called Phone Number',
	'Call Status',
	'Call Duration (Seconds)',
	'Call Audio Link',
];
const EMAIL = [
	'Email Direction',
	'Email From',
	'Email To',
	'Email Subject',
	'Email Body',
	'Email CC',
	'Email BCC',
	'Send Email',
];
const VISIT = ['Appointment Date and Time', 'Time From', 'Time To', 'Unit'];

const KINDS: Array<[kind: string, fields: string[]]> = [
	['General', []],
	['Call', CALL],
	['Email', EMAIL],
	['Appointment', VISIT],
	['Show', VISIT],
];

/** Fields that are seldom needed. */
const SELDOM = [
	'Agent Name',
	'Call Recording URL',
	'Employee',
	'Event Result',
	'Event Sub Type',
	'Lead Source',
	'Property',
	'Reasons for Event',
	'Rent Amount (Dollars)',
	'Status',
	'Title',
];

const WRITE_OPTIONS = [
	'Add Delivery Details',
	'Preview Only',
	'If Outcome Is Unknown',
	'If Several Match',
	'Items Without ID',
	'Same ID, Other Event',
	'Simplify',
	'Timeout (Seconds)',
];
/** An assignment has no dates. */
const ASSIGNMENT_OPTIONS = [...WRITE_OPTIONS, 'Look Back (Days)'];
const PROPEXO_OPTIONS = [
	...WRITE_OPTIONS,
	'Date Format',
	'Time Zone',
	'Ignore Unknown Fields',
	'Shorten Notes',
	'Wait for Result',
	'Wait Timeout (Seconds)',
];

const inOrder = (names: string[]): string[] => [...names].sort((a, b) => a.localeCompare(b));

const propexo = (parameters: Record<string, unknown> = {}) => node('propexo', 'Propexo', parameters);
const rentEngine = (parameters: Record<string, unknown> = {}) => node('rentEngine', 'RentEngine', parameters);

/** Whose event it is; what is left to fill in is what the kind of event asks for. */
const somebody = {
	integrationId: chosen('int_entrata_1', 'Lakeview Entrata (Entrata)'),
	leadId: chosen('lead_2', 'Dana Brooks (dana.brooks2@example.com)'),
};

/** Which fields each kind of event shows. */
export function fields(editor: () => Editor): void {
	describe('Propexo, a lead event', () => {
		it.each(KINDS)('shows what belongs to the kind %s, and nothing else', async (kind, own) => {
			const page = await editor().open([byHand(), propexo(somebody)], 'Propexo');
			await choose(page, 'eventKind', kind);
			const expected = [...HEAD, ...EVERY_KIND, ...own, ...TAIL];
			expect(await fieldsWhenLike(page, expected)).toEqual(expected);
			await wholePanel(page, `propexo-${kind.toLowerCase()}`);
			// What belongs to other kinds can be added: the API takes it beside any.
			const others = [...CALL, ...EMAIL, ...VISIT].filter(
				(name) => !own.includes(name) && name !== 'Email Direction',
			);
			expect(await addable(page, 'Additional Fields')).toEqual(inOrder([...SELDOM, ...others]));
		});

		it.each(['$json.kind', "'call'"])('shows what belongs to any kind when %s gives it', async (code) => {
			const byExpression = { ...somebody, eventKind: `={{ ${code} }}` };
			const page = await editor().open([byHand(), propexo(byExpression)], 'Propexo');
			const expected = [...HEAD, ...EVERY_KIND, ...CALL, ...EMAIL, ...VISIT, ...TAIL];
			expect(await fieldsWhenLike(page, expected)).toEqual(expected);
			if (code !== "'call'") await wholePanel(page, 'propexo-expression');
		});

		it('goes back to the fields of one kind when the expression is taken away', async () => {
			const page = await editor().open([byHand(), propexo({ eventKind: "={{ 'call' }}" })], 'Propexo');
			const every = [...HEAD, ...OF_ANY_PMS, ...CALL, ...EMAIL, ...VISIT, ...TAIL];
			expect(await fieldsWhenLike(page, every)).toEqual(every);
			await item(page, 'Event Kind').hover();
			await item(page, 'Event Kind').getByText('Fixed', { exact: true }).click();
			const expected = [...HEAD, ...OF_ANY_PMS, ...CALL, ...TAIL];
			expect(await fieldsWhenLike(page, expected)).toEqual(expected);
		});

		const SAID = ['Event Name', 'Event Type'];

		it.each([
			['lead', ['Event Type'], SAID],
			['applicant', ['Event Type'], SAID],
			['resident', ['Event Type'], []],
		])(
			'shows of a new event (%s) what the PMS of the chosen integration goes by',
			async (person, entrata, buildium) => {
				const parameters = { resource: `${person}Event` };
				const page = await editor().open([byHand(), propexo(parameters)], 'Propexo');
				const like = async (wanted: string[]) =>
					await settled(
						async () => (await shownFields(page)).filter((label) => SAID.includes(label)),
						(shown) => shown.join() === wanted.join(),
					);
				expect(await like(SAID)).toEqual(SAID);
				for (const [name, wanted] of [
					['Lakeview Entrata (Entrata)', entrata],
					['Harbor Buildium (Buildium)', buildium],
					['Lakeview Entrata (Entrata)', entrata],
				] as const) {
					await openList(page, 'integrationId');
					await page.getByTestId('rlc-item').filter({ visible: true, hasText: name }).click();
					expect(await like(wanted)).toEqual(wanted);
				}
				// By its ID, nobody knows the PMS.
				await chooseMode(page, 'integrationId', 'By ID');
				expect(await like(SAID)).toEqual(SAID);
			},
		);

		it('keeps an event name that was filled in before the PMS was changed, and says to empty it', async () => {
			const page = await editor().open(
				[byHand(), propexo({ integrationId: chosen('int_yardi_1', 'Cedar Group Yardi (Yardi)') })],
				'Propexo',
			);
			const name = page.getByTestId('resource-locator-eventName').getByTestId('rlc-input');
			await openList(page, 'eventName');
			await page.getByTestId('rlc-item').filter({ visible: true, hasText: 'SelfGuidedTour' }).click();
			await openList(page, 'integrationId');
			await page
				.getByTestId('rlc-item')
				.filter({ visible: true, hasText: 'Lakeview Entrata (Entrata)' })
				.click();
			await parameters(page).getByText('does not use it: empty it').waitFor();
			expect(await name.inputValue()).toBe('SelfGuidedTour');
			await item(page, 'Event Name').scrollIntoViewIfNeeded();
			await picture(page, 'event-name-of-another-pms');
			// Another way to give it begins with nothing.
			await chooseMode(page, 'eventName', 'By Name');
			await name.fill('');
			await item(page, 'Event Name').waitFor({ state: 'detached' });
			expect(await shownFields(page)).toContain('Event Type');
		});

		it('demands the sender of an outgoing email and leaves that of an incoming one to the user', async () => {
			const page = await editor().open([byHand(), propexo({ eventKind: 'email' })], 'Propexo');
			const marks = parameters(page)
				.locator('.parameter-item', { hasText: 'Email From' })
				.getByTestId('parameter-issues');
			await marks.first().waitFor();
			await choose(page, 'emailDirection', 'Incoming');
			await marks.first().waitFor({ state: 'detached' });
			expect(await field(page, 'emailFrom').count()).toBe(1);
		});

		const FROM_A_PHONE = { kind: 'Call', status: 'no-answer' };

		it.each([
			[
				'a word of a phone system',
				{ eventKind: 'call', callStatus: '={{ $json.status }}' },
				'no-answer',
			],
			["a choice's name, and a choice that is not made", { eventKind: '={{ $json.kind }}' }, 'Call'],
		])('marks nothing as wrong that is taken: %s', async (_, given, value) => {
			const jsonOutput = JSON.stringify(FROM_A_PHONE);
			const before = node('n8n-nodes-base.set', 'Before', { mode: 'raw', jsonOutput });
			const nodes = [byHand(), { ...before, typeVersion: 3.4 }, propexo({ ...somebody, ...given })];
			const page = await editor().open(nodes, 'Propexo');
			await input(page).getByText('Execute previous nodes').click();
			await parameters(page).getByText(value, { exact: true }).waitFor();
			for (const label of ['Event Kind', 'Call Status']) {
				const marks = item(page, label).getByTestId('parameter-issues');
				expect([label, await marks.count()]).toEqual([label, 0]);
			}
		});

		it('marks a call without its status and its duration', async () => {
			const page = await editor().open(
				[byHand(), propexo({ ...somebody, eventKind: 'call' })],
				'Propexo',
			);
			for (const label of ['Call Status', 'Call Duration (Seconds)'])
				await item(page, label).getByTestId('parameter-issues').first().waitFor();
		});

		it('offers its options in alphabetical order', async () => {
			const page = await editor().open([byHand(), propexo()], 'Propexo');
			expect(await addable(page, 'Options')).toEqual(inOrder(PROPEXO_OPTIONS));
		});
	});

	describe('RentEngine, a leasing event', () => {
		const ABOVE = ['Resource', 'Operation', 'Prospect', 'Event Type'];

		it('shows who gets the prospect for Assign to User', async () => {
			const page = await editor().open([byHand(), rentEngine()], 'RentEngine');
			const own = ['Choose Users', 'Assign to Users', 'Assignment', 'Apply Action in Bulk'];
			const expected = [...ABOVE, ...own, ...TAIL];
			expect(await fieldsWhenLike(page, expected)).toEqual(expected);
			await field(page, 'assignedToUserIds').locator('input:enabled:not([readonly])').click();
			const users = page.getByRole('option').filter({ visible: true });
			await users.first().waitFor();
			expect(await users.first().innerText()).toMatch(/^[\da-f-]{36}/);
			await page.keyboard.press('Escape');
			await wholePanel(page, 'rentengine-assign');
			expect(await addable(page, 'Additional Fields')).toEqual(['Notes', 'Source']);
			expect(await addable(page, 'Options')).toEqual(inOrder(ASSIGNMENT_OPTIONS));
		});

		it('warns before an assignment of every prospect with the same number', async () => {
			const page = await editor().open([byHand(), rentEngine()], 'RentEngine');
			await field(page, 'applyActionInBulk').click();
			const warning = parameters(page).getByRole('alert');
			await warning.waitFor();
			expect(await warning.innerText()).toMatch(/reassigns every prospect with the same phone number/);
		});

		it('asks for the type and its context for any other event', async () => {
			const page = await editor().open([byHand(), rentEngine()], 'RentEngine');
			await choose(page, 'eventType', 'Other');
			const expected = [...ABOVE, 'Custom Event Type', 'Context (JSON)', ...TAIL];
			expect(await fieldsWhenLike(page, expected)).toEqual(expected);
			await wholePanel(page, 'rentengine-other');
		});
	});

	describe('reading', () => {
		const SEARCHES: Array<[resource: string, operation: string, type: string, fields: string[]]> = [
			['leadEvent', 'get', 'propexo', ['Event']],
			['leadEvent', 'getAll', 'propexo', ['Return All', 'Limit']],
			['lead', 'getAll', 'propexo', ['Return All', 'Limit']],
			['writeJob', 'getStatus', 'propexo', ['Job ID']],
			['leasingEvent', 'getAll', 'rentEngine', ['Prospect', 'Return All', 'Limit']],
			['prospect', 'getAll', 'rentEngine', ['Return All', 'Limit']],
			['unit', 'getAll', 'rentEngine', ['Return All', 'Limit']],
		];

		it.each(SEARCHES)('%s: %s shows what it needs', async (resource, operation, type, fields) => {
			const name = type === 'propexo' ? 'Propexo' : 'RentEngine';
			const page = await editor().open([byHand(), node(type, name, { resource, operation })], name);
			expect(await shownFields(page)).toEqual(
				expect.arrayContaining(['Resource', 'Operation', ...fields]),
			);
		});
	});
}
