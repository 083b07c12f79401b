import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import type { WorkflowFile, WorkflowNode } from '../../../demo/example.ts';
import { OWNER } from '../../../demo/n8n.ts';
import type { EmulatorOptions } from '../../../emulator/index.ts';
import { startInstance, type Instance } from '../../e2e/support/instance.ts';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--hide-scrollbars',
];

/** The size that the pictures of the docs have, unless a test asks for another one. */
export const VIEWPORT = { width: 1280, height: 800 };

/** Whole programs share the machine with the browser: a step may take long without being wrong. */
const PATIENCE_MS = 90_000;

/** Debian's browser, without a window. */
export async function startBrowser(): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}

/** A page of its own, with the patience that a busy machine needs. */
export async function openPage(browser: Browser): Promise<Page> {
	const page = await browser.newPage({ viewport: VIEWPORT });
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}

/** Asks again until the answer is the expected one, or patience is at its end; gives the last answer. */
export async function settled<T>(ask: () => Promise<T>, isExpected: (answer: T) => boolean): Promise<T> {
	const giveUp = Date.now() + PATIENCE_MS;
	for (;;) {
		const answer = await ask();
		if (isExpected(answer) || Date.now() > giveUp) return answer;
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
}

/** n8n's editor with the owner signed in, an n8n behind it, and both emulated APIs behind that. */
export interface Editor extends Instance {
	page: Page;
	/** Saves nodes as a workflow, each one following the one before, and opens the panel of one of them. */
	open(nodes: WorkflowNode[], name: string): Promise<Page>;
	/** Saves a workflow and shows it on the canvas. */
	show(workflow: WorkflowFile): Promise<Page>;
	close(): Promise<void>;
}

/** Starts everything; the editor is signed in. */
export async function openEditor(options: EmulatorOptions = {}): Promise<Editor> {
	const instance = await startInstance([], options);
	let browser: Browser | undefined;
	const close = async (): Promise<void> => {
		await browser?.close();
		await instance.stop();
	};
	try {
		browser = await startBrowser();
		const page = await openPage(browser);
		const { url } = instance.n8n;
		await page.goto(`${url}/signin`);
		await page.locator('input[type=email]').fill(OWNER.email);
		await page.locator('input[type=password]').fill(OWNER.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/(home|workflow)/);
		const first = byHand();
		await page.goto(`${url}/workflow/${await instance.save(chain([first]))}`);
		await onCanvas(page, first.id).waitFor();
		const show = async (workflow: WorkflowFile): Promise<Page> => {
			const path = `/workflow/${await instance.save(workflow)}`;
			// To load the editor again takes many times longer than to go on within it.
			await page.evaluate(
				`history.pushState({}, '', '${path}'); dispatchEvent(new PopStateEvent('popstate'))`,
			);
			await page.waitForURL(`**${path}`);
			// A test that failed may have left a dialog open, which covers the page.
			if ((await page.locator('[data-test-id$="-modal"]:visible').count()) > 0) await page.reload();
			for (const { id } of workflow.nodes) await onCanvas(page, id).waitFor();
			await page.getByTestId('zoom-to-fit').click();
			return page;
		};
		const open = async (nodes: WorkflowNode[], name: string): Promise<Page> => {
			const node = nodes.find((one) => one.name === name);
			if (!node) throw new Error(`There is no node "${name}"`);
			await show(chain(nodes));
			await onCanvas(page, node.id).dblclick();
			await page.getByTestId('node-parameters').first().waitFor();
			return page;
		};
		return { ...instance, page, open, show, close };
	} catch (error) {
		await close();
		throw error;
	}
}

const onCanvas = (page: Page, id: string): Locator => page.locator(`.vue-flow__node[data-id="${id}"]`);

/** Nodes as a workflow, each one connected to the next. */
function chain(nodes: WorkflowNode[]): WorkflowFile {
	const connections = nodes
		.slice(0, -1)
		.map(({ name }, index) => [
			name,
			{ main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] },
		]);
	return {
		name: 'In the editor',
		nodes,
		connections: Object.fromEntries(connections) as Record<string, unknown>,
		settings: { executionOrder: 'v1', timezone: 'America/Chicago' },
	};
}

/** A node of the given type; one of this package unless the type says otherwise. */
export function node(
	type: string,
	name: string,
	parameters: Record<string, unknown> = {},
	settings: Partial<WorkflowNode> = {},
): WorkflowNode {
	const index = nodes++;
	return {
		id: `0b1f6e2c-2222-4a4e-9d3c-${String(index).padStart(12, '0')}`,
		name,
		type: type.includes('.') ? type : `n8n-nodes-leasing-events.${type}`,
		typeVersion: /^\w+Trigger$/.test(type) ? 2 : 1,
		position: [index * 220, 0],
		parameters,
		...settings,
	};
}

let nodes = 0;

/** What starts a workflow by hand, with one empty item. */
export const byHand = (): WorkflowNode => node('n8n-nodes-base.manualTrigger', 'By hand');

/** A record given by its ID. */
export const byId = (value: string | number): object => ({ __rl: true, mode: 'id', value });

/** A record that was chosen from a list, where it had the given name. */
export const chosen = (value: string, name: string): object => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: name,
});
