import { byHand, node, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';
import { listed, openList, searchList } from '../support/panel.ts';

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
}
