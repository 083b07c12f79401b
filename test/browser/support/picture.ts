import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../../support/n8nVersion.ts';

/** Where the pictures of the docs are. */
const IMAGES = join(ROOT, 'docs', 'images');

/** Icons are fetched when they are first seen; a picture without them shows nothing. */
const ALL_IMAGES = `Promise.race([
	Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))),
	new Promise((resolve) => setTimeout(resolve, 5000)),
])`;

/**
 * Writes the same in place of what differs in each run: ports, paths of webhooks, and times of this very day. (Times of the emulator's records are
 * of another day.)
 */
const STEADY = `(() => {
	const today = new Date().toISOString().slice(0, 10);
	const steady = (text) => text
		.replace(/127\\.0\\.0\\.1:\\d+/g, '127.0.0.1:4710')
		.replace(/(?<=\\/webhook(?:-test)?\\/)[0-9a-f-]{36}/g, '4e57013e-5c2a-4b15-948a-468e29f8c77a')
		.replace(new RegExp(today + 'T[\\\\d:.]+', 'g'), '2026-03-01T14:30:00.000')
		.replace(/\\b\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\b/g, '14:30:00.000');
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const text = steady(node.data);
		if (text !== node.data) node.data = text;
	}
	for (const input of document.querySelectorAll('input[type=text], input:not([type])')) {
		const text = steady(input.value);
		if (text !== input.value) input.value = text;
	}
})()`;

/** Part of a page, in pixels from its upper left corner. */
export interface Part {
	x: number;
	y: number;
	width: number;
	height: number;
}

/**
 * Takes a picture of the page or a part of it, without what comes and goes: toasts, what is shown under the mouse, and what
 * differs in each run.
 */
export async function shot(of: Page | Locator, part?: Part): Promise<Buffer> {
	const page = 'page' in of ? of.page() : of;
	await page.mouse.move(0, 0);
	await page.evaluate(ALL_IMAGES);
	await page.evaluate(STEADY);
	// n8n's own news are hidden, not closed: a click outside an open list would close the list.
	const style = '.el-notification { display: none }';
	const options = { style, animations: 'disabled', caret: 'hide' } as const;
	return await (part ? page.screenshot({ ...options, clip: part }) : of.screenshot(options));
}

/**
 * Keeps docs/images/<name>.png as it is, or writes it again if it looks different now.
 *
 * @param of the whole page, or what is given
 * @param part of the page alone
 */
export async function picture(of: Page | Locator, name: string, part?: Part): Promise<void> {
	const page = 'page' in of ? of.page() : of;
	await keep(page, await shot(of, part), join(IMAGES, `${name}.png`));
}

/** One below the other, on white. */
export async function pictureOfBoth(page: Page, name: string, shots: Buffer[]): Promise<void> {
	const blank = await blankPage(page);
	const images = shots.map((one) => `<img src="${urlOf(one)}">`).join('');
	await blank.setContent(
		`<style>body { margin: 0; background: #fff; display: inline-grid; gap: 16px } img { display: block }</style>${images}`,
	);
	await blank.evaluate(ALL_IMAGES);
	const both = await blank.locator('body').screenshot();
	await blank.close();
	await keep(page, both, join(IMAGES, `${name}.png`));
}

/** A page beside the given one, without anything of it. */
async function blankPage(page: Page): Promise<Page> {
	const browser = page.context().browser();
	if (!browser) throw new Error('The page has no browser');
	return await browser.newPage({ viewport: { width: 1600, height: 1200 } });
}

const urlOf = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

/** How many pixels may differ: a browser draws the same edge a little differently now and then. */
const ALIKE = 4;

/** Writes a picture to a file, unless the one there looks the same. Tells whether it did. */
export async function keep(page: Page, png: Buffer, file: string): Promise<boolean> {
	if (existsSync(file) && (await difference(page, readFileSync(file), png)) <= ALIKE) return false;
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, png);
	return true;
}

/** How many pixels look different in two pictures: all of them, if their sizes differ. */
async function difference(page: Page, one: Buffer, other: Buffer): Promise<number> {
	if (one.equals(other)) return 0;
	const blank = await blankPage(page);
	const count = await blank.evaluate(`(${COUNT})(${JSON.stringify([one, other].map(urlOf))})`);
	await blank.close();
	return Number(count);
}

/** A difference of one color below this, of 255, cannot be seen. */
const VISIBLE = 32;

const COUNT = `async (urls) => {
	const [one, other] = await Promise.all(urls.map(async (url) => {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [image.width, image.height];
		const context = canvas.getContext('2d');
		context.drawImage(image, 0, 0);
		return context.getImageData(0, 0, image.width, image.height);
	}));
	if (one.width !== other.width || one.height !== other.height) return one.width * one.height;
	let count = 0;
	for (let at = 0; at < one.data.length; at += 4) {
		const differs = [0, 1, 2].some((color) => Math.abs(one.data[at + color] - other.data[at + color]) > ${VISIBLE});
		if (differs) count++;
	}
	return count;
}`;
