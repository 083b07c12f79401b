import { byHand, node, settled, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';

/** The test that n8n makes when a credential is opened, and when it is saved. */
export function credentials(editor: () => Editor): void {
	/** Opens the credential of a node. An answer to the test of before would take the place of the next one. */
	const open = async (type: string, name: string) => {
		const page = await editor().open([byHand(), node(type, name)], name);
		await page.getByTestId('credential-edit-button').click();
		const modal = page.getByTestId('editCredential-modal');
		await modal.getByText('Connection tested successfully').waitFor();
		return { page, modal };
	};

	it.each([
		['propexo', 'Propexo', 'propexo-demo-token'],
		['rentEngine', 'RentEngine', 'rentengine-demo-token'],
	])('of %s is tested: a wrong token is refused, the right one is taken', async (type, name, right) => {
		const { page, modal } = await open(type, name);
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

	it.each([
		['propexo', 'Propexo', 'propexo-demo-token'],
		['rentEngine', 'RentEngine', 'rentengine-demo-token'],
	])(
		'of %s takes what is pasted along, and says what is wrong with an address',
		async (type, name, right) => {
			const { page, modal } = await open(type, name);
			const box = (field: string) => modal.getByTestId(`parameter-input-${field}`).locator('input');
			const test = async (baseUrl: string, token: string, words: string | RegExp): Promise<void> => {
				await box('baseUrl').fill(baseUrl);
				await box('token').fill(token);
				await modal.getByTestId('credential-save-button').click();
				const isTold = async (): Promise<boolean> => {
					const more = modal.getByText('More details');
					if (await more.isVisible()) await more.click();
					return await modal.getByText(words).first().isVisible();
				};
				expect([words, await settled(isTold, Boolean)]).toEqual([words, true]);
			};
			const address = await box('baseUrl').inputValue();
			const NOTHING = /^Nothing was sent\. 'Base URL' must be a whole address that begins with https:/;
			await test('http://api.example.com', right, NOTHING);
			await modal.getByText(/is only sent over https, or over http to n8n.s own machine/).waitFor();
			await test(`${address}/elsewhere`, right, /does not answer at this address/);
			await test('api.example.com', right, NOTHING);
			await test(` ${address}/ `, `Bearer ${right} `, 'Connection tested successfully');
			await page.keyboard.press('Escape');
			await modal.waitFor({ state: 'hidden' });
		},
	);
}
