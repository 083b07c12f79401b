import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPage, startBrowser } from './editor.ts';
import { keep, shot } from './picture.ts';

/* Whether a picture of the docs is made again when, and only when, it looks different. */

let browser: Browser;
let page: Page;
let folder: string;
let file: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'leasing-pictures-'));
	file = join(folder, 'picture.png');
	browser = await startBrowser();
	page = await openPage(browser);
});

afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true, force: true });
});

const show = async (words: string): Promise<boolean> => {
	await page.setContent(`<p>${words}</p><input value="${words}">`);
	return await keep(page, await shot(page), file);
};

it('is written when there is none, and kept while it looks the same', async () => {
	expect(await show('Event Kind')).toBe(true);
	const before = readFileSync(file);
	expect(await show('Event Kind')).toBe(false);
	expect(readFileSync(file).equals(before)).toBe(true);
});

it('is kept when only a port or the time of day is another one', async () => {
	const now = () => new Date().toISOString();
	await show(`http://127.0.0.1:38725, ${now()}, 01:07:31.265`);
	expect(await show(`http://127.0.0.1:40001, ${now()}, 02:59:00.001`)).toBe(false);
});

it.each(['Event Name', 'Event Kind.'])('is made anew when one word is another: %s', async (words) => {
	await show('Event Kind');
	expect(await show(words)).toBe(true);
	expect(await show(words)).toBe(false);
});

it('is made anew when its size is another one', async () => {
	await show('Event Kind');
	await page.setViewportSize({ width: 640, height: 400 });
	expect(await show('Event Kind')).toBe(true);
});
