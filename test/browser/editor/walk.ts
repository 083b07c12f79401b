import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../../support/n8nVersion.ts';
import { settled, VIEWPORT, type Editor } from '../support/editor.ts';
import { Hand } from '../support/hand.ts';
import { execute, field, input, output, scrollTo } from '../support/panel.ts';
import { pictureOfBoth, shot, type Part } from '../support/picture.ts';

/*
 * Three automations, built from nothing as a new user builds them. What that takes is counted, and stands in
 * docs/first-ten-minutes.md.
 */

/** What it takes to build an automation. */
interface Effort {
	nodes: number;
	clicks: number;
	drags: number;
	/** Texts that are typed, expressions among them. */
	texts: number;
	expressions: number;
}

/** The row of an automation in the page's table: its numbers, in the order of `Effort`. */
function promised(automation: string): Effort {
	const page = readFileSync(join(ROOT, 'docs', 'first-ten-minutes.md'), 'utf8');
	const row = page.split('\n').find((line) => line.startsWith(`| ${automation} `)) ?? '';
	const [nodes = NaN, clicks = NaN, drags = NaN, texts = NaN, expressions = NaN] = row
		.split('|')
		.slice(2)
		.map((cell) => Number(cell.trim()));
	return { nodes, clicks, drags, texts, expressions };
}

/** A call as a phone system posts it. */
const CALL = {
	call_id: 'call-4711',
	from: '+1 404 555 0000',
	to: '+1 512 555 0199',
	status: 'ANSWER',
	seconds: 184,
	recording: 'https://phone.example.com/recordings/4711.mp3',
	at: '2026-03-01T14:30:00-06:00',
	notes: 'Asked for a two-bedroom with parking',
};

const TOURS = [
	'name,email,unit,when,notes',
	'Dana Brooks,dana.brooks2@example.com,101,2026-03-01 14:30,Liked the view',
	'Tomas Kowalski,tomas.kowalski11@example.com,102,2026-03-02 10:00,Asked about pets',
].join('\n');

