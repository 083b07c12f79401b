import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { LOOPBACK } from '../../../demo/ports.ts';
import { startEmulator, type Emulator } from '../../../emulator/index.ts';
import { openPage, settled, startBrowser } from '../support/editor.ts';
import { picture } from '../support/picture.ts';

let emulator: Emulator;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	emulator = await startEmulator();
	browser = await startBrowser();
	page = await openPage(browser);
	await page.goto(emulator.page.url);
	await page.getByText('Live', { exact: true }).waitFor();
});

afterAll(async () => {
	await browser?.close();
	await emulator?.close();
});

const rows = async (): Promise<string[]> =>
	await page.locator('#rows > tr:visible:not(.detail)').allInnerTexts();

const rowsOnceThereAre = async (count: number): Promise<string[]> =>
	await settled(
		async () => await rows(),
		(found) => found.length === count,
	);

const bearer = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

async function tellPropexo(body: object, token = emulator.propexo.token): Promise<void> {
	const url = `${emulator.propexo.url}/v1/events/leads`;
	const reply = await fetch(url, { method: 'POST', headers: bearer(token), body: JSON.stringify(body) });
	await reply.arrayBuffer();
}

async function tellRentEngine(events: object[]): Promise<void> {
	const { url, token } = emulator.rentEngine;
	const reply = await fetch(`${url}/leasing_events`, {
		method: 'POST',
		headers: bearer(token),
		body: JSON.stringify({ events }),
	});
	await reply.arrayBuffer();
}

/** An answered call with a lead of Entrata. */
const CALL = {
	integration_id: 'int_entrata_1',
	lead_id: 'lead_2',
	event_type_id: 'etype_14',
	event_datetime: '2026-03-01T13:30:00-07:00',
	notes: 'Asked for parking',
	call_phone_number_from: '+1 512 555 0100',
	call_phone_number_to: '+1 512 555 0199',
	call_status: 'ANSWER',
	call_duration: 184,
	call_audio_link: 'https://example.com/calls/123.mp3',
};

const TOUR = {
	integration_id: 'int_any',
	lead_id: 'lead_3',
	event_name: 'Show',
	event_datetime: '2026-03-02T10:00:00-07:00',
	appointment_datetime: '2026-03-02T10:00:00-07:00',
};

