import type { Locator } from 'playwright-core';
import { ALL_NODES } from '../../engine/support/operations.ts';
import { byHand, node, settled, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';
import { parameters, shownFields } from '../support/panel.ts';

/** How each node is found and added. */
export function finding(editor: () => Editor): void {
	/** Opens the list of nodes beside a workflow of one node, and types into its search. */
	async function search(words: string, first = byHand()): Promise<void> {
		const page = await editor().show({ name: 'Looking for a node', nodes: [first], connections: {} });
		await page.keyboard.press('n');
		await page
			.getByTestId('node-creator-search-bar')
			.locator('input')
			.or(page.getByTestId('node-creator-search-bar'))
			.last()
			.fill(words);
	}

	const names = async (): Promise<string[]> =>
		(
			await editor()
				.page.getByTestId('node-creator-item-name')
				.filter({ visible: true })
				.allInnerTexts()
		).map((name) => name.trim());

	/** The other searches look alike. */
	const PICTURED = ['lead', 'call log'];

	const entry = (name: string): Locator =>
		editor().page.getByTestId('item-iterator-item').filter({ visible: true, hasText: name }).first();

	describe('the list of nodes', () => {
		it.each(['lead', 'tour', 'call log', 'property management'])(
			'finds both services by "%s"',
			async (words) => {
				await search(words);
				const found = await settled(
					async () => await names(),
					(list) => list.includes('Propexo') && list.includes('RentEngine'),
				);
				expect(found).toEqual(expect.arrayContaining(['Propexo', 'RentEngine']));
				if (PICTURED.includes(words)) await picture(editor().page, `find-${words.replace(' ', '-')}`);
			},
		);

		/** What each trigger can start on, by the service. */
		const EVENTS = ALL_NODES.flatMap(({ type: { description } }): Array<[string, string[]]> => {
			const events = description.properties.find(({ type }) => type === 'multiOptions');
			if (!description.group.includes('trigger')) return [];
			const service = description.displayName.replace(' Trigger', '');
			return [[service, (events?.options ?? []).map(({ name }) => name)]];
		});

		it.each(EVENTS)('finds %s by each event that starts a workflow', async (service, events) => {
			await search('', node('n8n-nodes-base.noOp', 'Next'));
			const bar = editor().page.getByTestId('node-creator-search-bar');
			for (const event of events) {
				await bar.locator('input').or(bar).last().fill(event);
				const found = await settled(
					async () => await names(),
					(list) => list.includes(service) && list.length < 20,
				);
				expect([event, found]).toEqual([event, expect.arrayContaining([service])]);
			}
		});

		it.each(['Propexo', 'RentEngine'])(
			'says of %s what it does and what it starts on',
			async (service) => {
				await search(service);
				await entry(service).waitFor();
				expect(await entry(service).innerText()).toMatch(
					/ecord leasing events.*, or start the workflow when /,
				);
			},
		);

		it('shows the icons apart from each other in dark mode too', async () => {
			await editor().page.emulateMedia({ colorScheme: 'dark' });
			await search('property management');
			await settled(
				async () => await names(),
				(list) => list.includes('Propexo') && list.includes('RentEngine'),
			);
			const icons = editor()
				.page.getByTestId('item-iterator-item')
				.filter({ visible: true })
				.locator('img');
			await icons.first().waitFor();
			const sources = await Promise.all((await icons.all()).map((icon) => icon.getAttribute('src')));
			expect(sources).toEqual(
				expect.arrayContaining([
					expect.stringMatching(/propexo\.dark\.svg$/),
					expect.stringMatching(/rentEngine\.dark\.svg$/),
				]),
			);
			await picture(editor().page, 'find-dark');
			await editor().page.emulateMedia({ colorScheme: 'light' });
		});
	});

	describe('what can be added', () => {
		const PROPEXO_ACTIONS = [
			'Create lead event',
			'Get lead event',
			'Get many lead events',
			'Update lead event',
			'Get lead',
			'Get many leads',
			'Get status of write job',
			'Retry write job',
			'Wait for write job',
		];
		const RENTENGINE_ACTIONS = [
			'Create leasing event',
			'Get many leasing events',
			'Get many prospects',
			'Get many units',
		];

		it.each([
			['Propexo', PROPEXO_ACTIONS],
			['RentEngine', RENTENGINE_ACTIONS],
		])('%s offers its actions in plain words', async (service, actions) => {
			await search(service);
			await entry(service).click();
			const offered = await settled(
				async () => await names(),
				(list) => actions.every((action) => list.includes(action)),
			);
			expect(offered).toEqual(expect.arrayContaining(actions));
			await picture(editor().page, `actions-${service.toLowerCase()}`);
		});

		it('starts a workflow that has no trigger yet, by what happens', async () => {
			await search('Propexo', node('n8n-nodes-base.noOp', 'Next'));
			await entry('Propexo').click();
			const expected = [
				'On first sync completed',
				'On read job failed',
				'On record created',
				'On record updated',
				'On sync completed',
				'On write failed or partly failed',
			];
			const offered = await settled(
				async () => await names(),
				(list) => list.length === expected.length,
			);
			expect(offered).toEqual(expected);
			await picture(editor().page, 'triggers-propexo');
		});

		it('starts a workflow by what happens in RentEngine', async () => {
			await search('RentEngine', node('n8n-nodes-base.noOp', 'Next'));
			await entry('RentEngine').click();
			const expected = ['On leasing event created', 'On prospect created', 'On unit changed'];
			const offered = await settled(
				async () => await names(),
				(list) => expected.every((event) => list.includes(event)),
			);
			expect(offered).toEqual(expect.arrayContaining(expected));
			await picture(editor().page, 'triggers-rentengine');
		});

		it('is on the canvas with its panel open after one click more', async () => {
			const { page } = editor();
			await search('RentEngine');
			await entry('RentEngine').click();
			await entry('Get many prospects').click();
			await parameters(page).waitFor();
			expect((await shownFields(page)).slice(0, 2)).toEqual(['Resource', 'Operation']);
			await page.getByTestId('ndv-close-button').first().click();
			const canvasNames = page.getByTestId('canvas-node').filter({ hasText: 'Get many prospects' });
			await canvasNames.first().waitFor();
			expect(await canvasNames.count()).toBe(1);
		});
	});
}
