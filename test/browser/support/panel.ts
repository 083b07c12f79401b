import type { Locator, Page } from 'playwright-core';
import { settled, VIEWPORT } from './editor.ts';
import { picture } from './picture.ts';

/** The fields of an open panel. */
export const parameters = (page: Page): Locator =>
	page.getByTestId('node-parameters').filter({ visible: true }).first();

const fieldsAndCollections = (page: Page): Locator =>
	parameters(page).locator('.parameter-item:visible, .multi-parameter:visible');

/**
 * What the panel shows, from top to bottom: the labels of fields and collections, the text of notices, without the
 * credential.
 */
export async function shownFields(page: Page): Promise<string[]> {
	const texts = await fieldsAndCollections(page).allInnerTexts();
	return texts.map((text) => text.trim().split('\n')[0]?.trim() ?? '').filter((label) => label !== '');
}

/** Waits until the panel shows what is expected; gives what it shows. */
export async function fieldsWhenLike(page: Page, expected: readonly string[]): Promise<string[]> {
	return await settled(
		async () => await shownFields(page),
		(shown) => shown.join('\n') === expected.join('\n'),
	);
}

/** The control of one field. */
export const field = (page: Page, name: string): Locator =>
	page.getByTestId(`parameter-input-${name}`).filter({ visible: true });

/** Chooses from a dropdown by what it shows. */
export async function choose(page: Page, name: string, option: string): Promise<void> {
	await field(page, name).click();
	await visibleOption(page, option).click();
}

function visibleOption(page: Page, option: string): Locator {
	// Its name and its description follow each other without a space.
	return page
		.getByRole('option')
		.filter({ visible: true, hasText: new RegExp(`^\\s*${option}`) })
		.first();
}

/** What can be added to a collection, by the collection's label. */
export async function addable(page: Page, collection: string): Promise<string[]> {
	const add = parameters(page)
		.locator('.multi-parameter')
		.filter({ hasText: collection })
		.getByTestId('collection-parameter-add');
	await add.click();
	const options = page.getByRole('option').filter({ visible: true });
	await options.first().waitFor();
	const texts = await options.allInnerTexts();
	await page.keyboard.press('Escape');
	return texts.map((text) => text.trim());
}

/** Chooses in which way a resource locator names its record. */
export async function chooseMode(page: Page, name: string, mode: string): Promise<void> {
	await page.getByTestId(`resource-locator-${name}`).getByTestId('rlc-mode-selector').click();
	await visibleOption(page, mode).click();
}

/** Opens the list of a resource locator. */
export async function openList(page: Page, name: string): Promise<void> {
	await page.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').click();
	await page.getByTestId('rlc-search').filter({ visible: true }).waitFor();
}

/** Searches in the open list and waits until it holds exactly what is expected; gives what it holds. */
export async function searchList(page: Page, text: string, expected: readonly string[]): Promise<string[]> {
	await page.getByTestId('rlc-search').filter({ visible: true }).fill(text);
	return await settled(
		async () => await listed(page),
		(found) => found.join('\n') === expected.join('\n'),
	);
}

/** The entries of the open list. */
export async function listed(page: Page): Promise<string[]> {
	const texts = await page.getByTestId('rlc-item').filter({ visible: true }).allInnerTexts();
	return texts.map((text) => text.trim());
}

/** Runs the node of the open panel and waits until it has run. */
export async function execute(page: Page): Promise<void> {
	const button = page.getByTestId('node-execute-button').first();
	await button.click();
	const result = '[data-test-id=run-data-schema-item], table, [data-test-id=node-error-message]';
	await output(page).locator(result).first().waitFor();
	await button.filter({ hasText: 'Execute step' }).waitFor();
	// Until then n8n shows the button without its words.
	await button.locator('[class*=loading-container]').waitFor({ state: 'detached' });
}

/** The taller window in which the whole of any panel is seen. */
const TALL = 3_200;
const MARGIN = 16;

/** Writes a picture of all fields, from the first to the last. */
export async function wholePanel(page: Page, name: string): Promise<void> {
	await page.setViewportSize({ width: VIEWPORT.width, height: TALL });
	// The field that was chosen last looks like the others.
	await page.evaluate('document.activeElement?.blur()');
	const panel = await parameters(page).boundingBox();
	const last = await fieldsAndCollections(page).last().boundingBox();
	if (!panel || !last) throw new Error('The panel shows no field');
	const part = { ...panel, height: last.y + last.height + MARGIN - panel.y };
	await picture(page, name, part);
	await page.setViewportSize(VIEWPORT);
}

/** One field with its label, by that label. */
export const item = (page: Page, label: string): Locator =>
	parameters(page)
		.locator('.parameter-item')
		.filter({ has: page.getByText(label, { exact: true }) })
		.first();

/** Scrolls the fields until the given one is the topmost. */
export async function scrollTo(page: Page, label: string): Promise<void> {
	await item(page, label).evaluate((element: unknown) => {
		const shown = element as { style: { scrollMargin: string }; scrollIntoView(): void };
		// Its own margin would leave a strip of the field above.
		shown.style.scrollMargin = '12px';
		shown.scrollIntoView();
	});
}

/** The right side of the panel. */
export const output = (page: Page): Locator => page.getByTestId('output-panel');

/** The left side of the panel. */
export const input = (page: Page): Locator => page.getByTestId('ndv-input-panel');
