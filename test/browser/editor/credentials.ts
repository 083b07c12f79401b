import { byHand, node, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';

/** The test that n8n makes when a credential is saved. */
export function credentials(editor: () => Editor): void {
	it.each([
		['propexo', 'Propexo', 'propexo-demo-token'],
		['rentEngine', 'RentEngine', 'rentengine-demo-token'],
	])('of %s is tested: a wrong token is refused, the right one is taken', async (type, name, right) => {
		const page = await editor().open([byHand(), node(type, name)], name);
		await page.getByTestId('credential-edit-button').click();
		const modal = page.getByTestId('editCredential-modal');
		const enter = async (token: string): Promise<void> => {
			await modal.getByTestId('parameter-input-token').locator('input').fill(token);
			await modal.getByTestId('credential-save-button').click();
		};

		await enter('not-the-token');
		await modal
			.getByText(/Couldn.t connect with these settings/)
			.first()
			.waitFor();
		await modal.getByText('More details').click();
		await modal
			.getByText(/does not know this (token|API key)/)
			.first()
			.waitFor();
		expect(await modal.innerText()).not.toContain('not-the-token');
		await picture(modal, `credential-${type.toLowerCase()}-refused`);

		await enter(right);
		await modal.getByText('Connection tested successfully').waitFor();
		expect(await modal.innerText()).not.toContain(right);
		await picture(modal, `credential-${type.toLowerCase()}-accepted`);
		await page.keyboard.press('Escape');
		await modal.waitFor({ state: 'hidden' });
	});
}