describe('the ledger page', () => {
	it('shows what comes in while it is open, newest first', async () => {
		expect(await rows()).toEqual([]);
		await tellPropexo(CALL);
		await tellPropexo(TOUR, 'not-the-token');
		await tellRentEngine([
			{
				prospect_id: 1001,
				event_type: 'Assign to User',
				context: { assignedToUserIds: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c'] },
			},
		]);
		emulator.propexo.faults.add({ status: 500, write: true });
		await tellPropexo(TOUR);
		const shown = await rowsOnceThereAre(4);
		// Who, what and when come first.
		expect(shown.map((row) => row.replaceAll(/\s+/g, ' ').trim())).toEqual([
			expect.stringMatching(
				/^Omar Chen Visit: Show 2026-03-02 10:00 -07:00 Created, but the answer was lost \(HTTP 500\) .*Propexo .*POST \/v1\/events\/leads/,
			),
			expect.stringMatching(
				/^Maria Alvarez Assign to User: Avery Cole Created \(HTTP 201\) .*RentEngine .*leasing_events/,
			),
			expect.stringMatching(
				/^Omar Chen Visit: Show 2026-03-02 10:00 -07:00 Refused \(HTTP 401\) Propexo/,
			),
			expect.stringMatching(
				/^Dana Brooks Call: Incoming Call 2026-03-01 13:30 -07:00 Created \(HTTP 200\) .*Propexo/,
			),
		]);
		await picture(page, 'ledger');
	});

	it('shows requests that only read when asked to', async () => {
		const headers = bearer(emulator.propexo.token);
		await fetch(`${emulator.propexo.url}/v1/leads/?limit=1`, { headers });
		// Propexo reads free times by a POST.
		const asked = { integration_id: 'int_entrata_1', property_id: 'prop_1' };
		const free = `${emulator.propexo.url}/v1/appointment-availability/`;
		await fetch(free, { method: 'POST', headers, body: JSON.stringify(asked) });
		await page.getByLabel('Reads too').check();
		expect(await rowsOnceThereAre(6)).toEqual(
			expect.arrayContaining([
				expect.stringContaining('GET /v1/leads/'),
				expect.stringContaining('POST /v1/appointment-availability/'),
			]),
		);
		await page.getByLabel('Reads too').uncheck();
		expect(await rowsOnceThereAre(4)).toHaveLength(4);
	});

	it('shows one system, or one outcome, alone', async () => {
		await page.getByLabel('System').selectOption('rentEngine');
		expect(await rowsOnceThereAre(1)).toEqual([expect.stringContaining('RentEngine')]);
		await page.getByLabel('System').selectOption('');
		await page.getByLabel('Outcome').selectOption('refused');
		expect(await rowsOnceThereAre(1)).toEqual([expect.stringContaining('401')]);
		await page.getByLabel('Outcome').selectOption('');
		expect(await rowsOnceThereAre(4)).toHaveLength(4);
	});

	it('opens request and reply by the keyboard, without the token', async () => {
		const opener = page.locator('#rows button.open').last();
		await opener.focus();
		await page.keyboard.press('Enter');
		const detail = page.locator('.detail pre').last();
		await detail.waitFor();
		const texts = (await page.locator('.detail pre').allInnerTexts()).join('\n');
		expect(texts).toContain('Asked for parking');
		expect(texts).toContain('job_id');
		expect(texts).not.toContain(emulator.propexo.token);
		expect(await opener.getAttribute('aria-expanded')).toBe('true');
		await picture(page, 'ledger-request');
	});

	it('keeps System on one line and needs no sideways scrolling, also on a phone', async () => {
		const lines = async (): Promise<number[]> => {
			const cells = await page.locator('td.system').all();
			const boxes = await Promise.all(cells.map((cell) => cell.locator('xpath=.').innerText()));
			return boxes.map((text) => text.trim().split('\n').length);
		};
		expect(new Set(await lines())).toEqual(new Set([1]));
		await page.setViewportSize({ width: 390, height: 844 });
		const width = await page.locator('main').boundingBox();
		expect(width?.width).toBeLessThanOrEqual(390);
		expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(390);
		await picture(page, 'ledger-phone');
	});

	it('sends the webhooks of RentEngine to the address that is entered, with its secret', async () => {
		const got: Array<string | string[] | undefined> = [];
		const server = createServer((request, response) => {
			got.push(request.headers['x-api-key']);
			response.end();
		});
		await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
		const { port } = server.address() as AddressInfo;
		emulator.rentEngine.settings.webhookSecret = 'the secret of the webhook';
		await page.getByLabel("RentEngine's webhooks go to").fill(`http://${LOOPBACK}:${port}/hook`);
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText("Done: RentEngine's webhooks go there").waitFor();
		await page.getByLabel('Sample webhook').selectOption('Prospect Created');
		await page.getByRole('button', { name: 'Send it' }).click();
		await page.getByText('Prospect Created: sent, and received').waitFor();
		server.closeAllConnections();
		server.close();
		expect(got).toEqual(['the secret of the webhook']);
		// It is still known when the page is opened again.
		await page.reload();
		expect(await page.getByLabel("RentEngine's webhooks go to").inputValue()).toContain(String(port));
	});

	it('says that nobody listens for a sample webhook', async () => {
		await page.getByLabel('Sample webhook').selectOption('Write Failed or Partly Failed');
		await page.getByRole('button', { name: 'Send it' }).click();
		await page.getByText(/^Nobody listens for it\. Publish a workflow with a Propexo Trigger/).waitFor();
	});

	it('lets the next write fail as chosen, and no read', async () => {
		await page.getByLabel('The next write to').selectOption('RentEngine');
		await page
			.getByLabel('fails with')
			.selectOption('HTTP 500, but it is carried out (the answer is lost)');
		await page.getByRole('button', { name: 'Let it fail' }).click();
		await page.getByText(/^The next write to RentEngine fails with HTTP 500/).waitFor();
		const { url, token } = emulator.rentEngine;
		expect((await fetch(`${url}/units?limit=1`, { headers: bearer(token) })).status).toBe(200);
		await tellRentEngine([
			{
				prospect_id: 1002,
				event_type: 'Assign to User',
				context: { assignedToUserIds: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c'] },
			},
		]);
		const [newest] = await rowsOnceThereAre(5);
		expect(newest?.replaceAll(/\s+/g, ' ')).toMatch(
			/Created, but the answer was lost \(HTTP 500\).*RentEngine/,
		);
	});
});
