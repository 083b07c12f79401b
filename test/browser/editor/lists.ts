import { byHand, chosen, node, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';
import { field, listed, openList, searchList } from '../support/panel.ts';

/** The lists that records are chosen from. */
export function lists(editor: () => Editor): void {
	it('finds the lead by a part of the name, among the leads of the chosen integration', async () => {
		const page = await editor().open([byHand(), node('propexo', 'Propexo')], 'Propexo');
		await openList(page, 'integrationId');
		const integration = 'Lakeview Entrata (Entrata)';
		expect(await searchList(page, 'entrata', [integration])).toEqual([integration]);
		await picture(page, 'choose-integration');
		await page.getByTestId('rlc-item').filter({ hasText: integration }).click();

		await openList(page, 'leadId');
		await page.getByTestId('rlc-search').filter({ visible: true }).fill('brooks');
		const lead = page
			.getByTestId('rlc-item')
			.filter({ visible: true, hasText: 'dana.brooks2@example.com' });
		await lead.waitFor();
		for (const entry of await listed(page)) expect(entry).toMatch(/brooks/i);
		await picture(page, 'choose-lead');
		await lead.click();
		const chosen = page.getByTestId('resource-locator-leadId').getByTestId('rlc-input');
		expect(await chosen.inputValue()).toMatch(/^Dana Brooks/);
	});

	it('finds the prospect by phone number', async () => {
		const page = await editor().open([byHand(), node('rentEngine', 'RentEngine')], 'RentEngine');
		await openList(page, 'prospectId');
		await page.getByTestId('rlc-item').filter({ visible: true }).first().waitFor();
		const phone = editor().emulator.rentEngine.data.prospects.get('1001')?.phone;
		await page.getByTestId('rlc-search').filter({ visible: true }).fill(String(phone));
		const prospect = page.getByTestId('rlc-item').filter({ visible: true, hasText: '#1001' });
		await prospect.waitFor();
		await picture(page, 'choose-prospect');
		await prospect.click();
	});

	const ENTRIES: Array<[title: string, parameters: object, list: string, words: RegExp]> = [
		['nothing is chosen yet', {}, 'eventTypeId', /^Choose an 'Integration' first/],
		[
			'the PMS takes any text',
			{ integrationId: chosen('int_propertyware_1', 'Stonegate Propertyware') },
			'eventName',
			/^Propertyware takes any text/,
		],
		[
			'there are none',
			{ integrationId: chosen('int_any', 'Any PMS (OTHER)') },
			'leadId',
			/^There are no leads to choose from/,
		],
	];

	it.each(ENTRIES)('says what to do when %s', async (_, parameters, list, words) => {
		const page = await editor().open(
			[byHand(), node('propexo', 'Propexo', { ...parameters })],
			'Propexo',
		);
		await openList(page, list);
		const entry = page.getByTestId('rlc-item').filter({ visible: true });
		await entry.first().waitFor();
		expect(await entry.allInnerTexts()).toEqual([expect.stringMatching(words), expect.anything()]);
		// It says something and names nothing, so it cannot be chosen.
		await entry.first().click();
		const box = page.getByTestId(`resource-locator-${list}`).getByTestId('rlc-input');
		expect(await box.inputValue()).toBe('');
		expect(await page.getByText('Could not load list').filter({ visible: true }).count()).toBe(0);
		if (list === 'eventTypeId') await picture(page, 'choose-integration-first');
	});

	it('opens when the integration is given by its name', async () => {
		const integrationId = { __rl: true, mode: 'name', value: 'Lakeview Entrata' };
		const page = await editor().open(
			[byHand(), node('propexo', 'Propexo', { integrationId })],
			'Propexo',
		);
		for (const list of ['leadId', 'eventTypeId']) {
			await openList(page, list);
			const entry = page.getByTestId('rlc-item').filter({ visible: true }).nth(1);
			await entry.waitFor();
			await page.keyboard.press('Escape');
		}
	});

	it('says in the list what is wrong when the service cannot be read', async () => {
		editor().emulator.propexo.faults.add({
			status: 401,
			body: { detail: 'Invalid token' },
			times: Infinity,
		});
		const page = await editor().open([byHand(), node('propexo', 'Propexo')], 'Propexo');
		await page.getByTestId('resource-locator-integrationId').getByTestId('rlc-input').click();
		const message = page.getByTestId('rlc-error-container').filter({ visible: true });
		await message.waitFor();
		await picture(page, 'choose-refused');
		expect(await message.innerText()).not.toContain('propexo-demo-token');
	});

	/*
	 * n8n asks for the choices of a new node before it has chosen the credential, and whether it asks again depends on which answer
	 * comes first.
	 */
	it('offers users in a new node as soon as the prospect is filled in, and shows no error before', async () => {
		const page = await editor().show({ name: 'New', nodes: [byHand()], connections: {} });
		await page.keyboard.press('n');
		const bar = page.getByTestId('node-creator-search-bar');
		await bar.locator('input').or(bar).last().fill('RentEngine');
		const entry = (name: string) =>
			page.getByTestId('item-iterator-item').filter({ visible: true, hasText: name }).first();
		await entry('RentEngine').click();
		// The answer about the credential comes first.
		await page.route('**/dynamic-node-parameters/options', async (route) => {
			await page.waitForTimeout(2_000);
			await route.continue();
		});
		await entry('Create leasing event').click();
		const users = field(page, 'assignedToUserIds').locator('input:enabled:not([readonly])');
		await users.waitFor();
		await page.unroute('**/dynamic-node-parameters/options');
		await openList(page, 'prospectId');
		await page.getByTestId('rlc-item').filter({ visible: true }).first().click();
		await users.click();
		const user = page.getByRole('option').filter({ visible: true, hasText: /^[\da-f-]{36}/ });
		await user.first().waitFor();
	});
}