/** Each automation, built by a person who knows what to do. */
export function walk(editor: () => Editor): void {
	const page = (): Page => editor().page;
	let hand: Hand;

	const option = (name: string): Locator =>
		page()
			.getByRole('option')
			.filter({ visible: true, hasText: new RegExp(`^\\s*${name}`) })
			.first();
	const entry = (name: string): Locator =>
		page().getByTestId('item-iterator-item').filter({ visible: true, hasText: name }).first();
	const locator = (name: string): Locator => page().getByTestId(`resource-locator-${name}`);
	/** Where a value is dropped. */
	const boxOf = (name: string): Locator => field(page(), name).first();
	const boxOfRecord = (name: string): Locator => locator(name).getByTestId('rlc-input-container');
	/** A field of the input, as the left side shows it. */
	const given = (name: string): Locator =>
		input(page()).locator(`[data-target=mappable][data-name="${name}"]`).first();
	const firstPlus = (): Locator => page().getByTestId('canvas-plus-button');
	const nextPlus = (): Locator => page().getByTestId('canvas-handle-plus').filter({ visible: true }).last();

	/** Adds a node that is found by some words; of one with actions, this action. */
	async function add(plus: Locator, words: string, name: string, action?: string): Promise<void> {
		await hand.click(plus);
		const search = page().getByTestId('node-creator-search-bar');
		await search.waitFor();
		await hand.type(search.locator('input').or(search).last(), words);
		await hand.click(entry(name));
		if (action !== undefined) await hand.click(entry(action));
		await page().getByTestId('node-parameters').first().waitFor();
	}

	async function choose(name: string, shown: string): Promise<void> {
		await hand.click(field(page(), name));
		await hand.click(option(shown));
	}

	async function chooseRecord(name: string, shown: string): Promise<void> {
		await hand.click(locator(name).getByTestId('rlc-input'));
		await hand.click(page().getByTestId('rlc-item').filter({ visible: true, hasText: shown }).first());
	}

	async function findBy(name: string, mode: string): Promise<void> {
		await hand.click(locator(name).getByTestId('rlc-mode-selector'));
		await hand.click(option(mode));
	}

	async function typeExpression(label: string, name: string, expression: string): Promise<void> {
		const item = page()
			.locator('.parameter-item')
			.filter({ has: page().getByText(label, { exact: true }) })
			.last();
		await item.hover();
		await hand.click(item.getByTestId('radio-button-expression'));
		await hand.type(field(page(), name).locator('.cm-content').first(), expression);
	}

	const close = async (): Promise<void> => await hand.click(page().getByTestId('ndv-close-button').first());

	/**
	 * Opens the choices of a field. n8n asks for those of a new node before it has chosen the credential, and may not ask again;
	 * opened again, the panel asks again.
	 */
	async function openChoices(list: Locator, choices: Locator): Promise<void> {
		hand.clicks += 1;
		for (let tries = 0; tries < 3; tries++) {
			await list.click();
			const isThere = await choices
				.first()
				.waitFor({ timeout: 8_000 })
				.then(
					() => true,
					() => false,
				);
			if (isThere) return;
			await page().getByTestId('ndv-close-button').first().click();
			await page().getByTestId('canvas-node').last().dblclick();
		}
	}

	async function step(): Promise<void> {
		hand.clicks += 1;
		// n8n notes what was typed a moment later.
		await page().waitForTimeout(500);
		await execute(page());
	}

	/** Starts to listen, and sends until it is heard. */
	async function heard(send: () => Promise<Response>): Promise<void> {
		await hand.click(page().getByTestId('node-execute-button').first());
		const status = await settled(
			async () => (await send()).status,
			(one) => one === 200,
		);
		expect(status).toBe(200);
		await output(page()).getByTestId('ndv-data-container').waitFor();
		await output(page()).getByText('1 item').first().waitFor();
	}

	const effort = async (): Promise<Effort> => ({
		nodes: await page().getByTestId('canvas-node').count(),
		clicks: hand.clicks,
		drags: hand.drags,
		texts: hand.typed.length,
		expressions: hand.expressions.length,
	});

	/** The filled panel with its answer. What the sender's computer adds to each call, and what was sent, are closed. */
	async function panelShot(): Promise<Buffer> {
		await output(page()).getByText('Schema', { exact: true }).click();
		for (const [side, name] of [
			[input(page()), 'headers'],
			[output(page()), 'data'],
		] as const) {
			const long = side
				.getByTestId('run-data-schema-item')
				.filter({ hasText: new RegExp(`^${name}$`) });
			await long.locator('.toggle').click();
		}
		await scrollTo(page(), 'Integration');
		return await shot(page(), await boxAround(page().getByTestId('ndv').first()));
	}

	/** The nodes, in a picture as wide as that of the panel. */
	async function canvasShot(): Promise<Buffer> {
		await page().getByTestId('zoom-to-fit').click();
		await page().getByTestId('zoom-in-button').click();
		const first = await boxAround(page().getByTestId('canvas-node').first());
		const { width } = await boxAround(page().getByTestId('canvas-wrapper'));
		const x = VIEWPORT.width - width;
		return await shot(page(), { x, width, y: first.y - 60, height: first.height + 140 });
	}

	async function boxAround(what: Locator): Promise<Part> {
		const box = await what.boundingBox();
		if (!box) throw new Error('It is not to be seen');
		return box;
	}

	const recorded = () => editor().emulator.propexo.ledger.created.map(({ body }) => body);

	beforeEach(async () => {
		hand = new Hand(page());
		// n8n asks before it leaves what is not saved.
		await page().keyboard.press('Control+s');
		await page().evaluate(
			"history.pushState({}, '', '/workflow/new'); dispatchEvent(new PopStateEvent('popstate'))",
		);
		await firstPlus()
			.or(page().getByRole('button', { name: 'Save', exact: true }))
			.first()
			.waitFor();
		if (!(await firstPlus().isVisible()))
			await page().getByRole('button', { name: 'Save', exact: true }).click();
		await firstPlus().waitFor();
	});

	it('the call log: two nodes, and no expression is typed', async () => {
		await add(firstPlus(), 'webhook', 'Webhook');
		await choose('httpMethod', 'POST');
		await choose('responseMode', 'When Last Node Finishes');
		const path = await field(page(), 'path').locator('input').inputValue();
		const headers = { 'content-type': 'application/json' };
		await heard(
			async () =>
				await fetch(`${editor().n8n.url}/webhook-test/${path}`, {
					...{ method: 'POST', headers },
					body: JSON.stringify(CALL),
				}),
		);
		await close();

		await add(nextPlus(), 'call log', 'Propexo', 'Create lead event');
		await chooseRecord('integrationId', 'Lakeview Entrata');
		await findBy('leadId', 'By Phone Number');
		await choose('eventKind', 'Call');
		await chooseRecord('eventTypeId', 'Incoming Call');
		// From the last to the first: the result of an expression lies over the fields below it.
		const fields = [
			['call_id', 'deduplicationKey'],
			['recording', 'callAudioLink'],
			['seconds', 'callDuration'],
			['status', 'callStatus'],
			['to', 'callPhoneNumberTo'],
			['from', 'callPhoneNumberFrom'],
			['notes', 'notes'],
			['at', 'eventDatetime'],
		] as const;
		await hand.drag(given('from'), boxOfRecord('leadId'));
		for (const [name, parameter] of fields) await hand.drag(given(name), boxOf(parameter));
		await step();
		expect(recorded()).toEqual([
			expect.objectContaining({ lead_id: 'lead_2', call_status: 'ANSWER', call_duration: 184 }),
		]);

		const panel = await panelShot();
		await close();
		const spent = await effort();
		await pictureOfBoth(page(), 'hero', [await canvasShot(), panel]);
		expect(spent).toEqual(promised('Call log'));
	});

	it('tours from a CSV file: three nodes, one expression', async () => {
		await add(firstPlus(), 'form', 'n8n Form', 'On new n8n Form event');
		await hand.type(field(page(), 'formTitle').locator('input'), 'Tours');
		await hand.click(page().getByText('Add Form Element', { exact: true }));
		await hand.type(field(page(), 'fieldLabel').locator('input'), 'Spreadsheet');
		await choose('fieldType', 'File');
		const url = (
			await page()
				.getByText(/\/form-test\//)
				.first()
				.innerText()
		).replace(/\s/g, '');
		await heard(async () => {
			const form = new FormData();
			form.append('field-0', new Blob([TOURS], { type: 'text/csv' }), 'tours.csv');
			return await fetch(url, { method: 'POST', body: form });
		});
		// n8n opens the form for its user.
		for (const other of page().context().pages()) if (other !== page()) await other.close();
		await close();

		await add(nextPlus(), 'csv', 'Extract from File', 'Extract from CSV');
		await hand.type(field(page(), 'binaryPropertyName').locator('input'), 'Spreadsheet');
		await step();
		await close();

		await add(nextPlus(), 'tour', 'Propexo', 'Create lead event');
		await chooseRecord('integrationId', 'Lakeview Entrata');
		await findBy('leadId', 'By Email');
		await choose('eventKind', 'Show');
		await chooseRecord('eventTypeId', 'Show');
		await findBy('unitId', 'By Unit Number');
		await typeExpression(
			'Event ID in Your System',
			'deduplicationKey',
			'{{ $json.email }} {{ $json.when }}',
		);
		await hand.drag(given('email'), boxOfRecord('leadId'));
		await hand.drag(given('unit'), boxOfRecord('unitId'));
		await hand.drag(given('when'), boxOf('appointmentDatetime'));
		await hand.drag(given('notes'), boxOf('notes'));
		await hand.drag(given('when'), boxOf('eventDatetime'));
		await step();
		expect(recorded()).toEqual([
			expect.objectContaining({ lead_id: 'lead_2', notes: 'Liked the view', unit_id: 'unit_9' }),
			expect.objectContaining({ lead_id: 'lead_11', notes: 'Asked about pets' }),
		]);
		await close();
		expect(await effort()).toEqual(promised('Tours from CSV'));
	});

	it('a round robin: three nodes, one expression', async () => {
		const { rows, ledger } = editor().emulator.rentEngine;
		const renters = [rows.addProspect(), rows.addProspect()].map(({ id }) => id);
		await add(firstPlus(), 'schedule', 'Schedule Trigger');
		await close();

		await add(nextPlus(), 'round robin', 'RentEngine', 'Get many prospects');
		await hand.click(page().getByTestId('collection-parameter-add').filter({ visible: true }).last());
		await hand.click(option('Created After'));
		await typeExpression('Created After', 'createdAfter', '{{ $now.minus({ days: 7 }) }}');
		await step();
		await close();

		await add(nextPlus(), 'round robin', 'RentEngine', 'Create leasing event');
		await findBy('prospectId', 'By ID');
		const listOfUsers = field(page(), 'assignedToUserIds').locator('input:enabled:not([readonly])');
		const users = page()
			.getByRole('option')
			.filter({ visible: true, hasText: /^\s*[\da-f-]{36}/ });
		await openChoices(listOfUsers, users);
		await hand.click(users.nth(0));
		await hand.click(users.nth(1));
		await page().keyboard.press('Tab');
		await choose('assignment', 'Next in Turn');
		await hand.drag(given('id'), boxOfRecord('prospectId'));
		await hand.drag(given('id'), boxOf('deduplicationKey'));
		await step();
		const assigned = ledger.created.map(({ body }) => body as Record<string, unknown>);
		expect(assigned.map((event) => event['prospect_id']).sort()).toEqual(renters.sort());
		const agents = assigned.map((event) => JSON.stringify(event['context']));
		expect(new Set(agents).size).toBe(2);
		await close();
		expect(await effort()).toEqual(promised('Round robin'));
	});
}
