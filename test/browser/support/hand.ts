import type { Locator, Page } from 'playwright-core';

/** Counts what a person does: how far a workflow is from "new" to "works". */
export class Hand {
	clicks = 0;
	/** Fields that were dragged from the input into a field of the panel. */
	drags = 0;
	/** What was typed, expressions among it. */
	readonly typed: string[] = [];

	private readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async click(what: Locator): Promise<void> {
		this.clicks += 1;
		await what.click();
	}

	async type(what: Locator, text: string): Promise<void> {
		this.typed.push(text);
		await what.fill(text);
	}

	async press(key: string): Promise<void> {
		this.typed.push(key);
		await this.page.keyboard.press(key);
	}

	/** Drags as a person does: n8n takes a movement of less than ten pixels for a click. */
	async drag(what: Locator, onto: Locator): Promise<void> {
		this.drags += 1;
		const dropped = onto.locator('.cm-content').first();
		// The result of an earlier expression may lie over the field for a moment; it is gone when a person gets there.
		for (let tries = 0; tries < 3 && !(await dropped.isVisible()); tries++) {
			await this.move(what, onto);
			await dropped.waitFor({ timeout: 1_500 }).catch(() => undefined);
		}
		// n8n notes the value a moment after it shows it.
		await this.page.waitForTimeout(300);
	}

	private async move(what: Locator, onto: Locator): Promise<void> {
		await what.scrollIntoViewIfNeeded();
		await onto.scrollIntoViewIfNeeded();
		const [from, to] = await Promise.all([middleOf(what), middleOf(onto)]);
		await this.page.mouse.move(...from);
		await this.page.mouse.down();
		await this.page.mouse.move(from[0] + 30, from[1] + 10, { steps: 5 });
		await this.page.mouse.move(...to, { steps: 15 });
		await this.page.mouse.up();
	}

	/** The expressions among what was typed. */
	get expressions(): string[] {
		return this.typed.filter((text) => text.includes('{{'));
	}
}

async function middleOf(what: Locator): Promise<[number, number]> {
	const box = await what.boundingBox();
	if (!box) throw new Error(`Nothing to drag: ${String(what)}`);
	return [box.x + box.width / 2, box.y + box.height / 2];
}
